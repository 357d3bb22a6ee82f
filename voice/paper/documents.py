"""A document that somebody takes away: what stands in it, whatever kind of file it becomes.

``word.py`` makes a Word file of it and ``document_pdf.py`` a PDF; both read it in this order and say the same.
"""

from __future__ import annotations

import io
import unicodedata
from typing import ClassVar, Literal

import msgspec

from voice.languages import LANGUAGES, Language

Direction = Literal["ltr", "rtl"]
Format = Literal["pdf", "docx"]

MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Said(msgspec.Struct, frozen=True):
    """Words in a language of their own, such as what somebody said; ``language`` is a code such as ``ur``."""

    words: str
    language: str


Words = str | Said
Line = Words | tuple[Words, ...]
"""Plain ``str`` is in the document's language. Several stand in one line, with nothing put between them."""


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One of our symbols, by its name in ``static/src/symbols.txt``, or a ``content``: the bytes of a PNG or JPEG.

    ``alternative`` says what it shows. A picture beside words that say the same has none, and is silent for screen
    readers. ``width`` is in millimetres; a tall picture is made smaller, so that it fits on a page. A page of ours
    shows a content from its ``address``.
    """

    kind: ClassVar[str] = "picture"
    symbol: str = ""
    content: bytes = b""
    address: str = ""
    alternative: str = ""
    width: int = 18


class Heading(msgspec.Struct, frozen=True, tag=True):
    """``level`` is 2 or more: the title of the document is its only heading of level 1."""

    kind: ClassVar[str] = "heading"
    words: Line
    level: int = 2
    picture: Picture | None = None


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """``quiet`` is what matters less, ``strong`` what matters more; ``picture`` stands beside the words."""

    kind: ClassVar[str] = "paragraph"
    words: Line
    picture: Picture | None = None
    quiet: bool = False
    strong: bool = False


class Bullets(msgspec.Struct, frozen=True, tag=True):
    kind: ClassVar[str] = "bullets"
    lines: tuple[Line, ...]


class Quote(msgspec.Struct, frozen=True, tag=True):
    """What somebody said. ``whose`` stands below it, such as "A young person"."""

    kind: ClassVar[str] = "quote"
    words: Line
    whose: Line = ""


class Table(msgspec.Struct, frozen=True, tag=True):
    """A table of data with its headings, never a way to put things beside each other.

    With ``row_headings`` the first cell of each row is its heading.
    """

    kind: ClassVar[str] = "table"
    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: Line = ""
    row_headings: bool = False


class Mark(msgspec.Struct, frozen=True):
    """What is drawn of one number: ``part`` of the longest there can be, from 0 to 1, with its interval in the same
    unit; ``None`` where the number is hidden. ``said`` is the number in words."""

    said: str
    part: float | None
    low: float | None = None
    high: float | None = None


class Drawn(msgspec.Struct, frozen=True, tag=True):
    """Numbers drawn as bars or as a line. ``marks`` are those of each series, by category; ``alternative`` says the
    numbers for who cannot see them."""

    kind: ClassVar[str] = "chart"
    shape: Literal["bar", "line"]
    categories: tuple[str, ...]
    series: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    alternative: str


class PageBreak(msgspec.Struct, frozen=True, tag=True):
    """What follows begins on a new page."""

    kind: ClassVar[str] = "break"


Block = Heading | Paragraph | Bullets | Quote | Picture | Table | Drawn | PageBreak


class Document(msgspec.Struct, frozen=True):
    """``title`` is the first heading and the name in the file's properties.

    ``foot`` stands on every page; ``page_words`` too, such as "Page {position} of {count}", in the words of the
    document's language. ``contents`` is the title of a table of contents, and empty where there is none. ``dense`` is
    for who reads reports at work: smaller letters, which are still 12 points.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...]
    foot: str = ""
    page_words: str = ""
    contents: str = ""
    dense: bool = False


def pieces(line: Line) -> tuple[Words, ...]:
    """The words of a line one after the other, those that say nothing left out."""
    given = line if isinstance(line, tuple) else (line,)
    return tuple(each for each in given if (each if isinstance(each, str) else each.words))


def plain(words: str) -> str:
    """The words without what no file can hold or what would turn around what follows.

    Control letters, halves of letters and marks that switch the direction of writing go; ends of lines stay.
    """
    return "".join(each for each in unicodedata.normalize("NFC", words) if _may_stand(each))


def _may_stand(letter: str) -> bool:
    if letter in "\n\t":
        return True
    if unicodedata.category(letter) in ("Cc", "Cs") or unicodedata.bidirectional(letter) in TURNING:
        return False
    return (ord(letter) & 0xFFFE) != 0xFFFE and not 0xFDD0 <= ord(letter) <= 0xFDEF


TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def direction_of(words: Words, document: Document) -> Direction:
    """How words are written: as their language is, or, of a language that we do not know, as their first letter."""
    if isinstance(words, str):
        return document.language.direction
    known = LANGUAGES.get(words.language)
    if known is not None:
        return known.direction
    strong = (unicodedata.bidirectional(each) for each in words.words)
    return next(("rtl" if each in ("R", "AL") else "ltr" for each in strong if each in ("L", "R", "AL")), "ltr")


def line_direction(line: Line, document: Document) -> Direction:
    """How a whole line is written: as its first words are."""
    words = pieces(line)
    return direction_of(words[0], document) if words else document.language.direction


TALLEST = 200
"""Millimetres that a picture may take of a page from top to bottom."""


def size_of(picture: Picture) -> tuple[float, float]:
    """Width and height in millimetres as the picture stands on the page."""
    if not picture.content:
        return picture.width, picture.width
    from PIL import Image  # only when a document has such pictures: every start would wait for it

    with Image.open(io.BytesIO(picture.content), formats=("PNG", "JPEG")) as opened:
        height = picture.width * opened.height / opened.width
    smaller = min(1.0, TALLEST / height)
    return picture.width * smaller, height * smaller
