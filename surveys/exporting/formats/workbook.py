"""A workbook (XLSX): the answers on one sheet, the dictionary on another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from surveys.exporting.cells import safe_cell
from surveys.exporting.columns import Cell, Column, Row
from surveys.exporting.dictionary import Numbered
from surveys.exporting.formats import TooManyRows
from surveys.exporting.formats.flat import fields_of, flat

MOST_ROWS = 1_048_575
"""Rows of a sheet, below its header."""
LONGEST_CELL = 32_767

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XLSX writes as ``_x0001_``, and what would be taken for that."""


class WorkbookWriter:
    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self._columns = columns
        self._language = language
        self._names = [field.name for field in fields_of(columns)]
        # Opened now, so that a place which cannot be written to is known before anything is read.
        self._file = path.open("wb")
        self._book = openpyxl.Workbook(write_only=True)
        self._answers = self._book.create_sheet("answers")
        self._answers.freeze_panes = "B2"
        self.numbered: Mapping[str, Numbered] = {}
        self.cut_short = 0
        self._answers.append([self._written(name) for name in self._names])
        self._rows = 0

    def add(self, rows: Sequence[Row]) -> None:
        self._rows += len(rows)
        if self._rows > MOST_ROWS:
            raise TooManyRows
        for row in rows:
            cells = flat(self._columns, row, self._language)
            self._answers.append([self._written(cells.get(name)) for name in self._names])

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:
        sheet = self._book.create_sheet("dictionary")
        sheet.freeze_panes = "A2"
        for line in dictionary:
            sheet.append([self._written(cell) for cell in line])
        self._book.save(self._file)
        self._book.close()
        self._file.close()

    def abandon(self) -> None:
        self._answers.close()
        self._file.close()

    def _written(self, value: Cell | None) -> Cell | None:
        if not isinstance(value, str):
            return value
        text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", safe_cell(value))
        self.cut_short += len(text) > LONGEST_CELL
        return text[:LONGEST_CELL] or None
