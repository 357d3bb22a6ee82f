"""What a question is about, as concepts that different words share, and which way round it is put."""

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.questions.differences import stem
from analysis.questions.periods import without_periods
from analysis.questions.plain_wording import plain_wording
from analysis.tokens import word_texts
from analysis.word_lists import rows_of

_CONDITIONS = re.compile(
    r"(?:^|,|\b)\s*(?:if|when|whenever|because|in case|unless|so that) [^,?.]*"
    r"|\b(?:what|how) (?:your child|my child|they|he|she|you|i) (?:finds?|struggles? with)[^,?.]*"
    r"|\bwith (?:a|an|any|your|the) (?:problem|worry|concern|difficulty)\b"
    r"|\b(?:deal\w*|dealt|respon\w+|tackl\w+|handl\w+) (?:with |to )?(?:my |your |any )?\w+"
    r"|\bor not\b|\bor (?:less|fewer|more)\b|\bwithout (?=(?:your|my|their|a|an|any) ?(?:parents?|adults?|one)\b)"
)
_NOT = re.compile(r"n't\b|\b(?:yet|failed|far|anything but) (?=to\b|from\b)|\bno longer\b|\banything but\b")
_MORE_OR_LESS = frozenset(("more", "increase"))
"""Of what is bad, less is good."""


@dataclass(frozen=True, slots=True)
class Meant:
    """`topics` (school, plan) and `predicates` (know, listen); `words` are stems that belong to no concept.

    `turned` is true when it is put the other way round; `negative` are the words that turn it.
    """

    topics: frozenset[str]
    predicates: frozenset[str]
    words: frozenset[str]
    turned: bool
    negative: frozenset[str]

    @property
    def everything(self) -> frozenset[str]:
        return self.topics | self.predicates | self.words


@lru_cache(maxsize=8192)
def meant(question: str) -> Meant:
    text = without_periods(plain_wording(question))
    concepts, words, _, _ = _read(text)
    bare = _CONDITIONS.sub(" ", text)
    _, _, sides, negators = _read(bare if len(bare.split()) > 2 else text)
    both = {concept for concept, against in sides if (concept, not against) in sides}
    against = {concept for concept, negative in sides if negative and concept not in both}
    # Several such words mostly say one thing ("bored, with nothing to do"); each "not" or "less" turns it round again.
    turned = bool(against - _MORE_OR_LESS) != ((len(negators) + len(against & _MORE_OR_LESS)) % 2 == 1)
    said = _predicates()
    return Meant(concepts - said, concepts & said, words, turned, frozenset(negators) | against)


def alike(first: Meant, second: Meant) -> float:
    """The share of concepts and other words that two questions have in common (Dice)."""
    return dice(first.everything, second.everything)


def dice(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """What two sets share, over their mean size; 0 for two empty ones."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def _read(text: str) -> tuple[frozenset[str], frozenset[str], set[tuple[str, bool]], list[str]]:
    said = word_texts(_NOT.sub(" not ", text.replace("can't", "cannot").replace("won't", "will not")))
    spelt = [stem(word) for word in said]
    concepts, words = set[str](), set[str]()
    sides, negators = set[tuple[str, bool]](), list[str]()
    phrases, longest = _phrases()
    place = 0
    while place < len(spelt):
        for length in range(min(longest, len(spelt) - place), 0, -1):
            found = phrases.get(tuple(spelt[place : place + length]))
            if found:
                for concept, against, has_opposite in found:
                    concepts.add(concept)
                    if has_opposite:
                        sides.add((concept, against))
                place += length
                break
        else:
            word = spelt[place]
            if word in _listed("negator"):
                negators.append(word)
            elif word not in _listed("everyday") and len(word) > 1:
                words.add(word)
                if said[place] in _bad_words():
                    sides.add(("bad", True))
            place += 1
    return frozenset(concepts), frozenset(words), sides, negators


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[tuple[str, ...], list[tuple[str, bool, bool]]], int]:
    """Stemmed phrases with their concepts; whether they are the other side of it; whether it has another side."""
    found: dict[tuple[str, ...], list[tuple[str, bool, bool]]] = {}
    for row in rows_of("question_concepts"):
        for column in ("for", "against"):
            for phrase in filter(None, row[column].split(";")):
                key = tuple(stem(word) for word in word_texts(phrase.strip()))
                found.setdefault(key, []).append((row["concept"], column == "against", bool(row["against"])))
    return found, max(map(len, found))


@lru_cache(maxsize=2)
def _listed(kind: str) -> frozenset[str]:
    """The words of `lists/question_words.csv` that are a "negator", or an "everyday" word, which says nothing alone."""
    return frozenset(row["word"] for row in rows_of("question_words") if row["kind"] == kind)


@lru_cache(maxsize=1)
def _predicates() -> frozenset[str]:
    return frozenset(row["concept"] for row in rows_of("question_concepts") if row["kind"] == "predicate")


@lru_cache(maxsize=1)
def _bad_words() -> frozenset[str]:
    """Words that most people find bad, by the lexicon of VADER (Hutto, C.J. and Gilbert, E. (2014))."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

    return frozenset(word for word, value in SentimentIntensityAnalyzer().lexicon.items() if value <= _BAD)


_BAD = -1.4
