"""Files of answers read again, by libraries that know nothing of us, as rows of what stands in their columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet  # type: ignore[import-untyped]
import pyreadstat

WHY = {-97: "rather_not_say", -98: "skipped", -99: "not_asked"}


def read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def read_xlsx(path: Path, sheet: str = "answers") -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def read_parquet(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
    return rows


def read_sav(path: Path) -> list[dict[str, Any]]:
    """Numbers that have a label are read as it, and those that say why a value is missing as ``None``; why then
    stands in the column beside."""
    frame, about = pyreadstat.read_sav(path, user_missing=True)
    rows: list[dict[str, Any]] = []
    for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        row: dict[str, Any] = {}
        for name, value in record.items():
            if name in about.missing_ranges:
                row[f"{name}_missing"] = WHY.get(value)
                row[str(name)] = None if value in WHY else about.variable_value_labels.get(name, {}).get(value, value)
            elif str(name).endswith("_missing"):
                row[str(name)] = WHY.get(value)
            else:
                row[str(name)] = about.variable_value_labels.get(name, {}).get(value, value)
        rows.append(row)
    return rows


READERS = {"csv": read_csv, "xlsx": read_xlsx, "jsonl": read_jsonl, "parquet": read_parquet, "sav": read_sav}


def plain(value: Any) -> Any:
    """What a value is, however a format had to write it: ``None``, text, a number, a truth or a day."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if value in ("", None):
        return None
    if value in ("true", "false", "Yes", "No"):
        return value in ("true", "Yes")
    if isinstance(value, float):
        return int(value)
    if isinstance(value, str) and value.isdecimal() and len(value) < 4:
        return int(value)
    return value
