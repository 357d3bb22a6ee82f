"""The last word on a comment's feeling: a small model over the signals, the words, and, where there is a model of
meaning, the meaning.

Multinomial logistic regression, fitted in a second or two when it is first needed, on examples written for the
product (`analysis/examples`): comments of families and of those who work with them, comments on other public services,
and plain short answers. It always comes out the same. How strongly it is held back (C) was chosen by cross-validation
on those examples alone.
"""

import math
import re
from collections.abc import Hashable, Sequence
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
from analysis.known_terms import KnownTerms
from analysis.tokens import folded, normalised

LABELS = ("mixed", "negative", "neutral", "positive")
EXAMPLES = ("comments", "services", "answers")

_HELD_BACK = 3.0  # scikit-learn's C
_MEANING_WEIGHS = 1.0
_RULES_WEIGH = 0.1
_MOST_THAT_RULES_SAY = 4.0
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


@dataclass(frozen=True, slots=True)
class Read:
    """What the model made of a comment: its label, how likely it holds each to be, and what speaks for the label, the
    strongest first.
    """

    label: str
    likely: Likely
    terms: tuple[Term, ...]


class FeelingModel:
    """Reads comments; with `meanings` also what they mean."""

    def __init__(self, meanings: Meanings | None = None) -> None:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # type: ignore[import-untyped]
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        rows = [row for name in EXAMPLES for row in examples_of(name)]
        comments = [comment_of(normalised(row["text"]).strip(), row["question"]) for row in rows]
        self._meanings = meanings
        words = CountVectorizer(analyzer=_terms_of, min_df=_FEWEST_EXAMPLES_OF_A_WORD).fit(comments)
        self._terms: list[str] = words.get_feature_names_out().tolist()
        self._known = KnownTerms(words.vocabulary_)
        self._rarity = TfidfTransformer(sublinear_tf=True).fit(self._counted(comments))
        self._words_of_terms = [_words_of_term(term) for term in self._terms]
        self._model = LogisticRegression(C=_HELD_BACK, max_iter=_ROUNDS_AT_MOST)
        with threadpool_limits(limits=1):  # threads of their own cost such small sums more than they bring
            self._model.fit(self._matrix(comments), [row["sentiment"] for row in rows])
        assert tuple(self._model.classes_) == LABELS
        weights = self._model.coef_[:, : len(self._terms)]
        self._speaks_for = weights - weights.mean(axis=0)

    def read(self, comments: Sequence[Comment]) -> list[Read]:
        """What the model makes of each comment."""
        matrix = self._matrix(comments)
        likely = _leaning_on_rules(self._model.predict_log_proba(matrix), comments)
        labels = likely.argmax(axis=1)
        terms = self._terms_that_tell(matrix, labels)
        return [
            Read(LABELS[label], each, tuple(terms.get(row, ())))
            for row, (label, each) in enumerate(zip(labels.tolist(), likely, strict=True))
        ]

    def _terms_that_tell(self, matrix: Any, labels: npt.NDArray[np.int64]) -> dict[int, list[Term]]:
        """By row, the terms that speak for its label."""
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        is_term = matrix.indices < len(self._terms)
        rows, columns, values = rows[is_term], matrix.indices[is_term], matrix.data[is_term]
        weights = self._speaks_for[labels[rows], columns] * values
        tells = np.flatnonzero(weights >= _TELLS_FROM)
        tells = tells[np.argsort(-weights[tells], kind="stable")]
        found = dict[int, list[Term]]()
        for row, column, weight in zip(
            rows[tells].tolist(), columns[tells].tolist(), weights[tells].tolist(), strict=True
        ):
            if words := self._words_of_terms[column]:
                found.setdefault(row, []).append(Term(words, weight))
        return found

    def _matrix(self, comments: Sequence[Comment]) -> Any:
        from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

        parts = [
            self._rarity.transform(self._counted(comments), copy=False),
            csr_matrix(np.array([_signals(comment) for comment in comments])),
        ]
        if self._meanings is not None:
            vectors = self._meanings.vectors([comment.text for comment in comments])
            parts.append(csr_matrix(vectors * _MEANING_WEIGHS))
        return hstack(parts).tocsr()

    def _counted(self, comments: Sequence[Comment]) -> Any:
        return self._known.counts([list(map(self._known.number, _words_in_order(comment))) for comment in comments])


def feeling_model(meanings: Meanings | None = None) -> FeelingModel:
    """The model, fitted once for each model of meaning."""
    return _fitted(cast("Hashable", meanings))


@lru_cache(maxsize=2)
def _fitted(meanings: Hashable) -> FeelingModel:
    return FeelingModel(cast("Meanings | None", meanings))


def comment_of(text: str, question: str | None) -> Comment:
    """A normalised text with what was found in it."""
    return Comment(text, what_is_asked(question), evidence_of(text))


def _leaning_on_rules(logs: Likely, comments: Sequence[Comment]) -> Likely:
    """Comments unlike the examples are not left to the model alone: the balance of the rules counts once more, and
    one that speaks for one side only speaks against "mixed".
    """
    balance = np.array([comment.evidence.balance(comment.asks) for comment in comments])
    balance = np.clip(balance, -_MOST_THAT_RULES_SAY, _MOST_THAT_RULES_SAY)
    sided = np.array([not (comment.evidence.praise and comment.evidence.grievance) for comment in comments])
    logs = logs.copy()
    logs[:, LABELS.index("positive")] += _RULES_WEIGH * balance
    logs[:, LABELS.index("negative")] -= _RULES_WEIGH * balance
    logs[:, LABELS.index("mixed")] -= _RULES_WEIGH * np.abs(balance) * sided
    likely: Likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


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
        float(found.turns),
        found.turns * math.tanh(found.praise / 4),
        (not found.turns) * max(found.vader, 0.0),
        *(float(asks is kind) for kind in Asks),
        *(float(asks is kind) * wishes for kind in Asks),
    ]


def _words_in_order(comment: Comment) -> list[str]:
    """Words, with a sign where a sentence begins; after them those of a short answer under what was asked, and that
    alone.
    """
    words, said = list[str](), [_BEGINNING]
    for piece in _PIECE.findall(folded(comment.text)):
        if piece not in _ENDS:
            words.append(_FIGURES if piece[0].isdigit() else piece)
            said.append(words[-1])
            continue
        if piece in _SHOWN:
            said.append(piece)
        said.append(_BEGINNING)
    if len(words) <= _SHORT_ANSWER:
        said += [f"{comment.asks}{_UNDER}{word}" for word in words]
    said.append(f"{comment.asks}{_UNDER}")
    return said


def _terms_of(comment: Comment) -> list[str]:
    """All of them alone, and pairs of words in one sentence."""
    said = _words_in_order(comment)
    pairs = [
        f"{before} {word}"
        for before, word in pairwise(said)
        if _is_word(word) and (before == _BEGINNING or _is_word(before))
    ]
    return [word for word in said if word != _BEGINNING] + pairs


def _is_word(said: str) -> bool:
    return said[0].isalnum() and _UNDER not in said


def _words_of_term(term: str) -> tuple[str, ...]:
    """The words that a term of the model stands for; none for marks and for the question alone."""
    said = term.rsplit(_UNDER, 1)[-1]
    words = tuple(word for word in said.split() if word != _BEGINNING)
    return () if _FIGURES in words or not all(word[0].isalpha() for word in words) else words
