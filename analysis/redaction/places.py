"""Schools and small places: by the word they end in, by their saint, and by the words before them.

Cities, boroughs, counties and countries stay. The least is told: no "the", and a head word only with a capital.
"""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in
from analysis.redaction.place_frames import LAND, ends_like_a_place
from analysis.redaction.place_heads import HEADS, ROADS, SCHOOLS, last_of_heads, tell_place
from analysis.redaction.saints import find_saints
from analysis.redaction.small_places import find_small_places
from analysis.redaction.words import Reading, Word

_COMMON_PARTS = words_in("common_parts")
_HOUSES = words_in("houses")
_REIGNS = frozenset({"king", "queen", "prince", "princess", "bishop", "archbishop", "cardinal", "lord", "lady", "sir"})
_AT_A_SCHOOL = frozenset({"at", "to", "from", "attends", "attended", "left", "joined", "and", "or", "in"})
_BESIDE_A_ROAD = frozenset(
    {"church", "school", "station", "college", "park", "police", "nursery", "chapel", "hospital"}
)
_JOINING = frozenset({"of", "and", "the", "on", "le", "in", "by", "upon", "under", "with", "for", "de"})


def find_places(reading: Reading, zones: Zones) -> None:
    find_saints(reading, zones)
    _by_their_head(reading, zones)
    _the_houses(reading, zones)
    _of_kings(reading, zones)
    find_small_places(reading, zones)


def _by_their_head(reading: Reading, zones: Zones) -> None:
    """ "Alder Mount Academy", "the Alder Mount unit", "Alder Close"."""
    words = reading.words
    for place, head in enumerate(words):
        if head.low not in HEADS or reading.is_done[place] or place == 0:
            continue
        if (
            not words[place - 1].cap
            or head.gap not in (" ", "-")
            or (reading.is_done[place - 1] and not words[place - 1].known.is_public)
        ):
            continue
        if head.cap and head.low in ROADS | {"rd"} and words[place - 1].low in _BESIDE_A_ROAD:
            tell_place(reading, zones, place - 1, place)
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
            tell_place(reading, zones, first, place - 1)
            continue
        tell_place(reading, zones, first, last_of_heads(reading, place))


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
            if before.begins and found is not None and _opens_a_sentence(before) and before.low not in _REIGNS:
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


def _the_houses(reading: Reading, zones: Zones) -> None:
    """ "The Cedars refused", "at the Grange": with "the" and a capital, trees and gables are a house."""
    words = reading.words
    for place, word in enumerate(words):
        if word.low not in _HOUSES or not word.cap or word.caps or not place or reading.is_done[place]:
            continue
        if words[place - 1].low == "the" and word.gap == " ":
            tell_place(reading, zones, place, last_of_heads(reading, place))


def _of_kings(reading: Reading, zones: Zones) -> None:
    """ "Queen Eleanor's", "King Edward VI": a school called after somebody who reigned."""
    words = reading.words
    for place, title in enumerate(words[:-1]):
        if title.low not in _REIGNS:
            continue
        name = words[place + 1]
        if not (title.cap and name.cap) or reading.is_done[place] or name.gap != " ":
            continue
        where = reading.at(place - 1)
        after = reading.at(place + 2)
        owns_nothing = name.is_possessive and (after is None or after.known.is_verb or after.known.is_function)
        if not owns_nothing and (where is None or where.low not in _AT_A_SCHOOL):
            continue
        end = name.end + 2 if name.is_possessive else name.end
        last = last_of_heads(reading, place + 1)
        tell_place(reading, zones, place, last, max(end, words[last].end))
