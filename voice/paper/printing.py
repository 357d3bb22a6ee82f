"""Sets a form on A4 pages, as a PDF with its fonts in it. ``templates/paper/form.typ`` is how it looks."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
import segno
import typst

from voice.languages import Language
from voice.paper import marked_up
from voice.paper.letters import shown
from voice.paper.setting import faces_of, set_on_pages

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
            return set_on_pages("form", _data(form, pages))
        except typst.TypstError as problem:
            if TOO_FEW_CODES not in str(problem):
                raise
    return set_on_pages("form", _data(form, MOST_PAGES))


def _data(form: PaperForm, pages: int) -> dict[str, Any]:
    return {
        "title": shown(form.title),
        "language": form.language.code,
        "direction": form.language.direction,
        "faces": faces_of(form.language.code, form.language.direction),
        "inside": _shown(marked_up.read(form.html)),
        "page_words": shown(form.page_words),
        "foot": [shown(line) for line in form.foot],
        "draft": shown(form.draft),
        "codes": []
        if form.draft
        else [square_code(form.code.replace("{page}", str(page))) for page in range(1, pages + 1)],
        "too_few_codes": TOO_FEW_CODES,
        "numbers": list(form.numbers),
        "pictures": {f"/asked/{id}": drawn for id, drawn in form.pictures},
    }


def _shown(inside: list[Any]) -> list[Any]:
    """Elements and text as :mod:`marked_up` reads them, with all text made of letters that our fonts have."""
    return [shown(each) if isinstance(each, str) else {**each, "inside": _shown(each["inside"])} for each in inside]


@lru_cache(maxsize=1000)
def square_code(said: str) -> str:
    """A QR code as SVG."""
    drawn: str = segno.make(said, error="m", micro=False).svg_inline(scale=4, border=QUIET_ZONE)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
