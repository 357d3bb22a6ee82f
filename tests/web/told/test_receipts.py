"""A reference opens what came of what somebody said, and tells nothing of who said what."""

from __future__ import annotations

import uuid

import pytest

from surveys import references, submissions
from surveys.tables import Submission
from tests.pages import CheckingClient
from tests.published.promised import HEARD, TODAY, a_published
from voice.actions.promise import About
from voice.capture.sessions import approving, cards, planning
from voice.capture.sessions.activities import Activity
from voice.capture.sessions.cards import NewCard
from voice.capture.sessions.planning import Plan, Running
from voice.capture.sessions.tables import SessionAsk
from voice.people import signing_in
from voice.web.limits import PER_MINUTE

SAID = "They never call me back, Mrs Pettigrew least of all."


def answered(client: CheckingClient, link: str) -> str:
    """Somebody answers the survey; returns their reference."""
    page = client.submit(client.answer_all(client.begin(link), words=SAID))
    assert page.one(".reference a, p a[href^='/what-happened/']")
    return page.one(".reference strong").text()


class TestAReceipt:
    def test_it_opens_with_the_reference_as_somebody_wrote_it(self, client: CheckingClient, link: str) -> None:
        reference = answered(client, link)
        client.client.cookies.clear()
        form = client.get("/what-happened")
        page = client.submit(form, reference=f" {reference.lower().replace('-', ' ')} ")
        assert page.path == f"/what-happened/{reference}"
        assert "You told us in November 2026." in page.text
        assert "Nobody has decided yet. We say more in Spring 2027." in page.text
        assert len(page.tree.css(".what-next .done")) == 1
        assert page.response.headers["x-robots-tag"] == "noindex"
        assert not client.client.cookies, "nothing is kept of who looks"

    def test_it_shows_what_came_of_what_all_said_and_marks_none(self, client: CheckingClient, link: str) -> None:
        reference = answered(client, link)
        client.unit(lambda: a_published("You want shorter letters."))
        client.unit(lambda: a_published("That was in summer.", first_said="", about=_of_another_survey()))
        client.unit(lambda: a_published(state="cannot", cannot="We do not have the money.", since=""))
        page = client.get(f"/what-happened/{reference}")
        assert [node.text().strip() for node in page.tree.css(".told-heard")] in (
            ["You want shorter letters.", HEARD],
            [HEARD, "You want shorter letters."],
        )
        assert "We cannot do this, because We do not have the money." in page.text
        assert "It is done, or we said why we cannot." in page.text
        assert "Pettigrew" not in page.html
        assert "call me back" not in page.html

    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_one_that_we_do_not_know_says_so_kindly(self, client: CheckingClient, language: str) -> None:
        page = client.get(f"/what-happened/7K3M-Q2PX?lang={language}", status=404)
        assert page.language == language
        assert page.problem_field.attributes["name"] == "reference"
        client.submit(client.get("/what-happened"), reference="7K3M-Q2PX", status=422)
        assert "Write your reference" in client.submit(client.get("/what-happened"), reference=" ", status=422).problem

    def test_nobody_guesses_them_whatever_their_headers_say(self, client: CheckingClient, link: str) -> None:
        reference = answered(client, link)
        for number in range(PER_MINUTE["receipt"]):
            forged = {"x-forwarded-for": f"10.0.0.{number}"}
            assert client.client.get("/what-happened/0000-0000", headers=forged).status_code == 404
        client.get(f"/what-happened/{reference}", status=429)
        client.post("/what-happened", {"reference": reference}, status=429)

    def test_answers_from_before_are_found_too(self, client: CheckingClient, link: str) -> None:
        reference = answered(client, link)
        client.unit(lambda: Submission.update({Submission.reference: None}, force=True))
        client.get(f"/what-happened/{reference}", status=404)
        assert client.unit(references.refer_to_some) == 1
        assert client.unit(references.refer_to_some) == 0
        client.get(f"/what-happened/{reference}")

    def test_answers_that_are_gone_lead_nowhere(self, client: CheckingClient, link: str) -> None:
        reference = answered(client, link)
        ids = [row["id"] for row in client.unit(lambda: Submission.select(Submission.id))]
        client.unit(lambda: submissions.take_out(ids))
        assert "delete them to keep you safe" in client.get(f"/what-happened/{reference}", status=404).text


class TestASession:
    @pytest.mark.parametrize("permitted", ["quote", "read"])
    def test_the_code_of_the_room_opens_it(self, client: CheckingClient, permitted: str) -> None:
        session, code = client.unit(lambda: _held(client, permitted))
        page = client.get(f"/what-happened/{code[:4]}-{code[4:]}")
        assert "You came together on 18 November 2026." in page.text
        if permitted == "quote":
            assert "A quiet room" in page.text
            assert "It opens in May." in page.text
        else:
            assert "A quiet room" not in page.text
            assert "Your group asked for 1 thing. It stands in your report." in page.text
        client.unit(lambda: planning.keep_running(_loaded(session), Running(), "running"))
        client.get(f"/what-happened/{code}", status=404)


def _of_another_survey() -> tuple[About, ...]:
    return (About("concept", "waiting"), About("survey", "another"))


def _loaded(id: uuid.UUID) -> planning.RoomSession:
    plan = Plan(title="", kind="youth_forum", held_on=TODAY, respondent_kind="young_person", language="en")
    return planning.RoomSession(
        id=id, plan=plan, agenda=(), running=Running(), stage="ended", revision=1, planned_by=uuid.uuid4()
    )


async def _held(client: CheckingClient, permitted: str) -> tuple[uuid.UUID, str]:
    secret = client.parts.secret
    plan = Plan(title="Thursday", kind="youth_forum", held_on=TODAY, respondent_kind="young_person", language="en")
    board = Activity(id="board", kind="board", title="What should change?", columns=("start", "stop"))
    by = next(each.id for each in await signing_in.members())
    id = await planning.create(plan, (board,), by=by, secret=secret)
    await planning.keep_running(await planning.load(id), Running(activity="board"), "running")
    card = NewCard(
        id=uuid.uuid4(), activity="board", column="start", text="A quiet room", language="en", said_by="own_words"
    )
    await cards.add(await planning.load(id), card, by_leader=True)
    await cards.unfold(await planning.load(id), activity="board")
    await planning.keep_running(await planning.load(id), Running(), "ended")
    await approving.approve(id, by="the group", permitted=permitted, files=(), today=TODAY)
    await SessionAsk.insert(SessionAsk(line=card.id, session=id, happened="It opens in May.", written_on=TODAY))
    return id, planning.code_of(secret, id)
