"""Values of rows in a form that does not depend on the database: what JSON can hold, by the type of the column.

SQLite keeps ids, days and times as text, PostgreSQL has types of its own. ``written`` is how a value stands in a
backup, ``for_database`` what a database wants of it. The times of SQLite are written as Piccolo writes them, so that
they still compare as text.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import struct
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

Row = Sequence[Any]

IDS, DAYS, TIMES, TRUTHS, BYTES, JSONS, SMALL_REALS = "id", "day", "time", "truth", "bytes", "json", "small_real"
PLAIN = "plain"

_KINDS = {
    "UUID": IDS,
    "DATE": DAYS,
    "TIMESTAMPTZ": TIMES,
    "TIMESTAMP WITH TIME ZONE": TIMES,
    "BOOLEAN": TRUTHS,
    "BYTEA": BYTES,
    "BLOB": BYTES,
    "JSON": JSONS,
    "JSONB": JSONS,
    "REAL": SMALL_REALS,
}


def kind_of(declared: str) -> str:
    """What a column holds whose type is declared as ``declared``; both databases use the same words, but for a few."""
    return _KINDS.get(declared.upper().partition("(")[0].strip(), PLAIN)


def written(kind: str, value: Any) -> Any:
    """The value as it stands in a backup."""
    if value is None:
        return None
    match kind:
        case "id":
            return str(value)
        case "day":
            return value.isoformat() if isinstance(value, dt.date) else str(value)
        case "time":
            return _time(value).isoformat()
        case "truth":
            return bool(value)
        case "bytes":
            return base64.b64encode(value.encode() if isinstance(value, str) else value).decode("ascii")
        case "json":
            return value if isinstance(value, str) else json.dumps(value)
        case "small_real":
            return _shortest(float(value))
        case _:
            return value


def _time(value: dt.datetime | str) -> dt.datetime:
    found = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def for_database(kind: str, dialect: str) -> Callable[[Any], Any]:
    """Makes what a database wants of what stands in a backup."""
    if kind == BYTES:
        return base64.b64decode
    if kind == TIMES:
        return dt.datetime.fromisoformat if dialect == "postgres" else _as_piccolo_writes
    if dialect == "postgres" and kind == IDS:
        return uuid.UUID
    if dialect == "postgres" and kind == DAYS:
        return dt.date.fromisoformat
    return _as_it_is


def _as_piccolo_writes(value: str) -> str:
    return str(dt.datetime.fromisoformat(value))


def _as_it_is(value: Any) -> Any:
    return value


class Sum:
    """A number for the rows of a table, whatever their order: which of two orders a database gives is its own affair.

    The hashes of the rows are added up. A row that is missing, added or different by one letter changes the sum.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        self._as_compared = [_COMPARED.get(kind) for kind in kinds]
        self._sum = 0
        self.rows = 0

    def add(self, row: Row) -> None:
        """``row`` is written as in a backup."""
        compared = [
            how(value) if how is not None and value is not None else value
            for how, value in zip(self._as_compared, row, strict=True)
        ]
        self._sum += int.from_bytes(hashlib.sha256(msgspec.json.encode(compared)).digest(), "big")
        self.rows += 1

    def total(self) -> str:
        return f"{self._sum % 2**256:064x}"


def _in_single_precision(value: float) -> float:
    """PostgreSQL keeps a ``REAL`` in four bytes, SQLite in eight."""
    found: float = struct.unpack("f", struct.pack("f", value))[0]
    return found


def _shortest(value: float) -> float:
    """0.6 for what four bytes make of 0.6; any other number as it is."""
    if _in_single_precision(value) != value:
        return value
    tried = (float(f"{value:.{digits}g}") for digits in range(6, 10))
    return next(short for short in tried if _in_single_precision(short) == value)


def _json_sorted(value: str) -> str:
    """``JSONB`` keeps neither spaces nor the order of names."""
    return json.dumps(json.loads(value), sort_keys=True)


_COMPARED: dict[str, Callable[[Any], Any]] = {SMALL_REALS: _in_single_precision, JSONS: _json_sorted}
