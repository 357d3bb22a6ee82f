"""SPSS (.sav): codes as labelled numbers, and why a value is missing as SPSS says it.

The whole table stands in memory before it is written: the library writes a file in one go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat

from surveys.exporting.columns import RATHER_NOT, WHY, Cell, Column, Row, Why
from surveys.exporting.dictionary import Numbered

MISSING: dict[Why, int] = {RATHER_NOT: -97, "skipped": -98, "not_asked": -99}
"""User-missing values of numbers. Columns of text and days have them in a column beside them."""

LONGEST_NAME = 64
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120
LONGEST_TEXT = 32_000
"""Bytes that an SPSS file has room for; the dictionary holds labels in full."""

MISSING_WORDS = {RATHER_NOT: "Would rather not say", "skipped": "Skipped", "not_asked": "Not asked"}

_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


class SpssWriter:
    def __init__(self, path: Path, columns: Sequence[Column], language: str) -> None:
        self._path = path
        path.open("wb").close()
        self._columns = columns
        self._language = language
        self._cells: dict[str, list[Cell | None]] = {}
        self.cut_short = 0
        taken: set[str] = set()
        self._numbers: dict[str, dict[str, int]] = {}
        self._names: dict[str, str] = {}
        self._why_names: dict[str, str] = {}
        for column in columns:
            self._names[column.name] = _name(column.name, taken)
            if column.measure == "code":
                self._numbers[column.name] = {code: place for place, (code, _) in enumerate(column.codes, start=1)}
            elif column.measure == "yes_no":
                self._numbers[column.name] = {"false": 0, "true": 1}
        for column in columns:
            if column.why_name and not _is_number(column):
                self._why_names[column.name] = _name(f"{self._names[column.name][:52]}{WHY}", taken)
        for name in (*self._names.values(), *self._why_names.values()):
            self._cells[name] = []

    @property
    def numbered(self) -> Mapping[str, Numbered]:
        return {name: Numbered(written, self._numbers.get(name, {})) for name, written in self._names.items()}

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for column in self._columns:
                value = self._value(column, row)
                self._cells[self._names[column.name]].append(value)
                if column.name in self._why_names:
                    why = row.why.get(column.name)
                    self._cells[self._why_names[column.name]].append(MISSING[why] if why else None)

    def _value(self, column: Column, row: Row) -> Cell | None:
        value = row.values.get(column.name)
        if value is None:
            why = row.why.get(column.name)
            if _is_number(column):
                return MISSING[why] if why else None
            return None if column.measure == "date" else ""
        if column.measure == "yes_no":
            return int(value) if isinstance(value, bool) else None
        if column.measure == "code":
            numbers = self._numbers[column.name]
            return numbers.setdefault(str(value), len(numbers) + 1)
        if isinstance(value, str):
            cut = _cut(value, LONGEST_TEXT)
            self.cut_short += cut != value
            return cut
        return value

    def finish(self, dictionary: Sequence[Sequence[str]]) -> None:  # noqa: ARG002 - labels say what SPSS can hold of it
        frame = pd.DataFrame(
            {self._names[column.name]: self._series(column) for column in self._columns}
            | {name: pd.Series(self._cells[name], dtype="float64") for name in self._why_names.values()}
        )
        order = [
            name
            for column in self._columns
            for name in (self._names[column.name], self._why_names.get(column.name))
            if name
        ]
        numbers = [column for column in self._columns if _is_number(column) and column.why_name]
        missing: dict[int | float, str] = {MISSING[why]: words for why, words in MISSING_WORDS.items()}
        pyreadstat.write_sav(
            frame[order],
            self._path,
            column_labels={self._names[c.name]: _cut(_said(c, self._language), LONGEST_LABEL) for c in self._columns},
            variable_value_labels={self._names[column.name]: self._labels(column) for column in self._columns}
            | {name: dict(missing) for name in self._why_names.values()},
            missing_ranges={self._names[column.name]: list(MISSING.values()) for column in numbers},
            variable_measure={
                self._names[c.name]: "nominal" if c.measure in ("code", "yes_no", "text", "file") else "scale"
                for c in self._columns
            },
            variable_format={self._names[c.name]: "F8.0" for c in self._columns if _is_number(c)},
        )

    def abandon(self) -> None:
        """Nothing is open."""

    def _series(self, column: Column) -> pd.Series:
        cells = self._cells[self._names[column.name]]
        if _is_number(column):
            return pd.Series(cells, dtype="float64")
        return pd.Series(cells, dtype="object")

    def _labels(self, column: Column) -> dict[int | float, str]:
        if not _is_number(column):
            return {}
        if column.measure == "yes_no":
            labels: dict[int | float, str] = {0: "No", 1: "Yes"}
        elif column.measure == "code":
            labels = {
                number: _cut(column.words_of(code, self._language), LONGEST_VALUE_LABEL)
                for code, number in self._numbers[column.name].items()
            }
        else:
            labels = {
                int(code): _cut(column.words_of(code, self._language), LONGEST_VALUE_LABEL) for code, _ in column.codes
            }
        return labels | ({MISSING[why]: words for why, words in MISSING_WORDS.items()} if column.why_name else {})


def _is_number(column: Column) -> bool:
    return column.measure in ("code", "yes_no", "number", "rank")


def _said(column: Column, language: str) -> str:
    return column.label.get(language) or column.label.get("en") or column.name


def _cut(text: str, most: int) -> str:
    """``text``, or as much of it as fits into so many bytes."""
    return text.encode()[:most].decode(errors="ignore")


def _name(name: str, taken: set[str]) -> str:
    """A name that SPSS allows and no other column has."""
    plain = re.sub(r"[^A-Za-z0-9_.]", "_", name).rstrip(".")
    plain = plain if plain[:1].isalpha() else f"v_{plain}"
    plain = f"{plain}_" if plain.lower() in _RESERVED else plain
    tried = plain[:LONGEST_NAME].rstrip(".")
    number = 2
    while tried.lower() in taken:
        tried = f"{plain[: LONGEST_NAME - 6].rstrip('.')}_{number}"
        number += 1
    taken.add(tried.lower())
    return tried
