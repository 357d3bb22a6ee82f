"""Schools and small places where nobody writes capitals: "oakfield primary", "at hill top primary"."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in
from analysis.redaction.place_frames import LAND, ends_like_a_place
from analysis.redaction.place_heads import ROADS, SCHOOLS, tell_place
from analysis.redaction.vocabulary import is_misspelt
from analysis.redaction.words import Reading, Word

_COMMON_PARTS = words_in("common_parts")
_HOUSES = words_in("houses")
_GOES = words_in("goes")
_BEFORE = frozenset(
    {"at", "to", "near", "attends", "attend", "attended", "left", "joined", "from", "in"}
    | {"the", "is", "was", "its", "it's", "called", "school"}
)
_AT = frozenset({"at", "to", "near", "attends", "attend", "attended", "left", "joined", "from", "in"})


def find_small_places(reading: Reading, zones: Zones) -> None:
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
                tell_place(reading, zones, place - 1, place)
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
            tell_place(reading, zones, place - 2, place)
    _bare(reading, zones)


def _bare(reading: Reading, zones: Zones) -> None:
    """ "she was at oakfield", "he goes to the willows": a word that ends like a place after "at" or "to", or trees with
    "the" where somebody goes."""
    words = reading.words
    for place in range(1, len(words)):
        word, before = words[place], words[place - 1]
        if before.low not in _BEFORE or word.cap or reading.is_done[place] or word.gap != " ":
            continue
        if before.low == "the" and word.low in _HOUSES:
            goes = reading.at(place - 2)
            if goes is not None and goes.low in _AT | _GOES | {"goes", "go", "went", "from", "of", "called"}:
                tell_place(reading, zones, place, place)
        elif before.low != "the" and _is_named(word, reading):
            tell_place(reading, zones, place, place)


def _is_named(word: Word, reading: Reading) -> bool:
    of_it = word.known
    ordinary = of_it.is_ordinary or of_it.is_name or of_it.also or of_it.is_public or of_it.is_field
    return (
        not ordinary
        and len(word.low) > 5
        and ends_like_a_place(word.low)
        and not is_misspelt(word.low)
        and reading.is_english
    )
