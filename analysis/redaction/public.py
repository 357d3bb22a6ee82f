"""Names that everybody may say: services, charities, festivals, laws, products, cities, characters. They stay."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.vocabulary import public_phrases
from analysis.redaction.words import Reading

_JOINS = frozenset({" ", "-", "", "’", "'", " & "})


def leave_public_names(reading: Reading, zones: Zones) -> None:
    """Phrases of several words stay wherever they stand; a single word is left to the grammar of names, but for "McDonald's"."""
    phrases = public_phrases()
    place = 0
    while place < len(reading.words):
        for phrase in phrases.get(_whole(reading, place), ()) or phrases.get(reading.words[place].low, ()):
            length = len(phrase)
            owned = length == 1 and reading.words[place].is_possessive and phrase[0].endswith("'s")
            if (length > 1 or owned) and _stands(reading, place, phrase):
                _leave(reading, zones, place, place + length)
                place += length - 1
                break
        place += 1


def _whole(reading: Reading, place: int) -> str:
    word = reading.words[place]
    return f"{word.low}'s" if word.is_possessive else word.low


def _stands(reading: Reading, place: int, phrase: tuple[str, ...]) -> bool:
    if place + len(phrase) > len(reading.words):
        return False
    for step, wanted in enumerate(phrase):
        word = reading.words[place + step]
        if wanted not in (word.low, f"{word.low}'s" if word.is_possessive else word.low):
            return False
        if step and word.gap not in _JOINS:
            return False
    return True


def _leave(reading: Reading, zones: Zones, first: int, after: int) -> None:
    start, end = reading.words[first].start, reading.words[after - 1].end
    if zones.are_free(start, end):
        zones.block(start, end)
    for place in range(first, after):
        reading.is_done[place] = True
