"""What other programs ask for and send: by token, validated as people's pages are, stored once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import httpx
import pytest

from surveys.tables import Answer, Submission
from tests.conftest import Clock
from tests.pages import CheckingClient
from voice.people import signing_in
from voice.programs import tokens
from voice.programs.tokens import Scope

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
        program.post(f"/rounds/{program.open_round()}/answers", sent, 201)
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
        }
        assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"

    def test_it_has_a_page_for_people(self, client: CheckingClient) -> None:
        page = client.get("/api")
        assert page.h1 == "For other programs"
        assert "POST /api/v1/rounds/{round}/answers" in page.text
