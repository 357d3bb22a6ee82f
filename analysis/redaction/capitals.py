"""Names with capitals, of people and of schools and places that only their frame gives away.

A run of capitals that is no ordinary English and no public name is somebody or somewhere; the words around it say
which.
"""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.grammar import (
    KIN,
    ROLES,
    SHORT_TITLES,
    TITLES,
    acts,
    introduces,
    is_spoken_to,
    only_takes_people,
    takes_people,
)
from analysis.redaction.lists import words_in
from analysis.redaction.place_frames import LAND, ends_like_a_place, is_place_frame
from analysis.redaction.runs import run_end, tell
from analysis.redaction.vocabulary import is_misspelt, is_widely_written
from analysis.redaction.words import Reading, Word
from analysis.redaction.words_and_names import of_both

_OF_THINGS = (
    "ist",
    "ism",
    "ology",
    "ing",
    "tion",
    "ment",
    "itis",
    "xis",
    "osis",
    "graphy",
    "ness",
    "ics",
    "ers",
    "wise",
)
_OF_VILLAGES = words_in("of_villages")


def judge_capitals(reading: Reading, zones: Zones, first: int) -> int:
    """Judge the run of capitals from ``first``; returns the place after what was judged."""
    words = reading.words
    last = run_end(reading, zones, first)
    word = words[first]
    # a word that only begins the sentence, or names a role, is no part of the name after it
    while (
        first < last
        and not _names_a_village(words[first], words[first + 1])
        and _is_dropped(words[first], words[first + 1])
    ):
        first += 1
        word = words[first]
    stop = last
    while stop > first and (words[stop].known.is_field or (words[stop].caps and not word.caps)):
        stop -= 1
    last_judged = last
    last = stop
    if last > first and _names_a_village(word, words[first + 1]) and is_place_frame(reading, first, last) >= 1:
        return tell(reading, zones, "SCHOOL_OR_PLACE", first, last)
    if (
        len(word.text) > 1
        and word.known.is_field
        and not (introduces(reading, first) >= 2 and reading.words[first - 1].low in ("mr", "mrs", "ms"))
    ):
        return first + 1
    verdict = _verdict(reading, first, last)
    if verdict is None:
        return first + 1
    kind, likely = verdict
    last = _trimmed(reading, first, last, kind)
    tell(reading, zones, kind, first, last, likely=likely)
    return max(last + 1, min(last_judged, last + 1))


def _names_a_village(word: Word, following: Word) -> bool:
    """ "Upper Marling": the first word belongs to it."""
    of_it = following.known
    return word.low in _OF_VILLAGES and not word.begins and not (of_it.is_field or of_it.is_function or of_it.is_public)


def _is_dropped(word: Word, following: Word) -> bool:
    of_it = word.known
    if word.low in TITLES or of_it.is_function or of_it.is_field or (word.low in KIN | ROLES):
        return len(word.text) > 1 or word.low in ("a", "i")
    if of_it.is_public and not of_it.is_given and not of_it.also and following.known.is_given:
        return True
    return (
        word.begins
        and of_it.is_ordinary
        and not of_it.also
        and not of_it.is_surname
        and (
            following.known.is_given or bool(following.known.also) or of_it.is_verb or word.low.endswith(("ing", "ly"))
        )
    )


def _trimmed(reading: Reading, first: int, last: int, kind: str) -> int:
    """A person's name ends before an ordinary word that follows a surname ("Mrs Khan Office")."""
    if kind != "PERSON":
        return last
    words = reading.words
    for place in range(first + 1, last + 1):
        of_it = words[place].known
        if of_it.is_public and not of_it.is_name and not of_it.also:
            return place - 1
    return last


def _verdict(reading: Reading, first: int, last: int) -> tuple[str, bool] | None:
    """PERSON or SCHOOL_OR_PLACE and whether it is likely; None for no name."""
    words = reading.words
    run = words[first : last + 1]
    word = run[0]
    introduced = introduces(reading, first)
    if (
        len(run) > 1
        and all(each.caps for each in run)
        and introduced < 2
        and not any(each.known.is_own for each in run)
    ):
        return None
    if word.caps and len(run) == 1 and not _may_be_shouted(word, introduced):
        if (
            len(word.text) == 2
            and not word.known.is_function
            and not word.known.is_field
            and not word.known.is_public
            and word.low not in ROLES
            and (acts(reading, first) >= 1 or (word.known.is_given and _follows_another(reading, first)))
        ):
            return "PERSON", False
        return None
    if len(run) == 1 and (len(word.text) == 1 or word.low in SHORT_TITLES):
        return None
    frame = is_place_frame(reading, first, last)
    if (
        len(run) > 1
        and run[-1].low in LAND
        and not word.known.also
        and (not word.known.is_own or word.known.is_surname)
        and not introduced
        and all(each.known.is_ordinary or each.known.is_surname or each.known.also for each in run)
    ):
        return ("SCHOOL_OR_PLACE", True) if not word.known.is_function else None
    given = any(each.known.is_given for each in run)
    unknown = [each for each in run if not each.known.is_ordinary and not each.known.is_public and not each.known.also]
    surname = any(each.known.is_surname and not each.known.is_ordinary for each in run)
    if all(each.known.is_public for each in run) and not (word.known.is_given or word.known.also):
        return ("PERSON", True) if introduced >= 1.5 and (word.known.is_surname) else None
    if introduced >= 2 and not (word.known.is_function or (word.known.is_public and not word.known.also and not given)):
        if (
            reading.words[first - 1].low in ("called", "named", "name", "known")
            and not given
            and _is_of_a_school(reading, first - 1)
        ):
            return "SCHOOL_OR_PLACE", True
        if reading.words[first - 1].low in TITLES or given or unknown or word.known.also or not word.begins:
            return "PERSON", True
    if word.known.is_given and not (len(run) > 1 and ends_like_a_place(run[-1].low) and frame >= 1):
        if (
            frame >= 2
            and not introduced
            and not _spoken_of_as_a_person(reading, first, last)
            and not word.is_possessive
            and ends_like_a_place(word.low)
        ):
            return "SCHOOL_OR_PLACE", True
        if word.begins and not reading.is_english and not word.known.is_own:
            return None
        if word.begins and not word.known.is_own and len(run) == 1 and not introduced and is_misspelt(word.low):
            return None
        return "PERSON", True
    if word.known.also and len(run) == 1:
        return of_both(reading, first, introduced, frame)
    if word.known.also and (surname or given or any(not each.known.is_ordinary or each.known.also for each in run[1:])):
        return ("SCHOOL_OR_PLACE" if frame >= 1.5 and not given else "PERSON"), True
    follows = introduced >= 1 and (unknown or surname or (given and len(run) > 1)) and frame < 2
    if follows and (not word.begins or introduced >= 1.5 or acts(reading, last) or not is_misspelt(word.low)):
        return "PERSON", True
    if unknown:
        return _of_unknown(reading, first, last, frame, given=given, surname=surname)
    return _of_ordinary(reading, first, last, frame, introduced)


def _may_be_shouted(word: Word, introduced: float) -> bool:
    if len(word.text) <= 2:
        return word.known.is_given and introduced >= 1
    if word.known.is_given and word.known.is_own:
        return len(word.text) > 3 or introduced >= 1
    return introduced >= 2


def _follows_another(reading: Reading, first: int) -> bool:
    before = reading.at(first - 1)
    return before is not None and before.low in ("and", "&") and reading.is_done[first - 2]


def _is_of_a_school(reading: Reading, place: int) -> bool:
    before = reading.at(place - 1)
    return before is not None and before.low in (
        "school",
        "nursery",
        "college",
        "academy",
        "place",
        "unit",
        "centre",
        "hub",
        "setting",
        "provision",
        "ward",
        "club",
        "playgroup",
        "preschool",
        "village",
        "it's",
        "is",
        "one",
    )


def _spoken_of_as_a_person(reading: Reading, first: int, last: int) -> bool:
    return acts(reading, last) >= 2 or (
        takes_people(reading.at(first - 1)) and reading.words[first - 1].low not in ("from", "to")
    )


def _of_unknown(
    reading: Reading, first: int, last: int, frame: float, *, given: bool, surname: bool
) -> tuple[str, bool] | None:
    """A run with a word that English does not know: a place if its frame or its ending says so, else a person."""
    words = reading.words
    word = words[first]
    run = words[first : last + 1]
    like_a_place = ends_like_a_place(run[-1].low) or (
        len(run) > 1 and (ends_like_a_place(run[0].low) or run[-1].low in LAND)
    )
    if word.begins and len(run) == 1:
        doing = acts(reading, first)
        alone = _stands_alone(reading, first)
        speaks = reading.is_english and (doing or alone or is_spoken_to(reading, first, last))
        if not speaks and not (surname and alone):
            return None
        slip = is_widely_written(word.low) if doing == 2 else is_misspelt(word.low)
        if not surname and (slip or word.low.endswith(_OF_THINGS)):
            return None
        after = reading.at(first + 1)
        if (like_a_place and not surname) or (after is not None and after.low in ("were", "are", "have")):
            return "SCHOOL_OR_PLACE", True
        return "PERSON", True
    if frame < 0:
        return "PERSON", True
    if word.known.is_given or (given and not like_a_place):
        return "PERSON", True
    if frame >= 1.5 or (frame >= 1 and (like_a_place or not surname)):
        return "SCHOOL_OR_PLACE", True
    if like_a_place and (not surname or len(run) > 1) and not only_takes_people(reading.at(first - 1)):
        return "SCHOOL_OR_PLACE", True
    if len(run) == 1 and not surname and word.low.endswith(_OF_THINGS):
        return None
    if (
        len(run) == 1
        and not surname
        and is_widely_written(word.low)
        and not takes_people(reading.at(first - 1))
        and not acts(reading, last)
    ):
        return None
    return "PERSON", surname or acts(reading, last) > 0 or takes_people(reading.at(first - 1))


def _stands_alone(reading: Reading, place: int) -> bool:
    """A name signed under a text, or one of a list."""
    after = reading.at(place + 1)
    return place > 0 and (after is None or "\n" in after.gap)


def _of_ordinary(reading: Reading, first: int, last: int, frame: float, introduced: float) -> tuple[str, bool] | None:
    """Ordinary words with capitals inside a sentence: a place after "at", as long as they are no field words."""
    words = reading.words
    run = words[first : last + 1]
    if run[0].begins or any(each.known.is_field or each.known.is_function or each.caps for each in run):
        return None
    if reading.is_wild and len(run) == 1:
        return None
    if introduced >= 1.5 and not run[0].known.is_verb:
        return "PERSON", False
    if frame >= 1.5 or (frame >= 1 and len(run) > 1 and not reading.is_wild):
        return "SCHOOL_OR_PLACE", len(run) > 1
    if len(run) > 1 and ends_like_a_place(run[-1].low) and not reading.is_wild and frame >= 0:
        return "SCHOOL_OR_PLACE", False
    return None
