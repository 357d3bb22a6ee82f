"""Who we did not hear: people heard by group against how many there are, and a way to reach each."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from analysis.disclosure import FLOOR
from surveys.terms import term_of
from voice.parts import Parts
from voice.people.roles import Audience, may_use
from voice.unheard import weighting
from voice.unheard.gaps import anchor, gaps
from voice.unheard.heard import terms_with_people
from voice.unheard.weighting import MAY_WEIGH, Weighed
from voice.web import population_words, voice_words
from voice.web.lead import unheard_words
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

GROUPS_SHOWN = 20
"""Groups of one dimension that stand on the page at once; the rest are one tap away."""


@get("/lead/unheard", opt={"audience": Audience.FINDINGS})
async def show_unheard(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts, asked = parts_of(request), request.query_params
    terms = await parts.store.read(terms_with_people)
    term = asked.get("term") or (terms[0] if terms else term_of(parts.today))
    if terms and term not in terms:
        raise NotFoundException
    found = await parts.store.read(lambda: gaps(term))
    person = person_here(request)
    return page(
        request,
        "lead/unheard.html",
        language=language_of(request),
        terms=terms if len(terms) > 1 else [],
        found=found,
        weighed=await _weighed(parts, term, asked.get("weighted", "")),
        may_weigh=MAY_WEIGH,
        may_send_in=may_use(person.role, Audience.EVIDENCE),
        ways=lambda dimension, category: unheard_words.ways(dimension, category, person.role),
        groups_shown=GROUPS_SHOWN,
        anchor=anchor,
        floor=FLOOR,
        today=parts.today,
        told=unheard_words,
        of_figures=population_words,
        source=voice_words.source,
    )


async def _weighed(parts: Parts, term: str, asked: str) -> Weighed | None:
    """Raises ``NotFoundException`` for what answers cannot be weighted by."""
    if not asked:
        return None
    try:
        return await parts.store.read(lambda: weighting.weigh(term, tuple(asked.split(","))))
    except ValueError:
        raise NotFoundException from None
