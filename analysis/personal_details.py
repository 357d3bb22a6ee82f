"""Words in a text that could tell who somebody is, pointed out for a person to hide.

A pattern finds numbers and addresses surely, and names only where the words around them give them away or a capital
letter stands inside a sentence. Nothing is hidden by the machine: it points, and a person decides.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["email", "phone", "postcode", "nhs_number", "ni_number", "date", "link", "name", "perhaps_name"]


class Detail(NamedTuple):
    """``text`` as it stands in the words, from ``start`` to ``end`` (code points, end exclusive)."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def is_likely(self) -> bool:
        return self.kind != "perhaps_name"


_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”]{3,300}|(?<![\w@])@[A-Za-z0-9_]{3,30}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)\d(?:[ ()-]{0,2}\d){8,9}(?!\d)")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b", re.IGNORECASE)
_NI = re.compile(r"\b[A-CEGHJ-PRTW-Z]{2}[ ]?(?:\d{2}[ ]?){3}[A-D]\b", re.IGNORECASE)
_BORN = re.compile(
    r"\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth|birthday)\W{0,4}"
    r"(\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4})",
    re.IGNORECASE,
)
_NAME = r"[A-Z][^\W\d_]*(?:['’-][A-Z][^\W\d_]*)*"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Nurse|Auntie|Uncle)\.?[ ]({_NAME}(?:[ ]{_NAME})?)"
)
_CALLED = re.compile(
    rf"\b(?i:called|named|name is|name's|i am|i'm|this is|my (?:son|daughter|child|boy|girl|brother|sister|husband|"
    rf"wife|partner|grandson|granddaughter|nephew|niece)|her|his|from|by),?[ ]({_NAME}[ ]{_NAME}|{_NAME})(?=\W|$)"
)
_CAPITAL = re.compile(rf"(?<![.!?…:\n -])[ ](?:[“\"'(])?({_NAME}(?:[ ]{_NAME})*)")

_NO_NAMES = frozenset(
    word
    for line in (
        "i i'm i've i'll i'd it a the monday tuesday wednesday thursday friday saturday sunday january february march",
        "april may june july august september october november december christmas easter eid ramadan diwali covid",
        "english maths science british england uk nhs camhs cahms send senco sencos sen sencs sendias sendiass ehc",
        "ehcp ehcps ehcna plan plans la lea icb pcf ot ots salt slt ta tas lsa asd adhd add pda pmld sld mld semh ap",
        "eotis pip dla gp gps tv ok okay local offer council school schools college hospital nursery autism autistic",
        "asperger's down's dyslexia makaton braille pecs year key stage reception ofsted cqc education health care",
        "social worker young people parent parents carer carers forum family families mum dad mummy daddy mom nan",
        "nanny grandma grandad god",
    )
    for word in line.split()
)
"""Words that begin with a capital letter inside sentences and name nobody."""


def personal_details(text: str) -> list[Detail]:
    """What stands out, in the order of the text; what overlaps is told once, as what it is most surely."""
    found: list[Detail] = []
    taken = bytearray(len(text))

    def add(kind: Kind, start: int, end: int) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Detail(kind, text[start:end], start, end))

    for kind, pattern in _SURE:
        for match in pattern.finditer(text):
            if kind != "nhs_number" or _is_nhs_number(match.group()):
                add(kind, *match.span(match.re.groups))
    for pattern in (_TITLED, _CALLED):
        for match in pattern.finditer(text):
            if not _names_nobody(match.group(1)):
                add("name", *match.span(1))
    for match in _CAPITAL.finditer(text):
        if not _names_nobody(match.group(1)):
            add("perhaps_name", *match.span(1))
    return sorted(found, key=lambda detail: detail.start)


_SURE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("link", _LINK),
    ("nhs_number", _TEN_DIGITS),
    ("phone", _PHONE),
    ("ni_number", _NI),
    ("postcode", _POSTCODE),
    ("date", _BORN),
)


def _names_nobody(words: str) -> bool:
    return all(word.casefold().replace("’", "'") in _NO_NAMES or word.isupper() for word in words.split())


def _is_nhs_number(written: str) -> bool:
    """The last of its ten digits checks the others, modulo 11 (NHS Data Dictionary, "NHS number")."""
    digits = [int(each) for each in written if each.isdecimal()]
    check = 11 - sum((10 - place) * digit for place, digit in enumerate(digits[:9])) % 11
    return len(digits) == 10 and check % 11 == digits[9] and check != 10
