"""An administrator gives programs their tokens and their webhooks, and ends them."""

from __future__ import annotations

import httpx

from tests.pages import CheckingClient, Page
from voice.people.roles import Role


def make(client: CheckingClient, *, status: int = 200, **fields: str) -> Page:
    client.sign_in(Role.ADMINISTRATOR)
    page = client.get("/manage/programs")
    return client.submit(page, form='form[action="/manage/programs"]', status=status, **fields)


def surveys(client: CheckingClient, token: str) -> httpx.Response:
    return client.client.get("/api/v1/surveys", headers={"Authorization": f"Bearer {token}"})


class TestTokens:
    def test_it_is_shown_once_works_and_can_be_ended(self, client: CheckingClient, link: str) -> None:
        page = make(client, name="Case system", **{"scope-read_surveys": "yes"})
        token = page.one("code.long-link").text()
        assert surveys(client, token).status_code == 200
        again = client.get("/manage/programs")
        assert token not in again.text
        assert "Case system" in again.text
        client.submit(again, form='form[action$="/end"]')
        assert surveys(client, token).status_code == 401

    def test_it_says_what_is_missing(self, client: CheckingClient) -> None:
        assert "Write a name" in make(client, status=422, name=" ").problem
        assert "Choose one or more" in make(client, status=422, name="Case system").problem
        page = make(client, status=422, name="Case system", months="99", **{"scope-read_surveys": "yes"})
        assert "how long" in page.problem


class TestWebhooks:
    def test_it_refuses_addresses_inside_our_network(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get("/manage/programs")
        for url, words in (
            ("https://93.184.216.34/two words", "Please check it."),
            ("https://[93.184.216.34/hook", "Please check it."),
            ("http://x.example", "https://"),
            ("https://10.0.0.1/", "inside our own network"),
        ):
            refused = client.submit(page, form='form[action="/manage/webhooks"]', status=422, url=url)
            assert words in refused.problem
            assert refused.one("#url").attributes["value"] == url

    def test_it_shows_the_secret_once_and_can_be_ended(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get("/manage/programs")
        added = client.submit(page, form='form[action="/manage/webhooks"]', url="https://93.184.216.34/told")
        assert added.one("code.long-link").text().startswith("whsec_")
        listed = client.get("/manage/programs")
        assert "whsec_" not in listed.text
        assert "Arrived: 0." in listed.text
        ended = client.submit(listed, form='form[action^="/manage/webhooks/"]')
        assert "93.184.216.34" not in ended.text
