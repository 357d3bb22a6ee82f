"""The lead's page: what families said in a term."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from analysis.disclosure import FLOOR, in_ten
from voice.evidence import translated
from voice.evidence.clouds import Cloud, Written, clouds
from voice.findings.of_term import findings
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.people.roles import Audience
from voice.settings import ROOT
from voice.storage import Store
from voice.themes import summaries
from voice.themes.heard import OWN_WORDS, heard, terms_heard
from voice.themes.said_most import texts_by_language
from voice.web import theme_words
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

FONTS = ROOT / "static" / "built" / "fonts"

log = logging.getLogger("voice.web.lead")


@get("/lead/said", opt={"audience": Audience.FINDINGS})
async def show_families_said(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    language = language_of(request)
    try:
        found = await findings(parts.store, request.query_params.get("term"), today=parts.today)
    except KeyError as problem:
        raise NotFoundException from problem
    whole = await parts.store.read(translated.of_whole_quotes)
    return page(
        request,
        "lead/families_said.html",
        language=language,
        found=found,
        theme_words=theme_words,
        translated=whole,
        summarised=await parts.store.read(lambda: summaries.summarised(found.term)) if found else (),
        clouds=await _clouds(request, language, found.term) if found else (),
        floor=FLOOR,
        in_ten=in_ten,
        today=parts.today,
    )


async def _clouds(request: Request[Any, Any, Any], reader: str, term: str) -> tuple[Cloud, ...]:
    parts = parts_of(request)
    speak(reader)
    title = _("The words that people wrote most often. The table below has the same words.")
    try:
        return tuple(
            cloud.titled(title) for cloud in await clouds(await _written(parts.store, term, today=parts.today))
        )
    except RuntimeError:
        # The page has the themes and the measures all the same.
        log.exception("the words could not be counted and drawn")
        return ()


async def _written(store: Store, term: str, *, today: dt.date) -> list[Written]:
    """One text for each person who said something in their own words, a campaign once."""

    async def unit() -> dict[str, tuple[str, ...]]:
        said = await heard(term, today=today)
        return await texts_by_language([(each.voice, each.person) for each in said if each.said_by == OWN_WORDS])

    return [
        Written(code, LANGUAGES[code].direction if code in LANGUAGES else "ltr", font_for(code), FLOOR, texts)
        for code, texts in (await store.read(unit)).items()
    ]


async def draw_ahead(store: Store, *, today: dt.date) -> None:
    """Draws the clouds of the newest term, which are kept. Raises ``RuntimeError`` when they cannot be drawn."""
    if known := await store.read(terms_heard):
        await clouds(await _written(store, known[0], today=today))


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
