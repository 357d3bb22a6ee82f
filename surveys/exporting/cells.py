"""Cells that a spreadsheet shows as they are, and runs never."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins like this would be run as a formula by a spreadsheet; it gets an apostrophe before it."""


def safe_cell(value: object) -> str:
    """``value`` as the text of a cell; ``None`` is an empty one."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
