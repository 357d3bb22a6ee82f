"""How a comment feels, under the question asked: rules that can be read, two general lexicons as signals among others,
and a small model that has the last word.

What each part knows is in `feeling_phrases` (our phrases), `general_feeling` (VADER and TextBlob), `feeling_evidence`
(both together) and `feeling_model` (learnt from examples written for the product; nothing labelled in a workspace is
needed).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.asking import Asks, what_is_asked
from analysis.cleaning import clean, says_nothing
from analysis.embeddings import Meanings
from analysis.feeling_model import LABELS, Comment, Likely, comment_of, feeling_model
from analysis.feeling_words import words_that_led

_NOTHING_IS_AN_ANSWER = 0.55  # how strongly "nothing" praises or complains, by hand
_LONGEST_READ = 4000  # characters; a very long text has made its point by then
_READ_AT_ONCE = 4096  # comments, so that memory does not grow with their number
_NEGATIVE, _NEUTRAL, _POSITIVE = (LABELS.index(label) for label in ("negative", "neutral", "positive"))


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
_FLAT = Sentiment("neutral", 0.0, ())


def sentiment_of(
    text: str,
    question: str | None = None,
    *,
    language: str = "en",
    stock: bool = False,
    meanings: Meanings | None = None,
) -> Sentiment:
    """The feeling of one normalised comment; not_measured for any language but English.

    `stock` says that the answer says nothing to its question, which makes it neutral. "Nothing" to a
    question about faults is positive, to one about what went well negative.
    """
    if language != "en":
        return NOT_MEASURED
    if stock:
        return _FLAT
    if says_nothing(text):
        return _nothing_answered(text, what_is_asked(question))
    (measured,) = _read([comment_of(text[:_LONGEST_READ], question)], meanings)
    return measured.sentiment


def measure_sentiment(
    comments: pd.DataFrame,
    *,
    text: str,
    question: str | None = None,
    lang: str | None = None,
    translation: str | None = None,
    meanings: Meanings | None = None,
) -> pd.DataFrame:
    """The sentiment of every row of `comments`, on its index; nothing is dropped.

    `text`, `question`, `lang` and `translation` name columns of strings. A comment in another language is measured on
    its recorded English translation, where its cell has one; the words are then the translation's. The result has the
    columns `sentiment` (negative, mixed, neutral, positive, not_measured), `sentiment_score` (-1 to 1, missing when
    not measured) and `sentiment_why` (the words, joined by commas). An answer without letters is not measured.
    """
    cleaned = _in_english(comments, text=text, question=question, lang=lang, translation=translation)
    return _frame([each.sentiment for each in _measured(cleaned, meanings)], comments.index)


def measure_mentions(
    mentions: pd.DataFrame,
    *,
    text: str,
    sentence: str,
    question: str | None = None,
    lang: str | None = None,
    translation: str | None = None,
    meanings: Meanings | None = None,
) -> pd.DataFrame:
    """The sentiment of each mention of a theme: of the sentence where it stands, in its comment.

    Each row of `mentions` has the whole comment in the column `text` and the sentence in `sentence`. The flatter a
    sentence is by itself, the more the whole comment counts. Where the comment was translated, the translation as a
    whole is measured: which of its sentences is meant is not known. The columns are those of `measure_sentiment`.
    """
    whole = _in_english(mentions, text=text, question=question, lang=lang, translation=translation)
    part = whole.assign(text=_in_english(mentions, text=sentence, question=question, lang=lang)["text"])
    part["text"] = part["text"].where(~whole["translated"] & (part["text"] != ""), whole["text"])
    in_whole, in_part = (_measured(frame, meanings) for frame in (whole, part))
    return _frame([_leaning(one, other) for one, other in zip(in_part, in_whole, strict=True)], mentions.index)


def _in_english(
    comments: pd.DataFrame,
    *,
    text: str,
    question: str | None,
    lang: str | None,
    translation: str | None = None,
) -> pd.DataFrame:
    """The comments cleaned, those in other languages replaced by their translations; `translated` says which."""
    cleaned = clean(comments, text=text, question=question, lang=lang).assign(translated=False)
    if translation is None:
        return cleaned
    english = clean(comments, text=translation, question=question)
    other = (cleaned["language"] != "en") & (english["language"] == "en") & (english["text"] != "")
    for column in ("text", "language", "outcome"):
        cleaned[column] = cleaned[column].where(~other, english[column])
    return cleaned.assign(translated=other)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A sentiment and, when the model gave it, how likely it holds each label to be."""

    sentiment: Sentiment
    likely: Likely | None = None


def _measured(cleaned: pd.DataFrame, meanings: Meanings | None) -> list[_Measured]:
    columns = (cleaned[column].tolist() for column in ("text", "question", "language", "outcome"))
    found: list[_Measured | None] = []
    for_the_model = list[tuple[str, str]]()
    for said, asked, language, outcome in zip(*columns, strict=True):
        known = _without_the_model(said, asked, language, outcome)
        found.append(known)
        if known is None:
            for_the_model.append((said[:_LONGEST_READ], asked))
    read = _by_the_model(for_the_model, meanings)
    return [next(read) if known is None else known for known in found]


def _without_the_model(said: str, asked: str, language: str, outcome: str) -> _Measured | None:
    if outcome == "unreadable" or language != "en":
        return _Measured(NOT_MEASURED)
    if outcome == "stock_answer":
        return _Measured(_FLAT)
    return _Measured(_nothing_answered(said, what_is_asked(asked))) if says_nothing(said) else None


def _by_the_model(texts: list[tuple[str, str]], meanings: Meanings | None) -> Iterator[_Measured]:
    """One after the other; those that say the same to the same question are read once."""
    different = list(dict.fromkeys(texts))
    read = dict[tuple[str, str], _Measured]()
    for start in range(0, len(different), _READ_AT_ONCE):
        piece = different[start : start + _READ_AT_ONCE]
        read.update(zip(piece, _read([comment_of(*text) for text in piece], meanings), strict=True))
    return (read[text] for text in texts)


def _read(comments: Sequence[Comment], meanings: Meanings | None) -> Iterator[_Measured]:
    for comment, read in zip(comments, feeling_model(meanings).read(comments), strict=True):
        yield _Measured(Sentiment(read.label, _score(read.likely), words_that_led(comment, read)), read.likely)


def _leaning(part: _Measured, whole: _Measured) -> Sentiment:
    """A sentence's feeling, and as much of the whole comment's as the sentence is flat."""
    if part.likely is None or whole.likely is None:
        return whole.sentiment if part.sentiment.label in ("neutral", "not_measured") else part.sentiment
    flat = part.likely[_NEUTRAL]
    likely = (1 - flat) * part.likely + flat * whole.likely
    label = LABELS[int(likely.argmax())]
    words = part.sentiment.words if label == part.sentiment.label else whole.sentiment.words
    return Sentiment(label, _score(likely), words)


def _score(likely: Likely) -> float:
    return round(float(likely[_POSITIVE] - likely[_NEGATIVE]), 3)


def _nothing_answered(text: str, asks: Asks) -> Sentiment:
    words = (" ".join(text.split()),)
    if asks in (Asks.FAULTS, Asks.HARD):
        return Sentiment("positive", _NOTHING_IS_AN_ANSWER, words)
    if asks is Asks.GOOD or asks is Asks.YES_NO:
        return Sentiment("negative", -_NOTHING_IS_AN_ANSWER, words)
    return _FLAT


def _frame(measured: list[Sentiment], index: "pd.Index[Any]") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sentiment": pd.Series([found.label for found in measured], index=index, dtype="str"),
            "sentiment_score": pd.Series([found.score for found in measured], index=index, dtype="float64"),
            "sentiment_why": pd.Series([", ".join(found.words) for found in measured], index=index, dtype="str"),
        }
    )
