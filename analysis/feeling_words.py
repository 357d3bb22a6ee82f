"""The words that led to a feeling, as they stand in the text."""

import re
from functools import lru_cache

from analysis.feeling_evidence import Said
from analysis.feeling_model import Comment, Read, Term
from analysis.tokens import folded
from analysis.words import stop_words

_MOST_WORDS_EXPLAINED = 8
_MOST_OF_THE_MODEL = 4


def words_that_led(comment: Comment, read: Read) -> tuple[str, ...]:
    """Phrases and words of the lexicons that point the label's way, and what in the text spoke most for it in the
    model; in the order of the text. Every one of them stands in the text.
    """
    spans = dict[int, int]()
    for said in comment.evidence.said:
        if said.start >= 0 and _points(said, read.label):
            spans.setdefault(said.start, said.start + len(said.words))
    for start, end in _places(comment.text, read.terms):
        if not any(start < until and since < end for since, until in spans.items()):
            spans[start] = end
    found = (" ".join(comment.text[start:end].split()) for start, end in sorted(spans.items()))
    return tuple(dict.fromkeys(found))[:_MOST_WORDS_EXPLAINED]


def _points(said: Said, label: str) -> bool:
    if label == "neutral":
        return said.kind == "wish"
    if label == "mixed":
        return said.kind != "wish"
    return said.weight > 0 if label == "positive" else said.weight < 0


def _places(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Where the strongest terms stand first; words that say nothing alone are left out."""
    wanted = [term.words for term in terms if len(term.words) > 1 or term.words[0] not in stop_words("en")]
    if not wanted:
        return []
    search = folded(text)
    if len(search) != len(text):
        return []
    places = list[tuple[int, int]]()
    for words in wanted[:_MOST_OF_THE_MODEL]:
        found = _pattern(words).search(search)
        if found:
            places.append(found.span())
    return places


@lru_cache(maxsize=20_000)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """The words one after the other in one sentence, each whole."""
    return re.compile(r"(?<![\w'])" + r"[^\w.!?;]+".join(map(re.escape, words)) + r"(?![\w'])")
