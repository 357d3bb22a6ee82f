"""Which comments can be read, in which language, and the English to judge them by."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.cleaning import clean
from analysis.tokens import normalised


@dataclass(frozen=True, slots=True)
class Readable:
    """Row by row: the text, what it answers, its language, its outcome if that is known already (otherwise empty), and
    what to judge it by: the text if it is English, else its translation, else nothing.
    """

    texts: list[str]
    questions: list[str]
    languages: pd.Series[str]
    outcomes: list[str]
    english: list[str]


def read(
    comments: pd.DataFrame, *, text: str, question: str | None, lang: str | None, translation: str | None = None
) -> Readable:
    """Raises KeyError when a named column is not there."""
    cleaned = clean(comments, text=text, question=question, lang=lang)
    texts, outcomes = cleaned["text"].tolist(), cleaned["outcome"].tolist()
    translated = comments[translation].tolist() if translation else [""] * len(texts)
    english = [
        "" if outcome else said if language == "en" else "" if pd.isna(other) else normalised(str(other)).strip()
        for said, language, outcome, other in zip(
            texts, cleaned["language"].tolist(), outcomes, translated, strict=True
        )
    ]
    return Readable(texts, cleaned["question"].tolist(), cleaned["language"], outcomes, english)
