"""Answers on their way: begun, kept one by one, come back to, and given up after thirty days.

Every function here runs inside a unit of the store (see ``voice/storage``): what it does is done
wholly or not at all.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.answers import GivenAnswer
from surveys.submissions import Mode, SaidBy, is_sent
from surveys.tables import Draft

DAYS_KEPT = 30
"""A draft lasts this long after its last answer."""

DAYS_REMEMBERED = 60
"""For this long after that an old link is told that its time is over, not that it never was."""

_COLUMNS = (
    '"id", "round", "language", "shared_device", "answers", "code_hash", "sealed_key", "expires_on", '
    '"mode", "said_by", "class_session"'
)
_answers_decoder = msgspec.json.Decoder(dict[str, GivenAnswer])
_encoder = msgspec.json.Encoder()


class DraftProblem(Exception):
    """``code`` is ``unknown``, ``expired`` or ``already_sent``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DraftState(msgspec.Struct, frozen=True):
    id: uuid.UUID
    round: uuid.UUID
    language: str
    shared_device: bool
    answers: dict[str, GivenAnswer]
    expires_on: dt.date
    mode: Mode = "own_device"
    said_by: SaidBy = "own_words"
    class_session: uuid.UUID | None = None


class NewDraft(msgspec.Struct, frozen=True):
    """A draft to begin; ``code_hash`` and ``sealed_key`` let it be found by its come-back code.

    On a ``shared_device`` earlier answers are hidden.
    """

    id: uuid.UUID
    round: uuid.UUID
    language: str
    shared_device: bool
    code_hash: str
    sealed_key: str
    mode: Mode = "own_device"
    said_by: SaidBy = "own_words"
    class_session: uuid.UUID | None = None


async def begin(new: NewDraft, *, today: dt.date) -> bool:
    """Begins a draft, and returns whether it is new. Beginning the same one twice is beginning it once."""
    if await is_sent(new.id):
        raise DraftProblem("already_sent")
    added = await Draft.raw(
        f'INSERT INTO "draft" ({_COLUMNS}) VALUES ({{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}}) '  # noqa: S608
        'ON CONFLICT ("id") DO NOTHING RETURNING "id"',
        new.id,
        new.round,
        new.language,
        new.shared_device,
        "{}",
        new.code_hash,
        new.sealed_key,
        today + dt.timedelta(days=DAYS_KEPT),
        new.mode,
        new.said_by,
        new.class_session,
    )
    return bool(added)


async def choose_anew(draft: DraftState, *, language: str, shared_device: bool, said_by: SaidBy) -> DraftState:
    """What somebody chose on the first page, chosen differently when they have come back to it.

    A class stays a class and a call a call. Answers that are hidden from others stay hidden.
    """
    mode = draft.mode
    if mode in ("class", "telephone"):
        shared_device = draft.shared_device
    else:
        shared_device = shared_device or (draft.shared_device and bool(draft.answers))
        mode = "shared_device" if shared_device else "own_device"
    await Draft.raw(
        'UPDATE "draft" SET "language" = {}, "shared_device" = {}, "mode" = {}, "said_by" = {} WHERE "id" = {}',
        language,
        shared_device,
        mode,
        said_by,
        draft.id,
    )
    return msgspec.structs.replace(draft, language=language, shared_device=shared_device, mode=mode, said_by=said_by)


async def load(id: uuid.UUID, *, today: dt.date) -> DraftState:
    return await _load(id, today=today, lock="")


async def load_to_change(id: uuid.UUID, *, today: dt.date) -> DraftState:
    """Like :func:`load`, and nobody else changes the draft until the unit is done."""
    return await _load(id, today=today, lock=" FOR UPDATE" if Draft._meta.db.engine_type == "postgres" else "")


async def _load(id: uuid.UUID, *, today: dt.date, lock: str) -> DraftState:
    rows = await Draft.raw(f'SELECT {_COLUMNS} FROM "draft" WHERE "id" = {{}}{lock}', id)  # noqa: S608
    if not rows:
        raise DraftProblem("already_sent" if await is_sent(id) else "unknown")
    row = rows[0]
    if row["expires_on"] < today:
        raise DraftProblem("expired")
    return DraftState(
        id=id,
        round=row["round"],
        language=row["language"],
        shared_device=bool(row["shared_device"]),
        answers=_answers_decoder.decode(row["answers"]),
        expires_on=row["expires_on"],
        mode=row["mode"],
        said_by=row["said_by"],
        class_session=row["class_session"],
    )


async def keep(draft: DraftState, concept: str, answer: GivenAnswer | None, *, today: dt.date) -> DraftState:
    """Keeps one answer, or takes it away when ``answer`` is ``None``. Returns the draft as it is then."""
    answers = {known: given for known, given in draft.answers.items() if known != concept}
    if answer is not None:
        answers[concept] = answer
    expires_on = today + dt.timedelta(days=DAYS_KEPT)
    await Draft.raw(
        'UPDATE "draft" SET "answers" = {}, "expires_on" = {} WHERE "id" = {}',
        _encoder.encode(answers).decode(),
        expires_on,
        draft.id,
    )
    return msgspec.structs.replace(draft, answers=answers, expires_on=expires_on)


async def language_of(id: uuid.UUID) -> str | None:
    """The language of a draft, also of one that has expired."""
    rows = await Draft.raw('SELECT "language" FROM "draft" WHERE "id" = {}', id)
    return rows[0]["language"] if rows else None


async def speak(draft: DraftState, language: str) -> None:
    """Goes on in another language. What was written keeps the language it was written in."""
    await Draft.raw('UPDATE "draft" SET "language" = {} WHERE "id" = {}', language, draft.id)


async def sealed_key_for(code_hash: str, *, today: dt.date) -> tuple[uuid.UUID, str]:
    """The round and the sealed key of the draft with this code."""
    rows = await Draft.raw('SELECT "round", "sealed_key", "expires_on" FROM "draft" WHERE "code_hash" = {}', code_hash)
    if not rows:
        raise DraftProblem("unknown")
    if rows[0]["expires_on"] < today:
        raise DraftProblem("expired")
    return rows[0]["round"], rows[0]["sealed_key"]


async def discard(id: uuid.UUID) -> None:
    await Draft.raw('DELETE FROM "draft" WHERE "id" = {}', id)


async def clear_expired(*, today: dt.date) -> None:
    """Empties drafts whose thirty days are over, and forgets those that were emptied long ago."""
    await Draft.raw('UPDATE "draft" SET "answers" = {} WHERE "expires_on" < {}', "{}", today)
    await Draft.raw('DELETE FROM "draft" WHERE "expires_on" < {}', today - dt.timedelta(days=DAYS_REMEMBERED))
