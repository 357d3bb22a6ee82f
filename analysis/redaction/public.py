"""Names that everybody may say: services, charities, festivals, laws, products, cities, characters. They stay."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.vocabulary import public_phrases
from analysis.redaction.words import Reading

_JOINS = frozenset({" ", "-", "", "’", "'", " & "})


def leave_public_names(reading: Reading, zones: Zones) -> None:
    """Phrases of several words stay wherever they stand; a single word, unless it could be a person's name as well."""
    phrases = public_phrases()
    place = 0
    while place < len(reading.words):
        for phrase in phrases.get(_whole(reading, place), ()) or phrases.get(reading.words[place].low, ()):
            length = len(phrase)
            if length > 1 and _stands(reading, place, phrase) and _as_a_name(reading, place, length):
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


def _as_a_name(reading: Reading, place: int, length: int) -> bool:
    """Two words of which each is a name need their capitals to be somebody famous."""
    return length > 1 or reading.words[place].cap


def _leave(reading: Reading, zones: Zones, first: int, after: int) -> None:
    start, end = reading.words[first].start, reading.words[after - 1].end
    if zones.are_free(start, end):
        zones.block(start, end)
    for place in range(first, after):
        reading.is_done[place] = True
