"""The easy-read check beside what a person said of the same lines.

``python -m benchmarks.quality.easy_read FILE`` prints the figures for a file of lines (`id,text,ok,problems`).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.easy_reading import check
from benchmarks.quality import Score
from benchmarks.quality.intervals import scored, share


class Line(NamedTuple):
    found: frozenset[str]
    meant: frozenset[str]


def evaluate(path: Path) -> list[Score]:
    """Accuracy of `ok`, and micro-F1 of the kinds of problem."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = [check(row["text"]).ok == (row["ok"] == "1") for row in rows]
    lines = [
        Line(frozenset(check(row["text"]).kinds), frozenset(filter(None, row["problems"].split(";")))) for row in rows
    ]
    return [scored("ok is right", right, share), scored("problems, micro-F1", lines, micro_f1)]


def micro_f1(lines: Sequence[Line]) -> float:
    """Twice the shared problems over all that were found and all that were meant (van Rijsbergen, C.J. (1979))."""
    both = sum(len(line.found & line.meant) for line in lines)
    all_of_both = sum(len(line.found) + len(line.meant) for line in lines)
    return 2 * both / all_of_both if all_of_both else 1.0


if __name__ == "__main__":
    for score in evaluate(Path(sys.argv[1])):
        print(f"{score.name}: {score.value:.3f} ({score.low:.3f} to {score.high:.3f}, n = {score.n})")
