"""The tables of sessions. Nothing here becomes a voice before the people who said it agreed to the report."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table


class Session(Table, tablename="session"):
    """A session as it is planned and run.

    ``forum`` is the group that meets again and again; ``kind`` is ``youth_forum``, ``lets_talk``, ``focus_group``,
    ``headteachers`` or ``other``. ``agenda`` is a list of activities, ``running`` what the room is at, both as JSON:
    see ``planning.py`` and ``running.py``. ``stage`` is ``planned``, ``running``, ``ended`` or ``approved``.
    ``revision`` counts what has changed, so that screens know when to look again. ``asked_anyway`` is the reason why
    something is asked that is known already. ``pictures_agreed`` says that photos, drawings and recordings may be
    made, and ``consent_asked`` how people were asked. ``named`` is what the group chose: names on the page of who
    leads, never on the big screen.
    """

    id = UUID(primary_key=True)
    forum = Varchar(120)
    title = Varchar(200)
    kind = Varchar(20)
    purpose = Text()
    invited = Text()
    what_happens_next = Text()
    asked_anyway = Text()
    respondent_kind = Varchar(20)
    setting = Varchar(120)
    heard_by = Varchar(120)
    language = Varchar(10)
    held_on = Date()
    pictures_agreed = Boolean()
    consent_asked = Text()
    named = Boolean()
    thanks_wanted = Boolean()
    agenda = Text()
    running = Text()
    stage = Varchar(12)
    revision = Integer()
    code_hash = Varchar(32, unique=True)
    planned_by = UUID()


class SessionTablet(Table, tablename="session_tablet"):
    """A device in the room, or one person at it. ``key_hash`` is of a key that the device alone holds; ``name`` is
    what the person wants to be called, and empty unless the group chose to use names. ``handed_on`` says that
    the next person has the device: what this one said is not shown there any more."""

    id = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    key_hash = Varchar(32)
    name = Varchar(40)
    said_by = Varchar(20)
    handed_on = Boolean()


class SessionCard(Table, tablename="session_card"):
    """Something said in one activity. The device names the ``id``, so that a card sent twice is stored once.

    ``column`` is a column of the board, a feeling, or what an I statement was answered with; ``cluster`` is the
    group that the room put the card into; ``picture`` is the code of a symbol. ``form`` is that of the evidence
    bank's voices; ``media_type`` is that of the file, which lies in the folder ``rooms``.
    """

    id = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    activity = Varchar(40)
    column = Varchar(40, db_column_name="board_column")
    text = Text(null=True, default=None)
    picture = Varchar(40)
    file = UUID(null=True, default=None)
    language = Varchar(10)
    said_by = Varchar(20)
    tablet = UUID(null=True, default=None)
    cluster = Varchar(120)
    place = Integer()
    revealed = Boolean()
    taken_back = Boolean()
    form = Varchar(12)
    media_type = Varchar(40)


class SessionVote(Table, tablename="session_vote"):
    """A dot that one person gave to a card or an option; ``place`` is a rank where things are ranked."""

    id = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    activity = Varchar(40)
    option = Varchar(80)
    tablet = UUID()
    place = Integer()


class SessionAttendance(Table, tablename="session_attendance"):
    """How many people of an age band and a group were there. Never who."""

    id = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    age_band = Varchar(20)
    who = Varchar(40)
    people = Integer()


class SessionThanks(Table, tablename="session_thanks"):
    """Names for a thank-you list, sealed and kept apart, when the group wants one."""

    id = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    sealed = Text()


class SessionAsk(Table, tablename="session_ask"):
    """What happened since with something that a group asked for in an approved report; ``line`` is the card, or the
    sentence that was added."""

    line = UUID(primary_key=True)
    session = ForeignKey(Session, null=False)
    happened = Text()
    written_on = Date()


class SessionReport(Table, tablename="session_report"):
    """The report as the group corrected it, as JSON: see ``report.py``. ``approved_by`` says who agreed, in words
    such as "the group", never a name of a young person."""

    session = ForeignKey(Session, primary_key=True, null=False)
    corrected = Text()
    approved_on = Date(null=True, default=None)
    approved_by = Varchar(120)


TABLES = (
    Session,
    SessionTablet,
    SessionCard,
    SessionVote,
    SessionAttendance,
    SessionThanks,
    SessionReport,
    SessionAsk,
)
