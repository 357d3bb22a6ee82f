"""Workbooks (XLSX) as rows of values."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from surveys.importing.cells import is_blank
from surveys.importing.sheet import Cell, Limits, Row, SheetProblem

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROWS_OF_EXCEL = 1_048_576


def workbook_rows(content: bytes, limits: Limits) -> Iterator[Row]:
    """The rows of the first visible sheet with anything in it (of a hidden one if no other has).

    Formulas give the value they had when the file was saved. Raises SheetProblem: not_what_its_name_says
    when this is no workbook, too_large when it would unpack to more than the limit or has too many cells,
    too_many_rows.
    """
    check_archive(content, limits)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that say nothing about the answers
            warnings.simplefilter("ignore")
            yield from _first_filled_sheet(content, limits)
    except SheetProblem:
        raise
    except Exception as problem:
        # A damaged or hostile workbook makes openpyxl, zipfile and the XML parser raise almost anything.
        raise SheetProblem("not_what_its_name_says") from problem


def check_archive(content: bytes, limits: Limits) -> None:
    """Refuse by the directory alone: no entry can unpack to more than the size it declares there."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise SheetProblem("not_what_its_name_says") from problem
    if len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.unpacked_size:
        raise SheetProblem("too_large")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise SheetProblem("not_what_its_name_says")


class Extent:
    """Reads the sheets of one workbook until there were more cells than the limit. Rows and cells that a file only says
    are there take time as well: a row after a gap of a million brings a million."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.cells

    def rows(self, sheet: Any, *, values_only: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of a sheet with their numbers, from 1. Raises SheetProblem: too_many_rows, too_large."""
        # What a file says of its own extent is often wrong; reading it row by row is not.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=values_only), start=1):
            self._left -= len(row) + 1
            if number > _ROWS_OF_EXCEL:
                raise SheetProblem("too_many_rows")
            if self._left < 0:
                raise SheetProblem("too_large")
            yield number, row


def _first_filled_sheet(content: bytes, limits: Limits) -> Iterator[Row]:
    # Brought only for a workbook: it takes longer to load than the rest of this package.
    import openpyxl
    from openpyxl.chartsheet import Chartsheet

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    extent = Extent(limits)
    try:
        sheets = [sheet for sheet in book.worksheets if not isinstance(sheet, Chartsheet)]
        for sheet in sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible"):
            is_filled = False
            for number, values in extent.rows(sheet, values_only=True):
                if values.count(None) == len(values):
                    continue
                row = Row(number, tuple(_cell(value) for value in values))
                is_filled = is_filled or not all(map(is_blank, row.cells))
                yield row
            if is_filled:
                return
    finally:
        book.close()


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return unescaped(value) if "_x" in value else value
    if value is None or isinstance(value, bool | int | float | datetime | date):
        return value
    return str(value)  # times of day and durations


def unescaped(text: str) -> str:
    """Undo `_x000D_` and its like, by which XLSX writes characters that XML cannot hold."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
