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


async def member_who_arrived(arrived: Arrived, *, today: dt.date) -> Member | None:
    """The member whose account this is; ``None`` when nobody was added with it.

    The first time, the address decides, and the account then belongs to that member for good: whoever gets the
    same address later is somebody else. An administrator who ends the access and adds it again lets them in.
    """
    known = await OutsideAccount.select(OutsideAccount.member).where(*_is(arrived)).first()
    if known:
        row = await Member.select(Member.email).where(Member.id == known["member"]).first()
        return await member_by_email(row["email"]) if row else None
    member = await member_by_email(arrived.address) if arrived.address else None
    if member is None or await _has_another_account(member.id, arrived.issuer):
        return None
    await OutsideAccount.insert(
        OutsideAccount(
            id=uuid.uuid4(), member=member.id, issuer=arrived.issuer, subject=arrived.subject, since=today
        )
    )
    return member


async def _has_another_account(member: uuid.UUID, issuer: str) -> bool:
    return await OutsideAccount.exists().where(OutsideAccount.member == member, OutsideAccount.issuer == issuer)


def _is(arrived: Arrived) -> tuple[object, object]:
    return OutsideAccount.issuer == arrived.issuer, OutsideAccount.subject == arrived.subject


def _hash(attempt: Attempt) -> str:
    return hashlib.sha256(attempt.state.encode()).hexdigest()
