"""The last word on a comment's feeling: a small model over the signals, the words, and, where there is a model of
meaning, the meaning.

Multinomial logistic regression, fitted in a second or two when it is first needed, on examples written for the
product (`analysis/examples`): comments of families and of those who work with them, comments on other public services,
and plain short answers. It always comes out the same. How strongly it is held back (C) was chosen by cross-validation
on those examples alone.
"""

import math
import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from analysis.asking import Asks, what_is_asked
from analysis.embeddings import Meanings
from analysis.example_texts import examples_of
from analysis.feeling_evidence import Evidence, evidence_of
from analysis.tokens import folded, normalised

LABELS = ("mixed", "negative", "neutral", "positive")
EXAMPLES = ("comments", "services", "answers")

_HELD_BACK = 3.0  # scikit-learn's C
_MEANING_WEIGHS = 1.0
_SHORT_ANSWER = 8  # words; a longer answer explains itself
_FEWEST_EXAMPLES_OF_A_WORD = 2
_ROUNDS_AT_MOST = 1000
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;]")
_TELLS_FROM = 0.1
_ENDS = frozenset(".!?;")
_SHOWN = frozenset("!?")
_FIGURES = "0"  # stands for any number in figures
_BEGINNING = "^"
_UNDER = "|"

Likely = npt.NDArray[np.float64]
"""How likely each of LABELS is; for several comments a row each."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What the model reads: a normalised text, what its question asks for, and the evidence found in it."""

    text: str
    asks: Asks
    evidence: Evidence


class Term(NamedTuple):
    """A word or two of a text that speak for a label, folded, and how strongly."""

    words: tuple[str, ...]
    weight: float


class Reading:
    """What the model made of some comments; `likely` has a row for each."""

    def __init__(self, likely: Likely, matrix: Any, terms: list[str], speaks_for: npt.NDArray[np.float64]) -> None:
        self.likely = likely
        self._matrix, self._terms, self._speaks_for = matrix, terms, speaks_for

    def terms(self, row: int, label: str) -> list[Term]:
        """What speaks for the label in a comment, the strongest first."""
        places = slice(self._matrix.indptr[row], self._matrix.indptr[row + 1])
        columns, values = self._matrix.indices[places], self._matrix.data[places]
        is_term = columns < len(self._terms)
        columns = columns[is_term]
        weights = self._speaks_for[LABELS.index(label), columns] * values[is_term]
        tells = [(float(weights[place]), int(columns[place])) for place in np.flatnonzero(weights >= _TELLS_FROM)]
        return [
            Term(words, weight)
            for weight, column in sorted(tells, reverse=True)
            if (words := _words_of_term(self._terms[column]))
        ]


class FeelingModel:
    """Reads comments; with `meanings` also what they mean."""

    def __init__(self, meanings: Meanings | None = None) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

        rows = [row for name in EXAMPLES for row in examples_of(name)]
        comments = [comment_of(normalised(row["text"]).strip(), row["question"]) for row in rows]
        self._meanings = meanings
        self._vectoriser = TfidfVectorizer(
            analyzer=_as_it_is, min_df=_FEWEST_EXAMPLES_OF_A_WORD, sublinear_tf=True, lowercase=False
        )
        self._vectoriser.fit([_features(comment) for comment in comments])
        self._terms: list[str] = self._vectoriser.get_feature_names_out().tolist()
        self._model = LogisticRegression(C=_HELD_BACK, max_iter=_ROUNDS_AT_MOST)
        self._model.fit(self._matrix(comments), [row["sentiment"] for row in rows])
        assert tuple(self._model.classes_) == LABELS
        weights = self._model.coef_[:, : len(self._terms)]
        self._speaks_for = weights - weights.mean(axis=0)

    def read(self, comments: Sequence[Comment]) -> Reading:
        """How likely each label is for each comment, and what in it speaks for which."""
        matrix = self._matrix(comments)
        return Reading(self._model.predict_proba(matrix), matrix, self._terms, self._speaks_for)

    def _matrix(self, comments: Sequence[Comment]) -> Any:
        from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

        parts = [
            self._vectoriser.transform([_features(comment) for comment in comments]),
            csr_matrix(np.array([_signals(comment) for comment in comments])),
        ]
        if self._meanings is not None:
            vectors = self._meanings.vectors([comment.text for comment in comments])
            parts.append(csr_matrix(vectors * _MEANING_WEIGHS))
        return hstack(parts).tocsr()


def feeling_model(meanings: Meanings | None = None) -> FeelingModel:
    """The model, fitted once for each model of meaning."""
    return _fitted(cast("Hashable", meanings))


@lru_cache(maxsize=2)
def _fitted(meanings: Hashable) -> FeelingModel:
    return FeelingModel(cast("Meanings | None", meanings))


def comment_of(text: str, question: str | None) -> Comment:
    """A normalised text with what was found in it."""
    return Comment(text, what_is_asked(question), evidence_of(text))


def _signals(comment: Comment) -> list[float]:
    """The evidence as numbers of about the same size, alone and under what was asked."""
    found, asks = comment.evidence, comment.asks
    wishes = min(found.wishes, 3) / 2
    return [
        found.praise / 3,
        found.grievance / 3,
        math.tanh(found.praise / 4),
        math.tanh(found.grievance / 4),
        wishes,
        found.vader,
        found.textblob * 2,
        float(found.both_sides_in_clauses_apart),
        found.balance(asks) / 3,
        math.log1p(len(comment.text.split())) / 3,
        float(found.praise + found.grievance == 0),
        *(float(asks is kind) for kind in Asks),
        *(float(asks is kind) * wishes for kind in Asks),
    ]


def _features(comment: Comment) -> list[str]:
    """Words, pairs of words in one sentence, and the words of a short answer under what was asked."""
    pieces = _PIECE.findall(folded(comment.text))
    words = [_FIGURES if piece[0].isdigit() else piece for piece in pieces if piece not in _ENDS]
    features = [*words, *(piece for piece in pieces if piece in _SHOWN), *_pairs(pieces)]
    if len(words) <= _SHORT_ANSWER:
        features += [f"{comment.asks}{_UNDER}{word}" for word in words]
    features.append(f"{comment.asks}{_UNDER}")
    return features


def _pairs(pieces: list[str]) -> Iterator[str]:
    for first, second in pairwise([_BEGINNING, *pieces]):
        if second in _ENDS:
            continue
        before = _BEGINNING if first in _ENDS else _FIGURES if first[0].isdigit() else first
        yield f"{before} {_FIGURES if second[0].isdigit() else second}"


def _words_of_term(term: str) -> tuple[str, ...]:
    """The words that a term of the model stands for; none for marks and for the question alone."""
    said = term.rsplit(_UNDER, 1)[-1]
    words = tuple(word for word in said.split() if word != _BEGINNING)
    return () if _FIGURES in words or not all(word[0].isalpha() for word in words) else words


def _as_it_is(features: list[str]) -> list[str]:
    return features
