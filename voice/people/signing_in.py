"""Signing in: by password or by a link that works once, and the session that follows.

Every function here runs inside a unit of the store. Tokens are 256 random bits; only their hash is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid

import msgspec

from voice.people.roles import Role
from voice.people.tables import Member, SignInLink, SignInSession

LINK_LASTS = dt.timedelta(hours=1)
SESSION_LASTS = dt.timedelta(hours=12)


class SignedIn(msgspec.Struct, frozen=True):
    id: uuid.UUID
    email: str
    role: Role
    language: str


async def add_member(email: str, role: Role, *, language: str = "en") -> uuid.UUID:
    """Adds a member of staff, or gives a known one this role. Returns their id."""
    email = email.strip().lower()
    known = await Member.select(Member.id).where(Member.email == email).first()
    if known:
        await Member.update({Member.role: role.value}).where(Member.id == known["id"])
        return uuid.UUID(str(known["id"]))
    member = Member(id=uuid.uuid4(), email=email, role=role.value, language=language)
    await member.save()
    return member.id


async def member_by_email(email: str) -> Member | None:
    return await Member.objects().get(Member.email == email.strip().lower())


async def members() -> list[SignedIn]:
    """Everybody on the staff, by e-mail address."""
    rows = await Member.select().order_by(Member.email)
    return [_signed_in(row) for row in rows]


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
    return await begin_session(spent[0]["member"], now=now)


async def begin_session(member: uuid.UUID, *, now: dt.datetime) -> str:
    token = secrets.token_urlsafe(32)
    await SignInSession.insert(SignInSession(token_hash=_hash(token), member=member, expires_at=now + SESSION_LASTS))
    await SignInSession.delete().where(SignInSession.expires_at < now)
    await SignInLink.delete().where(SignInLink.expires_at < now)
    return token


async def who(token: str, *, now: dt.datetime) -> SignedIn | None:
    """Whose session this is."""
    row = await (
        SignInSession.select(*SignInSession.member.all_columns())
        .where(SignInSession.token_hash == _hash(token), SignInSession.expires_at >= now)
        .first()
        .output(nested=True)
    )
    return _signed_in(row["member"]) if row else None


async def end_session(token: str) -> None:
    await SignInSession.delete().where(SignInSession.token_hash == _hash(token))


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
