"""What the rules know of the past: of a register alone, of a year, and of what arrived."""

from __future__ import annotations

import datetime as dt

from surveys.asking_less.checking import FamilyPast, OwnPast
from surveys.ledger.past import families_past, own_past
from surveys.ledger.recording import NewAsk, record
from tests.inviting.invited import NOON, TODAY, person, register_of
from voice.storage import Store

SURVEY = "short-breaks"


def ask(number: int, survey: str, days_ago: int, *, kind: str = "invitation", outcome: str = "none") -> NewAsk:
    of = person(number)
    return NewAsk(of.family, of.person, survey, "NHS", kind, NOON - dt.timedelta(days=days_ago), "", "", "", outcome, 5)


async def test_it_sums_up_what_arrived_by_family_and_person(store: Store) -> None:
    register = await register_of(store, b"s" * 32, [person(1), person(2)])
    asks = [
        ask(1, "Transport", 10),
        ask(1, "Transport", 3, outcome="bounced"),
        ask(1, "Transport", 200),
        ask(1, "Transport", 900),
        ask(1, SURVEY, 40, kind="reminder"),
        ask(1, SURVEY, 30),
        ask(1, SURVEY, 20, kind="reminder"),
        ask(1, SURVEY, 15, kind="reminder"),
        ask(1, SURVEY, 1, kind="reminder", outcome="bounced"),
        ask(3, "Transport", 1),
    ]
    await store.write(lambda: record(asks))
    families = await store.read(lambda: families_past(register, survey=SURVEY, day=TODAY))
    assert families == {person(1).family: FamilyPast(asks=5, minutes=25, last=TODAY - dt.timedelta(days=10))}
    own = await store.read(lambda: own_past(register, survey=SURVEY, day=TODAY))
    assert own == {person(1).person: OwnPast(TODAY - dt.timedelta(days=15), reminders=2)}
