"""Whether two questions ask the same, how sure that is, and what differs.

Rules see what turns a question round (a negation, another time, other people, other numbers): such a pair is never
called the same, however alike its words are. What is left is weighed by two logistic regressions over a few likenesses,
fitted to pairs of our own (`examples/questions.csv`; see `fitting`): whether both are about one topic, and whether they
ask the same about it. There are weights for likenesses with the meaning of texts as vectors, and without.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.embeddings import Meanings, Vectors
from analysis.example_texts import examples_of
from analysis.questions.aspects import fit_together
from analysis.questions.audiences import another_audience
from analysis.questions.concepts import Meant, alike, dice, meant
from analysis.questions.differences import Differs, differences, stem
from analysis.questions.periods import another_period, another_tense, without_periods
from analysis.questions.plain_wording import plain_wording, without_scale
from analysis.tokens import word_texts
from analysis.word_lists import rows_of


class Verdict(StrEnum):
    SAME = "same"
    DIFFERS = "differs"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Compared:
    """`score` (0 to 1) is how surely both ask the same, below 0.5 unless the verdict is SAME.

    `differs_by` holds what differs, of negation, period, audience, number, and "topic" for anything else; it is empty
    when they ask the same, and "topic" alone when they are unrelated.
    """

    score: float
    verdict: Verdict
    differs_by: tuple[str, ...]


Features = dict[str, float]
"""Likenesses of two questions, each 0 to 1, by name."""

LARGEST_WITHOUT_SAME = 0.49
_CLOSE_SHARE = 0.5
_SAME_WORDS = 0.7
_MODALS = re.compile(r"\b(?:can|could|should|must|may|might|would|will|shall)\b")
_PREFIX = re.compile(r"(?:un|dis|in|im|ir|il|mis|non)-?(?=\w{4})")


def compare(pairs: Sequence[tuple[str, str]], meanings: Meanings | None) -> list[Compared]:
    """How the two questions of each pair compare, in order; without `meanings` by their words alone."""
    cosines = cosines_of_pairs(pairs, meanings)
    return [compared(a, b, cosine) for (a, b), cosine in zip(pairs, cosines, strict=True)]


def turns(first: str, second: str) -> tuple[str, ...]:
    """What turns one question into another, though they may share all other words."""
    one, two = meant(first), meant(second)
    found = list[str]()
    if one.turned != two.turned or _has_a_prefix_more(first, second):
        found.append("negation")
    if another_period(first, second) or (alike(one, two) >= _SAME_WORDS and another_tense(first, second)):
        found.append("period")
    if another_audience(first, second, alike=alike(one, two)):
        found.append("audience")
    numbers = [each for each in differences(core(first), core(second)) if each.kind is Differs.NUMBER]
    if any(each.first and each.second for each in numbers):
        found.append("number")
    return tuple(found)


def features(first: str, second: str, cosine: float | None) -> Features:
    """The likenesses that the weights are for; `cosine` is that of the two meanings, if they are known."""
    one, two = meant(first), meant(second)
    shared, least, mean = _weighed(one, two)
    found = {
        "topics": dice(one.topics, two.topics),
        "predicates": dice(one.predicates, two.predicates),
        "no_predicates": float(not one.predicates or not two.predicates),
        "words": dice(one.words, two.words),
        "weighed": shared / mean if mean else 0.0,
        "covered": shared / least if least else 0.0,
        "answer": fit_together(first, second),
        "one_word_changed": _one_word_changed(first, second),
    }
    return found if cosine is None else {"cosine": cosine, **found}


def core(question: str) -> str:
    """What is asked, without scale, courtesies and times."""
    return without_periods(plain_wording(question)) or question


def compared(first: str, second: str, cosine: float | None) -> Compared:
    if _in_the_same_words(first, second) and not turns(first, second):
        return Compared(1.0, Verdict.SAME, ())
    found = features(first, second, cosine)
    kind = "words" if cosine is None else "meanings"
    turned = turns(first, second)
    score = _probability(f"same_{kind}", found)
    about_one_topic = _probability(f"topic_{kind}", found)
    if score >= _CLOSE_SHARE and not turned:
        return Compared(score, Verdict.SAME, ())
    if about_one_topic < _CLOSE_SHARE:
        return Compared(min(score, LARGEST_WITHOUT_SAME) * about_one_topic, Verdict.UNRELATED, ("topic",))
    return Compared(min(score, LARGEST_WITHOUT_SAME), Verdict.DIFFERS, turned or ("topic",))


def _in_the_same_words(first: str, second: str) -> bool:
    """Whether only small words differ, as between "do you sleep well" and "I sleep well"."""
    ours, theirs = core(first), core(second)
    if ours == theirs:
        return True
    return (
        bool(meant(first).everything and meant(second).everything)
        and all(each.kind is Differs.WHOM for each in differences(ours, theirs))
        and fit_together(first, second) == 1.0
        and set(_MODALS.findall(ours)) == set(_MODALS.findall(theirs))
    )


def _has_a_prefix_more(first: str, second: str) -> bool:
    """Whether one has a word, such as "accessible", that the other has with "un" or "in" before it."""
    if meant(first).negative != meant(second).negative:
        return False  # the lists know it
    ours, theirs = set(core(first).split()), set(core(second).split())
    return any(
        bare != word and bare in there - here
        for here, there in ((ours, theirs), (theirs, ours))
        for word in here - there
        if (bare := _PREFIX.sub("", word, count=1))
    )


def _one_word_changed(first: str, second: str) -> float:
    """Up to 1 for pairs that share nearly all words, but where each has one that the other lacks.

    True twins are mostly worded anew. Who changes one word mostly changes what is asked.
    """
    one, two = (frozenset(map(stem, word_texts(core(question)))) for question in (first, second))
    return 2 * max(0.0, dice(one, two) - 0.5) if one - two and two - one else 0.0


def _weighed(one: Meant, two: Meant) -> tuple[float, float, float]:
    """The weight of what both say, of what the shorter says, and the mean; rare words weigh more."""
    ours, theirs = one.everything, two.everything
    first, second, both = (math.fsum(map(weight_of, said)) for said in (ours, theirs, ours & theirs))
    return both, min(first, second), (first + second) / 2


@lru_cache(maxsize=4096)
def weight_of(said: str) -> float:
    used, questions = _used()
    return math.log(1 + questions / (1 + used[said]))


@lru_cache(maxsize=1)
def _used() -> tuple[Counter[str], int]:
    """How many of our own questions say a thing, and how many there are."""
    questions = [row[side] for row in examples_of("questions") for side in "ab"]
    return Counter(said for question in questions for said in meant(question).everything), len(questions)


def _probability(model: str, found: Features) -> float:
    weights = weights_of()[model]
    total = weights["constant"] + math.fsum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def weights_of() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in rows_of("question_weights"):
        found.setdefault(row["model"], {})[row["feature"]] = float(row["weight"])
    return found


def cosines_of_pairs(pairs: Sequence[tuple[str, str]], meanings: Meanings | None) -> list[float | None]:
    """The cosine of the two meanings of each pair, the mean over two ways to put them; None without `meanings`."""
    if meanings is None:
        return [None] * len(pairs)
    ours, theirs = (vectors_of([pair[side] for pair in pairs], meanings) for side in (0, 1))
    return [
        float(product) / len(ours) for product in sum((a * b).sum(axis=1) for a, b in zip(ours, theirs, strict=True))
    ]


def vectors_of(questions: Sequence[str], meanings: Meanings) -> list[Vectors]:
    """The vectors of the questions with abbreviations spelt out, and of their cores."""
    every = meanings.vectors([form(question) for form in FORMS for question in questions])
    return [every[: len(questions)], every[len(questions) :]]


FORMS = (without_scale, core)
"""The ways to put a question, of which the meanings are compared."""
