"""What the partnership set itself as targets."""

from __future__ import annotations

from piccolo.columns import Date, ForeignKey, Integer, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class MeasureTarget(Table, tablename="measure_target"):
    """A target for a measure: how many of a hundred of those who answer shall say so.

    ``who`` is the kind of people whose answers are meant. Rows are only ever added, and ``place`` orders them: the last
    one of a measure counts. ``percent`` is 0 where there is no target any more.
    """

    place = Integer(primary_key=True)
    concept = Varchar(120)
    who = Varchar(20)
    percent = Integer()
    set_by = ForeignKey(Member, null=False)
    set_on = Date()


TABLES = (MeasureTarget,)
