"""Everything in a text that could tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis.redaction.addresses import find_addresses, find_postcodes
from analysis.redaction.contacts import find_emails, find_phone_numbers, find_web_addresses
from analysis.redaction.detail import STANDS_IN, Detail, Kind, KnownName, Zones, in_order, redacted
from analysis.redaction.names import find_names
from analysis.redaction.nicknames import find_nicknames
from analysis.redaction.numbers import (
    find_codes,
    find_days_beside_names,
    find_days_of_birth,
    find_nhs_numbers,
    find_numbered_things,
)
from analysis.redaction.other_languages import find_introductions
from analysis.redaction.places import find_places
from analysis.redaction.public import leave_public_names
from analysis.redaction.words import Reading

_HIDDEN = re.compile("|".join(re.escape(word) for word in STANDS_IN.values()) + r"|\[…\]")
_MOST_LOOKS = 6
_FEWEST_OF_A_CODE = 2


def find_details(text: str, known: Sequence[KnownName] = ()) -> list[Detail]:
    """The details of a text in its order; none overlap. ``known`` are names that the workspace knows.

    What is hidden changes how the rest reads, so the text is looked at again with the details hidden, until nothing
    more is found: hiding twice hides nothing more.
    """
    details = _look(text, known)
    for _ in range(_MOST_LOOKS if details else 0):
        more = _look_again(text, details, known)
        if not more:
            break
        details = list(in_order([*details, *more]))
    return details


def find_contacts(text: str) -> list[Detail]:
    """The e-mail addresses and telephone numbers alone, at once: no list of names is read."""
    zones = Zones(text)
    find_emails(zones)
    find_nhs_numbers(zones)
    find_phone_numbers(zones)
    return [detail for detail in in_order(zones.details) if detail.kind in ("EMAIL", "PHONE")]


def _look(text: str, known: Sequence[KnownName]) -> list[Detail]:
    zones = Zones(text)
    for match in _HIDDEN.finditer(text) if "[" in text else ():
        zones.block(*match.span())
    for pattern, kind in _known_names(tuple(known)):
        for match in pattern.finditer(text):
            zones.add(kind, *match.span())
    find_emails(zones)
    find_web_addresses(zones)
    has_digits = any(map(str.isdecimal, text))
    find_days_of_birth(zones, has_digits=has_digits)
    if has_digits:
        find_nhs_numbers(zones)
    has_many = sum(map(str.isdecimal, text)) >= _FEWEST_OF_A_CODE
    if has_many:
        find_numbered_things(zones)
    find_phone_numbers(zones)
    if has_digits:
        find_postcodes(zones)
    if has_many or "ef" in text:
        find_codes(zones)
    find_addresses(zones)
    reading = Reading(text)
    leave_public_names(reading, zones)
    find_places(reading, zones)
    find_nicknames(zones)
    find_introductions(reading, zones)
    find_names(reading, zones)
    find_days_beside_names(zones, [each for each in zones.details if each.kind == "PERSON"])
    return list(in_order(zones.details))


def _look_again(text: str, details: Sequence[Detail], known: Sequence[KnownName]) -> list[Detail]:
    """What is found once the details are hidden, at its place in the text."""
    found = _look(redacted(text, details), known)
    more: list[Detail] = []
    ahead = 0  # how much longer the hidden text is than the text, up to here
    hidden = iter(details)
    following = next(hidden, None)
    for detail in found:
        while following is not None and following.start + ahead < detail.start:
            ahead += len(STANDS_IN[following.kind]) - len(following.text)
            following = next(hidden, None)
        start, end = detail.start - ahead, detail.end - ahead
        more.append(Detail(detail.kind, text[start:end], start, end, detail.is_likely))
    return more


@lru_cache(maxsize=8)
def _known_names(known: tuple[KnownName, ...]) -> tuple[tuple[re.Pattern[str], Kind], ...]:
    """One pattern for each kind, the longest name first; a name of one or two letters says too little."""
    patterns = []
    kinds: tuple[Kind, ...] = ("PERSON", "SCHOOL_OR_PLACE")
    for kind in kinds:
        names = sorted(
            {name.words.strip() for name in known if name.kind == kind and len(name.words.strip()) > 2},
            key=len,
            reverse=True,
        )
        if names:
            alternatives = "|".join(re.sub(r"\\?\s+", r"\\s+", re.escape(name)) for name in names)
            patterns.append((re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE), kind))
    return tuple(patterns)
