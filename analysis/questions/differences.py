"""What differs between the words of two questions, as it is shown to people.

English; of other languages only whole words are compared.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.tokens import folded, normalised, word_texts
from analysis.word_lists import rows_of


class Differs(StrEnum):
    """What a difference is about. All but ``WORDS`` mostly change what is asked."""

    NEGATION = "negation"  # not, never, without
    TIME = "time"  # before and after, last year
    NUMBER = "number"  # numbers and years
    WHOM = "whom"  # your child, or you
    WORDS = "words"  # any other word that only one has


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of one kind that only the first or only the second question has, each in the order they stand there."""

    kind: Differs
    first: tuple[str, ...]
    second: tuple[str, ...]


_OWNERS = frozenset(("your", "my", "our", "their", "his", "her"))
_NOT_A_PLURAL = ("ss", "us", "is")


def differences(first: str, second: str) -> tuple[Difference, ...]:
    """What differs between two questions, in the order of `Differs`; nothing for the same words in another order.

    Case, punctuation, endings ("listen", "listened") and small words ("the", "do") make no difference. Words
    are given in small letters. Numbers are the same as digits and as words; the same numbers in another order
    differ.
    """
    one, two = _read(first), _read(second)
    found = list[Difference]()
    for kind in Differs:
        ours, theirs = one[kind], two[kind]
        if kind is Differs.NUMBER and [stem for stem, _ in ours] != [stem for stem, _ in theirs]:
            only = _only(ours, theirs), _only(theirs, ours)
            if not any(only):
                only = tuple(word for _, word in ours), tuple(word for _, word in theirs)
        else:
            only = _only(ours, theirs), _only(theirs, ours)
        if any(only):
            found.append(Difference(kind, *only))
    return tuple(found)


_Words = list[tuple[str, str]]
"""What a word is compared as, and how it stands in the question."""


def _only(ours: _Words, theirs: _Words) -> tuple[str, ...]:
    known = {stem for stem, _ in theirs}
    return tuple(dict.fromkeys(word for stem, word in ours if stem not in known))


@lru_cache(maxsize=4096)
def _read(question: str) -> Mapping[Differs, _Words]:
    """The words of a question by what they say."""
    found: dict[Differs, _Words] = {kind: [] for kind in Differs}
    persons, whom, numbers = _listed("person"), _listed("whom"), _listed("number")
    words = _all_words(question)
    for word, following in zip(words, [*words, ""][1:], strict=True):
        if word in _OWNERS and stem(following) in persons:
            found[Differs.WHOM].append((f"{word} {stem(following)}", f"{word} {following}"))
        elif found[Differs.WHOM] and found[Differs.WHOM][-1][1].endswith(f" {word}") and stem(word) in persons:
            continue  # "your child" is there as a whole
        elif word in whom:
            found[Differs.WHOM].append((whom[word], word))
        elif word in _listed("negation"):
            found[Differs.NEGATION].append((word, word))
        elif word in numbers or any(letter.isdecimal() for letter in word):
            found[Differs.NUMBER].append((numbers.get(word, word), word))
        elif stem(word) in _times():
            found[Differs.TIME].append((stem(word), word))
        elif word in _listed("asks"):
            found[Differs.WORDS].append((word, word))
        elif word not in _listed("small"):
            found[Differs.WORDS].append((stem(word), word))
    return found


def telling_words(question: str) -> tuple[str, ...]:
    """The words of a question in order, in small letters, without those that are in most questions."""
    return tuple(word for word in _all_words(question) if word not in _listed("small") and word not in _listed("whom"))


def _all_words(question: str) -> list[str]:
    return [part for word in word_texts(normalised(question)) for part in _parts(folded(word))]


@lru_cache(maxsize=16)
def _listed(kind: str) -> Mapping[str, str]:
    """The words of a kind in `lists/question_words.csv`, with what they mean where that is not themselves."""
    return {row["word"]: row["means"] or row["word"] for row in rows_of("question_words") if row["kind"] == kind}


@lru_cache(maxsize=1)
def _times() -> frozenset[str]:
    return frozenset(map(stem, _listed("time")))


_SHORTENED = re.compile(r"(.+?)(n't|'re|'ve|'ll|'d|'m|'s)")


def _parts(word: str) -> list[str]:
    """The words that a shortened one is made of: "didn't" is "did not". What is short for a small word goes."""
    if word == "cannot":
        return ["can", "not"]
    found = _SHORTENED.fullmatch(word)
    if not found:
        return [word]
    start, end = found.groups()
    return [start, "not"] if end == "n't" else [start]


def stem(word: str) -> str:
    """A folded English word without its ending; words with other letters than English ones as they are."""
    if word in (irregular := _listed("stem")):
        return irregular[word]
    if not word.isascii() or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(_NOT_A_PLURAL):
        word = word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 3 and re.search("[aeiouy]", bare):
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "ls" else bare.removesuffix("e")
    return word.removesuffix("e")
