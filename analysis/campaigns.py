"""Campaigns: texts that many sent nearly word for word, counted once and shown as what they are.

Texts are compared by their runs of three words through MinHash signatures (Broder, A. (1997), "On the resemblance and
containment of documents"), which are put in order so that texts alike stand beside each other. That takes 128 bytes a
text and a time that grows like sorting, so a million texts can be looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.near_duplicates import words_compared

FEWEST_WORDS = 8
"""Shorter texts ("very good, thank you") are ordinary answers that many people give, each for themselves."""

FEWEST_VOICES = 3
NEARLY_THE_SAME = 0.5
"""From this share of common runs on a text is a copy; whoever adds a sentence of their own to five keeps 0.8."""

_HASHES = 32
_IN_A_BAND = 2
_LONGEST_READ = 4_000  # characters
_WORDS_SHOWN = 5
_AT_ONCE = 1_000

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]

# Fixed numbers: the same texts give the same campaigns everywhere. Multiply and shift: Dietzfelbinger et al. (1997).
_CHANCE = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _CHANCE.integers(0, 1 << 64, size=_HASHES, dtype=np.uint64) | np.uint64(1)
_ADDED = _CHANCE.integers(0, 1 << 64, size=_HASHES, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Copies of one text. ``rows`` are labels of the comments' index in their order, so the first came first.

    ``text`` is the first copy's; ``wordings`` counts the different ones. ``added`` and ``left_out`` are the words that
    most copies add to the first or leave out of it.
    """

    rows: tuple[Hashable, ...]
    text: str
    wordings: int
    added: tuple[str, ...]
    left_out: tuple[str, ...]


def find_campaigns(comments: pd.DataFrame, *, text: str) -> tuple[Campaign, ...]:
    """The campaigns among ``comments``, the largest first; ``text`` names the column of their words.

    A campaign is one text of eight words or more that three voices or more sent, word for word or nearly. Raises
    KeyError when the column is not there.
    """
    texts = ["" if pd.isna(cell) else str(cell) for cell in comments[text].tolist()]
    copies = Copies()
    copies.add(texts)
    rows = comments.index.tolist()
    members: dict[int, list[int]] = {}
    for place, number in enumerate(copies.campaign_of_each().tolist()):
        if number >= 0:
            members.setdefault(number, []).append(place)
    found = [described([rows[p] for p in places], [texts[p] for p in places]) for places in members.values()]
    return tuple(sorted(found, key=lambda campaign: -len(campaign.rows)))


def described(rows: Sequence[Hashable], texts: Sequence[str]) -> Campaign:
    """A campaign from its rows and their texts."""
    first = set(words_compared(texts[0]))
    wordings = Counter(map(words_compared, texts))
    added: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for words, copies in wordings.items():
        said = set(words)
        added.update(dict.fromkeys(said - first, copies))
        left_out.update(dict.fromkeys(first - said, copies))
    return Campaign(tuple(rows), texts[0], len(wordings), _commonest(added), _commonest(left_out))


class Copies:
    """Looks for copies among texts that are handed over piece by piece and are not kept."""

    def __init__(self) -> None:
        self._signatures: list[Signatures] = []
        self._said: list[Hashes] = []
        self._words: list[npt.NDArray[np.int32]] = []

    def add(self, texts: Sequence[str]) -> None:
        for start in range(0, len(texts), _AT_ONCE):
            words = [words_compared(text[:_LONGEST_READ]) for text in texts[start : start + _AT_ONCE]]
            self._words.append(np.array([len(each) for each in words], dtype=np.int32))
            self._said.append(np.array([_hash(" ".join(each)) for each in words], dtype=np.uint64))
            self._signatures.append(_signatures(words))

    @property
    def same_text(self) -> int:
        """How many texts were, word for word, the same as one before; short ones count too, empty ones do not."""
        if not self._said:
            return 0
        said = np.concatenate(self._said)[np.concatenate(self._words) > 0]
        return len(said) - len(np.unique(said))

    def campaign_of_each(self) -> npt.NDArray[np.int32]:
        """For each text in order the number of its campaign, or -1. Campaigns are numbered by their first copy."""
        if not self._signatures:
            return np.zeros(0, dtype=np.int32)
        signatures = np.concatenate(self._signatures)
        words, said = np.concatenate(self._words), np.concatenate(self._said)
        places = np.flatnonzero(words >= FEWEST_WORDS)
        _, first, wording = np.unique(said[places], return_index=True, return_inverse=True)
        first_of_wording = first[wording]  # among `places`
        wordings = np.unique(first)
        root = np.arange(len(wordings))
        looked_at = signatures[places[wordings]]
        for start in range(0, _HASHES, _IN_A_BAND):
            _join(looked_at, start, root)
        group = _followed(root)[np.searchsorted(wordings, first_of_wording)]
        _, its_group, sizes = np.unique(group, return_inverse=True, return_counts=True)
        enough = sizes >= FEWEST_VOICES
        numbers = np.where(enough, np.cumsum(enough) - 1, -1)
        result = np.full(len(signatures), -1, dtype=np.int32)
        result[places] = numbers[its_group]
        return result


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _signatures(texts: Sequence[tuple[str, ...]]) -> Signatures:
    """For each text the smallest of its runs of three words in each of 32 orders; zeros when it is too short."""
    result = np.zeros((len(texts), _HASHES), dtype=np.uint32)
    long_enough = [place for place, words in enumerate(texts) if len(words) >= FEWEST_WORDS]
    if not long_enough:
        return result
    runs = [
        crc32(" ".join(run).encode("utf-8", "surrogatepass"))
        for place in long_enough
        for run in zip(texts[place], texts[place][1:], texts[place][2:], strict=False)
    ]
    lengths = [len(texts[place]) - 2 for place in long_enough]
    starts = np.cumsum([0, *lengths[:-1]])
    hashes = np.array(runs, dtype=np.uint64)
    for order in range(_HASHES):
        mixed = (hashes * _FACTORS[order] + _ADDED[order]) >> np.uint64(32)
        result[long_enough, order] = np.minimum.reduceat(mixed, starts)
    return result


def _join(signatures: Signatures, start: int, root: npt.NDArray[np.int64]) -> None:
    """Joins texts whose signatures agree in this band and in enough of the rest.

    The band after it orders those that agree, so that copies become neighbours.
    """
    band, after = (
        signatures[:, column].astype(np.uint64) << np.uint64(32) | signatures[:, column + 1]
        for column in (start, (start + _IN_A_BAND) % _HASHES)
    )
    order = np.lexsort((after, band))
    places = np.flatnonzero(band[order[1:]] == band[order[:-1]])
    agree = (signatures[order[places]] == signatures[order[places + 1]]).mean(axis=1)
    for place in places[agree >= NEARLY_THE_SAME].tolist():
        _unite(root, int(order[place]), int(order[place + 1]))


def _unite(root: npt.NDArray[np.int64], one: int, other: int) -> None:
    first, second = sorted((_root(root, one), _root(root, other)))
    root[second] = first


def _root(root: npt.NDArray[np.int64], place: int) -> int:
    while root[place] != place:
        root[place] = root[root[place]]
        place = int(root[place])
    return place


def _followed(root: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    while not np.array_equal(root, root[root]):
        root = root[root]
    return root


def _commonest(words: Counter[str]) -> tuple[str, ...]:
    return tuple(word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_WORDS_SHOWN])
