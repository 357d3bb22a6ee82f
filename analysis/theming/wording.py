"""The words of texts as features: stems and pairs of neighbouring stems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]
from sklearn.preprocessing import normalize  # type: ignore[import-untyped]

from analysis.known_terms import ByWord, KnownTerms
from analysis.tokens import folded, word_texts

_ENDINGS = re.compile(r"(?:ingly|edly|fully|ments?|ings?|ied|ies|edness|ness|ers?|ed|es|ly|s)$")
_SHORTEST_STEM = 3


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded English word without its commonest endings: "waited", "waits" and "waiting" are one."""
    bare = word[:-2] if word.endswith("'s") else word
    cut = _ENDINGS.sub("", bare)
    if len(cut) < _SHORTEST_STEM:
        return bare
    return cut[:-1] if (len(cut) > _SHORTEST_STEM and cut[-1] == cut[-2]) or cut[-1] == "e" else cut


def stems_and_pairs(text: str) -> list[str]:
    """The stems of a text in order, then each two that stand side by side."""
    stems = [stem(word) for word in word_texts(folded(text))]
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]


class Wording:
    """Words weighed by how rare they are among the texts it was made of (Spärck Jones, K. (1972))."""

    def __init__(self, texts: Sequence[str], at_least: int = 1) -> None:
        counter = CountVectorizer(analyzer=stems_and_pairs, min_df=at_least, binary=True, dtype=np.float32)
        seen = counter.fit_transform(texts)
        self._columns: dict[str, int] = counter.vocabulary_
        self._terms = KnownTerms(self._columns)
        self._numbers = ByWord(self._number)
        occurs = np.bincount(seen.indices, minlength=seen.shape[1])
        self._rarity = sp.diags((1 + np.log((1 + len(texts)) / (1 + occurs))).astype(np.float32))

    def place_of(self, known: str) -> int | None:
        """The column of a stem, if any text had it."""
        return self._columns.get(known)

    def counts(self, texts: Sequence[str]) -> sp.csr_matrix:
        """A row a text: which of the known words it has."""
        number = self._numbers.__getitem__
        counts = self._terms.counts([list(map(number, word_texts(folded(text)))) for text in texts])
        counts.data = np.ones(len(counts.data), dtype=np.float32)
        return counts

    def weighed(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        """Rows of length 1 from ``counts``, or from sums of its rows."""
        here = counts.copy()
        here.data[:] = 1
        return normalize(here @ self._rarity, copy=False).tocsr()

    def _number(self, word: str) -> int:
        return self._terms.number(stem(word))
