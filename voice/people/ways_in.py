"""What members of staff can sign in with besides a password or a link: an account elsewhere, or a passkey."""

from __future__ import annotations

import uuid

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class OutsideAccount(Table, tablename="outside_account"):
    """The account of a sign-in service that belongs to a member; each of the two has only one of the other.

    ``subject`` is how the service at ``issuer`` calls somebody for ever; e-mail addresses change hands.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False)
    issuer = Varchar(500)
    subject = Varchar(255)
    since = Date()


class SignInAttempt(Table, tablename="sign_in_attempt"):
    """Somebody went to the sign-in service and may come back once. Only a hash of what proves it is kept."""

    state_hash = Varchar(64, primary_key=True)
    expires_at = Timestamptz()


class Passkey(Table, tablename="passkey"):
    """The public half of a passkey, and how often its device says that it was used (many say 0 for ever).

    ``credential_id`` and ``public_key`` are base64url; ``transports`` are words of WebAuthn with commas between.
    ``copied`` says that the device keeps copies elsewhere, for example with its maker.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False)
    name = Varchar(60)
    credential_id = Text()
    public_key = Text()
    times_used = Integer()
    transports = Varchar(100)
    copied = Boolean()
    added_on = Date()
    used_on = Date(null=True, default=None)


class PasskeyChallenge(Table, tablename="passkey_challenge"):
    """What a passkey has to sign, once: for ``member`` to add one, or for anybody to sign in."""

    challenge_hash = Varchar(64, primary_key=True)
    member = ForeignKey(Member, null=True, default=None)
    expires_at = Timestamptz()


TABLES = (OutsideAccount, SignInAttempt, Passkey, PasskeyChallenge)


async def forget_ways_in(member: uuid.UUID) -> None:
    """Takes every other way in from a member. Whoever is added again begins without them."""
    for table in (OutsideAccount, Passkey, PasskeyChallenge):
        await table.delete().where(table.member == member)
