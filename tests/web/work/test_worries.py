"""The page of worries: the safeguarding lead opens it, and nobody else, however high they sit."""

from __future__ import annotations

import uuid

import pytest

from tests.pages import CheckingClient
from voice.people.roles import Role
from voice.safeguarding.worries import raise_worry


def worry(client: CheckingClient, text: str = "I am scared at home.") -> None:
    parts = client.parts
    client.unit(
        lambda: raise_worry(
            text, id=uuid.uuid4(), source="session", place="Forum <b>", secret=parts.secret, today=parts.today
        )
    )


class TestThePage:
    def test_it_shows_what_waits_and_what_was_looked_into(self, client: CheckingClient) -> None:
        worry(client)
        page = client.sign_in(Role.SAFEGUARDING)
        assert page.path == "/work/worries"
        assert page.one("article blockquote").text() == "I am scared at home."
        page = client.submit(page, form="article form")
        assert "Looked into on 18 November 2026" in page.text
        assert not page.tree.css("article form")

    def test_a_worry_that_is_not_there_is_nothing_to_look_into(self, client: CheckingClient) -> None:
        worry(client)
        page = client.sign_in(Role.SAFEGUARDING)
        token = {"_csrf_token": page.form("article form")["_csrf_token"]}
        client.post("/work/worries/not-an-id", token, status=404)
        assert client.post(f"/work/worries/{uuid.uuid4()}", token).tree.css("article form")

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING])
    def test_nobody_else_opens_it(self, client: CheckingClient, role: Role) -> None:
        worry(client)
        here = client.sign_in(role)
        assert "/work/worries" not in here.html
        refused = client.get("/work/worries", status=403)
        assert "scared" not in refused.html
