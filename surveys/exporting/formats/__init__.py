"""The files that tables of answers are written to, one format a module.

In CSV, XLSX, JSON Lines and Parquet, a column of codes has its words beside it, and a column that can be empty says
beside it why it is (``rather_not_say``, ``skipped``, ``not_asked``). SPSS files say both in the value itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from surveys.exporting.columns import Column, Row
from surveys.exporting.dictionary import Numbered

Format = Literal["csv", "xlsx", "jsonl", "parquet", "sav"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "jsonl", "parquet", "sav")


class TooManyRows(Exception):
    """A workbook cannot hold them; the other formats can."""


class Writer(Protocol):
    """Writes one table: rows as they come, then the dictionary where the format has a place for it.

    ``cut_short`` counts the texts that were longer than the format can hold.
    """

    cut_short: int

    def add(self, rows: Sequence[Row]) -> None:
        """Raises ``OSError``, and :class:`TooManyRows` when the format can hold no more."""
        ...

    @property
    def numbered(self) -> Mapping[str, Numbered]:
        """How the codes of columns are written, where they are written as numbers."""
        ...

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:
        """Writes what is left to write, with ``dictionary`` whose first line is its header, and closes the file."""
        ...

    def abandon(self) -> None:
        """Closes the file as it is."""
        ...


def writer(format: Format, path: Path, columns: Sequence[Column], language: str) -> Writer:
    """A writer of a new file at ``path``; words beside codes are those of ``language``. Raises ``OSError``."""
    # Brought only when they are asked for: some take longer to load than everything else.
    match format:
        case "csv":
            from surveys.exporting.formats.delimited import DelimitedWriter

            return DelimitedWriter(path, columns, language)
        case "xlsx":
            from surveys.exporting.formats.workbook import WorkbookWriter

            return WorkbookWriter(path, columns, language)
        case "jsonl":
            from surveys.exporting.formats.json_lines import JsonLinesWriter

            return JsonLinesWriter(path, columns, language)
        case "parquet":
            from surveys.exporting.formats.parquet import ParquetWriter

            return ParquetWriter(path, columns, language)
        case "sav":
            from surveys.exporting.formats.spss import SpssWriter

            return SpssWriter(path, columns, language)
