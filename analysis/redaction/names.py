"""Names of people, and of schools and places that only their frame gives away.

A run of capitals that is no ordinary English and no public name is somebody or somewhere; the words around it say
which. A word that is a name as well ("Mark", "Hope", "May") needs grammar on its side. In small letters a word has to
be a well-known name, or be introduced ("my son zayd").
"""

from __future__ import annotations

from analysis.redaction.lists import words_in
from analysis.redaction.detail import Zones
from analysis.redaction.grammar import (
    KIN,
    ROLES,
    TITLES,
    acts,
    introduces,
    is_somebody,
    is_spoken_to,
    only_takes_people,
    takes_people,
)
from analysis.redaction.places import LAND, ends_like_a_place, is_place_frame
from analysis.redaction.vocabulary import is_misspelt
from analysis.redaction.words import Reading, Word

_PARTICLES = words_in("particles")
_JOINS = (" ", "-", ". ", " -", "- ")
_LETTER_OF = words_in("letter_of")
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
_DEVICES = frozenset({"alexa", "siri", "echo"})
_IDIOMS = frozenset(
    {
        ("mark", "my"), ("will", "you"), ("will", "he"), ("will", "she"), ("will", "it"), ("will", "they"), ("will", "we"),
        ("will", "the"), ("will", "there"), ("will", "i"), ("will", "this"), ("will", "that"), ("will", "be"), ("will", "my"),
        ("will", "not"), ("will", "someone"), ("will", "anyone"), ("may", "i"), ("may", "be"), ("may", "we"), ("may", "half"),
        ("may", "bank"), ("may", "not"), ("may", "have"), ("may", "as"), ("grace", "period"), ("hope", "this"),
        ("hope", "you"), ("hope", "it"), ("hope", "that"), ("hope", "to"), ("hope", "the"), ("hope", "we"), ("hope", "they"),
        ("hope", "for"), ("bill", "for"), ("art", "therapy"), ("art", "club"), ("art", "class"),
        ("art", "lessons"), ("art", "teacher"), ("art", "room"), ("summer", "holidays"), ("summer", "holiday"),
        ("summer", "term"), ("summer", "school"), ("summer", "club"), ("summer", "scheme"), ("autumn", "term"),
        ("spring", "term"), ("joy", "to"), ("joy", "of"), ("pat", "on"), ("dot", "to"), ("penny", "dropped"),
        ("van", "driver"), ("frank", "and"), ("grant", "for"), ("sunny", "day"), ("sunny", "days"), ("max", "of"),
        ("june", "half"), ("faith", "in"), ("faith", "school"), ("faith", "schools"), ("christian", "school"),
        ("lunch", "is"), ("angel", "delight"), ("happy", "to"), ("happy", "with"), ("happy", "birthday"), ("love", "the"),
        ("love", "this"), ("love", "it"), ("guy", "who"), ("guy", "from"), ("star", "of"), ("roman", "numerals"),
    }
)  # fmt: skip


def find_names(reading: Reading, zones: Zones) -> None:
    _initials(reading, zones)
    place = 0
    while place < len(reading.words):
        word = reading.words[place]
        if reading.is_done[place] or not zones.are_free(word.start, word.end):
            reading.is_done[place] = True
            place += 1
        elif word.cap:
            place = _capitals(reading, zones, place)
        elif not word.known.may_be_name and (place == 0 or reading.words[place - 1].low not in ("mr", "mrs", "ms")):
            place += 1
        else:
            place = _small(reading, zones, place)
    _again(reading, zones)


def _free(reading: Reading, zones: Zones, place: int) -> bool:
    word = reading.at(place)
    return word is not None and not reading.is_done[place] and zones.are_free(word.start, word.end)


def _run_end(reading: Reading, zones: Zones, first: int) -> int:
    """The last word of the run of capitals that begins here; "al", "de", "bin" may join two."""
    words = reading.words
    last = first
    while last + 1 < len(words) and last - first < 7 and not words[last].is_possessive:
        following = words[last + 1]
        if not _free(reading, zones, last + 1) or following.gap not in _JOINS or following.begins:
            break
        if (
            following.cap
            and not (following.known.is_function or following.low in TITLES)
            and _goes_on(words[last], following)
        ):
            last += 1
        elif (
            following.low in _PARTICLES
            and last + 2 < len(words)
            and words[last + 2].cap
            and words[last + 2].gap in (" ", "-")
            and _free(reading, zones, last + 2)
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


def _capitals(reading: Reading, zones: Zones, first: int) -> int:
    """Judge the run of capitals from ``first``; returns the place after what was judged."""
    words = reading.words
    last = _run_end(reading, zones, first)
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
        return _tell(reading, zones, "SCHOOL_OR_PLACE", first, last)
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
    _tell(reading, zones, kind, first, last, likely=likely)
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
            and acts(reading, first) >= 1
        ):
            return "PERSON", False
        return None
    if len(word.text) == 1 and len(run) == 1:
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
    if introduced >= 2 and not (word.known.is_function or word.known.is_public and not word.known.also and not given):
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
        return _of_both(reading, first, introduced, frame)
    if word.known.also and (surname or given or any(not each.known.is_ordinary or each.known.also for each in run[1:])):
        return ("SCHOOL_OR_PLACE" if frame >= 1.5 and not given else "PERSON"), True
    if introduced >= 1 and (unknown or surname or (given and len(run) > 1)) and frame < 2:
        if not word.begins or introduced >= 1.5 or acts(reading, last) or not is_misspelt(word.low):
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
    return (
        acts(reading, last) >= 2
        or takes_people(reading.at(first - 1))
        and reading.words[first - 1].low not in ("from", "to")
    )


def _of_both(reading: Reading, place: int, introduced: float, frame: float) -> tuple[str, bool] | None:
    """A word that is a name as well, standing alone with a capital."""
    words = reading.words
    word = words[place]
    after = reading.at(place + 1)
    if after is not None and (word.low, after.low) in _IDIOMS and not word.is_possessive:
        return None
    group = word.known.also
    if introduced >= 1 and not (word.begins and introduced < 1.5):
        return "PERSON", True
    doing = acts(reading, place)
    if group == "month" or word.known.is_public:
        if frame > 0:
            return None
        if word.low in _DEVICES:
            return None
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
    if group == "thing" and doing == 1 and after is not None and after.low in ("is", "was"):
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


def _is_a_name_after(reading: Reading, place: int) -> bool:
    word = reading.at(place)
    return word is not None and (word.known.is_given or (word.cap and bool(word.known.also)))


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
        if not reading.is_english or not (doing or is_spoken_to(reading, first, last) or _stands_alone(reading, first)):
            if not (surname and _stands_alone(reading, first)):
                return None
        if not surname and (is_misspelt(word.low) or word.low.endswith(_OF_THINGS)):
            return None
        after = reading.at(first + 1)
        if (like_a_place and not surname) or (after is not None and after.low in ("were", "are", "have")):
            return "SCHOOL_OR_PLACE", True
        return "PERSON", True
    if frame < 0:
        return "PERSON", True
    if word.known.is_given or given and not like_a_place:
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
        and is_misspelt(word.low)
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


def _initials(reading: Reading, zones: Zones) -> None:
    """ "my son J", "K loves music", "J.T. said"."""
    words = reading.words
    for place, word in enumerate(words):
        if not (word.cap and len(word.text) == 1 and word.text.isascii()) or not _free(reading, zones, place):
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
        ):
            # "J. Khan": the run of capitals takes it along
            if word.low not in ("i", "a", "x") or after.gap == ". ":
                continue
        if before is not None and before.low in _LETTER_OF and word.gap == " ":
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
            if not (introduces(reading, place) >= 1.5 and before is not None and before.low in KIN and word.low != "i"):
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
        ):
            if verb.low in ("are", "were", "both", "have", "get", "go", "need"):
                _tell(reading, zones, "PERSON", place, place)
                _tell(reading, zones, "PERSON", place + 2, place + 2)
                continue
        verb = reading.at(last + 1)
        dotted = last > place and verb is not None and verb.gap in (" ", ". ") and not verb.cap and verb.known.is_verb
        if introduced >= 1 or dotted or acts(reading, last) >= 1:
            if before is not None and word.gap in ("", "-", "&", "/", "'"):
                continue
            dot = last > place and reading.text[words[last].end : words[last].end + 1] == "."
            _tell(reading, zones, "PERSON", place, last, likely=introduced >= 1, end=words[last].end + dot)


def _small(reading: Reading, zones: Zones, place: int) -> int:
    """A word in small letters; returns the place after what was judged."""
    words = reading.words
    word = words[place]
    if word.low in _PARTICLES and introduces(reading, place) >= 2:
        last = place
        while last + 1 < len(words) and words[last].low in _PARTICLES and words[last + 1].gap == " ":
            last += 1
        if words[last].cap and _free(reading, zones, last):
            return _tell(reading, zones, "PERSON", place, _run_end(reading, zones, last))
    if not _is_named_in_small(reading, place):
        return place + 1
    last = place
    while (
        last + 1 < len(words)
        and not words[last].is_possessive
        and words[last + 1].gap in (" ", "-")
        and _free(reading, zones, last + 1)
    ):
        following = words[last + 1]
        of_it = following.known
        if (
            following.cap
            or of_it.is_ordinary
            or of_it.is_public
            or not (of_it.is_surname or of_it.is_given)
            or last - place > 2
        ):
            break
        last += 1
    return _tell(reading, zones, "PERSON", place, last) or place + 1 if word else place + 1


def _is_named_in_small(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    of_it = word.known
    if len(word.low) < 2 or of_it.is_function or of_it.is_field or (of_it.is_public and not of_it.also):
        return False
    before = reading.at(place - 1)
    introduced = introduces(reading, place)
    if introduced >= 2 and before is not None and before.low in ("mr", "mrs", "ms"):
        return not of_it.is_verb and "ever" not in word.low or of_it.is_surname
    if (
        introduced >= 2
        and before is not None
        and before.low in ("miss", "sir", "dr")
        and of_it.is_surname
        and of_it.is_ordinary
    ):
        return acts(reading, place) >= 1 or reading.at(place + 1) is None
    if not of_it.is_ordinary and not of_it.is_name and not of_it.also and _follows_a_name(reading, place):
        return not is_misspelt(word.low)
    if of_it.is_given and of_it.is_own and not of_it.is_ordinary:
        if len(word.low) > 3 and reading.is_english:
            return True
        return (
            len(word.low) == 3
            and word.low in _SHORT_NAMES
            and reading.is_english
            or introduced >= 1
            or acts(reading, place) >= 2
        )
    if of_it.is_given or (of_it.is_surname and not of_it.is_ordinary and not of_it.also):
        return introduced >= 1 or (acts(reading, place) >= 2 and not is_misspelt(word.low))
    if of_it.also:
        return _both_in_small(reading, place, introduced)
    spoken_to = introduced >= 1 and before is not None and before.low == "to"
    if (introduced >= 1.5 or spoken_to) and before is not None and not of_it.is_ordinary:
        if before.low in TITLES:
            return True
        return reading.is_english and not is_misspelt(word.low) and not word.low.endswith(("ing", "ed", "s", "nt"))
    return False


_TITLES_OF_STRANGERS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_SHORT_NAMES = words_in("short_names")


def _both_in_small(reading: Reading, place: int, introduced: float) -> bool:
    """ "mark from transport said": small letters, and a word as well as a name."""
    word = reading.words[place]
    before = reading.at(place - 1)
    after = reading.at(place + 1)
    if before is not None and before.low in (KIN | TITLES) - _TITLES_OF_STRANGERS and word.known.is_verb:
        return False
    if (
        introduced >= 1.2
        and before is not None
        and before.low in KIN | {"name", "named", "called", "is", "name's", "names", "himself", "herself"} | TITLES
    ):
        if before.low in KIN and word.known.also in ("thing", "quality") and introduced < 1.5:
            return False
        if word.known.also == "doing" or before.low not in KIN:
            return not (after is not None and (word.low, after.low) in _IDIOMS) and word.low not in (
                "will",
                "may",
                "van",
                "kit",
                "rich",
                "frank",
                "lucky",
                "happy",
                "bishop",
                "mo",
                "king",
                "fox",
                "chance",
                "love",
                "hope",
                "can",
            )
        return acts(reading, place) >= 1 or word.known.also == "thing" and after is None
    if _stands_for_somebody(reading, place, introduced):
        return True
    if word.known.also != "doing" or word.low in (
        "van",
        "king",
        "cat",
        "bear",
        "ace",
        "junior",
        "rich",
        "bus",
        "kit",
        "fox",
        "happy",
        "lucky",
        "guy",
        "major",
        "driver",
        "carer",
        "bishop",
    ):
        return False
    starts = (
        before is None
        or word.begins
        or before.low in ("and", "but", "so", "then", "because", "when", "that", "n", "if")
    )
    if starts and after is not None and after.low in ("from", "in", "at") and after.gap == " ":
        return acts(reading, place) >= 1.5
    if (
        starts
        and after is not None
        and after.low in ("said", "says", "told", "rang", "came", "went")
        and after.gap == " "
    ):
        return word.low not in ("will",)
    return (
        before is not None
        and before.low in ("told", "asked", "met", "emailed", "phoned")
        and word.low not in ("will", "max")
        and not (
            after is not None
            and after.gap == " "
            and after.known.is_ordinary
            and not after.known.is_function
            and not after.known.is_verb
        )
    )


def _follows_a_name(reading: Reading, place: int) -> bool:
    """ "leo and ibby", where the first is a name."""
    before = reading.at(place - 1)
    if before is None or before.low not in ("and", "n") or place < 2 or reading.words[place].gap != " ":
        return False
    first = reading.words[place - 2]
    return reading.is_done[place - 2] and first.known.is_given and not first.known.is_public


_NOT_SMALL = words_in("not_small")
_FOR_AN_ANSWER = words_in("for_an_answer")
_SMALL_START = words_in("small_start")


def _stands_for_somebody(reading: Reading, place: int, introduced: float) -> bool:
    """A word without "the", "a" or "my" that does what only people do: "when amber left", "ask jade in the office"."""
    word, before, after = reading.words[place], reading.at(place - 1), reading.at(place + 1)
    group = word.known.also
    if group == "month" and (before is None or word.begins):
        return acts(reading, place) >= 1 and is_somebody(reading, place)
    if (
        group not in ("thing", "doing", "quality", "famous")
        or word.known.is_public
        and group != "famous"
        or word.is_possessive
    ):
        return False
    if after is not None and (word.low, after.low) in _IDIOMS:
        return False
    starts = before is None or word.begins or (before.low in _SMALL_START and word.gap == " ")
    doing = acts(reading, place)
    if starts and (doing == 2 and word.low not in ("will", "may")):
        return True
    if starts and group in ("quality", "famous") and doing >= 1 and is_somebody(reading, place):
        return group == "famous"
    if word.low in _NOT_SMALL or group == "quality" and not introduced:
        return False
    if before is not None and before.low in ROLES and introduced >= 1 and doing >= 1:
        return True
    if starts and (
        doing >= 1.5
        or (doing == 1 and after is not None and after.low in ("is", "was") and is_somebody(reading, place))
    ):
        return True
    if (
        after is not None
        and after.gap == " "
        and after.low in ("n", "and")
        and before is not None
        and not before.begins
        or before is None
    ):
        other, verb = reading.at(place + 2), reading.at(place + 3)
        if (
            after is not None
            and other is not None
            and verb is not None
            and (other.known.also in ("thing", "doing") or other.known.is_given)
        ):
            if verb.low in ("are", "were", "is", "have", "both", "came", "said", "from"):
                return True
    if before is not None and before.low in ("n", "and", "&") and place > 1:
        first = reading.words[place - 2]
        if reading.is_done[place - 2] and (first.known.is_given or first.known.also) and not first.known.is_public:
            return True
    ends = after is None or after.gap.strip() != "" or after.known.is_function
    if (
        before is not None
        and before.low
        in ("ask", "asked", "told", "tell", "met", "emailed", "phoned", "thanks", "hi", "hey", "dear", "hello")
        and word.gap == " "
    ):
        return ends
    opener = before is not None and before.begins and before.low in ("is", "was", "does", "did", "has")
    return opener and after is not None and after.gap == " " and after.low in _FOR_AN_ANSWER


def _tell(
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
        if not _free(reading, zones, place) or len(word.low) < 3 or word.known.is_field or word.known.is_public:
            continue
        after = reading.at(place + 1)
        if word.cap or not (word.known.is_ordinary or word.known.also):
            if after is not None and (word.low, after.low) in _IDIOMS:
                continue
            if word.low in people and not (word.begins and word.known.is_function):
                _tell(reading, zones, "PERSON", place, place)
            elif word.low in places and word.cap and not word.known.is_ordinary:
                _tell(reading, zones, "SCHOOL_OR_PLACE", place, place)


def _parts(text: str, kind: str) -> list[str]:
    parts = [part.lower().replace("’", "'") for part in text.split()]
    return parts if kind == "PERSON" else parts[:1]
