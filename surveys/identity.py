"""How a person's answers are kept: the two identity modes and what each allows to be stored."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import re
import secrets
import uuid
from typing import Literal

IdentityMode = Literal["anonymous", "confidential"]

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read out and written down."""


def submitted_at(moment: dt.datetime, mode: IdentityMode) -> str:
    """When answers were sent, as coarse as the mode demands: the month, or the day (UTC).

    The minute of confidential answers is kept apart and sealed: see ``who_answered.py``.
    """
    return f"{moment:%Y-%m}" if mode == "anonymous" else f"{moment.astimezone(dt.UTC):%Y-%m-%d}"


def submission_id(secret: bytes, key: str) -> uuid.UUID:
    """The id under which answers are stored, from the key in the person's link.

    Only the person's link holds the key. Neither the database nor an export can lead back to it.
    """
    return uuid.UUID(bytes=hmac.digest(secret, b"submission:" + key.encode(), "sha256")[:16])


def come_back_code(secret: bytes, key: str) -> str:
    """The code by which a person finds their draft again: 40 bits, such as ``7K3MQ2PX``."""
    number = int.from_bytes(hmac.digest(secret, b"code:" + key.encode(), "sha256")[:5])
    return "".join(CODE_LETTERS[(number >> shift) & 31] for shift in range(35, -1, -5))


def read_code(written: str) -> str:
    """A code as a person wrote it down, in the form it was given: spaces, case and look-alikes undone."""
    letters = re.sub(r"[^0-9A-Z]", "", written.upper())
    return letters.replace("O", "0").replace("I", "1").replace("L", "1").replace("U", "V")


def code_hash(secret: bytes, code: str) -> str:
    """What is stored of a come-back code, to find the draft by it."""
    return hmac.digest(secret, b"code-hash:" + code.encode(), "sha256")[:16].hex()


def seal(secret: bytes, code: str, key: bytes) -> str:
    """The 16 bytes of a draft's key, readable again only with the come-back code."""
    pad = hmac.digest(secret, b"seal:" + code.encode(), "sha256")[:16]
    return bytes(a ^ b for a, b in zip(key, pad, strict=True)).hex()


def unseal(secret: bytes, code: str, sealed: str) -> bytes:
    return bytes.fromhex(seal(secret, code, bytes.fromhex(sealed)))


def new_key() -> str:
    """A key for a new draft's link: 128 random bits."""
    return secrets.token_urlsafe(16)


def key_bytes(key: str) -> bytes | None:
    """The bits of a key, or ``None`` for what cannot be one."""
    try:
        bits = base64.b64decode(key + "==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    return bits if len(bits) == 16 and key_of(bits) == key else None


def key_of(bits: bytes) -> str:
    return base64.urlsafe_b64encode(bits).rstrip(b"=").decode()
