"""How much of what could tell who somebody is the redaction finds, and how much of what it hides it had to hide.

A detail counts as found when every letter of it is hidden, whatever it was taken for. What was hidden counts as right
when it meets a detail. Intervals are of 95 %, from drawing the texts again with replacement.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from analysis.redaction import STANDS_IN, find_details
from benchmarks.quality import Score

_DRAWS = 1_000
_SEED = 68


class _Text(NamedTuple):
    """For each detail of a text its kind and whether it was found; for each thing hidden whether it had to be."""

    found: tuple[tuple[str, bool], ...]
    hidden: tuple[bool, ...]


def evaluate(path: Path) -> list[Score]:
    """Scores on a file of JSON lines with ``text`` and ``spans`` of ``[start, end, type]``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [_compared(row["text"], row["spans"]) for row in rows]
    kinds = [kind for kind in STANDS_IN if any(kind == each for text in texts for each, _ in text.found)]
    return [
        _score("recall", texts, lambda text: [found for _, found in text.found]),
        _score("precision", texts, lambda text: list(text.hidden)),
        *(_score(f"recall {kind}", texts, partial(_of_kind, kind)) for kind in kinds),
    ]


def _compared(text: str, spans: Sequence[tuple[int, int, str]]) -> _Text:
    details = find_details(text)
    hidden = {place for detail in details for place in range(detail.start, detail.end)}
    wanted = {place for start, end, _ in spans for place in range(start, end)}
    return _Text(
        found=tuple((kind, hidden.issuperset(_letters(text, start, end))) for start, end, kind in spans),
        hidden=tuple(not wanted.isdisjoint(range(detail.start, detail.end)) for detail in details),
    )


def _letters(text: str, start: int, end: int) -> list[int]:
    """Punctuation and spaces between the parts of a name may stay."""
    return [place for place in range(start, end) if text[place].isalnum()]


def _of_kind(kind: str, text: _Text) -> list[bool]:
    return [found for each, found in text.found if each == kind]


def _score(name: str, texts: Sequence[_Text], taken: Callable[[_Text], list[bool]]) -> Score:
    counted = [(sum(right), len(right)) for right in map(taken, texts)]
    draw = random.Random(_SEED)
    shares = sorted(_share(draw.choices(counted, k=len(counted))) for _ in range(_DRAWS))
    low, high = shares[int(0.025 * _DRAWS)], shares[int(0.975 * _DRAWS) - 1]
    return Score(name, _share(counted), low, high, sum(of for _, of in counted))


def _share(counted: Sequence[tuple[int, int]]) -> float:
    of = sum(all_of_it for _, all_of_it in counted)
    return sum(right for right, _ in counted) / of if of else 1.0
