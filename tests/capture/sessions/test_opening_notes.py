"""Files of notes, opened by a process of their own."""

from __future__ import annotations

import asyncio

import pytest

from voice.capture.sessions import opening_notes
from voice.capture.sessions.opening_notes import open_notes
from voice.capture.sessions.reading_notes import LARGEST, NotedLine, NotesProblem
from voice.running.other_process import process_of_its_own


def problem_of(content: bytes, name: str) -> tuple[str, int]:
    with pytest.raises(NotesProblem) as raised:
        asyncio.run(open_notes(content, name))
    return raised.value.code, raised.value.length


class TestOpening:
    def test_the_process_reads_them_and_says_what_is_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As a server runs it: elsewhere in the tests it works in this process."""
        monkeypatch.setattr(opening_notes, "in_another_process", process_of_its_own)
        notes = asyncio.run(open_notes("Start\nمزید وقفے\n".encode(), "notes.txt"))
        assert notes.lines == (NotedLine(2, "start", "مزید وقفے"),)
        assert problem_of(b"a note\n" * 1001, "a.txt") == ("too_many_lines", 1001)

    def test_what_takes_too_much_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def ended(module: str, _sent: bytes) -> bytes:
            raise RuntimeError(module)

        monkeypatch.setattr(opening_notes, "in_another_process", ended)
        assert problem_of(b"a note", "a.docx") == ("too_large", 0)

    def test_what_is_too_large_keeps_no_process_busy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening_notes, "in_another_process", None)
        assert problem_of(bytes(LARGEST + 1), "a.txt") == ("too_large", 0)

    def test_the_process_is_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[object] = []
        monkeypatch.setattr(opening_notes, "bind_this_process", lambda **bounds: done.append(bounds))
        monkeypatch.setattr(opening_notes, "answer_apart", done.append)
        opening_notes.main()
        bounds = {"seconds": opening_notes.SECONDS_OF_WORK, "memory": opening_notes.MOST_MEMORY}
        assert done == [bounds, opening_notes.answer]
