"""The lead's page: what families said in a term."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from markupsafe import Markup

from voice.evidence import translated
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.people.roles import Audience
from voice.settings import ROOT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of

if TYPE_CHECKING:
    import pandas as pd

MOST_WORDS = 40
FEWEST_WORDS = 3
"""One or two words make no cloud: they stand in the table alone."""

INK = ("#1f2430", "#0b5551", "#0a4a7a", "#7a5a00")
"""Colours of the cloud. They mean nothing; each has a contrast of 5 or more on paper."""

FONTS = ROOT / "static" / "built" / "fonts"


@get("/lead", opt={"audience": Audience.FINDINGS})
async def show_families_said(request: Request[Any, Any, Any]) -> Response[bytes]:
    # Brought only when a lead comes: a server where people just answer stays small.
    from analysis.disclosure import in_ten
    from analysis.words import word_counts
    from voice.evidence.findings import FLOOR, findings
    from voice.evidence.voices import voices

    parts = parts_of(request)
    parts.reader.wanted_now()
    language = language_of(request)
    try:
        found = await findings(parts.store, request.query_params.get("term"))
    except KeyError as problem:
        raise NotFoundException from problem
    clouds = []
    if found and found.comments is not None:
        said = await voices(parts.store, term=found.term)
        for code in found.languages:
            counts = await asyncio.to_thread(word_counts, said.loc[said["language"] == code, "text"], code, floor=FLOOR)
            if len(counts):
                clouds.append((code, counts.head(MOST_WORDS), await asyncio.to_thread(_cloud, language, code, counts)))
    whole = await parts.store.read(translated.of_whole_quotes)
    return page(
        request,
        "lead/families_said.html",
        language=language,
        found=found,
        translated=whole,
        clouds=clouds,
        floor=FLOOR,
        in_ten=in_ten,
        today=parts.today,
    )


def _cloud(reader: str, code: str, counts: pd.DataFrame) -> Markup:
    if len(counts) < FEWEST_WORDS:
        return Markup()
    speak(reader)
    title = _("The words that people wrote most often. The table below has the same words.")
    shown = tuple(counts.head(MOST_WORDS)[["word", "voices"]].itertuples(index=False, name=None))
    return _drawn(code, shown, title)


@lru_cache(maxsize=64)
def _drawn(code: str, shown: tuple[tuple[str, int], ...], title: str) -> Markup:
    import pandas as pd

    from analysis.word_cloud import word_cloud_svg

    language = LANGUAGES.get(code)
    drawn = word_cloud_svg(
        pd.DataFrame(shown, columns=["word", "voices"]),
        font_path=str(font_for(code)),
        language=code,
        direction=language.direction if language else "ltr",
        colours=INK,
        title=title,
        identity=f"cloud-{code}",
    )
    return Markup(drawn)  # noqa: S704 - drawn by us, with every word escaped


def font_for(code: str) -> Any:
    """The face that has the language's letters; the page sets the same one."""
    return FONTS / f"{_FACES.get(code, 'atkinson-hyperlegible-next-latin')}-400-normal.woff2"


_FACES = {
    "ur": "noto-nastaliq-urdu-arabic",
    "ar": "noto-naskh-arabic-arabic",
    "pa": "noto-sans-gurmukhi-gurmukhi",
    "bn": "noto-sans-bengali-bengali",
    "uk": "noto-sans-cyrillic",
}
