"""Themes of a code frame: suggested by the machine, decided by a person."""

from collections import Counter

import pandas as pd

from analysis.code_frame import CodeFrame
from analysis.theming.deciding import least_sure
from analysis.theming.learning import Learned, learn
from analysis.theming.suggester import Suggester, needs_person_of, suggest_themes, theme_mentions

__all__ = [
    "SENTIMENTS",
    "Learned",
    "Suggester",
    "learn",
    "least_sure",
    "needs_person_of",
    "suggest_themes",
    "theme_counts",
    "theme_mentions",
]

SENTIMENTS = ("negative", "mixed", "neutral", "positive", "not_measured")


def theme_counts(suggested: pd.DataFrame, code_frame: CodeFrame, *, sentiment: str | None = None) -> pd.DataFrame:
    """How many voices each theme of the frame was suggested for, in the frame's order, themes with none
    included.

    `suggested` has the column `themes`. The result has the columns `theme_id`, `theme`, `voices`, and when
    `sentiment` names a column of `suggested`, one column a sentiment: negative, mixed, neutral, positive,
    not_measured. A voice counts once for each of its themes, so the counts do not add up to the number of
    voices.
    """
    counts: Counter[str] = Counter()
    by_sentiment: Counter[tuple[str, str]] = Counter()
    sentiments = suggested[sentiment].tolist() if sentiment else [""] * len(suggested)
    for joined, feeling in zip(suggested["themes"].tolist(), sentiments, strict=True):
        for theme_id in filter(None, joined.split(";")):
            counts[theme_id] += 1
            by_sentiment[theme_id, feeling] += 1
    columns: dict[str, list[str] | list[int]] = {
        "theme_id": list(code_frame.theme_ids),
        "theme": [theme.theme for theme in code_frame.themes],
        "voices": [counts[theme_id] for theme_id in code_frame.theme_ids],
    }
    if sentiment:
        for feeling in SENTIMENTS:
            columns[feeling] = [by_sentiment[theme_id, feeling] for theme_id in code_frame.theme_ids]
    return pd.DataFrame(columns)
