"""What was tried in this minute."""

from __future__ import annotations

from piccolo.columns import Integer, Varchar
from piccolo.table import Table


class TryCount(Table, tablename="try_count"):
    """``mark`` is the name of a limit and three bytes that an address, a minute and our secret come to: some two
    hundred and fifty addresses come to the same, so none can be worked out, and in the next minute they are others.
    ``turn`` is the last digit of the minute, by which rows that are over are known; it tells no time.
    """

    mark = Varchar(40, primary_key=True)
    turn = Integer()
    tries = Integer()


TABLES = (TryCount,)
