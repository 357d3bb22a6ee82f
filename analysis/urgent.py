"""Which voices a person should see today: harm, self-harm, hopelessness, abuse, an unsafe place, exploitation, a
threat, somebody at breaking point, out of school and in distress.

Half of the people who need somebody say it without any of the words that one would search for. So a linear model
(logistic regression over words, parts of words, phrases and, where there is a model of it, meaning) learns from
examples written for the product, and is set to miss few rather than to flag few. It points a person to a voice. It
judges nobody, and what it does not flag is not thereby safe.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.cleaning import clean
from analysis.embeddings import Meanings
from analysis.example_texts import examples_of
from analysis.known_terms import KnownTerms, PartsOfWords
from analysis.tokens import folded, normalised
from analysis.word_lists import rows_of
from analysis.words import is_telling

_FLAGGED_FROM_WITH_MEANING, _FLAGGED_FROM = 0.65, 0.53
"""Where a model that has not seen them flags 11 % of the ordinary comments among the examples, of which 6 % are
urgent (a share kept away)."""

_ORDINARY = ("comments", "services")
_LONGEST_READ = 4000
_TEXTS_AT_ONCE = 2000
_MEANING_WEIGHS = 1.5
_PHRASE_WEIGHS = 0.5
_ORDINARY_WEIGHS = 2.0
_WEIGHTS = ("1", "2", "3")
_WORD = re.compile(r"\w\w+")
_PARTS, _PARTS_AT_MOST = (3, 4), 8000
_MOST_WORDS_EXPLAINED = 6
_TELLS_FROM = 0.1
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_OVER_OR_TOLD = re.compile(
    r"\b(used to|years? ago|last year|back then|in the past|not any ?more|anymore|since then|now (he|she|we|i)\b"
    r"|when (he|she|i) was|at the time|thankfully|fortunately|training|course|policy|game|film|book|minecraft|story)\b"
)


def flag_urgent(
    comments: pd.DataFrame,
    *,
    text: str,
    question: str | None = None,
    lang: str | None = None,
    translation: str | None = None,
    meanings: Meanings | None = None,
) -> pd.DataFrame:
    """Whether somebody should look at each row of `comments` today, on its index; nothing is dropped.

    `text`, `question`, `lang` and `translation` (what the text says in English, where somebody recorded it) name
    columns of strings. The result has the columns `urgent` (bool), `urgent_score` (0 to 1, to rank by; not a
    probability) and `urgent_why` (words that stand in the text, joined by commas; empty where the meaning of the
    whole led to it). A text in another language without a translation is searched for the phrases of its language
    alone. The question is not looked at: it says what was asked, not what was said. Raises KeyError when a named
    column is not there.
    """
    cleaned = clean(comments, text=text, question=question, lang=lang)
    said = cleaned["text"].tolist()
    languages = cleaned["language"].tolist()
    recorded = _recorded(comments, translation)
    english = [recorded[row] or (said[row] if languages[row] == "en" else "") for row in range(len(said))]
    scores = _urgency(meanings).scores([words[:_LONGEST_READ] for words in english])
    found = [
        _Found(bool(score >= 0.5), float(score), why)
        for score, why in zip(scores.tolist(), _why(english, scores, meanings), strict=True)
    ]
    for row, language in enumerate(languages):
        if language != "en" and (phrases := _phrases_said(said[row][:_LONGEST_READ], language)):
            why = ", ".join(_as_written(said[row][:_LONGEST_READ], phrases))
            found[row] = _Found(True, max(found[row].score, 0.9), why)
    return pd.DataFrame(
        {
            "urgent": pd.Series([each.urgent for each in found], index=comments.index, dtype="bool"),
            "urgent_score": pd.Series([each.score for each in found], index=comments.index, dtype="float64"),
            "urgent_why": pd.Series([each.why for each in found], index=comments.index, dtype="str"),
        }
    )


class _Found:
    __slots__ = ("score", "urgent", "why")

    def __init__(self, urgent: bool, score: float, why: str) -> None:
        self.urgent, self.score, self.why = urgent, score, why


class Urgency:
    """The model, fitted from the examples: the same examples give the same model."""

    def __init__(self, meanings: Meanings | None = None) -> None:
        self._meanings = meanings
        self._from = _FLAGGED_FROM if meanings is None else _FLAGGED_FROM_WITH_MEANING
        self._fit(*_examples())

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """0 to 1 for each text; 0.5 is where it is flagged. An empty text has 0."""
        different = list(dict.fromkeys(text for text in texts if text))
        by_text = {"": 0.0}
        for start in range(0, len(different), _TEXTS_AT_ONCE):
            piece = different[start : start + _TEXTS_AT_ONCE]
            margins = self._model.decision_function(self._matrix(piece)) - self._from
            by_text.update(zip(piece, (1 / (1 + np.exp(-margins))).tolist(), strict=True))
        return np.array([by_text[text] for text in texts], dtype=np.float64)

    def words(self, text: str) -> list[str]:
        """The words of a text that speak most for urgency, as they stand there, the strongest first."""
        row = self._weighed_words([_plain(text)])
        weights = self._model.coef_[0][: row.shape[1]]
        strength = {
            self._named[column]: weights[column] * value for column, value in zip(row.indices, row.data, strict=True)
        }
        strongest = sorted(strength, key=lambda term: -strength[term])
        telling = [term for term in strongest if strength[term] >= _TELLS_FROM and any(map(is_telling, term.split()))]
        phrases = _phrases_said(text, "en")
        return _as_written(text, [*phrases, *telling])[:_MOST_WORDS_EXPLAINED]

    def _fit(self, texts: list[str], urgent: npt.NDArray[np.bool_], ordinary: npt.NDArray[np.bool_]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # type: ignore[import-untyped]
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

        plain = [_plain(text) for text in texts]
        words = CountVectorizer(analyzer=_words_and_pairs, min_df=2).fit(plain)
        parts = CountVectorizer(analyzer="char_wb", ngram_range=_PARTS, min_df=3, max_features=_PARTS_AT_MOST).fit(
            plain
        )
        self._named: list[str] = words.get_feature_names_out().tolist()
        self._words, self._parts = KnownTerms(words.vocabulary_), PartsOfWords(parts.vocabulary_, *_PARTS)
        self._rarity_of_words = TfidfTransformer(sublinear_tf=True).fit(self._counted_words(plain))
        self._rarity_of_parts = TfidfTransformer(sublinear_tf=True).fit(self._parts.counts(plain))
        weights = np.where(ordinary & ~urgent, _ORDINARY_WEIGHS, 1.0)
        self._model = LogisticRegression(class_weight="balanced", solver="liblinear")
        self._model.fit(self._matrix(texts), urgent, sample_weight=weights)

    def _matrix(self, texts: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

        plain = [_plain(text) for text in texts]
        parts = [
            self._weighed_words(plain),
            self._rarity_of_parts.transform(self._parts.counts(plain), copy=False),
            csr_matrix(np.array([_signals(text) for text in plain]) * _PHRASE_WEIGHS),
        ]
        if self._meanings is not None:
            parts.append(csr_matrix(self._meanings.vectors(texts) * _MEANING_WEIGHS))
        return hstack(parts).tocsr()

    def _weighed_words(self, plain: Sequence[str]) -> Any:
        return self._rarity_of_words.transform(self._counted_words(plain), copy=False)

    def _counted_words(self, plain: Sequence[str]) -> Any:
        return self._words.counts([list(map(self._words.number, _WORD.findall(text))) for text in plain])


def _words_and_pairs(plain: str) -> list[str]:
    words = _WORD.findall(plain)
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _urgency(meanings: Meanings | None) -> Urgency:
    return _fitted(cast("Hashable", meanings))


@lru_cache(maxsize=2)
def _fitted(meanings: Hashable) -> Urgency:
    return Urgency(cast("Meanings | None", meanings))


def _examples() -> tuple[list[str], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Texts, whether each is urgent, and whether it is of the ordinary comments of surveys."""
    rows = [(row["text"], row["urgent"] == "1", False) for row in examples_of("urgent")]
    for name in _ORDINARY:
        rows += [(row["text"], row.get("urgent") == "1", name == "comments") for row in examples_of(name)]
    texts = [normalised(text).strip() for text, _, _ in rows]
    return texts, np.array([urgent for _, urgent, _ in rows]), np.array([ordinary for _, _, ordinary in rows])


def _why(english: list[str], scores: npt.NDArray[np.float64], meanings: Meanings | None) -> list[str]:
    model = _urgency(meanings)
    return [", ".join(model.words(text)) if score >= 0.5 else "" for text, score in zip(english, scores, strict=True)]


def _recorded(comments: pd.DataFrame, translation: str | None) -> list[str]:
    if translation is None:
        return [""] * len(comments)
    return ["" if pd.isna(cell) else normalised(str(cell)).strip() for cell in comments[translation].tolist()]


def _plain(text: str) -> str:
    return folded(text).translate(_APOSTROPHES)


def _signals(plain: str) -> list[float]:
    """How many different phrases of each weight are said, two at most, and whether it sounds told or over."""
    patterns = _patterns("en")
    found = [float(min(len(set(patterns[weight].findall(plain))), 2)) for weight in _WEIGHTS]
    return [*found, float(bool(_OVER_OR_TOLD.search(plain)))]


def _phrases_said(text: str, language: str) -> list[str]:
    """Phrases of the two heavier weights, the heavier first."""
    patterns, plain = _patterns(language), _plain(text)
    return [phrase for weight in ("3", "2") if weight in patterns for phrase in patterns[weight].findall(plain)]


@lru_cache(maxsize=32)
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    """By weight, the phrases of a language, each the beginning of its last word."""
    phrases: dict[str, list[str]] = {}
    for row in rows_of("urgent_phrases"):
        if row["lang"] == language:
            phrases.setdefault(row["weight"], []).append(_plain(row["phrase"]))
    return {
        weight: re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(found, key=len, reverse=True))) + r")\w*")
        for weight, found in phrases.items()
    }


def _as_written(text: str, terms: Sequence[str]) -> list[str]:
    """Each term as it stands in the text; a term within one that was given before is left out."""
    letters, places = list[str](), list[int]()
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            places.append(place)
    plain_text = "".join(letters)
    found = list[str]()
    taken = list[tuple[int, int]]()
    for term in terms:
        words = r"\W+".join(map(re.escape, term.split()))
        said = re.search(rf"(?<!\w){words}(?!\w)", plain_text)
        if said and not any(start < said.end() and said.start() < end for start, end in taken):
            taken.append(said.span())
            found.append(text[places[said.start()] : places[said.end() - 1] + 1])
    return found
