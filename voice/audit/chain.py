"""What holds the record together.

The hash of an entry is SHA-256 over its content, written as one JSON array, and over the hash before it: whoever has
an export can work it out again. The mark is an HMAC of the hash with a key that is made from the installation's
secret and is not in the database: who can write into the database alone can add no entry that is taken for ours.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

import msgspec

from voice.audit.entry import Row

FIRST = "0" * 64
"""What stands for the hash before the first entry."""


class _NoKey(Exception):
    """No store is open."""


def _none() -> bytes:
    raise _NoKey


_secret: Callable[[], bytes] = _none


def sign_with(secret: Callable[[], bytes]) -> None:
    """Lets entries be marked with this installation's secret, as ``bind_tables`` lets tables use its database."""
    global _secret
    _secret = secret


def hash_of(row: Row, before: str) -> str:
    """The hash of ``row``, whose own hash and mark are not looked at, after one with the hash ``before``."""
    content = [
        row.number,
        row.at,
        row.actor,
        str(row.who) if row.who else None,
        str(row.organisation) if row.organisation else None,
        row.act,
        row.kind,
        row.key,
        row.detail,
        before,
    ]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def mark_of(what: str, *content: object) -> str:
    """The mark of an entry, a seal, a cut or an agreement on keeping; ``what`` keeps one from standing for another."""
    key = hmac.digest(_secret(), b"audit", "sha256")
    return hmac.digest(key, msgspec.json.encode([what, *content]), "sha256").hex()


def is_mark(mark: str, what: str, *content: object) -> bool:
    return hmac.compare_digest(mark.encode(), mark_of(what, *content).encode())
