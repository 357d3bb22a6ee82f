"""Files that are answers: what is known of each, and which of them somebody's answers still name.

A file belongs to the one draft or the one submission that names it. Its bytes are kept elsewhere; only an id, a
media type, a size and a length in seconds are known here. Functions whose docstring says so run inside a unit of
the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import msgspec

from surveys import drafts
from surveys.answering import NoSuchQuestion
from surveys.answers import GivenAnswer
from surveys.document import FILE_KINDS, Question
from surveys.drafts import DraftState
from surveys.publishing import OpenRound
from surveys.routing import find_on, path
from surveys.tables import Answer, Draft, StoredFile

IN_A_QUERY = 500

_answers = msgspec.json.Decoder(dict[str, GivenAnswer])


class KnownFile(msgspec.Struct, frozen=True):
    """``bytes`` is its size; ``seconds`` how long a recording is."""

    id: uuid.UUID
    media_type: str
    bytes: int
    seconds: int | None = None


async def attach(
    draft: DraftState, round: OpenRound, concept: str, file: KnownFile, *, today: dt.date
) -> tuple[DraftState, uuid.UUID | None]:
    """Makes a file the answer to a question, with the words that were given before, in a unit.

    Returns the draft, and the file that was the answer before. Raises ``NoSuchQuestion`` when the survey does not
    ask this of this person, or not for a file.
    """
    asked_for(draft, round, concept)
    await _add(file)
    before = draft.answers.get(concept)
    answer = GivenAnswer(
        language=before.language if before and before.text else draft.language,
        text=before.text if before else None,
        file=str(file.id),
    )
    replaced = file_of(before)
    if replaced is not None:
        await forget([replaced])
    return await drafts.keep(draft, concept, answer, today=today), replaced


def asked_for(draft: DraftState, round: OpenRound, concept: str) -> Question:
    """The question, when this person is asked it and can answer with a file; else raises ``NoSuchQuestion``."""
    question = find_on(path(round.document, draft.answers), concept)
    if question is None or question.kind not in FILE_KINDS:
        raise NoSuchQuestion
    return question


def file_of(answer: GivenAnswer | None) -> uuid.UUID | None:
    return uuid.UUID(answer.file) if answer is not None and answer.file else None


async def know(files: Sequence[KnownFile]) -> None:
    """Keeps what is known of files that are no answers, such as a recording of a session, in a unit."""
    await forget([file.id for file in files])
    for file in files:
        await _add(file)


async def _add(file: KnownFile) -> None:
    await StoredFile.raw(
        'INSERT INTO "stored_file" ("id", "media_type", "bytes", "seconds") VALUES ({}, {}, {}, {})',
        file.id,
        file.media_type,
        file.bytes,
        file.seconds,
    )


async def find(id: uuid.UUID) -> KnownFile | None:
    rows = await StoredFile.raw('SELECT "media_type", "bytes", "seconds" FROM "stored_file" WHERE "id" = {}', id)
    return KnownFile(id, **rows[0]) if rows else None


async def find_sent(id: uuid.UUID) -> KnownFile | None:
    """The file, when answers that were sent name it: what is in drafts is nobody's but theirs."""
    rows = await Answer.raw('SELECT 1 AS "found" FROM "answer" WHERE "file" = {} LIMIT 1', id)
    return await find(id) if rows else None


async def forget(ids: Sequence[uuid.UUID]) -> None:
    """Forgets what is known of files that are to be removed, in a unit."""
    for start in range(0, len(ids), IN_A_QUERY):
        await StoredFile.delete().where(StoredFile.id.is_in(list(ids[start : start + IN_A_QUERY])))


async def unused_among(ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Those that neither a draft nor a submission names.

    Drafts are asked first: a draft that is sent in between has its files in the submission by then.
    """
    rows = await Draft.raw("""SELECT "answers" FROM "draft" WHERE "answers" LIKE '%"file":%'""")
    drafted = {file_of(answer) for row in rows for answer in _answers.decode(row["answers"]).values()}
    rest = [id for id in ids if id not in drafted]
    used = await sent_among(rest)
    return [id for id in rest if id not in used]


async def sent_among(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those that a submission names."""
    sent: set[uuid.UUID] = set()
    for start in range(0, len(ids), IN_A_QUERY):
        found = await Answer.select(Answer.file).where(Answer.file.is_in(list(ids[start : start + IN_A_QUERY])))
        sent.update(row["file"] for row in found)
    return sent
