"""Sessions: when they end, and under which token they go on."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

import pytest

from voice.people import second_factor, sessions, signing_in
from voice.people.roles import Role
from voice.people.sessions import IDLE, Stage
from voice.people.signing_in import HALF_LASTS, SESSION_LASTS
from voice.people.tables import SignInSession
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
A_SECOND = dt.timedelta(seconds=1)
SECRET = b"s" * 32


@pytest.fixture
async def jo(store: Store) -> uuid.UUID:
    return await store.write(lambda: signing_in.add_member("jo@example.org", Role.LEAD))


async def begin(store: Store, member: uuid.UUID, *, strong: bool = False) -> str:
    return await store.write(lambda: signing_in.begin_session(member, now=NOW, strong=strong))


async def lasts(store: Store, token: str, now: dt.datetime) -> bool:
    return await store.read(lambda: sessions.who(token, now=now)) is not None


async def set_up(store: Store, member: uuid.UUID) -> str:
    import pyotp

    key = second_factor.key_for(SECRET, member, NOW)
    code = pyotp.TOTP(key).at(NOW)
    assert await store.write(lambda: second_factor.set_up(member, key, code, secret=SECRET, now=NOW))
    return key


class TestHowLongItLasts:
    async def test_it_ends_when_nobody_uses_it(self, store: Store, jo: uuid.UUID) -> None:
        token = await begin(store, jo)
        assert await lasts(store, token, NOW + IDLE)
        assert not await lasts(store, token, NOW + IDLE + A_SECOND)
        await store.write(lambda: sessions.keep_alive(token, now=NOW + IDLE))
        assert await lasts(store, token, NOW + IDLE * 2)

    async def test_it_ends_however_much_it_is_used(self, store: Store, jo: uuid.UUID) -> None:
        token = await begin(store, jo)
        end = NOW + SESSION_LASTS
        await store.write(lambda: sessions.keep_alive(token, now=end))
        assert await lasts(store, token, end)
        assert not await lasts(store, token, end + A_SECOND)

    async def test_one_from_before_there_were_limits_is_over(self, store: Store, jo: uuid.UUID) -> None:
        token = await begin(store, jo)
        await store.write(lambda: SignInSession.update({SignInSession.seen_at: None}, force=True).run())
        assert not await lasts(store, token, NOW)

    async def test_one_that_began_while_access_ended_is_over(self, store: Store, jo: uuid.UUID) -> None:
        await store.write(lambda: signing_in.add_member("boss@example.org", Role.ADMINISTRATOR))
        await store.write(lambda: signing_in.end_access(jo, today=NOW.date()))
        token = await begin(store, jo)
        assert not await lasts(store, token, NOW)
        await store.write(lambda: signing_in.add_member("jo@example.org", Role.TRANSLATOR))
        assert not await lasts(store, token, NOW), "nor does it come back with the access"


class TestGoingOnUnderAnotherToken:
    async def test_the_one_before_is_worth_nothing(self, store: Store, jo: uuid.UUID) -> None:
        token = await begin(store, jo)
        new = await store.write(lambda: sessions.go_on(token, now=NOW, stage=Stage.STRONG))
        assert new
        assert not await lasts(store, token, NOW)
        session = await store.read(lambda: sessions.session_of(new, now=NOW))
        assert session
        assert session.stage is Stage.STRONG
        assert session.person.id == jo

    async def test_of_two_at_once_one_gets_it(self, store: Store, jo: uuid.UUID) -> None:
        token = await begin(store, jo)
        both = await asyncio.gather(*(store.write(lambda: sessions.go_on(token, now=NOW)) for _ in range(2)))
        assert sorted(new is None for new in both) == [False, True]


class TestHalfASession:
    async def test_it_is_nobodys_until_the_second_factor_is_given(self, store: Store, jo: uuid.UUID) -> None:
        before = await begin(store, jo)
        await set_up(store, jo)
        half, whole = await begin(store, jo), await begin(store, jo, strong=True)
        assert await lasts(store, before, NOW)
        assert not await lasts(store, half, NOW)
        assert await lasts(store, whole, NOW)

    async def test_it_ends_after_ten_minutes_or_five_wrong_codes(self, store: Store, jo: uuid.UUID) -> None:
        await set_up(store, jo)
        for when, there in ((NOW + HALF_LASTS, True), (NOW + HALF_LASTS + A_SECOND, False)):
            token = await begin(store, jo)
            found = await store.read(lambda token=token, when=when: sessions.session_of(token, now=when))  # type: ignore[misc]
            assert (found is not None) is there
        token = await begin(store, jo)
        may_go_on = [await store.write(lambda: sessions.count_wrong_code(token)) for _ in range(6)]
        assert may_go_on == [True] * 4 + [False] * 2
        assert await store.read(lambda: sessions.session_of(token, now=NOW)) is None


class TestOwnSessions:
    async def test_it_ends_ones_own_and_nobody_elses(self, store: Store, jo: uuid.UUID) -> None:
        other = await store.write(lambda: signing_in.add_member("b@example.org", Role.LEAD))
        here, there, theirs = await begin(store, jo), await begin(store, jo), await begin(store, other)
        found = await store.read(lambda: sessions.own_sessions(jo, here=here, now=NOW))
        assert sorted(each.here for each in found) == [False, True]
        for token in (there, theirs):
            await store.write(lambda token=token: sessions.end_own(jo, signing_in.hash_of(token)))  # type: ignore[misc]
        assert [await lasts(store, token, NOW) for token in (here, there, theirs)] == [True, False, True]

    async def test_it_ends_everywhere(self, store: Store, jo: uuid.UUID) -> None:
        tokens = [await begin(store, jo) for _ in range(3)]
        await store.write(lambda: sessions.end_all(jo, but=tokens[0]))
        assert [await lasts(store, token, NOW) for token in tokens] == [True, False, False]
        await store.write(lambda: sessions.end_all(jo))
        assert not await lasts(store, tokens[0], NOW)
