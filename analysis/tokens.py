"""Words of a text in any script the partnership's families write in.

Python's ``\\w`` leaves out combining marks, so a Gurmukhi or Bengali word would fall apart at every vowel
sign. The pattern here takes marks and joiners as part of the word they stand in.
"""

import re
import unicodedata
from typing import NamedTuple

_JOINERS = "\u200c\u200d"
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_APOSTROPHES = "'\u2019\u02bc"
_FIRST_MARK, _AFTER_LAST_MARK = 0x0300, 0x3100

_MARKS = "".join(
    chr(code) for code in range(_FIRST_MARK, _AFTER_LAST_MARK) if unicodedata.category(chr(code))[0] == "M"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]+|[{_MARKS}{_JOINERS}]+|[{_APOSTROPHES}](?=[^\W_]))*")
_ASCII_WORD = re.compile(r"[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)*")  # the same for plain text, three times as fast

_LETTERS_ALIKE = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "\u2019": "'",
    "\u02bc": "'",
    "\u2018": "'",
    "ي": "ی",  # the Arabic yeh and kaf are typed for the Urdu ones on many keyboards
    "ى": "ی",
    "ك": "ک",
    "ۀ": "ہ",
    "أ": "ا",
    "إ": "ا",
    "\u00a0": " ",
}
_DROPPED_WHEN_FOLDED = frozenset(_JOINERS + "ـ")


class Word(NamedTuple):
    """A word and where it stands in the text it was found in (code points, end exclusive)."""

    text: str
    start: int
    end: int


def normalised(text: str) -> str:
    """The text composed (NFC) and without the invisible characters that copying and pasting leaves behind.

    Joiners inside words stay: Urdu and Bengali spelling needs them.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_WITHOUT_INVISIBLE)


def folded(text: str) -> str:
    """The text for comparing: no case, no accents of the Latin script, no Arabic vowel marks, one
    apostrophe.
    """
    if text.isascii():
        return text.lower()
    return text.casefold().translate(_FOLDING)


def words_of(text: str) -> list[Word]:
    """The words of `text` in order. Apostrophes inside a word belong to it; digits count as letters."""
    return [Word(found.group(), *found.span()) for found in _pattern_for(text).finditer(text)]


def spans_of_words(text: str) -> list[tuple[int, int]]:
    """Where each word of `text` begins and ends, in order."""
    return [found.span() for found in _pattern_for(text).finditer(text)]


def word_texts(text: str) -> list[str]:
    """The words of `text` in order, without their places."""
    return _pattern_for(text).findall(text)


def _pattern_for(text: str) -> re.Pattern[str]:
    return _ASCII_WORD if text.isascii() else _WORD


def has_letters(text: str) -> bool:
    """Whether any letter of any script is in the text."""
    return any(character.isalpha() for character in text)


class _Folding(dict[int, int | str | None]):
    """A translation table filled in as characters are met."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = result = _folded_character(chr(code))
        return result


def _folded_character(character: str) -> str | None:
    if character in _LETTERS_ALIKE:
        return _LETTERS_ALIKE[character]
    if character in _DROPPED_WHEN_FOLDED or "\u064b" <= character <= "\u065f" or character == "\u0670":
        return None
    base = unicodedata.normalize("NFD", character)
    if len(base) > 1 and base[0].isascii():
        return base[0]
    if "\u0300" <= character <= "\u036f":
        return None
    return character


_WITHOUT_INVISIBLE: dict[int, None] = {ord(character): None for character in _INVISIBLE}
_FOLDING = _Folding()
