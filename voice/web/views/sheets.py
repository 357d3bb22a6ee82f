"""What the family takes to the meeting: a one-page profile and a "my review" sheet, as PDF and as Word."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from voice import languages
from voice.capture.views import saying, sealed_files
from voice.capture.views.saying import KeptFile
from voice.capture.views.saying import Said as SaidThere
from voice.capture.views.sections import SECTIONS, SORTED
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.paper import writing
from voice.paper.documents import (
    MEDIA_TYPES,
    Block,
    Bullets,
    Document,
    Format,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Said,
)
from voice.storage.files import FileFolder
from voice.web import wordings
from voice.web.guards import RESPONDENT
from voice.web.headers import saved_as
from voice.web.limits import limit
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.views import words as view_words
from voice.web.views.space import family_of, shown

PROFILE, REVIEW = "profile", "review"
IN_A_PROFILE = ("like", "important", "support")
PICTURES = ("drawing", "photo")
FORMATS: dict[str, Format] = {each: each for each in MEDIA_TYPES}
SYMBOLS = {each.code: each.symbol for each in SECTIONS} | {SORTED: "sort"}
IN_A_REVIEW = ("important", "like", "support", SORTED, "working", "not_working", "next", "who")

WIDE_PICTURE = 110
"""Millimetres of a drawing or a photo."""

MOST_PICTURES = 20
MOST_BYTES = 40_000_000
"""Of the pictures together, which are in memory all at once."""


@get("/my-views/{key:str}/sheet/{name:str}", opt=RESPONDENT, middleware=[limit("taking_away")])
async def send_sheet(request: Request[Any, Any, Any], key: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Only what was chosen for the meeting stands on it."""
    parts, opened = parts_of(request), await family_of(request, key)
    which, _dot, ending = name.partition(".")
    if which not in (PROFILE, REVIEW) or (format := FORMATS.get(ending)) is None:
        raise NotFoundException
    languages.speak(language_of(request))
    views = await parts.store.read(lambda: saying.views_for(opened))
    chosen = [view.said for view in views if view.said.to_meeting]
    folder = sealed_files.folder_of(parts.settings)
    async with writing.TURNS.turn():
        pictures = await asyncio.to_thread(_pictures, folder, chosen if which == REVIEW else [])
        try:
            content = await writing.written(sheet_of(which, chosen, pictures), format)
        except RuntimeError:
            return shown(request, "views/too_much.html", status=422, address=f"/my-views/{key}/meeting")
    return Response(
        content,
        media_type=MEDIA_TYPES[format],
        headers=saved_as(f"my-{which}.{ending}"),
    )


def sheet_of(which: str, chosen: list[SaidThere], pictures: dict[KeptFile, bytes]) -> Document:
    """The document, in the language that is being spoken."""
    title = _("My one-page profile") if which == PROFILE else _("My review")
    codes = IN_A_PROFILE if which == PROFILE else IN_A_REVIEW
    blocks: list[Block] = []
    for code in codes:
        said = [each for each in chosen if each.section == code]
        if said:
            symbol = Picture(symbol=SYMBOLS[code], width=14)
            blocks.append(Heading(view_words.section_title(code), picture=symbol))
            for each in said:
                blocks += _blocks(each, pictures)
    if not blocks:
        blocks = [Paragraph(_("You did not choose anything for the meeting yet."))]
    return Document(
        title=title,
        language=languages.current(),
        blocks=tuple(blocks),
        foot=_("I chose what is on this sheet."),
        page_words=_("Page {position} of {count}"),
    )


def _blocks(said: SaidThere, pictures: dict[KeptFile, bytes]) -> list[Block]:
    whose = f"{view_words.whose(said)} · {wordings.month(said.month)}"
    if said.said_by != "own_words":
        whose += f" · {wordings.said_by(said.said_by)}"
    blocks: list[Block] = [
        Paragraph(view_words.picture_in(said.section, code), picture=Picture(symbol=code, width=10))
        for code in said.pictures
    ]
    if said.section == SORTED:
        for where, codes in view_words.sorted_by_place(said):
            blocks.append(Heading(view_words.place(where), level=3))
            blocks.append(Bullets(tuple(view_words.picture_in(SORTED, code) for code in codes)))
    if said.file in pictures and said.file is not None:
        shows = _("A drawing") if said.file.kind == "drawing" else _("A photo")
        blocks.append(Picture(content=pictures[said.file], alternative=said.text or shows, width=WIDE_PICTURE))
    elif said.file is not None and said.file.kind in PICTURES:
        blocks.append(Paragraph(_("There is a picture too. You can see it on my page."), quiet=True))
    elif said.file is not None and said.file.kind == "recording":
        blocks.append(Paragraph(_("There is a recording too. You can play it on my page."), quiet=True))
    if said.text:
        known = said.language if said.language in LANGUAGES else "en"
        blocks.append(Quote(Said(said.text, known), whose=whose))
    else:
        blocks.append(Paragraph(whose, quiet=True))
    return blocks


def _pictures(folder: FileFolder, chosen: list[SaidThere]) -> dict[KeptFile, bytes]:
    """The first drawings and photos, opened, as many as a sheet can have; one whose file is lost is left out."""
    opened: dict[KeptFile, bytes] = {}
    room = MOST_BYTES
    for file in dict.fromkeys(said.file for said in chosen):
        if file is None or file.kind not in PICTURES or len(opened) == MOST_PICTURES:
            continue
        try:
            content = sealed_files.content(folder, file)
        except FileNotFoundError:
            continue
        if len(content) <= room:
            opened[file] = content
            room -= len(content)
    return opened
