"""What becomes of a picture: its dots, and nothing else."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from surveys.answers import AnswerProblem
from tests.surveys.with_files import picture, sound
from voice.capture.pictures import LONGEST_SIDE, MOST_DOTS, MOST_SCANS, read_picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def read(tmp_path: Path, content: bytes) -> tuple[str, Image.Image, bytes]:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(content)
    media_type = read_picture(source, target)
    kept = target.read_bytes()
    return media_type, Image.open(io.BytesIO(kept)), kept


def problem(tmp_path: Path, content: bytes) -> AnswerProblem:
    with pytest.raises(AnswerProblem) as found:
        read(tmp_path, content)
    return found.value


def bomb(side: int) -> bytes:
    """A PNG of some hundred bytes that says it has ``side`` times ``side`` dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def with_last_scan(times: int) -> bytes:
    """A JPEG of several scans, the last of which comes so many times."""
    written = io.BytesIO()
    Image.effect_noise((60, 60), 80).save(written, "JPEG", progressive=True)
    content = written.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + content[-2:]


class TestPictures:
    @pytest.mark.parametrize(
        ("kind", "media_type"),
        [
            ("JPEG", "image/jpeg"),
            ("PNG", "image/png"),
            ("WEBP", "image/jpeg"),
            ("GIF", "image/png"),
            ("AVIF", "image/jpeg"),
        ],
    )
    def test_it_keeps_the_dots_and_nothing_that_was_written_into_it(
        self, tmp_path: Path, kind: str, media_type: str
    ) -> None:
        given = picture(kind)
        found, kept, content = read(tmp_path, given)
        assert (found, kept.size) == (media_type, (60, 40))
        assert kept.getexif() == {}
        assert b"Anna" not in content
        red, green, blue = kept.convert("RGB").getpixel((30, 20))  # type: ignore[misc]
        assert abs(red - 0x1B) < 8
        assert abs(green - 0x7F) < 8
        assert abs(blue - 0x3B) < 8

    def test_it_turns_a_photo_upright(self, tmp_path: Path) -> None:
        assert read(tmp_path, picture(upright=6))[1].size == (40, 60)

    def test_it_makes_a_large_one_smaller(self, tmp_path: Path) -> None:
        _, kept, _ = read(tmp_path, picture(size=(6000, 3000)))
        assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 2)

    def test_it_puts_a_drawing_without_ground_on_white(self, tmp_path: Path) -> None:
        written = io.BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
        assert read(tmp_path, written.getvalue())[1].getpixel((5, 5)) == (255, 255, 255)

    def test_it_keeps_nothing_that_stands_behind_the_dots(self, tmp_path: Path) -> None:
        for kind in ("JPEG", "PNG"):
            assert b"script" not in read(tmp_path, picture(kind) + b"<script>alert(1)</script>PK\x03\x04")[2]

    @pytest.mark.parametrize("side", [7000, 60_000, 2_000_000_000])
    def test_it_does_not_unpack_a_picture_that_is_too_large(self, tmp_path: Path, side: int) -> None:
        content = bomb(side)
        assert len(content) < 200
        found = problem(tmp_path, content)
        assert (found.code, found.limit, found.length) == ("picture_too_large", MOST_DOTS, side * side)

    @pytest.mark.parametrize(
        "content",
        [SVG, b"<?xml version='1.0'?>" + SVG, b"<html><script>alert(1)</script>", b"%PDF-1.7", b"PK\x03\x04", sound(1)],
        ids=["svg", "xml", "html", "pdf", "zip", "sound"],
    )
    def test_it_opens_nothing_but_pictures_of_dots(self, tmp_path: Path, content: bytes) -> None:
        assert problem(tmp_path, content).code == "not_a_picture"

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_it_says_when_only_a_part_is_there(self, tmp_path: Path, kind: str) -> None:
        noisy = Image.effect_noise((300, 300), 80).convert("RGB")
        written = io.BytesIO()
        noisy.save(written, kind)
        content = written.getvalue()
        assert problem(tmp_path, content[: len(content) // 2]).code in ("picture_broken", "not_a_picture")

    @pytest.mark.parametrize("more", [b"", picture("JPEG")], ids=["one", "several in a file"])
    def test_it_does_not_go_over_a_picture_without_end(self, tmp_path: Path, more: bytes) -> None:
        whole, again = with_last_scan(1), with_last_scan(MOST_SCANS)
        assert read(tmp_path, whole + more)[0] == "image/jpeg"
        assert len(again) < len(whole) * 10, "a small file"
        assert problem(tmp_path, again + more).code == "picture_broken"

    def test_films_and_pictures_behind_the_end_are_no_scans(self, tmp_path: Path) -> None:
        assert read(tmp_path, with_last_scan(1) + b"\xff\xda\x00\x08" * 100)[0] == "image/jpeg"

    def test_it_says_when_dots_are_missing(self, tmp_path: Path) -> None:
        assert problem(tmp_path, bomb(500)).code == "picture_broken"
