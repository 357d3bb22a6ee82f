"""What is published of actions, and what groups said about the wording of what is said to be theirs."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table


class Publication(Table, tablename="publication"):
    """One version of "you said, we did" about an ``action``; ``number`` counts its versions from 1.

    ``state`` is ``draft``, ``asked`` (a group looks at its words), ``published``, ``replaced`` or ``withdrawn``: of an
    action one at most is a draft or asked, and one at most is published. What was published never changes but for
    these two ends. ``outcome`` is the state of the action as it was frozen. ``said_by`` is whose words they are said to
    be: a kind of respondent, or ``everybody``. ``words`` is JSON, by language: see ``item.py``. ``people`` is how many
    said so, and empty below the floor. ``first_said`` is the month of the earliest of them, and may be empty.
    ``symbol`` is one of ours; ``picture`` is a file of the partnership's own, and ``picture_says`` what it shows.
    """

    id = UUID(primary_key=True)
    action = UUID()
    number = Integer()
    state = Varchar(10)
    outcome = Varchar(10)
    said_by = Varchar(20)
    term = Varchar(11)
    words = Text()
    people = Integer(null=True, default=None)
    first_said = Varchar(7)
    symbol = Varchar(40)
    picture = UUID(null=True, default=None)
    picture_says = Text()
    made_on = Date()
    published_on = Date(null=True, default=None)
    published_by = UUID(null=True, default=None)
    withdrawn_on = Date(null=True, default=None)
    replaced_by = UUID(null=True, default=None)


class PublicationAbout(Table, tablename="publication_about"):
    """What a publication is about, as the action was: a ``theme``, ``survey``, ``session``, ``line`` or ``concept``."""

    id = UUID(primary_key=True)
    publication = ForeignKey(Publication, null=False)
    kind = Varchar(10)
    key = Varchar(400)


class WordingApproval(Table, tablename="wording_approval"):
    """What a group said about the words that are said to be theirs. Rows are only ever added.

    ``answer`` is ``agreed``, ``change`` or ``no``. ``words`` are those they agree to: as they read them, or as they
    want them. ``heads`` is how many people were there, and never who.
    """

    id = UUID(primary_key=True)
    publication = ForeignKey(Publication, null=False)
    number = Integer()
    answer = Varchar(10)
    words = Text()
    heads = Integer()
    day = Date()


TABLES = (Publication, PublicationAbout, WordingApproval)
