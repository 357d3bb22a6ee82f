"""Answers that were given away from here are kept like those of a page."""

from __future__ import annotations

import uuid

import pytest

from surveys import collecting, who_answered
from surveys.collecting import Collected, FilledPage
from surveys.publishing import OpenRound
from surveys.submissions import Mode
from surveys.tables import WhoAnswered
from tests.surveys.test_sending import NOW, SECRET, an_open_round
from voice.storage import Store


def said() -> Collected:
    return Collected(uuid.uuid4(), "en", (FilledPage("went_well", "en", {"text": "They rang."}),))


async def take_in(store: Store, collected: Collected, round: OpenRound, mode: Mode) -> str:
    return await store.write(lambda: collecting.take_in(collected, round, mode=mode, now=NOW, secret=SECRET))


class TestWhoAnswered:
    @pytest.mark.parametrize("mode", ["offline", "api", "paper"])
    async def test_of_a_confidential_round_the_minute_is_kept_once(self, store: Store, mode: Mode) -> None:
        round, collected = await an_open_round(store, identity_mode="confidential"), said()
        assert await take_in(store, collected, round, mode) == "added"
        assert await take_in(store, collected, round, mode) == "known_already"
        assert await store.read(WhoAnswered.count) == 1
        who = await store.read(lambda: who_answered.who(collected.id, secret=SECRET))
        assert who == who_answered.Who("2026-11-18T12:00Z")

    async def test_of_an_anonymous_round_nothing_is_kept(self, store: Store) -> None:
        await take_in(store, said(), await an_open_round(store), "offline")
        assert await store.read(WhoAnswered.count) == 0
