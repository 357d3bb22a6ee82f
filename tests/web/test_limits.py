"""How often one address may try something."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.pages import CheckingClient
from tests.web.told.test_receipts import answered
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

    @pytest.mark.parametrize(
        ("name", "method", "address", "form"),
        [
            ("receipt", "GET", "/what-happened/0000-0000", {}),
            ("class", "POST", "/class", {"class": "ABCD EFGH"}),
            ("room", "POST", "/join", {"code": "ABCD EFGH"}),
        ],
    )
    def test_many_wrong_codes_at_once_are_no_more_than_one_after_another(
        self,
        client: CheckingClient,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        method: str,
        address: str,
        form: dict[str, str],
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, name, 4)

        def guess(_: int) -> int:
            return client.client.request(method, address, data=form).status_code

        with ThreadPoolExecutor(12) as together:
            statuses = list(together.map(guess, range(24)))
        assert statuses.count(429) == 20

    def test_right_codes_do_not_count(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch, link: str) -> None:
        monkeypatch.setitem(PER_MINUTE, "receipt", 1)
        reference = answered(client, link)
        for _ in range(3):
            client.get(f"/what-happened/{reference}")
        client.get("/what-happened/0000-0000", status=404)
        client.get(f"/what-happened/{reference}", status=429)

    def test_a_class_that_comes_back_together_is_let_in(self) -> None:
        assert PER_MINUTE["continue"] >= 2 * 30


def _method(name: str) -> str:
    return "GET" if name == "api" else "POST"


def _one_too_many(name: str) -> range:
    return range(PER_MINUTE[name] + 1)
