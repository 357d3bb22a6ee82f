"""A pack as data: a workbook with a sheet for each table, and one that says where every figure came from.

Nothing in it is a formula. A number that is hidden is a word, and no cell, name or comment holds it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableStyleInfo

from surveys.exporting.cells import safe_cell
from voice.languages import LANGUAGES
from voice.packs.as_document import action_lines
from voice.packs.document import ActionCard, Cell, Hidden, Note, Number, Pack, Quote, Share, Table, Text
from voice.packs.showing import day_words, facts_of, note_lines, shown, tables_of
from voice.paper.documents import plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4
"""Above it stand the title of the table, of how many it is, and an empty row."""

LONGEST_NAME = 31
NO_NAME = re.compile(r"[\[\]:*?/\\']")
WIDEST, NARROWEST = 60, 12
PERCENT = "0%"


def xlsx_of(pack: Pack) -> bytes:
    """The pack as an Excel workbook (Office Open XML)."""
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    names: set[str] = set()
    first.title = _name(pack.title, names)
    known = made.properties
    known.title, known.creator, known.language = plain(pack.title), plain(pack.partnership), pack.language
    sheets = [(_sheet(made, table, pack, names), table, section) for table, section in tables_of(pack)]
    _write_words(made, pack, names)
    _write_notes(made, sheets, pack, names)
    _write_about(first, [name for name, _table, _section in sheets], pack)
    for sheet in made.worksheets:
        sheet.sheet_view.rightToLeft = LANGUAGES[pack.language].direction == "rtl"
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _sheet(made: openpyxl.Workbook, table: Table, pack: Pack, names: set[str]) -> str:
    name = _name(table.title, names)
    sheet = made.create_sheet(name)
    _put(sheet, 1, 1, table.title, bold=True)
    _put(sheet, 2, 1, f"{pack.words.base}: {table.note.base}")
    rows = [[_value(cell, pack) for cell in row] for row in table.rows]
    _write_table(sheet, table.columns, rows, number=len(made.worksheets))
    for row, cells in enumerate(table.rows, HEADER_ROW + 1):
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, Share):
                sheet.cell(row, column).number_format = PERCENT
    return name


def _value(cell: Cell, pack: Pack) -> str | float:
    match cell:
        case Share(percent):
            return percent / 100
        case Number(value):
            return value
        case Text() | Hidden():
            return shown(cell, pack)


def _write_words(made: openpyxl.Workbook, pack: Pack, names: set[str]) -> None:
    """Quotes and what came of what was heard: words without numbers."""
    for section in pack.sections:
        quotes = [block for block in section.blocks if isinstance(block, Quote)]
        cards = [block for block in section.blocks if isinstance(block, ActionCard)]
        if quotes:
            sheet = made.create_sheet(_name(section.title, names))
            _put(sheet, 1, 1, section.title, bold=True)
            for row, each in enumerate(quotes, HEADER_ROW):
                _put(sheet, row, 1, each.text)
                _put(sheet, row, 2, each.who)
            _set_widths(sheet)
        if cards:
            sheet = made.create_sheet(_name(section.title, names))
            _put(sheet, 1, 1, section.title, bold=True)
            lines = (line for card in cards for line in (*action_lines(card, pack), ("", "")))
            for row, (name, said) in enumerate(lines, HEADER_ROW):
                _put(sheet, row, 1, name, bold=True)
                _put(sheet, row, 2, said)
            _set_widths(sheet)


def _write_notes(made: openpyxl.Workbook, sheets: list[tuple[str, Table, str]], pack: Pack, names: set[str]) -> None:
    """A row for each figure, the sentences of easy read among them."""
    words = pack.words
    notes: list[tuple[str, str, Note]] = [(name, table.title, table.note) for name, table, _section in sheets]
    notes += [("", fact.words, fact.note) for fact, _section in facts_of(pack)]
    if not notes:
        return
    sheet = made.create_sheet(_name(words.about_numbers, names))
    _put(sheet, 1, 1, words.about_numbers, bold=True)
    head = (words.sheet, words.figure, words.base, words.method, words.source, words.counted_on, words.address)
    rows = [[name, title, *(said for _part, said in note_lines(note, pack))] for name, title, note in notes]
    _write_table(sheet, head, rows, number=len(made.worksheets))


def _write_about(sheet: Worksheet, tables: list[str], pack: Pack) -> None:
    words = pack.words
    lines = [
        pack.title,
        pack.subtitle,
        f"{words.made_on}: {day_words(pack.made_on, pack.language)}",
        f"{words.left_out} {', '.join(pack.left_out)}." if pack.left_out else "",
        "",
        words.contents,
        *tables,
    ]
    for row, line in enumerate(lines, 1):
        if line:
            _put(sheet, row, 1, line, bold=line in (pack.title, words.contents))
        if line in tables:
            sheet.cell(row, 1).hyperlink = f"#'{line}'!A1"
            sheet.cell(row, 1).style = "Hyperlink"
    sheet.column_dimensions["A"].width = WIDEST


def _write_table(
    sheet: Worksheet, columns: tuple[str, ...], rows: Sequence[Sequence[str | float]], *, number: int
) -> None:
    """A real table, whose first row a screen reader knows as its heading; the heading stays in sight."""
    top = HEADER_ROW
    heads = _different(columns)
    for column, head in enumerate(heads, 1):
        _put(sheet, top, column, head, bold=True)
    for row, values in enumerate(rows, top + 1):
        for column, said in enumerate(values, 1):
            _put(sheet, row, column, said)
    if rows:
        end = f"{get_column_letter(len(heads))}{top + len(rows)}"
        marked = SheetTable(displayName=f"Table{number}", ref=f"A{top}:{end}")
        marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showFirstColumn=True, showRowStripes=True)
        sheet.add_table(marked)
    sheet.freeze_panes = f"B{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    _set_widths(sheet)


def _different(columns: tuple[str, ...]) -> list[str]:
    """The headings as a table takes them: none is empty, and no two are the same."""
    made: list[str] = []
    for number, column in enumerate(columns, 1):
        head = " ".join(safe_cell(plain(column)).split()) or str(number)
        made.append(head if head.casefold() not in {each.casefold() for each in made} else f"{head} {number}")
    return made


def _put(sheet: Worksheet, row: int, column: int, value: str | float, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = safe_cell(plain(value))
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font = Font(name="Arial", size=12, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=row >= HEADER_ROW)


def _set_widths(sheet: Worksheet) -> None:
    for column in sheet.iter_cols(min_row=HEADER_ROW):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=0)
        letter = get_column_letter(column[0].column or 1)
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, longest + 2))


def _name(title: str, names: set[str]) -> str:
    """A name that a sheet can have, and none has yet."""
    wanted = " ".join(NO_NAME.sub(" ", plain(title)).split())[:LONGEST_NAME].strip() or "-"
    name, number = wanted, 1
    while name.casefold() in names:
        number += 1
        ending = f" {number}"
        name = wanted[: LONGEST_NAME - len(ending)].strip() + ending
    names.add(name.casefold())
    return name
