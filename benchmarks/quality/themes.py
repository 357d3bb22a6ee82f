"""Themes against what people decided: nothing labelled, 250 decisions, all decisions, and how honest confidence is."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import KFold  # type: ignore[import-untyped]

from analysis.code_frame import CodeFrame, read_code_frame
from analysis.embeddings import Meanings
from analysis.themes import learn, least_sure, suggest_themes
from benchmarks.quality import Score

DRAWS, FEW = 5, 250
_SEED, _RESAMPLED, _BINS = 2026, 500, 10

Labels = npt.NDArray[np.bool_]


class Said:
    """Suggestions beside labels: which themes were said, how sure, and how sure the row is."""

    def __init__(self, count: int, themes: int) -> None:
        self.held = np.zeros((count, themes), dtype=np.bool_)
        self.confidence = np.full((count, themes), np.nan)
        self.sure = np.zeros(count)

    def take(self, rows: npt.NDArray[np.int64], suggested: pd.DataFrame, code_frame: CodeFrame) -> None:
        place = {theme_id: number for number, theme_id in enumerate(code_frame.theme_ids)}
        self.sure[rows] = suggested["confidence"].to_numpy()
        for row, themes, confidences in zip(
            rows, suggested["themes"].tolist(), suggested["confidences"].tolist(), strict=True
        ):
            for theme_id, sure in zip(
                filter(None, themes.split(";")), filter(None, confidences.split(";")), strict=True
            ):
                self.held[row, place[theme_id]] = True
                self.confidence[row, place[theme_id]] = float(sure)


def nhs_scores(folder: Path, meanings: Meanings | None) -> list[Score]:
    """All figures on the NHS comments with one of the 27 themes; ``folder`` is ``nhs_fft``."""
    frame = read_code_frame(folder / "frame.csv")
    comments, labels = labelled(folder / "comments.csv", frame, "labels", "|", by_name=True)
    with_a_theme = labels.any(axis=1)
    comments, labels = comments[with_a_theme].reset_index(drop=True), labels[with_a_theme]
    nothing, everything = untaught(comments, frame, meanings), five_fold(comments, labels, frame, meanings)
    return [
        *_both("NHS themes, nothing labelled", labels, nothing.held),
        *_honest("NHS themes, nothing labelled", labels, nothing),
        *few_decisions(comments, labels, frame, meanings),
        *_both("NHS themes, all decisions", labels, everything.held),
        kept_score("NHS themes, the 70 % kept, micro-F1", labels, everything),
        *_honest("NHS themes", labels, everything),
    ]


def send_scores(comments_file: Path, frame_file: Path, meanings: Meanings | None, name: str) -> list[Score]:
    """SEND comments in English, nothing labelled."""
    frame = read_code_frame(frame_file)
    comments, labels = labelled(comments_file, frame, "themes", ";")
    english = (comments["lang"] == "en").to_numpy()
    comments, labels = comments[english].reset_index(drop=True), labels[english]
    said = untaught(comments, frame, meanings)
    return [
        *_both(f"{name}, nothing labelled", labels, said.held),
        *_honest(name, labels, said),
    ]


def labelled(
    file: Path, frame: CodeFrame, column: str, separator: str, *, by_name: bool = False
) -> tuple[pd.DataFrame, Labels]:
    """The comments, and a row of labels for each."""
    with file.open(encoding="utf-8", newline="") as opened:
        comments = pd.DataFrame(list(csv.DictReader(opened)))
    place = {theme.theme if by_name else theme.theme_id: number for number, theme in enumerate(frame.themes)}
    labels = np.zeros((len(comments), len(place)), dtype=np.bool_)
    for row, cell in enumerate(comments[column].tolist()):
        for label in cell.split(separator):
            if label in place:
                labels[row, place[label]] = True
    return comments, labels


def untaught(comments: pd.DataFrame, frame: CodeFrame, meanings: Meanings | None) -> Said:
    """What is suggested when nothing was decided."""
    said = Said(len(comments), len(frame.themes))
    found = suggest_themes(comments, frame, text="text", question="question", meanings=meanings)
    said.take(np.arange(len(comments)), found, frame)
    return said


def five_fold(comments: pd.DataFrame, labels: Labels, frame: CodeFrame, meanings: Meanings | None) -> Said:
    """Each fifth suggested by what the other four taught."""
    said = Said(len(comments), len(frame.themes))
    for taught, asked in KFold(5, shuffle=True, random_state=_SEED).split(labels):
        said.take(asked, _taught(comments, labels, frame, meanings, taught, asked), frame)
    return said


def few_decisions(comments: pd.DataFrame, labels: Labels, frame: CodeFrame, meanings: Meanings | None) -> list[Score]:
    """The mean of five draws of 250 decisions, each judged on all other comments."""
    drawn = list[list[Score]]()
    for draw in range(DRAWS):
        order = np.random.default_rng([_SEED, draw]).permutation(len(comments))
        taught, asked = order[:FEW], np.sort(order[FEW:])
        said = Said(len(comments), len(frame.themes))
        said.take(asked, _taught(comments, labels, frame, meanings, taught, asked), frame)
        drawn.append(_both(f"NHS themes, {FEW} decisions", labels[asked], said.held[asked]))
    return [
        Score(
            same[0].name,
            float(np.mean([each.value for each in same])),
            float(np.mean([each.low for each in same])),
            float(np.mean([each.high for each in same])),
            same[0].n,
        )
        for same in zip(*drawn, strict=True)
    ]


def kept_score(name: str, labels: Labels, said: Said) -> Score:
    """Micro-F1 of the 70 % that the engine is surest of."""
    kept = ~least_sure(pd.Series(said.sure)).to_numpy()
    return _bootstrapped(name, int(kept.sum()), lambda rows: micro(labels[kept][rows], said.held[kept][rows]))


def micro(labels: Labels, held: Labels) -> float:
    return float(2 * (labels & held).sum() / max(labels.sum() + held.sum(), 1))


def macro(labels: Labels, held: Labels) -> float:
    """Over the themes that anybody spoke of or that were suggested."""
    both = (labels & held).sum(axis=0)
    either = labels.sum(axis=0) + held.sum(axis=0)
    return float((2 * both[either > 0] / either[either > 0]).mean())


def ece(labels: Labels, said: Said, rows: npt.NDArray[np.int64] | slice = slice(None)) -> float:
    """Expected calibration error of the suggestions in ten bins (Naeini, M.P. et al. (2015))."""
    held = said.held[rows]
    confidence, right = said.confidence[rows][held], labels[held]
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(confidence[bins == each].mean() - right[bins == each].mean()) * (bins == each).sum()
        for each in range(_BINS)
        if (bins == each).any()
    ]
    return float(sum(gaps) / max(len(confidence), 1))


def _taught(
    comments: pd.DataFrame,
    labels: Labels,
    frame: CodeFrame,
    meanings: Meanings | None,
    taught: npt.NDArray[np.int64],
    asked: npt.NDArray[np.int64],
) -> pd.DataFrame:
    ids = np.array(frame.theme_ids, dtype=object)
    decided = pd.Series([";".join(ids[row]) for row in labels[taught]])
    learned = learn(comments.iloc[taught], decided, frame, text="text", question="question", meanings=meanings)
    return suggest_themes(
        comments.iloc[asked], frame, text="text", question="question", meanings=meanings, learned=learned
    )


def _both(name: str, labels: Labels, held: Labels) -> list[Score]:
    return [
        _bootstrapped(f"{name}, micro-F1", len(labels), lambda rows: micro(labels[rows], held[rows])),
        _bootstrapped(f"{name}, macro-F1", len(labels), lambda rows: macro(labels[rows], held[rows])),
    ]


def _honest(name: str, labels: Labels, said: Said) -> list[Score]:
    """The calibration error, and what it would be by chance alone if every confidence were right: few cases in ten bins
    never lie quite where they should.
    """
    choose = np.random.default_rng(_SEED)
    chance = [ece(choose.random(labels.shape) < said.confidence, said) for _ in range(_RESAMPLED)]
    low, high = np.quantile(chance, (0.025, 0.975))
    return [
        _bootstrapped(f"{name}, calibration error", len(labels), lambda rows: ece(labels[rows], said, rows)),
        Score(f"{name}, the same if all confidence were right", float(np.mean(chance)), low, high, len(labels)),
    ]


def _bootstrapped(name: str, count: int, figure: Callable[[npt.NDArray[np.int64]], float]) -> Score:
    """The figure, and between which two it lies in 95 of 100 samples drawn from the same comments."""
    choose = np.random.default_rng(_SEED)
    drawn = [figure(choose.integers(count, size=count)) for _ in range(_RESAMPLED)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Score(name, figure(np.arange(count)), float(low), float(high), count)
