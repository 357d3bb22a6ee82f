"""Runs of words that make one name, and telling them."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.grammar import TITLES
from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading, Word

PARTICLES = words_in("particles")
_JOINS = (" ", "-", ". ", " -", "- ")


def is_free(reading: Reading, zones: Zones, place: int) -> bool:
    word = reading.at(place)
    return word is not None and not reading.is_done[place] and zones.are_free(word.start, word.end)


def run_end(reading: Reading, zones: Zones, first: int) -> int:
    """The last word of the run of capitals that begins here; "al", "de", "bin" may join two."""
    words = reading.words
    last = first
    while last + 1 < len(words) and last - first < 7 and not words[last].is_possessive:
        following = words[last + 1]
        if not is_free(reading, zones, last + 1) or following.gap not in _JOINS or following.begins:
            break
        if (
            following.cap
            and not (following.known.is_function or following.low in TITLES)
            and _goes_on(words[last], following)
        ):
            last += 1
        elif (
            following.low in PARTICLES
            and last + 2 < len(words)
            and words[last + 2].cap
            and words[last + 2].gap in (" ", "-")
            and is_free(reading, zones, last + 2)
        ):
            last += 2
        else:
            break
    return last


def _goes_on(word: Word, following: Word) -> bool:
    """A full stop joins only an initial and its name; shouted letters are no part of a name that is not shouted."""
    if following.gap == ". " and len(word.text) > 1:
        return False
    if len(following.text) == 1:
        return following.gap == " "
    return following.caps == word.caps or len(word.text) == 1


def tell(
    reading: Reading, zones: Zones, kind: str, first: int, last: int, *, likely: bool = True, end: int | None = None
) -> int:
    start, stop = reading.words[first].start, reading.words[last].end if end is None else end
    if kind == "SCHOOL_OR_PLACE":
        zones.add("SCHOOL_OR_PLACE", start, stop, is_likely=likely)
    else:
        zones.add("PERSON", start, stop, is_likely=likely)
    for place in range(first, last + 1):
        reading.is_done[place] = True
    return last + 1
