"""Which words, and pairs of neighbouring words, of a fitted vocabulary stand in texts: what scikit-learn's
``CountVectorizer`` counts too, in a fraction of its time.

It looks up each term of each text as a string. Here a word is looked up once, as long as it is remembered, and pairs
are numbers that numpy looks up all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped]

UNKNOWN = -1
_WORDS_REMEMBERED = 100_000

Found = TypeVar("Found")


class ByWord(dict[str, Found]):
    """What a function makes of a word, worked out when it is first asked for. It forgets all when it holds too much:
    people's misspellings have no end.
    """

    def __init__(self, work_out: Callable[[str], Found]) -> None:
        self._work_out = work_out

    def __missing__(self, word: str) -> Found:
        if len(self) >= _WORDS_REMEMBERED:
            self.clear()
        found = self[word] = self._work_out(word)
        return found


class KnownTerms:
    """``columns`` has the column of each term: a word, or two with a space between them."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._width = max(columns.values(), default=-1) + 1
        self._numbers: dict[str, int] = {}
        for term in columns:
            for word in term.split(" "):
                self._numbers.setdefault(word, len(self._numbers))
        self._alone = np.full(len(self._numbers) + 1, UNKNOWN, dtype=np.int64)  # the last is that of UNKNOWN
        pairs = list[tuple[int, int]]()
        for term, column in columns.items():
            first, *second = term.split(" ")
            if second:
                pairs.append((self._numbers[first] * len(self._numbers) + self._numbers[second[0]], column))
            else:
                self._alone[self._numbers[first]] = column
        ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        self._pairs, self._of_pairs = ordered[:, 0], ordered[:, 1]

    def number(self, word: str) -> int:
        """By which number a word goes, UNKNOWN for one that is in no term."""
        return self._numbers.get(word, UNKNOWN)

    def counts(self, texts: Sequence[Sequence[int]]) -> sp.csr_matrix:
        """A row a text, a column a term: how often it has it. A text is the numbers of its words in order."""
        owners, words = _laid_out(texts)
        beside = np.flatnonzero((owners[1:] == owners[:-1]) & (words[1:] != UNKNOWN) & (words[:-1] != UNKNOWN))
        codes = words[beside] * len(self._numbers) + words[beside + 1]
        places = np.searchsorted(self._pairs, codes)
        known = places < len(self._pairs)
        known[known] = self._pairs[places[known]] == codes[known]
        alone = self._alone[words]
        return counted(
            np.concatenate([owners[alone != UNKNOWN], owners[beside[known]]]),
            np.concatenate([alone[alone != UNKNOWN], self._of_pairs[places[known]]]),
            (len(texts), self._width),
        )


class PartsOfWords:
    """Runs of letters within words, the space before and after a word among them (scikit-learn's ``char_wb``)."""

    def __init__(self, columns: Mapping[str, int], shortest: int, longest: int) -> None:
        self._columns = columns
        self._lengths = range(shortest, longest + 1)
        self._of_word = ByWord(self._worked_out)

    def counts(self, texts: Iterable[str]) -> sp.csr_matrix:
        """A row a text, a column a part: how often it has it."""
        found = [list(chain.from_iterable(map(self._of_word.__getitem__, text.split()))) for text in texts]
        return counted(*_laid_out(found), (len(found), len(self._columns)))

    def _worked_out(self, word: str) -> tuple[int, ...]:
        padded = f" {word} "
        parts = (
            padded[start : start + length] for length in self._lengths for start in range(len(padded) - length + 1)
        )
        return tuple(self._columns[part] for part in parts if part in self._columns)


def counted(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> sp.csr_matrix:
    """How often each column was met in each row."""
    counts = sp.csr_matrix((np.ones(len(rows), dtype=np.float64), (rows, columns)), shape)
    counts.sort_indices()
    return counts


def _laid_out(texts: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The text of each number, and the numbers of all texts one after the other."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    numbers = np.fromiter(chain.from_iterable(texts), dtype=np.int64, count=int(lengths.sum()))
    return np.repeat(np.arange(len(texts)), lengths), numbers
