"""What a restore must know that no backup from before can tell it."""

from __future__ import annotations

from piccolo.columns import Date, Varchar
from piccolo.table import Table


class Erased(Table, tablename="erased"):
    """A row of the table ``kind`` that was erased because somebody asked. ``mark`` is a hash of which it was: it says
    nothing to anybody who does not have the row."""

    mark = Varchar(64, primary_key=True)
    kind = Varchar(40)
    erased_on = Date()


TABLES = (Erased,)
"""Bound to the store's engine at start."""
