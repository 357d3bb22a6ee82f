"""The tables of the drop box. Nothing here counts before a person has looked at it and took it in."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Real, Text, Varchar
from piccolo.table import Table


class Contribution(Table, tablename="contribution"):
    """What came in at once, from one partner or one person.

    ``source`` is ``drop_box`` or ``tell_us``; ``way`` is ``words``, ``file``, ``mail`` or ``open``. ``stage`` is
    ``draft`` (whoever adds it still looks at it), ``waiting`` (nobody has looked at it), ``kept`` or ``refused``.
    ``partner`` is who heard it, empty when nobody knows. ``pieces`` and ``left_out`` are JSON: what was read, see
    ``reading.py``; ``pieces`` is emptied when the contribution is decided. ``came_on`` is a day, and for what
    anybody tells us a month. ``digest`` tells the same from another: of a Message-ID, or of what was sent.
    """

    id = UUID(primary_key=True)
    source = Varchar(12)
    way = Varchar(12)
    stage = Varchar(12)
    partner = Varchar(120)
    partner_kind = Varchar(20)
    heard_on = Varchar(10)
    respondent_kind = Varchar(20)
    said_by = Varchar(20)
    language = Varchar(10)
    age_band = Varchar(20)
    setting = Varchar(120)
    permitted = Varchar(12)
    expires_on = Date(null=True, default=None)
    pieces = Text()
    left_out = Text()
    splitting = Varchar(12)
    came_on = Varchar(10)
    digest = Varchar(64)
    added_by = UUID(null=True, default=None)
    decided_by = UUID(null=True, default=None)
    decided_on = Date(null=True, default=None)


class ContributionPart(Table, tablename="contribution_part"):
    """One of the voices that a contribution is split into. A voice that is kept has its id.

    ``alike`` is the voice or the part that says the same, as far as ``likeness`` (1.0 for word for word). ``fate`` is
    ``waiting``, ``kept``, ``same`` (it is the voice ``alike``, said once) or ``left_out``; ``text`` goes when it is
    decided.
    """

    id = UUID(primary_key=True)
    contribution = ForeignKey(Contribution, null=False)
    place = Integer()
    text = Text(null=True, default=None)
    alike = UUID(null=True, default=None)
    likeness = Real()
    fate = Varchar(12)


class DropBoxSender(Table, tablename="drop_box_sender"):
    """An address, or ``@`` and a domain, from which e-mail into the drop box is a partner's."""

    id = UUID(primary_key=True)
    address = Varchar(200, unique=True)
    partner = Varchar(120)
    partner_kind = Varchar(20)


TABLES = (Contribution, ContributionPart, DropBoxSender)
