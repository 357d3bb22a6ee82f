"""All that somebody may read in a private space, as a file to take along. The server keeps no copy of it, and holds one
view at a time."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Stream

from voice.capture.views import saying, sealed_files
from voice.capture.views.keys import Locked
from voice.capture.views.saying import KeptFile, ViewSeen
from voice.storage.files import FileFolder
from voice.web.guards import RESPONDENT
from voice.web.headers import saved_as
from voice.web.limits import limit
from voice.web.parts import parts_of
from voice.web.views.space import opened_by


class FileTaken(msgspec.Struct, frozen=True):
    kind: str
    media_type: str
    content: str


class ViewTaken(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was said. ``sorted`` are pairs: what, and where it was put. ``seen_by_invited`` says who may read
    it; ``others_learn`` what the partnership may do with it."""

    section: str
    who: str
    whose_words: str
    month: str
    language: str
    called: str = ""
    text: str = ""
    pictures: tuple[str, ...] = ()
    sorted: tuple[tuple[str, str], ...] = ()
    file: FileTaken | None = None
    seen_by_invited: bool = False
    to_meeting: bool = False
    others_learn: str = ""


@get("/my-views/{key:str}/copy.json", opt=RESPONDENT, middleware=[limit("taking_away")])
async def download_space(request: Request[Any, Any, Any], key: FromPath[str]) -> Stream:
    parts, opened = parts_of(request), await opened_by(request, key)
    seen = await parts.store.read(lambda: saying.views_for(opened))
    return Stream(
        _written(seen, sealed_files.folder_of(parts.settings)),
        media_type="application/json",
        headers=saved_as("my-views.json"),
    )


async def _written(seen: Sequence[ViewSeen], folder: FileFolder) -> AsyncIterator[bytes]:
    yield b'{\n  "views": ['
    for place, view in enumerate(seen):
        yield b",\n" if place else b"\n"
        yield await asyncio.to_thread(_one, view, folder)
    yield b"\n  ]\n}\n"


def _one(view: ViewSeen, folder: FileFolder) -> bytes:
    written = msgspec.json.format(msgspec.json.encode(_taken(view, folder)), indent=2)
    return b"    " + written.replace(b"\n", b"\n    ")  # ends of lines in what was said are written in another way


def _taken(view: ViewSeen, folder: FileFolder) -> ViewTaken:
    said = view.said
    return ViewTaken(
        section=said.section,
        who=said.role,
        called=said.called,
        whose_words=said.said_by,
        month=said.month,
        language=said.language,
        text=said.text,
        pictures=said.pictures,
        sorted=said.sorted,
        file=_file(said.file, folder) if said.file else None,
        seen_by_invited=view.is_shared,
        to_meeting=said.to_meeting,
        others_learn=said.learn,
    )


def _file(file: KeptFile, folder: FileFolder) -> FileTaken | None:
    """``None`` for a file that is lost: it takes nothing else with it."""
    try:
        content = sealed_files.content(folder, file)
    except (FileNotFoundError, Locked):
        return None
    return FileTaken(file.kind, file.media_type, base64.b64encode(content).decode())
