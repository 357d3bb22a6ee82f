"""The local area that this installation serves, and who families can call."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

import msgspec

from voice.people.tables import Partnership
from voice.safeguarding.help_words import agreed_words

LONGEST = {"name": 120, "help_phone": 40, "help_email": 200, "local_offer": 200}

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]*")
_FEWEST_DIGITS = 3
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")


class PartnershipInfo(msgspec.Struct, frozen=True):
    """``invented`` is true for the partnership of ``voice demo``, and every page then says so. ``help_words`` are the
    agreed words of help by language: see ``voice/safeguarding/help_words.py``, which alone changes them."""

    name: str = ""
    help_phone: str = ""
    help_email: str = ""
    local_offer: str = ""
    invented: bool = False
    help_words: tuple[tuple[str, str], ...] = ()

    def help_in(self, language: str) -> tuple[str, ...]:
        """The lines of help that were agreed in this language; none where families see our own."""
        return tuple(dict(self.help_words).get(language, "").splitlines())


class PartnershipProblem(Exception):
    """``code`` is ``no_name``, ``too_long``, ``nobody_to_reach``, ``not_a_phone``, ``not_an_email`` or
    ``not_an_address``."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


def tidied(info: PartnershipInfo) -> PartnershipInfo:
    """The same without spaces that nobody meant, and with ``https://`` before a website that was written without."""

    def tidy(written: str) -> str:
        return " ".join(written.replace("\x00", "").split())

    site = tidy(info.local_offer)
    return PartnershipInfo(
        name=tidy(info.name),
        help_phone=tidy(info.help_phone),
        help_email=tidy(info.help_email),
        local_offer=f"https://{site}" if site and "://" not in site else site,
        invented=info.invented,
        help_words=info.help_words,
    )


def check(info: PartnershipInfo) -> None:
    """Raises :class:`PartnershipProblem` unless families can be shown this."""
    if not info.name:
        raise PartnershipProblem("no_name", "name")
    for field, longest in LONGEST.items():
        if len(getattr(info, field)) > longest:
            raise PartnershipProblem("too_long", field)
    if not info.help_phone and not info.help_email:
        raise PartnershipProblem("nobody_to_reach", "help_phone")
    if info.help_phone and not _is_phone(info.help_phone):
        raise PartnershipProblem("not_a_phone", "help_phone")
    if info.help_email and not _EMAIL.fullmatch(info.help_email):
        raise PartnershipProblem("not_an_email", "help_email")
    if info.local_offer and not _is_website(info.local_offer):
        raise PartnershipProblem("not_an_address", "local_offer")


def _is_phone(written: str) -> bool:
    return bool(_PHONE.fullmatch(written)) and sum(letter.isdigit() for letter in written) >= _FEWEST_DIGITS


def _is_website(written: str) -> bool:
    try:
        site = urlsplit(written)
        return (
            site.scheme in ("http", "https")
            and site.username is None
            and " " not in written
            and bool(_HOST.fullmatch(site.hostname or ""))
            and (site.port or 1) > 0
        )
    except ValueError:
        return False


async def partnership() -> PartnershipInfo:
    """The partnership, or one without a name while nobody has set it up. Runs inside a unit."""
    row = await Partnership.select().first()
    if row is None:
        return PartnershipInfo(help_words=await agreed_words())
    return PartnershipInfo(
        name=row["name"],
        help_phone=row["help_phone"],
        help_email=row["help_email"],
        local_offer=row["local_offer"],
        invented=bool(row["invented"]),
        help_words=await agreed_words(),
    )


async def set_partnership(info: PartnershipInfo) -> None:
    """Says who this installation serves; words of help stay as they are. Runs inside a unit."""
    values = msgspec.structs.asdict(info)
    del values["help_words"]
    await Partnership.delete(force=True)
    await Partnership.insert(Partnership(id=uuid.uuid4(), **values))
