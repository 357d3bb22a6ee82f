"""What two general lexicons make of a text: VADER and TextBlob, as they are published but several times as fast.

VADER: Hutto, C.J. and Gilbert, E. (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text". TextBlob: the English sentiment lexicon of Pattern (De Smedt, T. and Daelemans, W., 2012).
Both look at every word of every text again; here a word is looked up once, and words that neither knows are passed
over. A test compares the results with the originals.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

_MEANS_LITTLE = re.compile(
    r"more|better|much|many|most|less|other|different|first|new|same|able|sure|real|own|full|whole|"
    r"long"
)
_WORDS_REMEMBERED = 50_000
_UNKNOWN = "zzzz"  # stands for any run of words that TextBlob does not know
_BEFORE, _AFTER = 3, 3  # how far round a word VADER looks, itself counted with what follows
_NONE_COUNT: tuple[str, ...] = ()
_SHORTEST_THAT_ENDS = 3  # TextBlob lets "not" and "very" reach over words shorter than this


def vader_compound(text: str) -> float:
    """VADER's compound score of a text, -1 to 1."""
    analyser = _vader()
    text = text.strip()
    if not text.isascii():
        return float(analyser.polarity_scores(text)["compound"])
    looked_up = [_looked_up(chunk) for chunk in text.split()]
    places = [place for place, word in enumerate(looked_up) if word.has_feeling]
    if not places:
        return 0.0
    words = [word.bare for word in looked_up]
    small = [word.small for word in looked_up]
    capitals = sum(map(str.isupper, words))
    some_in_capitals = 0 < capitals < len(words)
    sentiments: list[float] = [0.0] * len(words)
    for place in places:
        if small[place] == "kind" and small[place + 1 : place + 2] == ["of"]:
            continue
        start = max(0, place - _BEFORE)
        seen = SimpleNamespace(words_and_emoticons=words[start : place + _AFTER], is_cap_diff=some_in_capitals)
        sentiments[place] = analyser.sentiment_valence(0, seen, words[place], place - start, [])[0]
    if "but" in small:
        sentiments = analyser._but_check(words, sentiments)
    return float(analyser.score_valence(sentiments, text)["compound"])


def textblob_polarity(text: str) -> float:
    """TextBlob's polarity, -1 to 1, without the words that it takes for praise and that mean little: "more",
    "better", "new".
    """
    scores = [
        polarity
        for words, polarity, _, _ in textblob_assessments(text)
        if polarity and not all(map(_MEANS_LITTLE.fullmatch, words))
    ]
    return sum(scores) / len(scores) if scores else 0.0


def textblob_assessments(text: str) -> list[tuple[list[str], float, float, str | None]]:
    """The words that TextBlob knows, each with what qualifies it, its polarity and its subjectivity."""
    words = list[str]()
    anything = False
    for chunk in text.split():
        counting, can_be_assessed = _textblob_words(chunk)
        if counting is not _NONE_COUNT:
            words += counting
            anything = anything or can_be_assessed
        elif words and words[-1] is not _UNKNOWN:
            words.append(_UNKNOWN)
    if not anything:
        return []
    found: list[tuple[list[str], float, float, str | None]] = _textblob().assessments((word, None) for word in words)
    return found


def words_with_feeling(words: Iterable[str]) -> list[str]:
    """Those of the words that VADER's lexicon knows and that do mean something."""
    lexicon = _vader().lexicon
    return [word for word in words if word.lower() in lexicon and not _MEANS_LITTLE.fullmatch(word.lower())]


def valence_of(word: str) -> float:
    """VADER's valence of one word, -4 to 4; 0 for a word that it does not know."""
    return float(_vader().lexicon.get(word.lower(), 0.0))


class _LookedUp(NamedTuple):
    """A word without the punctuation round it (a smiley stays as it is), and in small letters."""

    bare: str
    small: str
    has_feeling: bool


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _looked_up(chunk: str) -> _LookedUp:
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentiText  # type: ignore[import-untyped]

    bare: str = SentiText._strip_punc_if_word(chunk)
    small = bare.lower()
    return _LookedUp(bare, small, small in _vader().lexicon and small not in BOOSTER_DICT)


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _textblob_words(chunk: str) -> tuple[tuple[str, ...], bool]:
    """The words of what stands between two spaces, as many as count: those that TextBlob knows and those that may
    qualify one; and whether any can be assessed.
    """
    known = _textblob()
    counting = list[str]()
    can_be_assessed = False
    for word in " ".join(known.tokenizer(chunk)).lower().split():
        plain = word.isalpha() and len(word) >= _SHORTEST_THAT_ENDS and word not in known.negations
        if word in known or not plain:
            counting.append(word)
            can_be_assessed = can_be_assessed or word in known or not (plain or word.isalnum())
        else:
            counting.append(_UNKNOWN)
    return (_NONE_COUNT if set(counting) <= {_UNKNOWN} else tuple(counting)), can_be_assessed


@lru_cache(maxsize=1)
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@lru_cache(maxsize=1)
def _textblob() -> Any:
    """TextBlob's lexicon, loaded: the original asks at every word whether it is."""
    from textblob.en import sentiment  # type: ignore[import-untyped]

    class Loaded(type(sentiment)):  # type: ignore[misc]
        __contains__ = dict.__contains__
        __getitem__ = dict.__getitem__

    sentiment("loads the lexicon")
    loaded = Loaded.__new__(Loaded)
    loaded.__dict__.update(sentiment.__dict__)
    dict.update(loaded, dict.items(sentiment))
    return loaded
