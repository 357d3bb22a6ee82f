"""The numbers of a pack in words: rounded once, and said the same way in every file and on the page."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal

import babel.dates
import babel.numbers

from voice.languages import LANGUAGES, in_digits_of
from voice.packs.document import Cell, Chart, Fact, Hidden, Note, Number, Pack, Point, Section, Share, Table, Text


def percent_of(part: float) -> Share:
    """A share from 0 to 1 in whole points of 100, rounded as ``wordings.share`` rounds it (halves to even).

    A spreadsheet rounds halves up: it gets the share rounded, and counts beside it for who wants it exactly.
    """
    return Share(int((Decimal(str(part)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def amount(value: float) -> Number:
    """A number with at most one place after the point."""
    rounded = round(value, 1)
    return Number(int(rounded) if rounded == int(rounded) else rounded)


def count_of(n: int | None) -> Number | Hidden:
    """A count of people, ``None`` where it is hidden."""
    return Hidden() if n is None else Number(n)


def shown(cell: Cell, pack: Pack) -> str:
    """What a cell says to who reads it."""
    return _worded(cell, pack.language, pack.words.hidden)


def _worded(cell: Cell, language: str, hidden: str) -> str:
    match cell:
        case Text(words):
            return words
        case Hidden():
            return hidden
        case Share(percent):
            return percent_words(percent, language)
        case Number(value):
            return number_words(value, language)


def percent_words(percent: float, language: str) -> str:
    locale = LANGUAGES[language].locale
    return in_digits_of(str(babel.numbers.format_percent(percent / 100, locale=locale)), language)


def number_words(value: float, language: str) -> str:
    locale = LANGUAGES[language].locale
    return in_digits_of(str(babel.numbers.format_decimal(value, format="#,##0.#", locale=locale)), language)


def day_words(day: dt.date, language: str) -> str:
    written = babel.dates.format_date(day, format="long", locale=LANGUAGES[language].locale)
    return in_digits_of(written, language)


def is_share(chart: Chart) -> bool:
    """Whether a chart counts in points of 100."""
    return any(isinstance(point.value, Share) for series in chart.series for point in series.points)


def in_the_unit_of(value: Cell, end: float, language: str) -> str:
    return percent_words(end, language) if isinstance(value, Share) else number_words(end, language)


def table_of(chart: Chart, pack: Pack) -> Table:
    """The numbers of a chart as a table: its categories, each series with how sure it is, and what stands beside."""
    columns: list[str] = [chart.head]
    cells: list[tuple[Cell, ...]] = [tuple(Text(category) for category in chart.categories)]
    several = len(chart.series) > 1
    for series in chart.series:
        columns.append(series.name)
        cells.append(tuple(point.value for point in series.points))
        if any(point.low is not None for point in series.points):
            columns.append(f"{chart.sure} ({series.name})" if several else chart.sure)
            cells.append(tuple(Text(between(point, pack)) for point in series.points))
    for column in chart.beside:
        columns.append(column.name)
        cells.append(column.cells)
    return Table(chart.title, tuple(columns), tuple(zip(*cells, strict=True)), chart.note)


def between(point: Point, pack: Pack) -> str:
    """The interval of a point in words; empty where there is none, or the number is hidden."""
    if isinstance(point.value, Hidden) or point.low is None or point.high is None:
        return ""
    low, high = (in_the_unit_of(point.value, end, pack.language) for end in (point.low, point.high))
    return pack.words.between.replace("{low}", low).replace("{high}", high)


def tables_of(pack: Pack) -> tuple[tuple[Table, str], ...]:
    """Every table of a pack, those of charts among them, each with the title of its section."""
    return tuple(
        (table_of(block, pack) if isinstance(block, Chart) else block, section.title)
        for section in pack.sections
        for block in section.blocks
        if isinstance(block, Table) or (isinstance(block, Chart) and not block.told_below)
    )


def facts_of(pack: Pack) -> tuple[tuple[Fact, str], ...]:
    """Every sentence with a number, each with the title of its section."""
    return tuple(
        (block, section.title) for section in pack.sections for block in section.blocks if isinstance(block, Fact)
    )


def has_words(table: Table, column: int) -> bool:
    """Whether a column has words, and no number in any row."""
    return all(isinstance(row[column], Text) for row in table.rows)


def notes_of(section: Section) -> tuple[Note, ...]:
    """The notes of a section's figures, each once."""
    notes = (block.note for block in section.blocks if isinstance(block, Chart | Table | Fact))
    return tuple(dict.fromkeys(notes))


def notes_of_all(pack: Pack) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(note for section in pack.sections for note in notes_of(section)))


def note_lines(note: Note, pack: Pack) -> tuple[tuple[str, str], ...]:
    """What a note says, each part with its name."""
    words = pack.words
    return (
        (words.base, note.base),
        (words.method, note.method),
        (words.source, note.source),
        (words.counted_on, day_words(note.counted_on, pack.language)),
        (words.address, note.address),
    )


def parts_of(table: Table, *, most_columns: int, most_rows: int) -> tuple[Table, ...]:
    """A table as several that fit on a page or a slide: the first column stands in each of them."""
    groups = _groups(len(table.columns) - 1, most_columns - 1)
    rows = _groups(len(table.rows), most_rows)
    return tuple(
        Table(
            table.title,
            (table.columns[0], *(table.columns[1 + at] for at in columns)),
            tuple((table.rows[row][0], *(table.rows[row][1 + at] for at in columns)) for row in some),
            table.note,
        )
        for columns in groups
        for some in rows
    )


def _groups(n: int, most: int) -> list[range]:
    """``n`` things in as few groups of at most ``most`` as there can be, of much the same size."""
    if n <= most:
        return [range(n)]
    count = -(-n // most)
    return [range(n * at // count, n * (at + 1) // count) for at in range(count)]
