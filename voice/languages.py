"""The languages of the product: which there are, how they are written, and their catalogs.

English is the source: its words are the message ids. The other catalogs say in their header who
drafted them. What translators change or confirm on the pages of the product lies over the catalogs:
see ``voice/web/translate``.
"""

from __future__ import annotations

import contextvars
import io
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.support import Translations

from surveys.document import Words
from surveys.translating.messages import Message
from voice.settings import ROOT

BENGALI_DIGITS = "০১২৩৪৫৬৭৮৯"


class Language(msgspec.Struct, frozen=True):
    """How a language is written.

    ``name`` is what its speakers call it; ``locale`` says how they write dates and numbers; ``script`` is the
    ISO 15924 code of its letters. ``digits`` are 0 to 9 where families do not read Western ones first: see
    ``docs/decisions/0016-digits.md``.
    """

    code: str
    name: str
    locale: str
    direction: Literal["ltr", "rtl"] = "ltr"
    script: Literal["Latn", "Arab", "Guru", "Beng", "Cyrl"] = "Latn"
    digits: str = ""


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "en_GB"),
        Language("ur", "اردو", "ur_PK", "rtl", "Arab"),
        Language("pa", "ਪੰਜਾਬੀ", "pa_Guru_IN", script="Guru"),
        Language("pl", "Polski", "pl_PL"),
        Language("ro", "Română", "ro_RO"),
        Language("ar", "العربية", "ar", "rtl", "Arab"),
        Language("bn", "বাংলা", "bn_BD", script="Beng", digits=BENGALI_DIGITS),
        Language("so", "Soomaali", "so_SO"),
        Language("uk", "Українська", "uk_UA", script="Cyrl"),
        Language("pt", "Português", "pt_PT"),
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


def catalog_file(code: str) -> Path:
    """The catalog of a language as translators write it."""
    return ROOT / "locales" / code / "LC_MESSAGES" / "messages.po"


def catalog(code: str) -> NullTranslations:
    """The words of a language, with what was changed here over what the catalog says.

    Raises ``FileNotFoundError`` when the catalog was not compiled (``make install``).
    """
    return _changed.get(code) or _compiled(code)


@cache
def _compiled(code: str) -> NullTranslations:
    return _read(code) if code != SOURCE else NullTranslations()


def _read(code: str) -> Translations:
    with catalog_file(code).with_suffix(".mo").open("rb") as file:
        return Translations(file)


class _Nothing(NullTranslations):
    """Says nothing for a message that a catalog does not have."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - gettext's signature
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return ""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return ""


@cache
def _without_english(code: str) -> NullTranslations:
    found = _read(code)
    if code in _overlays:
        found.merge(_overlays[code])
    found.add_fallback(_Nothing())
    return found


_laid: dict[str, tuple[tuple[Message, tuple[str, ...]], ...]] = {}
_overlays: dict[str, Translations] = {}
_changed: dict[str, NullTranslations] = {}
_whole_checked: frozenset[str] = frozenset()
_turns: dict[str, int] = {}


def lay_over(code: str, changed: Iterable[tuple[Message, tuple[str, ...]]]) -> None:
    """From now on these messages are said in these words, in place of the catalog's."""
    changes = tuple(changed)
    if changes == _laid.get(code, ()):
        return
    _laid[code] = changes
    words = Catalog(locale=code)
    for message, forms in changes:
        words.add(
            message.forms if message.is_plural else message.forms[0],
            forms if message.is_plural else forms[0],
            context=message.context or None,
        )
    packed = io.BytesIO()
    write_mo(packed, words)
    packed.seek(0)
    _overlays[code] = Translations(packed)
    whole = _read(code)
    info = whole.info()
    whole.merge(_overlays[code])
    whole.info().update(info)
    _changed[code] = whole
    _without_english.cache_clear()
    _turns[code] = _turns.get(code, 0) + 1


def turn(code: str) -> int:
    """Grows whenever the words of a language change, so that what is kept of pages can be told to be old."""
    return _turns.get(code, 0)


def set_checked(codes: Iterable[str]) -> None:
    """Languages of which native readers have confirmed every message."""
    global _whole_checked
    before, _whole_checked = _whole_checked, frozenset(codes)
    for code in before ^ _whole_checked:
        _turns[code] = _turns.get(code, 0) + 1


def is_machine_draft(code: str) -> bool:
    """Whether some words in this language were drafted by a machine and no native reader has confirmed them."""
    return says_machine(catalog(code).info()) and code not in _whole_checked


def says_machine(header: Mapping[str, str]) -> bool:
    return str(header.get("last-translator", "")).startswith(DRAFTED_BY_A_MACHINE)


def gettext(message: str) -> str:
    return catalog(_current.get()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return catalog(_current.get()).ngettext(one, many, n)


def words(message: str) -> Words:
    """The message in every language that has it, for a document that keeps its words."""
    said = {code: _without_english(code).gettext(message) for code in LANGUAGES if code != SOURCE}
    return {SOURCE: message, **{code: text for code, text in said.items() if text}}


def says(code: str, message: Message) -> bool:
    """Whether this language has words for a message, so that no English stands in for it."""
    if code == SOURCE:
        return True
    found, forms = _without_english(code), message.forms
    if message.is_plural:
        return bool(found.ngettext(forms[0], forms[1], 1))
    return bool(found.pgettext(message.context, forms[0]) if message.context else found.gettext(forms[0]))


def in_digits_of(text: str, code: str) -> str:
    """A number or a date that we wrote, in the digits that families read in this language.

    Never for what has to be typed or called: telephone numbers, addresses and codes stay as they are.
    """
    digits = LANGUAGES[code].digits
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


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
