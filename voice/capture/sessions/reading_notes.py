"""Notes of a meeting as people have them: lines that were pasted, a table, or a Word file. Nothing is stored here.

Columns of a board are recognised in any case; other headings are kept as they stand.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from surveys.importing.cells import comparable, text_of
from surveys.importing.delimited import decode
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import Limits, SheetProblem

if TYPE_CHECKING:
    from docx.table import Table

LONGEST_LINE = 2000
LONGEST_HEADING = 40
MOST_LINES = 1000
LARGEST = 20_000_000
MOST_UNPACKED = 100_000_000
"""Bytes that a Word file (a zip) may grow to."""
MOST_PARTS = 5000
MOST_COLUMNS = 200
MOST_CELLS = 50_000
"""Of all tables of a Word file together, a cell counted for each column that it says it spans."""

COLUMNS = {
    **dict.fromkeys(("start", "start doing"), "start"),
    **dict.fromkeys(("stop", "stop doing"), "stop"),
    **dict.fromkeys(("continue", "continue doing", "carry on", "keep"), "continue"),
    **dict.fromkeys(("barriers", "barrier"), "barriers"),
}
"""Names of columns as people write them, and their codes in ``activities.py``."""

WORDS = ("text", "words", "said", "what was said", "note", "notes", "comment", "comments", "line", "card", "idea")
HEADINGS = ("column", "heading", "board", "list", "section", "category", "group", "type")
NUMBERS = ("id", "number", "no", "ref", "reference", "row")

_MARK = re.compile(r"^(?:[-–—*•·●○▪◦✓✔>]+|\(?\d{1,3}[.)])\s+")
_WITH_COLUMN = re.compile(r"^(?P<column>[^\W\d_]+(?: doing)?)\s*[:–—-]\s+(?P<said>.+)$", re.DOTALL)


class NotesProblem(Exception):
    """``code`` is ``nothing``, ``no_text_column``, ``too_many_lines`` (``length``), or that of a ``SheetProblem``."""

    def __init__(self, code: str, *, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.length = length


class NotedLine(msgspec.Struct, frozen=True):
    """``place`` is the number of the line or row. ``column`` is a code of ``activities.COLUMNS``, another heading, or
    empty. ``id`` is what the table calls it, or empty."""

    place: int
    column: str
    text: str
    id: str = ""


class Notes(msgspec.Struct, frozen=True):
    """``too_long`` are lines that cannot be taken in as they are; everything else is in ``lines``."""

    lines: tuple[NotedLine, ...]
    too_long: tuple[NotedLine, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.column for line in self.lines if line.column))


def read_text(text: str) -> Notes:
    """Lines that were pasted or typed: one note a line, below headings where there are some. Raises
    :class:`NotesProblem`."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = [comparable(cell) for cell in re.split(r"[,;\t]", first)]
    if len(cells) > 1 and any(cell in WORDS for cell in cells):
        return read_file(text.encode(errors="replace"), "pasted.csv")
    return _notes(_from_lines(enumerate(text.splitlines(), start=1)))


def read_file(content: bytes, filename: str) -> Notes:
    """A table (CSV or XLSX), a Word file or a text file. Raises :class:`NotesProblem`."""
    ending = PurePath(filename).suffix.lower()
    if len(content) > LARGEST:
        raise NotesProblem("too_large")
    try:
        if ending == ".docx":
            return _notes(_from_word(content))
        if ending == ".txt":
            return read_text(decode(content))
        sheet = read_sheet(content, filename, Limits(rows=MOST_LINES * 4, cells=MOST_LINES * 4 * MOST_COLUMNS))
    except SheetProblem as problem:
        if problem.code in ("no_rows", "no_header") and ending != ".xlsx":
            return _notes(_from_lines(enumerate(decode(content).splitlines(), start=1)))
        raise NotesProblem("too_many_lines" if problem.code == "too_many_rows" else problem.code) from problem
    rows = [(row.number, [text_of(cell) for cell in row.cells]) for row in sheet.rows]
    if len(sheet.headers) == 1 and not _known(sheet.headers[0]) and comparable(sheet.headers[0]) not in WORDS:
        one_below_another = [(rows[0][0] - 1, sheet.headers[0]), *((number, cells[0]) for number, cells in rows)]
        return _notes(_from_lines(one_below_another))
    return _notes(_from_table(sheet.headers, rows))


def _notes(found: Iterable[NotedLine]) -> Notes:
    lines = list(found)
    if not lines:
        raise NotesProblem("nothing")
    if len(lines) > MOST_LINES:
        raise NotesProblem("too_many_lines", length=len(lines))
    return Notes(
        tuple(line for line in lines if len(line.text) <= LONGEST_LINE),
        tuple(line for line in lines if len(line.text) > LONGEST_LINE),
    )


def _known(heading: str) -> str:
    return COLUMNS.get(comparable(heading.rstrip(": ")), "")


def _heading(words: str) -> str:
    kept = _one_line(words).rstrip(": ")
    return _known(kept) or (kept if len(kept) <= LONGEST_HEADING else f"{kept[: LONGEST_HEADING - 1]}…")


def _one_line(words: str) -> str:
    return " ".join(text_of(words).encode(errors="ignore").decode().split())


def _from_lines(lines: Iterable[tuple[int, str]]) -> Iterable[NotedLine]:
    """Notes below headings: a column's name alone, or a line that ends with a colon."""
    column = ""
    for place, line in lines:
        words = _MARK.sub("", _one_line(line))
        if not words:
            continue
        if _known(words) or (words.endswith(":") and len(words) <= LONGEST_HEADING):
            column = _heading(words)
        elif (found := _WITH_COLUMN.match(words)) and (own := _known(found["column"])):
            yield NotedLine(place, own, found["said"])
        else:
            yield NotedLine(place, column, words)


def _from_table(headers: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> Iterable[NotedLine]:
    named = [comparable(header) for header in headers]
    words = next((at for at, name in enumerate(named) if name in WORDS), None)
    heading = next((at for at, name in enumerate(named) if name in HEADINGS), None)
    number = next((at for at, name in enumerate(named) if name in NUMBERS), None)
    if words is None and any(map(_known, headers)):
        return _from_wide_table(headers, rows)
    if words is None:
        others = [at for at in range(len(headers)) if at not in (heading, number)]
        if len(others) != 1:
            raise NotesProblem("no_text_column")
        words = others[0]
    found, column = [], ""
    for place, cells in rows:
        if heading is not None and cells[heading].strip():
            column = _heading(cells[heading])
        if said := _one_line(cells[words]):
            found.append(NotedLine(place, column, said, _one_line(cells[number])[:80] if number is not None else ""))
    return found


def _from_wide_table(headers: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> Iterable[NotedLine]:
    """A table that looks as the board did: the columns are its headings, and each cell is a note."""
    for at, header in enumerate(headers):
        for place, cells in rows:
            if said := _one_line(cells[at]):
                yield NotedLine(place, _heading(header), said)


def _from_word(content: bytes) -> Iterable[NotedLine]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            inside = parts.infolist()
            if len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > MOST_UNPACKED:
                raise NotesProblem("too_large")
        return list(_from_parts_of_word(content))
    except NotesProblem:
        raise
    except Exception as problem:
        # A damaged or hostile file makes zipfile, python-docx and the XML parser raise almost anything.
        raise NotesProblem("empty_file" if not content else "not_what_its_name_says") from problem


def _from_parts_of_word(content: bytes) -> Iterable[NotedLine]:
    import docx  # takes a third of a second, and most notes are pasted
    from docx.table import Table

    lines: list[tuple[int, str]] = []
    tables: list[NotedLine] = []
    room = MOST_CELLS
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if not isinstance(part, Table):
            is_heading = part.style is not None and str(part.style.name).startswith(("Heading", "Title"))
            for words in part.text.splitlines():
                lines.append((len(lines) + 1, f"{words}:" if is_heading and words.strip() else words))
            continue
        room -= _cells_in(part)
        if room < 0:
            raise NotesProblem("too_large")
        cells = [[cell.text for cell in row.cells] for row in part.rows]
        try:
            tables.extend(_from_table(cells[0], list(enumerate(cells[1:], start=2))))
        except (NotesProblem, IndexError):
            lines.extend((len(lines) + 1, words) for row in cells for cell in row for words in cell.splitlines())
    return [*_from_lines(lines), *tables]


def _cells_in(table: Table) -> int:
    """Raises :class:`NotesProblem` where a row is too wide: a few letters make a cell span a million columns, and it
    would be there as often."""
    widths = [sum(cell.grid_span for cell in row._tr.tc_lst) for row in table.rows]
    if max(widths, default=0) > MOST_COLUMNS:
        raise NotesProblem("too_large")
    return sum(widths)
