"""The tables of the record. The database itself refuses to change or delete their rows: see ``m0103_audit.py``."""

from __future__ import annotations

from piccolo.columns import UUID, Integer, Text, Varchar
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entry"):
    """One thing that somebody did. ``number`` counts from 1 without a gap.

    ``at`` is written as ``2026-11-18T12:00:00Z``, so that both databases keep it letter by letter. ``actor`` is
    ``member``, ``program``, ``command`` or ``nobody``; ``who`` is the id of a member or of a program's token.
    ``act`` is one of :class:`voice.audit.entry.Act`. ``kind`` and ``key`` name what it was done to, and ``detail`` is
    a code such as the button that was pressed: never what somebody wrote. ``hash`` is over all of this and the hash
    before it, ``mark`` over the hash with a key that the database does not hold: see ``chain.py``.
    """

    number = Integer(primary_key=True)
    at = Varchar(20, index=True)
    actor = Varchar(8)
    who = UUID(null=True, default=None)
    organisation = UUID(null=True, default=None)
    act = Varchar(12)
    kind = Varchar(40)
    key = Varchar(200)
    detail = Varchar(200)
    hash = Varchar(64)
    mark = Varchar(64)


class AuditSeal(Table, tablename="audit_seal"):
    """How far the record went at a time. Entries that are cut off its end leave a seal without them."""

    number = Integer(primary_key=True)
    at = Varchar(20)
    hash = Varchar(64)
    mark = Varchar(64)


class AuditCut(Table, tablename="audit_cut"):
    """Entries whose time was over, up to and with ``up_to``, were removed; ``hash`` is that of the last of them."""

    up_to = Integer(primary_key=True)
    at = Varchar(20)
    hash = Varchar(64)
    mark = Varchar(64)


class AuditKeeping(Table, tablename="audit_keeping"):
    """How many years the record is kept: the last row with a mark of ours counts. ``why`` is what the partnership wrote
    down."""

    place = Integer(primary_key=True)
    years = Integer()
    why = Text()
    set_at = Varchar(20)
    set_by = UUID()
    mark = Varchar(64)


TABLES = (AuditEntry, AuditSeal, AuditCut, AuditKeeping)
