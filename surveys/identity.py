"""How a person's answers are kept: the two identity modes and what each allows to be stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid
from typing import Literal

IdentityMode = Literal["anonymous", "confidential"]


def submitted_at(moment: dt.datetime, mode: IdentityMode) -> str:
    """When answers were sent, as coarse as the mode demands: the month, or the minute (UTC)."""
    return f"{moment:%Y-%m}" if mode == "anonymous" else f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"


def submission_id(secret: bytes, key: str) -> uuid.UUID:
    """The id under which answers are stored, from the key in the person's link.

    Only the person's link holds the key. Neither the database nor an export can lead back to it.
    """
    return uuid.UUID(bytes=hmac.digest(secret, b"submission:" + key.encode(), "sha256")[:16])


def code_hash(secret: bytes, code: str) -> str:
    """What is stored of a come-back code, to find the draft by it."""
    return hmac.digest(secret, b"code:" + code.encode(), "sha256")[:16].hex()


def seal(secret: bytes, code: str, key: bytes) -> str:
    """The 16 bytes of a draft's key, readable again only with the come-back code."""
    pad = hashlib.blake2b(code.encode(), key=secret[:64], digest_size=16, person=b"draft-key").digest()
    return bytes(a ^ b for a, b in zip(key, pad, strict=True)).hex()


def unseal(secret: bytes, code: str, sealed: str) -> bytes:
    return bytes.fromhex(seal(secret, code, bytes.fromhex(sealed)))
