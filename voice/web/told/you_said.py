""" "You said, we did" for everybody: all of it, one item, a page that other sites show in a frame, and a feed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.terms import term_of
from voice.languages import LANGUAGES, SOURCE
from voice.published import reading
from voice.published.item import SAID_BY, Item
from voice.published.publishing import as_it_is_now
from voice.web.guards import PUBLIC
from voice.web.headers import shown_by_other_sites
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import UnknownLanguage, language_of
from voice.web.told import told_words
from voice.web.told.feed import atom

NEWEST = 12
"""Items on the page for other sites, and in the feed."""

A_WHILE = "public, max-age=300"
"""What other programs may keep: what was taken back is gone within five minutes."""


class Group(msgspec.Struct, frozen=True):
    """What was published in one term."""

    term: str
    items: tuple[Item, ...]


@get("/you-said", opt=PUBLIC)
async def show_you_said(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    known = await parts.store.read(reading.published)
    term, who = request.query_params.get("term", ""), request.query_params.get("who", "")
    terms, voices = reading.terms_of(known), [each for each in SAID_BY if each in {item.said_by for item in known}]
    if (term and term not in terms) or (who and who not in voices):
        raise NotFoundException
    shown = [each for each in known if term in ("", each.term) and who in ("", each.said_by)]
    language = language_of(request)
    return page(
        request,
        "told/you_said.html",
        language=language,
        groups=grouped(shown),
        is_empty=not known,
        terms=terms,
        voices=voices,
        term=term,
        who=who,
        query_of=_query_of,
        told=told_words,
        canonical=f"{parts.settings.base_url}/you-said",
        feed=f"/you-said/feed.xml?lang={language}",
    )


def grouped(items: Sequence[Item]) -> list[Group]:
    """By the term in which they were published, as they come: the newest first."""
    found: dict[str, list[Item]] = {}
    for each in items:
        if each.published_on is not None:
            found.setdefault(term_of(each.published_on), []).append(each)
    return [Group(term, tuple(some)) for term, some in found.items()]


def _query_of(term: str, who: str) -> str:
    chosen: Mapping[str, str] = {key: value for key, value in (("term", term), ("who", who)) if value}
    return f"?{urlencode(chosen)}" if chosen else ""


@get("/you-said/{id:uuid}", opt=PUBLIC)
async def show_item(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """An address of an older version leads to the newest; one that was taken back says so."""
    parts = parts_of(request)
    item = await parts.store.read(lambda: as_it_is_now(id))
    if item is None:
        raise NotFoundException
    if item.id != id:
        return Redirect(f"/you-said/{item.id}", status_code=303)
    return page(
        request,
        "told/one.html",
        language=language_of(request),
        status=410 if item.state == "withdrawn" else 200,
        item=item,
        told=told_words,
        canonical=f"{parts.settings.base_url}/you-said/{item.id}",
    )


@get("/you-said/embed", opt=PUBLIC)
async def show_embed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A page for a frame on a Local Offer site. It is the same for everybody who asks for the same language."""
    parts = parts_of(request)
    answer = page(
        request,
        "told/embed.html",
        language=_asked_language(request),
        items=(await parts.store.read(reading.published))[:NEWEST],
        told=told_words,
        base_url=parts.settings.base_url,
    )
    answer.headers.update(shown_by_other_sites())
    answer.headers["Cache-Control"] = A_WHILE
    return answer


@get("/you-said/feed.xml", opt=PUBLIC)
async def show_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    made = atom(
        (await parts.store.read(reading.published))[:NEWEST],
        language=_asked_language(request),
        base_url=parts.settings.base_url,
        partnership=parts.partnership.name,
        today=parts.today,
    )
    return Response(made, media_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": A_WHILE})


def _asked_language(request: Request[Any, Any, Any]) -> str:
    """The language in the address, else English: what a program is sent must not depend on who asks."""
    asked = str(request.query_params.get("lang", SOURCE))
    if asked not in LANGUAGES:
        raise UnknownLanguage(asked)
    return asked
