"""Tries are counted together by all who share a store, and what is written down tells nothing of anybody."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from tests.conftest import Clock
from voice.rate_limits.counting import Tries, source
from voice.rate_limits.tables import TryCount
from voice.storage import Store

SECRET = b"s" * 32
HERE, ELSEWHERE = "203.0.113.7", "203.0.113.8"


async def written(store: Store) -> list[int]:
    """The tries that are written down, of each limit, address and minute."""
    return sorted(row["tries"] for row in await store.read(lambda: TryCount.select()))


class TestCounting:
    async def test_two_processes_count_together(self, store: Store, clock: Clock) -> None:
        one, other = Tries(store, SECRET, clock), Tries(store, SECRET, clock)
        counted = await asyncio.gather(*(each.count("sign_in", HERE, most=90) for each in (one, other) * 20))
        assert sorted(counted) == list(range(1, 41)), "none is lost and none is counted twice"
        assert await written(store) == [40]

    async def test_others_and_other_limits_are_not_touched(self, store: Store, clock: Clock) -> None:
        tries = Tries(store, SECRET, clock)
        for _ in range(1000):
            await tries.count("sign_in", HERE, most=30)
        assert await tries.count("sign_in", HERE, most=30) == 31
        assert await written(store) == [31], "whoever goes on guessing keeps no disk busy"
        assert await tries.count("sign_in", ELSEWHERE, most=30) == 1
        assert await tries.count("class", HERE, most=30) == 1

    async def test_it_begins_anew_in_the_next_minute(self, store: Store, clock: Clock) -> None:
        tries = Tries(store, SECRET, clock)
        for _ in range(3):
            await tries.count("sign_in", HERE, most=1)
        for minutes in (1, 2, 9):
            clock.now += dt.timedelta(minutes=minutes)
            assert await tries.count("sign_in", HERE, most=1) == 1
        assert len(await store.read(lambda: TryCount.select())) == 2, "what is over goes by itself"
        clock.now += dt.timedelta(minutes=5)
        await tries.forget_old()
        assert not await store.read(lambda: TryCount.exists())

    async def test_what_is_kept_tells_neither_address_nor_time(self, store: Store, clock: Clock) -> None:
        for place in (HERE, "2001:db8::7"):
            await Tries(store, SECRET, clock).count("tell_us", place, most=9)
        rows = await store.read(lambda: TryCount.select())
        assert [(len(row["mark"]), row["turn"], row["tries"]) for row in rows] == [(14, 0, 1), (14, 0, 1)]
        await Tries(store, b"another" * 5, clock).count("tell_us", HERE, most=9)
        assert len({row["mark"] for row in await store.read(lambda: TryCount.select())}) == 3


class TestTaking:
    async def test_many_at_once_get_no_more_than_one_after_another(self, store: Store, clock: Clock) -> None:
        one, other = Tries(store, SECRET, clock), Tries(store, SECRET, clock)
        taken = await asyncio.gather(*(each.take("sign_in", HERE, most=30) for each in (one, other) * 50))
        assert sum(each is not None for each in taken) == 30
        assert await written(store) == [30], "whoever goes on guessing keeps no disk busy"

    async def test_what_was_right_counts_no_more_in_any_process(self, store: Store, clock: Clock) -> None:
        one, other = Tries(store, SECRET, clock), Tries(store, SECRET, clock)
        taken = await one.take("class", HERE, most=1)
        assert taken
        assert await other.take("class", HERE, most=1) is None
        assert await one.take("class", HERE, most=1) is None
        await one.give_back(taken)
        assert await other.take("class", HERE, most=1)

    async def test_the_minute_that_it_was_taken_in_gets_it_back(self, store: Store, clock: Clock) -> None:
        tries = Tries(store, SECRET, clock)
        taken = await tries.take("class", HERE, most=9)
        assert taken
        clock.now += dt.timedelta(minutes=1)
        await tries.take("class", HERE, most=9)
        await tries.give_back(taken)
        assert await written(store) == [0, 1]


class TestSource:
    @pytest.mark.parametrize(
        ("place", "one"),
        [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("testclient", "testclient"),
        ],
    )
    def test_whoever_has_a_network_counts_as_one(self, place: str, one: str) -> None:
        assert source(place) == one
