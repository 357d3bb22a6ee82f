"""Parquet, with the dictionary in the file's own metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from surveys.exporting.columns import Column, Row
from surveys.exporting.dictionary import Numbered
from surveys.exporting.formats.flat import fields_of, flat

DICTIONARY = "dictionary"
"""Under this name, the metadata holds the dictionary: a JSON list of objects."""

_TYPES = {
    "text": pyarrow.string(),
    "whole": pyarrow.int64(),
    "yes_no": pyarrow.bool_(),
    "date": pyarrow.date32(),
}


class ParquetWriter:
    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self._columns = columns
        self._language = language
        labels = {column.name: column.label.get(language) or column.label.get("en", "") for column in columns}
        self._schema = pyarrow.schema(
            [
                pyarrow.field(field.name, _TYPES[field.holds], metadata={"label": labels.get(field.name, "")})
                for field in fields_of(columns)
            ]
        )
        self._file = path.open("wb")
        self._writer = pyarrow.parquet.ParquetWriter(self._file, self._schema)
        self.numbered: Mapping[str, Numbered] = {}
        self.cut_short = 0

    def add(self, rows: Sequence[Row]) -> None:
        cells = [flat(self._columns, row, self._language) for row in rows]
        self._writer.write_table(pyarrow.Table.from_pylist(cells, schema=self._schema))

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:
        header, *lines = dictionary
        described = [dict(zip(header, line, strict=True)) for line in lines]
        self._writer.add_key_value_metadata({DICTIONARY: json.dumps(described, ensure_ascii=False)})
        self._writer.close()
        self._file.close()

    def abandon(self) -> None:
        self._writer.close()
        self._file.close()
