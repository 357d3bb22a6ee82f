"""What becomes of a film in sign language: its pictures and its sound, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from surveys.answers import AnswerProblem
from tests.capture.taken_in import refused, taken_in
from tests.surveys.with_files import film, heard, picture, sound
from voice.capture.films import read_film
from voice.capture.reading_files import look

SAID = {"title": "Anna at home", "comment": "Anna", "location": "+52.4128-001.7782/"}

UPRIGHT = b"".join(each.to_bytes(4, "big") for each in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
ON_ITS_SIDE = b"".join(each.to_bytes(4, "big") for each in (0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000))


def read(tmp_path: Path, content: bytes) -> tuple[str, int, bytes]:
    return taken_in(read_film, tmp_path, content)


def problem(tmp_path: Path, content: bytes) -> AnswerProblem:
    return refused(read_film, tmp_path, content)


def seen(content: bytes) -> list[tuple[int, int, int]]:
    """Width, height and turn of each picture."""
    with av.open(io.BytesIO(content)) as file:
        return [(frame.width, frame.height, frame.rotation) for frame in file.decode(video=0)]


class TestFilms:
    @pytest.mark.parametrize(
        ("codec", "container", "media_type"),
        [
            ("libx264", "mp4", "video/mp4"),
            ("libx264", "mov", "video/mp4"),
            ("libx264", "matroska", "video/mp4"),
            ("libvpx", "webm", "video/webm"),
            ("libvpx-vp9", "webm", "video/webm"),
        ],
    )
    def test_it_keeps_the_pictures_and_nothing_that_was_written_into_it(
        self, tmp_path: Path, codec: str, container: str, media_type: str
    ) -> None:
        given = film(2, with_sound=False, codec=codec, container=container, said=SAID)
        found, seconds, kept = read(tmp_path, given)
        assert (found, seconds) == (media_type, 2)
        assert seen(kept) == [(64, 48, 0)] * 20
        assert not [word for word in ("Anna", "52.41", "creation_time") if word.encode() in kept]

    def test_it_keeps_the_voice_of_somebody_who_reads_it_out(self, tmp_path: Path) -> None:
        _, _, kept = read(tmp_path, film(1, with_sound=True, codec="libx264"))
        assert heard(kept) == pytest.approx(1, abs=0.1)

    def test_it_leaves_out_sound_that_browsers_do_not_play(self, tmp_path: Path) -> None:
        media_type, _, kept = read(tmp_path, film(1, with_sound=True, codec="libvpx", container="matroska"))
        assert media_type == "video/webm"
        with av.open(io.BytesIO(kept)) as file:
            assert not file.streams.audio

    def test_it_keeps_how_the_phone_was_held(self, tmp_path: Path) -> None:
        given = film(1, with_sound=False, codec="libx264")
        assert given.count(UPRIGHT) == 2, "of the film and of its pictures"
        head, of_film, rest = given.partition(UPRIGHT)
        turned = head + of_film + rest.replace(UPRIGHT, ON_ITS_SIDE)
        assert abs(seen(turned)[0][2]) == 90
        assert seen(read(tmp_path, turned)[2]) == seen(turned)

    def test_it_keeps_nothing_that_stands_behind_the_film(self, tmp_path: Path) -> None:
        given = film(1, with_sound=False, codec="libx264") + b"<script>alert(1)</script>PK\x03\x04"
        assert b"script" not in read(tmp_path, given)[2]

    def test_it_takes_three_minutes_and_says_how_long_a_film_is_that_is_too_long(self, tmp_path: Path) -> None:
        assert read(tmp_path, film(180, with_sound=False, codec="libx264"))[1] == 180
        found = problem(tmp_path, film(200, with_sound=False, codec="libx264"))
        assert (found.code, found.limit, found.length) == ("film_too_long", 180, 200)

    @pytest.mark.parametrize(
        "content",
        [
            b"This is a letter and no film. " * 100,
            b"\x1a\x45\xdf\xa3" + np.random.default_rng(1).bytes(50_000),
            b"\x00\x00\x00\x20ftypisom" + np.random.default_rng(2).bytes(50_000),
            b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
            picture(),
            sound(2),
            sound(2, codec="aac", container="mp4"),
            film(0.1, with_sound=False, codec="libx264"),
            film(3, with_sound=False, codec="libx264")[:2000],
            film(1, with_sound=False),
        ],
        ids=["words", "matroska", "mp4", "playlist", "picture", "webm-sound", "mp4-sound", "blink", "half", "mpeg4"],
    )
    def test_it_sees_nothing_in_what_is_no_film_for_browsers(self, tmp_path: Path, content: bytes) -> None:
        assert problem(tmp_path, content).code == "not_a_film"


class TestTheProcess:
    def test_it_tells_what_it_found_and_what_is_wrong(self, tmp_path: Path) -> None:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(film(1, with_sound=False, codec="libx264"))
        assert (look("film", source, target).media_type, look("film", source, target).seconds) == ("video/mp4", 1)
        source.write_bytes(sound(1))
        assert look("film", source, target).problem == "not_a_film"
