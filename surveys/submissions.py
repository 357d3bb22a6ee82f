"""Answers that were sent: stored once, whole, and never changed.

Every function here runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from surveys.answers import GivenAnswer
from surveys.contact_wishes import taken_out
from surveys.document import RespondentKind
from surveys.identity import CODE_LETTERS
from surveys.tables import Answer, AnswerPart, Submission

Mode = Literal["own_device", "shared_device", "class", "telephone", "paper", "offline", "api", "imported"]
"""How the answers came in."""

SaidBy = Literal["own_words", "supported", "proxy"]
"""Whose words they are: the person's own, the person's with somebody's support, or somebody's for the person."""

Stored = Literal["added", "known_already"]


class SentAnswers(msgspec.Struct, frozen=True):
    """What one person sends, in the form it is stored in.

    ``setting`` is the school, college or club of a class that answers together, and nobody else's.
    """

    id: uuid.UUID
    round: uuid.UUID
    language: str
    mode: Mode
    respondent_kind: RespondentKind
    submitted_at: str
    answers: Mapping[str, GivenAnswer]
    said_by: SaidBy = "own_words"
    setting: str | None = None

    def digest(self) -> str:
        """Equal for equal answers: tells a repeated sending from another content under the same id."""
        content = msgspec.json.encode(sorted(taken_out(self.answers)[0].items()))
        return hashlib.blake2b(content, digest_size=16).hexdigest()


class OtherContent(Exception):
    """The same id was sent before with other answers; the first were kept."""


async def is_sent(id: uuid.UUID) -> bool:
    return bool(await Submission.raw('SELECT 1 AS "found" FROM "submission" WHERE "id" = {}', id))


async def language_of(id: uuid.UUID) -> str | None:
    rows = await Submission.raw('SELECT "language" FROM "submission" WHERE "id" = {}', id)
    return rows[0]["language"] if rows else None


async def store(sent: SentAnswers) -> Stored:
    """Stores the answers once. Raises :class:`OtherContent` when the id is taken by other answers."""
    digest = sent.digest()
    added = await Submission.raw(
        'INSERT INTO "submission" '
        '("id", "round", "language", "mode", "respondent_kind", "submitted_at", "digest", "said_by", "setting") '
        'VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING "id"',
        sent.id,
        sent.round,
        sent.language,
        sent.mode,
        sent.respondent_kind,
        sent.submitted_at,
        digest,
        sent.said_by,
        sent.setting,
    )
    if not added:
        known = await Submission.raw('SELECT "digest" FROM "submission" WHERE "id" = {}', sent.id)
        if known[0]["digest"] != digest:
            raise OtherContent
        return "known_already"
    rows = [
        Answer(
            id=uuid.uuid5(sent.id, concept),
            submission=sent.id,
            concept=concept,
            code=answer.code,
            text=answer.text,
            language=answer.language,
            file=uuid.UUID(answer.file) if answer.file else None,
        )
        for concept, answer in sent.answers.items()
    ]
    if rows:
        await Answer.insert(*rows)
    parts = [
        AnswerPart(
            id=uuid.uuid5(sent.id, f"{concept} {place}"),
            answer=uuid.uuid5(sent.id, concept),
            place=place,
            item=part.item,
            value=part.value,
        )
        for concept, answer in sent.answers.items()
        for place, part in enumerate(answer.parts, start=1)
    ]
    if parts:
        await AnswerPart.insert(*parts)
    return "added"


async def known_among(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these were sent before; for a preview of what a file would add."""
    known: set[uuid.UUID] = set()
    for start in range(0, len(ids), 500):
        rows = await Submission.select(Submission.id).where(Submission.id.is_in(list(ids[start : start + 500])))
        known.update(row["id"] for row in rows)
    return known


def reference(id: uuid.UUID) -> str:
    """The reference on a receipt, such as ``7K3M-Q2PX``. Always the same for the same answers."""
    number = int.from_bytes(hashlib.blake2b(id.bytes, digest_size=5, person=b"receipt").digest())
    letters = "".join(CODE_LETTERS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"
