"""All that speaks for each theme of a frame in each comment, as numbers that mean the same for any frame."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.asking import Asks
from analysis.cleaning import says_nothing
from analysis.code_frame import CodeFrame
from analysis.theming.examples import GENERAL_COMPLAINT, GENERAL_PRAISE
from analysis.theming.knowledge import Keywords, Knowledge, Likeness, Spoken
from analysis.theming.passages import Passages, asked_of
from analysis.theming.telling import Telling

Dense = npt.NDArray[np.float32]

KINDS = (
    "keywords",
    "named",
    "share of keywords",
    "like",
    "like, strongest sentence",
    "like, beside the other themes",
    "question",
    "concept",
    "concept, strongest sentence",
    "concept's keywords",
    "concept named",
    "concept like, strongest sentence",
    "link",
    "concept beside the other themes",
    "length",
    "themes named",
    "as a whole",
    "nothing said",
)
_NO_LINK, _WHOLE_LINK = 0.6, 1.1
_FAINTEST_LINK = 0.65
_STRONGEST = 1.2


class FrameEvidence:
    """Built once for a frame; ``hidden`` (a row a theme, a column a concept) keeps concepts from a theme, so that we
    can see how well the rest does without them.
    """

    def __init__(
        self,
        code_frame: CodeFrame,
        knowledge: Knowledge,
        hidden: npt.NDArray[np.bool_] | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        self._code_frame, self._knowledge = code_frame, knowledge
        self.keywords = Keywords(code_frame, [text for field in knowledge.fields for text in field.texts])
        self.likeness = likeness or Likeness(code_frame, knowledge)
        links = knowledge.links(code_frame, self.likeness.vectors)
        if hidden is not None:
            links = np.where(hidden, 0, links)
        weights = np.maximum(0, links - _FAINTEST_LINK) ** 2
        self._weights = (weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)).T
        self.linked = np.clip((links.max(axis=1) - _NO_LINK) / (_WHOLE_LINK - _NO_LINK), 0, _STRONGEST)

        self._closest = links.argmax(axis=1)
        closest = [knowledge.concepts.theme_ids[place] for place in self._closest]
        self._praise = np.array([concept == GENERAL_PRAISE for concept in closest]) & (self.linked > 0)
        self._complaint = np.array([concept == GENERAL_COMPLAINT for concept in closest]) & (self.linked > 0)

    @cached_property
    def telling(self) -> Telling:
        """The words that tell of each theme."""
        concepts = [
            int(closest) if linked > 0 else None for closest, linked in zip(self._closest, self.linked, strict=True)
        ]
        return Telling(self._code_frame, self._knowledge, self.likeness, concepts)

    def of(self, passages: Passages, spoken: Spoken | None = None) -> Dense:
        """Comments × themes × kinds of evidence. ``spoken`` is what the concepts say, when it is known already."""
        said = spoken or self._knowledge.speak(passages)
        weights, counts = self.keywords.found(passages.texts)
        named = (counts > 0).astype(np.float32)
        like, strongest = self.likeness.of(passages)
        concept = self._linked(said.whole)
        shape = np.ones_like(weights)
        length = np.log1p([len(text.split()) for text in passages.texts]).astype(np.float32)
        kinds = [
            weights,
            named,
            weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-6),
            like,
            strongest,
            strongest - strongest.max(axis=1, keepdims=True),
            self.likeness.of_question(passages),
            concept,
            self._linked(said.strongest),
            self._linked(said.keywords),
            self._linked(said.named),
            self._linked(said.like_strongest),
            shape * self.linked,
            concept - concept.max(axis=1, keepdims=True),
            shape * length[:, None],
            shape * np.log1p(named.sum(axis=1, keepdims=True)),
            shape * (self._praise | self._complaint),
            self._nothing_said(passages),
        ]
        return np.stack(kinds, axis=-1).astype(np.float32)

    def _nothing_said(self, passages: Passages) -> Dense:
        """1 for general praise where "nothing" answers what could be better, for complaint where it answers what was
        good.
        """
        said = np.zeros((len(passages.texts), len(self.linked)), dtype=np.float32)
        for row, text in enumerate(passages.texts):
            if says_nothing(text):
                asks = asked_of(passages.asked[row])
                if asks in (Asks.FAULTS, Asks.WISHES):
                    said[row] = self._praise
                elif asks is Asks.GOOD:
                    said[row] = self._complaint
        return said

    def _linked(self, of_concepts: Dense) -> Dense:
        """What the concepts say, heard as loudly as a theme is linked to them."""
        heard: Dense = (of_concepts @ self._weights) * self.linked
        return heard
