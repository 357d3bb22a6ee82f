"""Signing in: by password or by a link that works once, and the session that follows.

Every function here runs inside a unit of the store. Tokens are 256 random bits; only their hash is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

import msgspec

from voice.audit.entry import Act, Entry
from voice.audit.recording import record
from voice.people.partnership import partnership
from voice.people.roles import Role
from voice.people.tables import Member, SignInLink, SignInSession

LINK_LASTS = dt.timedelta(hours=1)
SESSION_LASTS = dt.timedelta(hours=12)


class SignedIn(msgspec.Struct, frozen=True):
    id: uuid.UUID
    email: str
    role: Role
    language: str


class LastAdministrator(Exception):
    """Nobody would be left who can let others in."""


def is_placeholder(email: str) -> bool:
    """Whether the first start made this address: no mail can ever reach it (RFC 2606)."""
    return email.endswith((".invalid", ".example"))


async def add_member(email: str, role: Role, *, language: str = "en") -> uuid.UUID:
    """Adds a member of staff, or gives a known one this role and, if it had ended, their access again.

    Returns their id. Raises :class:`LastAdministrator`.
    """
    email = email.strip().lower()
    known = await Member.select(Member.id).where(Member.email == email).first()
    if known:
        id = uuid.UUID(str(known["id"]))
        await change_role(id, role)
        await Member.update({Member.ended_on: None}).where(Member.id == id)
        return id
    member = Member(id=uuid.uuid4(), email=email, role=role.value, language=language)
    await member.save()
    return member.id


async def change_role(member: uuid.UUID, role: Role) -> None:
    """Raises :class:`LastAdministrator`."""
    if role is not Role.ADMINISTRATOR:
        await _check_that_an_administrator_stays(member)
    await Member.update({Member.role: role.value}).where(Member.id == member)


async def end_access(member: uuid.UUID, *, today: dt.date) -> None:
    """Ends sessions and links at once, and lets nobody sign in under this name. Raises :class:`LastAdministrator`."""
    await _check_that_an_administrator_stays(member)
    await SignInSession.delete().where(SignInSession.member == member)
    await SignInLink.delete().where(SignInLink.member == member)
    await Member.update({Member.ended_on: today, Member.password_hash: None}).where(
        Member.id == member, Member.ended_on.is_null()
    )


async def _check_that_an_administrator_stays(leaving: uuid.UUID) -> None:
    administrators = [each for each in await members() if each.role is Role.ADMINISTRATOR]
    # Where a real person is an administrator, placeholders do not count: they cannot sign in any more.
    real = [each for each in administrators if not is_placeholder(each.email)]
    if [each.id for each in real or administrators] == [leaving]:
        raise LastAdministrator


async def member_by_email(email: str) -> Member | None:
    """The member who may sign in with this address."""
    member = await Member.objects().get((Member.email == email.strip().lower()) & Member.ended_on.is_null())
    return None if member is None or await _is_closed_to(member.email) else member


async def members() -> list[SignedIn]:
    """Everybody on the staff, by e-mail address."""
    rows = await Member.select().where(Member.ended_on.is_null()).order_by(Member.email)
    return [_signed_in(row) for row in rows]


async def placeholders_may_sign_in() -> bool:
    """Whether the members that the first start made are still the way in: until a real person is an administrator.

    An invented partnership is there to be tried out, and keeps them.
    """
    if (await partnership()).invented:
        return True
    return all(is_placeholder(each.email) for each in await members() if each.role is Role.ADMINISTRATOR)


async def _is_closed_to(email: str) -> bool:
    return is_placeholder(email) and not await placeholders_may_sign_in()


async def make_link(member: uuid.UUID, *, now: dt.datetime, lasts: dt.timedelta = LINK_LASTS) -> str:
    """The token of a new one-time link."""
    token = secrets.token_urlsafe(32)
    await SignInLink.insert(SignInLink(token_hash=_hash(token), member=member, expires_at=now + lasts))
    return token


async def use_link(token: str, *, now: dt.datetime) -> str | None:
    """Spends the link and returns the token of a new session; ``None`` when it was spent or is too old."""
    spent = await SignInLink.raw(
        'DELETE FROM "sign_in_link" WHERE "token_hash" = {} RETURNING "member", "expires_at"', _hash(token)
    )
    if not spent or spent[0]["expires_at"] < now:
        return None
    member = await Member.select(Member.email).where(Member.id == spent[0]["member"]).first()
    if member is None or await _is_closed_to(member["email"]):
        return None
    return await begin_session(spent[0]["member"], now=now)


async def begin_session(member: uuid.UUID, *, now: dt.datetime) -> str:
    token = secrets.token_urlsafe(32)
    await SignInSession.insert(SignInSession(token_hash=_hash(token), member=member, expires_at=now + SESSION_LASTS))
    await SignInSession.delete().where(SignInSession.expires_at < now)
    await SignInLink.delete().where(SignInLink.expires_at < now)
    await record(Entry(Act.SIGNED_IN, "member", key=str(member), who=member), now=now)
    return token


async def who(token: str, *, now: dt.datetime) -> SignedIn | None:
    """Whose session this is; nobody's when it is over."""
    row = await (
        SignInSession.select(*SignInSession.member.all_columns())
        .where(SignInSession.token_hash == _hash(token), SignInSession.expires_at >= now)
        .first()
        .output(nested=True)
    )
    return _signed_in(row["member"]) if row else None


async def end_session(token: str) -> None:
    await SignInSession.delete().where(SignInSession.token_hash == _hash(token))


async def keep_language(member: uuid.UUID, language: str) -> None:
    """Remembers the language that somebody reads, for letters to them."""
    await Member.update({Member.language: language}).where(Member.id == member)


async def set_password(member: uuid.UUID, password_hash: str) -> None:
    await Member.update({Member.password_hash: password_hash}).where(Member.id == member)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _signed_in(row: dict[str, object]) -> SignedIn:
    return SignedIn(
        id=uuid.UUID(str(row["id"])),
        email=str(row["email"]),
        role=Role(str(row["role"])),
        language=str(row["language"]),
    )
