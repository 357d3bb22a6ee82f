"""A meeting that happened on paper becomes a session that has ended, with its notes as cards, ready for its report.

What a note says, and when, makes its id: the same notes again are recognised and stored once. Every function that is
async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from surveys.stored_files import KnownFile
from voice.capture.sessions import approving, planning
from voice.capture.sessions.activities import COLUMNS, Activity
from voice.capture.sessions.planning import Plan, Running, SessionKind
from voice.capture.sessions.reading_notes import NotedLine, Notes
from voice.capture.sessions.record import BOARD_PHOTO
from voice.capture.sessions.tables import Session, SessionCard

NOTES = uuid.UUID("6f1c7f1e-9c2b-5d0e-8a44-3b1f0f5a7c21")
"""The namespace of ids that follow from what notes say."""

BOARD = "board"
IN_A_QUERY = 60
"""Cards of one statement: SQLite takes 999 values."""


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """``said_by`` is whose words the notes are. ``asked`` is what the board is called; ``photo_of`` what is called a
    photograph of it."""

    title: str
    day: dt.date
    respondent_kind: str
    said_by: str
    language: str
    asked: str
    photo_of: str
    forum: str = ""
    setting: str = ""
    heard_by: str = ""


class BoardPhoto(msgspec.Struct, frozen=True):
    """``digest`` is of its bytes as they are kept, so that the same photograph again is recognised."""

    file: KnownFile
    digest: str


class Taken(msgspec.Struct, frozen=True):
    """``session`` is ``None`` when somebody else brought in all of the notes. A photo that is not kept has no card."""

    session: uuid.UUID | None
    photo_kept: bool = False


class Recognised(msgspec.Struct, frozen=True):
    """Which notes are new. ``session`` has those that are here already, and ``may_add`` says whether this member of
    staff may open it."""

    new: tuple[tuple[uuid.UUID, NotedLine], ...]
    known: int
    session: uuid.UUID | None = None
    may_add: bool = False


def ids_of(lines: Sequence[NotedLine], meeting: Meeting) -> list[uuid.UUID]:
    """The ids of notes. What a table gives a number is the same on every day; another note only of the same meeting's
    day and people, where two people may say the same."""
    seen: Counter[tuple[str, str, str]] = Counter()
    ids = []
    for line in lines:
        said = (line.id, line.column, line.text)
        seen[said] += 1
        where = ("table",) if line.id else ("lines", meeting.day.isoformat(), meeting.respondent_kind)
        ids.append(uuid.uuid5(NOTES, json.dumps([*where, *said, seen[said]])))
    return ids


def session_of(notes: Notes) -> uuid.UUID:
    """The id of the session that these notes make, whatever day is written above them."""
    return uuid.uuid5(NOTES, json.dumps([[line.id, line.column, line.text] for line in notes.lines]))


async def recognise(notes: Notes, meeting: Meeting, *, by: uuid.UUID, sees: Collection[uuid.UUID]) -> Recognised:
    """``sees`` are the sessions of others that ``by`` may open."""
    ids = ids_of(notes.lines, meeting)
    found: dict[uuid.UUID, uuid.UUID] = {}
    for start in range(0, len(ids), 500):
        rows = await SessionCard.select(SessionCard.id, SessionCard.session).where(
            SessionCard.id.is_in(ids[start : start + 500])
        )
        found |= {row["id"]: row["session"] for row in rows}
    here = Counter(found.values()).most_common(1)[0][0] if found else None
    same = session_of(notes)
    if here is None and await Session.exists().where(Session.id == same):
        here, found = same, dict.fromkeys(ids, same)
    new = tuple((id, line) for id, line in zip(ids, notes.lines, strict=True) if id not in found)
    may_add = here is not None and await _may_open(here, by=by, sees=sees)
    return Recognised(new, len(ids) - len(new), here if may_add else None, may_add)


async def _may_open(session: uuid.UUID, *, by: uuid.UUID, sees: Collection[uuid.UUID]) -> bool:
    return session in sees or await Session.exists().where(Session.id == session, Session.planned_by == by)


async def take_in(
    notes: Notes,
    meeting: Meeting,
    *,
    photo: BoardPhoto | None,
    by: uuid.UUID,
    sees: Collection[uuid.UUID],
    secret: bytes,
) -> Taken:
    """Stores the notes that are new, in a session of their own or in the one that has the others."""
    known = await recognise(notes, meeting, by=by, sees=sees)
    session = known.session
    if session is None and not known.new:
        return Taken(None)
    if session is None:
        session = await _begin(notes, meeting, by=by, secret=secret)
    elif known.new:
        await _widen(session, [line for _, line in known.new], meeting)
    at = await SessionCard.count().where(SessionCard.session == session)
    cards = [
        _card(id, session, BOARD, meeting, at + place, column=line.column, text=line.text)
        for place, (id, line) in enumerate(known.new)
    ]
    photo_id = uuid.uuid5(NOTES, f"photo {session} {photo.digest}") if photo else None
    photo_kept = photo_id is not None and not await SessionCard.exists().where(SessionCard.id == photo_id)
    if photo is not None and photo_id is not None and photo_kept:
        await _add_photo(session, meeting)
        cards.append(_card(photo_id, session, BOARD_PHOTO, meeting, at + len(cards), photo=photo.file))
    for start in range(0, len(cards), IN_A_QUERY):
        await SessionCard.insert(*cards[start : start + IN_A_QUERY])
    if known.session is not None and cards:
        # Whoever agreed to the report has not seen these: they are asked again.
        _, corrected = await approving.load_report(session)
        await approving.keep_corrections(session, corrected)
    return Taken(session, photo_kept)


async def _begin(notes: Notes, meeting: Meeting, *, by: uuid.UUID, secret: bytes) -> uuid.UUID:
    kind: SessionKind = "headteachers" if meeting.respondent_kind == "school" else "other"
    plan = Plan(
        title=meeting.title,
        kind=kind,
        held_on=meeting.day,
        respondent_kind=meeting.respondent_kind,
        language=meeting.language,
        forum=meeting.forum,
        setting=meeting.setting,
        heard_by=meeting.heard_by,
    )
    board = Activity(id=BOARD, kind="board", title=meeting.asked, columns=_in_order(notes.columns))
    id = session_of(notes)
    if await Session.exists().where(Session.id == id):
        id = uuid.uuid4()
    await planning.create(plan, (board,), by=by, secret=secret, id=id)
    await planning.keep_running(await planning.load(id), Running(shown=(BOARD,), screen="activity"), "ended")
    return id


def _in_order(columns: Sequence[str]) -> tuple[str, ...]:
    return (*(each for each in COLUMNS if each in columns), *(each for each in columns if each not in COLUMNS))


async def _widen(session: uuid.UUID, lines: Sequence[NotedLine], meeting: Meeting) -> None:
    """Gives the board the columns that only the new notes have."""
    found = await planning.load(session)
    if found.activity(BOARD) is None:
        await planning.change_agenda(session, (*found.agenda, Activity(id=BOARD, kind="board", title=meeting.asked)))
        found = await planning.load(session)
    agenda = tuple(
        msgspec.structs.replace(
            each,
            columns=_in_order(tuple(dict.fromkeys((*each.columns, *(line.column for line in lines if line.column))))),
        )
        if each.id == BOARD
        else each
        for each in found.agenda
    )
    await planning.change_agenda(session, agenda)


async def _add_photo(session: uuid.UUID, meeting: Meeting) -> None:
    """Only the board is on the photograph, as whoever attached it said."""
    found = await planning.load(session)
    if found.activity(BOARD_PHOTO) is None:
        photo = Activity(id=BOARD_PHOTO, kind="draw_or_record", title=meeting.photo_of)
        await planning.change_agenda(session, (*found.agenda, photo))


def _card(
    id: uuid.UUID,
    session: uuid.UUID,
    activity: str,
    meeting: Meeting,
    place: int,
    *,
    column: str = "",
    text: str | None = None,
    photo: KnownFile | None = None,
) -> SessionCard:
    return SessionCard(
        id=id,
        session=session,
        activity=activity,
        column=column,
        text=text,
        picture="",
        file=photo.id if photo else None,
        language=meeting.language,
        said_by=meeting.said_by,
        tablet=None,
        cluster="",
        place=place,
        revealed=True,
        taken_back=False,
        form="photo" if photo else "text",
        media_type=photo.media_type if photo else "",
    )
