"""A file as Microsoft Forms gives it, for a browser to choose."""

from __future__ import annotations

import zlib
from datetime import datetime

from playwright.async_api import FilePayload

from tests.surveys.importing.files import xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEADERS = (
    *("ID", "Start time", "Completion time", "Email", "Name"),
    *("How happy are you with how it went?\n", "What went well?\u00a0", "Did we keep you up to date?"),
)


def microsoft_forms(note: str) -> FilePayload:
    """Three answers and a row whose date is no date. One says "Sort of" and the note, which is
    none of our options and was not explained before."""
    first = zlib.crc32(note.encode()) % 1_000_000  # the form's own numbers: another note, other answers
    rows = [
        HEADERS,
        (first + 1, _at(3, 9), _at(3, 10), "anonymous", None, "Very happy", f"They met us at home ({note}).", "Yes"),
        (
            first + 2,
            _at(4, 11),
            _at(4, 12),
            "anonymous",
            None,
            f"Sort of, {note}",
            f"The play worker ({note}).",
            "Mostly",
        ),
        (first + 3, _at(9, 20), _at(9, 21), "anonymous", None, "Unhappy", None, "No"),
        (first + 4, "soon", "soon", "anonymous", None, "Happy", f"A short letter ({note}).", "Yes"),
    ]
    return {"name": f"Families {note}.xlsx", "mimeType": XLSX, "buffer": xlsx_bytes(rows)}


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 5)  # noqa: DTZ001 - a sheet holds times without a zone
