"""Letters and numbers that a database refuses, in an address, a form and what a program sends."""

from __future__ import annotations

import pytest

from tests.pages import CheckingClient
from voice.people.roles import Role


class TestWhatNoColumnCanHold:
    @pytest.mark.parametrize("address", ["/work/bank/%00/files", "/s/%00", "/continue?code=%00"])
    def test_an_address_with_it_is_answered_kindly(self, client: CheckingClient, address: str) -> None:
        client.sign_in(Role.OFFICER)
        answer = client.client.get(address)
        assert answer.status_code < 500
        assert "Something went wrong on our side" not in answer.text

    def test_a_form_with_it_is_answered_kindly(self, client: CheckingClient) -> None:
        page = client.get("/sign-in")
        answer = client.client.post("/sign-in", data={**page.form(), "email": "a\x00@b.org", "go": "link"})
        assert answer.status_code < 500
        answer = client.client.post("/sign-in", data={**page.form(), "email": "a\x00@b.org", "password": "x"})
        assert answer.status_code < 500
