"""The invented partnership shows the safeguarding queue at work."""

from __future__ import annotations

from tests.conftest import NOON
from voice.demonstration.worries import WAITS, load_worries
from voice.first_start import begin_with
from voice.people import signing_in
from voice.people.roles import Role
from voice.safeguarding import worries
from voice.storage import Store

SECRET = b"s" * 32
TODAY = NOON.date()


async def test_one_waits_and_one_was_looked_into_however_often_it_is_loaded(store: Store) -> None:
    await store.write(lambda: begin_with(today=TODAY))
    for _ in range(2):
        await load_worries(store, secret=SECRET, today=TODAY)
    [line] = await store.read(worries.waiting)
    lead = next(each for each in await store.read(signing_in.members) if each.role is Role.SAFEGUARDING)
    found = await store.write(lambda: worries.open_worry(line.id, by=lead.id, secret=SECRET, today=TODAY))
    assert (found.text, found.has_contact) == (WAITS, True)
    assert [each.outcome for each in await store.read(lambda: worries.closed(9))] == ["passed_on"]
