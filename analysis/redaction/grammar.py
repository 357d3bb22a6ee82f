"""What the words around a name say: that somebody is being introduced, or that somebody does something."""

from __future__ import annotations

from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading, Word

TITLES = words_in("titles")
SHORT_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "cllr", "prof", "rev", "fr", "sgt"})
KIN = words_in("kin")
ROLES = words_in("roles")
CALLED = frozenset({"called", "named", "name", "name's", "names", "nicknamed", "aka", "alias", "signed", "surname"})
_CALLING = frozenset({"call", "calls", "calling", "named", "name", "names", "nickname"})
_GREETINGS = words_in("greetings")
TO_PEOPLE = words_in("to_people")
_JOINING = words_in("joining")
SUBJECT_VERBS = words_in("subject_verbs")
_ONLY_PEOPLE = words_in("only_people")
_EITHER = words_in("either")
"""A person may do it, and so may a school."""
_BEFORE_A_NOUN = frozenset({"a", "an", "my", "our", "the", "his", "her", "their"})
_NUMBERS = words_in("numbers")
_PERSONAL = words_in("personal")
_PEOPLE_WORDS = frozenset(
    {"he", "she", "him", "her", "his", "hers", "he's", "she's", "hes", "shes", "himself", "herself"}
)
_SERVICES = words_in("services")


def introduces(reading: Reading, first: int) -> float:
    """How surely the words before say that a name follows: 2 surely, 1 rather, 0 not."""
    words = reading.words
    before = reading.at(first - 1)
    if before is None:
        return 0
    gap = words[first].gap
    two, three = reading.at(first - 2), reading.at(first - 3)
    if gap.strip(" .,:(\"“'‘-–=") not in ("", "\n") or (
        "\n" in gap and before.low not in _GREETINGS | {"thanks", "you"}
    ):
        return 0
    joined = gap.strip() == ""
    if before.low in TITLES and (gap == " " or (gap == ". " and before.low in SHORT_TITLES)):
        return 2
    if before.low in CALLED and not gap.startswith(","):
        return 2 if before.low != "names" or (two is not None and two.low in ("my", "his", "her")) else 1
    if before.low in ("is", "are", "was", "'s") and two is not None and joined:
        if two.low in ("name", "names", "nickname", "surname"):
            return 2
        if two.low in KIN | ROLES and (three is None or three.low != "the" or two.low in ROLES):
            return 1
    pronoun = before.low in ("him", "her", "them", "himself", "herself", "myself", "me")
    if pronoun and joined and two is not None and two.low in _CALLING:
        return 2
    if before.low in ("as",) and two is not None and two.low in ("known", "addressed"):
        return 1.5
    if before.low in ("i'm", "im", "it's", "its") and joined:
        return 1
    if before.low == "am" and two is not None and two.low == "i":
        return 1
    if before.low in ("is", "was") and two is not None and two.low in ("this", "here", "it"):
        return 1
    if before.low in KIN and gap.strip() in ('"', "“", "‘"):
        return 1.5
    if before.low in KIN and not before.is_possessive and (joined or gap.strip() in (",", "(", "-", "–", ":")):
        return 1.5 if joined else 1.2
    if before.low in ROLES and not before.is_possessive and (joined or gap.strip() in (",", "(", "-", "–", ":")):
        return 1
    if before.low in _GREETINGS and (joined or gap.strip(" \n") in (",", "")):
        return 1 if not (two is not None and two.low == "as") else 0
    if before.low == "you" and two is not None and two.low == "thank":
        return 1
    if (
        before.low == "to"
        and two is not None
        and two.low in ("thanks", "thank", "spoke", "talk", "speaking", "talking", "shout", "credit", "out")
    ):
        return 1
    return 0


def acts(reading: Reading, last: int) -> float:
    """How surely the words after show somebody who does something: 2 as only people do, 1 as things may too, 0 not."""
    words = reading.words
    word = words[last]
    after = reading.at(last + 1)
    if word.is_possessive:
        return 1
    if after is None:
        return 0
    gap = after.gap
    if gap.strip() == ":":
        return 1
    if gap.strip() in (",", "(", " (") and after.low in KIN | ROLES | {"my", "his", "her", "our", "who", "aged", "age"}:
        return 1.5
    if gap.strip() == "(":
        return 0.7
    if gap != " ":
        return 0
    further = reading.at(last + 2)
    if after.low in _BEFORE_A_NOUN and further is not None and further.low in ROLES | KIN:
        return 1.5
    if after.low == "and" and further is not None and further.low in ("his", "her", "my", "our", "i"):
        third = reading.at(last + 3)
        return 1.5 if further.low == "i" or (third is not None and third.low in KIN) else 0
    if after.low == "next" and further is not None and further.low == "door":
        return 1.5
    if after.low in ("from", "in", "at") and further is not None and further.gap == " ":
        third = reading.at(last + 3)
        fourth = reading.at(last + 4)
        if any(each is not None and each.low in _SERVICES for each in (further, third, fourth)):
            return 1.8
    if (
        after.low in ("always", "never", "really", "also", "still", "just", "then", "now", "only", "even")
        and further is not None
    ):
        after = further
    if after.low in _ONLY_PEOPLE:
        return 2
    if after.low in _EITHER:
        return 1.5
    if after.low in SUBJECT_VERBS and after.low != "and":
        return 1
    if after.low.endswith("ed") and after.known.is_ordinary:
        return 1
    return 1 if after.known.is_verb and not after.known.is_function and after.low.endswith(("ed", "s")) else 0


def is_somebody(reading: Reading, last: int) -> bool:
    """Whether "Hope is …" goes on as it does of a person, or somebody is "he" or "she" afterwards."""
    words = reading.words
    verb, after = reading.at(last + 1), reading.at(last + 2)
    if verb is None:
        return False
    if reading.text[verb.end : verb.end + 2].strip().isdecimal():
        return True  # "May is 7"
    if after is not None and after.low in _PERSONAL | _NUMBERS:
        return True
    if after is not None and verb.low in ("is", "was") and after.low in _BEFORE_A_NOUN:
        if any(each.low in ROLES | KIN | TITLES for each in words[last + 3 : last + 6]):
            return True
        if after.low in ("a", "an", "the"):
            return False
    return any(each.low in _PEOPLE_WORDS for each in words[last + 1 : last + 16])


def is_spoken_to(reading: Reading, first: int, last: int) -> bool:
    """ "Thanks, Grace." and "Grace, I am sorry": set off by commas at the edge of a sentence."""
    after = reading.at(last + 1)
    starts = reading.words[first].begins and after is not None and after.gap.startswith(",")
    tail = reading.text[reading.words[last].end : reading.words[last].end + 1]
    ends = reading.words[first].gap.strip() == "," and (after is None or tail in ".!?\n")
    return starts or ends


def takes_people(before: Word | None) -> bool:
    return before is not None and before.low in TO_PEOPLE


def only_takes_people(before: Word | None) -> bool:
    return before is not None and before.low in TO_PEOPLE - _JOINING
