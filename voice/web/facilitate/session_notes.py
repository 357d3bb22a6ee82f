"""Notes of a meeting on paper: pasted or as a file, looked at, and taken in as a session that has ended."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answers import AnswerProblem
from voice.capture.arriving import take_in
from voice.capture.sessions import paper_notes
from voice.capture.sessions.activities import LONGEST_TITLE
from voice.capture.sessions.opening_notes import open_notes
from voice.capture.sessions.paper_notes import BoardPhoto, Meeting, Taken
from voice.capture.sessions.planning import RESPONDENT_KINDS
from voice.capture.sessions.reading_notes import LONGEST_LINE, Notes, NotesProblem, read_text
from voice.capture.sessions.room_files import ROOMS
from voice.capture.sessions.tablets import SAID_BY
from voice.capture.waiting_files import NoSuchFile, WaitingFiles
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.parts import Parts
from voice.people.permissions import Kind, belongs
from voice.storage.files import FileFolder
from voice.web import report_words, room_words, wordings
from voice.web.arriving_files import pieces_of
from voice.web.facilitate.sessions import FACILITATING, sessions_seen
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

LARGEST_UPLOAD = 40_000_000
"""Bytes that are read off the wire, so that a file that is too large is answered with a page that says so."""

EARLIEST = dt.date(2000, 1, 1)


class WaitingNotes(msgspec.Struct, frozen=True):
    """``form`` is what was typed, for whoever goes back. ``member`` is who sent the notes in."""

    member: str
    meeting: Meeting
    notes: Notes
    form: dict[str, str]


@get("/work/sessions/notes", opt=FACILITATING)
async def show_notes(request: Request[Any, Any, Any]) -> Response[bytes]:
    typed: Mapping[str, str] = {}
    if token := request.query_params.get("again", ""):
        try:
            typed = (await _waiting(request, token)).form
        except NoSuchFile:
            typed = {}
    return _notes_page(request, typed)


def _notes_page(
    request: Request[Any, Any, Any], typed: Mapping[str, str], problem: tuple[str, str] | None = None
) -> Response[bytes]:
    """``problem`` is the field that it is about, and what to do."""
    language = language_of(request)
    speak(language)
    return page(
        request,
        "facilitate/session_notes.html",
        language=language,
        status=422 if problem else 200,
        typed={
            "respondent_kind": "school",
            "language": language,
            "said_by": "own_words",
            "asked": _("What should change?"),
            **typed,
        },
        kinds=RESPONDENT_KINDS,
        said_by=SAID_BY,
        problem=problem,
    )


@post("/work/sessions/notes", opt=FACILITATING, request_max_body_size=LARGEST_UPLOAD)
async def read_notes(request: Request[Any, Any, Any]) -> Response[Any]:
    typed = await fields(request)
    sent = (await request.form()).get("file")
    speak(language_of(request))
    meeting, problem = _meeting(typed, today=parts_of(request).today)
    if meeting is None:
        return _notes_page(request, typed, problem)
    try:
        if isinstance(sent, UploadFile) and sent.filename:
            name = PurePath(sent.filename.replace("\\", "/")).name
            notes = await open_notes(await sent.read(), name)
        else:
            notes = await asyncio.to_thread(read_text, typed.get("lines", ""))
    except NotesProblem as wrong:
        field = "file" if isinstance(sent, UploadFile) and sent.filename else "lines"
        return _notes_page(request, typed, (field, report_words.notes_problem(wrong)))
    kept = {name: words for name, words in typed.items() if not name.startswith("_")}
    waiting = WaitingNotes(str(person_here(request).id), meeting, notes, kept)
    token = await asyncio.to_thread(_files(request).keep, waiting)
    return Redirect(f"/work/sessions/notes/{token}", status_code=303)


def _meeting(typed: Mapping[str, str], *, today: dt.date) -> tuple[Meeting | None, tuple[str, str]]:
    """What is written of the meeting, or the field to look at and what to do about it."""
    line = {name: " ".join(words.replace("\x00", "").split()) for name, words in typed.items()}
    title, forum, asked = line.get("title", ""), line.get("forum", ""), line.get("asked", "")
    try:
        day = dt.date.fromisoformat(line.get("day", ""))
    except ValueError:
        day = EARLIEST
    if not title or len(title) > LONGEST_TITLE:
        return None, ("title", _("Write the name of the meeting. It can have up to 200 letters."))
    if not EARLIEST < day <= today:
        return None, ("day", _("Choose the day of the meeting. It cannot be after today."))
    if len(asked) > LONGEST_TITLE:
        return None, ("asked", room_words.too_long(LONGEST_TITLE, len(asked)))
    if len(forum) > 120:
        return None, ("forum", room_words.too_long(120, len(forum)))
    kind, said_by, language = line.get("respondent_kind"), line.get("said_by"), line.get("language")
    return Meeting(
        title=title,
        day=day,
        respondent_kind=kind if kind in RESPONDENT_KINDS else "other",
        said_by=said_by if said_by in SAID_BY else "own_words",
        language=language if language in LANGUAGES else "en",
        asked=asked or title,
        photo_of=_("A photo of the board"),
        forum=forum,
    ), ("", "")


def _files(request: Request[Any, Any, Any]) -> WaitingFiles:
    return WaitingFiles(parts_of(request).settings.data)


async def _waiting(request: Request[Any, Any, Any], token: str) -> WaitingNotes:
    """Raises ``NoSuchFile``."""
    member = str(person_here(request).id)
    return await asyncio.to_thread(_files(request).find_as, WaitingNotes, token, member)


@get("/work/sessions/notes/{token:str}", opt=FACILITATING)
async def show_notes_read(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    return await _preview_page(request, token, await _waiting(request, token))


async def _preview_page(
    request: Request[Any, Any, Any], token: str, waiting: WaitingNotes, *, problem: tuple[str, str] | None = None
) -> Response[bytes]:
    person, sees = person_here(request), await sessions_seen(request)
    known = await parts_of(request).store.read(
        lambda: paper_notes.recognise(waiting.notes, waiting.meeting, by=person.id, sees=sees)
    )
    new = [line for _id, line in known.new]
    return page(
        request,
        "facilitate/session_notes_read.html",
        language=language_of(request),
        status=422 if problem else 200,
        token=token,
        meeting=waiting.meeting,
        notes=waiting.notes,
        known=known,
        columns=[
            (column, [line for line in new if line.column == column])
            for column in dict.fromkeys(line.column for line in new)
        ],
        longest=LONGEST_LINE,
        report_words=report_words,
        problem=problem,
    )


@post("/work/sessions/notes/{token:str}", opt=FACILITATING, request_max_body_size=LARGEST_UPLOAD)
async def take_in_notes(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, person, sees = parts_of(request), person_here(request), await sessions_seen(request)
    waiting = await _waiting(request, token)
    form = await fields(request)
    speak(language_of(request))
    chosen = (await request.form()).get("photo")
    photo: BoardPhoto | None = None
    if isinstance(chosen, UploadFile) and chosen.filename:
        if form.get("only_board") != "yes":
            told = _("Say that the photo shows only the board. Or take the photo out.")
            return await _preview_page(request, token, waiting, problem=("only_board", told))
        try:
            photo = await _photo(parts, chosen)
        except AnswerProblem as wrong:
            told = wordings.answer_problem(wrong)
            return await _preview_page(request, token, waiting, problem=("photo", told))
    try:

        async def unit() -> Taken:
            taken = await paper_notes.take_in(
                waiting.notes, waiting.meeting, photo=photo, by=person.id, sees=sees, secret=parts.secret
            )
            if taken.session is not None:
                await belongs(Kind.SESSION, taken.session, person.organisation)
            return taken

        taken = await parts.store.write(unit)
    except BaseException:
        await _forget(parts, photo)
        raise
    if not taken.photo_kept:
        await _forget(parts, photo)
    if taken.session is None:
        return await _preview_page(request, token, waiting)
    await asyncio.to_thread(_files(request).forget, token)
    return Redirect(f"/work/sessions/{taken.session}/report", status_code=303)


async def _photo(parts: Parts, chosen: UploadFile) -> BoardPhoto:
    """Raises ``AnswerProblem``."""
    folder = FileFolder(parts.settings.data, ROOMS)
    file = await take_in(pieces_of(chosen), "photo", folder)
    content = await asyncio.to_thread(folder.path(file.id).read_bytes)
    return BoardPhoto(file, hashlib.sha256(content).hexdigest())


async def _forget(parts: Parts, photo: BoardPhoto | None) -> None:
    if photo is not None:
        await asyncio.to_thread(FileFolder(parts.settings.data, ROOMS).remove, photo.file.id)
