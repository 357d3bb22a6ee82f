"""Ledgers for tests, written as people read them."""

from __future__ import annotations

import pandas as pd

from analysis.fatigue.ledger import COLUMNS
from analysis.fatigue.reading import read_asks


def text(*rows: str, **more: list[str]) -> pd.DataFrame:
    """Rows of a partner's file: the columns of a ledger with commas between."""
    cells = [[cell.strip() for cell in row.split(",")] for row in rows]
    return pd.DataFrame(cells, columns=list(COLUMNS), dtype="str").assign(**more)


def asks(*rows: str) -> pd.DataFrame:
    read = read_asks(text(*rows))
    assert not read.left_out
    return read.asks
