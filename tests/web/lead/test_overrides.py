"""An officer whom the rules stop, and a lead who sets one aside: with reasons and names, never against families."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from surveys.asking_less import overrides
from surveys.asking_less.rules import Rules, in_force
from surveys.asking_less.spared import spared_in
from surveys.invitations import sends
from surveys.invitations.sends import SendChoice
from surveys.ledger import choices
from surveys.ledger.recording import NewAsk, record
from tests.inviting.invited import NOON, TODAY, open_a_round, person, register_of
from tests.pages import CheckingClient, Page
from voice.people.roles import Role

TWICE_AS_MANY = 12
"""People of the register. Number 0 to 6 were asked last week, and number 0 said stop."""


@pytest.fixture
def send(client: CheckingClient) -> uuid.UUID:
    """A planned sending that the rules stop for half of the people."""
    parts = client.parts
    rows = [person(number) for number in range(TWICE_AS_MANY)]
    round = client.run(lambda: open_a_round(parts.store))
    register = client.run(lambda: register_of(parts.store, parts.secret, rows))

    async def begin() -> uuid.UUID:
        await choices.introduce({row.person: row.family for row in rows}, secret=parts.secret)
        await choices.stop(rows[0].person, today=TODAY)
        last_week = NOON - dt.timedelta(days=7)
        await record(
            [
                NewAsk(row.family, row.person, "School transport", "NHS", "invitation", last_week, minutes=5)
                for row in rows[:7]
            ]
        )
        return await sends.plan(
            round=round,
            register=register,
            kind="invitation",
            way="letter",
            minutes=2,
            goes_on=TODAY,
            choice=SendChoice(),
            by=uuid.UUID(int=1),
            today=TODAY,
        )

    made: uuid.UUID = client.run(lambda: parts.store.write(begin))
    parts.rounds.forget()
    return made


def planned(client: CheckingClient, send: uuid.UUID) -> Page:
    client.sign_in(Role.OFFICER)
    return client.get(f"/work/invitations/{send}")


class TestBeingStopped:
    def test_the_page_says_whom_the_rules_leave_out_and_whom_they_chose_to(
        self, client: CheckingClient, send: uuid.UUID
    ) -> None:
        page = planned(client, send)
        assert "5 people would get it." in page.text
        left_out = {
            row.css_first("th").text(): row.css_first("td").text() for row in page.tree.css("#who ~ table tbody tr")
        }
        assert left_out == {"Asked not long ago": "6", "Said stop": "1"}
        assert "It leaves 7 families out." in page.text

    def test_it_goes_out_to_the_others_and_what_was_spared_is_counted(
        self, client: CheckingClient, send: uuid.UUID
    ) -> None:
        page = planned(client, send)
        client.post(f"/work/invitations/{send}", {**page.form("#deciding"), "go": "confirm"})
        spared = {each.how: (each.families, each.minutes) for each in client.unit(lambda: spared_in("2026-autumn"))}
        assert spared == {"rules": (6, 12), "chosen_not": (1, 2)}


class TestSettingARuleAside:
    def ask(self, client: CheckingClient, send: uuid.UUID, reason: str = "The board meets on Friday.") -> None:
        page = planned(client, send)
        form = page.form(".override-ask form")
        client.post(f"/work/invitations/{send}/override", {**form, "reason": reason})

    def test_it_needs_a_reason(self, client: CheckingClient, send: uuid.UUID) -> None:
        form = planned(client, send).form(".override-ask form")
        page = client.post(f"/work/invitations/{send}/override", {**form, "reason": " … "}, status=422)
        assert page.problem == "Write the reason in a few words."
        assert client.unit(overrides.overrides) == []

    def test_a_lead_approves_and_it_goes_to_all_but_those_who_said_stop(
        self, client: CheckingClient, send: uuid.UUID
    ) -> None:
        self.ask(client, send)
        assert not client.get(f"/work/invitations/{send}").tree.css("#deciding button[value=confirm]")
        client.sign_in(Role.LEAD)
        page = client.get("/lead/overrides")
        assert "A rule stands between us and 6 families." in page.text
        assert "The board meets on Friday." in page.text
        form = page.form(".override form")
        action = page.action(".override form")
        assert client.post(action, {**form, "answer": "", "go": "approve"}, status=422).problem
        page = client.post(action, {**form, "answer": "This once.", "go": "approve"})
        assert "lead@" in page.one(".override").text()
        page = planned(client, send)
        assert "11 people would get it." in page.text
        client.post(f"/work/invitations/{send}", {**page.form("#deciding"), "go": "confirm"})
        assert client.unit(lambda: sends.send_of(send)).choice.asked == 11

    def test_nobody_approves_what_they_asked_for(self, client: CheckingClient, send: uuid.UUID) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get(f"/work/invitations/{send}")
        form = page.form(".override-ask form")
        client.post(f"/work/invitations/{send}/override", {**form, "reason": "Because."})
        page = client.get("/lead/overrides")
        assert not page.tree.css(".override form")
        (override,) = client.unit(overrides.overrides)
        form = {**client.get("/work/rules").form("#rules-form"), "answer": "Fine.", "go": "approve"}
        client.post(f"/lead/overrides/{override.id}", form, status=422)
        assert client.unit(overrides.overrides)[0].state == "asked"

    def test_it_falls_when_the_sending_is_planned_otherwise(self, client: CheckingClient, send: uuid.UUID) -> None:
        self.ask(client, send)
        client.sign_in(Role.LEAD)
        page = client.get("/lead/overrides")
        client.post(page.action(".override form"), {**page.form(".override form"), "answer": "Yes.", "go": "approve"})
        form = planned(client, send).form("#choosing")
        client.post(f"/work/invitations/{send}", {**form, "sample": "9", "go": "choose"})
        assert client.unit(overrides.overrides) == []
        assert "5 people would get it." in client.get(f"/work/invitations/{send}").text


class TestTheRules:
    def test_a_lead_agrees_new_ones_and_the_old_stay_on_record(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        form = client.get("/work/rules").form("#rules-form")
        assert form["asks_per_term"] == str(Rules().asks_per_term)
        page = client.post("/work/rules", {**form, "asks_per_term": "2", "note": "Board, November"})
        assert "Board, November" in page.text
        client.post("/work/rules", {**form, "asks_per_term": "3", "priority-post-ehcp-review": "1"})
        agreed = client.unit(in_force)
        assert (agreed.number, agreed.rules.asks_per_term) == (2, 3)
        assert len(client.get("/work/rules").tree.css(".asked-list li")) == 2

    @pytest.mark.parametrize(
        ("field", "written"), [("asks_per_term", "0"), ("minutes_per_term", "many"), ("latest_hour", "8")]
    )
    def test_what_cannot_be_meant_is_told_at_its_field(self, client: CheckingClient, field: str, written: str) -> None:
        client.sign_in(Role.LEAD)
        form = client.get("/work/rules").form("#rules-form")
        page = client.post("/work/rules", {**form, field: written}, status=422)
        assert page.problem_field.attributes["id"] == field
        assert client.unit(in_force).number == 0

    def test_officers_read_them(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        assert not client.get("/work/rules").tree.css("#rules-form")
