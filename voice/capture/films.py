"""A film in sign language is copied picture by picture, with its sound and without anything else that came with it.

This runs in a process of its own (``reading_files.py``), with limits on time and memory. To draw a film anew takes
longer than an officer waits, so only films are taken that browsers play as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from surveys.answers import AnswerProblem
from voice.capture.recordings import GRACE_SECONDS, format_of, packets, written

LONGEST_SECONDS = 180
SHORTEST_SECONDS = 0.3

LONGEST_SIDE = 4096
"""Dots. Whatever claims more is no film of a person who signs."""

LOOKED_AT = 100
"""Whole pictures that are drawn to see that it is a film. The others between them only say what moved."""

COPIED = {"h264": ("mp4", "video/mp4"), "vp8": ("webm", "video/webm"), "vp9": ("webm", "video/webm")}
"""Codecs that browsers play, with the container that each is put into."""

SOUND_IN = {"mp4": ("aac", "mp3"), "webm": ("opus", "vorbis")}
"""Sound that is copied with the pictures; other sound is left out."""


def read_film(source: Path, target: Path) -> tuple[str, int]:
    """Writes the film in ``source`` to ``target``; returns its media type and its length in whole seconds.

    Raises ``AnswerProblem``: ``not_a_film`` or ``film_too_long``.
    """
    try:
        container, media_type, seconds = _look(source)
        _copy(source, target, container)
    except (FFmpegError, ValueError, ArithmeticError, MemoryError, IndexError) as problem:
        raise AnswerProblem("not_a_film") from problem
    return media_type, max(1, round(seconds))


def _open(file: Any) -> Any:
    start = file.read(16)
    file.seek(0)
    format = format_of(start)
    if format not in ("matroska", "mov"):
        raise AnswerProblem("not_a_film")
    # The file is handed over open, so that the library has no reason to open anything.
    opened = av.open(file, "r", format=format, metadata_errors="ignore")
    if not opened.streams.video:
        raise AnswerProblem("not_a_film")
    return opened


def _look(source: Path) -> tuple[str, str, float]:
    """Draws pictures of the film and measures it. Returns the container and the media type that it will have, and
    its seconds."""
    with source.open("rb") as file, _open(file) as film:
        stream = film.streams.video[0]
        codec = stream.codec_context.codec.canonical_name
        if codec not in COPIED or not 0 < max(stream.width, stream.height) <= LONGEST_SIDE:
            raise AnswerProblem("not_a_film")
        stream.codec_context.skip_frame = "NONKEY"
        if not any(True for _ in islice(film.decode(stream), LOOKED_AT)):
            raise AnswerProblem("not_a_film")
    with source.open("rb") as file, _open(file) as film:
        stream = film.streams.video[0]
        times = [
            (packet.pts * stream.time_base, (packet.pts + (packet.duration or 0)) * stream.time_base)
            for packet in packets(film, stream)
            if packet.pts is not None
        ]
        seconds = float(max(end for _, end in times) - min(start for start, _ in times))
    if seconds > LONGEST_SECONDS + GRACE_SECONDS:
        raise AnswerProblem("film_too_long", limit=LONGEST_SECONDS, length=round(seconds))
    if seconds < SHORTEST_SECONDS:
        raise AnswerProblem("not_a_film")
    return *COPIED[codec], seconds


def _timed(found: Iterator[Any]) -> Iterator[Any]:
    """The packets, each with the time at which it is decoded. Matroska does not say it of the first few."""
    waiting: dict[int, list[Any]] = {}
    for packet in found:
        if packet.size and packet.dts is None:
            waiting.setdefault(packet.stream.index, []).append(packet)
        elif packet.size:
            early = waiting.pop(packet.stream.index, [])
            for steps, each in zip(range(len(early), 0, -1), early, strict=True):
                each.dts = packet.dts - steps * max(1, packet.duration or 0)
                yield each
            yield packet


def _copy(source: Path, target: Path, container: str) -> None:
    with source.open("rb") as file, _open(file) as film, written(target, container) as copy:
        sound = [each for each in film.streams.audio if each.codec_context.codec.canonical_name in SOUND_IN[container]]
        streams = [film.streams.video[0], *sound[:1]]
        into = {stream.index: copy.add_stream_from_template(stream) for stream in streams}
        for each in into.values():
            each.metadata.clear()
        for packet in _timed(packets(film, streams)):
            packet.stream = into[packet.stream.index]
            copy.mux(packet)
