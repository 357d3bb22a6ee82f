"""Told as a place: the words of its name, and "Primary School" or "Sixth Form" after it as far as capitals go."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading

SCHOOLS = words_in("schools")
PREMISES = words_in("premises")
ROADS = words_in("roads")
HEADS = SCHOOLS | PREMISES | ROADS
_LAST_HEADS = HEADS | frozenset({"form", "centres", "trust", "federation", "nurseries", "rooms", "rd", "ave"})


def tell_place(reading: Reading, zones: Zones, first: int, last: int, end: int | None = None) -> bool:
    """Tell the words from ``first`` to ``last`` as a place."""
    stop = reading.words[last].end if end is None else end
    if not zones.add("SCHOOL_OR_PLACE", reading.words[first].start, stop):
        return False
    for place in range(first, len(reading.words)):
        if reading.words[place].start >= stop:
            break
        reading.is_done[place] = True
    return True


def tell_with_heads(reading: Reading, zones: Zones, start: int, end: int) -> None:
    first, after = reading.first_from(start), reading.first_from(end)
    if first == len(reading.words) or reading.words[first].start != start or reading.is_done[first]:
        return
    last = last_of_heads(reading, after - 1)
    tell_place(reading, zones, first, last, max(end, reading.words[last].end))


def last_of_heads(reading: Reading, last: int) -> int:
    """Over "Primary School", "C of E Academy", "Sixth Form" after a name, as far as capitals go."""
    reached = last
    for place in range(last + 1, min(last + 8, len(reading.words))):
        word = reading.words[place]
        if word.gap not in (" ", "-") or not (word.cap or word.low == "of"):
            break
        if word.low in _LAST_HEADS:
            reached = place
    return reached
