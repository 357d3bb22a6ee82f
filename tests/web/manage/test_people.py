"""Adding people and changing their roles."""

from __future__ import annotations

from tests.pages import CheckingClient
from voice.people.roles import Role


class TestPeople:
    def test_it_adds_a_person_who_can_then_sign_in(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.submit(client.get("/manage/people"), email="New@Example.org", role="analyst")
        assert "new@example.org" in page.text
        address = page.one("main .long-link").text().removeprefix("http://testserver.local")
        client.client.cookies.clear()
        assert client.submit(client.get(address)).path == "/work/quotes"

    def test_it_says_what_is_wrong(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        people = client.get("/manage/people")
        assert client.submit(people, email="nobody", role="lead", status=422).problem_field.attributes["id"] == "email"
        assert client.submit(people, email="a@b.org", role="queen", status=422).problem_field.attributes["id"] == "role"
        assert len(client.get("/manage/people").tree.css("tbody tr")) == len(Role)
