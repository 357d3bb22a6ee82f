"""What becomes of a recording: the sound that is heard, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from surveys.answers import AnswerProblem
from tests.capture.taken_in import refused, taken_in
from tests.surveys.with_files import film, heard, picture, sound
from voice.capture.reading_files import look
from voice.capture.recordings import format_of, read_recording

SAID = {"title": "Anna at home", "comment": "Anna", "location": "+52.4128-001.7782/", "artist": "Phone of Anna"}


def read(tmp_path: Path, content: bytes) -> tuple[str, int, bytes]:
    return taken_in(read_recording, tmp_path, content)


def problem(tmp_path: Path, content: bytes) -> AnswerProblem:
    return refused(read_recording, tmp_path, content)


class TestRecordings:
    @pytest.mark.parametrize(
        ("codec", "container", "media_type"),
        [
            ("libopus", "webm", "audio/webm"),
            ("libopus", "ogg", "audio/webm"),
            ("aac", "mp4", "audio/mp4"),
            ("aac", "adts", "audio/mp4"),
            ("libmp3lame", "mp3", "audio/mpeg"),
            ("flac", "flac", "audio/webm"),
            ("pcm_s16le", "wav", "audio/webm"),
            ("libopus", "mp4", "audio/webm"),
        ],
    )
    def test_it_keeps_the_sound_of_each_kind_and_nothing_that_was_written_into_it(
        self, tmp_path: Path, codec: str, container: str, media_type: str
    ) -> None:
        given = sound(3, codec=codec, container=container, said={} if container == "adts" else SAID)
        found, seconds, kept = read(tmp_path, given)
        assert (found, seconds) == (media_type, 3)
        assert heard(kept) == pytest.approx(3, abs=0.15)
        assert not [word for word in ("Anna", "Phone", "52.41", "creation_time") if word.encode() in kept]

    def test_it_keeps_the_sound_of_a_film_alone(self, tmp_path: Path) -> None:
        media_type, seconds, kept = read(tmp_path, film(1, with_sound=True))
        assert (media_type, seconds) == ("audio/mp4", 1)
        assert heard(kept) == pytest.approx(1, abs=0.1)
        assert b"vide" not in kept

    def test_it_keeps_what_was_said_until_a_recording_breaks_off(self, tmp_path: Path) -> None:
        given = sound(4)
        _, seconds, kept = read(tmp_path, given[: len(given) // 2])
        assert 1 <= seconds <= 3
        assert heard(kept) == pytest.approx(seconds, abs=0.6)

    def test_it_keeps_nothing_that_stands_behind_the_sound(self, tmp_path: Path) -> None:
        _, seconds, kept = read(tmp_path, sound(1) + b"<script>alert(1)</script>PK\x03\x04")
        assert seconds == 1
        assert b"script" not in kept

    def test_it_takes_three_minutes_and_what_a_device_needs_to_stop(self, tmp_path: Path) -> None:
        assert read(tmp_path, sound(183))[1] == 183

    def test_it_says_how_long_a_recording_is_that_is_too_long(self, tmp_path: Path) -> None:
        found = problem(tmp_path, sound(200))
        assert (found.code, found.limit, found.length) == ("recording_too_long", 180, 200)

    @pytest.mark.parametrize(
        "content",
        [
            b"This is a letter and no recording. " * 100,
            b"\x1a\x45\xdf\xa3" + np.random.default_rng(1).bytes(50_000),
            b"\xff\xfb\x90\x00" + np.random.default_rng(2).bytes(50_000),
            b"OggS" + bytes(5_000),
            b"RIFF\x00\x00\x00\x00WAVE",
            b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
            b"ffconcat version 1.0\nfile /etc/passwd\n",
            picture(),
            sound(0.1),
            sound(5, codec="aac", container="mp4")[:20_000],
            film(1, with_sound=False),
        ],
        ids=["words", "matroska", "mp3", "ogg", "wav", "playlist", "list", "picture", "click", "half-mp4", "mute-film"],
    )
    def test_it_hears_nothing_in_what_is_no_recording(self, tmp_path: Path, content: bytes) -> None:
        assert problem(tmp_path, content).code == "not_a_recording"

    @pytest.mark.parametrize("start", [b"", b"\xff", b"ID", b"<svg", b"%PDF-1.7", b"GIF89a", b"#EXTM3U"])
    def test_it_opens_no_other_kind_of_file(self, start: bytes) -> None:
        assert format_of(start) is None


class TestTheProcess:
    def test_it_tells_what_it_found_and_what_is_wrong(self, tmp_path: Path) -> None:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(sound(1))
        assert (look("recording", source, target).seconds, look("photo", source, target).problem) == (
            1,
            "not_a_picture",
        )
