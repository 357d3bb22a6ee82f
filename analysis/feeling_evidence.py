"""What in a comment speaks of feeling: our phrases, and what two general lexicons make of the words that none of our
phrases explains.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from analysis.asking import Asks
from analysis.feeling_phrases import FeelingPhrases, Phrase
from analysis.general_feeling import textblob_polarity, vader_compound, valence_of, words_with_feeling
from analysis.tokens import folded, spans_of_words, word_texts

_MOST_A_SIDE_COUNTS = 4.0
_GRIEVANCE_AGAINST_PRAISE = 0.8
_WISH = 1.5
_MOST_WISHES_COUNTED = 2
_QUESTION_LEANS = 1.5
_WISHES_WEIGH = {Asks.FAULTS: 1.0, Asks.WISHES: 0.0, Asks.GOOD: 0.0}
_WISHES_WEIGH_ELSEWHERE = 0.6
_TURNS = frozenset(("but", "however", "although", "though", "tho", "except", "unfortunately", "yet", "otherwise"))
_NEGATIONS = frozenset(("not", "no", "never", "wasn't", "weren't", "isn't", "aren't", "hardly"))
_ENDS_CLAUSE = frozenset(
    ("but", "however", "although", "though", "except", "unfortunately", "yet", "whereas", "just", "only", "shame")
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a comment that speak of feeling, as they were written, and how much: above 0 praise, below a
    grievance. `start` is the place of the first in the text.
    """

    words: str
    kind: str
    weight: float
    start: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The signals of one comment. `praise` and `grievance` are sums of weights; `vader` and `textblob` run from -1
    to 1; `turns` says that a "but" or the like turns from one thing to another.
    """

    praise: float
    grievance: float
    wishes: int
    vader: float
    textblob: float
    both_sides_in_clauses_apart: bool
    turns: bool
    said: tuple[Said, ...]

    def balance(self, asks: Asks) -> float:
        """Above 0 for praise, below for a grievance; the question leans on what is said.

        Set by hand on round numbers; the small model has the last word (`analysis.feeling_model`).
        """
        wishes = min(self.wishes, _MOST_WISHES_COUNTED) * _WISHES_WEIGH.get(asks, _WISHES_WEIGH_ELSEWHERE)
        lean = {Asks.GOOD: _QUESTION_LEANS, Asks.HARD: -_QUESTION_LEANS}.get(asks, 0.0)
        return (
            _levelled(self.praise)
            - _GRIEVANCE_AGAINST_PRAISE * _levelled(self.grievance)
            + self.vader
            + self.textblob
            - _WISH * wishes
            + lean
        )


def evidence_of(text: str) -> Evidence:
    """What a normalised text says of feeling."""
    search = folded(text)
    places = spans_of_words(search)
    words = [search[start:end] for start, end in places]
    written = text if len(search) == len(text) else search
    weights = {"praise": 0.0, "grievance": 0.0, "wish": 0.0}
    said = list[Said]()
    unexplained, end, wishes = list[str](), 0, 0
    found = _phrases().among(words)
    for position, phrase in found:
        start, stop = places[position][0], places[position + len(phrase.words) - 1][1]
        weights[phrase.kind] += phrase.weight
        wishes += phrase.kind == "wish"
        sign = 1.0 if phrase.kind == "praise" else -1.0
        said.append(Said(" ".join(written[start:stop].split()), phrase.kind, sign * phrase.weight, start))
        unexplained.append(written[end:start])
        end = stop
        following = position + len(phrase.words)
        if words[following : following + 1] in (["or"], ["nor"]) and not _NEGATIONS.isdisjoint(phrase.words):
            unexplained.append("not")  # "not helpful or kind" denies both
    rest = " ".join([*unexplained, written[end:]])
    return Evidence(
        praise=weights["praise"],
        grievance=weights["grievance"],
        wishes=wishes,
        vader=vader_compound(rest),
        textblob=textblob_polarity(rest),
        both_sides_in_clauses_apart=_sides_apart(search, words, places, found),
        turns=not _TURNS.isdisjoint(words),
        said=(*said, *_said_by_lexicon(rest, written)),
    )


def _said_by_lexicon(rest: str, written: str) -> list[Said]:
    return [
        Said(word, "praise" if valence > 0 else "grievance", valence / 2, written.find(word))
        for word in words_with_feeling(word_texts(rest))
        if (valence := valence_of(word))
    ]


def _levelled(weight: float) -> float:
    """Ten complaints in a long comment say little more than five in a short one."""
    return _MOST_A_SIDE_COUNTS * math.tanh(weight / _MOST_A_SIDE_COUNTS)


def _sides_apart(search: str, words: list[str], places: list[tuple[int, int]], found: list[tuple[int, Phrase]]) -> bool:
    """Whether praise stands in a clause without a grievance, and a grievance in one without praise."""
    clauses: dict[str, set[int]] = {"praise": set(), "grievance": set(), "wish": set()}
    if not {"praise", "grievance"} <= {phrase.kind for _, phrase in found}:
        return False
    clause = begin = 0
    for position, phrase in found:
        clause += sum(_begins_clause(search, words, places, each) for each in range(begin, position + 1))
        clauses[phrase.kind].add(clause)
        begin = position + len(phrase.words)  # a phrase is never two clauses
    return bool(clauses["praise"] - clauses["grievance"] and clauses["grievance"] - clauses["praise"])


def _begins_clause(search: str, words: list[str], places: list[tuple[int, int]], position: int) -> bool:
    if words[position] in _ENDS_CLAUSE:
        return True
    if not position:
        return False
    before = search[places[position - 1][1] : places[position][0]]
    return before != " " and any(mark in before for mark in ".!?;\n")


@lru_cache(maxsize=1)
def _phrases() -> FeelingPhrases:
    return FeelingPhrases()
