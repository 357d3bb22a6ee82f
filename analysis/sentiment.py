"""How a comment feels, by rules that can be read: our phrases, VADER and TextBlob, under the question asked.

VADER: Hutto, C.J. and Gilbert, E. (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text". TextBlob: the English sentiment lexicon of Pattern (De Smedt, T. and Daelemans, W.,
2012). Both see only the words that none of our phrases has explained.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.asking import Asks, what_is_asked
from analysis.cleaning import clean, says_nothing
from analysis.feeling_phrases import FeelingPhrases
from analysis.tokens import Word, folded, words_of

# Set by hand on round numbers; docs/quality.md says how well they do.
_MOST_A_SIDE_COUNTS = 4.0
_GRIEVANCE_AGAINST_PRAISE = 0.8
_WISH = 1.5
_MOST_WISHES_COUNTED = 2
_QUESTION_LEANS = 1.5
_NOTHING_IS_AN_ANSWER = 2.5
_POSITIVE_FROM = 0.5
_NEGATIVE_FROM = -0.6
_FULL_SCORE_AT = 4.0
_MIXED_PRAISE, _MIXED_GRIEVANCE = 1.5, 2.0
_MIXED_WITHIN = 1.0
_LONGEST_READ = 4000  # characters; a very long text has made its point by then, and both libraries slow down
_MOST_WORDS_EXPLAINED = 8

_WISHES_WEIGH = {Asks.FAULTS: 1.0, Asks.WISHES: 0.0, Asks.GOOD: 0.0}
_WISHES_WEIGH_ELSEWHERE = 0.6
_MEANS_LITTLE = re.compile(
    r"more|better|much|many|most|less|other|different|first|new|same|able|sure|real|own|full|whole|"
    r"long"
)
_ENDS_CLAUSE = re.compile(r"but|however|although|though|except|unfortunately|yet|whereas|just|only|shame")


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How a comment feels: negative, mixed, neutral, positive or not_measured.

    `score` runs from -1 to 1 and is None when not measured; `words` are those that led to it, as they were
    written.
    """

    label: str
    score: float | None
    words: tuple[str, ...]


NOT_MEASURED = Sentiment("not_measured", None, ())


def sentiment_of(text: str, question: str | None = None, *, language: str = "en", stock: bool = False) -> Sentiment:
    """The feeling of one normalised comment; not_measured for any language but English.

    `stock` says that the answer says nothing to its question, which makes it neutral. "Nothing" to a
    question about faults is positive, to one about what went well negative.
    """
    if language != "en":
        return NOT_MEASURED
    if stock:
        return Sentiment("neutral", 0.0, ())
    asks = what_is_asked(question)
    if says_nothing(text):
        return _nothing_answered(text, asks)
    text = text[:_LONGEST_READ]
    evidence = _evidence(text)
    raw = _balance(evidence, asks)
    score = round(math.tanh(raw / _FULL_SCORE_AT), 3)
    return Sentiment(_label(evidence, raw), score, evidence.words[:_MOST_WORDS_EXPLAINED])


def measure_sentiment(
    comments: pd.DataFrame, *, text: str, question: str | None = None, lang: str | None = None
) -> pd.DataFrame:
    """The sentiment of every row of `comments`, on its index; nothing is dropped.

    `text`, `question` and `lang` name columns of strings. The result has the columns `sentiment` (negative,
    mixed, neutral, positive, not_measured), `sentiment_score` (-1 to 1, missing when not measured) and
    `sentiment_why` (the words, joined by commas). An answer without letters is not measured.
    """
    cleaned = clean(comments, text=text, question=question, lang=lang)
    measured = [
        NOT_MEASURED
        if outcome == "unreadable"
        else sentiment_of(said, asked, language=language, stock=outcome == "stock_answer")
        for said, asked, language, outcome in zip(
            *(cleaned[column].tolist() for column in ("text", "question", "language", "outcome")), strict=True
        )
    ]
    return pd.DataFrame(
        {
            "sentiment": pd.Series([found.label for found in measured], index=comments.index, dtype="str"),
            "sentiment_score": pd.Series([found.score for found in measured], index=comments.index, dtype="float64"),
            "sentiment_why": pd.Series(
                [", ".join(found.words) for found in measured], index=comments.index, dtype="str"
            ),
        }
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    praise: float
    grievance: float
    wishes: int
    vader: float
    textblob: float
    both_sides_in_clauses_apart: bool
    words: tuple[str, ...]


def _evidence(text: str) -> _Evidence:
    search = folded(text)
    places = words_of(search)
    words = [place.text for place in places]
    written = text if len(search) == len(text) else search
    weights = {"praise": 0.0, "grievance": 0.0, "wish": 0.0}
    clauses_of: dict[str, set[int]] = {"praise": set(), "grievance": set(), "wish": set()}
    said = list[str]()
    unexplained, end, clause, wishes, position = list[str](), 0, 0, 0, 0
    while position < len(words):
        if _begins_clause(search, places, position):
            clause += 1
        phrase = _phrases().at(words, position)
        if phrase is None:
            position += 1
            continue
        start, stop = places[position].start, places[position + len(phrase.words) - 1].end
        weights[phrase.kind] += phrase.weight
        clauses_of[phrase.kind].add(clause)
        wishes += phrase.kind == "wish"
        said.append(" ".join(written[start:stop].split()))
        unexplained.append(written[end:start])
        end = stop
        position += len(phrase.words)
    rest = " ".join([*unexplained, written[end:]])
    return _Evidence(
        praise=weights["praise"],
        grievance=weights["grievance"],
        wishes=wishes,
        vader=_vader()(rest),
        textblob=_textblob(rest),
        both_sides_in_clauses_apart=bool(
            clauses_of["praise"] - clauses_of["grievance"] and clauses_of["grievance"] - clauses_of["praise"]
        ),
        words=tuple(dict.fromkeys([*said, *(word for word in _words_with_feeling(rest))])),
    )


def _balance(evidence: _Evidence, asks: Asks) -> float:
    """Above 0 for praise, below for a grievance; the question leans on what is said."""
    wishes = min(evidence.wishes, _MOST_WISHES_COUNTED) * _WISHES_WEIGH.get(asks, _WISHES_WEIGH_ELSEWHERE)
    lean = {Asks.GOOD: _QUESTION_LEANS, Asks.HARD: -_QUESTION_LEANS}.get(asks, 0.0)
    return (
        _levelled(evidence.praise)
        - _GRIEVANCE_AGAINST_PRAISE * _levelled(evidence.grievance)
        + evidence.vader
        + evidence.textblob
        - _WISH * wishes
        + lean
    )


def _levelled(weight: float) -> float:
    """Ten complaints in a long comment say little more than five in a short one."""
    return _MOST_A_SIDE_COUNTS * math.tanh(weight / _MOST_A_SIDE_COUNTS)


def _label(evidence: _Evidence, raw: float) -> str:
    if (
        evidence.both_sides_in_clauses_apart
        and evidence.praise >= _MIXED_PRAISE
        and evidence.grievance >= _MIXED_GRIEVANCE
        and abs(raw) < _MIXED_WITHIN
    ):
        return "mixed"
    if raw > _POSITIVE_FROM:
        return "positive"
    return "negative" if raw < _NEGATIVE_FROM else "neutral"


def _nothing_answered(text: str, asks: Asks) -> Sentiment:
    words = (" ".join(text.split()),)
    score = round(math.tanh(_NOTHING_IS_AN_ANSWER / _FULL_SCORE_AT), 3)
    if asks in (Asks.FAULTS, Asks.HARD):
        return Sentiment("positive", score, words)
    if asks is Asks.GOOD or asks is Asks.YES_NO:
        return Sentiment("negative", -score, words)
    return Sentiment("neutral", 0.0, ())


def _begins_clause(search: str, places: list[Word], position: int) -> bool:
    if _ENDS_CLAUSE.fullmatch(places[position].text):
        return True
    before = search[places[position - 1].end : places[position].start] if position else ""
    return any(mark in before for mark in ".!?;\n")


def _words_with_feeling(rest: str) -> list[str]:
    lexicon = _vader_lexicon()
    return [
        word.text
        for word in words_of(rest)
        if word.text.lower() in lexicon and not _MEANS_LITTLE.fullmatch(word.text.lower())
    ]


def _textblob(rest: str) -> float:
    """TextBlob's polarity without the words that it takes for praise and that mean little: "more",
    "better", "new".
    """
    from textblob.en import sentiment  # type: ignore[import-untyped]

    if not rest.strip():
        return 0.0
    scores = [
        polarity
        for words, polarity, _, _ in sentiment(rest).assessments
        if polarity and not all(map(_MEANS_LITTLE.fullmatch, words))
    ]
    return sum(scores) / len(scores) if scores else 0.0


@lru_cache(maxsize=1)
def _phrases() -> FeelingPhrases:
    return FeelingPhrases()


@lru_cache(maxsize=1)
def _vader() -> Callable[[str], float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

    analyser = SentimentIntensityAnalyzer()

    def compound(text: str) -> float:
        return float(analyser.polarity_scores(text)["compound"])

    return compound


@lru_cache(maxsize=1)
def _vader_lexicon() -> frozenset[str]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return frozenset(SentimentIntensityAnalyzer().lexicon)
