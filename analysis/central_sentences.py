"""Sentences that stand for what many people say: the most central ones, and no two that say the same.

Each sentence is a vector of its words, weighed by how few sentences have them (TF-IDF). The central ones lie nearest to
the middle of all; each next one is chosen by how central it is and how little it repeats those before (maximal
marginal relevance: Carbonell, J. and Goldstein, J. (1998), SIGIR 335-336). Nothing is written anew: what is chosen
was said.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from analysis.tokens import folded, normalised, word_texts

CENTRAL, DIFFERENT = 0.7, 0.3
"""How much it counts that a sentence is central, and that it repeats nothing."""

SHORTEST, LONGEST = 4, 40
"""Words. What is shorter tells a stranger little, what is longer is no sentence to show."""

_LOOKED_AT = 80  # of the most central: the others could not be chosen

Vector = dict[str, float]


class Sentence(NamedTuple):
    """``who`` is the same for all that one person said: of each person one sentence is chosen at most."""

    text: str
    who: Hashable


def most_central(sentences: Sequence[Sentence], most: int, among: Iterable[int] | None = None) -> list[int]:
    """The places of up to ``most`` sentences, the most central first. Equal ones keep their order.

    Only the places ``among`` are chosen, where they are given; how central they are is measured among all.
    """
    vectors = vectors_of([each.text for each in sentences])
    scores = nearness_to_all(vectors)
    places = list(range(len(sentences)) if among is None else among)
    fit = [place for place in places if SHORTEST <= len(word_texts(sentences[place].text)) <= LONGEST]
    waiting = sorted(fit or places, key=lambda place: -scores[place])[:_LOOKED_AT]
    chosen: list[int] = []
    while waiting and len(chosen) < most:
        best = max(
            waiting,
            key=lambda place: (
                CENTRAL * scores[place]
                - DIFFERENT * max((_alike(vectors[place], vectors[other]) for other in chosen), default=0.0)
            ),
        )
        chosen.append(best)
        waiting = [place for place in waiting if place != best and sentences[place].who != sentences[best].who]
    return chosen


def nearness_to_all(vectors: Sequence[Vector]) -> list[float]:
    """How near each lies to the middle of all (cosine, 0 to 1)."""
    middle: Counter[str] = Counter()
    for vector in vectors:
        for word, weight in vector.items():
            middle[word] += weight  # type: ignore[assignment]
    length = math.sqrt(sum(weight * weight for weight in middle.values())) or 1.0
    return [sum(weight * middle[word] for word, weight in vector.items()) / length for vector in vectors]


def vectors_of(texts: Sequence[str]) -> list[Vector]:
    """A vector of length 1 for each text; without words it is empty."""
    said = [Counter(folded(word) for word in word_texts(normalised(text))) for text in texts]
    in_texts = Counter(word for words in said for word in words)
    found = []
    for words in said:
        vector = {
            word: (1 + math.log(times)) * math.log((1 + len(texts)) / in_texts[word]) for word, times in words.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        found.append({word: weight / length for word, weight in vector.items()})
    return found


def _alike(one: Vector, other: Vector) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())
