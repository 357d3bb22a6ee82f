"""Texts that say the same: word for word but for case, accents and punctuation, or nearly so.

Two texts are compared by their runs of three words (shingles): the share of runs that both have among those that
either has, the Jaccard index. A. Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from analysis.tokens import folded

AT_LEAST = 0.4
"""From here on two texts are shown beside each other. A word changed in the middle of ten leaves 0.45 of the runs, one
at either end 0.78; two people who have the same wish and say it in their own words stay below 0.2."""

FEWEST_WORDS = 4
"""Shorter texts ("nothing", "more help please") are said alike by many people, and mean nothing by it."""

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


def _words(text: str) -> tuple[str, ...]:
    # Plainer than `analysis.tokens.word_texts`, and a third of its time: what counts is that both sides are cut alike.
    return tuple(folded(text).translate(_NO_LETTERS).split())


def _runs(words: tuple[str, ...]) -> Iterable[Run]:
    return zip(words, words[1:], words[2:], strict=False)


class Comparison(Generic[Id]):
    """New texts, by id, to compare what is known with. ``found`` has the most alike known text of each new one.

    What is known is handed to :meth:`look_at` piece by piece, so that all of it need never be in memory at once.
    """

    def __init__(self, new: Mapping[Id, str]) -> None:
        said = {id: _words(text) for id, text in new.items()}
        self._new = {id: _Sketch(s, frozenset(_runs(s))) for id, s in said.items() if len(s) >= FEWEST_WORDS}
        self._with_run: dict[Run, list[Id]] = defaultdict(list)
        for id, sketch in self._new.items():
            for run in sketch.runs:
                self._with_run[run].append(id)
        self.found: dict[Id, Likeness[Id]] = {}

    def look_at(self, known: Iterable[tuple[Id, str]]) -> None:
        wanted = self._with_run.keys()
        for id, text in known:
            words = _words(text)
            # Nearly every text ends here, so this decides how long it takes.
            if not wanted.isdisjoint(_runs(words)):
                self._compare(id, _Sketch(words, frozenset(_runs(words))), self._new)

    def look_among_themselves(self) -> None:
        """Compares each new text with those that came before it."""
        after = dict(self._new)
        for id, sketch in self._new.items():
            del after[id]
            self._compare(id, sketch, after)

    def _compare(self, id: Id, sketch: _Sketch, new: Mapping[Id, _Sketch]) -> None:
        shared = Counter(each for run in sketch.runs for each in self._with_run.get(run, ()) if each in new)
        for each, runs in shared.items():
            other = new[each]
            share = 1.0 if other.words == sketch.words else min(runs / len(sketch.runs | other.runs), 0.99)
            if share >= AT_LEAST and (each not in self.found or share > self.found[each].share):
                self.found[each] = Likeness(id, share)
