"""The invented partnership's sessions: one that goes on, one that is planned, and each of them once."""

from __future__ import annotations

from tests.conftest import NOON
from voice.capture.sessions import planning, viewing
from voice.demonstration.room import FORUM, SAID, load_rooms
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store


class TestTheRooms:
    async def test_they_are_there_once_however_often_they_are_loaded(self, store: Store) -> None:
        await store.write(lambda: signing_in.add_member("facilitator@millbrook-vale.example", Role.FACILITATOR))
        for _ in range(2):
            await load_rooms(store, secret=b"s" * 32, now=NOON)
        found = await store.read(planning.planned)
        assert sorted(each.stage for each in found) == ["planned", "running"]
        view = await store.read(lambda: viewing.view(FORUM))
        assert [card.text for card in view.cards] == [text for _, _, text, _ in SAID]
        assert {card.revealed for card in view.cards} == {True, False}
