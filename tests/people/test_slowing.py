"""Guesses that are slowed down, attacked: many at once, for days, and from elsewhere."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

from tests.attack.sizes import size
from voice.people import devices, signing_in, slowing
from voice.people.roles import Role
from voice.people.slowing import FREE, LONGEST_WAIT, take_try, wait_after
from voice.people.tables import SignInTry
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
SECRET = b"s" * 32
AT_ONCE = size(short=60, full=1000)
KEY = slowing.name_of(SECRET, "password", "lead@example.org")


class TestGuessing:
    async def test_many_at_once_get_no_more_than_one_after_another(self, store: Store) -> None:
        taken = await asyncio.gather(*(store.write(lambda: take_try(KEY, now=NOW)) for _ in range(AT_ONCE)))
        assert taken.count(True) == FREE

    async def test_who_never_gives_up_has_a_few_guesses_a_day(self, store: Store) -> None:
        async def first_days() -> list[int]:
            now, guesses = NOW, [0, 0, 0]
            while now < NOW + dt.timedelta(days=3):
                if await take_try(KEY, now=now):
                    guesses[(now - NOW).days] += 1
                now += dt.timedelta(minutes=1)
            return guesses

        first, *later = await store.write(first_days)
        assert first <= 40
        assert max(later) <= 24

    def test_waits_grow_to_an_hour_and_stop_there(self) -> None:
        waits = [wait_after(tries) for tries in range(1, 2000)]
        assert waits == sorted(waits)
        assert waits[FREE - 2] == dt.timedelta()
        assert waits[FREE - 1] > dt.timedelta()
        assert waits[-1] == LONGEST_WAIT

    async def test_it_starts_anew_after_a_right_one_or_two_quiet_days(self, store: Store) -> None:
        async def all_free_ones(now: dt.datetime) -> list[bool]:
            return [await take_try(KEY, now=now) for _ in range(FREE + 1)]

        expected = [*[True] * FREE, False]
        assert await store.write(lambda: all_free_ones(NOW)) == expected
        await store.write(lambda: slowing.right_at_last(KEY))
        assert await store.write(lambda: all_free_ones(NOW)) == expected
        assert await store.write(lambda: all_free_ones(NOW + dt.timedelta(days=2))) == expected

    async def test_other_accounts_devices_and_things_are_counted_apart(self, store: Store) -> None:
        for _ in range(FREE + 3):
            await store.write(lambda: take_try(KEY, now=NOW))
        for other in (
            ("password", "b@example.org", ""),
            ("code", "lead@example.org", ""),
            ("password", "lead@example.org", "d"),
        ):
            assert await store.write(lambda other=other: take_try(slowing.name_of(SECRET, *other), now=NOW)), other  # type: ignore[misc]
        assert slowing.name_of(SECRET, "password", " LEAD@example.org ") == KEY

    async def test_nothing_kept_says_who_was_meant(self, store: Store) -> None:
        await store.write(lambda: take_try(KEY, now=NOW))
        (row,) = await store.read(SignInTry.select().run)
        assert "lead" not in str(row)
        assert row["key"] != slowing.name_of(b"t" * 32, "password", "lead@example.org")


class TestDevices:
    async def test_one_is_known_for_whom_it_was_remembered_and_no_longer_than_that(self, store: Store) -> None:
        today = NOW.date()
        jo, other = [
            await store.write(lambda email=email: signing_in.add_member(email, Role.LEAD))  # type: ignore[misc]
            for email in ("jo@example.org", "b@example.org")
        ]
        device = devices.new_device()

        async def known(member: uuid.UUID, cookie: str, day: dt.date = today) -> bool:
            return await store.read(lambda: devices.is_known(member, cookie, today=day))

        for _ in range(2):
            await store.write(lambda: devices.remember(jo, device, today=today))
        assert await known(jo, device)
        assert not await known(other, device)
        assert not await known(jo, "")
        assert not await known(jo, devices.new_device())
        assert not await known(jo, device, today + devices.KNOWN_FOR + dt.timedelta(days=1))
        await store.write(lambda: devices.forget_all(jo))
        assert not await known(jo, device)
