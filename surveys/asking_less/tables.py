"""The tables of asking less. Persons of staff are ids of ``member``, which ``surveys`` does not know."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, Integer, Text, Varchar
from piccolo.table import Table


class AgreedRules(Table, tablename="agreed_rules"):
    """The rules of the partnership, each agreement a row that never changes; the highest ``number`` holds.

    ``rules`` is JSON: see ``rules.py``.
    """

    number = Integer(primary_key=True)
    rules = Text()
    note = Text()
    agreed_by = UUID()
    agreed_on = Date()


class PlannedAsk(Table, tablename="planned_ask"):
    """What a partner means to ask families in a while: the calendar of all partners.

    ``survey`` is a slug of ours or the partner's name for it; ``concepts`` is JSON, the concepts that it asks as far
    as known; ``draft`` is a survey in the making here. ``families`` is how many are to be asked.
    """

    id = UUID(primary_key=True)
    partner = Varchar(120)
    survey = Varchar(120)
    audience = Varchar(20)
    opens_on = Date()
    closes_on = Date()
    families = Integer()
    minutes = Integer()
    statutory = Boolean()
    concepts = Text()
    draft = UUID(null=True, default=None)
    note = Text()
    planned_by = UUID()
    planned_on = Date()
    dropped_on = Date(null=True, default=None)


class RuleOverride(Table, tablename="rule_override"):
    """Somebody wants to send although the rules say no. ``state`` is ``asked``, ``approved`` or ``refused``.

    ``families`` and ``broken`` (JSON: how many families by rule) are what the check said when it was asked for.
    """

    id = UUID(primary_key=True)
    send = UUID(unique=True)
    survey = Varchar(120)
    families = Integer()
    broken = Text()
    reason = Text()
    asked_by = UUID()
    asked_on = Date()
    state = Varchar(10)
    decided_by = UUID(null=True, default=None)
    decided_role = Varchar(20, null=True, default=None)
    decided_on = Date(null=True, default=None)
    answer = Text()


class Spared(Table, tablename="spared"):
    """Time that families keep. ``how`` is ``heard_already``, ``merged``, ``session``, ``sample``, ``rules`` or
    ``chosen_not``; ``minutes`` is of all families together."""

    id = UUID(primary_key=True)
    term = Varchar(11)
    how = Varchar(20)
    survey = Varchar(120)
    partner = Varchar(120)
    families = Integer()
    minutes = Integer()
    send = UUID(null=True, default=None)
    noted_on = Date()


TABLES = (AgreedRules, PlannedAsk, RuleOverride, Spared)
