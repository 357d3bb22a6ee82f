"""A word without a capital that stands where only somebody can stand: "my uncle art", "ask faith at reception".

English puts "the", "a" or "my" before a thing that can be counted. A word that is a name as well and stands bare after
somebody is told, asked or met, or before "is my brother", is somebody.
"""

from __future__ import annotations

from analysis.redaction.grammar import KIN, ROLES, TITLES, acts
from analysis.redaction.lists import words_in
from analysis.redaction.words import Reading, Word
from analysis.redaction.words_and_names import IDIOMS

_FAMILY = words_in("family")
_TAKES_SOMEBODY = words_in("takes_somebody")
_SMALL_START = words_in("small_start")
_KEPT_COMPANY = words_in("kept_company")
_MODALS = frozenset({"will", "may", "can", "might", "must"})
_LIKE_ADJECTIVES = words_in("like_adjectives")
_PRONOUNS = frozenset({"i", "he", "she", "they", "we", "it", "you", "there", "this", "that"})
_ABOUT_SOMEBODY = frozenset({"he", "she", "him", "her", "his", "hers", "he's", "she's", "hes", "shes"})
_OWNING = frozenset({"my", "our", "his", "her", "their"})
_IS = frozenset({"is", "was", "isn't", "isnt", "wasn't"})
_DETERMINERS = frozenset(
    {"a", "an", "the", "my", "our", "his", "her", "their", "your", "this", "that", "some", "any", "no", "each", "more"}
)
_HAS = frozenset({"has", "hasn't", "hasnt", "wasnt", "gets", "got", "looks", "feels"})
_OUGHT = frozenset(
    {"should", "shouldn't", "shouldnt", "can't", "cant", "won't", "wont", "didn't", "didnt", "doesn't", "doesnt"}
)
_SAYING = frozenset({"why", "think", "thinks", "how", "know", "knows", "says", "said", "coz", "cause", "as", "or"})
_AS_PEOPLE_ARE = words_in("as_people_are")
_PEOPLE_DO = words_in("only_people_do") - {"be", "in", "here", "there", "back", "ok", "okay", "still"}
_OBJECTS = frozenset({"it", "the", "my", "him", "her", "them", "me", "us", "up", "out", "off", "a", "an", "to", "down"})
_OF_PEOPLE = KIN | ROLES | frozenset({"one-to-one", "1:1", "pa", "neighbour"})


def stands_for_somebody(reading: Reading, place: int) -> bool:
    """Whether a word that is a name as well, in small letters, can be nothing but a name here."""
    word, before, after = reading.words[place], reading.at(place - 1), reading.at(place + 1)
    short = word.known.is_given and len(word.low) <= 3
    if not (word.known.also or short) or (word.known.also == "famous" and not word.known.is_ordinary):
        return False
    if before is not None and before.low in _DETERMINERS:
        return False
    if before is not None and before.low == "told" and word.gap == " " and _ends(after):
        return True
    idiom = after is not None and after.gap == " " and f"{word.low} {after.low}" in IDIOMS
    if idiom and not _is_apposed(reading, place):
        return False
    return (
        _follows_family(reading, place)
        or _is_apposed(reading, place)
        or _is_told_who(reading, place)
        or _is_told_something(reading, place)
        or _is_kept_company(reading, place)
        or _is_told_as_the_friend(reading, place)
        or _is_listed_after_a_name(reading, place)
        or _is_as_people_are(reading, place)
    )


def _ends(after: Word | None) -> bool:
    """Nothing follows that the word could belong to."""
    return after is None or after.gap.strip() != "" or after.known.is_function or after.low in _PRONOUNS


def _follows_family(reading: Reading, place: int) -> bool:
    """ "uncle art drives me": after a title of the family no word but a name stands bare."""
    word, before, after = reading.words[place], reading.at(place - 1), reading.at(place + 1)
    if before is None or before.low not in _FAMILY or before.is_possessive or word.gap != " ":
        return False
    if word.low in _MODALS or word.known.is_verb:
        return acts(reading, place) >= 2 and word.low in _MODALS
    return _ends(after) or acts(reading, place) >= 1 or word.is_possessive


def _is_apposed(reading: Reading, place: int) -> bool:
    """ "mark my keyworker says": somebody, then who that is, then what he does."""
    word, owning = reading.words[place], reading.at(place + 1)
    if owning is None or owning.low not in _OWNING or owning.gap != " " or word.low in ("hope", "love"):
        return False
    before = reading.at(place - 1)
    if before is not None and not word.begins and before.low not in _SMALL_START:
        return False
    for step in (2, 3):
        who, verb = reading.at(place + step), reading.at(place + step + 1)
        if who is not None and who.low in _OF_PEOPLE and not who.is_possessive:
            return verb is not None and verb.gap == " " and verb.known.is_verb and not verb.low.endswith("ing")
    return False


def _is_told_who(reading: Reading, place: int) -> bool:
    """ "rose is my one to one", "rocky is a driver and he …"."""
    word, verb, owning = reading.words[place], reading.at(place + 1), reading.at(place + 2)
    before = reading.at(place - 1)
    if verb is None or owning is None or verb.low not in _IS or verb.gap != " " or owning.low not in _OWNING:
        return False
    if before is not None and not word.begins and before.low not in ("and", "but", "because", "cos", "so", "n", "that"):
        return False
    if any(each.low in _OF_PEOPLE for each in reading.words[place + 3 : place + 6]):
        return True
    return any(each.low in _ABOUT_SOMEBODY and each.low != "her" for each in reading.words[place + 3 : place + 9])


def _is_told_something(reading: Reading, place: int) -> bool:
    """ "i told will i was sad", "ask faith at reception", "met rose, she is new"."""
    word, before, after = reading.words[place], reading.at(place - 1), reading.at(place + 1)
    if before is None or before.low not in _TAKES_SOMEBODY or word.gap != " ":
        return False
    if word.low in _MODALS and before.low not in ("told", "met", "phoned", "emailed"):
        return False
    if after is not None and after.low in _PRONOUNS and before.low in ("ask", "asked", "asks") and word.known.is_verb:
        return False
    if before.low in ("see", "saw", "seen", "miss", "know", "help", "helped") and not _spoken_of_after(reading, place):
        return False
    return _ends(after)


def _spoken_of_after(reading: Reading, place: int) -> bool:
    return any(each.low in _ABOUT_SOMEBODY for each in reading.words[place + 1 : place + 9])


def _is_kept_company(reading: Reading, place: int) -> bool:
    """ "i sit with ace and zee": the first, or the second after another name."""
    before, company = reading.at(place - 1), reading.at(place - 2)
    if before is None or company is None or before.low != "with" or company.low not in _KEPT_COMPANY:
        return False
    return _ends(reading.at(place + 1)) and reading.words[place].known.also != "quality"


def _is_told_as_the_friend(reading: Reading, place: int) -> bool:
    """ "my best friend is daisy"."""
    word, verb, friend = reading.words[place], reading.at(place - 1), reading.at(place - 2)
    if verb is None or friend is None or verb.low not in ("is", "was", "are", "called") or word.low in _LIKE_ADJECTIVES:
        return False
    if friend.low not in ("friend", "bestie", "bff", "teacher", "ta", "keyworker", "key-worker", "friends", "mate"):
        return False
    return _ends(reading.at(place + 1)) and word.low not in _MODALS


def _is_listed_after_a_name(reading: Reading, place: int) -> bool:
    """ "ask sue or bill": after a name and "and", bare."""
    before, first, after = reading.at(place - 1), reading.at(place - 2), reading.at(place + 1)
    if before is None or first is None or before.low not in ("and", "n", "&", "or") or before.gap != " ":
        return False
    word = reading.words[place]
    if not reading.is_done[place - 2] or first.known.is_public or not (first.known.is_given or first.known.also):
        return False
    if word.low in _MODALS or word.known.also in ("quality", "month") or not _ends(after):
        return False
    return after is None or after.gap.strip() != "" or after.low not in _OBJECTS


def _is_as_people_are(reading: Reading, place: int) -> bool:
    """ "grace is off school again", "why teddy isnt allowed", "poppy should get a turn"."""
    word, before = reading.words[place], reading.at(place - 1)
    verb, how = reading.at(place + 1), reading.at(place + 2)
    if before is not None and not word.begins and before.low not in _SMALL_START | _SAYING:
        return False
    if verb is None or how is None or verb.gap != " " or how.gap != " " or word.low in _MODALS:
        return False
    if verb.low in _IS | _HAS:
        return how.low in _AS_PEOPLE_ARE
    return verb.low in _OUGHT and how.low in _PEOPLE_DO and word.known.also != "quality"


def is_title_of_a_letter(before: Word | None) -> bool:
    """ "miss r", "mr b": after a title of strangers even a letter is somebody."""
    return before is not None and before.low in TITLES and before.low in ("mr", "mrs", "ms", "miss", "mx", "dr", "sir")
