"""What `voice themes` does with each piece of a file, in this process or in several."""

from __future__ import annotations

import multiprocessing
import multiprocessing.pool
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis.code_frame import CodeFrame
from analysis.embeddings import Meanings
from analysis.sentiment import measure_sentiment
from analysis.themes import Learned, Suggester
from analysis.urgent import flag_urgent

_WAITING_FOR_EACH = 2
_SOMETHING_SAID = "Everybody listened to us and the school is good."


class Read(NamedTuple):
    """What was found out about one comment."""

    themes: str
    confidence: float
    sentiment: str
    score: float
    why: str
    outcome: str
    language: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Columns:
    text: str
    question: str | None
    lang: str | None


class Reader:
    """Reads comments under one code frame; made once, since it learns from examples when it is made."""

    def __init__(
        self, code_frame: CodeFrame, columns: Columns, meanings: Meanings | None = None, learned: Learned | None = None
    ) -> None:
        self._suggester = Suggester(code_frame, meanings=meanings, learned=learned)
        self._columns = columns
        self._meanings = meanings

    def learn(self) -> None:
        """Learn now what is otherwise learned at the first comment in English."""
        said = {self._columns.text: _SOMETHING_SAID, self._columns.question: "", self._columns.lang: "en"}
        self.read(pd.DataFrame({column: [cell] for column, cell in said.items() if column}))

    def read(self, comments: pd.DataFrame) -> list[Read]:
        text, question, lang = self._columns.text, self._columns.question, self._columns.lang
        suggested = self._suggester.suggest(comments, text=text, question=question, lang=lang)
        measured = measure_sentiment(comments, text=text, question=question, lang=lang, meanings=self._meanings)
        urgent = flag_urgent(comments, text=text, question=question, lang=lang, meanings=self._meanings)
        return [
            Read(
                themes, confidence, feeling, score, _why(why, feeling, why_feeling, why_urgent), outcome, language, flag
            )
            for themes, confidence, why, outcome, language, feeling, score, why_feeling, flag, why_urgent in zip(
                *(suggested[name].tolist() for name in ("themes", "confidence", "why", "outcome", "language")),
                *(measured[name].tolist() for name in ("sentiment", "sentiment_score", "sentiment_why")),
                *(urgent[name].tolist() for name in ("urgent", "urgent_why")),
                strict=True,
            )
        ]


def read_in_turn(reader: Reader, pieces: Iterable[pd.DataFrame]) -> Iterator[list[Read]]:
    """Piece by piece in this process."""
    return map(reader.read, pieces)


def read_by_several(reader: Reader, pieces: Iterable[pd.DataFrame], processes: int) -> Iterator[list[Read]]:
    """Piece by piece, in order, by processes of our own. Few pieces are ever in memory at once."""
    reader.learn()
    # Otherwise the tokenizer says on the terminal that it will not use threads in copies of a process.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # On Linux the processes begin as copies of this one, which share what it learned and its memory.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with context.Pool(processes, _begin, (reader,)) as pool:
        waiting = deque[multiprocessing.pool.AsyncResult[list[Read]]]()
        for piece in pieces:
            waiting.append(pool.apply_async(_read, (piece,)))
            if len(waiting) > processes * _WAITING_FOR_EACH:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_reader: Reader | None = None


def _begin(reader: Reader) -> None:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    global _reader
    threadpool_limits(1)  # the processes share the processors: each with threads on all of them would only wait
    _reader = reader


def _read(piece: pd.DataFrame) -> list[Read]:
    assert _reader is not None
    return _reader.read(piece)


def _why(themes: str, feeling: str, feeling_words: str, urgent: str) -> str:
    parts = (themes, f"{feeling}: {feeling_words}" if feeling_words else "", f"urgent: {urgent}" if urgent else "")
    return "; ".join(part for part in parts if part)
