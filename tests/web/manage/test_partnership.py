"""An administrator says who the partnership is; families see it at once."""

from __future__ import annotations

import pytest

from tests.pages import CheckingClient, Page
from voice.people.partnership import PartnershipInfo, partnership
from voice.people.roles import Role

OURS = {
    "name": "Hillside SEND Partnership",
    "help_phone": "01632 960 456",
    "help_email": "help@hillside.example",
    "local_offer": "https://hillside.example/local-offer",
}


def save(client: CheckingClient, *, status: int = 200, **fields: str) -> Page:
    client.sign_in(Role.ADMINISTRATOR)
    return client.submit(client.get("/manage/partnership"), status=status, **{**OURS, **fields})


class TestThePartnership:
    def test_families_see_it_at_once(self, client: CheckingClient, link: str) -> None:
        assert "Ask the person who gave you this link." in client.get(link).one("footer").text()
        assert "Families see it now." in save(client).text
        start = client.get(link)
        assert OURS["name"] in start.text
        footer = start.one("footer")
        assert footer.css_first("a[href='tel:01632960456']")
        assert footer.css_first("a[href='mailto:help@hillside.example']")
        page = client.answer_all(client.begin(link))
        sent = client.submit(page)
        assert sent.one(f"a[href='{OURS['local_offer']}']")

    def test_it_is_there_after_the_next_start(self, client: CheckingClient) -> None:
        save(client)
        assert client.run(lambda: client.parts.store.read(partnership)) == PartnershipInfo(**OURS)
        assert client.get("/manage/partnership").form().items() >= OURS.items()

    def test_it_tidies_what_was_typed(self, client: CheckingClient) -> None:
        page = save(client, name="  Hillside \x00 ", help_email="", local_offer="www.hillside.example/offer ")
        assert page.form()["name"] == "Hillside"
        assert page.form()["local_offer"] == "https://www.hillside.example/offer"

    @pytest.mark.parametrize(
        ("field", "written", "words"),
        [
            ("name", " ", "Write the name"),
            ("name", "N" * 121, "too long"),
            ("help_phone", "ask Jo", "Write a phone number with numbers"),
            ("help_phone", "0" * 41, "too long"),
            ("help_email", "nobody", "Write an e-mail address"),
            ("help_email", '"><b>@x.example', "Write an e-mail address"),
            ("local_offer", "javascript://hillside.example/", "Write the address"),
            ("local_offer", "https://hill side.example/", "Write the address"),
            ("local_offer", "https://hillside.example:x/", "Write the address"),
            ("local_offer", "https://somebody:secret@hillside.example/", "Write the address"),
        ],
    )
    def test_it_says_what_to_do(self, client: CheckingClient, field: str, written: str, words: str) -> None:
        page = save(client, status=422, **{field: written})
        assert words in page.problem
        assert page.problem_field.attributes["name"] == field
        assert page.problem_field.attributes["value"] == " ".join(written.split())
        assert client.parts.partnership == PartnershipInfo()

    def test_somebody_can_be_reached(self, client: CheckingClient) -> None:
        assert "Families need one of them." in save(client, status=422, help_phone="", help_email="").problem
