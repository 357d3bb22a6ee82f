"""One field of a row sealed with the secret of the installation: the database alone opens nothing.

A sealed field is worth nothing in another row or for another ``purpose``: both are part of what is checked.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import uuid
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Kind = TypeVar("Kind")

NONCE = 12


class Locked(Exception):
    """Another secret sealed it, for another row or purpose, or somebody changed it."""


def seal(secret: bytes, purpose: str, of: uuid.UUID, value: msgspec.Struct) -> str:
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(secret, purpose)).encrypt(nonce, msgspec.json.encode(value), of.bytes)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def opened(secret: bytes, purpose: str, of: uuid.UUID, sealed: str, kind: type[Kind]) -> Kind:
    """Raises :class:`Locked`."""
    try:
        bits = base64.urlsafe_b64decode(sealed)
        content = AESGCM(_key(secret, purpose)).decrypt(bits[:NONCE], bits[NONCE:], of.bytes)
    except (ValueError, InvalidTag) as problem:
        raise Locked from problem
    return msgspec.json.decode(content, type=kind)


def fernet(secret: bytes, purpose: bytes) -> Fernet:
    """What seals and opens texts for one purpose alone. Tokens tell when they were made: say a day of your own."""
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, purpose, "sha256")))


def _key(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, b"field:" + purpose.encode(), "sha256")
