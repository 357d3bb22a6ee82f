"""The list of partners that may send e-mail into the drop box."""

from __future__ import annotations

from tests.pages import CheckingClient
from voice.capture.drop_box.senders import partner_of
from voice.people.roles import Role


class TestSenders:
    def test_an_address_counts_before_its_domain(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        for address, partner in (("@Elmtree.example", "Elm Tree School"), ("head@elmtree.example", "Head teachers")):
            page = client.submit(
                client.get("/manage/drop-box"),
                form="main form[novalidate]",
                address=address,
                partner=partner,
                partner_kind="school",
            )
        assert "@elmtree.example" in page.text
        known = [
            ("head@elmtree.example", "Head teachers"),
            ("a@elmtree.example", "Elm Tree School"),
            ("a@b.example", ""),
        ]
        for address, partner in known:
            assert client.unit(lambda address=address: partner_of(address))[0] == partner
        page = client.submit(
            page,
            {"remove": page.one("tbody tr:first-child button").attributes["value"] or ""},
            form="tbody tr:first-child form",
        )
        assert len(page.tree.css("tbody tr")) == 1

    def test_it_says_what_to_write(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        for fields, said in (
            ({"address": "elmtree", "partner": "Elm", "partner_kind": "school"}, "Write an e-mail address."),
            ({"address": "@elm.example", "partner": " ", "partner_kind": "school"}, "Write who heard it"),
            ({"address": "@elm.example", "partner": "Elm", "partner_kind": "x"}, "Choose what kind"),
        ):
            page = client.get("/manage/drop-box")
            page = client.post("/manage/drop-box", {**page.form(), **fields}, status=422)
            assert page.problem.startswith(said)
