"""What somebody said, for themselves: whoever holds the link under which it was sent may read it and take it along.

Not where a device is handed on: there, whoever has it next holds the link too.
"""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys import stored_files, submissions
from surveys.tables import Answer
from voice.languages import speak
from voice.privacy import copies
from voice.privacy.copies import Copy, SentCopy
from voice.storage.files import FileFolder
from voice.web.govern.requests import as_json
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.respond.places import Place, place_of
from voice.web.respond.start import offered_language
from voice.web.stored_files import send_file

OWN_DEVICES = frozenset({"own_device"})


@get("/s/{link:str}/{key:str}/copy", opt=RESPONDENT)
async def show_own_copy(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    place = await place_of(request, link, key)
    sent = await _own(request, place)
    return page(
        request,
        "respond/own_copy.html",
        language=offered_language(request, place.round),
        sent=sent,
        address=place.address,
    )


@get("/s/{link:str}/{key:str}/copy.json", opt=RESPONDENT)
async def download_own_copy(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]
) -> Response[bytes]:
    place = await place_of(request, link, key)
    sent = await copies.with_files((await _own(request, place),), FileFolder(place.parts.settings.data))
    return as_json(Copy(made_on=place.parts.today, sent=sent), f"my-answers-{sent[0].reference}")


@get("/s/{link:str}/{key:str}/copy/{concept:str}", opt=RESPONDENT)
async def show_own_file(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    place = await place_of(request, link, key)
    sent = await _own(request, place)
    answer = next((each for each in sent.answers if each.concept == concept and each.file), None)
    if answer is None:
        raise NotFoundException
    found = await place.parts.store.read(lambda: _file(place.id, concept))
    if found is None:
        raise NotFoundException
    return send_file(request, FileFolder(place.parts.settings.data), found)


async def _file(submission: uuid.UUID, concept: str) -> stored_files.KnownFile | None:
    row = await Answer.select(Answer.file).where(Answer.submission == submission, Answer.concept == concept).first()
    return await stored_files.find(row["file"]) if row and row["file"] else None


async def _own(request: Request[Any, Any, Any], place: Place) -> SentCopy:
    """What was sent under this link. What is a draft yet, or came from a device of several people, is not there."""
    language = offered_language(request, place.round)
    speak(language)

    async def found() -> tuple[SentCopy, ...]:
        return await copies.copy_of_sent([place.id], language) if await submissions.is_sent(place.id) else ()

    sent = await place.parts.store.read(found)
    if not sent or sent[0].how not in OWN_DEVICES:
        raise NotFoundException
    return sent[0]
