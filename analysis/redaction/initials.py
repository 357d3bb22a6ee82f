"""People who are only a letter or two: "my son J", "K loves music", "A.K. said"."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.grammar import KIN, acts, introduces
from analysis.redaction.lists import words_in
from analysis.redaction.only_somebody import is_title_of_a_letter
from analysis.redaction.runs import is_free, tell
from analysis.redaction.words import Reading

_LETTER_OF = words_in("letter_of")


def find_initials(reading: Reading, zones: Zones) -> None:
    """ "my son J", "K loves music", "J.T. said"."""
    words = reading.words
    for place, word in enumerate(words):
        if not (word.cap and len(word.text) == 1 and word.text.isascii()) or not is_free(reading, zones, place):
            continue
        before, after = reading.at(place - 1), reading.at(place + 1)
        if (
            after is not None
            and after.cap
            and after.gap in (" ", ". ", ".")
            and not after.begins
            and len(after.text) > 1
            and not after.known.is_function
            and not after.known.is_field
            and (word.low not in ("i", "a", "x") or after.gap == ". ")
        ):
            continue  # "J. Khan": the run of capitals takes it along
        if (
            before is not None
            and before.low in _LETTER_OF
            and word.gap == " "
            and not (before.low == "and" and _is_listed(reading, zones, place))
        ):
            continue
        last = place
        while (
            last + 1 < len(words)
            and words[last + 1].gap in (".", "")
            and len(words[last + 1].text) == 1
            and words[last + 1].cap
        ):
            last += 1
        if last == place and word.low in ("i", "a", "x", "u", "r") and not word.is_possessive:
            told = introduces(reading, place) >= 1.5 and before is not None and before.low in KIN and word.low != "i"
            if not told and not (is_title_of_a_letter(before) and word.low != "i"):
                continue
        elif last == place and word.low == "i":
            continue
        introduced = introduces(reading, place)
        other, verb = reading.at(place + 2), reading.at(place + 3)
        if (
            after is not None
            and after.low == "and"
            and other is not None
            and verb is not None
            and len(other.text) == 1
            and other.cap
        ) and verb.low in ("are", "were", "both", "have", "get", "go", "need"):
            tell(reading, zones, "PERSON", place, place)
            tell(reading, zones, "PERSON", place + 2, place + 2)
            continue
        verb = reading.at(last + 1)
        stopped = last == place and verb is not None and verb.gap == ". " and verb.text.islower() and word.low != "i"
        dotted = (
            (last > place or stopped)
            and verb is not None
            and verb.gap in (" ", ". ")
            and not verb.cap
            and verb.known.is_verb
        )
        if introduced >= 1 or dotted or acts(reading, last) >= 1 or _is_listed(reading, zones, place):
            if before is not None and word.gap in ("", "-", "&", "/", "'"):
                continue
            dot = last > place and reading.text[words[last].end : words[last].end + 1] == "."
            tell(reading, zones, "PERSON", place, last, likely=introduced >= 1, end=words[last].end + dot)


def _is_listed(reading: Reading, zones: Zones, place: int) -> bool:
    """ "K came at four, and T, who is his half brother": after another letter, or before "who"."""
    before, after, first = reading.at(place - 1), reading.at(place + 1), reading.at(place - 2)
    if after is not None and after.low in ("who", "who's", "whose") and after.gap in (" ", ", "):
        return True
    if before is None or first is None or before.low not in ("and", "&", "or"):
        return False
    return len(first.text) == 1 and any(detail.start == first.start for detail in zones.details)
