"""A recording is listened to from start to end, and copied without anything but its sound.

This runs in a process of its own (``reading_files.py``): files from strangers are taken apart here by a large
library in C, with limits on time and memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from surveys.answers import AnswerProblem

LONGEST_SECONDS = 180
GRACE_SECONDS = 5
"""A device that is told to stop at three minutes stops a little later."""

SHORTEST_SECONDS = 0.3
"""Less than this is a slip of the finger, or sound that breaks off where it begins."""

BROKEN_PARTS = 50
"""So many parts that cannot be decoded are passed over; a bad connection makes a few."""

COPIED = {"opus": ("webm", "audio/webm"), "aac": ("mp4", "audio/mp4"), "mp3": ("mp3", "audio/mpeg")}
"""Codecs that browsers play, with the container that each is put into. Whatever else becomes Opus."""


def read_recording(source: Path, target: Path) -> tuple[str, int]:
    """Writes the sound of ``source`` to ``target``; returns its media type and its length in whole seconds.

    Raises ``AnswerProblem``: ``not_a_recording`` or ``recording_too_long``.
    """
    try:
        codec, seconds = _listen(source)
        media_type = _copy(source, target, codec) if codec in COPIED else _as_opus(source, target)
    except (FFmpegError, ValueError, ArithmeticError, MemoryError, IndexError) as problem:
        raise AnswerProblem("not_a_recording") from problem
    return media_type, max(1, round(seconds))


def format_of(start: bytes) -> str | None:
    """What FFmpeg calls the container, told by how it begins; ``None`` for anything but sound and film.

    FFmpeg itself is never asked to guess: among what it knows are playlists that name other files and addresses.
    """
    if start[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    if start[4:8] == b"ftyp":
        return "mov"
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "wav"
    if start[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "aac"
    if start[:3] == b"ID3" or (start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE6 == 0xE2):
        return "mp3"
    beginnings = {b"OggS": "ogg", b"fLaC": "flac", b"#!AM": "amr", b"caff": "caf"}
    return beginnings.get(start[:4])


def _open(file: Any) -> Any:
    start = file.read(16)
    file.seek(0)
    format = format_of(start)
    if format is None:
        raise AnswerProblem("not_a_recording")
    # The file is handed over open, so that the library has no reason to open anything.
    opened = av.open(file, "r", format=format, metadata_errors="ignore")
    if not opened.streams.audio:
        raise AnswerProblem("not_a_recording")
    return opened


def _listen(source: Path) -> tuple[str, float]:
    """Decodes all of it. Returns the codec and the seconds that can be heard."""
    with source.open("rb") as file, _open(file) as recording:
        stream = recording.streams.audio[0]
        codec = {"mp3float": "mp3", "libopus": "opus"}.get(stream.codec_context.name, stream.codec_context.name)
        heard = 0.0
        for frame in _frames(recording, stream):
            heard += frame.samples / frame.sample_rate
            if heard > LONGEST_SECONDS + GRACE_SECONDS:
                announced = (recording.duration or 0) / 1_000_000
                raise AnswerProblem("recording_too_long", limit=LONGEST_SECONDS, length=round(max(announced, heard)))
    if heard < SHORTEST_SECONDS:
        raise AnswerProblem("not_a_recording")
    return codec, heard


def _frames(recording: Any, stream: Any) -> Iterator[Any]:
    broken = 0
    for packet in packets(recording, stream):
        try:
            yield from packet.decode()
        except FFmpegError:
            broken += 1
            if broken > BROKEN_PARTS:
                raise


def packets(recording: Any, stream: Any) -> Iterator[Any]:
    """The packets up to where the file breaks off: what was said until then is kept."""
    found = recording.demux(stream)
    while True:
        try:
            yield next(found)
        except StopIteration:
            return
        except FFmpegError:
            return


def _copy(source: Path, target: Path, codec: str) -> str:
    container, media_type = COPIED[codec]
    with source.open("rb") as file, _open(file) as recording, written(target, container) as copy:
        stream = recording.streams.audio[0]
        into = copy.add_stream_from_template(stream)
        into.metadata.clear()
        first = None
        for packet in packets(recording, stream):
            if packet.dts is None:
                continue
            first = packet.dts if first is None else first
            packet.dts -= first
            packet.pts = packet.dts
            packet.stream = into
            copy.mux(packet)
    return media_type


def _as_opus(source: Path, target: Path) -> str:
    container, media_type = COPIED["opus"]
    with source.open("rb") as file, _open(file) as recording, written(target, container) as copy:
        into = copy.add_stream("libopus", rate=48_000)
        into.layout = "mono"
        into.bit_rate = 40_000
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        for frame in itertools.chain(_frames(recording, recording.streams.audio[0]), (None,)):
            for part in resampler.resample(frame):
                copy.mux(into.encode(part))
        copy.mux(into.encode(None))
    return media_type


def written(target: Path, container: str) -> Any:
    """The file to write to, which says not a word of which program wrote it."""
    options = {"fflags": "+bitexact", "write_id3v1": "0", "id3v2_version": "0"} if container == "mp3" else {}
    options |= {"fflags": "+bitexact"}
    if container == "mp4":
        options["movflags"] = "+faststart"
    return av.open(str(target), "w", format=container, options=options)
