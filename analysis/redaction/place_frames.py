"""What speaks for a place rather than a person: the words before a name, and what its last word ends in."""

from __future__ import annotations

import re

from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading

LAND = words_in("land")
_AT = frozenset({"at", "near", "outside", "opposite", "behind", "inside"})
_WHERE = frozenset({"in", "into", "to", "from", "around", "through", "via", "leaving", "past", "beyond"})
_GOES = words_in("goes")
_OF_A_SCHOOL = words_in("of_a_school")
_SPEAKING = words_in("speaking")
_ENDINGS = re.compile(
    r".{2,}(?:field|wood|ford|ton|ham|ley|leigh|bury|brook|brooke|wick|worth|mere|dale|side|gate|well|hurst|"
    r"moor|moore|"
    r"land|lands|wharf|stead|combe|church|minster|mouth|pool|thorpe|croft|hill|hills|park|bridge|bank|view|"
    r"mount|shaw|heath|"
    r"cliff|oaks|oak|acre|acres|meadow|meadows|brae|grove|fields|woods|lea|marsh|cote|hampton|borough|beck|"
    r"garth|ridge|"
    r"water|cross|green|vale|stone|combe|haven|holme|ness|tree|trees|house|view|gates|lodge|chester|cester|lawn|lawns|crest)"
)


def ends_like_a_place(low: str) -> bool:
    return bool(_ENDINGS.fullmatch(low))


def is_place_frame(reading: Reading, first: int, last: int) -> float:
    """How much the words about a capitalised name speak for a place: 2 surely, 1 rather, 0 not at all, -1 against."""
    words = reading.words
    before = reading.at(first - 1)
    name = words[first : last + 1]
    if before is None or words[first].begins:
        return 0
    if before.low == "the" and first > 1:
        two = words[first - 2]
        if last == first and words[first].known.is_ordinary:
            return 0
        return 2 if two.low in _AT | {"to", "in"} else 0
    if before.low in _AT:
        return 2
    if before.low in _GOES:
        return (
            1.5
            if before.low
            not in (
                "left",
                "picked",
                "named",
                "chose",
                "choose",
                "tried",
                "joined",
                "leaves",
                "visited",
                "visit",
                "visiting",
            )
            else 1
        )
    if before.low in _WHERE:
        spoke = reading.at(first - 2)
        if spoke is not None and spoke.low in _SPEAKING:
            return -1
        if before.low in ("in", "into", "past", "beyond", "around", "through", "via", "leaving"):
            return 1.5
        return 1
    if before.low in ("called", "named", "is", "was") and first > 1:
        return 2 if reading.words[first - 2].low in _OF_A_SCHOOL else 0
    if before.low in ("school", "nursery", "college", "preschool", "ward", "village", "unit"):
        return 1
    return 1 if any(each.low in LAND for each in name[1:]) and len(name) > 1 else 0
