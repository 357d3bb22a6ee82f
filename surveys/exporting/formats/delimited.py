"""CSV in UTF-8."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from surveys.exporting.cells import SafeRows
from surveys.exporting.columns import Cell, Column, Row
from surveys.exporting.dictionary import Numbered
from surveys.exporting.formats.flat import fields_of, flat


class DelimitedWriter:
    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self._columns = columns
        self._language = language
        self._names = [field.name for field in fields_of(columns)]
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = SafeRows(self._file)
        self._writer.writerow(self._names)
        self.numbered: Mapping[str, Numbered] = {}
        self.cut_short = 0

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            cells = flat(self._columns, row, self._language)
            self._writer.writerow([_written(cells.get(name)) for name in self._names])

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:  # noqa: ARG002 - CSV has no place for it
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


def _written(value: Cell | None) -> Cell | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
