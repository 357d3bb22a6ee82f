"""The safeguarding queue: worries, what was done about each, and what the partnership has agreed about them.

Triggers of both databases refuse to change or delete rows of the record and of what was agreed.
"""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class Worry(Table, tablename="worry"):
    """A worry, or a voice that somebody should look at: see ``worries.py``.

    ``way`` is ``somebody`` (said that they are worried), ``staff`` or ``machine`` (flagged a voice). ``place`` says
    where it came in, such as the title of a session. Words stand either here, ``sealed`` under a ``key`` of their own
    that is sealed too (empty for those of before there were such keys), or in the ``voice``. ``contact`` is how the
    person wants to be reached, sealed apart, or empty. ``urgency`` is ``today``, ``soon`` or ``week``; ``state`` is
    ``waiting``, ``open`` (somebody looks into it) or ``closed``. How it stands follows from :class:`WorryEvent`.
    """

    id = UUID(primary_key=True)
    way = Varchar(10)
    source = Varchar(12)
    place = Varchar(200)
    voice = UUID(null=True, default=None)
    key = Text()
    sealed = Text()
    contact = Text()
    raised_on = Date()
    urgency = Varchar(10)
    due_on = Date()
    state = Varchar(10)
    outcome = Varchar(20)
    closed_on = Date(null=True, default=None)
    words_gone_on = Date(null=True, default=None)


class WorryEvent(Table, tablename="worry_event"):
    """Something that was done about a worry. Rows are only ever added; ``number`` counts those of a worry from 1.

    ``kind`` is ``raised``, ``read``, ``contact`` (somebody opened how to reach the person), ``noted``, ``looking``,
    ``confirmed`` (a person says that somebody should look), ``closed``, ``reopened``, ``told`` or ``words_gone``.
    ``detail`` is the urgency, the outcome, or the step of a letter. ``by`` is who did it, or who was told; nobody when
    it came by itself. ``sealed`` is what they wrote, sealed like the worry, or empty.
    """

    place = Integer(primary_key=True)
    worry = UUID()
    number = Integer()
    kind = Varchar(12)
    detail = Varchar(20)
    by = UUID(null=True, default=None)
    on_day = Date()
    sealed = Text()


class WorryReminder(Table, tablename="worry_reminder"):
    """A letter about a worry. ``step`` is ``new``, ``due``, ``late``, ``deputy`` or ``administrator``; ``due_on`` is
    the day it was about. A row stands before its letter is handed over; ``sent_on`` is empty until it was taken."""

    id = UUID(primary_key=True)
    worry = ForeignKey(Worry, null=False)
    member = ForeignKey(Member, null=False)
    step = Varchar(16)
    due_on = Date()
    taken_on = Date()
    sent_on = Date(null=True, default=None)


class SafeguardingAgreement(Table, tablename="safeguarding_agreement"):
    """Who looks, and how soon: the newest row counts. See ``agreement.py``."""

    place = Integer(primary_key=True)
    lead = ForeignKey(Member, null=True, default=None)
    deputy = ForeignKey(Member, null=True, default=None)
    days_today = Integer()
    days_soon = Integer()
    days_week = Integer()
    deputy_after = Integer()
    administrator_after = Integer()
    months_kept = Integer()
    agreed_by = ForeignKey(Member, null=False)
    agreed_on = Date()


class HelpWords(Table, tablename="help_words"):
    """The words of help in a language, in versions. ``kind`` is ``written`` (then ``words`` are those) or ``agreed``:
    another person agrees to the version of that ``number``."""

    place = Integer(primary_key=True)
    language = Varchar(10)
    number = Integer()
    kind = Varchar(10)
    words = Text()
    by = ForeignKey(Member, null=False)
    on_day = Date()


class ContactOpening(Table, tablename="contact_opening"):
    """Somebody looked at how to reach a person: of a contact ``wish`` or of a ``worry``. Both are empty where a file of
    wishes was written; ``opened`` is how many. ``opened_by`` is empty for the command line."""

    place = Integer(primary_key=True)
    wish = UUID(null=True, default=None)
    worry = UUID(null=True, default=None)
    opened = Integer()
    why = Varchar(20)
    opened_by = UUID(null=True, default=None)
    opened_on = Date()


TABLES = (Worry, WorryEvent, WorryReminder, SafeguardingAgreement, HelpWords, ContactOpening)
