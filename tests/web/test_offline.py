"""What a tablet without a connection keeps of a survey, and what becomes of what it sends."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import uuid
from typing import Any

import msgspec
import pytest

from surveys.publishing import roll_over, rounds
from surveys.tables import Submission, SurveyRound
from tests.conftest import NOON, Clock
from tests.pages import CheckingClient
from tests.paper.forms import paper
from voice.capture import sealing
from voice.web import offline
from voice.web.limits import PER_MINUTE

NONCE = bytes(12)
SAID = (("plan_route", "en", {"answer": "annual_review"}), ("went_well", "ur", {"text": "وہ ہمیشہ فون کرتے تھے۔"}))


def questions(client: CheckingClient, link: str, language: str = "en") -> dict[str, Any]:
    answer = client.client.get(f"/offline{link.removeprefix('/s')}/questions?lang={language}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def sealed(kept: dict[str, Any], id: uuid.UUID, told: dict[str, Any]) -> dict[str, str]:
    public = base64.b64decode(kept["key"])
    locked = sealing.sealed(json.dumps(told).encode(), name=str(id), public=public, nonce=NONCE)
    return {"id": str(id), "sealed": base64.b64encode(locked).decode()}


def told(kept: dict[str, Any], *pages: tuple[str, str, dict[str, str]], said_by: str = "own_words") -> dict[str, Any]:
    return {
        "round": kept["round"],
        "language": "en",
        "said_by": said_by,
        "pages": [{"concept": concept, "language": language, "form": form} for concept, language, form in pages],
    }


def send(client: CheckingClient, link: str, body: Any, *, language: str = "en") -> tuple[int, dict[str, str]]:
    answer = client.client.post(f"/offline{link.removeprefix('/s')}?lang={language}", json=body)
    return answer.status_code, answer.json()


class TestAfterTheLastDay:
    def test_the_page_opens_to_send_what_waits(self, client: CheckingClient, link: str, clock: Clock) -> None:
        kept = questions(client, link)
        [round] = [each for each in client.run(lambda: client.parts.store.read(rounds)) if each.link]
        client.unit(lambda: close(round.id))
        client.parts.rounds.forget()
        clock.now += dt.timedelta(days=1)
        page = client.get(f"/offline{link.removeprefix('/s')}?lang=pl")
        assert page.one("#tablet").attributes["data-over"] == "yes"
        assert page.tree.css("#send-now")
        assert not page.tree.css("#begin")
        id = uuid.uuid4()
        assert send(client, link, sealed(kept, id, told(kept, *SAID)))[0] == 200
        client.get(link, status=410)


async def close(round: uuid.UUID) -> None:
    await SurveyRound.update({SurveyRound.closes_on: NOON.date()}).where(SurveyRound.id == round)


class TestWhatIsKept:
    @pytest.mark.parametrize("mode", ["anonymous", "confidential"])
    def test_it_is_said_on_the_tablet_and_on_paper_as_on_the_first_page(
        self, client: CheckingClient, link: str, mode: str
    ) -> None:
        async def change() -> None:
            await SurveyRound.update({SurveyRound.identity_mode: mode}).where(SurveyRound.link.is_not_null())

        client.unit(change)
        client.parts.rounds.forget()
        kept_for = "We keep your answers for 3 years after the survey ends. Then we delete them."
        moment = "We keep the day and the time you send your answers."
        told = f"{moment} {kept_for}" if mode == "confidential" else kept_for
        for address in (link, f"/offline{link.removeprefix('/s')}"):
            text = client.get(address).text
            assert told in text
            assert (moment in text) == (mode == "confidential")
        [round] = [each for each in client.run(lambda: client.parts.store.read(rounds)) if each.link]
        printed = " ".join(paper(round.document, "en", mode).html.split())
        assert told in printed
        assert (moment in printed) == (mode == "confidential")


class TestThePageThatATabletKeeps:
    @pytest.mark.parametrize("language", ["en", "ur", "pl"])
    def test_it_is_a_page_in_each_language(self, client: CheckingClient, link: str, language: str) -> None:
        page = client.get(f"/offline{link.removeprefix('/s')}?lang={language}")
        assert page.language == language
        assert page.one("noscript a").attributes["href"] == link

    def test_it_carries_every_question_as_its_own_page_shows_it(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        page = client.begin(link)
        shown = next(each for each in kept["questions"] if each["concept"] == "plan_route")
        for code in page.codes:
            assert f'name="answer" value="{code}"' in shown["html"]
        assert page.one("#question").html in shown["html"]
        assert all("answered-before" in each["html"] for each in kept["questions"])
        assert len(kept["questions"]) == 12

    def test_it_says_the_questions_in_the_language_asked_for(self, client: CheckingClient, link: str) -> None:
        english, urdu = questions(client, link), questions(client, link, "ur")
        for one, other in zip(english["questions"], urdu["questions"], strict=True):
            assert one["concept"] == other["concept"]
            assert one["title"] != other["title"]
            assert other["title"] in other["html"]

    def test_it_is_made_once_for_all_who_see_it_alike(
        self, client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, urdu = questions(client, link), questions(client, link, "ur")
        made: list[str] = []
        render = offline.render

        def counted(request: Any, template: str, **context: Any) -> str:
            made.append(template)
            return render(request, template, **context)

        monkeypatch.setattr(offline, "render", counted)
        assert (questions(client, link), questions(client, link, "ur")) == (first, urdu)
        assert not made
        client.parts.partnership = msgspec.structs.replace(client.parts.partnership, name="Another")
        questions(client, link)
        assert made

    def test_no_more_is_kept_of_it_than_fits(
        self, client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(offline, "MOST_KEPT", 2)
        for language in ("en", "ur", "pl", "en"):
            assert questions(client, link, language)["language"] == language
            assert len(offline._kept) <= 2

    def test_one_address_does_not_ask_for_it_without_end(
        self, client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, "tablets", 1)
        address = f"/offline{link.removeprefix('/s')}/questions"
        assert [client.client.get(address).status_code for _ in range(2)] == [200, 429]

    def test_it_words_every_problem_that_the_tablet_can_find(self, client: CheckingClient, link: str) -> None:
        script = client.client.get("/static/scripts/offline-routing.js").text
        codes = set(re.findall(r'"((?:no|both|two|none|nothing|too|date|not|reach)_\w+)"', script)) - {"no_contact"}
        kept = questions(client, link)
        known = kept["problems"].keys() | kept["questions"][0]["problems"].keys()
        assert codes <= known | {"not_asked"}
        assert len(codes) > 15
        too_long = kept["questions"][0]["problems"]["too_long"]
        assert kept["unknown_length"] in too_long

    def test_it_keeps_the_worker_to_its_own_pages(self, client: CheckingClient) -> None:
        answer = client.client.get("/offline/worker.js")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "service-worker-allowed" not in answer.headers
        assert answer.headers["cache-control"] == "no-cache"


class TestWhatATabletSends:
    def test_it_is_stored_with_how_it_came_and_whose_words_they_are(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        status, said = send(client, link, sealed(kept, id := uuid.uuid4(), told(kept, *SAID, said_by="supported")))
        assert (status, said) == (200, {"stored": str(id)})
        [first, second] = sorted(client.answers(), key=lambda row: row["concept"])
        assert {first["mode"], second["mode"]} == {"offline"}
        assert (first["concept"], first["code"]) == ("plan_route", "annual_review")
        assert (second["text"], second["language"]) == ("وہ ہمیشہ فون کرتے تھے۔", "ur")

    def test_it_is_stored_once_however_often_it_is_sent(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        id = uuid.uuid4()
        for _ in range(3):
            # Sealed anew each time, as after a page was opened again.
            assert send(client, link, sealed(kept, id, told(kept, *SAID)))[0] == 200
        assert len({row["submission"] for row in client.answers()}) == 1

    def test_it_is_stored_under_an_id_that_the_tablet_does_not_know(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        send(client, link, sealed(kept, id := uuid.uuid4(), told(kept, *SAID)))
        assert str(id) not in str(client.answers())

    def test_it_keeps_the_first_of_two_contents_under_one_id(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        id = uuid.uuid4()
        send(client, link, sealed(kept, id, told(kept, ("went_well", "en", {"text": "First."}))))
        status, said = send(client, link, sealed(kept, id, told(kept, ("went_well", "en", {"text": "Second."}))))
        assert (status, said["problem"]) == (422, "other_content")
        assert client.answered() == {"went_well": "First."}

    def test_it_leaves_out_what_lies_off_the_way(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        off = ("knew_next_steps", "en", {"answer": "yes"})
        assert send(client, link, sealed(kept, uuid.uuid4(), told(kept, *SAID, off)))[0] == 200
        assert client.answered().keys() == {"plan_route", "went_well"}

    def test_it_names_the_question_whose_answer_we_cannot_read(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        wrong = told(kept, *SAID, ("felt_listened_to", "en", {"answer": "made_up"}))
        status, said = send(client, link, sealed(kept, uuid.uuid4(), wrong))
        assert (status, said["problem"]) == (422, "page")
        assert "Did you feel listened to?" in said["words"]
        assert client.answers() == []

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"round": str(uuid.UUID(int=1))}, "other_survey"),
            ({"pages": []}, "nothing_answered"),
            ({"language": "xx"}, "not_readable"),
            ({"said_by": "nobody"}, "not_readable"),
        ],
    )
    def test_it_says_in_words_what_it_cannot_take(
        self, client: CheckingClient, link: str, change: dict[str, Any], problem: str
    ) -> None:
        kept = questions(client, link)
        status, said = send(client, link, sealed(kept, uuid.uuid4(), told(kept, *SAID) | change))
        assert (status, said["problem"]) == (422, problem)
        assert said["words"].endswith(".")
        assert client.answers() == []

    def test_it_says_so_in_the_language_of_the_tablet(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        body = sealed(kept, uuid.uuid4(), told(kept))
        assert send(client, link, body, language="ur")[0] == 422

    @pytest.mark.parametrize("body", [[], {}, {"id": "x", "sealed": ""}, {"id": str(uuid.UUID(int=1)), "sealed": "%"}])
    def test_it_takes_nothing_that_was_not_sealed_for_it(self, client: CheckingClient, link: str, body: Any) -> None:
        assert send(client, link, body)[1]["problem"] == "not_readable"

    def test_it_takes_nothing_that_was_sealed_under_another_id(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        body = sealed(kept, uuid.uuid4(), told(kept, *SAID)) | {"id": str(uuid.uuid4())}
        assert send(client, link, body)[1]["problem"] == "not_readable"
        assert client.answers() == []

    def test_it_takes_long_answers_in_any_script(self, client: CheckingClient, link: str) -> None:
        kept = questions(client, link)
        long = "ہم" * 1000
        pages = (("went_well", "ur", {"text": long}), ("could_be_better", "ur", {"text": long}))
        assert send(client, link, sealed(kept, uuid.uuid4(), told(kept, *pages)))[0] == 200
        assert client.answered()["went_well"] == long


class TestWhenTheRoundHasEnded:
    def test_it_takes_answers_of_last_term_for_thirty_days(
        self, client: CheckingClient, link: str, clock: Clock
    ) -> None:
        kept = questions(client, link)
        for day, status in ((dt.date(2027, 1, 20), 200), (dt.date(2027, 2, 20), 422)):
            clock.now = dt.datetime.combine(day, dt.time(12), dt.UTC)
            client.unit(lambda day=day: roll_over(today=day))
            client.parts.rounds.forget()
            got, said = send(client, link, sealed(kept, uuid.uuid4(), told(kept, *SAID)))
            assert got == status, said
        assert said["problem"] == "too_late"
        terms = client.unit(lambda: Submission.select(Submission.round.term.as_alias("term")))
        assert [row["term"] for row in terms] == ["2026-autumn"]


class TestTheSeal:
    def test_it_opens_with_the_same_secret_and_name_alone(self) -> None:
        locked = sealing.sealed(b"words", name="a", public=sealing.public_key(b"secret"), nonce=NONCE)
        assert sealing.opened(locked, name="a", secret=b"secret") == b"words"
        for name, secret in (("b", b"secret"), ("a", b"other")):
            with pytest.raises(sealing.CannotOpen):
                sealing.opened(locked, name=name, secret=secret)

    def test_it_opens_nothing_that_was_changed_or_cut(self) -> None:
        locked = sealing.sealed(b"words", name="a", public=sealing.public_key(b"secret"), nonce=NONCE)
        for changed in (b"", locked[:40], locked[:-1], locked[:-1] + bytes([locked[-1] ^ 1]), b"\x04" + bytes(90)):
            with pytest.raises(sealing.CannotOpen):
                sealing.opened(changed, name="a", secret=b"secret")

    def test_it_never_seals_the_same_twice(self) -> None:
        public = sealing.public_key(b"secret")
        first, second = (sealing.sealed(b"words", name="a", public=public, nonce=NONCE) for _ in range(2))
        assert first != second
