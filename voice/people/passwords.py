"""Passwords of staff: hashed with argon2id, at the library's recommended cost (RFC 9106, low memory)."""

from __future__ import annotations

import argon2

SHORTEST = 12

_hasher = argon2.PasswordHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
_NOBODYS = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Takes as long for a person who is not known as for one who is."""
    try:
        return _hasher.verify(password_hash or _NOBODYS, password) and password_hash is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
