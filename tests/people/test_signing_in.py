"""One-time links and sessions."""

from __future__ import annotations

import datetime as dt

from voice.people import signing_in
from voice.people.roles import Role
from voice.people.tables import SignInLink, SignInSession
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
A_SECOND = dt.timedelta(seconds=1)


async def link(store: Store) -> str:
    async def unit() -> str:
        return await signing_in.make_link(await signing_in.add_member("A@Example.org ", Role.LEAD), now=NOW)

    return await store.write(unit)


class TestOneTimeLinks:
    async def test_it_works_once(self, store: Store) -> None:
        token = await link(store)
        session = await store.write(lambda: signing_in.use_link(token, now=NOW))
        assert session is not None
        assert await store.write(lambda: signing_in.use_link(token, now=NOW)) is None
        person = await store.read(lambda: signing_in.who(session, now=NOW))
        assert person is not None
        assert (person.email, person.role) == ("a@example.org", Role.LEAD)

    async def test_it_works_only_in_its_hour(self, store: Store) -> None:
        late, just = await link(store), await link(store)
        hour = dt.timedelta(hours=1)
        assert await store.write(lambda: signing_in.use_link(late, now=NOW + hour + A_SECOND)) is None
        assert await store.write(lambda: signing_in.use_link(just, now=NOW + hour))

    async def test_it_does_not_know_a_link_that_was_never_made(self, store: Store) -> None:
        assert await store.write(lambda: signing_in.use_link("made up", now=NOW)) is None

    async def test_it_keeps_no_token(self, store: Store) -> None:
        token = await link(store)
        session = await store.write(lambda: signing_in.use_link(token, now=NOW))
        other = await link(store)
        rows = [*await store.read(SignInLink.select().run), *await store.read(SignInSession.select().run)]
        assert len(rows) == 2
        assert not {token, other, session} & {str(value) for row in rows for value in row.values()}


class TestSessions:
    async def test_it_ends_after_twelve_hours(self, store: Store) -> None:
        token = await link(store)
        session = await store.write(lambda: signing_in.use_link(token, now=NOW)) or ""
        end = NOW + dt.timedelta(hours=12)
        assert await store.read(lambda: signing_in.who(session, now=end))
        assert await store.read(lambda: signing_in.who(session, now=end + A_SECOND)) is None

    async def test_it_ends_alone_when_somebody_signs_out(self, store: Store) -> None:
        sessions = []
        for token in (await link(store), await link(store)):
            sessions.append(await store.write(lambda token=token: signing_in.use_link(token, now=NOW)) or "")  # type: ignore[misc]
        await store.write(lambda: signing_in.end_session(sessions[0]))
        assert await store.read(lambda: signing_in.who(sessions[0], now=NOW)) is None
        assert await store.read(lambda: signing_in.who(sessions[1], now=NOW))


class TestMembers:
    async def test_it_gives_a_known_person_another_role(self, store: Store) -> None:
        first = await store.write(lambda: signing_in.add_member("a@example.org", Role.LEAD))
        again = await store.write(lambda: signing_in.add_member(" A@EXAMPLE.org", Role.ANALYST))
        other = await store.write(lambda: signing_in.add_member("b@example.org", Role.OFFICER))
        assert first == again != other
        found = await store.read(signing_in.members)
        assert [(member.email, member.role) for member in found] == [
            ("a@example.org", Role.ANALYST),
            ("b@example.org", Role.OFFICER),
        ]
