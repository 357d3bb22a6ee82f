"""Answers in people's own words become voices, once each, whoever makes them."""

from __future__ import annotations

import asyncio

from surveys.tables import Answer
from tests.evidence.families import answered
from voice.evidence.from_surveys import take_in
from voice.evidence.tables import Voice
from voice.storage import Store


class TestTakeIn:
    async def test_two_at_the_same_moment_make_each_voice_once(self, store: Store) -> None:
        await answered(store, 30, went_well="They rang me back.")
        await asyncio.gather(take_in(store), take_in(store), take_in(store))
        assert await store.read(lambda: Voice.count()) == await store.read(lambda: Answer.count()) == 30
        assert await take_in(store) == 0
