"""Schools and small places: by the word they end in, by their saint, and by the words before them.

Cities, boroughs, counties and countries stay. The least is told: no "the", and a head word only with a capital.
"""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading, Word

SCHOOLS = words_in("schools")
PREMISES = words_in("premises")
ROADS = words_in("roads")
LAND = words_in("land")
_HEADS = SCHOOLS | PREMISES | ROADS
_LAST_HEADS = _HEADS | frozenset({"form", "centres", "trust", "federation", "nurseries", "rooms", "rd", "ave"})
_COMMON_PARTS = words_in("common_parts")
_JOINING = frozenset({"of", "and", "the", "on", "le", "in", "by", "upon", "under", "with", "for", "de"})
_HOLY = re.compile(
    r"\b(?:Our Lady(?: of(?: the)? [A-Z][\w'’]+(?: [A-Z][\w'’]+)?|(?:'s|’s))?|Sacred Heart|Holy (?:Trinity|"
    r"Cross|Family|Rosary|Name|"
    r"Redeemer|Souls|Ghost|Spirit)|All (?:Saints|Souls)['’]?|Corpus Christi|Christ (?:Church|the King)|Blessed "
    r"[A-Z][\w'’]+(?: [A-Z][\w'’]+)?|English Martyrs|Good Shepherd|Immaculate Conception|Most Holy [A-Z]\w+|Saints? "
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|Sandwell Valley School)(?![\w])"
)
_SAINT = re.compile(
    r"\b(?:St|Saint|SS|Sts)\.?[ ](?P<name>[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*)(?:(?<!['’]s)[ ]?(?:and|"
    r"&)[ ](?:St\.?[ ])?[A-Z][^\W\d_]+(?:['’]s)?)?"
)
_SAINT_SMALL = re.compile(r"\bst\.?[ ][a-z]{3,}(?:['’]?s)\b")
_NO_SAINT_TOWNS = frozenset(
    {
        "albans",
        "helens",
        "andrews",
        "ives",
        "austell",
        "neots",
        "asaph",
        "lucia",
        "kitts",
        "petersburg",
        "patrick's",
        "george's",
        "david's",
        "andrew's",
        "valentine's",
        "john",
    }
)
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
    r"water|cross|green|vale|stone|combe|haven|holme|ness|tree|trees|house|view|gates|lodge|chester|cester)"
)


def ends_like_a_place(low: str) -> bool:
    return bool(_ENDINGS.fullmatch(low))


def find_places(reading: Reading, zones: Zones) -> None:
    _saints(reading, zones)
    _by_their_head(reading, zones)
    _small_letters(reading, zones)


def _tell(reading: Reading, zones: Zones, first: int, last: int, end: int | None = None) -> bool:
    """Tell the words from ``first`` to ``last`` as a place."""
    stop = reading.words[last].end if end is None else end
    if not zones.add("SCHOOL_OR_PLACE", reading.words[first].start, stop):
        return False
    for place in range(first, len(reading.words)):
        if reading.words[place].start >= stop:
            break
        reading.is_done[place] = True
    return True


def _saints(reading: Reading, zones: Zones) -> None:
    text = reading.text
    if "St" in text or "Sain" in text or "SS" in text:
        for match in _SAINT.finditer(text):
            if match["name"].lower() in _NO_SAINT_TOWNS:
                continue
            _tell_with_heads(reading, zones, match.start(), match.end())
    if "st " in text or "st. " in text:
        for match in _SAINT_SMALL.finditer(text):
            if match.group().split()[-1] not in _NO_SAINT_TOWNS:
                _tell_with_heads(reading, zones, match.start(), match.end())
    for match in _HOLY.finditer(text):
        _tell_with_heads(reading, zones, match.start(), match.end())


def _tell_with_heads(reading: Reading, zones: Zones, start: int, end: int) -> None:
    first, after = reading.first_from(start), reading.first_from(end)
    if first == len(reading.words) or reading.words[first].start != start or reading.is_done[first]:
        return
    last = _last_of_heads(reading, after - 1)
    _tell(reading, zones, first, last, max(end, reading.words[last].end))


def _last_of_heads(reading: Reading, last: int) -> int:
    """Over "Primary School", "C of E Academy", "Sixth Form" after a name, as far as capitals go."""
    reached = last
    for place in range(last + 1, min(last + 8, len(reading.words))):
        word = reading.words[place]
        if word.gap not in (" ", "-") or not (word.cap or word.low == "of"):
            break
        if word.low in _LAST_HEADS:
            reached = place
    return reached


def _by_their_head(reading: Reading, zones: Zones) -> None:
    """ "Alder Mount Academy", "the Alder Mount unit", "Alder Close"."""
    words = reading.words
    for place, head in enumerate(words):
        if head.low not in _HEADS or reading.is_done[place] or place == 0:
            continue
        if (
            not words[place - 1].cap
            or head.gap not in (" ", "-")
            or (reading.is_done[place - 1] and not words[place - 1].known.is_public)
        ):
            continue
        first = _first_of_name(reading, place)
        if first is None:
            continue
        parts = words[first:place]
        public = all(_is_public(each) for each in parts)
        if public and not (head.cap and head.low in SCHOOLS | ROADS and head.low not in ("school", "schools")):
            continue
        if not head.cap:
            if head.low in (
                "house",
                "practice",
                "health",
                "high",
                "secondary",
                "medical",
                "place",
                "way",
                "drive",
                "base",
                "library",
                "church",
                "hall",
            ) and not any(ends_like_a_place(each.low) or each.low in LAND for each in parts):
                continue
            if _is_possessed(parts[-1]) or (len(parts) == 1 and parts[0].known.is_given):
                continue
            if all(each.known.is_ordinary and each.low not in LAND for each in parts) and (len(parts) < 2):
                continue
            _tell(reading, zones, first, place - 1)
            continue
        _tell(reading, zones, first, _last_of_heads(reading, place))


def _is_possessed(word: Word) -> bool:
    return word.is_possessive and (word.known.is_given or bool(word.known.also))


def _first_of_name(reading: Reading, head: int) -> int | None:
    """Where the name before a head word begins; None when only common parts stand there."""
    words = reading.words
    first, found = head, None
    while first > 0 and words[first].gap in (" ", "-", " & ", ". ") and head - first < 6:
        before = words[first - 1]
        if reading.is_done[first - 1] and not _is_public(before):
            break
        if before.caps and before.known.is_field:
            break
        if before.cap and not (before.known.is_function and before.low not in LAND):
            # the first word of a sentence belongs to the name if it is no verb
            if before.begins and found is not None and _opens_a_sentence(before):
                break
            first -= 1
            if before.low not in _COMMON_PARTS:
                found = first
            elif before.low in (
                "green",
                "garden",
                "high",
                "orange",
                "forest",
                "new",
                "old",
                "great",
                "white",
                "red",
                "royal",
                "first",
            ):
                found = first if found is not None else found
        elif before.low in _JOINING and first > 1 and words[first - 2].cap and found is not None:
            first -= 1
        else:
            break
    if found is None:
        return None
    while words[found].low in _JOINING:
        found += 1
    return found


def _opens_a_sentence(word: Word) -> bool:
    of_it = word.known
    return of_it.is_function or (of_it.is_verb and word.low not in LAND) or of_it.is_field or word.low.endswith("ing")


def _is_public(word: Word) -> bool:
    return word.known.is_public


def _small_letters(reading: Reading, zones: Zones) -> None:
    """ "oakfield primary", "at hill top primary" where nobody writes capitals."""
    words = reading.words
    sure = (
        SCHOOLS - {"school", "schools", "high", "secondary", "grammar", "sixth", "prep"}
        | ROADS - {"way", "place", "drive", "walk", "rise", "row", "square", "gardens", "estate", "parade", "terrace"}
        | {"lodge", "ward"}
    )
    for place, head in enumerate(words):
        if head.low not in sure or head.cap or place == 0 or head.gap != " " or reading.is_done[place]:
            continue
        before = words[place - 1]
        if before.cap or reading.is_done[place - 1]:
            continue
        of_it = before.known
        if (
            not of_it.is_ordinary
            and not of_it.is_given
            and not of_it.also
            and not of_it.is_public
            and reading.is_english
            and len(before.low) > 3
        ):
            if not before.is_possessive and (ends_like_a_place(before.low) or not before.low.endswith("s")):
                _tell(reading, zones, place - 1, place)
            continue
        two = words[place - 2] if place > 1 else None
        three = words[place - 3] if place > 2 else None
        if (
            two is not None
            and three is not None
            and three.low in ("at", "to", "from", "on", "near", "attends", "in")
            and before.gap == " "
            and (before.low in LAND or ends_like_a_place(before.low) or two.low in LAND)
            and not (
                {two.low, before.low}
                & _COMMON_PARTS - {"green", "garden", "forest", "high", "new", "old", "orange", "white", "red"}
            )
            and not two.known.is_function
        ):
            _tell(reading, zones, place - 2, place)


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
