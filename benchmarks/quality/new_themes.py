"""New themes against labels that people gave: real comments (NHS) with exactly one label, those of the two that are
none (“Labelling not possible”, “Not assigned”) left out.

``new_themes`` gets all of them, in up to 40 groups; what joins no group is one group more. k-means on MiniLM's vectors
gets the same number of groups in the same run. Agreement: adjusted mutual information (Vinh, N.X., Epps, J. and Bailey,
J. (2010), JMLR 11), and purity, the share of comments that have their group's commonest label. The intervals are the
middle 95 % of 200 samples of the comments drawn with replacement, the groups staying as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.embeddings import Meanings, load_meanings
from analysis.new_themes import new_themes
from benchmarks.quality import Score
from voice.settings import ROOT

COMMENTS = ROOT.parent / "shared" / "data" / "nhs_fft" / "comments.csv"
MOST = 40
_NO_LABELS = {"", "Labelling not possible", "Not assigned"}
_SAMPLES = 200
_SEED = 2026

Groups = npt.NDArray[np.int64]


def evaluate(meanings: Meanings | None = None) -> list[Score]:
    """Nothing where the comments do not lie beside the checkout; ``meanings`` is the model unless another is given."""
    if not COMMENTS.is_file():
        return []
    with COMMENTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "|" not in row["labels"] and row["labels"] not in _NO_LABELS]
    comments = pd.DataFrame({"text": [row["text"] for row in rows]}, dtype="str")
    labels: Groups = pd.factorize(pd.Series([row["labels"] for row in rows]))[0].astype(np.int64)
    model = meanings or load_meanings()
    by_words = _groups(comments, None)
    scores = _scores("new themes, by words alone", labels, by_words)
    if model is not None:
        groups = _groups(comments, model)
        scores = _scores("new themes", labels, groups) + scores
        reference = _k_means(comments["text"].tolist(), model, len(set(groups.tolist())))
        scores += _scores("k-means on MiniLM, as many groups", labels, reference)
    return scores


def _groups(comments: pd.DataFrame, meanings: Meanings | None) -> Groups:
    groups = np.full(len(comments), -1, dtype=np.int64)
    for number, theme in enumerate(new_themes(comments, text="text", meanings=meanings, most=MOST).themes):
        groups[list(theme.rows)] = number  # type: ignore[call-overload]
    return groups


def _k_means(texts: list[str], model: Meanings, groups: int) -> Groups:
    from sklearn.cluster import KMeans  # type: ignore[import-untyped]

    found: Groups = KMeans(groups, n_init=4, random_state=_SEED).fit_predict(model.vectors(texts)).astype(np.int64)
    return found


def _scores(name: str, labels: Groups, groups: Groups) -> list[Score]:
    from sklearn.metrics import adjusted_mutual_info_score  # type: ignore[import-untyped]

    measures: dict[str, Callable[[Groups, Groups], float]] = {
        "adjusted mutual information": adjusted_mutual_info_score,
        "purity": purity,
    }
    chosen = np.random.default_rng(_SEED)
    samples = [chosen.integers(len(labels), size=len(labels)) for _ in range(_SAMPLES)]
    scores = list[Score]()
    for measure, of in measures.items():
        drawn = [of(labels[sample], groups[sample]) for sample in samples]
        low, high = np.percentile(drawn, [2.5, 97.5])
        value = float(of(labels, groups))
        scores.append(Score(f"{name}, {measure}", value, float(low), float(high), len(labels)))
    return scores


def purity(labels: Groups, groups: Groups) -> float:
    """The share of comments that have the commonest label of their group."""
    return sum(int(np.bincount(labels[groups == group]).max()) for group in set(groups.tolist())) / len(labels)
