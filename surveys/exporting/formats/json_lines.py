"""JSON Lines: an object a row, with every column in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from surveys.exporting.columns import Column, Row
from surveys.exporting.dictionary import Numbered
from surveys.exporting.formats.flat import fields_of, flat


class JsonLinesWriter:
    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self._columns = columns
        self._language = language
        self._names = [field.name for field in fields_of(columns)]
        self._file = path.open("wb")
        self._encoder = msgspec.json.Encoder()
        self.numbered: Mapping[str, Numbered] = {}
        self.cut_short = 0

    def add(self, rows: Sequence[Row]) -> None:
        objects = []
        for row in rows:
            cells = flat(self._columns, row, self._language)
            objects.append({name: cells.get(name) for name in self._names})
        self._file.write(self._encoder.encode_lines(objects))

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:  # noqa: ARG002 - JSON Lines has no place for it
        self._file.close()

    def abandon(self) -> None:
        self._file.close()
