"""Comments taken apart for theming: their sentences, what those mean, and what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped]

from analysis.asking import Asks, what_is_asked
from analysis.embeddings import SIZE, Meanings, Vectors
from analysis.sentences import Sentence, sentences_of

_ASKS = list(Asks)
_SENTENCES_READ = 40  # of one comment; a longer one is a report, and its beginning says what it is about
_LETTERS_READ = 600  # of one sentence
_NEARLY_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Passages:
    """``sentences`` of all texts in order; ``first`` has the place of each text's first one, ``owner`` the text of
    each. ``meant`` and ``meant_parts`` are vectors of texts and sentences, without columns where there is no model.
    """

    texts: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    owner: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    meant: Vectors
    meant_parts: Vectors
    asked: npt.NDArray[np.float32]
    asked_meant: Vectors

    def strongest(self, of_parts: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """For each text the largest value among its sentences, column by column."""
        return np.maximum.reduceat(of_parts, self.first, axis=0) if len(self.first) else of_parts[:0]

    def whole(self, of_parts: sp.csr_matrix) -> sp.csr_matrix:
        """For each text the sum of the rows of its sentences."""
        count = len(self.owner)
        joined = sp.csr_matrix((np.ones(count, np.float32), (self.owner, np.arange(count))), (len(self.texts), count))
        return (joined @ of_parts).tocsr()


def read_passages(
    texts: Sequence[str],
    questions: Sequence[str],
    meanings: Meanings | None,
    progress: Callable[[int], None] | None = None,
) -> Passages:
    """``texts`` are normalised. A text's vector is the mean of its sentences' vectors, longer ones weighing more."""
    sentences, owner, first = list[Sentence](), list[int](), list[int]()
    for row, text in enumerate(texts):
        first.append(len(sentences))
        found = [Sentence(said[:_LETTERS_READ], start) for said, start in sentences_of(text)[:_SENTENCES_READ]]
        sentences += found or [Sentence("", 0)]
        owner += [row] * (len(sentences) - first[-1])
    starts = np.array(first, dtype=np.int64)
    parts = meant([said for said, _ in sentences], meanings, progress)
    lengths = np.sqrt([len(said.split()) + 1 for said, _ in sentences]).astype(np.float32)
    whole = np.add.reduceat(parts * lengths[:, None], starts, axis=0) if texts else parts
    whole = whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), _NEARLY_NOTHING)
    different = list(dict.fromkeys(questions))
    place = {question: number for number, question in enumerate(different)}
    asked = np.zeros((len(texts), len(_ASKS)), dtype=np.float32)
    for row, question in enumerate(questions):
        asked[row, _ASKS.index(what_is_asked(question))] = 1
    return Passages(
        texts=tuple(texts),
        sentences=tuple(sentences),
        owner=np.array(owner, dtype=np.int64),
        first=starts,
        meant=whole,
        meant_parts=parts,
        asked=asked,
        asked_meant=meant(different, meanings)[[place[question] for question in questions]],
    )


def asked_of(asked: npt.NDArray[np.float32]) -> Asks:
    """The kind of question of a row of ``Passages.asked``."""
    return _ASKS[int(asked.argmax())]


def meant(texts: Sequence[str], meanings: Meanings | None, progress: Callable[[int], None] | None = None) -> Vectors:
    """The vectors of ``texts``, each different one worked out once; no columns where there is no model."""
    if meanings is None or not texts:
        return np.zeros((len(texts), 0 if meanings is None else SIZE), dtype=np.float32)
    different = list(dict.fromkeys(texts))
    place = {text: number for number, text in enumerate(different)}
    return meanings.vectors(different, progress)[[place[text] for text in texts]]
