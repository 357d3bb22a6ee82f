"""How often one address may try something."""

from __future__ import annotations

from tests.pages import CheckingClient
from voice.people.roles import Role
from voice.web.limits import PER_MINUTE


class TestLimits:
    def test_each_counts_for_itself(self, client: CheckingClient) -> None:
        tries = {
            "continue": ("/continue", {"code": "ABCD EFGH"}),
            "api": ("/api/v1/surveys", {}),
            "class": ("/class", {"class": "ABCD EFGH"}),
        }
        for name, (address, form) in tries.items():
            statuses = [
                client.client.request(_method(name), address, data=form).status_code for _ in _one_too_many(name)
            ]
            assert statuses[-1] == 429, name
            assert statuses.count(429) == 1, name
        page = client.get("/sign-in")
        assert client.submit(page, {"go": "password"}, email="a@example.org", password="x", status=422).problem
        assert client.sign_in(Role.FACILITATOR).path == "/work/sessions"

    def test_a_class_that_comes_back_together_is_let_in(self) -> None:
        assert PER_MINUTE["continue"] >= 2 * 30


def _method(name: str) -> str:
    return "GET" if name == "api" else "POST"


def _one_too_many(name: str) -> range:
    return range(PER_MINUTE[name] + 1)
