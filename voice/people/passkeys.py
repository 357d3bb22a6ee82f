"""Passkeys: a device proves that it holds a key, after its owner showed it a finger, a face or a code.

py_webauthn checks what devices send. Every ``async`` function runs inside a unit of the store, and answers what came of
it rather than raising, since a unit that raises would give back a challenge that was used.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from voice.people.signing_in import SignedIn, member_by_email
from voice.people.tables import Member
from voice.people.ways_in import Passkey, PasskeyChallenge

if TYPE_CHECKING:
    from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

CHALLENGE_LASTS = dt.timedelta(minutes=5)
MOST_KEYS = 10
LONGEST_NAME = 60
LONGEST_RESPONSE = 20_000
"""Characters of what a browser sends back. Most send one thousand; some devices prove their make at length."""

OURS = "Golden Thread"


class RelyingParty(msgspec.Struct, frozen=True):
    """Us, as browsers know us: passkeys belong to the domain ``id``, and answers must come from pages of ``origin``."""

    id: str
    origin: str


class OwnPasskey(msgspec.Struct, frozen=True):
    """``name`` is what its owner calls it, and may be empty."""

    id: uuid.UUID
    name: str
    added_on: dt.date
    used_on: dt.date | None


def relying_party(base_url: str) -> RelyingParty:
    address = urlsplit(base_url)
    return RelyingParty(address.hostname or "localhost", f"{address.scheme}://{address.netloc}")


def are_possible(base_url: str) -> bool:
    """Whether browsers have passkeys for us: not without HTTPS but on this machine, and not at numbers for names."""
    address = urlsplit(base_url)
    host = address.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or (address.scheme == "https" and bool(host))
    return False


async def ask_to_sign_in(party: RelyingParty, *, now: dt.datetime) -> str:
    """What a browser is asked, as JSON: any passkey of ours, whoever it belongs to."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(rp_id=party.id, user_verification=UserVerificationRequirement.REQUIRED)
    await _keep_challenge(options.challenge, None, now=now)
    return options_to_json(options)


async def ask_to_add(party: RelyingParty, person: SignedIn, *, now: dt.datetime) -> str:
    """What a browser is asked, as JSON: a new passkey on a device that has none for this member yet."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=party.id,
        rp_name=OURS,
        user_id=person.id.bytes,
        user_name=person.email,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(await Passkey.select().where(Passkey.member == person.id)),
    )
    await _keep_challenge(options.challenge, person.id, now=now)
    return options_to_json(options)


async def add(party: RelyingParty, member: uuid.UUID, response: str, *, name: str, now: dt.datetime) -> bool:
    """Keeps the new passkey of a member, when it answers what this member was asked."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    challenge = await _use_challenge(response, member, now=now)
    if challenge is None or await Passkey.count().where(Passkey.member == member) >= MOST_KEYS:
        return False
    try:
        made = verify_registration_response(
            credential=response,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:
        return False
    id = bytes_to_base64url(made.credential_id)
    if await Passkey.exists().where(Passkey.credential_id == id):
        return False
    await Passkey.insert(
        Passkey(
            id=uuid.uuid4(),
            member=member,
            name=" ".join(name.replace("\x00", "").split())[:LONGEST_NAME],
            credential_id=id,
            public_key=bytes_to_base64url(made.credential_public_key),
            times_used=made.sign_count,
            transports=",".join(_transports(response))[:100],
            copied=made.credential_backed_up,
            added_on=now.date(),
        )
    )
    return True


async def member_with(party: RelyingParty, response: str, *, now: dt.datetime) -> uuid.UUID | None:
    """The member whose passkey answered what was asked; ``None`` when it is not known, or anything is wrong."""
    challenge = await _use_challenge(response, None, now=now)
    if challenge is None:
        return None
    answered = msgspec.json.decode(response)
    key = await Passkey.objects().get(Passkey.credential_id == str(answered.get("id")))
    if key is None or not _is_owned(answered, key.member):
        return None
    used = _checked(party, response, challenge, key)
    if used is None:
        return None
    await Passkey.update(
        {
            Passkey.times_used: used.new_sign_count,
            Passkey.copied: used.credential_backed_up,
            Passkey.used_on: now.date(),
        }
    ).where(Passkey.id == key.id)
    row = await Member.select(Member.email).where(Member.id == key.member).first()
    still_here = await member_by_email(row["email"]) if row else None
    return still_here.id if still_here else None


def _checked(party: RelyingParty, response: str, challenge: bytes, key: Passkey) -> VerifiedAuthentication | None:
    """What the device proved. A count of uses that does not rise tells of a copy that somebody else made."""
    from webauthn import base64url_to_bytes, verify_authentication_response

    try:
        return verify_authentication_response(
            credential=response,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.times_used,
            require_user_verification=True,
        )
    except Exception:
        return None


async def of_member(member: uuid.UUID) -> list[OwnPasskey]:
    rows = await Passkey.select().where(Passkey.member == member).order_by(Passkey.added_on, Passkey.name)
    return [OwnPasskey(row["id"], row["name"], row["added_on"], row["used_on"]) for row in rows]


async def remove(member: uuid.UUID, id: uuid.UUID) -> None:
    """Removes a passkey, if it is this member's."""
    await Passkey.delete().where(Passkey.member == member, Passkey.id == id)


async def _keep_challenge(challenge: bytes, member: uuid.UUID | None, *, now: dt.datetime) -> None:
    await PasskeyChallenge.delete().where(PasskeyChallenge.expires_at < now)
    await PasskeyChallenge.insert(
        PasskeyChallenge(challenge_hash=_hash(challenge), member=member, expires_at=now + CHALLENGE_LASTS)
    )


async def _use_challenge(response: str, member: uuid.UUID | None, *, now: dt.datetime) -> bytes | None:
    """The challenge that was signed, which nobody can use again; ``None`` when it is not one of ours for ``member``."""
    challenge = _challenge_in(response)
    if challenge is None:
        return None
    spent = await PasskeyChallenge.raw(
        'DELETE FROM "passkey_challenge" WHERE "challenge_hash" = {} RETURNING "member", "expires_at"',
        _hash(challenge),
    )
    if not spent or spent[0]["expires_at"] < now:
        return None
    asked = spent[0]["member"]
    return challenge if (uuid.UUID(str(asked)) if asked else None) == member else None


def _challenge_in(response: str) -> bytes | None:
    from webauthn import base64url_to_bytes
    from webauthn.helpers import parse_client_data_json

    try:
        sent = msgspec.json.decode(response)["response"]["clientDataJSON"]
        return parse_client_data_json(base64url_to_bytes(sent)).challenge
    except Exception:
        return None


def _is_owned(answered: dict[str, Any], member: uuid.UUID) -> bool:
    """Whether the device says that the passkey belongs to the one we know it from."""
    from webauthn import base64url_to_bytes

    try:
        return base64url_to_bytes(answered["response"]["userHandle"]) == uuid.UUID(str(member)).bytes
    except (KeyError, TypeError, ValueError):
        return False


def _transports(response: str) -> Iterable[str]:
    """How a browser reaches the device, in the words of WebAuthn that we know."""
    from webauthn.helpers.structs import AuthenticatorTransport

    known = {each.value for each in AuthenticatorTransport}
    sent = msgspec.json.decode(response)["response"].get("transports")
    return [each for each in sent if isinstance(each, str) and each in known] if isinstance(sent, list) else []


def _described(rows: Sequence[dict[str, Any]]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(row["credential_id"]),
            transports=[AuthenticatorTransport(each) for each in row["transports"].split(",") if each],
        )
        for row in rows
    ]


def _hash(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
