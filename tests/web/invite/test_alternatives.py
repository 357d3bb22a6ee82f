"""Before a sending: what to expect of it, and what could be done instead; an officer who takes it is counted."""

from __future__ import annotations

import datetime as dt
import random
import uuid

import pytest

from surveys.asking_less import plans
from surveys.asking_less.plans import Plan
from surveys.asking_less.spared import spared_in
from surveys.invitations import sends
from surveys.invitations.sends import SendChoice
from surveys.ledger.recording import NewAsk, record
from tests.inviting.invited import BY, NOON, TODAY, open_a_round, person, register_of
from tests.pages import CheckingClient
from voice.fatigue.keeping import measure_again
from voice.people.roles import Role

PEOPLE = 60


def carrier(survey: str, **changed: object) -> Plan:
    fields = {
        "id": uuid.uuid4(),
        "partner": "NHS",
        "survey": survey,
        "audience": "parent_carer",
        "opens_on": TODAY + dt.timedelta(days=20),
        "closes_on": TODAY + dt.timedelta(days=50),
        "families": 200,
        "minutes": 5,
        "statutory": False,
    }
    return Plan(**{**fields, **changed})  # type: ignore[arg-type]


@pytest.fixture
def send(client: CheckingClient) -> uuid.UUID:
    """A sending to 60 families who were asked before, and mostly answered; three plans of others in the calendar."""
    parts = client.parts
    rows = [person(number) for number in range(PEOPLE)]
    round = client.run(lambda: open_a_round(parts.store))
    register = client.run(lambda: register_of(parts.store, parts.secret, rows))
    chance = random.Random(3)

    async def begin() -> uuid.UUID:
        await record(
            [
                NewAsk(
                    row.family,
                    row.person,
                    f"Survey {place}",
                    "NHS",
                    "invitation",
                    NOON - dt.timedelta(days=300 - 60 * place),
                    outcome="completed" if chance.random() < 0.6 else "none",
                    minutes=5,
                )
                for row in rows
                for place in range(4)
            ]
        )
        for plan in (
            carrier("Health visits"),
            carrier("Exclusions", audience="school"),
            carrier("Census", statutory=True),
            carrier("Far away", opens_on=TODAY + dt.timedelta(days=90), closes_on=TODAY + dt.timedelta(days=99)),
        ):
            await plans.add(plan, by=BY, today=TODAY)
        choice = SendChoice(sample=30, seed="x")
        return await sends.plan(
            round=round,
            register=register,
            kind="invitation",
            way="letter",
            minutes=2,
            goes_on=TODAY,
            choice=choice,
            by=BY,
            today=TODAY,
        )

    made: uuid.UUID = client.run(lambda: parts.store.write(begin))
    parts.rounds.forget()
    return made


class TestWhatElseCouldBeDone:
    def test_it_says_what_to_expect_and_offers_what_fits(self, client: CheckingClient, send: uuid.UUID) -> None:
        client.sign_in(Role.OFFICER)
        page = client.get(f"/work/invitations/{send}")
        assert "We cannot tell yet." in page.text, "nothing was measured yet"
        assert client.run(lambda: measure_again(client.parts))
        page = client.get(f"/work/invitations/{send}")
        numbers = [[cell.text() for cell in row.css("td")] for row in page.tree.css("#expect + table tbody tr")]
        assert len(numbers) == 3
        for answers, between in numbers:
            low, high = map(int, between.split(" – "))
            assert 0 <= low <= int(answers) <= high <= 30, "30 of the 60 are drawn"
        offered = page.one(".instead").text()
        assert "Health visits" in offered
        assert not any(other in offered for other in ("Exclusions", "Census", "Far away"))
        assert "30 families asked: a share is then known to plus or minus" in " ".join(offered.split())

    def test_an_officer_asks_in_a_session_and_what_families_keep_is_counted(
        self, client: CheckingClient, send: uuid.UUID
    ) -> None:
        client.sign_in(Role.OFFICER)
        page = client.get(f"/work/invitations/{send}")
        after = client.post(f"/work/invitations/{send}/instead", {**page.form("#use-session"), "how": "session"})
        assert after.path == "/work/sessions/new"
        assert [(each.how, each.families, each.minutes) for each in client.unit(lambda: spared_in("2026-autumn"))] == [
            ("session", 30, 60)
        ]
        client.get(f"/work/invitations/{send}", status=404)
        form = {"_csrf_token": page.form("#use-session")["_csrf_token"], "how": "session"}
        client.post(f"/work/invitations/{send}/instead", form, status=404)
