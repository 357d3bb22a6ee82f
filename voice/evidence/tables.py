"""The evidence bank: voices, and what is known about each: suggestions by machine, decisions by people."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Real, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class Voice(Table, tablename="voice"):
    """Something that somebody said, and that counts: it may be searched, themed and answered.

    What is not released (a session's notes before the young people agreed, a private view) has no row here.

    ``source`` is ``survey``, ``session``, ``review``, ``drop_box`` or ``tell_us``; ``origin`` the round, session,
    private space or contribution it came from. The voice of a survey has the id of its answer. ``person`` is the
    same for all that one person sent at once, and empty where nobody can tell. ``concept`` is a concept of the
    question bank, or a column of a board; ``asked`` what was asked, in English. ``form`` is ``text``, ``audio``,
    ``drawing``, ``photo`` or ``symbols``. ``said_on`` is a month or a day, as coarse as was promised. ``age_band``,
    ``need``, ``setting`` and ``heard_by`` (who heard it, a partner) are empty when not known. ``permitted`` is
    ``count`` (in numbers and themes only), ``read`` (analysts and officers may read the words) or ``quote`` (the
    words may be released as a quote).
    """

    id = UUID(primary_key=True)
    source = Varchar(12)
    origin = UUID()
    person = UUID(null=True, default=None)
    concept = Varchar(120)
    asked = Text()
    text = Text(null=True, default=None)
    language = Varchar(10)
    form = Varchar(12)
    file = UUID(null=True, default=None)
    respondent_kind = Varchar(20)
    said_by = Varchar(20)
    term = Varchar(11)
    said_on = Varchar(10)
    age_band = Varchar(20)
    need = Varchar(40)
    setting = Varchar(120)
    heard_by = Varchar(120)
    permitted = Varchar(12)
    expires_on = Date(null=True, default=None)


class Suggestion(Table, tablename="suggestion"):
    """What the machine suggests for one voice: only ever a suggestion. What people decided stands in
    :class:`voice.themes.tables.VoiceCoding`.

    ``engine`` names the version of the code frame, the rules and the decisions it learned from, so that it is made
    anew when they change. ``themes`` are ids joined by ``;``, the surest first, with their ``confidences`` (0 to 1,
    joined by ``;``); ``confidence`` is how sure the machine is of the whole row, and ``needs_person`` says that a
    person should look first. ``why``, ``sentiment_why`` and ``urgent_why`` are words that stand in the text.
    ``urgent`` points a person to a voice; it judges nobody.
    """

    voice = UUID(primary_key=True)
    engine = Varchar(40)
    themes = Text()
    confidence = Real()
    confidences = Text()
    why = Text()
    outcome = Varchar(20)
    needs_person = Boolean()
    sentiment = Varchar(20)
    sentiment_score = Real(null=True, default=None)
    sentiment_why = Text()
    urgent = Boolean()
    urgent_why = Text()


class SuggestedMention(Table, tablename="suggested_mention"):
    """A sentence of a voice in which the machine found a theme. ``position`` is where it begins in the text; -1 where
    it stands in a translation alone."""

    id = UUID(primary_key=True)
    voice = UUID(index=True)
    theme_id = Varchar(120)
    position = Integer()
    sentence = Text()
    words = Text()
    confidence = Real()
    sentiment = Varchar(20)


class MachineReading(Table, tablename="machine_reading"):
    """What an engine made of a term: of how many ``voices`` it suggested something, and how sure it was on average.

    ``confidence`` is of those that nobody had settled. ``learned_from`` is from how many settled voices it had
    learned. ``place`` orders the readings: the first of a term is the one before anybody decided.
    """

    place = Integer(primary_key=True)
    engine = Varchar(40)
    frame = Integer()
    term = Varchar(11)
    voices = Integer()
    confidence = Real()
    learned_from = Integer()


class QuoteDecision(Table, tablename="quote_decision"):
    """A person's decision to show a voice's words as a quote, or to keep them private.

    ``shown`` is the quote as released: the person's words, with some hidden where needed.
    """

    voice = UUID(primary_key=True)
    decision = Varchar(10)
    shown = Text()
    decided_by = ForeignKey(Member, null=False)
    decided_on = Date()


class VoiceNumber(Table, tablename="voice_number"):
    """The number by which the index of words and the counts know a voice: see ``indexing.py``.

    ``revision`` grows with every change of anything that is found or counted. A voice that is forgotten leaves its
    number behind, without the voice. The words are in ``voice_words``: a table of FTS5, or of a ``tsvector``.
    """

    number = Integer(primary_key=True)
    voice = UUID(null=True, default=None, unique=True)
    revision = Integer()


class Transcript(Table, tablename="transcript"):
    """What a recording says, in writing. A draft while ``accepted_by`` is empty.

    ``made_by`` is ``person`` or ``machine``, and ``engine`` then says which. ``beside`` are the words that came with
    the recording itself.
    """

    voice = UUID(primary_key=True)
    text = Text()
    language = Varchar(10)
    made_by = Varchar(10)
    engine = Varchar(80)
    made_on = Date()
    accepted_by = ForeignKey(Member, null=True, default=None)
    accepted_on = Date(null=True, default=None)
    beside = Text(null=True, default=None)


TABLES = (Voice, Suggestion, SuggestedMention, MachineReading, QuoteDecision, VoiceNumber, Transcript)
