"""The words of a sentence that tell what it is about, where no keyword does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped]

from analysis.code_frame import CodeFrame
from analysis.theming.wording import stem
from analysis.tokens import folded, words_of
from analysis.words import is_telling

if TYPE_CHECKING:
    from analysis.theming.knowledge import Knowledge, Likeness

_MOST = 3
_FEW = 2.0  # a word that few of our examples have is believed less
_OWN, _NEAR = 1.5, 1.0  # at most
_SPEAKS_LEAST = 0.25  # of what the most telling word of the sentence says


class Telling:
    """How much each word tells of each theme of a frame: the words of the theme itself, those of the concept that it is
    like, and those that stand in such of our examples as are near to the theme in meaning.
    """

    def __init__(
        self, code_frame: CodeFrame, knowledge: Knowledge, likeness: Likeness, concepts: list[int | None]
    ) -> None:
        self._knowledge = knowledge
        self._concepts = concepts
        self._own = [
            {stem(word) for word in folded(f"{theme.theme} {theme.description}").split()} for theme in code_frame.themes
        ]
        near = np.vstack([likeness.of_parts(passages) for passages in knowledge.passages])
        counts = sp.vstack(
            [knowledge.wording.counts([said for said, _ in passages.sentences]) for passages in knowledge.passages]
        ).tocsr()
        said = np.asarray(counts.sum(axis=0)).ravel()
        self._near: npt.NDArray[np.float32] = np.clip(
            (counts.T @ (near - near.mean(axis=0))) / (said + _FEW)[:, None], -_NEAR, _NEAR
        )

    def words(self, sentence: str, theme: int) -> tuple[str, ...]:
        """Up to three words as they are written, in their order; the longest where none tells anything."""
        words = words_of(sentence)
        if not words:
            return (sentence,)
        weighed = [
            (self._weight(stem(plain), theme) + 0.001 * len(plain), place)
            for place, word in enumerate(words)
            if is_telling(plain := folded(word.text))
        ]
        if not weighed:
            weighed = [(0.001 * len(word.text), place) for place, word in enumerate(words)]
        weighed.sort(reverse=True)
        least = _SPEAKS_LEAST * weighed[0][0]
        best = sorted(place for weight, place in weighed[:_MOST] if weight >= least)
        return tuple(dict.fromkeys(words[place].text for place in best))

    def _weight(self, known: str, theme: int) -> float:
        weight = _OWN if known in self._own[theme] else 0.0
        concept = self._concepts[theme]
        if concept is not None:
            weight += self._knowledge.weight_of(known, concept)
        place = self._knowledge.wording.place_of(known)
        return weight if place is None else weight + float(self._near[place, theme])
