"""Columns that say who a person is. They are never imported."""

import re
from collections.abc import Iterable

from surveys.importing.cells import comparable, text_of
from surveys.importing.sheet import Cell
from surveys.importing.wording import wording

_HEADERS = re.compile(
    r"""(?:(?:the|your|my|child'?s?|parent'?s?|carer'?s?|respondent'?s?|contact|home|work|full|first|last|middle|
          family|given|email|e-mail|ip|postal|mobile|phone|telephone)[ ])*
        (?:e-?mails?|e-?mail[ ]?address|names?|first[ ]?name|last[ ]?name|forename|surname|user[ ]?name|
           address|address[ ]line[ ]\d|ip|ip[ ]?address|phone|telephone|tel|mobile|contact[ ]details|
           (?:phone|telephone|mobile|contact)[ ]number|post[ ]?code|date[ ]of[ ]birth|dob|birthday|
           nhs[ ]number|nhs[ ]no|upn|unique[ ]pupil[ ]number|ni[ ]number|national[ ]insurance[ ]number|
           custom[ ]?data(?:[ ]?\d+)?|imię|nazwisko|imię[ ]i[ ]nazwisko|telefon|adres|adres[ ]e-?mail|
           نام|فون|پتہ)
        (?:[ ]\(\d+\))?""",
    re.VERBOSE,
)
_PHRASES = re.compile(
    r"""\b(?:your|child'?s|children'?s|first|last|full|parent'?s|carer'?s)[ ]
            (?:(?:full|first|last)[ ])?(?:sur)?names?\b
        |\bname[ ]of[ ](?:your[ ]|the[ ])?(?:child|young[ ]person|parent|carer)\b
        |\be-?mail\b|\b(?:tele)?phone\b|\bmobile\b|\bpost[ ]?code\b|\bdate[ ]of[ ]birth\b
        |\bcontact[ ](?:details|number)\b|\bhome[ ]address\b|\bip[ ]address\b
        |\bnhs[ ]number\b|\bunique[ ]pupil\b""",
    re.VERBOSE,
)
_VALUES = re.compile(
    r"""[^@\s]+@[^@\s]+\.[^@\s]+                                  # an e-mail address
        |(?:\d{1,3}\.){3}\d{1,3}                                  # an IPv4 address
        |(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:]{6,39}                # an IPv6 address
        |(?:\+44[ ]?(?:\(0\))?|0)(?:[ -]?\d){9,10}                # a British telephone number
        |[a-z]{1,2}\d[a-z\d]?[ ]?\d[a-z]{2}                       # a full British postcode
        |[a-ceghj-prtw-z]{2}[ ]?(?:\d{2}[ ]?){3}[a-d]""",  # a National Insurance number
    re.VERBOSE | re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_SHARE = 0.3


def is_personal_for_certain(header: str, cells: Iterable[Cell]) -> bool:
    """Whether the header names nothing but a personal detail, or at least three in ten of the filled cells
    are an e-mail, IP or telephone number, a full postcode or a National Insurance number and nothing
    else."""
    if _HEADERS.fullmatch(wording(header)):
        return True
    filled = personal = 0
    for text in map(text_of, cells):
        filled += bool(text)
        # e-mail addresses are the longest of these
        personal += bool(text) and len(text) < 255 and _is_personal(text)
    return filled > 0 and personal >= _SHARE * filled


def _is_personal(text: str) -> bool:
    return _VALUES.fullmatch(text) is not None and not _TIME_OF_DAY.fullmatch(text)


def mentions_personal_details(header: str) -> bool:
    """Whether a question asks for a personal detail among other words; a person may know better."""
    return _PHRASES.search(comparable(header)) is not None
