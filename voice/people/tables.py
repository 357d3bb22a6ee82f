"""Members of staff, their one-time links and sessions, and the partnership they work for."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table


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

    ``language`` is the one in which they asked for a link the last time.
    """

    id = UUID(primary_key=True)
    email = Varchar(200, unique=True)
    role = Varchar(20)
    language = Varchar(10)
    password_hash = Text(null=True, default=None)
    ended_on = Date(null=True, default=None)


class SignInLink(Table, tablename="sign_in_link"):
    """A link that signs in once. Only a hash of its token is kept."""

    token_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=False)
    expires_at = Timestamptz()


class SignInSession(Table, tablename="sign_in_session"):
    token_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=False)
    expires_at = Timestamptz()


TABLES = (Partnership, Member, SignInLink, SignInSession)
