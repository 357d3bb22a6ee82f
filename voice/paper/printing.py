"""Sets a form on A4 pages, as a PDF with its fonts in it. ``templates/paper/form.typ`` is how it looks.

What is said goes to the typesetter as data and never as its markup, so no word of a survey can be taken for a command.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import msgspec
import segno
import typst

from voice.languages import Language
from voice.paper import marked_up
from voice.settings import ROOT

BUILT = ROOT / "static" / "built"
LATIN = ("atkinson-hyperlegible-next-latin", "atkinson-hyperlegible-next-latin-ext")
FACES = {
    "ur": ("noto-nastaliq-urdu-arabic",),
    "ar": ("noto-naskh-arabic-arabic",),
    "pa": ("noto-sans-gurmukhi-gurmukhi",),
    "bn": ("noto-sans-bengali-bengali",),
    "uk": ("noto-sans-cyrillic",),
}
"""The families of languages whose letters are not Latin, as ``static/build.py`` names them."""

MOST_PAGES = 240
"""The longest form there can be. Square codes are drawn for as many pages as there are: see ``pdf``."""
TOO_FEW_CODES = "more pages than square codes"
QUIET_ZONE = 2
"""White modules around a square code; four are asked for, and the margin of the page gives the others."""


class PaperForm(msgspec.Struct, frozen=True):
    """``html`` is the form; ``page_words`` such as "Page {position} of {count}"; ``foot`` stands on each page.

    ``code`` is what the square code of a page says, with ``{page}`` for its number. It names the version, the
    language and the page, and no single copy: no form can be told from another. ``pictures`` are those that the survey
    brings itself, by id: see ``own_pictures.py``. ``draft`` is the word that marks each page of a form that
    is not to be filled in; such pages have no square code, which would lead nowhere.
    """

    title: str
    language: Language
    html: str
    page_words: str
    foot: tuple[str, ...]
    code: str
    numbers: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...] = ()
    draft: str = ""


def pdf(form: PaperForm) -> bytes:
    """The form as a PDF. The same form gives the same bytes.

    Only setting it tells how many pages it has. Square codes take longest, so at first there are a few.
    """
    for pages in (12, 48):
        try:
            return _set(form, pages)
        except typst.TypstError as problem:
            if TOO_FEW_CODES not in str(problem):
                raise
    return _set(form, MOST_PAGES)


def _set(form: PaperForm, pages: int) -> bytes:
    return typst.compile(
        str(ROOT / "templates" / "paper" / "form.typ"),
        root=str(ROOT),
        font_paths=[str(BUILT / "fonts-print")],
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards="ua-1",
        sys_inputs={"form": json.dumps(_data(form, pages), ensure_ascii=False)},
    )


def _data(form: PaperForm, pages: int) -> dict[str, Any]:
    return {
        "title": form.title,
        "language": form.language.code,
        "direction": form.language.direction,
        "faces": faces_of(form.language.code, form.language.direction),
        "inside": marked_up.read(form.html),
        "page_words": form.page_words,
        "foot": list(form.foot),
        "draft": form.draft,
        "codes": []
        if form.draft
        else [square_code(form.code.replace("{page}", str(page))) for page in range(1, pages + 1)],
        "too_few_codes": TOO_FEW_CODES,
        "numbers": list(form.numbers),
        "pictures": {f"/asked/{id}": drawn for id, drawn in form.pictures},
    }


def faces_of(language: str, direction: str) -> list[str]:
    """The families that words of a language are set in, the first that has a letter first."""
    own = FACES.get(language, ())
    # Where the two scripts stand apart, Latin comes second, so that marks between words have the face of the words.
    return [*own, *LATIN] if direction == "rtl" else [*LATIN, *own]


@lru_cache(maxsize=1000)
def square_code(said: str) -> str:
    """A QR code as SVG."""
    drawn: str = segno.make(said, error="m", micro=False).svg_inline(scale=4, border=QUIET_ZONE)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
