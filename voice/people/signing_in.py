"""Signing in: by password or by a link that works once, and the session that follows.

Every function here runs inside a unit of the store; ``sessions.py`` says what is asked of a session. Tokens are 256
random bits; only their hash is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

import msgspec

from voice.audit.entry import Act, Entry
from voice.audit.recording import record
from voice.audit.tables import AuditEntry
from voice.people.partnership import partnership
from voice.people.roles import WHOLE_PARTNERSHIP, Role
from voice.people.tables import (
    HOST,
    KnownDevice,
    Member,
    Membership,
    RecoveryCode,
    SecondFactor,
    SignInLink,
    SignInSession,
)
from voice.people.ways_in import forget_ways_in

LINK_LASTS = dt.timedelta(hours=1)
SESSION_LASTS = dt.timedelta(hours=12)
"""However much a session is used. When nobody uses it, it ends sooner: see ``sessions.py``."""
HALF_LASTS = dt.timedelta(minutes=10)
"""How long somebody has to give the second factor after the first."""
MOST_LINKS = 5
"""Mailed links of one person that are open at once. Whoever asks for more finds those in their mailbox."""
HOST_ID = uuid.UUID(HOST)


class SignedIn(msgspec.Struct, frozen=True):
    id: uuid.UUID
    email: str
    role: Role
    language: str
    organisation: uuid.UUID


class LastAdministrator(Exception):
    """Nobody would be left who can let others in."""


class RoleOfTheHost(Exception):
    """The role is one for the whole partnership, which nobody has in a partner organisation."""


def is_placeholder(email: str) -> bool:
    """Whether the first start made this address: no mail can ever reach it (RFC 2606)."""
    return email.endswith((".invalid", ".example"))


async def add_member(email: str, role: Role, *, language: str = "en", organisation: uuid.UUID = HOST_ID) -> uuid.UUID:
    """Adds a member of staff, or gives a known one this role and, if it had ended, their access again.

    The role is one in ``organisation``; what a known one is elsewhere stays. Returns their id.
    Raises :class:`LastAdministrator` and :class:`RoleOfTheHost`.
    """
    email = email.strip().lower()
    known = await Member.select(Member.id, Member.ended_on).where(Member.email == email).first()
    if known:
        id = uuid.UUID(str(known["id"]))
        if known["ended_on"] is not None:
            await _end_ways_under_way(id)  # what a request began while the access ended does not come back with it
            await Member.update({Member.ended_on: None, Member.organisation: organisation}).where(Member.id == id)
        await change_role(id, role, organisation=organisation)
        return id
    member = Member(id=uuid.uuid4(), email=email, role=role.value, language=language, organisation=organisation)
    await member.save()
    await _note_role(member.id, role, organisation)
    return member.id


async def change_role(member: uuid.UUID, role: Role, *, organisation: uuid.UUID = HOST_ID) -> None:
    """Somebody's role in one organisation. Raises :class:`LastAdministrator` and :class:`RoleOfTheHost`."""
    if role is not Role.ADMINISTRATOR and organisation == HOST_ID:
        await check_that_an_administrator_stays(member)
    await _note_role(member, role, organisation)
    working_there = (Member.id == member) & (Member.organisation == organisation)
    if await Member.exists().where(working_there, Member.role != role.value):
        await Member.update({Member.role: role.value}).where(working_there)
        # From their next use on, their sessions go on under other tokens (``sessions.renew_all``).
        await SignInSession.update({SignInSession.renew: True}).where(SignInSession.member == member)


async def _note_role(member: uuid.UUID, role: Role, organisation: uuid.UUID) -> None:
    if role in WHOLE_PARTNERSHIP and organisation != HOST_ID:
        raise RoleOfTheHost
    await Membership.raw(
        'INSERT INTO "membership" ("id", "member", "organisation", "role") VALUES ({}, {}, {}, {}) '
        'ON CONFLICT ("member", "organisation") DO UPDATE SET "role" = excluded."role"',
        uuid.uuid4(),
        member,
        organisation,
        role.value,
    )


async def end_access(member: uuid.UUID, *, today: dt.date) -> None:
    """Ends sessions and links at once, and lets nobody sign in under this name. Raises :class:`LastAdministrator`."""
    await check_that_an_administrator_stays(member)
    await _end_ways_under_way(member)
    await KnownDevice.delete().where(KnownDevice.member == member)
    await RecoveryCode.delete().where(RecoveryCode.member == member)
    await SecondFactor.delete().where(SecondFactor.member == member)
    await forget_ways_in(member)
    await Member.update({Member.ended_on: today, Member.password_hash: None}).where(
        Member.id == member, Member.ended_on.is_null()
    )


async def _end_ways_under_way(member: uuid.UUID) -> None:
    await SignInSession.delete().where(SignInSession.member == member)
    await SignInLink.delete().where(SignInLink.member == member)


async def check_that_an_administrator_stays(leaving: uuid.UUID) -> None:
    """Asks before somebody leaves the host, or is something else there. Raises :class:`LastAdministrator`."""
    administrators = await _administrators_of_the_host()
    # Where a real person is an administrator, placeholders do not count: they cannot sign in any more.
    real = [each for each in administrators if not is_placeholder(each.email)]
    if [each.id for each in real or administrators] == [leaving]:
        raise LastAdministrator


async def _administrators_of_the_host() -> list[SignedIn]:
    rows = await Membership.select(Membership.member).where(
        Membership.organisation == HOST_ID, Membership.role == Role.ADMINISTRATOR.value
    )
    ids = {row["member"] for row in rows}
    return [each for each in await members() if each.id in ids]


async def member_by_email(email: str) -> Member | None:
    """The member who may sign in with this address."""
    member = await Member.objects().get((Member.email == email.strip().lower()) & Member.ended_on.is_null())
    return None if member is None or await _is_closed_to(member.email) else member


async def members() -> list[SignedIn]:
    """Everybody on the staff, by e-mail address."""
    rows = await Member.select().where(Member.ended_on.is_null()).order_by(Member.email)
    return [signed_in_from(row) for row in rows]


async def placeholders_may_sign_in() -> bool:
    """Whether the members that the first start made are still the way in: until a real person is an administrator.

    The first start makes an administrator too: where there is none at all, something else went wrong, and whoever holds
    the machine adds one (``voice user add``). An invented partnership is there to be tried out, and keeps them.
    """
    if (await partnership()).invented:
        return True
    administrators = await _administrators_of_the_host()
    return bool(administrators) and all(is_placeholder(each.email) for each in administrators)


async def _is_closed_to(email: str) -> bool:
    return is_placeholder(email) and not await placeholders_may_sign_in()


async def make_link(
    member: uuid.UUID,
    *,
    now: dt.datetime,
    lasts: dt.timedelta = LINK_LASTS,
    mailed: bool = False,
    handed: bool = False,
) -> str:
    """The token of a new one-time link. A ``mailed`` one works on the page with the button alone, and so does one that
    is ``handed`` to a colleague by somebody who could send it to another."""
    token = secrets.token_urlsafe(32)
    await SignInLink.insert(
        SignInLink(
            token_hash=hash_of(token),
            member=member,
            expires_at=now + lasts,
            by_button=mailed or handed,
            mailed=mailed,
        )
    )
    return token


async def was_ever_here(member: uuid.UUID) -> bool:
    """Whether somebody has signed in before, as far as the record goes back."""
    signed_in: bool = await AuditEntry.exists().where(
        AuditEntry.act == Act.SIGNED_IN.value, AuditEntry.kind == "member", AuditEntry.key == str(member)
    )
    return signed_in


async def has_enough_links(member: uuid.UUID, *, now: dt.datetime) -> bool:
    """Whether so many links lie in their mailbox that another would only fill it."""
    open_still: int = await SignInLink.count().where(
        SignInLink.member == member, SignInLink.mailed.eq(True), SignInLink.expires_at >= now
    )
    return open_still >= MOST_LINKS


async def spend_link(token: str, *, now: dt.datetime, by_button: bool) -> uuid.UUID | None:
    """Spends the link and returns whose it was; ``None`` when it was spent, is too old, or needs the button, or when
    its owner may not come in any more."""
    spent = await SignInLink.raw(
        'DELETE FROM "sign_in_link" WHERE "token_hash" = {} AND ("by_button" = {} OR "by_button" = {}) '
        'RETURNING "member", "expires_at"',
        hash_of(token),
        False,
        by_button,
    )
    if not spent or spent[0]["expires_at"] < now:
        return None
    row = await Member.select(Member.email).where(Member.id == spent[0]["member"]).first()
    member = await member_by_email(row["email"]) if row else None
    return member.id if member else None


async def begin_session(member: uuid.UUID, *, now: dt.datetime, strong: bool = False) -> str:
    """The token of a new session. It is half a session where the member has a second factor: unless they gave one
    already (``strong``), it opens nothing until they do."""
    half = not strong and await SecondFactor.exists().where(SecondFactor.member == member)
    token = secrets.token_urlsafe(32)
    await SignInSession.insert(
        SignInSession(
            token_hash=hash_of(token),
            member=member,
            expires_at=now + (HALF_LASTS if half else SESSION_LASTS),
            began_at=now,
            seen_at=now,
            proven_at=now,
            stage="half" if half else "strong" if strong else "plain",
        )
    )
    await SignInSession.delete().where(SignInSession.expires_at < now)
    await SignInLink.delete().where(SignInLink.expires_at < now)
    given = "first_of_two" if half else "two_factors" if strong else "one_factor"
    await record(Entry(Act.SIGNED_IN, "member", key=str(member), detail=given, who=member), now=now)
    return token


async def end_session(token: str) -> None:
    await SignInSession.delete().where(SignInSession.token_hash == hash_of(token))


async def keep_language(member: uuid.UUID, language: str) -> None:
    """Remembers the language that somebody reads, for letters to them."""
    await Member.update({Member.language: language}).where(Member.id == member)


async def set_password(member: uuid.UUID, password_hash: str) -> None:
    await Member.update({Member.password_hash: password_hash}).where(Member.id == member)


async def still_has(member: uuid.UUID, password_hash: str, *, anew: str | None = None) -> bool:
    """Whether somebody may come in with the password that was checked against ``password_hash``; ``anew`` is kept in
    its place.

    Checking takes a while, in which they may have chosen another, or their access may have ended. One statement says
    so and holds on to it until the unit is over: whoever changes it meanwhile finds the session, and ends it.
    """
    found = await Member.raw(
        'UPDATE "member" SET "password_hash" = {} WHERE "id" = {} AND "password_hash" = {} AND "ended_on" IS NULL '
        'RETURNING "id"',
        anew or password_hash,
        member,
        password_hash,
    )
    return bool(found)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in_from(row: dict[str, object]) -> SignedIn:
    return SignedIn(
        id=uuid.UUID(str(row["id"])),
        email=str(row["email"]),
        role=Role(str(row["role"])),
        language=str(row["language"]),
        organisation=uuid.UUID(str(row["organisation"])),
    )
