"""The words and phrases of a theme in a term, of all or of one kind of people; and what changed since last term."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys.terms import first_day
from voice.evidence.clouds import Cloud, Written, clouds
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.people.roles import Audience
from voice.themes.building import Break, breaks_of
from voice.themes.heard import OWN_WORDS, Heard, heard, term_before, terms_heard
from voice.themes.naming import theme_names
from voice.themes.numbers import Before, compared, share_of
from voice.themes.said_most import Said, Spoken, said_most, texts_by_language
from voice.web import summary_words
from voice.web.lead.families_said import font_for
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

EVIDENCE = {"audience": Audience.EVIDENCE}
FEW = 3
"""Staff may read the words; a word that fewer people say tells little about all."""

PATIENCE: float | None = 8.0
"""Seconds. It takes one or two, but for a busy machine: then the page says that it is still counting."""

log = logging.getLogger("voice.web.work")


class Changed(msgspec.Struct, frozen=True):
    """A theme with the people who speak about it now, of how many, and what changed."""

    theme_id: str
    theme: str
    people: int
    of: int
    before: Before
    breaks: tuple[Break, ...]


@get("/work/themes/summaries/{term:str}/{theme:str}/words", opt=EVIDENCE)
async def show_sayings(request: Request[Any, Any, Any], term: FromPath[str], theme: FromPath[str]) -> Response[bytes]:
    return await _sayings_page(request, term, theme)


@get("/work/themes/words", opt=EVIDENCE)
async def show_words(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Of any term, theme and kind of people; no theme stands for all."""
    known = await parts_of(request).store.read(terms_heard)
    term = request.query_params.get("term", known[0] if known else "")
    return await _sayings_page(request, term, request.query_params.get("theme", ""))


async def _sayings_page(request: Request[Any, Any, Any], term: str, theme: str) -> Response[bytes]:
    """Beside the phrases stands how many other people say them: about other themes, or of other kinds."""
    parts = parts_of(request)
    names = await parts.store.read(theme_names)
    known = await parts.store.read(terms_heard)
    voices = await parts.store.read(lambda: heard(term, today=parts.today))
    about = [each for each in voices if not theme or theme in each.standing.themes]
    if (known and term not in known) or (theme and not about and theme not in names.in_use):
        raise NotFoundException
    kinds = sorted({each.respondent_kind for each in voices})
    kind = request.query_params.get("kind", "")
    if kind and kind not in kinds:
        raise NotFoundException
    chosen = [each for each in about if kind in ("", each.respondent_kind)]
    if theme:
        others = [each for each in voices if theme not in each.standing.themes and kind in ("", each.respondent_kind)]
    else:
        others = [each for each in about if kind not in ("", each.respondent_kind)]

    async def unit() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        return await texts_by_language(_people(chosen)), await texts_by_language(_people(others))

    here, beside = await parts.store.read(unit)
    language = language_of(request)
    said = await _phrases(here, beside)
    return page(
        request,
        "work/themes/words.html",
        language=language,
        term=term,
        terms=known,
        theme_id=theme,
        theme=names.named(theme) if theme else "",
        names=names,
        kinds=kinds,
        kind=kind,
        people=len({each.person for each in chosen}),
        said=said or (),
        is_counted=said is not None,
        clouds=await _clouds(here, language) if said is not None else (),
        few=FEW,
    )


def _people(voices: list[Heard]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    return [(each.voice, each.person) for each in voices]


async def _phrases(here: dict[str, tuple[str, ...]], beside: dict[str, tuple[str, ...]]) -> tuple[Said, ...] | None:
    """``None`` while they are still being counted."""
    spoken = [Spoken(code, FEW, texts, beside.get(code, ())) for code, texts in here.items()]
    try:
        return await said_most(spoken, patience=PATIENCE)
    except RuntimeError:
        log.exception("phrases could not be counted")
        return ()


async def _clouds(here: dict[str, tuple[str, ...]], reader: str) -> tuple[Cloud, ...]:
    written = [
        Written(code, LANGUAGES[code].direction if code in LANGUAGES else "ltr", font_for(code), FEW, texts)
        for code, texts in here.items()
    ]
    speak(reader)
    title = _("The words that people wrote most often. The table below has the same words.")
    try:
        return tuple(cloud.titled(title) for cloud in await clouds(written))
    except RuntimeError:
        log.exception("the words could not be counted and drawn")
        return ()


@get("/work/themes/changes/{term:str}", opt=EVIDENCE)
async def show_changes(request: Request[Any, Any, Any], term: FromPath[str]) -> Response[bytes]:
    parts = parts_of(request)
    known = await parts.store.read(terms_heard)
    if term not in known:
        raise NotFoundException
    before = term_before(term, known)
    lines: list[Changed] = []
    new: tuple[Said, ...] | None = ()
    gone: tuple[Said, ...] | None = ()
    if before:
        voices = await parts.store.read(lambda: heard(term, today=parts.today))
        earlier = await parts.store.read(lambda: heard(before, today=parts.today))
        lines = await parts.store.read(lambda: _changed(voices, earlier, before))

        async def unit() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
            return (
                await texts_by_language(_people([each for each in voices if each.said_by == OWN_WORDS])),
                await texts_by_language(_people([each for each in earlier if each.said_by == OWN_WORDS])),
            )

        now, then = await parts.store.read(unit)
        new, gone = await asyncio.gather(_phrases(now, then), _phrases(then, now))
    return page(
        request,
        "work/themes/changes.html",
        language=language_of(request),
        term=term,
        terms=known,
        before=before,
        lines=lines,
        new=new or (),
        gone=gone or (),
        is_counted=new is not None and gone is not None,
        summary_words=summary_words,
        few=FEW,
    )


async def _changed(voices: tuple[Heard, ...], earlier: tuple[Heard, ...], term: str) -> list[Changed]:
    """Themes that rose first, then those that fell, then those of which nothing can be told."""
    names = await theme_names()
    found = []
    for id in dict.fromkeys([*names.in_use, *(id for each in voices for id in each.standing.themes)]):
        breaks = await breaks_of(id, since=first_day(term))
        people, of = share_of(voices, id)
        change = compared(voices, earlier, id, term, broken=bool(breaks))
        found.append(Changed(id, names.named(id), people, of, change, breaks))
    order = ("up", "down", "broken", "cannot_tell", "too_few")
    return sorted(found, key=lambda each: (order.index(each.before.way), -each.people))
