"""Schools and small places where nobody writes capitals: "oakfield primary", "at hill top primary"."""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.lists import words_in
from analysis.redaction.place_frames import LAND, ends_like_a_place
from analysis.redaction.place_heads import ROADS, SCHOOLS, tell_place
from analysis.redaction.words import Reading

_COMMON_PARTS = words_in("common_parts")


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
