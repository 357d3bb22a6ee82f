"""Who a family or a person is, without a name: the same key at every partner who holds the partnership's ledger key.

A key is an HMAC (RFC 2104, SHA-256, the first 128 bits) of what the partners agreed to know families by, each part
written in one form first. Without the ledger key nobody can compute it, nor try out names until one fits. The page
``/ledger-keys`` does the same in a browser (``static/src/scripts/hashing.js``); a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import unicodedata
from collections.abc import Mapping

FAMILY_FORM = re.compile(r"f1-[0-9a-f]{32}")
PERSON_FORM = re.compile(r"p1-[0-9a-f]{32}")
LEDGER_KEY_FORM = re.compile(r"gtk1-[0-9a-f]{64}")

PARTS = ("email", "phone", "surname", "postcode", "born", "nhs_number", "upn", "reference")
"""What a family or a person may be known by. ``born`` is a date of birth, ``upn`` a unique pupil number."""

_ENGLISH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


class NotReadable(Exception):
    """``part`` cannot be meant: an e-mail address without @, a date that is none, nothing at all."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def ledger_key(secret: bytes) -> str:
    """The ledger key of this installation, in the form in which partners are given it."""
    return f"gtk1-{hmac.digest(secret, b'ledger-key', 'sha256').hex()}"


def key_bytes(ledger_key: str) -> bytes:
    """Raises ``ValueError`` for what is not a ledger key."""
    written = ledger_key.strip()
    if not LEDGER_KEY_FORM.fullmatch(written):
        raise ValueError("not a ledger key")
    return bytes.fromhex(written.removeprefix("gtk1-"))


def family_key(key: bytes, known_by: Mapping[str, str]) -> str:
    """``known_by`` maps parts of ``PARTS`` to what is written. Raises :class:`NotReadable`."""
    return f"f1-{_digest(key, 'family', known_by)}"


def person_key(key: bytes, known_by: Mapping[str, str]) -> str:
    """``known_by`` maps parts of ``PARTS`` to what is written. Raises :class:`NotReadable`."""
    return f"p1-{_digest(key, 'person', known_by)}"


def is_family_key(written: str) -> bool:
    return FAMILY_FORM.fullmatch(written) is not None


def is_person_key(written: str) -> bool:
    return PERSON_FORM.fullmatch(written) is not None


def in_one_form(part: str, written: str) -> str:
    """A part as it is hashed: without spaces, capitals, accents or punctuation that one partner writes and another not.

    Raises :class:`NotReadable`.
    """
    text = unicodedata.normalize("NFKD", written)
    text = "".join(letter for letter in text if not unicodedata.category(letter).startswith("M")).lower().strip()
    made = _FORMS[part](text)
    if not made:
        raise NotReadable(part)
    return made


def _digest(key: bytes, of: str, known_by: Mapping[str, str]) -> str:
    parts = [f"{part}={in_one_form(part, known_by[part])}" for part in sorted(known_by)]
    return hmac.digest(key, "\n".join([of, *parts]).encode(), "sha256")[:16].hex()


def _letters(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter)[0] in "LN")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


def _email(text: str) -> str:
    return text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else ""


def _phone(text: str) -> str:
    digits = re.sub(r"[^0-9+]", "", text)
    for abroad in ("+44", "0044"):
        if digits.startswith(abroad):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits if 9 <= len(digits) <= 16 else ""


def _born(text: str) -> str:
    found = _ENGLISH_DAY.fullmatch(text)
    day = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII):
        return ""
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return ""


def _nhs_number(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    return digits if len(digits) == 10 else ""


_FORMS = {
    "email": _email,
    "phone": _phone,
    "surname": _letters,
    "postcode": _plain,
    "born": _born,
    "nhs_number": _nhs_number,
    "upn": _plain,
    "reference": _letters,
}
