"""The meanings of the bank's questions, remembered in a file, so that a page can compare them without the model.

The model takes a hundred megabytes and a second to start, so another process works out what is new: while the page
waits for the few wordings of one question, in the background for many. Until then, questions are compared by words.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voice.running.other_process import answer_apart, in_another_process

if TYPE_CHECKING:  # numpy, for which every start would wait
    from analysis.embeddings import Meanings, Vectors
    from analysis.questions.bank import QuestionBank

AT_ONCE = 12
"""Texts that a page waits for: the wordings of a question, each in two forms."""

LONGEST_WAIT_SECONDS = 5

log = logging.getLogger("voice.evidence")


class Task(msgspec.Struct, frozen=True):
    """Texts whose meanings ``file`` is to remember."""

    texts: list[str]
    file: str


class QuestionMeanings:
    """Keeps the bank that was asked last. Without a ``folder``, questions are compared by their words alone."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "questions.bin" if folder else None
        self._working: asyncio.Task[bytes] | None = None
        self._last: tuple[tuple[str, ...], int, QuestionBank] | None = None

    async def bank(self, questions: Sequence[str], asked: Sequence[str]) -> QuestionBank:
        """The bank to look among for what is ``asked``: by meanings if those of all are known, else by words."""
        from analysis.embeddings import Remembered
        from analysis.questions.bank import QuestionBank

        size = await self._remembered([*questions, *asked])
        if self._last is None or self._last[:2] != (tuple(questions), size):
            meanings = Remembered(_Nothing(), self._file) if self._file and size else None
            made = await asyncio.to_thread(QuestionBank, questions, meanings)
            self._last = (tuple(questions), size, made)
        return self._last[2]

    async def stop(self) -> None:
        if self._working is not None:
            self._working.cancel()
            with contextlib.suppress(asyncio.CancelledError, RuntimeError):
                await self._working

    async def _remembered(self, questions: Sequence[str]) -> int:
        """The size of the file that knows the meanings of all the questions, 0 when it does not know them yet."""
        if self._file is None:
            return 0
        new = await asyncio.to_thread(_new, questions, self._file)
        if new and (self._working is None or self._working.done()):
            task = msgspec.msgpack.encode(Task(new, str(self._file)))
            self._working = asyncio.create_task(in_another_process("voice.evidence.question_meanings", task))
            self._working.add_done_callback(_told)
            if len(new) <= AT_ONCE:
                await asyncio.wait([self._working], timeout=LONGEST_WAIT_SECONDS)
                new = await asyncio.to_thread(_new, questions, self._file)
        return 0 if new else self._file.stat().st_size


class _Nothing:
    """For a file that knows all it is asked for."""

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        raise LookupError(f"{len(texts)} meanings are not remembered", progress)


def _new(questions: Sequence[str], file: Path) -> list[str]:
    from analysis.embeddings import Remembered
    from analysis.questions.same_question import FORMS

    texts = dict.fromkeys(form(question) for form in FORMS for question in questions)
    remembered = Remembered(_Nothing(), file)
    return [text for text in texts if not remembered.knows(text)]


def _told(working: asyncio.Task[bytes]) -> None:
    if not working.cancelled() and working.exception():
        log.warning("the meanings of questions were not worked out", exc_info=working.exception())


def work_out(task: Task, model: Meanings | None) -> None:
    """Remember the meanings; without a model, nothing."""
    from analysis.embeddings import Remembered

    if model is not None:
        Remembered(model, Path(task.file)).vectors(task.texts)


def answer(sent: bytes) -> bytes:
    from analysis.embeddings import load_meanings

    work_out(msgspec.msgpack.decode(sent, type=Task), load_meanings())
    return b""


if __name__ == "__main__":
    answer_apart(answer)
