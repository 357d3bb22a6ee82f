"""The tables of inviting. What reaches a person is sealed; who answered is known here, what they said is not."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from surveys.tables import SurveyRound


class ContactRegister(Table, tablename="contact_register"):
    """People who may be invited, from one file of one partner. ``removed_on`` is when all contact details went."""

    id = UUID(primary_key=True)
    name = Varchar(120)
    partner = Varchar(120)
    added_by = UUID()
    added_on = Date()
    removed_on = Date(null=True, default=None)


class RegisterEntry(Table, tablename="register_entry"):
    """One person of a register. ``sealed`` holds how they are reached (see ``reaching.py``), and nothing once it went.

    ``groups`` is JSON, what tells groups apart (need, stage, age, setting, area): never a name.
    """

    id = UUID(primary_key=True)
    register = ForeignKey(ContactRegister, null=False)
    family = Varchar(40)
    person = Varchar(40)
    audience = Varchar(20)
    language = Varchar(10)
    groups = Text()
    sealed = Text()


class Send(Table, tablename="invitation_send"):
    """A sending of one round to people of one register.

    ``kind`` is as in the ledger; ``way`` is ``email``, ``text``, ``letter`` or ``chosen`` (as each person likes).
    ``state`` is ``planned``, ``waiting`` (for an approval), ``preparing``, ``sending``, ``sent`` or ``stopped``.
    ``choice`` is JSON: see ``sends.py``. ``follows`` is the sending that a reminder reminds of.
    """

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    register = ForeignKey(ContactRegister, null=False)
    kind = Varchar(12)
    way = Varchar(12)
    state = Varchar(12)
    choice = Text()
    minutes = Integer()
    planned_by = UUID()
    planned_on = Date()
    goes_on = Date()
    follows = UUID(null=True, default=None)


class Invitation(Table, tablename="invitation"):
    """A person's own link in one sending. Only a hash of its token is kept.

    ``place`` is a number from 0, drawn at random: the bit of this invitation in ``InvitationMarks``. ``spent`` is
    written for a whole sending at once. ``ask`` is empty until the ledger knows of it.
    """

    id = UUID(primary_key=True)
    send = ForeignKey(Send, null=False)
    entry = ForeignKey(RegisterEntry, null=False)
    ask = UUID(null=True, default=None)
    place = Integer()
    token_hash = Varchar(64, unique=True)
    spent = Boolean()


class OutgoingMessage(Table, tablename="outgoing_message"):
    """One message of the queue. What it says and to whom is worked out when it is handed over, and not stored.

    ``state`` is ``waiting``, ``handing_over``, ``handed_over``, ``delivered``, ``failed``, ``bounced``, ``unknown``
    (the machine stopped while it was handed over: nobody can know), ``stopped`` or ``not_needed`` (the person had
    answered by then; pages count it as handed over). ``attempts`` counts how often it was
    taken up; ``provider_id`` is what GOV.UK Notify calls it; ``problem`` is a code of ``voice/inviting/handing.py``.
    """

    id = UUID(primary_key=True)
    invitation = ForeignKey(Invitation, null=False)
    way = Varchar(12)
    state = Varchar(16)
    due_at = Timestamptz()
    attempts = Integer()
    changed_at = Timestamptz()
    provider_id = Varchar(200)
    problem = Varchar(200)


class InvitationMarks(Table, tablename="invitation_marks"):
    """Which invitations of a sending were opened and spent: a bit for each, as base64, and nothing of order or time.

    ``settled`` is false while the ledger does not know of all of them.
    """

    send = UUID(primary_key=True)
    opened = Text()
    spent = Text()
    settled = Boolean()


class InvitationReply(Table, tablename="invitation_reply"):
    """What somebody wrote back to an invitation, and from which address, sealed. ``seen`` by a person, or not yet."""

    id = UUID(primary_key=True)
    send = ForeignKey(Send, null=False)
    came_on = Date()
    sealed = Text()
    seen = Boolean()


TABLES = (ContactRegister, RegisterEntry, Send, Invitation, OutgoingMessage, InvitationMarks, InvitationReply)
