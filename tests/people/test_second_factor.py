"""The second factor, attacked: codes used again, guessed, and codes of others."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

import pyotp
import pytest

from voice.people import second_factor, signing_in
from voice.people.roles import Role
from voice.people.second_factor import sees_personal_things, step_of
from voice.people.tables import RecoveryCode, SecondFactor
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
SECRET = b"s" * 32
KEY = second_factor.key_for(SECRET, uuid.UUID(int=7), NOW)
A_STEP = dt.timedelta(seconds=30)


def code(when: dt.datetime = NOW) -> str:
    return pyotp.TOTP(KEY).at(when)


@pytest.fixture
async def jo(store: Store) -> uuid.UUID:
    return await store.write(lambda: signing_in.add_member("jo@example.org", Role.LEAD))


async def set_up(store: Store, member: uuid.UUID) -> tuple[str, ...]:
    codes = await store.write(lambda: second_factor.set_up(member, KEY, code(), secret=SECRET, now=NOW))
    assert codes
    return codes


async def is_right(store: Store, member: uuid.UUID, typed: str, now: dt.datetime) -> bool:
    return await store.write(lambda: second_factor.is_right(member, typed, secret=SECRET, now=now))


class TestCodesOfTheApp:
    def test_it_is_the_standard(self) -> None:
        """RFC 6238, appendix B, cut to six digits."""
        key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        at = dt.datetime.fromtimestamp(1111111109, dt.UTC)
        assert step_of("081804", key, now=at) == 1111111109 // 30
        assert step_of(" 081 804 ", key, now=at)

    def test_it_takes_the_one_before_and_after_and_no_other(self) -> None:
        right = [step_of(code(NOW + A_STEP * late), KEY, now=NOW) is not None for late in (-2, -1, 0, 1, 2)]
        assert right == [False, True, True, True, False]

    @pytest.mark.parametrize("typed", ["", "0", "12345", "1234567", "abcdef", "٠٨١٨٠٤", "-12345", "1e5", "' OR 1=1"])
    def test_it_takes_nothing_else(self, typed: str) -> None:
        assert step_of(typed, KEY, now=NOW) is None

    async def test_each_is_taken_once_and_none_from_before_it(self, store: Store, jo: uuid.UUID) -> None:
        await set_up(store, jo)
        assert not await is_right(store, jo, code(), NOW), "the one it was set up with"
        later = NOW + A_STEP * 4
        assert await is_right(store, jo, code(later), later)
        assert not await is_right(store, jo, code(later), later)
        assert not await is_right(store, jo, code(later - A_STEP), later)
        assert not await is_right(store, jo, code(later), later + A_STEP)

    async def test_of_one_code_sent_many_times_at_once_one_is_taken(self, store: Store, jo: uuid.UUID) -> None:
        await set_up(store, jo)
        later = NOW + A_STEP * 4
        assert sum(await asyncio.gather(*(is_right(store, jo, code(later), later) for _ in range(8)))) == 1

    async def test_the_key_is_kept_sealed_and_opens_with_our_secret_alone(self, store: Store, jo: uuid.UUID) -> None:
        await set_up(store, jo)
        (row,) = await store.read(SecondFactor.select().run)
        assert KEY not in str(row)
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the library raises
            await store.write(lambda: second_factor.is_right(jo, code(), secret=b"t" * 32, now=NOW))

    async def test_a_wrong_first_code_sets_nothing_up_and_a_second_app_replaces_none(
        self, store: Store, jo: uuid.UUID
    ) -> None:
        wrong = code(NOW + A_STEP * 9)
        assert await store.write(lambda: second_factor.set_up(jo, KEY, wrong, secret=SECRET, now=NOW)) is None
        assert not await store.read(lambda: second_factor.is_set_up(jo))
        await set_up(store, jo)
        assert await store.write(lambda: second_factor.set_up(jo, KEY, code(), secret=SECRET, now=NOW)) is None

    def test_keys_differ_by_session_and_installation(self) -> None:
        keys = {
            second_factor.key_for(secret, member, began)
            for secret in (SECRET, b"t" * 32)
            for member in (uuid.UUID(int=7), uuid.UUID(int=8))
            for began in (NOW, NOW + dt.timedelta(microseconds=1))
        }
        assert len(keys) == 8
        assert {len(key) for key in keys} == {32}, "160 bits, as RFC 4226 asks"


class TestRecoveryCodes:
    async def test_each_lets_its_owner_in_once(self, store: Store, jo: uuid.UUID) -> None:
        other = await store.write(lambda: signing_in.add_member("b@example.org", Role.LEAD))
        first, second, *_ = await set_up(store, jo)

        async def spent(member: uuid.UUID, typed: str) -> bool:
            return await store.write(lambda: second_factor.spend_recovery_code(member, typed, secret=SECRET))

        assert not await spent(other, first)
        assert await spent(jo, first.lower().replace("-", " "))
        assert not await spent(jo, first)
        assert sum(await asyncio.gather(*(spent(jo, second) for _ in range(5)))) == 1
        assert await store.read(lambda: second_factor.recovery_codes_left(jo)) == 8
        for made_up in ("", "-", "AAAA-AAAA-AAAA"):
            assert not await spent(jo, made_up)

    async def test_they_are_kept_as_hashes_and_new_ones_end_the_old(self, store: Store, jo: uuid.UUID) -> None:
        codes = await set_up(store, jo)
        kept = str(await store.read(RecoveryCode.select().run))
        assert not any(each in kept or each.replace("-", "") in kept for each in codes)
        new = await store.write(lambda: second_factor.new_recovery_codes(jo, secret=SECRET))
        assert not set(new) & set(codes)
        assert not await store.write(lambda: second_factor.spend_recovery_code(jo, codes[0], secret=SECRET))

    async def test_they_go_with_the_second_factor_and_with_access(self, store: Store, jo: uuid.UUID) -> None:
        for end in (second_factor.remove, lambda member: signing_in.end_access(member, today=NOW.date())):
            await set_up(store, jo)
            await store.write(lambda end=end: end(jo))  # type: ignore[misc]
            assert not await store.read(RecoveryCode.select().run)
            assert not await store.read(SecondFactor.select().run)


class TestWhoNeedsOne:
    def test_everybody_who_sees_what_people_wrote_or_lets_others_in(self) -> None:
        without = {role for role in Role if not sees_personal_things(role)}
        assert without == {Role.TRANSLATOR}
