"""Words that are names as well ("Mark", "Hope", "May") with a capital: grammar decides."""

from __future__ import annotations

from analysis.redaction.grammar import KIN, ROLES, acts, is_somebody, is_spoken_to, only_takes_people, takes_people
from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading

_DEVICES = frozenset({"alexa", "siri", "echo"})
IDIOMS = words_in("idioms")


def of_both(reading: Reading, place: int, introduced: float, frame: float) -> tuple[str, bool] | None:
    """A word that is a name as well, standing alone with a capital."""
    words = reading.words
    word = words[place]
    after = reading.at(place + 1)
    if after is not None and f"{word.low} {after.low}" in IDIOMS and not word.is_possessive:
        return None
    if after is not None and after.low == word.low:
        return None  # "Chase, chase, chase"
    group = word.known.also
    if introduced >= 1 and not (word.begins and introduced < 1.5):
        return "PERSON", True
    doing = acts(reading, place)
    if group == "month" or word.known.is_public:
        if frame > 0:
            return None
        if word.low in _DEVICES:
            return None
        teller = reading.at(place - 2)
        if teller is not None and teller.low in ("ask", "asked", "asking") and words[place - 1].low == "for":
            return "PERSON", True
        heard = group == "month" and teller is not None and teller.low in ("were", "was", "been", "got")
        if (only_takes_people(reading.at(place - 1)) and not heard) or _is_listed_with_a_name(reading, place):
            return "PERSON", True
        if 1 <= doing < 2 and not word.is_possessive and is_somebody(reading, place):
            return "PERSON", True
        if doing >= 1.5 and group != "month" and not word.is_possessive:
            return "PERSON", True
        if doing == 1.5 and after is not None and after.low in ("took", "gave", "keeps", "attends", "refuses", "left"):
            return "PERSON", True
        if doing == 2 and not (
            after is not None and after.low in ("can't", "won't", "has", "got", "does", "did", "used")
        ):
            return "PERSON", True
        if (
            word.is_possessive
            and after is not None
            and after.low in KIN | ROLES | {"school", "plan", "ehcp", "needs", "teacher", "house"}
        ):
            return "PERSON", True
        return None
    if not word.begins:
        if frame >= 2:
            return "SCHOOL_OR_PLACE", True
        before = reading.at(place - 1)
        if reading.is_wild and not doing and not takes_people(before):
            return None
        if before is not None and before.low in ("the", "a", "an", "some", "no", "any") and not word.is_possessive:
            return None
        return "PERSON", doing > 0 or takes_people(before)
    if is_spoken_to(reading, place, place) and group != "quality":
        return "PERSON", True
    if word.is_possessive:
        return ("PERSON", True) if after is not None and not after.known.is_verb else None
    if (
        after is not None
        and after.gap in (" ", " & ")
        and after.low in ("and", "n")
        and _is_a_name_after(reading, place + 2)
    ):
        return "PERSON", True
    if doing == 0:
        return None
    if group in ("thing", "quality") and doing == 1 and after is not None and after.low in ("is", "was"):
        third = reading.at(place + 3)
        if (
            (further := reading.at(place + 2)) is not None
            and further.low in ("in", "at")
            and third is not None
            and third.known.is_field
        ):
            return "PERSON", True
    if group in ("quality", "elsewhere") and doing < 1.8:
        return ("PERSON", True) if is_somebody(reading, place) else None
    if (
        group in ("thing", "doing")
        and doing == 1
        and after is not None
        and after.low in ("is", "was", "will", "would", "can", "could")
    ):
        return ("PERSON", True) if is_somebody(reading, place) or group == "doing" else None
    return "PERSON", True


def _is_listed_with_a_name(reading: Reading, place: int) -> bool:
    """ "Jan and Melissa", "Melissa and Jan"."""
    before, after = reading.at(place - 1), reading.at(place + 1)
    if before is not None and before.low in ("and", "&", "n") and place > 1 and reading.words[place - 2].known.is_given:
        return True
    return (
        after is not None
        and after.low in ("and", "n")
        and (other := reading.at(place + 2)) is not None
        and (other.known.is_given and other.cap)
    )


def _is_a_name_after(reading: Reading, place: int) -> bool:
    word = reading.at(place)
    return word is not None and (word.known.is_given or (word.cap and bool(word.known.also)))
