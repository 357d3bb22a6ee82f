"""How people are reached: by e-mail, by text message, by letter. Sealed wherever it is kept."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

import msgspec
import phonenumbers
from cryptography.fernet import InvalidToken

from surveys.field_sealing import fernet

WAYS = ("email", "text", "letter")
"""The ways to reach somebody, the quickest and cheapest first."""

CHOSEN = "chosen"
"""The way of a sending that reaches each person as they like."""

Kind = TypeVar("Kind", bound=msgspec.Struct)

LONGEST_EMAIL = 254
"""Letters (RFC 5321)."""

_INVENTED = re.compile(r"\+447700900\d{3}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Contact(msgspec.Struct, frozen=True):
    """``address`` are the lines of a postal address with the postcode last; everything may be empty."""

    email: str = ""
    mobile: str = ""
    name: str = ""
    address: tuple[str, ...] = ()

    def is_reached_by(self, way: str) -> bool:
        return bool({"email": self.email, "text": self.mobile, "letter": self.address}[way])


class Sealing:
    """Seals what says how people are reached, and opens it again, with the secret of this installation."""

    def __init__(self, secret: bytes) -> None:
        self._fernet = fernet(secret, b"invitation-contact")

    def seal(self, content: msgspec.Struct, *, day: dt.date) -> str:
        return self.seal_bytes(_encoder.encode(content), day=day).decode()

    def seal_bytes(self, content: bytes, *, day: dt.date) -> bytes:
        return self._fernet.encrypt_at_time(content, _beginning(day))

    def opened_bytes(self, sealed: bytes) -> bytes:
        """Raises ``InvalidToken`` for what another secret sealed."""
        return self._fernet.decrypt(sealed)

    def contact(self, sealed: str) -> Contact | None:
        """``None`` for what went, and for what another secret sealed."""
        return self.opened(sealed, Contact)

    def opened(self, sealed: str, kind: type[Kind]) -> Kind | None:
        try:
            return msgspec.json.decode(self._fernet.decrypt(sealed.encode()), type=kind)
        except InvalidToken:
            return None


_encoder = msgspec.json.Encoder()


def _beginning(day: dt.date) -> int:
    """A token tells when it was made, to the second: ours say the beginning of the day."""
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())


def email_of(written: str) -> str:
    """The address as mail servers take it, or "" for what is none. Names beside it (``Ann <ann@…>``) go."""
    plain = written.strip()
    if plain.endswith(">") and "<" in plain:
        plain = plain[plain.rindex("<") + 1 : -1].strip()
    local, _, host = plain.rpartition("@")
    try:
        plain = f"{local}@{host.encode('idna').decode()}" if host and not host.isascii() else plain
    except UnicodeError:
        return ""
    return plain if len(plain) <= LONGEST_EMAIL and _EMAIL.fullmatch(plain) else ""


def mobile_of(written: str) -> str:
    """The number in the form ``+447700900123``, or "" for what cannot get a text message."""
    digits = written.strip()
    if digits.startswith("7") and len(re.sub(r"\D", "", digits)) == 10:
        digits = f"0{digits}"  # spreadsheets take the first nought away
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return ""
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    found = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    # Numbers for films and tests, which Ofcom keeps free, count as mobiles too.
    return found if phonenumbers.number_type(number) in kinds or _INVENTED.fullmatch(found) else ""


def way_for(contact: Contact, *, sending: str, chosen: str) -> str:
    """How somebody is reached, or "" where the sending cannot reach them.

    What a person chose goes first, then the way of the sending; one that asks each person as they like takes the first
    of ``WAYS`` that there is.
    """
    wished = [chosen, *(WAYS if sending == CHOSEN else [sending])]
    return next((way for way in wished if way in WAYS and contact.is_reached_by(way)), "")
