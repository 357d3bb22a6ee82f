"""How many of the voices that somebody should see today are pointed out, and how many others with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embeddings import Meanings
from analysis.urgent import flag_urgent
from benchmarks.quality import Score

_DRAWS = 1000
_SEED = 82


def evaluate(path: Path, *, meanings: Meanings | None = None) -> list[Score]:
    """Scores on a CSV with ``text``, ``urgent`` (0 or 1), and ``lang`` and ``text_en`` where they are known."""
    comments = pd.read_csv(path, dtype="str", keep_default_na=False)
    found = flag_urgent(
        comments,
        text="text",
        lang="lang" if "lang" in comments else None,
        translation="text_en" if "text_en" in comments else None,
        meanings=meanings,
    )
    urgent, flagged = (comments["urgent"] == "1").to_numpy(), found["urgent"].to_numpy()
    return [_share("recall", flagged[urgent]), _share("share flagged", flagged)]


def _share(name: str, right: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Score:
    draw = np.random.default_rng(_SEED)
    shares = draw.choice(right, (_DRAWS, len(right))).mean(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return Score(name, float(right.mean()), float(low), float(high), len(right))
