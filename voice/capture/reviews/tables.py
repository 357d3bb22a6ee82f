"""The table of reviews."""

from __future__ import annotations

from piccolo.columns import UUID, Date, Varchar
from piccolo.table import Table


class Review(Table, tablename="review"):
    """A review of one child's plan or support on one day; no child has two on the same day.

    ``child`` is a keyed hash of the reference that the council or the school uses. ``year_group`` is a code of
    ``surveys/question_types/year_group.py`` and ``participation`` one of ``participation.py``; all three are empty when
    not known, as is ``setting``.
    """

    id = UUID(primary_key=True)
    child = Varchar(32)
    review_date = Date()
    year_group = Varchar(20)
    setting = Varchar(120)
    participation = Varchar(20)


TABLES = (Review,)
