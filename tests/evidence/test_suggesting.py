"""The other process in which the machine reads: with meanings, translations and what people decided."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import msgspec
import pytest

from voice.evidence.reading import remembered_in
from voice.evidence.suggesting import Suggested, Task, Unread
from voice.running.other_process import process_of_its_own
from voice.settings import ROOT
from voice.themes.frames import first_frame
from voice.themes.learning import Settled


def unread(text: str, language: str = "en", translation: str = "") -> Unread:
    return Unread(uuid.uuid4(), "What could be better?", text, language, translation)


class TestTheOtherProcess:
    async def test_it_reads_with_meanings_and_learns(self, tmp_path: Path) -> None:
        vectors = tmp_path / "meanings-0.bin"
        odd = [f"The purple badgers came {n} times." for n in range(12)]
        learn_from = [Settled("What could be better?", text, "en", "friends") for text in odd]
        learn_from += [Settled("What could be better?", f"We waited {n} weeks.", "en", "waiting") for n in range(12)]
        voices = [
            unread("We waited a year for a plan. It was terrible."),
            unread("Wakacje", "pl", "There is nothing to do in the holidays."),
            unread("Zielony rower", "pl"),
            unread("The purple badgers came again."),
            unread("My son says he wants to die and he hurts himself every night."),
        ]
        task = Task(first_frame(), learn_from, voices, str(vectors))
        written = await process_of_its_own("voice.evidence.suggesting", msgspec.msgpack.encode(task))
        waiting, translated, other, learned, urgent = msgspec.msgpack.decode(written, type=list[Suggested])
        assert "waiting" in waiting.themes.split(";")
        assert waiting.sentiment == "negative"
        assert {each.theme_id for each in waiting.mentions} == set(waiting.themes.split(";"))
        assert all(voices[0].text[each.position :].startswith(each.sentence) for each in waiting.mentions)
        assert "breaks_and_fun" in translated.themes
        assert [each.position for each in translated.mentions if each.theme_id == "breaks_and_fun"] == [-1]
        assert (other.outcome, other.sentiment) == ("other_language", "not_measured")
        assert "friends" in learned.themes.split(";"), "so people had decided"
        assert (urgent.urgent, waiting.urgent) == (True, False)
        assert 0 < waiting.confidence <= 1
        assert vectors.stat().st_size > 0

    def test_vectors_of_words_go_with_the_words(self, tmp_path: Path) -> None:
        kept = Path(remembered_in(tmp_path, 3))
        kept.write_bytes(b"vectors")
        assert Path(remembered_in(tmp_path, 3)).exists()
        assert not Path(remembered_in(tmp_path, 4)).exists()
        assert not kept.exists()

    def test_each_module_that_is_asked_answers_as_a_program(self) -> None:
        sources = [path.read_text(encoding="utf-8") for path in (ROOT / "voice").rglob("*.py")]
        asked = {name for source in sources for name in re.findall(r'in_another_process\("([\w.]+)"', source)}
        assert "voice.evidence.suggesting" in asked
        for name in asked:
            source = (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
            assert re.search(r'if __name__ == "__main__":\n    (answer_apart\(answer\)|main\(\))\n$', source), name

    @pytest.mark.parametrize("log", ["text", "json"])
    def test_a_problem_is_logged_without_what_somebody_said(self, log: str) -> None:
        apart = "from voice.running.other_process import answer_apart\n"
        apart += "def answer(sent): {}[sent.decode()]\n"
        apart += "answer_apart(answer)"
        ended = subprocess.run(
            [sys.executable, "-c", apart],
            cwd=ROOT,
            env={**os.environ, "VOICE_LOG": log, "VOICE_DEVELOPMENT": ""},
            input=b"He hits me.",
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 1, "whoever asked learns that there is no answer"
        [line] = ended.stderr.decode().splitlines()
        assert "KeyError" in line
        assert "hits" not in line
        assert line.startswith("{") == (log == "json")

    def test_it_ends_when_the_server_that_began_it_is_killed(self) -> None:
        apart = "import time; from voice.running.other_process import answer_apart\n"
        apart += "def answer(sent): print('begun', flush=True); time.sleep(60); print('still here', flush=True)\n"
        apart += "answer_apart(answer)"
        server = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {apart!r}], stdin=subprocess.DEVNULL)"
        with subprocess.Popen([sys.executable, "-c", server], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            process.kill()
            assert process.stdout.read() == "", "what it writes ends with it"
