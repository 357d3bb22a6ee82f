"""The page that shows how much families are asked: measured by another process, kept, and shown with small numbers
hidden."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from surveys.ledger import how_much
from surveys.ledger.recording import NewAsk, record
from tests.conftest import NOON
from tests.evidence.families import families
from tests.pages import CheckingClient
from tests.published.promised import a_published
from voice.fatigue import keeping
from voice.fatigue.keeping import measure_again
from voice.people.roles import Role

BIG, SMALL = "Millbrook NHS", "Tiny Trust"


def asks(number: int) -> list[NewAsk]:
    """Of families that tire: each answers less, the more it was asked. Five of them know a small partner."""
    chance = random.Random(5)
    made = []
    for family in range(number):
        for place in range(chance.randint(3, 7)):
            made.append(
                NewAsk(
                    f"f1-{family:032x}",
                    f"p1-{family:032x}",
                    chance.choice(["Transport", "Health visit"]),
                    SMALL if family < 5 and place == 0 else BIG,
                    "reminder" if chance.random() < 0.2 else "invitation",
                    NOON - dt.timedelta(days=75 - place * 10 - chance.random()),
                    way="email",
                    audience="parent_carer",
                    language="en",
                    outcome="completed" if chance.random() < 0.85 - 0.12 * place else "none",
                    minutes=5,
                )
            )
    return made


class TestThePage:
    def test_it_says_kindly_that_nothing_was_counted(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        assert "We have not counted yet." in client.get("/lead/fatigue").text
        assert not client.run(lambda: measure_again(client.parts)), "an empty ledger is not measured"

    def test_it_shows_what_the_ledger_says_and_hides_few(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.unit(lambda: record(asks(60)))
        client.unit(lambda: families(12, felt_listened_to="yes", went_well="They rang back the same day."))
        client.unit(a_published)
        for said, people in (("too_many", 14), ("about_right", 3)):
            for _ in range(people):
                client.unit(lambda said=said: how_much.count(said, survey="", term="2026-autumn"))
        assert client.run(lambda: measure_again(client.parts))
        assert not client.run(lambda: measure_again(client.parts)), "nothing has changed since"
        monkeypatch.setattr(keeping, "in_another_process", None)
        client.sign_in(Role.LEAD)
        page = client.get("/lead/fatigue")
        assert "60 families" in page.text
        assert "the odds of an answer fall by about" in page.one(".decay").text()
        rates = page.tree.css("table.by-ask tbody tr")
        assert "%" in rates[0].text()
        assert "It is an indicator of how we ask, and no score of families." in page.text
        assert "12 people answered this term." in page.text
        assert page.tree.css("#said + p + table tbody tr td")[0].text() == "hidden", "14 would give 3 away"
        assert "64 days until half of 12 people could read what came of it." in " ".join(
            page.one("#closing + p").text().split()
        )
        partners = client.get("/lead/fatigue?by=partner")
        small = next(row for row in partners.tree.css("table.groups tbody tr") if SMALL in row.text())
        assert "hidden" in small.text()
        assert "5" not in small.text()
        big = client.get(f"/lead/fatigue?by=partner&value={BIG}")
        assert "To keep them safe we show no numbers." in big.text, (
            "all less this partner would give the small one away"
        )
        term = client.get("/lead/fatigue?by=term&value=2026-autumn")
        assert "Autumn 2026" in term.text
        for unknown in ("?by=person", "?by=partner&value=nobody"):
            client.get(f"/lead/fatigue{unknown}", status=404)

    def test_it_is_for_those_who_see_findings(self, client: CheckingClient) -> None:
        client.sign_in(Role.FACILITATOR)
        client.get("/lead/fatigue", status=403)
