"""Tokens: what a program shows instead of signing in, and what it may do with it.

Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from voice.programs.tables import ApiToken

PREFIX = "gt_"
"""Tells a token of ours from other secrets, so that scanners of published code can find it."""


class Scope(StrEnum):
    """What a program may do."""

    READ_SURVEYS = "read_surveys"
    SEND_ANSWERS = "send_answers"
    READ_ANSWERS = "read_answers"


class Program(msgspec.Struct, frozen=True):
    """A program by its token, which itself is not known any more."""

    id: uuid.UUID
    name: str
    scopes: frozenset[str]
    expires_on: dt.date
    last_used_on: dt.date | None


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def make(name: str, scopes: Sequence[Scope], *, expires_on: dt.date, by: uuid.UUID) -> str:
    """Makes a token of 160 random bits and returns it. It cannot be shown again."""
    token = PREFIX + secrets.token_urlsafe(20)
    await ApiToken.insert(
        ApiToken(
            id=uuid.uuid4(),
            name=name,
            token_hash=token_hash(token),
            scopes=" ".join(sorted(scopes)),
            expires_on=expires_on,
            made_by=by,
        )
    )
    return token


async def program_of(token: str, *, today: dt.date) -> Program | None:
    """The program that a token belongs to; ``None`` when there is none, or its time is over."""
    row = await ApiToken.select().where(ApiToken.token_hash == token_hash(token)).first()
    return _program(row) if row and row["expires_on"] >= today else None


async def programs() -> list[Program]:
    return [_program(row) for row in await ApiToken.select().order_by(ApiToken.name)]


async def note_use(id: uuid.UUID, *, today: dt.date) -> None:
    """Remembers the day of the last use, and nothing finer."""
    await ApiToken.update({ApiToken.last_used_on: today}).where(ApiToken.id == id)


async def revoke(id: uuid.UUID) -> None:
    await ApiToken.delete().where(ApiToken.id == id)


def _program(row: dict[str, object]) -> Program:
    return msgspec.convert(
        {
            "id": row["id"],
            "name": row["name"],
            "scopes": frozenset(str(row["scopes"]).split()),
            "expires_on": row["expires_on"],
            "last_used_on": row["last_used_on"],
        },
        Program,
    )
