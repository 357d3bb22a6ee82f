"""What was decided about what was heard, and what came of it. What people wrote is never overwritten silently."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class Action(Table, tablename="action"):
    """What we heard, what we decided, who does it and by when, as it stands now.

    ``origin`` is ``theme``, ``disagreement``, ``session``, ``summary``, ``measure`` or ``other``. ``origin_key`` is a
    theme id, the line of a session's report (``SessionAsk.line``), a concept, or the key of a disagreement;
    ``origin_name`` is what it was called on that day, and stays when a theme is retired. ``term`` is the one it was
    heard in, and may be empty.
    ``heard``, ``decided`` and ``cannot`` are JSON by language, in easy English at least; ``cannot`` says why we
    cannot, which is an answer too. ``figures`` is JSON, frozen on that day, or empty: see ``promise.py``.
    ``first_said`` is the earliest day or month when somebody said it, as far as it is known: ``2026-03-14`` or
    ``2026-03``, or empty. ``partner`` is the team or organisation that is responsible. ``state`` is ``planned``,
    ``under_way``, ``done``, ``cannot`` or ``stopped``; ``settled_on`` is the day since when it is one of these three.
    """

    id = UUID(primary_key=True)
    origin = Varchar(12)
    origin_key = Varchar(400)
    origin_name = Varchar(300)
    term = Varchar(11)
    heard = Text()
    figures = Text()
    first_said = Varchar(10)
    decided = Text()
    cannot = Text()
    owner = ForeignKey(Member, null=True, default=None)
    partner = Varchar(200)
    due_on = Date(null=True, default=None)
    state = Varchar(10)
    settled_on = Date(null=True, default=None)
    made_on = Date()
    made_by = ForeignKey(Member, null=False)


class ActionAbout(Table, tablename="action_about"):
    """What an action is about, so that whoever said it can find it. ``kind`` is ``theme``, ``survey``, ``session``,
    ``line`` (of a session's report) or ``concept``; ``key`` is its id or code."""

    id = UUID(primary_key=True)
    action = ForeignKey(Action, null=False)
    kind = Varchar(10)
    key = Varchar(200)


class ActionUpdate(Table, tablename="action_update"):
    """What somebody added to an action on a day. Rows are only ever added; ``number`` counts those of an action from 1.

    ``since`` is what has happened since, ``still`` what still needs to happen, and ``evidence`` what shows that it
    worked: each JSON by language, ``{}`` where nothing was written. ``evidence_link`` may be empty; ``measured`` is
    JSON of a measure before and after, frozen, or empty: see ``promise.py``. ``state``, ``due_on``, ``owner`` and
    ``partner`` are as they stood after it.
    """

    id = UUID(primary_key=True)
    action = ForeignKey(Action, null=False)
    number = Integer()
    written_on = Date()
    written_by = ForeignKey(Member, null=False)
    since = Text()
    still = Text()
    evidence = Text()
    evidence_link = Varchar(400)
    measured = Text()
    state = Varchar(10)
    due_on = Date(null=True, default=None)
    owner = ForeignKey(Member, null=True, default=None)
    partner = Varchar(200)


class ActionFormerWords(Table, tablename="action_former_words"):
    """Words that stood in an action or an update (``of``) before somebody put others in their place."""

    id = UUID(primary_key=True)
    of = UUID(index=True)
    field = Varchar(10)
    language = Varchar(10)
    words = Text()
    replaced_on = Date()
    replaced_by = ForeignKey(Member, null=False)


class ActionReminder(Table, tablename="action_reminder"):
    """A reminder of an action. ``kind`` is ``ahead``, ``due`` or ``overdue``; ``due_on`` is what it was about, and
    ``turn`` counts the weeks since. A row stands before its letter is handed over, and ``sent_on`` is empty until the
    mail server took it."""

    id = UUID(primary_key=True)
    action = ForeignKey(Action, null=False)
    member = ForeignKey(Member, null=False)
    kind = Varchar(8)
    due_on = Date()
    turn = Integer()
    taken_on = Date()
    sent_on = Date(null=True, default=None)


TABLES = (Action, ActionAbout, ActionUpdate, ActionFormerWords, ActionReminder)
