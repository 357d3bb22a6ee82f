"""Learning from people's decisions: a linear model of the workspace's own, refitted whenever it is needed.

What is known without decisions goes in as evidence, so that a few decisions help a little and do no harm, and many
decide. Confidence and bars come from predictions that leave out the comment they are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp  # type: ignore[import-untyped]
from scipy.special import expit  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from analysis.code_frame import CodeFrame
from analysis.embeddings import Meanings, Vectors
from analysis.theming.deciding import Bars, best_bars
from analysis.theming.evidence import KINDS
from analysis.theming.judge import evidence_for, experience
from analysis.theming.passages import Passages, read_passages
from analysis.theming.reading import read
from analysis.theming.ridge import DualRidge, fit_dual, product
from analysis.theming.wording import Wording
from analysis.tokens import folded

FEWEST = 10
_MOST = 5_000  # of the decisions; the sums grow with their square
_PENALTY = 2.0
_LETTERS, _MEANT, _EVIDENCE, _NAMED = 0.85, 4.0, 0.1, 0.2
_NARROW = 2.0
_LETTERS_READ = 5_000
_SAME_QUESTION, _SAME_KIND = 0.4, 0.2
_HALF_LEARNED = 25
_EACH = 0.5  # how freely a theme's constant differs from the common one
_NEARLY_NOTHING = 1e-6
_KEYWORD = KINDS.index("named")


@dataclass(frozen=True, slots=True)
class Untaught:
    """Comments, what each was asked, and what is known of them without decisions."""

    passages: Passages
    questions: Sequence[str]
    leaning: npt.NDArray[np.float64]
    evidence: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Learned:
    """What decisions taught; used by ``Suggester``. ``unknown`` counts labels that the frame does not know."""

    code_frame: CodeFrame
    decisions: int
    unknown: tuple[tuple[str, int], ...]
    bars: Bars
    features: Features
    model: DualRidge
    shares: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    constants: npt.NDArray[np.float64]

    def likely(self, comments: Untaught) -> npt.NDArray[np.float64]:
        """How likely each theme holds."""
        return self.judged(self.model.scores(self.features.kernel(comments)), comments)

    def judged(self, scores: npt.NDArray[np.float64], comments: Untaught) -> npt.NDArray[np.float64]:
        learned = _stacked(scores, comments, self.shares) @ self.weights + self.constants
        trusted = self.decisions / (self.decisions + _HALF_LEARNED)
        likely: npt.NDArray[np.float64] = expit(trusted * learned + (1 - trusted) * comments.leaning)
        return likely


class Features:
    """What makes two comments alike for the workspace: the same words and parts of words, the same meaning, the same
    evidence without decisions; more so where the same was asked, since "nothing" answers each question otherwise.
    """

    def __init__(self, comments: Untaught) -> None:
        passages, questions = comments.passages, comments.questions
        self._wording = Wording(passages.texts)
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
        try:
            self._letters.fit([folded(text[:_LETTERS_READ]) for text in passages.texts])
        except ValueError:  # no part of a word is there twice
            self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit(["nothing"])
        self._questions: dict[str, int] = {}
        for question in questions:
            self._questions.setdefault(folded(question).strip(), len(self._questions))
        self._of_fit = self._read(comments)

    def kernel(self, comments: Untaught) -> npt.NDArray[np.float64]:
        """How alike comments (rows) and those of the fit (columns) are."""
        return self._alike(self._read(comments))

    def kernel_of_fit(self) -> npt.NDArray[np.float64]:
        return self._alike(self._of_fit)

    def _alike(self, these: _Read) -> npt.NDArray[np.float64]:
        those = self._of_fit
        alike = product(these.words, those.words) + product(these.evidence, those.evidence)
        if these.meant.shape[1]:
            # the Gaussian kernel on vectors of length 1
            alike += _MEANT * np.exp(_NARROW * (product(these.meant, those.meant) - 1))
        same = these.asked[:, None] == those.asked[None, :]
        alike *= 1 + _SAME_QUESTION * same + _SAME_KIND * product(these.kind, those.kind)
        return alike

    def _read(self, comments: Untaught) -> _Read:
        passages, questions = comments.passages, comments.questions
        counts = passages.whole(self._wording.counts([said for said, _ in passages.sentences]))
        letters = self._letters.transform([folded(text[:_LETTERS_READ]) for text in passages.texts]) * _LETTERS
        return _Read(
            words=sp.hstack([self._wording.weighed(counts), letters]).tocsr(),
            meant=passages.meant,
            evidence=np.hstack(
                [np.clip(comments.leaning, -6, 4) * _EVIDENCE, comments.evidence[..., _KEYWORD] * _NAMED]
            ),
            asked=np.array([self._questions.get(folded(question).strip(), -1) for question in questions]),
            kind=passages.asked,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    words: sp.csr_matrix
    meant: Vectors
    evidence: npt.NDArray[np.float64]
    asked: npt.NDArray[np.int64]
    kind: npt.NDArray[np.float32]


def learn(
    comments: pd.DataFrame,
    labels: pd.Series[str],
    code_frame: CodeFrame,
    *,
    text: str,
    question: str | None = None,
    lang: str | None = None,
    meanings: Meanings | None = None,
) -> Learned | None:
    """What people's decisions teach: ``labels`` has a row for each row of ``comments``, the ids (or names) of the
    themes joined by ``;``, nothing where a person found that none fits.

    Rows that cannot be read are left out. None where fewer than FEWEST are left or no theme of the frame is among
    them. Of more than 5,000 the last count. The same decisions give the same result.
    """
    readable = read(comments, text=text, question=question, lang=lang)
    place = _places(code_frame)
    unknown: Counter[str] = Counter()
    rows, held = list[int](), list[list[int]]()
    for row, (said, cell) in enumerate(zip(readable.english, labels.tolist(), strict=True)):
        names = [] if pd.isna(cell) else [name.strip() for name in str(cell).split(";") if name.strip()]
        unknown.update(name for name in names if folded(name) not in place)
        known = [place[folded(name)] for name in names if folded(name) in place]
        if said and (known or not names):
            rows.append(row)
            held.append(known)
    rows, held = rows[-_MOST:], held[-_MOST:]
    decided = np.zeros((len(rows), len(code_frame.themes)), dtype=np.bool_)
    for number, themes in enumerate(held):
        decided[number, themes] = True
    if len(rows) < FEWEST or not decided.any():
        return None
    questions = [readable.questions[row] for row in rows]
    knowledge, judge = experience(meanings)
    passages = read_passages([readable.english[row] for row in rows], questions, knowledge.meanings)
    evidence = evidence_for(code_frame, meanings).of(passages)
    comments_read = Untaught(passages, questions, judge.leaning(evidence), evidence)
    return _fitted(code_frame, decided, comments_read, unknown)


def _fitted(
    code_frame: CodeFrame, decided: npt.NDArray[np.bool_], comments: Untaught, unknown: Counter[str]
) -> Learned:
    features = Features(comments)
    model = fit_dual(features.kernel_of_fit(), decided, _PENALTY)
    shares = np.clip(decided.mean(axis=0), 1 / len(decided), 1 - 1 / len(decided))
    weights, constants = _calibrated(_stacked(model.left_out, comments, shares), decided)
    learned = Learned(
        code_frame,
        len(decided),
        tuple(sorted(unknown.items())),
        Bars(np.full(decided.shape[1], 0.4), 0.3),
        features,
        model,
        shares,
        weights,
        constants,
    )
    return replace(learned, bars=best_bars(learned.judged(model.left_out, comments), decided))


def _stacked(
    scores: npt.NDArray[np.float64], comments: Untaught, shares: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Comments × themes × what the final judgement looks at: the theme by itself, beside the others, and in a comment
    of this length, since whoever writes more speaks of more.
    """
    leaning = comments.leaning
    share = scores * np.sqrt(shares * (1 - shares)) + shares
    bounded = np.clip(share, 0.005, 0.995)
    odds = np.log(bounded / (1 - bounded))
    length = np.log1p([len(text.split()) for text in comments.passages.texts])[:, None] * np.ones_like(share)
    return np.stack(
        [
            share,
            odds,
            leaning,
            np.maximum(0, share - share.max(axis=1, keepdims=True) + 0.2),
            leaning - leaning.max(axis=1, keepdims=True),
            np.maximum(0, share).sum(axis=1, keepdims=True) * np.ones_like(share),
            length,
            odds * length,
        ],
        axis=-1,
    )


def _calibrated(
    stacked: npt.NDArray[np.float64], decided: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Weights for all themes together, and a constant for each that is drawn to the common one where it is rare."""
    rows, themes, kinds = stacked.shape
    flat = stacked.reshape(-1, kinds)
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + _NEARLY_NOTHING
    each = np.tile(np.eye(themes) * _EACH, (rows, 1))
    features = np.hstack([(flat - mean) / spread, each])
    model = LogisticRegression(C=1.0, max_iter=300, tol=1e-3).fit(features, decided.ravel())
    weights = model.coef_[0][:kinds] / spread
    return weights, model.intercept_[0] - weights @ mean + _EACH * model.coef_[0][kinds:]


def _places(code_frame: CodeFrame) -> dict[str, int]:
    names = {folded(theme.theme): place for place, theme in enumerate(code_frame.themes)}
    return names | {folded(theme.theme_id): place for place, theme in enumerate(code_frame.themes)}
