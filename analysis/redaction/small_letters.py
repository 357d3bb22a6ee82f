"""Names in small letters: a well-known name, or a word that is introduced ("my son zayd") or does what people do
("when amber left").
"""

from __future__ import annotations

from analysis.redaction.detail import Zones
from analysis.redaction.grammar import KIN, ROLES, TITLES, acts, introduces, is_somebody
from analysis.redaction.lists import words_in
from analysis.redaction.only_somebody import is_title_of_a_letter, stands_for_somebody
from analysis.redaction.runs import PARTICLES, is_free, run_end, tell
from analysis.redaction.vocabulary import is_misspelt, known
from analysis.redaction.words import Reading, Word
from analysis.redaction.words_and_names import IDIOMS

_TITLES_OF_STRANGERS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_SHORT_NAMES = words_in("short_names")
_NOT_SMALL = words_in("not_small")
_FOR_AN_ANSWER = words_in("for_an_answer")
_TO_SOMEBODY = frozenset(
    (
        "ask",
        "asked",
        "told",
        "tell",
        "met",
        "emailed",
        "phoned",
        "thanks",
        "hi",
        "hey",
        "dear",
        "hello",
        "saw",
        "invited",
    )
)
SMALL_START = words_in("small_start")

_MODALS = frozenset({"will", "may", "can"})
_SELDOM_A_NAME, _SELDOM_DOING = words_in("seldom_a_name"), words_in("seldom_doing")

_ASKING = frozenset({"can", "could", "does", "did", "should", "would", "will", "is", "was", "has"})
_ONLY_PEOPLE_DO = words_in("only_people_do")


def judge_small(reading: Reading, zones: Zones, place: int) -> int:
    """A word in small letters; returns the place after what was judged."""
    words = reading.words
    word = words[place]
    if word.low in PARTICLES and introduces(reading, place) >= 2:
        last = place
        while last + 1 < len(words) and words[last].low in PARTICLES and words[last + 1].gap == " ":
            last += 1
        if words[last].cap and is_free(reading, zones, last):
            return tell(reading, zones, "PERSON", place, run_end(reading, zones, last))
    if not _is_named_in_small(reading, place):
        return place + 1
    last = place
    while (
        last + 1 < len(words)
        and not words[last].is_possessive
        and words[last + 1].gap in (" ", "-")
        and is_free(reading, zones, last + 1)
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
    return tell(reading, zones, "PERSON", place, last) or place + 1 if word else place + 1


def _is_named_in_small(reading: Reading, place: int) -> bool:
    word = reading.words[place]
    of_it = word.known
    if stands_for_somebody(reading, place) or _is_a_letter(reading, place):
        return True
    if len(word.low) < 2 or of_it.is_function or of_it.is_field or (of_it.is_public and not of_it.also):
        return False
    before = reading.at(place - 1)
    introduced = introduces(reading, place)
    if owns_something(reading, place):
        return True
    if introduced >= 2 and before is not None and before.low in ("mr", "mrs", "ms"):
        return (not of_it.is_verb and "ever" not in word.low) or of_it.is_surname
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
            (len(word.low) == 3 and word.low in _SHORT_NAMES and reading.is_english)
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


def _is_a_letter(reading: Reading, place: int) -> bool:
    """ "mr b shouts"; but not "i miss u"."""
    word, before = reading.words[place], reading.at(place - 1)
    if len(word.low) > 1 or word.gap not in (" ", ". ") or not is_title_of_a_letter(before):
        return False
    return before is not None and (before.low != "miss" or word.low not in ("u", "a", "i", "n", "m"))


def _both_in_small(reading: Reading, place: int, introduced: float) -> bool:
    """ "mark from transport said": small letters, and a word as well as a name."""
    word = reading.words[place]
    before = reading.at(place - 1)
    after = reading.at(place + 1)
    of_family = before is not None and before.low in (KIN | TITLES) - _TITLES_OF_STRANGERS
    if of_family and word.known.is_verb and not acts(reading, place):
        return False
    if (
        introduced >= 1.2
        and before is not None
        and before.low in KIN | {"name", "named", "called", "is", "name's", "names", "himself", "herself"} | TITLES
    ):
        if before.low in KIN and word.known.also in ("thing", "quality") and introduced < 1.5:
            return False
        if word.known.also == "doing" or before.low not in KIN:
            if after is not None and f"{word.low} {after.low}" in IDIOMS:
                return False
            return word.low not in _SELDOM_A_NAME or (word.low not in _MODALS and acts(reading, place) >= 1)
        return acts(reading, place) >= 1 or (word.known.also == "thing" and after is None)
    if _stands_for_somebody(reading, place, introduced):
        return True
    if word.known.also != "doing" or word.low in _SELDOM_DOING:
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


def owns_something(reading: Reading, place: int) -> bool:
    """ "ryans taxi": the apostrophe is left out."""
    word, after = reading.words[place], reading.at(place + 1)
    if len(word.low) < 5 or not word.low.endswith("s") or word.known.is_given or after is None or after.gap != " ":
        return False
    owner = known(word.low[:-1])
    if owner.also in ("thing", "quality") and after.low in KIN | _OWNED | {"ta", "senco"} and after.low != "school":
        return True
    return (
        owner.is_own
        and not word.known.is_field
        and (after.low in KIN | ROLES or after.low in _OWNED or (after.known.is_field and not after.known.is_verb))
    )


_OWNED = frozenset(
    ("school", "plan", "ehcp", "taxi", "class", "needs", "mums", "room", "bus", "place", "report", "review", "nursery")
)


_SAME_IN_THE_PAST = frozenset({"put", "cut", "set", "let", "read", "cost", "hurt", "shut", "split", "spread", "needs"})


def _goes_on_as_a_name(after: Word, further: Word | None) -> bool:
    if after.known.is_verb and after.low not in _SAME_IN_THE_PAST:
        return True
    return after.low in ("and", "n") and further is not None and (further.known.is_given or bool(further.known.also))


def _follows_a_name(reading: Reading, place: int) -> bool:
    """ "leo and ibby", where the first is a name."""
    before = reading.at(place - 1)
    if before is None or before.low not in ("and", "n") or place < 2 or reading.words[place].gap != " ":
        return False
    first = reading.words[place - 2]
    return reading.is_done[place - 2] and first.known.is_given and not first.known.is_public


def _stands_for_somebody(reading: Reading, place: int, introduced: float) -> bool:
    """A word without "the", "a" or "my" that does what only people do: "when amber left", "ask jade in the office"."""
    word, before, after = reading.words[place], reading.at(place - 1), reading.at(place + 1)
    group = word.known.also
    if group == "month" and (before is None or word.begins):
        return acts(reading, place) >= 1 and is_somebody(reading, place)
    if (
        group not in ("thing", "doing", "quality", "famous")
        or (word.known.is_public and group != "famous")
        or word.is_possessive
    ):
        return False
    if after is not None and f"{word.low} {after.low}" in IDIOMS:
        return False
    starts = before is None or word.begins or (before.low in SMALL_START and word.gap == " ")
    doing = acts(reading, place)
    further = reading.at(place + 2)
    if word.low == "will":
        # after "will" that means "shall" no "is" and no other name can follow
        return starts and after is not None and after.gap == " " and _goes_on_as_a_name(after, further)
    if group == "quality" and starts and after is not None and after.low in ("is", "was"):
        kin = reading.at(place + 3)
        if further is not None and further.low in ("my", "our", "his", "her") and kin is not None:
            return kin.low in KIN | ROLES
    if starts and (doing == 2 and word.low not in ("will", "may")):
        return True
    if starts and group in ("quality", "famous") and doing >= 1 and is_somebody(reading, place):
        return group == "famous"
    if word.low in _NOT_SMALL or (group == "quality" and not introduced):
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
    ) or before is None:
        other, verb = reading.at(place + 2), reading.at(place + 3)
        if (
            after is not None
            and other is not None
            and verb is not None
            and (other.known.also in ("thing", "doing") or other.known.is_given)
        ) and verb.low in ("are", "were", "is", "have", "both", "came", "said", "from"):
            return True
    if before is not None and before.low in ("n", "and", "&") and place > 1:
        first = reading.words[place - 2]
        if reading.is_done[place - 2] and (first.known.is_given or first.known.also) and not first.known.is_public:
            return True
    ends = after is None or after.gap.strip() != "" or after.known.is_function
    if before is not None and word.gap == " " and before.low in _TO_SOMEBODY:
        return ends
    if (
        before is not None
        and word.gap == " "
        and before.low in ("like", "love", "miss", "hate", "likes", "loves", "misses")
    ):
        return after is not None and after.low in ("she", "he", "because", "cos", "at", "from", "shes", "hes")
    if before is not None and before.low == "or" and place > 1 and reading.is_done[place - 2]:
        of_it = reading.words[place - 2].known
        return (of_it.is_given or bool(of_it.also)) and not of_it.is_public
    opener = before is not None and before.begins and before.low in ("is", "was", "does", "did", "has")
    if before is not None and before.begins and before.low in _ASKING and word.low not in _MODALS and after is not None:
        asked = any(
            each.low in ("she", "he", "shes", "hes", "her", "him") for each in reading.words[place + 1 : place + 13]
        )
        if asked and after.gap == " " and not after.is_possessive and after.low in _ONLY_PEOPLE_DO:
            return True
    return opener and after is not None and after.gap == " " and after.low in _FOR_AN_ANSWER
