"""How a private space is locked: links, codes, rings, and what is sealed with them. No database and no clock.

A person holds a link (128 bits) and a code (60 bits) that can be read out. The server keeps hashes of both. The
link opens what the person *holds*, the code opens the link. What is said is sealed for one ring: the ``family``
(the young person and their parent carers), everybody they invited (``shared``), or one invited person alone. Every
other ring's key follows from the family's, so the family reads everything; nothing leads the other way.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from typing import Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from surveys.identity import CODE_LETTERS

FAMILY, SHARED = "family", "shared"

CODE_BITS = 60
CODE_LENGTH = CODE_BITS // 5

NONCE = 12

# Who has the database and the secret of the installation can try codes as fast as their computers can. Each try takes
# 16 MB and a twentieth of a second; there are 2**60 codes.
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64_000_000}

Kind = TypeVar("Kind")
Role = Literal["young_person", "parent_carer", "invited"]


class Locked(Exception):
    """This key does not open this."""


class Held(msgspec.Struct, frozen=True):
    """What a person's link opens: the keys of their rings by name, and who they are in this space.

    ``called`` is the name that the family gave an invited person, such as "my teacher".
    """

    role: Role
    called: str
    rings: dict[str, bytes]

    @property
    def is_family(self) -> bool:
        return FAMILY in self.rings

    def ring_key(self, ring: str) -> bytes:
        """Raises :class:`Locked` for a ring that this person does not belong to."""
        if ring in self.rings:
            return self.rings[ring]
        if self.is_family:
            return ring_key(self.rings[FAMILY], ring)
        raise Locked


class Code(msgspec.Struct, frozen=True):
    """A code as the server works with it: what it is found by, and what it opens. Neither leads back to it."""

    found_by: str
    opens: bytes


def ring_key(family: bytes, ring: str) -> bytes:
    return hmac.digest(family, b"ring:" + ring.encode(), "sha256")


def new_code() -> str:
    """A code such as ``7K3MQ2PX9T4B``."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def spoken(code: str) -> str:
    """The code in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_of(secret: bytes, link: str) -> str:
    """The code that belongs to a link: whoever has the link can see the code again, never the other way without it."""
    number = int.from_bytes(hmac.digest(secret, b"views-code:" + link.encode(), "sha256")[:8]) >> (64 - CODE_BITS)
    return "".join(CODE_LETTERS[(number >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5))


def strengthened(secret: bytes, code: str) -> Code:
    """The code made slow to guess. It takes a twentieth of a second: call it in a thread."""
    salt = hmac.digest(secret, b"views-code-salt", "sha256")
    made = hashlib.scrypt(code.encode(), salt=salt, dklen=48, **_SCRYPT)
    return Code(found_by=made[:16].hex(), opens=made[16:])


def link_hash(secret: bytes, link: str) -> str:
    return hmac.digest(secret, b"views-link:" + link.encode(), "sha256")[:16].hex()


def link_opens(secret: bytes, link: str) -> bytes:
    """The key that a link stands for."""
    return hmac.digest(secret, b"views-link-key:" + link.encode(), "sha256")


def seal(key: bytes, value: object, of: uuid.UUID) -> str:
    """``value`` as JSON, sealed for ``key``. Sealed, it is worth nothing under another id than ``of``."""
    return base64.urlsafe_b64encode(seal_bytes(key, msgspec.json.encode(value), of)).decode()


def unseal(key: bytes, sealed: str, of: uuid.UUID, kind: type[Kind]) -> Kind:
    """Raises :class:`Locked`."""
    return msgspec.json.decode(unseal_bytes(key, base64.urlsafe_b64decode(sealed), of), type=kind)


def seal_bytes(key: bytes, content: bytes, of: uuid.UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, of.bytes)


def unseal_bytes(key: bytes, sealed: bytes, of: uuid.UUID) -> bytes:
    """Raises :class:`Locked`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], of.bytes)
    except InvalidTag as problem:
        raise Locked from problem
