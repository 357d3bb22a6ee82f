"""Sets data on pages, as a PDF: with Typst, and in the fonts that ``static/build.py`` made for paper.

What is said goes to the typesetter as data and never as its markup, so no word of anybody can be taken for a command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import typst

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

UNKNOWN = "□"
"""Stands for a letter that no font of ours has; the typesetter brings a font that has this one."""

_NO_SHAPE = re.compile(r'the text `"(?P<letters>.+?)"` could not be displayed', re.DOTALL)
TRIES = 20
"""Letters may be there one by one and still have no shape together."""


def set_on_pages(template: str, data: Mapping[str, Any]) -> bytes:
    """A template of ``templates/paper`` with this data. The same data gives the same bytes.

    Raises ``typst.TypstError``, as for a template that panics.
    """
    said = json.dumps(data, ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return _compile(template, said)
        except typst.TypstError as problem:
            found = _NO_SHAPE.search(str(problem))
            if found is None or found["letters"] not in said:
                raise
            said = said.replace(found["letters"], UNKNOWN)
    return _compile(template, said)


def _compile(template: str, said: str) -> bytes:
    return typst.compile(
        str(ROOT / "templates" / "paper" / f"{template}.typ"),
        root=str(ROOT),
        font_paths=[str(BUILT / "fonts-print")],
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards="ua-1",
        sys_inputs={template: said},
    )


def faces_of(language: str, direction: str) -> list[str]:
    """The families that words of a language are set in, the first that has a letter first."""
    own = FACES.get(language, ())
    # Where the two scripts stand apart, Latin comes second, so that marks between words have the face of the words.
    return [*own, *LATIN] if direction == "rtl" else [*LATIN, *own]
