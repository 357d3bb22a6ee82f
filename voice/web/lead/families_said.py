"""The lead's page: what families said in a term."""

from __future__ import annotations

import logging
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from analysis.disclosure import in_ten
from surveys.terms import term_order
from voice.evidence import translated
from voice.evidence.clouds import Cloud, Written, clouds
from voice.evidence.findings import FLOOR, findings
from voice.evidence.heard import terms
from voice.evidence.voices import own_words
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.people.roles import Audience
from voice.settings import ROOT
from voice.storage import Store
from voice.themes import summaries
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

FONTS = ROOT / "static" / "built" / "fonts"

log = logging.getLogger("voice.web.lead")


@get("/lead", opt={"audience": Audience.FINDINGS})
async def show_families_said(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    language = language_of(request)
    try:
        found = await findings(parts.store, request.query_params.get("term"))
    except KeyError as problem:
        raise NotFoundException from problem
    whole = await parts.store.read(translated.of_whole_quotes)
    return page(
        request,
        "lead/families_said.html",
        language=language,
        found=found,
        translated=whole,
        summarised=await parts.store.read(lambda: summaries.summarised(found.term)) if found else (),
        clouds=await _clouds(language, found.term) if found else (),
        floor=FLOOR,
        in_ten=in_ten,
        today=parts.today,
    )


async def _clouds(reader: str, term: str) -> tuple[Cloud, ...]:
    speak(reader)
    title = _("The words that people wrote most often. The table below has the same words.")
    try:
        return tuple(cloud.titled(title) for cloud in await clouds(await _written(term)))
    except RuntimeError:
        # The page has the themes and the measures all the same.
        log.exception("the words could not be counted and drawn")
        return ()


async def _written(term: str) -> list[Written]:
    return [
        Written(code, LANGUAGES[code].direction if code in LANGUAGES else "ltr", font_for(code), FLOOR, texts)
        for code, texts in (await own_words(term)).items()
    ]


async def draw_ahead(store: Store) -> None:
    """Draws the clouds of the newest term, which are kept. Raises ``RuntimeError`` when they cannot be drawn."""
    known = {term for term, _survey, _people in await terms(store)}
    if known:
        await clouds(await _written(max(known, key=term_order)))


def font_for(code: str) -> str:
    """The face that has the language's letters; the page sets the same one."""
    return str(FONTS / f"{_FACES.get(code, 'atkinson-hyperlegible-next-latin')}-400-normal.woff2")


_FACES = {
    "ur": "noto-nastaliq-urdu-arabic",
    "ar": "noto-naskh-arabic-arabic",
    "pa": "noto-sans-gurmukhi-gurmukhi",
    "bn": "noto-sans-bengali-bengali",
    "uk": "noto-sans-cyrillic",
}
