"""Columns with those beside them, as the formats have them that hold nothing but values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from surveys.exporting.columns import Cell, Column, Row
from surveys.question_types.variables import Measure

Holds = Literal["text", "whole", "yes_no", "date"]

HOLDS: dict[Measure, Holds] = {"number": "whole", "rank": "whole", "yes_no": "yes_no", "date": "date"}
"""What columns hold that do not hold text."""


class Field(msgspec.Struct, frozen=True):
    name: str
    holds: Holds


def fields_of(columns: Sequence[Column]) -> tuple[Field, ...]:
    """Each column, then its words, then why it is empty."""
    return tuple(
        field
        for column in columns
        for field in (
            Field(column.name, HOLDS.get(column.measure, "text")),
            Field(column.label_name, "text"),
            Field(column.why_name, "text"),
        )
        if field.name
    )


def flat(columns: Sequence[Column], row: Row, language: str) -> dict[str, Cell]:
    """What stands in the fields of a row; a field that is not there is empty."""
    cells: dict[str, Cell] = dict(row.values)
    for column in columns:
        value = row.values.get(column.name)
        if value is not None and column.label_name:
            cells[column.label_name] = column.words_of(value, language)
        if column.name in row.why:
            cells[column.why_name] = row.why[column.name]
    return cells
