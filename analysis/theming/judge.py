"""How much the evidence weighs: learned once from our own examples, on frames that it is made to find unknown.

Each field's examples are read with a frame that has a few of its keywords, as an analyst's first draft has; with all
concepts known, with those of the field hidden, and with only the theme's own concept hidden. What is learned so
holds for a frame that nobody has seen.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import expit  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from analysis.code_frame import CodeFrame, Theme
from analysis.embeddings import Meanings
from analysis.theming.evidence import KINDS, FrameEvidence
from analysis.theming.knowledge import Knowledge, Likeness

_SEED = 2026
_DRAFTS = ((9, 0), (6, 1), (12, 2))
_BENDS = (0.75, 0.93)
_BENT = [
    number
    for number, kind in enumerate(KINDS)
    if kind not in ("named", "concept named", "link", "as a whole", "nothing said")
]
_TOGETHER = [
    (KINDS.index(one), KINDS.index(other))
    for one, other in (
        ("named", "like, strongest sentence"),
        ("named", "concept"),
        ("named", "link"),
        ("named", "length"),
        ("named", "themes named"),
        ("keywords", "link"),
        ("like, strongest sentence", "link"),
        ("like, beside the other themes", "link"),
        ("like, strongest sentence", "length"),
        ("concept", "length"),
        ("concept named", "concept"),
        ("concept", "like, strongest sentence"),
    )
]
# Whoever wrote our examples took care to avoid the obvious words; people do not, and an analyst chose the keywords.
_WORD_CHOSEN = 1.5
# A theme that is like nothing we have examples of is believed less where none of its keywords is said.
_UNKNOWN = 1.4
_WELL_LINKED = 1.1
_RIVALRY = 1.8  # the surer one theme is, the more another needs
_SOBER, _DOUBT = 0.7, 0.2  # other people's comments differ from ours more than ours from each other
_PART_SAID = 2.0  # praise of the whole is for what names no part of it
_NOTHING_SAID = 2.5
_NAMED, _LINK = KINDS.index("named"), KINDS.index("link")
_WHOLE, _NOTHING = KINDS.index("as a whole"), KINDS.index("nothing said")
_EVERY_OTHER = 3  # of what does not hold, one pair in so many is looked at, and weighs as many


class Judge:
    """Turns evidence into how likely a theme holds (0-1): logistic regression on the evidence, on how far it goes
    beyond what is usual and what is rare, and on some of it together.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        evidence, holds, weights = rehearsed(knowledge)
        self._bends = np.quantile(evidence, _BENDS, axis=0).astype(np.float32)
        shaped = self._shaped(evidence)
        self._mean = shaped.mean(axis=0)
        self._spread = shaped.std(axis=0) + np.float32(1e-6)
        model = LogisticRegression(C=0.02, max_iter=400, tol=1e-3).fit(
            (shaped - self._mean) / self._spread, holds, sample_weight=weights
        )
        self._weights = (model.coef_[0] / self._spread).astype(np.float32)
        self._constant = float(model.intercept_[0] - (self._weights * self._mean).sum())

    def leaning(self, evidence: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """``evidence`` is comments × themes × kinds; the result, comments × themes, is the logarithm of the odds."""
        leaning = (self._shaped(evidence) @ self._weights).astype(np.float64) + self._constant
        named = evidence[..., _NAMED]
        leaning += _WORD_CHOSEN * named
        leaning -= _UNKNOWN * (1 - named) * np.clip(_WELL_LINKED - evidence[..., _LINK], 0, 1)
        likely = expit(leaning)
        strongest = likely.max(axis=1, keepdims=True, initial=0)
        of_parts = np.where(evidence[..., _WHOLE] > 0, 0, likely).max(axis=1, keepdims=True, initial=0)
        leaning -= _PART_SAID * evidence[..., _WHOLE] * of_parts
        leaning += _NOTHING_SAID * evidence[..., _NOTHING]
        beside: npt.NDArray[np.float64] = _SOBER * (leaning - _RIVALRY * (strongest - likely)) - _DOUBT
        return beside

    def _shaped(self, evidence: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        bent = [np.maximum(0, evidence[..., _BENT] - bend[_BENT]) for bend in self._bends]
        together = [evidence[..., one] * evidence[..., other] for one, other in _TOGETHER]
        return np.concatenate([evidence, *bent, np.stack(together, axis=-1)], axis=-1)


def rehearsed(
    knowledge: Knowledge,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Evidence of our examples under drafts of frames, whether each theme holds, and how much each pair weighs."""
    count = len(knowledge.concepts.themes)
    evidence, holds = list[npt.NDArray[np.float32]](), list[npt.NDArray[np.bool_]]()
    weights = list[npt.NDArray[np.float64]]()
    begins = 0
    choose = np.random.default_rng(_SEED)
    for field, passages in zip(knowledge.fields, knowledge.passages, strict=True):
        themes = len(field.concepts.themes)
        own = np.zeros((themes, count), dtype=np.bool_)
        own[np.arange(themes), begins + np.arange(themes)] = True
        whole_field = np.zeros_like(own)
        whole_field[:, begins : begins + themes] = True
        begins += themes
        spoken = knowledge.speak(passages, field)
        likeness = Likeness(field.concepts, knowledge)
        for (keywords, seed), hidden in zip(_DRAFTS, (np.zeros_like(own), whole_field, own), strict=True):
            draft = _draft(field.concepts, keywords, seed)
            found = FrameEvidence(draft, knowledge, hidden, likeness).of(passages, spoken)
            chosen = field.labels | (choose.integers(_EVERY_OTHER, size=field.labels.shape) == 0)
            evidence.append(found[chosen])
            holds.append(field.labels[chosen])
            weights.append(np.where(holds[-1], 1.0, float(_EVERY_OTHER)) / field.labels.size)
    together = np.concatenate(weights)
    return np.concatenate(evidence), np.concatenate(holds), together / together.mean()


def experience(meanings: Meanings | None) -> tuple[Knowledge, Judge]:
    """The knowledge and the judge for a model of meanings, made once for each."""
    return _experience(_Same(meanings))


def evidence_for(code_frame: CodeFrame, meanings: Meanings | None) -> FrameEvidence:
    """What speaks for the themes of a frame, made once for each frame."""
    return _evidence_for(code_frame, _Same(meanings))


class _Same:
    """A model as the key of what is made once: the same only as itself."""

    def __init__(self, meanings: Meanings | None) -> None:
        self.meanings = meanings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.meanings is self.meanings

    def __hash__(self) -> int:
        return id(self.meanings)


@lru_cache(maxsize=2)
def _experience(same: _Same) -> tuple[Knowledge, Judge]:
    knowledge = Knowledge(same.meanings)
    return knowledge, Judge(knowledge)


@lru_cache(maxsize=8)
def _evidence_for(code_frame: CodeFrame, same: _Same) -> FrameEvidence:
    return FrameEvidence(code_frame, _experience(same)[0])


def _draft(code_frame: CodeFrame, keywords: int, seed: int) -> CodeFrame:
    choose = np.random.default_rng([_SEED, seed])
    themes = list[Theme]()
    for theme in code_frame.themes:
        english = [word for word in theme.keywords if word.isascii()]
        kept = sorted(choose.permutation(len(english))[:keywords])
        themes.append(Theme(theme.theme_id, theme.theme, theme.description, tuple(english[place] for place in kept)))
    return CodeFrame(tuple(themes))
