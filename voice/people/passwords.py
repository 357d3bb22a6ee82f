"""Passwords of staff: hashed with argon2id, at the library's recommended cost (RFC 9106, low memory)."""

from __future__ import annotations

import argon2

SHORTEST = 12

_hasher = argon2.PasswordHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$7s8nAyVmwSLs7KkH7Jc/bw$sj181tLWdJVQBuQHdTRsA8b/CyOe7wbJrzQCAgQH9UE"
"""A hash that belongs to nobody, of the same cost as all others. Making it would take a tenth of each start."""


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Takes as long for a person who is not known as for one who is."""
    try:
        return _hasher.verify(password_hash or NOBODYS, password) and password_hash is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
