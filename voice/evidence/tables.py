"""What is known about a voice beyond the voice itself: suggestions by machine, decisions by people."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Real, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class Suggestion(Table, tablename="suggestion"):
    """What the machine suggests for one voice (an answer in a person's own words).

    ``engine`` names the code frame and the rules that made it, so that it is made anew when they change.
    """

    voice = UUID(primary_key=True)
    engine = Varchar(40)
    themes = Text()
    why = Text()
    outcome = Varchar(20)
    sentiment = Varchar(20)
    sentiment_score = Real(null=True, default=None)


class QuoteDecision(Table, tablename="quote_decision"):
    """A person's decision to show a voice's words as a quote, or to keep them private.

    ``shown`` is the quote as released: the person's words, with some hidden where needed.
    """

    voice = UUID(primary_key=True)
    decision = Varchar(10)
    shown = Text()
    decided_by = ForeignKey(Member, null=False)
    decided_on = Date()


TABLES = (Suggestion, QuoteDecision)
