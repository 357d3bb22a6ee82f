"""The questions of a bank that ask most nearly the same as another one.

Reading a question takes about a millisecond, so that a bank is read once and asked often. Few of its questions are
looked at closely: those with the nearest meaning, and those that share most of what they are about.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.embeddings import Meanings
from analysis.questions.concepts import meant
from analysis.questions.same_question import (
    LARGEST_WITHOUT_SAME,
    Compared,
    Features,
    Verdict,
    compared,
    features,
    turns,
    vectors_of,
    weight_of,
    weights_of,
)

LOOKED_AT = 40
"""So many by their meaning, and so many by what they share: nearly every twin of our own pairs was among them."""

LEAST_LIKENESS = 0.6
"""Of twins that are less alike than this, a bank has many by chance."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question of a bank: its `place` there, its `likeness` (0 to 1), and how it compares with what was asked."""

    place: int
    likeness: float
    compared: Compared


class QuestionBank:
    """Questions to look among, by their meanings where they are given, else by their words alone."""

    def __init__(self, questions: Sequence[str], meanings: Meanings | None) -> None:
        self._questions = tuple(questions)
        self._meanings = meanings
        self._vectors = vectors_of(questions, meanings) if meanings else None
        said: dict[str, list[int]] = defaultdict(list)
        self._sizes = np.zeros(len(questions))
        for place, question in enumerate(questions):
            for each in meant(question).everything:
                said[each].append(place)
                self._sizes[place] += weight_of(each)
        self._said = {each: np.array(places) for each, places in said.items()}

    def most_alike(self, asked: str, *, most: int = 3) -> list[Found]:
        """The questions that ask most nearly the same as `asked`, the nearest first."""
        cosines = self._cosines(asked)
        ranked = list[tuple[float, int, float]]()
        for place in self._candidates(asked, cosines):
            like, turned = likeness(asked, self._questions[place], self._cosine(cosines, place))
            ranked.append((turned - like, place, like))
        return [
            Found(place, like, self._compared(asked, place, self._cosine(cosines, place), like))
            for _, place, like in sorted(ranked)[:most]
        ]

    def _candidates(self, asked: str, cosines: npt.NDArray[np.float64] | None) -> list[int]:
        shared = np.zeros(len(self._questions))
        about = meant(asked).everything
        for each in about & self._said.keys():
            shared[self._said[each]] += weight_of(each)
        size = math.fsum(map(weight_of, about))
        orders = [-shared / np.maximum(self._sizes + size, 1)] + ([] if cosines is None else [-cosines])
        return sorted({int(place) for order in orders for place in np.argsort(order, kind="stable")[:LOOKED_AT]})

    def _cosines(self, asked: str) -> npt.NDArray[np.float64] | None:
        if self._meanings is None or self._vectors is None or not self._questions:
            return None
        ours = vectors_of([asked], self._meanings)
        both = [theirs @ mine[0] for mine, theirs in zip(ours, self._vectors, strict=True)]
        mean: npt.NDArray[np.float64] = np.asarray(both, dtype=np.float64).mean(axis=0)
        return mean

    def _cosine(self, cosines: npt.NDArray[np.float64] | None, place: int) -> float | None:
        return None if cosines is None else float(cosines[place])

    def _compared(self, asked: str, place: int, cosine: float | None, like: float) -> Compared:
        """As a pair; but a bank has many questions about something else, so that twins must be alike as well."""
        found = compared(asked, self._questions[place], cosine)
        if found.verdict is Verdict.SAME and like < LEAST_LIKENESS:
            return Compared(min(found.score, LARGEST_WITHOUT_SAME), Verdict.DIFFERS, ("topic",))
        return found


def likeness(first: str, second: str, cosine: float | None) -> tuple[float, float]:
    """How alike two questions are, 0 to 1, the weighed mean of their likenesses; and what the rules take off from that
    when others are put in an order."""
    weights = weights_of()["rank_words" if cosine is None else "rank_meanings"]
    found = rank_features(first, second, cosine)
    whole = math.fsum(weight for weight in weights.values() if weight > 0)
    turned = -weights["turned"] * found.pop("turned") / whole
    return min(1.0, max(0.0, math.fsum(weights[name] * value for name, value in found.items()) / whole)), turned


def rank_features(first: str, second: str, cosine: float | None) -> Features:
    """The likenesses that count for the order; `turned` is 1 for what the rules tell apart."""
    found = features(first, second, cosine)
    kept = {name: found[name] for name in ("cosine", "weighed", "topics", "predicates", "answer") if name in found}
    return kept | {"turned": float(bool(turns(first, second)))}
