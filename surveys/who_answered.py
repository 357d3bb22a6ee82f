"""Who gave confidential answers, and the minute: sealed, and apart from what they said.

The row beside names no answers: its id follows from theirs and the secret of the installation, so that the database
alone joins nothing. Only of people who came by their own link is it known who they are, by their key and their entry
in a register. Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import hmac
import uuid
from collections.abc import Collection, Sequence

import msgspec

from surveys.field_sealing import Locked, opened, seal
from surveys.invitations.tables import Invitation
from surveys.invitations.tokens import hash_of
from surveys.publishing import OpenRound
from surveys.tables import Submission, WhoAnswered

PURPOSE = "who-answered"

IN_A_QUERY = 500


class Who(msgspec.Struct, frozen=True):
    """``sent_at`` is a minute (UTC), such as ``2026-11-18T12:34Z``. ``person`` is the key of the contact ledger and
    ``entry`` a row of a register; both are empty for who came by the link that everybody has."""

    sent_at: str
    person: str = ""
    entry: uuid.UUID | None = None


def found_by(secret: bytes, submission: uuid.UUID) -> uuid.UUID:
    """The id of the row about these answers. Without the secret nothing leads from one to the other."""
    return uuid.UUID(bytes=hmac.digest(secret, b"who-answered:" + submission.bytes, "sha256")[:16])


async def keep(submission: uuid.UUID, round: OpenRound, token: str, *, now: dt.datetime, secret: bytes) -> None:
    """Keeps who sent these answers, once, however often they are sent. Of an anonymous round nothing is kept.

    ``token`` is that of the invitation that they came with; empty where there was none. Whatever stores answers that
    come in calls this in the same unit.
    """
    if round.identity_mode != "confidential":
        return
    id = found_by(secret, submission)
    who = msgspec.structs.replace(await _invited(token, round.id), sent_at=f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}")
    await WhoAnswered.raw(
        'INSERT INTO "who_answered" ("id", "round", "sealed") VALUES ({}, {}, {}) ON CONFLICT DO NOTHING',
        id,
        round.id,
        seal(secret, PURPOSE, id, who),
    )


async def _invited(token: str, round: uuid.UUID) -> Who:
    found = hash_of(token) if token else None
    rows = await Invitation.raw(
        'SELECT e."id" AS "entry", e."person" AS "person" FROM "invitation" AS i '
        'JOIN "register_entry" AS e ON i."entry" = e."id" JOIN "invitation_send" AS s ON i."send" = s."id" '
        'WHERE i."token_hash" = {} AND s."round" = {}',
        found or "",
        round,
    )
    return Who("", rows[0]["person"], uuid.UUID(str(rows[0]["entry"]))) if rows else Who("")


async def who(submission: uuid.UUID, *, secret: bytes) -> Who | None:
    """Who sent these answers; ``None`` where nothing is kept of it. Raises ``Locked``.

    Whoever asks has noted it before: see ``voice/privacy/opening.py``.
    """
    id = found_by(secret, submission)
    rows = await WhoAnswered.select(WhoAnswered.sealed).where(WhoAnswered.id == id)
    return opened(secret, PURPOSE, id, rows[0]["sealed"], Who) if rows else None


async def answers_of_persons(persons: Collection[str], *, secret: bytes) -> list[uuid.UUID]:
    """The confidential answers of these people, by their keys. It opens every row: the way back is not kept."""
    theirs = set()
    for row in await WhoAnswered.select(WhoAnswered.id, WhoAnswered.sealed):
        try:
            if opened(secret, PURPOSE, row["id"], row["sealed"], Who).person in persons:
                theirs.add(row["id"])
        except Locked:
            continue
    if not theirs:
        return []
    rows = await Submission.raw(
        'SELECT u."id" AS "id" FROM "submission" AS u JOIN "survey_round" AS r ON r."id" = u."round" '
        "WHERE r.\"identity_mode\" = 'confidential'"
    )
    ids = [uuid.UUID(str(row["id"])) for row in rows]
    return [id for id in ids if found_by(secret, id) in theirs]


async def forget(submissions: Sequence[uuid.UUID], *, secret: bytes) -> None:
    """Forgets who sent these answers."""
    for start in range(0, len(submissions), IN_A_QUERY):
        ids = [found_by(secret, each) for each in submissions[start : start + IN_A_QUERY]]
        await WhoAnswered.delete().where(WhoAnswered.id.is_in(ids))
