"""What other programs ask for and send: by token, validated as people's pages are, stored once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import httpx
import msgspec
import pytest

from surveys.publishing import open_round, publish
from surveys.tables import Answer, StoredFile, Submission
from tests.conftest import Clock
from tests.evidence.families import families
from tests.pages import CheckingClient
from tests.paper.forms import document
from voice.people import signing_in
from voice.programs import tokens
from voice.programs.tokens import Scope
from voice.storage.files import FileFolder

ALL = tuple(Scope)


def token(client: CheckingClient, *scopes: Scope, days: int = 31) -> str:
    async def unit() -> str:
        [first, *_] = await signing_in.members()
        return await tokens.make("Case system", scopes, expires_on=client.parts.today + dt.timedelta(days), by=first.id)

    made: str = client.run(lambda: client.parts.store.write(unit))
    return made


class Program:
    """A program with a token; it has no cookies."""

    def __init__(self, client: CheckingClient, *scopes: Scope) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token(client, *scopes)}"}

    def get(self, path: str, status: int = 200, **query: str) -> Any:
        return self._checked(self.client.client.get(f"/api/v1{path}", params=query, headers=self.headers), status)

    def post(self, path: str, sent: Any, status: int) -> Any:
        return self._checked(self.client.client.post(f"/api/v1{path}", json=sent, headers=self.headers), status)

    def _checked(self, answer: httpx.Response, status: int) -> Any:
        assert answer.status_code == status, answer.text
        expected = "application/problem+json" if status >= 400 else "application/json"
        assert answer.headers["content-type"].startswith(expected)
        return answer.json()

    def open_round(self) -> str:
        [found] = [each for each in self.get("/rounds") if each["link"]]
        return str(found["round"])


def said(**answers: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "language": "en", "answers": answers}


class TestTokens:
    def test_it_asks_for_one(self, client: CheckingClient, link: str) -> None:
        for headers in ({}, {"Authorization": "Bearer gt_made-up"}, {"Authorization": "Basic eDp5"}):
            answer = client.client.get("/api/v1/surveys", headers=headers)
            assert answer.status_code == 401
            assert answer.json()["type"] == "/api#no_token"
            assert answer.headers["www-authenticate"] == "Bearer"

    def test_a_session_of_staff_is_none(self, client: CheckingClient, link: str) -> None:
        from voice.people.roles import Role

        client.sign_in(Role.ADMINISTRATOR)
        assert client.client.get("/api/v1/answers?survey=post-ehcp").status_code == 401

    def test_it_does_only_what_it_may(self, client: CheckingClient, link: str) -> None:
        reads = Program(client, Scope.READ_SURVEYS)
        round = reads.open_round()
        assert "read_answers" in reads.get("/answers", 403, survey="post-ehcp")["title"]
        reads.post(f"/rounds/{round}/answers", said(kept_up_to_date={"code": "yes"}), 403)
        assert client.unit(lambda: Submission.count()) == 0

    def test_it_ends_with_its_day(self, client: CheckingClient, clock: Clock, link: str) -> None:
        program = Program(client, *ALL)
        clock.now += dt.timedelta(days=31)
        program.get("/rounds")
        clock.now += dt.timedelta(days=1)
        program.get("/rounds", 401)

    def test_it_is_kept_as_a_hash_with_the_day_of_its_last_use(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        program.get("/rounds")
        [kept] = client.unit(lambda: tokens.ApiToken.select())
        assert program.headers["Authorization"].removeprefix("Bearer ") not in str(kept)
        assert kept["last_used_on"] == client.parts.today


class TestSurveys:
    def test_it_shows_the_survey_in_every_language(self, client: CheckingClient, link: str) -> None:
        program = Program(client, Scope.READ_SURVEYS)
        [line] = program.get("/surveys")
        assert (line["survey"], line["version"]) == ("post-ehcp", 1)
        survey = program.get("/surveys/post-ehcp")
        assert survey["questions"][0]["options"][0]["code"] == "new_assessment"
        assert survey["title"]["ur"] != survey["title"]["en"]
        assert program.get("/surveys/nothing", 404)["type"] == "/api#not_found"


class TestSendingAnswers:
    def test_it_stores_them_once_however_often_they_come(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        path = f"/rounds/{program.open_round()}/answers"
        sent = said(plan_route={"code": "annual_review"}, went_well={"text": "They rang."}) | {"said_by": "proxy"}
        first = program.post(path, sent, 201)
        assert program.post(path, sent, 200) == {**first, "stored": "known_already"}
        [stored] = client.unit(lambda: Submission.select())
        assert (stored["mode"], stored["said_by"], stored["submitted_at"]) == ("api", "proxy", "2026-11")
        assert client.unit(lambda: Answer.count()) == 2

    def test_it_keeps_the_first_when_the_same_id_brings_others(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        path = f"/rounds/{program.open_round()}/answers"
        sent = said(kept_up_to_date={"code": "yes"})
        program.post(path, sent, 201)
        problem = program.post(path, {**sent, "answers": {"kept_up_to_date": {"code": "no"}}}, 409)
        assert problem["type"] == "/api#other_content"
        [kept] = program.get("/answers", survey="post-ehcp")["answers"]
        assert (kept["concept"], kept["code"]) == ("kept_up_to_date", "yes")

    def test_it_lists_all_that_is_wrong_at_once_and_stores_nothing(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        sent = said(
            kept_up_to_date={"code": "perhaps"},
            went_well={"text": "x" * 2001},
            no_such_thing={"code": "yes"},
            felt_listened_to={"code": "yes"},
        )
        problem = program.post(f"/rounds/{program.open_round()}/answers", sent, 422)
        assert [(each["at"], each["code"]) for each in problem["wrong"]] == [
            ("kept_up_to_date", "not_an_option"),
            ("went_well", "too_long"),
            ("no_such_thing", "no_such_question"),
        ]
        assert client.unit(lambda: Submission.count()) == 0

    def test_it_leaves_out_what_this_person_is_not_asked(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        sent = said(plan_route={"code": "annual_review"}, knew_next_steps={"code": "yes"})
        told = program.post(f"/rounds/{program.open_round()}/answers", sent, 201)
        assert told["left_out"] == ["knew_next_steps"]
        kept = program.get("/answers", survey="post-ehcp")["answers"]
        assert [each["concept"] for each in kept] == ["plan_route"]

    @pytest.mark.parametrize(
        "sent",
        [
            [],
            {},
            {"id": "no id", "language": "en", "answers": {}},
            said(kept_up_to_date={"code": ["yes"]}),
            said(kept_up_to_date={"kode": "yes"}),
            said() | {"mode": "paper"},
        ],
    )
    def test_it_says_when_the_form_is_wrong(self, client: CheckingClient, link: str, sent: Any) -> None:
        program = Program(client, *ALL)
        assert program.post(f"/rounds/{program.open_round()}/answers", sent, 400)["type"] == "/api#not_valid"

    def test_it_says_when_there_is_nothing_or_nowhere(self, client: CheckingClient, link: str) -> None:
        program = Program(client, *ALL)
        path = f"/rounds/{program.open_round()}/answers"
        assert program.post(path, said(), 422)["type"] == "/api#nothing_answered"
        assert (
            program.post(path, said(went_well={"text": "Hi."}) | {"language": "xx"}, 422)["wrong"][0]["at"]
            == "language"
        )
        unknown = program.post(f"/rounds/{uuid.uuid4()}/answers", said(went_well={"text": "Hi."}), 404)
        assert unknown["type"] == "/api#no_such_round"


class TestWhatAQuestionDoesNotTake:
    @pytest.mark.parametrize(
        ("concept", "answer", "wrong"),
        [
            ("yes_no", {"code": "yes", "text": "And more."}, ("yes_no.text", "text_not_taken")),
            ("yes_no", {"code": "yes", "parts": [{"item": "yes"}]}, ("yes_no.parts", "parts_not_taken")),
            ("free_text", {"code": "yes", "text": "And more."}, ("free_text.code", "code_not_taken")),
            ("date", {"code": "2026-11-22-99"}, ("date.code", "code_not_taken")),
            ("date", {"code": "2026-11-22", "text": "A Sunday."}, ("date.text", "text_not_taken")),
            ("postcode_area", {"code": "SW1A", "text": "London"}, ("postcode_area.text", "text_not_taken")),
        ],
    )
    def test_it_is_refused_and_named(
        self, client: CheckingClient, link: str, concept: str, answer: dict[str, Any], wrong: tuple[str, str]
    ) -> None:
        program, round = self.everything(client)
        problem = program.post(f"/rounds/{round}/answers", said(**{concept: answer}), 422)
        assert [(each["at"], each["code"]) for each in problem["wrong"]] == [wrong]
        assert client.unit(lambda: Submission.count()) == 0

    def test_a_code_that_a_list_does_not_have_is_refused(self, client: CheckingClient, link: str) -> None:
        program, round = self.everything(client)
        for concept in ("ranking", "multiple_choice", "sorting"):
            answer = {"parts": [{"item": "home"}, {"item": "wrong"}], "code": ""}
            problem = program.post(f"/rounds/{round}/answers", said(**{concept: answer}), 422)
            assert [each["at"].partition(".")[0] for each in problem["wrong"]] == [concept]
        ranked = [{"item": each} for each in ("home", "school", "friends", "home")]
        program.post(f"/rounds/{round}/answers", said(ranking={"parts": ranked}), 422)
        program.post(f"/rounds/{round}/answers", said(ranking={"parts": ranked[:3], "code": "wrong"}), 422)
        assert client.unit(lambda: Submission.count()) == 0
        stored = program.post(f"/rounds/{round}/answers", said(ranking={"parts": ranked[:3]}), 201)
        assert stored["left_out"] == []

    @staticmethod
    def everything(client: CheckingClient) -> tuple[Program, uuid.UUID]:
        """A program, and the round of a survey whose concepts are the kinds of question."""
        survey = document()
        plain = msgspec.structs.replace(
            survey,
            slug="all-kinds",
            questions=tuple(
                msgspec.structs.replace(each, concept=each.kind, only_if=None)
                for each in {each.kind: each for each in survey.questions}.values()
            ),
        )

        async def opened() -> uuid.UUID:
            version = await publish(plain, today=client.parts.today)
            return await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link="kinds", opens_on=None, closes_on=None
            )

        round: uuid.UUID = client.unit(opened)
        client.parts.rounds.forget()
        return Program(client, *ALL), round


class TestFetchingAFile:
    def test_it_comes_as_it_was_sent_to_whoever_may_read_answers(self, client: CheckingClient, link: str) -> None:
        folder = FileFolder(client.settings.data)
        sent, drafted = uuid.uuid4(), uuid.uuid4()
        for id in (sent, drafted):
            arrived = folder.place_to_arrive()
            arrived.write_bytes(b"picture")
            folder.keep(arrived, id)

        async def unit() -> None:
            await families(1, went_well="Here is a photo.")
            [answer] = await Answer.select(Answer.id)
            await Answer.update({Answer.file: sent, Answer.text: None}).where(Answer.id == answer["id"])
            for id in (sent, drafted):
                await StoredFile.insert(StoredFile(id=id, media_type="image/png", bytes=7, seconds=None))

        client.unit(unit)
        program = Program(client, *ALL)
        [kept] = program.get("/answers", survey="post-ehcp")["answers"]
        got = client.client.get(f"/api/v1/files/{kept['code'].removeprefix('file:')}", headers=program.headers)
        assert (got.status_code, got.content, got.headers["content-type"]) == (200, b"picture", "image/png")
        program.get(f"/files/{drafted}", 404)
        Program(client, Scope.SEND_ANSWERS).get(f"/files/{sent}", 403)
        assert client.client.get(f"/api/v1/files/{sent}").status_code == 401


class TestFetchingAnswers:
    def test_it_goes_on_page_by_page(self, client: CheckingClient, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("voice.web.api.answers.A_PAGE", 3)
        program = Program(client, *ALL)
        path = f"/rounds/{program.open_round()}/answers"
        for n in range(5):
            program.post(path, said(went_well={"text": f"=SUM({n})"}, kept_up_to_date={"code": "yes"}), 201)
        found, after = [], ""
        while True:
            page = program.get("/answers", survey="post-ehcp", after=after)
            found += page["answers"]
            after = page["after"]
            if not after:
                break
        assert len(found) == 10
        assert {each["text"] for each in found} == {"", *(f"=SUM({n})" for n in range(5))}
        assert program.get("/answers", survey="other")["answers"] == []
        program.get("/answers", 400, survey="post-ehcp", after="made up")


class TestTheDescription:
    def test_it_describes_every_call_and_no_page(self, client: CheckingClient) -> None:
        described = client.client.get("/api/openapi.json").json()
        assert set(described["paths"]) == {
            "/api/v1/surveys",
            "/api/v1/surveys/{survey}",
            "/api/v1/rounds",
            "/api/v1/rounds/{round}/answers",
            "/api/v1/answers",
            "/api/v1/files/{file}",
        }
        assert {method for calls in described["paths"].values() for method in calls} == {"get", "post"}
        assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"

    def test_it_has_a_page_for_people(self, client: CheckingClient) -> None:
        page = client.get("/api")
        assert page.h1 == "For other programs"
        assert "POST /api/v1/rounds/{round}/answers" in page.text
