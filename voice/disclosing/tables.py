"""What was published of the people of a base, frozen."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class PublishedTable(Table, tablename="published_table"):
    """A table of counts as it was shown; it never changes, whatever becomes of the answers behind it.

    ``base`` names whose people it counts, the same for all tables that can be read against each other (a survey's
    round, a register in a term). ``what`` is its name for staff. ``dimensions`` is a JSON list of names, ``filters`` a
    JSON list of pairs, and ``cells`` a JSON list of pairs: the category of each dimension or ``Total``, and the count
    or null where it is hidden. Why it is hidden is not kept. ``role`` is that of ``published_by`` on that day.
    """

    id = UUID(primary_key=True)
    base = Varchar(200)
    what = Varchar(200)
    dimensions = Text()
    filters = Text()
    cells = Text()
    threshold = Integer()
    published_by = ForeignKey(Member, null=False)
    role = Varchar(20)
    published_on = Date()


TABLES = (PublishedTable,)
