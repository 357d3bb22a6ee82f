"""Texts that say the same: word for word but for case, accents and punctuation, or nearly so.

Two texts are compared by their runs of three words (shingles): the share of runs that both have among those that
either has, the Jaccard index. A. Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from analysis.tokens import folded

AT_LEAST = 0.4
"""From here on two texts are shown beside each other. A word changed in the middle of ten leaves 0.45 of the runs, one
at either end 0.78; two people who have the same wish and say it in their own words stay below 0.2."""

FEWEST_WORDS = 4
"""Shorter texts ("nothing", "more help please") are said alike by many people, and mean nothing by it."""

MANY_SHARE = 1000
"""A run of words that more texts share ("the staff were very") is not looked up: two texts that are nearly the same
share rarer ones as well."""

Id = TypeVar("Id")
Run = tuple[str, str, str]


class Likeness(NamedTuple, Generic[Id]):
    """``share`` is 1.0 for the same words, and at least ``AT_LEAST``."""

    known: Id
    share: float


class _Sketch(NamedTuple):
    words: tuple[str, ...]
    runs: frozenset[Run]


_NO_LETTERS = str.maketrans(
    {**dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~“”„«»…–—•·،؛؟۔।', " "), **dict.fromkeys("'’‘ʼ", None)}
)


def words_compared(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation."""
    # Plainer than `analysis.tokens.word_texts`, and a third of its time: what counts is that both sides are cut alike.
    return tuple(folded(text).translate(_NO_LETTERS).split())


def _runs(words: tuple[str, ...]) -> Iterable[Run]:
    return zip(words, words[1:], words[2:], strict=False)


class Comparison(Generic[Id]):
    """New texts, by id, to compare what is known with. ``found`` has the most alike known text of each new one.

    What is known is handed to :meth:`look_at` piece by piece, so that all of it need never be in memory at once. Texts
    that are the same are compared once, however many they are.
    """

    def __init__(self, new: Mapping[Id, str]) -> None:
        self._ids: dict[tuple[str, ...], list[Id]] = defaultdict(list)
        for id, text in new.items():
            words = words_compared(text)
            if len(words) >= FEWEST_WORDS:
                self._ids[words].append(id)
        self._new = [_Sketch(words, frozenset(_runs(words))) for words in self._ids]
        self._with_run: dict[Run, list[int]] = defaultdict(list)
        for number, sketch in enumerate(self._new):
            for run in sketch.runs:
                self._with_run[run].append(number)
        self.found: dict[Id, Likeness[Id]] = {}

    def look_at(self, known: Iterable[tuple[Id, str]]) -> None:
        wanted = self._with_run.keys()
        for id, text in known:
            words = words_compared(text)
            # Nearly every text ends here, so this decides how long it takes.
            if not wanted.isdisjoint(_runs(words)):
                self._compare(id, _Sketch(words, frozenset(_runs(words))), first=0)

    def look_among_themselves(self) -> None:
        """Compares each new text with those that came before it."""
        for number, sketch in enumerate(self._new):
            first, *same = self._ids[sketch.words]
            self._compare(first, sketch, first=number + 1)
            for id in same:
                self.found[id] = Likeness(first, 1.0)

    def _compare(self, id: Id, sketch: _Sketch, *, first: int) -> None:
        for number in self._candidates(sketch):
            if number < first:
                continue
            other = self._new[number]
            same = other.words == sketch.words
            share = 1.0 if same else min(len(sketch.runs & other.runs) / len(sketch.runs | other.runs), 0.99)
            if share >= AT_LEAST:
                for each in self._ids[other.words]:
                    if each not in self.found or share > self.found[each].share:
                        self.found[each] = Likeness(id, share)

    def _candidates(self, sketch: _Sketch) -> list[int]:
        """Those that share a run. A run that very many share tells nothing, unless there is no other."""
        shared = sorted((texts for run in sketch.runs if (texts := self._with_run.get(run))), key=len)
        telling = [texts for texts in shared if len(texts) <= MANY_SHARE] or shared[:1]
        return sorted({number for texts in telling for number in texts})
