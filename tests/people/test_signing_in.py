"""One-time links, and members who get them."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.people import sessions, signing_in
from voice.people.roles import Role
from voice.people.tables import Member, SignInLink, SignInSession
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
A_SECOND = dt.timedelta(seconds=1)


async def member(store: Store) -> uuid.UUID:
    return await store.write(lambda: signing_in.add_member("A@Example.org ", Role.LEAD))


async def link(store: Store, *, mailed: bool = False) -> str:
    who = await member(store)
    return await store.write(lambda: signing_in.make_link(who, now=NOW, mailed=mailed))


async def spend(store: Store, token: str, *, now: dt.datetime = NOW, by_button: bool = False) -> uuid.UUID | None:
    return await store.write(lambda: signing_in.spend_link(token, now=now, by_button=by_button))


class TestOneTimeLinks:
    async def test_it_works_once(self, store: Store) -> None:
        token = await link(store)
        assert await spend(store, token) == await member(store)
        assert await spend(store, token) is None

    async def test_it_works_only_in_its_hour(self, store: Store) -> None:
        late, just = await link(store), await link(store)
        hour = dt.timedelta(hours=1)
        assert await spend(store, late, now=NOW + hour + A_SECOND) is None
        assert await spend(store, just, now=NOW + hour)

    async def test_it_does_not_know_a_link_that_was_never_made(self, store: Store) -> None:
        await link(store)
        assert await spend(store, "made up") is None

    async def test_a_mailed_one_needs_the_button_and_is_not_spent_without(self, store: Store) -> None:
        token = await link(store, mailed=True)
        assert await spend(store, token) is None
        assert await spend(store, token, by_button=True)

    async def test_one_that_was_made_while_access_ended_is_worth_nothing(self, store: Store) -> None:
        who = await member(store)
        await store.write(lambda: signing_in.add_member("boss@example.org", Role.ADMINISTRATOR))
        await store.write(lambda: signing_in.end_access(who, today=NOW.date()))
        token, other = [await store.write(lambda: signing_in.make_link(who, now=NOW)) for _ in range(2)]
        assert await spend(store, token) is None
        await member(store)
        assert await spend(store, other) is None, "nor when they are back"

    async def test_one_that_was_handed_over_needs_it_too_and_fills_no_mailbox(self, store: Store) -> None:
        who = await member(store)
        for _ in range(signing_in.MOST_LINKS):
            token = await store.write(lambda: signing_in.make_link(who, now=NOW, handed=True))
        assert not await store.read(lambda: signing_in.has_enough_links(who, now=NOW))
        assert await spend(store, token) is None
        assert await spend(store, token, by_button=True) == who

    async def test_it_keeps_no_token(self, store: Store) -> None:
        token = await link(store)
        who = await member(store)
        session = await store.write(lambda: signing_in.begin_session(who, now=NOW))
        rows = [*await store.read(SignInLink.select().run), *await store.read(SignInSession.select().run)]
        assert len(rows) == 2
        assert not {token, session} & {str(value) for row in rows for value in row.values()}


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

    async def test_a_changed_role_gives_every_session_another_token(self, store: Store) -> None:
        who = await member(store)
        token = await store.write(lambda: signing_in.begin_session(who, now=NOW))
        await store.write(lambda: signing_in.change_role(who, Role.OFFICER))
        session = await store.read(lambda: sessions.session_of(token, now=NOW))
        assert session
        assert session.renew


class TestAPasswordThatWasChecked:
    async def test_it_lets_in_while_it_is_theirs(self, store: Store) -> None:
        who = await member(store)
        await store.write(lambda: signing_in.set_password(who, "first"))
        assert await store.write(lambda: signing_in.still_has(who, "first"))
        assert await store.write(lambda: signing_in.still_has(who, "first", anew="first, dearer"))
        assert await store.write(lambda: signing_in.still_has(who, "first, dearer"))

    async def test_one_that_was_changed_meanwhile_neither_lets_in_nor_comes_back(self, store: Store) -> None:
        who = await member(store)
        await store.write(lambda: signing_in.set_password(who, "second"))
        assert not await store.write(lambda: signing_in.still_has(who, "first", anew="first, dearer"))
        assert await store.write(lambda: signing_in.still_has(who, "second"))

    async def test_nobody_comes_in_whose_access_ended_meanwhile(self, store: Store) -> None:
        who = await member(store)
        await store.write(lambda: signing_in.set_password(who, "first"))
        ended = {Member.ended_on: NOW.date()}
        await store.write(lambda: Member.update(ended).where(Member.id == who).run())
        assert not await store.write(lambda: signing_in.still_has(who, "first"))
