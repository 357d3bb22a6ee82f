"""The easy-read check of a thousand lines, beside TextBlob's reading of the same lines."""

from __future__ import annotations

import time
from collections.abc import Callable

from textblob import TextBlob

from analysis.readability import problem_codes
from benchmarks.figures import Figure, Reference, at_most
from voice.first_start import own_surveys

LINES = 1000


def figures() -> list[Figure]:
    lines = _lines()
    reference = Reference("s for TextBlob's sentiment", _seconds(lambda line: TextBlob(line).sentiment, lines))
    return [Figure(f"{LINES:,} lines checked", _seconds(problem_codes, lines), "s", at_most(2), reference)]


def _lines() -> list[str]:
    """What our own surveys say in English, again and again until there is enough."""
    said = [
        words["en"]
        for survey in own_surveys()
        for question in survey.questions
        for words in (question.title, question.help)
        if words.get("en")
    ]
    return [said[number % len(said)] for number in range(LINES)]


def _seconds(work: Callable[[str], object], lines: list[str]) -> float:
    began = time.perf_counter()
    for line in lines:
        work(line)
    return time.perf_counter() - began
