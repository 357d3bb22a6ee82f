"""What went and when, what people asked for about what we keep, and who opened what is locked away."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class Forgotten(Table, tablename="forgotten"):
    """Something that went, and how much of it: nothing of who it was of.

    ``what`` is ``round`` (its answers were kept long enough), ``permission`` (voices given for a time that is over),
    ``request`` (a person asked) or ``time`` (anything else that is kept for a time). ``about`` is the survey, the
    number of the request, or ``worries`` and the like; ``term`` is that of a round and may be empty. ``people`` and
    ``files`` are counts. ``traces_gone_on`` is the day since when it stands in no file of the database either; empty
    while that is still to be done.
    """

    id = UUID(primary_key=True)
    what = Varchar(12)
    about = Varchar(200)
    term = Varchar(11)
    done_on = Date()
    people = Integer()
    files = Integer()
    traces_gone_on = Date(null=True, default=None)


class ConfidentialOpening(Table, tablename="confidential_opening"):
    """Somebody looked who gave confidential answers. The database refuses to change or delete a row.

    ``reference`` is that of the receipt, and finds the answers; it is empty where they were erased. ``reason`` is in
    the words of who looked, or the name of a request (such as R12) for which answers were shown, or erased, as those of
    a person. ``role`` is that of ``opened_by`` at that time. ``found`` says whether there was anything to see.
    """

    id = UUID(primary_key=True)
    reference = Varchar(9)
    survey = Varchar(80)
    reason = Text()
    found = Varchar(10)
    opened_by = ForeignKey(Member, null=False)
    role = Varchar(20)
    opened_at = Timestamptz()


class PersonRequest(Table, tablename="person_request"):
    """What somebody asked for about what we keep of them. ``number`` counts requests, and is what people call them by.

    ``kind`` is ``access`` or ``erasure``; ``state`` is ``open``, ``done`` or ``refused``. ``sealed`` is what the person
    gave to be found by, and is emptied when the request is closed. ``report`` is JSON, what was found, what went and
    why the rest did not: counts and kinds, nothing of what was said. ``because`` is why it was refused.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    kind = Varchar(10)
    state = Varchar(10)
    asked_on = Date()
    due_on = Date()
    sealed = Text()
    report = Text()
    because = Text()
    taken_by = ForeignKey(Member, null=False)
    closed_by = ForeignKey(Member, null=True, default=None)
    closed_on = Date(null=True, default=None)


TABLES = (Forgotten, ConfidentialOpening, PersonRequest)
