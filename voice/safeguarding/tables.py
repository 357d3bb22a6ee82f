"""The table of worries."""

from __future__ import annotations

from piccolo.columns import UUID, Date, Text, Varchar
from piccolo.table import Table


class Worry(Table, tablename="worry"):
    """A worry, sealed: see ``worries.py``. ``place`` says where it came in, such as the title of a session."""

    id = UUID(primary_key=True)
    source = Varchar(12)
    place = Varchar(200)
    sealed = Text()
    raised_on = Date()
    looked_at_on = Date(null=True, default=None)
    looked_at_by = UUID(null=True, default=None)


TABLES = (Worry,)
