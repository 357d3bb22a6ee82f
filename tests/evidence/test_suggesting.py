"""The other process in which the machine reads: with meanings, translations and what people decided."""

from __future__ import annotations

import uuid
from pathlib import Path

import msgspec

from voice.evidence.other_process import in_another_process
from voice.evidence.reading import remembered_in
from voice.evidence.suggesting import Suggested, Task, Unread
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
        written = await in_another_process("voice.evidence.suggesting", msgspec.msgpack.encode(task))
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
