"""Passwords of staff: hashed with argon2id, at the library's recommended cost (RFC 9106, low memory).

A new one is held against 30,000 passwords that were stolen elsewhere, names, words and rows of keys, on this machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import argon2

SHORTEST = 12
LONGEST = 500
FEWEST_GUESSES = 9
"""As a power of ten: what somebody needs to find a password who knows how people choose them."""
FEWEST_BESIDE_OWN = 6
"""The same for what is left of it without words of their own."""
SHORTEST_OWN = 3
LOOKED_AT = 72
"""Letters that are looked at: the start of a longer one must be good enough alone."""

Weakness = Literal["short", "long", "known", "own"]

_hasher = argon2.PasswordHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$7s8nAyVmwSLs7KkH7Jc/bw$sj181tLWdJVQBuQHdTRsA8b/CyOe7wbJrzQCAgQH9UE"
"""A hash that belongs to nobody, of the same cost as all others. Making it would take a tenth of each start."""


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def weakness(password: str, own: Iterable[str] = ()) -> Weakness | None:
    """Why this should not become somebody's password: too ``short`` or ``long``, ``known`` to those who guess, or made
    of words that stand for who they are or where they work (``own``: their address, the partnership's name)."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    # Brought only here: its lists of words take a while.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

    plain = password.lower().strip()
    if plain in set(FREQUENCY_LISTS["passwords"]):
        return "known"
    if _guesses(zxcvbn(password[:LOOKED_AT])) < FEWEST_GUESSES:
        return "known"
    rest = plain
    for word in sorted(_words_of(own), key=len, reverse=True):
        rest = rest.replace(word, " ")
    left = re.sub(r"[\W_]+", "", rest)[:LOOKED_AT] or "-"
    if rest != plain and _guesses(zxcvbn(left)) < FEWEST_BESIDE_OWN:
        return "own"
    return None


def _words_of(own: Iterable[str]) -> set[str]:
    words = {"golden", "thread"}
    for said in own:
        words |= {part for part in re.split(r"[\W_]+", said.lower()) if len(part) >= SHORTEST_OWN}
    return words


def _guesses(found: dict[str, object]) -> float:
    return float(str(found["guesses_log10"]))


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Takes as long for a person who is not known as for one who is."""
    try:
        return _hasher.verify(password_hash or NOBODYS, password) and password_hash is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed at another cost than we take today."""
    return _hasher.check_needs_rehash(password_hash)
