"""How well feeling is told with nothing labelled, beside VADER and TextBlob on the same comments.

python -m benchmarks.quality.sentiment ../shared/data
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.embeddings import Meanings
from analysis.sentiment import measure_sentiment
from benchmarks.quality import Score

ASKED_FOR_BETTER = "What could we do better?"
_OF_FIVE = {1: "positive", 2: "positive", 3: "neutral", 4: "negative", 5: "negative"}
_THREE = ("negative", "neutral", "positive")
_FOUR = ("negative", "mixed", "neutral", "positive")
_VADER_SAYS_FROM = 0.05  # as its authors advise
_DRAWS = 1000
_SEED = 5

Labels = npt.NDArray[np.str_]
Measure = Callable[[Labels, Labels], float]


def evaluate(data: Path, *, meanings: Meanings | None = None) -> list[Score]:
    """Every figure on the comments below `data`, the folder of shared data."""
    return [
        *evaluate_nhs(data / "nhs_fft" / "comments.csv", meanings=meanings),
        *evaluate_send(data / "send" / "comments_dev.csv", meanings=meanings),
    ]


def evaluate_nhs(file: Path, *, meanings: Meanings | None = None) -> list[Score]:
    """Answers to the NHS Friends and Family Test; neutral and mixed are one class in its labels."""
    comments = _read(file)
    comments = comments[(comments["sentiment"] != "") & (comments["text"] != "")].reset_index(drop=True)
    gold = comments["sentiment"].astype(float).map(_OF_FIVE)
    scores = _scores("NHS", comments, gold, meanings, four=False)
    better = comments["question"] == ASKED_FOR_BETTER
    asked, wanted = comments[better], _array(gold[better])
    scores += [
        _score(f"NHS, what could we do better?, {who}, accuracy", _accuracy, wanted, said)
        for who, said in _all_readings(asked, meanings).items()
    ]
    return scores


def evaluate_send(file: Path, *, meanings: Meanings | None = None, name: str = "SEND") -> list[Score]:
    """English comments with the labels negative, mixed, neutral and positive; also those of our held-out set."""
    comments = _read(file)
    if "lang" in comments:
        comments = comments[comments["lang"].isin(("", "en"))]
    comments = comments.reset_index(drop=True)
    return _scores(name, comments, comments["sentiment"], meanings, four=True)


def _scores(
    name: str, comments: pd.DataFrame, gold: pd.Series[str], meanings: Meanings | None, *, four: bool
) -> list[Score]:
    wanted, found = _array(gold), list[Score]()
    for who, said in _all_readings(comments, meanings).items():
        found += [
            _score(f"{name}, {who}, macro-F1 of three", _macro_f1(_THREE), _three(wanted), _three(said)),
            _score(f"{name}, {who}, negative recall", _negative_recall, wanted, said),
        ]
        if four and who == "ours":
            found.append(_score(f"{name}, {who}, macro-F1 of four", _macro_f1(_FOUR), wanted, said))
    return found


def _all_readings(comments: pd.DataFrame, meanings: Meanings | None) -> dict[str, Labels]:
    """What each makes of the comments. What is not measured counts as neutral."""
    from textblob import TextBlob  # type: ignore[import-untyped]
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

    analyser = SentimentIntensityAnalyzer()
    texts = comments["text"].tolist()
    ours = measure_sentiment(comments, text="text", question="question", meanings=meanings)["sentiment"]
    return {
        "ours": _array(ours.replace("not_measured", "neutral")),
        "VADER": _by_sign([analyser.polarity_scores(text)["compound"] for text in texts], _VADER_SAYS_FROM),
        "TextBlob": _by_sign([TextBlob(text).sentiment.polarity for text in texts], 0.0),
    }


def _by_sign(scores: Sequence[float], beyond: float) -> Labels:
    return np.array(
        [
            "positive" if score >= beyond and score > 0 else "negative" if score <= -beyond and score < 0 else "neutral"
            for score in scores
        ]
    )


def _macro_f1(labels: tuple[str, ...]) -> Measure:
    def measure(wanted: Labels, said: Labels) -> float:
        of_each = list[float]()
        for label in labels:
            right = np.sum((wanted == label) & (said == label))
            either = np.sum(wanted == label) + np.sum(said == label)
            of_each.append(float(2 * right / either) if either else 0.0)
        return sum(of_each) / len(of_each)

    return measure


def _negative_recall(wanted: Labels, said: Labels) -> float:
    negative = wanted == "negative"
    return float(np.mean(said[negative] == "negative")) if negative.any() else 0.0


def _accuracy(wanted: Labels, said: Labels) -> float:
    return float(np.mean(_three(wanted) == _three(said)))


def _score(name: str, measure: Measure, wanted: Labels, said: Labels) -> Score:
    """The figure with a 95 % interval: the same on a thousand sets drawn from this one, with putting back."""
    draw = np.random.default_rng(_SEED)
    many = [
        measure(wanted[places], said[places])
        for places in (draw.integers(0, len(wanted), len(wanted)) for _ in range(_DRAWS))
    ]
    low, high = np.quantile(many, (0.025, 0.975))
    return Score(name, measure(wanted, said), float(low), float(high), len(wanted))


def _three(labels: Labels) -> Labels:
    return np.where(labels == "mixed", "neutral", labels)


def _array(labels: pd.Series[str]) -> Labels:
    return np.array(labels.tolist(), dtype=np.str_)


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shared data, or one file of comments as in send/")
    data: Path = parser.parse_args().data
    for score in evaluate(data) if data.is_dir() else evaluate_send(data, name=data.parent.name):
        print(f"{score.name:50} {score.value:.3f} ({score.low:.3f} to {score.high:.3f}), n = {score.n}")


if __name__ == "__main__":
    main()
