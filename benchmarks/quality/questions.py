"""Questions that ask the same: found in a bank, and told from those that only look alike.

``python -m benchmarks.quality.questions FILE`` prints the figures for a file of pairs (`id,a,b,relation`) and what was
mistaken for what; ``--fit`` writes `analysis/lists/question_weights.csv` anew.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from analysis.embeddings import load_meanings
from analysis.questions.bank import QuestionBank
from analysis.questions.fitting import fitted
from analysis.questions.same_question import Verdict, compare
from benchmarks.quality import Score
from benchmarks.quality.intervals import scored, share

WEIGHTS = Path(__file__).resolve().parents[2] / "analysis" / "lists" / "question_weights.csv"
SHOULD_BE = {
    "same": Verdict.SAME,
    "same_negated": Verdict.DIFFERS,
    "different_audience": Verdict.DIFFERS,
    "different_period": Verdict.DIFFERS,
    "related": Verdict.DIFFERS,
    "unrelated": Verdict.UNRELATED,
}
NEVER_THE_SAME = ("same_negated", "different_audience", "different_period")


def evaluate(path: Path, *, with_meanings: bool = True) -> list[Score]:
    """The figures for a file of labelled pairs; the bank is all of its `b`."""
    rows = _rows(path)
    meanings = load_meanings() if with_meanings else None
    bank = QuestionBank([row["b"] for row in rows], meanings)
    same = [place for place, row in enumerate(rows) if row["relation"] == "same"]
    found = [place in {each.place for each in bank.most_alike(rows[place]["a"], most=3)} for place in same]
    told = list(zip((row["relation"] for row in rows), _verdicts(rows, with_meanings), strict=True))
    return [
        scored("the twin is in the top 3 of the bank", found, share),
        scored("verdict is right", [SHOULD_BE[relation] is verdict for relation, verdict in told], share),
        scored(
            "negated, other time or other people, called the same",
            [verdict is Verdict.SAME for relation, verdict in told if relation in NEVER_THE_SAME],
            share,
        ),
        scored(
            "same, called the same",
            [verdict is Verdict.SAME for relation, verdict in told if relation == "same"],
            share,
        ),
    ]


def _verdicts(rows: list[dict[str, str]], with_meanings: bool) -> list[Verdict]:
    meanings = load_meanings() if with_meanings else None
    return [each.verdict for each in compare([(row["a"], row["b"]) for row in rows], meanings)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_weights() -> None:
    model = load_meanings()
    assert model is not None, "the weights are fitted with the model of meanings"
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "feature", "weight"])
        writer.writerows([name, feature, f"{weight:.3f}"] for name, feature, weight in fitted(model))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    if options.fit:
        _write_weights()
    if options.file:
        for score in (
            each for with_meanings in (True, False) for each in evaluate(options.file, with_meanings=with_meanings)
        ):
            print(f"{score.name}: {score.value:.3f} ({score.low:.3f} to {score.high:.3f}, n = {score.n})")
        rows = _rows(options.file)
        for (relation, verdict), n in sorted(
            Counter(zip((r["relation"] for r in rows), _verdicts(rows, True), strict=True)).items()
        ):
            print(f"  {relation} -> {verdict}: {n}")


if __name__ == "__main__":
    main()
