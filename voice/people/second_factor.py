"""The second factor: codes of an authenticator app (RFC 6238), and codes to print that stand in for it once.

Functions that wait for the store run inside a unit of it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import secrets
import uuid
from typing import TYPE_CHECKING

from surveys.field_sealing import fernet
from voice.people.roles import ALLOWED, Audience, Role
from voice.people.tables import RecoveryCode, SecondFactor

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

STEP = 30
"""Seconds that a code of the app lasts; the one before and the one after are taken too, for clocks that differ."""
ISSUER = "Golden Thread"
CODES = 10
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
"""Letters of a recovery code: 59 bits."""

PERSONAL = (
    Audience.EVIDENCE,
    Audience.VOICES,
    Audience.INVITING,
    Audience.REVIEWS,
    Audience.DROPPING,
    Audience.FACILITATING,
    Audience.SAFEGUARDING,
    Audience.MANAGING,
    Audience.GOVERNING,
)
"""Pages on which somebody sees what a person wrote, or whom we can reach, or lets others see it."""


def sees_personal_things(role: Role) -> bool:
    return any(role in ALLOWED[audience] for audience in PERSONAL)


def key_for(secret: bytes, member: uuid.UUID, began_at: dt.datetime) -> str:
    """The key that their session of ``began_at`` may begin with, in base32. It is kept only when a code has shown that
    it works.

    It stays the same when the session goes on under another token: by then an app may have read it.
    """
    session = member.bytes + began_at.astimezone(dt.UTC).isoformat().encode()
    return base64.b32encode(hmac.digest(secret, b"second-factor" + session, "sha256")[:20]).decode()


def address_for_app(key: str, email: str) -> str:
    """What the picture for the app says (``otpauth://…``)."""
    import pyotp

    return pyotp.TOTP(key).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(code: str, key: str, *, now: dt.datetime) -> int | None:
    """The time step whose code this is; ``None`` when it is wrong or not of now."""
    import pyotp

    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit()):
        return None
    at = int(now.timestamp()) // STEP
    app = pyotp.TOTP(key, interval=STEP)
    right = [step for step in (at - 1, at, at + 1) if hmac.compare_digest(app.generate_otp(step), typed)]
    return right[-1] if right else None


async def is_set_up(member: uuid.UUID) -> bool:
    return await SecondFactor.exists().where(SecondFactor.member == member)


async def set_up(member: uuid.UUID, key: str, code: str, *, secret: bytes, now: dt.datetime) -> tuple[str, ...] | None:
    """Keeps the key when the app shows the right code, and returns the recovery codes; ``None`` when it is wrong."""
    step = step_of(code, key, now=now)
    if step is None or await is_set_up(member):
        return None
    sealed = _sealer(secret).encrypt(key.encode()).decode()
    await SecondFactor.insert(SecondFactor(member=member, sealed=sealed, last_step=step, since=now.date()))
    return await new_recovery_codes(member, secret=secret)


async def remove(member: uuid.UUID) -> None:
    await RecoveryCode.delete().where(RecoveryCode.member == member)
    await SecondFactor.delete().where(SecondFactor.member == member)


async def is_right(member: uuid.UUID, code: str, *, secret: bytes, now: dt.datetime) -> bool:
    """Whether the app shows this code now. Each code is taken once."""
    row = await SecondFactor.select(SecondFactor.sealed).where(SecondFactor.member == member).first()
    step = step_of(code, _opened(row["sealed"], secret), now=now) if row else None
    if step is None:
        return False
    taken = await SecondFactor.raw(
        'UPDATE "second_factor" SET "last_step" = {} WHERE "member" = {} AND "last_step" < {} RETURNING "member"',
        step,
        member,
        step,
    )
    return bool(taken)


async def new_recovery_codes(member: uuid.UUID, *, secret: bytes) -> tuple[str, ...]:
    """New codes to print; those from before are worth nothing any more."""
    codes = tuple("".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES))
    await RecoveryCode.delete().where(RecoveryCode.member == member)
    await RecoveryCode.insert(
        *(RecoveryCode(code_hash=_recovery_hash(code, member, secret), member=member) for code in codes)
    )
    return tuple("-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes)


async def recovery_codes_left(member: uuid.UUID) -> int:
    left: int = await RecoveryCode.count().where(RecoveryCode.member == member)
    return left


async def spend_recovery_code(member: uuid.UUID, typed: str, *, secret: bytes) -> bool:
    """Whether this is one of their codes; it is gone then."""
    code = "".join(letter for letter in typed.upper() if letter in LETTERS)
    spent = await RecoveryCode.raw(
        'DELETE FROM "recovery_code" WHERE "code_hash" = {} RETURNING "member"', _recovery_hash(code, member, secret)
    )
    return bool(spent)


def _recovery_hash(code: str, member: uuid.UUID, secret: bytes) -> str:
    return hmac.digest(secret, b"recovery-code" + member.bytes + code.encode(), "sha256").hex()


def _opened(sealed: str, secret: bytes) -> str:
    return _sealer(secret).decrypt(sealed.encode()).decode()


def _sealer(secret: bytes) -> Fernet:
    # Brought only where somebody has a second factor: starting is quicker without.

    return fernet(secret, b"second-factor-key")
