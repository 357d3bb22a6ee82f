"""What do people say already? The same as staff see, in plain words for everybody: counts of many, and no words."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get

from analysis.disclosure import FLOOR
from voice.evidence.already import already_known
from voice.evidence.may_read import nobody_reads
from voice.evidence.search_words import LONGEST_SEARCH
from voice.evidence.searching import Kind, Search
from voice.web import voice_words
from voice.web.guards import PUBLIC
from voice.web.limits import limit
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

MOST_LINES = 4


class Said(msgspec.Struct, frozen=True):
    """``people`` are rounded down to tens: two searches that differ by one person look the same. ``None`` when they
    are fewer than ``FLOOR``. ``who`` and ``ages`` are those with the most voices."""

    people: int | None
    newest_term: str
    who: tuple[Kind, ...]
    ages: tuple[Kind, ...]


@get("/already-said", opt=PUBLIC, middleware=[limit("already_said")])
async def show_already_said(request: Request[Any, Any, Any]) -> Response[bytes]:
    words = request.query_params.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    return page(
        request,
        "already_said.html",
        language=language_of(request),
        asked=words,
        said=await _said(request, words) if words else None,
        told=voice_words,
        floor=FLOOR,
    )


async def _said(request: Request[Any, Any, Any], words: str) -> Said:
    parts = parts_of(request)
    known = await already_known(parts.store, parts.bank, Search(words=words), nobody_reads(), today=parts.today)
    if not known.people:
        # Nobody, and a few, look the same to everybody.
        return Said(None, "", (), ())
    who, ages = (
        tuple(kind for kind in known.kinds[name] if kind.n is not None)[:MOST_LINES]
        for name in ("respondent_kind", "age_band")
    )
    return Said(known.people // FLOOR * FLOOR, known.newest_term, who, ages)
