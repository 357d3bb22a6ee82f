"""Who comes in by single sign-on: members who were added here before, each with one account of the service.

Every function here runs inside a unit of the store. The service says who somebody is; what they may do is said here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import uuid

import msgspec

from voice.people.openid import Arrived
from voice.people.signing_in import member_by_email
from voice.people.tables import Member
from voice.people.ways_in import OutsideAccount, SignInAttempt

ATTEMPT_LASTS = dt.timedelta(minutes=10)


class Attempt(msgspec.Struct, frozen=True):
    """On the way to the service and back. ``kept`` is 256 random bits that only the browser holds, as a cookie.

    What goes to the service follows from it, so that an answer fits only the browser that asked.
    """

    kept: str

    @property
    def state(self) -> str:
        return self._made("state")

    @property
    def nonce(self) -> str:
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        return self._made("verifier")

    def _made(self, purpose: str) -> str:
        return hmac.new(self.kept.encode(), purpose.encode(), hashlib.sha256).hexdigest()


async def begin_attempt(*, now: dt.datetime) -> Attempt:
    attempt = Attempt(secrets.token_urlsafe(32))
    await SignInAttempt.delete().where(SignInAttempt.expires_at < now)
    await SignInAttempt.insert(SignInAttempt(state_hash=_hash(attempt), expires_at=now + ATTEMPT_LASTS))
    return attempt


async def use_attempt(kept: str, state: str, *, now: dt.datetime) -> Attempt | None:
    """Spends the attempt of this browser; ``None`` when the state is another's, was used, or is too old."""
    attempt = Attempt(kept)
    if not hmac.compare_digest(attempt.state.encode(), state.encode()):
        return None
    spent = await SignInAttempt.raw(
        'DELETE FROM "sign_in_attempt" WHERE "state_hash" = {} RETURNING "expires_at"', _hash(attempt)
    )
    return attempt if spent and spent[0]["expires_at"] >= now else None


async def member_who_arrived(arrived: Arrived, *, today: dt.date) -> uuid.UUID | None:
    """The member whose account this is; ``None`` when nobody was added with it.

    The first time, the address decides, and the account then belongs to that member for good: whoever gets the
    same address later is somebody else. An administrator who ends the access and adds it again lets them in.
    """
    owner = await _owner_of(arrived)
    if owner is not None:
        return await _still_here(owner)
    member = await member_by_email(arrived.address) if arrived.address else None
    if member is None:
        return None
    # One account has one member, and one member one account: the database says so, whoever comes at the same time.
    await OutsideAccount.raw(
        'INSERT INTO "outside_account" ("id", "member", "issuer", "subject", "since") VALUES ({}, {}, {}, {}, {}) '
        "ON CONFLICT DO NOTHING",
        *(uuid.uuid4(), member.id, arrived.issuer, arrived.subject, today),
    )
    return member.id if await _owner_of(arrived) == member.id else None


async def _owner_of(arrived: Arrived) -> uuid.UUID | None:
    row = await (
        OutsideAccount.select(OutsideAccount.member)
        .where(OutsideAccount.issuer == arrived.issuer, OutsideAccount.subject == arrived.subject)
        .first()
    )
    return uuid.UUID(str(row["member"])) if row else None


async def _still_here(id: uuid.UUID) -> uuid.UUID | None:
    row = await Member.select(Member.email).where(Member.id == id).first()
    member = await member_by_email(row["email"]) if row else None
    return member.id if member else None


def _hash(attempt: Attempt) -> str:
    return hashlib.sha256(attempt.state.encode()).hexdigest()
