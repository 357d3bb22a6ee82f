"""The tables of the contact ledger. Nothing here is joined to a submission, a draft or an answer.

``family`` and ``person`` are keys as ``keys.py`` makes them.
"""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Ask(Table, tablename="ask"):
    """One contact of one family, by us or by a partner.

    ``survey`` is the slug of a survey of ours or the name that a partner gave. ``kind`` is ``invitation``,
    ``reminder``, ``statutory`` or ``session``; ``way`` is ``email``, ``text``, ``letter``, ``phone``, ``in_person`` or
    empty when nobody said. ``outcome`` is ``none``, ``delivered``, ``opened``, ``partial``, ``completed``,
    ``opted_out`` or ``bounced``. ``minutes`` are what it was expected to take: what it took is not known, for no
    times are kept beside answers. ``asked_on`` is the day of ``asked_at`` in England. ``send`` is our own sending,
    ``upload`` the partner's file; one of them is empty.
    """

    id = UUID(primary_key=True)
    family = Varchar(40)
    person = Varchar(40)
    survey = Varchar(120)
    partner = Varchar(120)
    kind = Varchar(12)
    way = Varchar(12)
    audience = Varchar(20)
    language = Varchar(10)
    asked_at = Timestamptz()
    asked_on = Date()
    outcome = Varchar(12)
    minutes = Integer(null=True, default=None)
    send = UUID(null=True, default=None)
    upload = UUID(null=True, default=None)


class LedgerUpload(Table, tablename="ledger_upload"):
    """A partner's file that was taken in, and is not kept. ``left_out`` is JSON: how many rows for which reason."""

    id = UUID(primary_key=True)
    partner = Varchar(120)
    uploaded_by = UUID()
    uploaded_on = Date()
    rows = Integer()
    added = Integer()
    known_already = Integer()
    left_out = Text()


class ContactPerson(Table, tablename="contact_person"):
    """What a person chose about being asked. ``link_hash`` finds the person by the link of their page.

    ``pace`` is ``any`` (as the partnership agreed), ``termly`` or ``yearly``; ``way`` is ``email``, ``text``,
    ``letter`` or empty; ``language`` is empty until they chose one. Before ``not_before`` they are not asked.
    """

    person = Varchar(40, primary_key=True)
    family = Varchar(40)
    link_hash = Varchar(64, unique=True)
    pace = Varchar(10)
    way = Varchar(12)
    language = Varchar(10)
    not_before = Date(null=True, default=None)
    stopped = Boolean()
    changed_on = Date(null=True, default=None)


class SensitiveTime(Table, tablename="sensitive_time"):
    """A family is left alone. ``reason`` is ``bereavement``, ``tribunal`` or ``other``."""

    id = UUID(primary_key=True)
    family = Varchar(40)
    reason = Varchar(20)
    first_day = Date()
    last_day = Date()
    noted_by = UUID()
    noted_on = Date()


class HowMuch(Table, tablename="how_much_asked"):
    """What people said to "Are we asking you too much?", counted by survey and month; nobody's answer stands alone.

    ``said`` is ``too_many``, ``about_right`` or ``could_be_more``.
    """

    id = UUID(primary_key=True)
    survey = Varchar(120)
    term = Varchar(11)
    said = Varchar(20)
    people = Integer()


TABLES = (Ask, LedgerUpload, ContactPerson, SensitiveTime, HowMuch)
