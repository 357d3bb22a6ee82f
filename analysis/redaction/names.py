"""Names of people, and of schools and places that only their frame gives away.

A run of capitals that is no ordinary English and no public name is somebody or somewhere; the words around it say
which. A word that is a name as well ("Mark", "Hope", "May") needs grammar on its side. In small letters a word has to
be a well-known name, or be introduced ("my son zayd").
"""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.grammar import KIN, ROLES, TITLES, acts, introduces, is_somebody, is_spoken_to, only_takes_people, takes_people
from analysis.redaction.places import ends_like_a_place, is_place_frame
from analysis.redaction.vocabulary import is_misspelt
from analysis.redaction.words import Reading, Word

_PARTICLES = frozenset("y yr al el bin ibn binti bint de da do dos das di du der den van von ter ten la le ní nic ó mac ap ab ben abu umm ul ur".split())
_JOINS = (" ", "-", ". ", " -", "- ")
_LETTER_OF = frozenset(
    "section part plan vitamin type grade grades year class group hepatitis appendix an a block band tier option set "
    "room level levels key stage building gate bus route exhibit figure table form question as or and the plus factor "
    "generation gen twitter t".split()
)
_OF_VILLAGES = frozenset("upper lower middle little great long old new north south east west high nether over church castle much".split())
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
        if following.cap and not (following.known.is_function or following.low in TITLES) and _goes_on(words[last], following):
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
    while first < last and _is_dropped(words[first], words[first + 1]):
        first += 1
        word = words[first]
    stop = last
    while stop > first and (words[stop].known.is_field or (words[stop].caps and not word.caps)):
        stop -= 1
    last_judged = last
    last = stop
    if last > first and word.low in _OF_VILLAGES and is_place_frame(reading, first, last) >= 1 and not words[first + 1].known.is_field:
        return _tell(reading, zones, "SCHOOL_OR_PLACE", first, last)
    if word.known.is_field and not (introduces(reading, first) >= 2 and reading.words[first - 1].low in ("mr", "mrs", "ms")):
        return first + 1
    verdict = _verdict(reading, first, last)
    if verdict is None:
        return first + 1
    kind, likely = verdict
    last = _trimmed(reading, first, last, kind)
    _tell(reading, zones, kind, first, last, likely=likely)
    return max(last + 1, min(last_judged, last + 1))


def _is_dropped(word: Word, following: Word) -> bool:
    of_it = word.known
    if word.low in TITLES or of_it.is_function or of_it.is_field or (word.low in KIN | ROLES):
        return True
    if of_it.is_public and not of_it.is_given and not of_it.also and following.known.is_given:
        return True
    return (
        word.begins
        and of_it.is_ordinary
        and not of_it.also
        and not of_it.is_surname
        and (following.known.is_given or bool(following.known.also) or of_it.is_verb or word.low.endswith(("ing", "ly")))
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
    if word.caps and len(run) == 1 and not _may_be_shouted(word, introduced):
        return None
    if len(word.text) == 1 and len(run) == 1:
        return None
    frame = is_place_frame(reading, first, last)
    given = any(each.known.is_given for each in run)
    unknown = [each for each in run if not each.known.is_ordinary and not each.known.is_public and not each.known.also]
    surname = any(each.known.is_surname and not each.known.is_ordinary for each in run)
    if all(each.known.is_public for each in run) and not (word.known.is_given or word.known.also):
        return ("PERSON", True) if introduced >= 1.5 and (word.known.is_surname) else None
    if introduced >= 2 and not (word.known.is_function or word.known.is_public and not word.known.also and not given):
        if reading.words[first - 1].low in ("called", "named", "name", "known") and not given and _is_of_a_school(reading, first - 1):
            return "SCHOOL_OR_PLACE", True
        if reading.words[first - 1].low in TITLES or given or unknown or word.known.also or not word.begins:
            return "PERSON", True
    if word.known.is_given and not (len(run) > 1 and ends_like_a_place(run[-1].low) and frame >= 1):
        if frame >= 2 and not introduced and not _spoken_of_as_a_person(reading, first, last) and not word.is_possessive and ends_like_a_place(word.low):
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
    return before is not None and before.low in ("school", "nursery", "college", "academy", "place", "unit", "centre", "hub", "setting", "provision", "ward", "club", "playgroup", "preschool", "village", "it's", "is", "one")


def _spoken_of_as_a_person(reading: Reading, first: int, last: int) -> bool:
    return acts(reading, last) >= 2 or takes_people(reading.at(first - 1)) and reading.words[first - 1].low not in ("from", "to")


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
        if doing == 2 and not (after is not None and after.low in ("can't", "won't", "has", "got", "does", "did", "used")):
            return "PERSON", True
        if word.is_possessive and after is not None and after.low in KIN | ROLES | {"school", "plan", "ehcp", "needs", "teacher", "house"}:
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
    if after is not None and after.gap in (" ", " & ") and after.low in ("and", "n") and _is_a_name_after(reading, place + 2):
        return "PERSON", True
    if doing == 0:
        return None
    if group in ("quality", "elsewhere") and doing < 2:
        return ("PERSON", True) if is_somebody(reading, place) else None
    if group in ("thing", "doing") and doing == 1 and after is not None and after.low in ("is", "was", "will", "would", "can", "could"):
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
    like_a_place = ends_like_a_place(run[-1].low) or (len(run) > 1 and ends_like_a_place(run[0].low))
    if word.begins and len(run) == 1:
        doing = acts(reading, first)
        if not reading.is_english or not (doing or is_spoken_to(reading, first, last) or _stands_alone(reading, first)):
            if not (surname and _stands_alone(reading, first)):
                return None
        if not surname and is_misspelt(word.low):
            return None
        after = reading.at(first + 1)
        if like_a_place and doing < 2 or (after is not None and after.low in ("were", "are", "have")):
            return "SCHOOL_OR_PLACE", True
        return "PERSON", True
    if frame < 0:
        return "PERSON", True
    if word.known.is_given or given and not like_a_place:
        return "PERSON", True
    if frame >= 1.5 or (frame >= 1 and (like_a_place or not surname)):
        return "SCHOOL_OR_PLACE", True
    if like_a_place and not surname and not only_takes_people(reading.at(first - 1)) and acts(reading, last) < 2:
        return "SCHOOL_OR_PLACE", True
    if len(run) == 1 and not surname and word.low.endswith(("ist", "ism", "ology", "ing", "tion", "ment")):
        return None
    if len(run) == 1 and not surname and is_misspelt(word.low) and not takes_people(reading.at(first - 1)) and not acts(reading, last):
        return None
    return "PERSON", surname or acts(reading, last) > 0 or takes_people(reading.at(first - 1))


def _stands_alone(reading: Reading, place: int) -> bool:
    """A name signed under a text, or one of a list."""
    after = reading.at(place + 1)
    return place > 0 and (after is None or "\n" in after.gap)


def _of_ordinary(
    reading: Reading, first: int, last: int, frame: float, introduced: float
) -> tuple[str, bool] | None:
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
    """"my son J", "K loves music", "J.T. said"."""
    words = reading.words
    for place, word in enumerate(words):
        if not (word.cap and len(word.text) == 1 and word.text.isascii()) or not _free(reading, zones, place):
            continue
        before, after = reading.at(place - 1), reading.at(place + 1)
        if after is not None and after.cap and after.gap in (" ", ". ", ".") and not after.begins and len(after.text) > 1 and not after.known.is_function and not after.known.is_field:
            # "J. Khan": the run of capitals takes it along
            if word.low not in ("i", "a", "x") or after.gap == ". ":
                continue
        if before is not None and before.low in _LETTER_OF and word.gap == " ":
            continue
        if word.low in ("i", "a", "x", "u", "r") and not word.is_possessive:
            if not (introduces(reading, place) >= 1.5 and before is not None and before.low in KIN and word.low != "i"):
                continue
        elif word.low == "i":
            continue
        last = place
        while last + 1 < len(words) and words[last + 1].gap in (".", "") and len(words[last + 1].text) == 1 and words[last + 1].cap:
            last += 1
        introduced = introduces(reading, place)
        if introduced >= 1 or acts(reading, last) >= 1:
            if before is not None and word.gap in ("", "-", "&", "/", "'"):
                continue
            end = words[last].end
            _tell(reading, zones, "PERSON", place, last, likely=introduced >= 1, end=end)


def _small(reading: Reading, zones: Zones, place: int) -> int:
    """A word in small letters; returns the place after what was judged."""
    words = reading.words
    word = words[place]
    if not _is_named_in_small(reading, place):
        return place + 1
    last = place
    while last + 1 < len(words) and not words[last].is_possessive and words[last + 1].gap in (" ", "-") and _free(reading, zones, last + 1):
        following = words[last + 1]
        of_it = following.known
        if following.cap or of_it.is_ordinary or of_it.is_public or not (of_it.is_surname or of_it.is_given) or last - place > 2:
            break
        last += 1
    return _tell(reading, zones, "PERSON", place, last) or place + 1 if word else place + 1


def _is_named_in_small(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    of_it = word.known
    if len(word.low) < 2 or of_it.is_function or of_it.is_field or (of_it.is_public and not of_it.also):
        return False
    introduced = introduces(reading, place)
    before = reading.at(place - 1)
    if introduced >= 2 and before is not None and before.low in ("mr", "mrs", "ms"):
        return not of_it.is_verb or of_it.is_surname
    if of_it.is_given and of_it.is_own and not of_it.is_ordinary:
        if len(word.low) > 3 and reading.is_english:
            return True
        return len(word.low) == 3 and word.low in _SHORT_NAMES and reading.is_english or introduced >= 1 or acts(reading, place) >= 2
    if of_it.is_given or (of_it.is_surname and not of_it.is_ordinary):
        return introduced >= 1 or (acts(reading, place) >= 2 and not is_misspelt(word.low))
    if of_it.also:
        return _both_in_small(reading, place, introduced)
    spoken_to = introduced >= 1 and before is not None and before.low == "to"
    if (introduced >= 1.5 or spoken_to) and before is not None and not of_it.is_ordinary:
        if before.low in TITLES:
            return True
        return reading.is_english and not is_misspelt(word.low) and not word.low.endswith(("ing", "ed", "s", "nt"))
    return False


_SHORT_NAMES = frozenset(
    "sam tom dan ben tim jim joe leo zak zac amy eva mia zoe ian kim lee liz meg pam peg rob ron roy sid sue ted una ann ali "
    "bev deb gus huw ken kev kyle luke mel ned pip reg stu tia val vic wes abi abu amy ana ava eve isa jon jan jen jess jen "
    "lex lou mum non nia ola raj sal temi tola umar zia".split()
) - {"val", "pip", "lex", "una", "eve", "mum", "non", "jan", "reg", "ted"}


def _both_in_small(reading: Reading, place: int, introduced: float) -> bool:
    """ "mark from transport said": small letters, and a word as well as a name."""
    word = reading.words[place]
    before = reading.at(place - 1)
    after = reading.at(place + 1)
    if introduced >= 1.2 and before is not None and before.low in KIN | {"name", "named", "called", "is", "name's", "names", "himself", "herself"} | TITLES:
        if before.low in KIN and word.known.also in ("thing", "quality") and introduced < 1.5:
            return False
        if word.known.also == "doing" or before.low not in KIN:
            return not (after is not None and (word.low, after.low) in _IDIOMS) and word.low not in ("will", "may", "van", "kit", "rich", "frank", "lucky", "happy", "bishop", "mo", "king", "fox", "chance", "love", "hope", "can")
        return acts(reading, place) >= 1 or word.known.also == "thing" and after is None
    if word.known.also != "doing" or word.low in ("van", "king", "cat", "bear", "ace", "junior", "rich", "bus", "kit", "fox", "happy", "lucky", "guy", "major", "driver", "carer", "bishop"):
        return False
    starts = before is None or word.begins or before.low in ("and", "but", "so", "then", "because", "when", "that", "n", "if")
    if starts and after is not None and after.low in ("from", "in", "at") and after.gap == " ":
        return acts(reading, place) >= 1.5
    if starts and after is not None and after.low in ("said", "says", "told", "rang", "came", "went") and after.gap == " ":
        return word.low not in ("will",)
    return before is not None and before.low in ("told", "asked", "met", "emailed", "phoned") and word.low not in ("will", "max") and not (after is not None and after.gap == " " and after.known.is_ordinary and not after.known.is_function and not after.known.is_verb)


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
