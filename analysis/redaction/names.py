"""Names of people and places in the order of the text, and once more wherever the text says them again."""

from __future__ import annotations

from analysis.redaction.capitals import judge_capitals
from analysis.redaction.detail import Zones
from analysis.redaction.grammar import acts
from analysis.redaction.initials import find_initials
from analysis.redaction.runs import is_free, tell
from analysis.redaction.small_letters import SMALL_START, judge_small, owns_something
from analysis.redaction.words import Reading
from analysis.redaction.words_and_names import IDIOMS

_BEFORE_ANYBODY = frozenset({"mr", "mrs", "ms", "miss"})
_NEVER_AGAIN = frozenset({"will", "may", "can", "hope", "love", "art", "rich", "happy", "van"})


def find_names(reading: Reading, zones: Zones) -> None:
    find_initials(reading, zones)
    place = 0
    while place < len(reading.words):
        word = reading.words[place]
        if reading.is_done[place] or not zones.are_free(word.start, word.end):
            reading.is_done[place] = True
            place += 1
        elif word.cap and owns_something(reading, place):
            place = tell(reading, zones, "PERSON", place, place)
        elif word.cap:
            place = judge_capitals(reading, zones, place)
        elif (
            not word.known.may_be_name
            and not word.low.endswith("ys")
            and (place == 0 or reading.words[place - 1].low not in _BEFORE_ANYBODY)
        ):
            place += 1
        else:
            place = judge_small(reading, zones, place)
    _again(reading, zones)


def _again(reading: Reading, zones: Zones) -> None:
    """What was told once is told wherever the text says it again."""
    told = {detail.kind: set[str]() for detail in zones.details}
    for detail in zones.details:
        if detail.kind in ("PERSON", "SCHOOL_OR_PLACE") and detail.is_likely:
            told[detail.kind].update(_parts(detail.text, detail.kind))
    people, places = told.get("PERSON", set()), told.get("SCHOOL_OR_PLACE", set())
    if not people and not places:
        return
    for place, word in enumerate(reading.words):
        if not is_free(reading, zones, place) or len(word.low) < 2 or word.known.is_field or word.known.is_public:
            continue
        after = reading.at(place + 1)
        if len(word.low) < 3 and not (word.cap or word.known.also):
            continue
        if _acts_again(reading, place) and word.low in people:
            tell(reading, zones, "PERSON", place, place)
        elif word.cap or not (word.known.is_ordinary or word.known.also):
            if after is not None and f"{word.low} {after.low}" in IDIOMS:
                continue
            if word.low in people and not (word.begins and word.known.is_function):
                tell(reading, zones, "PERSON", place, place)
            elif word.low in places and word.cap and not word.known.is_ordinary:
                tell(reading, zones, "SCHOOL_OR_PLACE", place, place)


def _parts(text: str, kind: str) -> list[str]:
    parts = [part.lower().replace("’", "'") for part in text.split()]
    return parts if kind == "PERSON" else parts[:1]


def _acts_again(reading: Reading, place: int) -> bool:
    """ "mo wont go", after "my son mo": a word that was a name before does something."""
    word, before = reading.words[place], reading.at(place - 1)
    if word.cap or not word.known.also or word.low in _NEVER_AGAIN:
        return False
    starts = before is None or word.begins or before.low in SMALL_START
    return starts and acts(reading, place) >= 1
