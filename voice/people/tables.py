"""Members of staff, where they work, what they may do, and how they sign in; and the partnership they work for."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

HOST = "00000000-0000-4000-8000-000000000001"
"""The organisation that runs this installation: there from the first step on, whatever it is called."""


class Partnership(Table, tablename="partnership"):
    """The one local area this installation serves, and who families can call."""

    id = UUID(primary_key=True)
    name = Varchar(120)
    help_phone = Varchar(40)
    help_email = Varchar(200)
    local_offer = Varchar(200)
    invented = Boolean()


class Member(Table, tablename="member"):
    """Somebody who works here, or did until ``ended_on``: what they decided still names them.

    ``language`` is the one in which they used a mailed link the last time. ``organisation`` and ``role`` say as what
    they work now: one of their memberships.
    """

    id = UUID(primary_key=True)
    email = Varchar(200, unique=True)
    role = Varchar(20)
    organisation = UUID(default=HOST)
    language = Varchar(10)
    password_hash = Text(null=True, default=None)
    ended_on = Date(null=True, default=None)


class Organisation(Table, tablename="organisation"):
    """A partner: a council, a part of the NHS, a school … ``name`` of the host is the partnership's while empty."""

    id = UUID(primary_key=True)
    name = Varchar(120)
    kind = Varchar(12)
    is_host = Boolean()


class Membership(Table, tablename="membership"):
    """What a member of staff is in one organisation."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False)
    organisation = ForeignKey(Organisation, null=False)
    role = Varchar(20)


class StaffGroup(Table, tablename="staff_group"):
    """People who are given things together, of any organisation; the organisation that made the group keeps it."""

    id = UUID(primary_key=True)
    organisation = ForeignKey(Organisation, null=False)
    name = Varchar(120)


class GroupMember(Table, tablename="group_member"):
    id = UUID(primary_key=True)
    staff_group = ForeignKey(StaffGroup, null=False)
    member = ForeignKey(Member, null=False)


class Belonging(Table, tablename="belonging"):
    """Whose a thing is. What has no row belongs to the host. See ``permissions.py`` for the kinds."""

    id = UUID(primary_key=True)
    kind = Varchar(12)
    key = Varchar(80)
    organisation = ForeignKey(Organisation, null=False)


class AccessGrant(Table, tablename="access_grant"):
    """A role on one thing alone, for a member of staff or for a group."""

    id = UUID(primary_key=True)
    kind = Varchar(12)
    key = Varchar(80)
    role = Varchar(20)
    member = ForeignKey(Member, null=True, default=None)
    staff_group = ForeignKey(StaffGroup, null=True, default=None)
    given_by = ForeignKey(Member, null=False)
    given_on = Date()


class SignInLink(Table, tablename="sign_in_link"):
    """A link that signs in once. Only a hash of its token is kept.

    One ``by_button`` is spent by a button alone: other sites can send a browser to an address, and so can whoever was
    handed a link of their own. ``mailed`` ones lie in a mailbox, which holds only so many.
    """

    token_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=False)
    expires_at = Timestamptz()
    by_button = Boolean(default=False)
    mailed = Boolean(default=False)


class SignInSession(Table, tablename="sign_in_session"):
    """``stage`` is one of ``voice.people.sessions.Stage``; ``proven_at`` is when somebody last showed who they are.

    Where ``renew`` is set, the session goes on under another token from its next use. ``tries`` counts wrong codes
    of the second factor. It knows no address and no program: whose device it is, is nobody's business.
    """

    token_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=False)
    expires_at = Timestamptz()
    began_at = Timestamptz(null=True, default=None)
    seen_at = Timestamptz(null=True, default=None)
    proven_at = Timestamptz(null=True, default=None)
    stage = Varchar(10, default="half")
    renew = Boolean(default=False)
    tries = Integer(default=0)


class SecondFactor(Table, tablename="second_factor"):
    """The key of somebody's authenticator app, sealed; ``last_step`` is the time step of the code used last."""

    member = ForeignKey(Member, primary_key=True, null=False)
    sealed = Text()
    last_step = Integer()
    since = Date()


class RecoveryCode(Table, tablename="recovery_code"):
    """A code that stands in for the second factor, once. Only a keyed hash of it is kept."""

    code_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=False)


class KnownDevice(Table, tablename="known_device"):
    """A browser on which somebody has signed in: it holds a random cookie, of which the hash is kept."""

    id = UUID(primary_key=True)
    device_hash = Varchar(64)
    member = ForeignKey(Member, null=False)
    known_until = Date()


class SignInTry(Table, tablename="sign_in_try"):
    """How often something was tried in a row. ``key`` is a keyed hash: nobody can read from it who was meant."""

    key = Varchar(64, primary_key=True)
    times = Integer()
    next_at = Timestamptz()
    last_on = Date()


TABLES = (
    Partnership,
    Member,
    Organisation,
    Membership,
    StaffGroup,
    GroupMember,
    Belonging,
    AccessGrant,
    SignInLink,
    SignInSession,
    SecondFactor,
    RecoveryCode,
    KnownDevice,
    SignInTry,
)
