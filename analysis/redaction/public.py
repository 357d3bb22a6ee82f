"""Names that everybody may say: services, charities, festivals, laws, products, cities, characters. They stay."""

from __future__ import annotations

from functools import lru_cache

from analysis.redaction.detail import Zones
from analysis.redaction.vocabulary import public_phrases
from analysis.redaction.words import Reading

_CONDITIONS = frozenset({"syndrome", "disease", "disorder", "palsy", "malformation", "anomaly", "dystrophy"})
_JOINS = frozenset({" ", "-", "", "’", "'", " & "})


def leave_public_names(reading: Reading, zones: Zones) -> None:
    """Phrases of several words stay wherever they stand; a single word is left to the grammar of names, but for
    "McDonald's"."""
    longer, owned = _phrases()
    _leave_conditions(reading, zones)
    words = reading.words
    place = 0
    while place < len(words):
        word = words[place]
        if word.is_possessive and f"{word.low}'s" in owned:
            _leave(reading, zones, place, place + 1)
        for first in (f"{word.low}'s", word.low) if word.is_possessive else (word.low,):
            if place + 1 == len(words) or first not in longer:
                continue
            following = words[place + 1]
            by_second = longer[first]
            both = by_second.get(f"{following.low}'s", ()) if following.is_possessive else ()
            phrase = next(
                (each for each in (*both, *by_second.get(following.low, ())) if _stands(reading, place, each)), None
            )
            if phrase is not None:
                _leave(reading, zones, place, place + len(phrase))
                place += len(phrase) - 1
                break
        place += 1


def _leave_conditions(reading: Reading, zones: Zones) -> None:
    """ "Edwards syndrome", "Perthes' disease": who first described it is nobody here."""
    for place, word in enumerate(reading.words):
        if word.low in _CONDITIONS and place and word.gap in (" ", "' ", "’ ", "'s ", "’s "):
            before = reading.words[place - 1]
            first = place - 1
            while (
                first > 0 and reading.words[first].cap and reading.words[first].gap in ("-", " ") and place - first < 3
            ):
                if not reading.words[first - 1].cap or reading.words[first - 1].known.is_function:
                    break
                first -= 1
            if before.cap:
                _leave(reading, zones, first, place + 1)


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, dict[str, list[tuple[str, ...]]]], frozenset[str]]:
    """The phrases of several words by their first and second, and the single words that own something."""
    phrases = public_phrases()
    longer: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for first, of_it in phrases.items():
        for phrase in of_it:
            if len(phrase) > 1:
                longer.setdefault(first, {}).setdefault(phrase[1], []).append(phrase)
    return (
        longer,
        frozenset(first for first, of_it in phrases.items() if first.endswith("'s") and (first,) in of_it),
    )


def _stands(reading: Reading, place: int, phrase: tuple[str, ...]) -> bool:
    words = reading.words
    if place + len(phrase) > len(words):
        return False
    for step in range(len(phrase) - 1, -1, -1):
        word, wanted = words[place + step], phrase[step]
        if wanted != word.low and not (word.is_possessive and wanted == f"{word.low}'s"):
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
