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


async def mode_of(id: uuid.UUID) -> str | None:
    """How these answers came in; ``None`` for those that were not sent."""
    rows = await Submission.raw('SELECT "mode" FROM "submission" WHERE "id" = {}', id)
    return rows[0]["mode"] if rows else None


async def language_of(id: uuid.UUID) -> str | None:
    rows = await Submission.raw('SELECT "language" FROM "submission" WHERE "id" = {}', id)
    return rows[0]["language"] if rows else None


async def store(sent: SentAnswers) -> Stored:
    """Stores the answers once. Raises :class:`OtherContent` when the id is taken by other answers."""
    digest = sent.digest()
    added = await Submission.raw(
        'INSERT INTO "submission" '
        '("id", "round", "language", "mode", "respondent_kind", "submitted_at", "digest", "said_by", "setting", '
        '"reference") VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING "id"',
        sent.id,
        sent.round,
        sent.language,
        sent.mode,
        sent.respondent_kind,
        sent.submitted_at,
        digest,
        sent.said_by,
        sent.setting,
        reference(sent.id),
    )
    if not added:
        known = await Submission.raw('SELECT "digest" FROM "submission" WHERE "id" = {}', sent.id)
        if known[0]["digest"] != digest:
            raise OtherContent
        return "known_already"
    await _add_answers(sent, list(sent.answers))
    return "added"


async def _add_answers(sent: SentAnswers, concepts: Sequence[str]) -> None:
    given = [(concept, sent.answers[concept]) for concept in concepts]
    rows = [
        Answer(
            id=answer_id(sent.id, concept),
            submission=sent.id,
            concept=concept,
            code=answer.code,
            text=answer.text,
            language=answer.language,
            file=uuid.UUID(answer.file) if answer.file else None,
        )
        for concept, answer in given
    ]
    if rows:
        await Answer.insert(*rows)
    parts = [
        AnswerPart(
            id=uuid.uuid5(sent.id, f"{concept} {place}"),
            answer=answer_id(sent.id, concept),
            place=place,
            item=part.item,
            value=part.value,
        )
        for concept, answer in given
        for place, part in enumerate(answer.parts, start=1)
    ]
    if parts:
        await AnswerPart.insert(*parts)


class Known(msgspec.Struct, frozen=True):
    """What was stored under an id, as far as another sending under it could say something else."""

    digest: str
    term: str
    language: str
    respondent_kind: str
    submitted_at: str


async def known_among(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """Which of these were sent before; for a preview of what a file would add."""
    known: dict[uuid.UUID, Known] = {}
    for some in _in_pieces(ids):
        rows = await Submission.select(
            Submission.id,
            Submission.digest,
            Submission.round.term.as_alias("term"),
            Submission.language,
            Submission.respondent_kind,
            Submission.submitted_at,
        ).where(Submission.id.is_in(some))
        known |= {row.pop("id"): Known(**row) for row in rows}
    return known


async def said_otherwise(sent: SentAnswers) -> list[uuid.UUID]:
    """The answers that are stored under this id and that ``sent`` does not give, or gives otherwise."""
    rows = await Answer.select(Answer.id, Answer.code, Answer.text, Answer.language).where(Answer.submission == sent.id)
    given = {answer_id(sent.id, concept): answer for concept, answer in sent.answers.items()}
    return [
        row["id"]
        for row in rows
        if (answer := given.get(row["id"])) is None
        or (answer.code, answer.text, answer.language) != (row["code"], row["text"], row["language"])
    ]


async def replace(sent: SentAnswers) -> None:
    """Puts ``sent`` in place of what is stored under its id. Answers that say the same stay what they are.

    Whatever is kept about the others (see ``said_otherwise``) has to be gone by now.
    """
    await _take_out_answers(await said_otherwise(sent))
    kept = {row["id"] for row in await Answer.select(Answer.id).where(Answer.submission == sent.id)}
    await Submission.update(
        {
            Submission.round: sent.round,
            Submission.language: sent.language,
            Submission.respondent_kind: sent.respondent_kind,
            Submission.submitted_at: sent.submitted_at,
            Submission.digest: sent.digest(),
        }
    ).where(Submission.id == sent.id)
    await _add_answers(sent, [concept for concept in sent.answers if answer_id(sent.id, concept) not in kept])


async def answers_of(ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The ids of all answers in these sendings."""
    found: list[uuid.UUID] = []
    for some in _in_pieces(ids):
        found += [row["id"] for row in await Answer.select(Answer.id).where(Answer.submission.is_in(some))]
    return found


async def take_out(ids: Sequence[uuid.UUID]) -> None:
    """Removes what was taken in by mistake. Whatever is kept about its answers has to be gone by now."""
    await _take_out_answers(await answers_of(ids))
    for some in _in_pieces(ids):
        await Submission.delete().where(Submission.id.is_in(some))


async def _take_out_answers(answers: Sequence[uuid.UUID]) -> None:
    for some in _in_pieces(answers):
        await AnswerPart.delete().where(AnswerPart.answer.is_in(some))
        await Answer.delete().where(Answer.id.is_in(some))


def _in_pieces(ids: Sequence[uuid.UUID]) -> list[list[uuid.UUID]]:
    return [list(ids[start : start + 500]) for start in range(0, len(ids), 500)]


def answer_id(submission: uuid.UUID, concept: str) -> uuid.UUID:
    return uuid.uuid5(submission, concept)


def reference(id: uuid.UUID) -> str:
    """The reference on a receipt, such as ``7K3M-Q2PX``. Always the same for the same answers."""
    number = int.from_bytes(hashlib.blake2b(id.bytes, digest_size=5, person=b"receipt").digest())
    letters = "".join(CODE_LETTERS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"
