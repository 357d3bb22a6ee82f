"""What a pack says, whatever kind of file it becomes.

Every number stands in a table, a chart or a fact, and each of them has a :class:`Note` that says where it came from. A
hidden number is no number: nothing that stands here could be worked out again from a file.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Where a figure came from. ``base`` is of how many ("of 81 families"), ``address`` the page that shows it."""

    base: str
    method: str
    source: str
    counted_on: dt.date
    address: str


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Words in the language of the pack, or in ``language``, such as the name that a partnership gave a theme."""

    words: str
    language: str = ""


class Number(msgspec.Struct, frozen=True, tag="number"):
    """A whole number, or one with a place after the point: see ``showing.amount``."""

    value: int | float


class Share(msgspec.Struct, frozen=True, tag="share"):
    """A share in whole points of 100, rounded once and for all files: see ``showing.percent_of``."""

    percent: int


class Hidden(msgspec.Struct, frozen=True, tag="hidden"):
    """A number that is not shown. Files say so with a word."""


Figure = Number | Share | Hidden
Cell = Text | Figure


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Words without a number of what people said; ``symbol`` is a picture beside them."""

    words: str
    symbol: str = ""
    quiet: bool = False


class Subheading(msgspec.Struct, frozen=True, tag="subheading"):
    words: str


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    lines: tuple[Text, ...]


class Fact(msgspec.Struct, frozen=True, tag="fact"):
    """A sentence that says a number, for easy read. Files tell where the numbers of a section came from at its end."""

    words: str
    note: Note
    symbol: str = ""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Each row has as many cells as there are columns; its first cell is its heading."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Note


class Point(msgspec.Struct, frozen=True):
    """A number, and its 95 % interval in the same unit where it is known."""

    value: Figure
    low: int | float | None = None
    high: int | float | None = None


class Series(msgspec.Struct, frozen=True):
    name: str
    points: tuple[Point, ...]


class Column(msgspec.Struct, frozen=True):
    """What the table of a chart says of each category beside what is drawn."""

    name: str
    cells: tuple[Cell, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True, tag="chart"):
    """``message`` is the one sentence that it shows. Each series has a point for each category.

    Beside the chart stands the table of its numbers, made of it by ``showing.table_of``; ``head`` is the heading of its
    first column, ``sure`` that of the intervals. With ``told_below`` the table that follows has the same numbers and
    more, and the chart needs none of its own.
    """

    kind: Literal["bar", "line"]
    title: str
    message: str
    head: str
    sure: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: Note
    beside: tuple[Column, ...] = ()
    told_below: bool = False


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """What somebody said, as it was released; ``who`` is what kind of person."""

    text: str
    language: str
    who: str


class ActionCard(msgspec.Struct, frozen=True, kw_only=True, tag="action"):
    """What came of what was heard. What is not known yet is empty, and left out."""

    heard: str
    decided: str = ""
    happened: tuple[str, ...] = ()
    still_to_happen: str = ""
    owner: str = ""
    due: dt.date | None = None
    state: str = ""


Block = Paragraph | Subheading | Bullets | Fact | Table | Chart | Quote | ActionCard


class Section(msgspec.Struct, frozen=True):
    key: str
    title: str
    blocks: tuple[Block, ...]


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The words that every file needs, in the language of the pack. ``continued`` has ``{title}``, ``page`` has
    ``{position}`` and ``{count}``, ``between`` has ``{low}`` and ``{high}``."""

    hidden: str
    page: str
    contents: str
    continued: str
    between: str
    about_numbers: str
    figure: str
    base: str
    method: str
    source: str
    counted_on: str
    address: str
    heard: str
    decided: str
    happened: str
    still_to_happen: str
    owner: str
    due: str
    state: str
    left_out: str
    sheet: str
    made_on: str


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """``left_out`` are the titles of sections that were asked for and have nothing to say yet.

    ``large`` is easy read: large letters, few words.
    """

    kind: str
    title: str
    subtitle: str
    language: str
    made_on: dt.date
    partnership: str
    sections: tuple[Section, ...]
    words: Wording
    left_out: tuple[str, ...] = ()
    large: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.sections
