"""The languages of the product: which there are, how they are written, and their catalogs.

English is the source: its words are the message ids. The other catalogs say in their header who
drafted them and whether a native reader has checked them, and staff are shown it.
"""

from __future__ import annotations

import contextvars
from functools import cache
from gettext import NullTranslations
from typing import Literal

import msgspec
from babel.support import Translations

from surveys.document import Words
from voice.settings import ROOT


class Language(msgspec.Struct, frozen=True):
    """``name`` is what its speakers call it; ``locale`` says how they write dates and numbers."""

    code: str
    name: str
    locale: str
    direction: Literal["ltr", "rtl"] = "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "en_GB"),
        Language("ur", "اردو", "ur_PK", "rtl"),
        Language("pl", "Polski", "pl_PL"),
    )
}
SOURCE = "en"

DRAFTED_BY_A_MACHINE = "machine"
"""What the header ``Last-Translator`` begins with until a native reader puts their name there."""

_current: contextvars.ContextVar[str] = contextvars.ContextVar("language", default=SOURCE)


def speak(code: str) -> None:
    """What follows in this request is said in this language."""
    _current.set(code)


def current() -> Language:
    return LANGUAGES[_current.get()]


@cache
def catalog(code: str) -> NullTranslations:
    """The catalog of a language. Raises ``FileNotFoundError`` when it was not compiled (``make install``)."""
    if code == SOURCE:
        return NullTranslations()
    path = ROOT / "locales" / code / "LC_MESSAGES" / "messages.mo"
    with path.open("rb") as file:
        return Translations(file)


def is_machine_draft(code: str) -> bool:
    """Whether the words in this language were drafted by a machine and no native reader has checked them."""
    return str(catalog(code).info().get("last-translator", "")).startswith(DRAFTED_BY_A_MACHINE)


def gettext(message: str) -> str:
    return catalog(_current.get()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return catalog(_current.get()).ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    return catalog(_current.get()).pgettext(context, message)


def words(message: str) -> Words:
    """The message in every language, for a document that keeps its words."""
    return {code: catalog(code).gettext(message) for code in LANGUAGES}


def preferred(accept_language: str) -> str:
    """The first of our languages that a browser asks for (RFC 9110, ``Accept-Language``)."""
    wishes: list[tuple[float, str]] = []
    for wish in accept_language.split(",")[:20]:
        tag, _, weight = wish.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(wishes, key=lambda wish: wish[0]) if tag in LANGUAGES), SOURCE)
