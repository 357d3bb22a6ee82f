"""Pocketsphinx listens to one recording, in a process of its own.

``python -m voice.evidence.hearing`` reads the recording's path from standard input and writes the words to standard
output, both as MessagePack. It runs with the lowest priority: it takes a processor for as long as the recording lasts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from voice.running.other_process import answer_apart

SAMPLES_A_SECOND = 16_000
"""What the model of the package was made from."""


def sound_of(recording: Path) -> Iterator[bytes]:
    """The sound as whole numbers of 16 bits, one channel."""
    import av

    with av.open(str(recording), "r", metadata_errors="ignore") as opened:
        made = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES_A_SECOND)
        for frame in opened.decode(opened.streams.audio[0]):
            for part in made.resample(frame):
                yield bytes(part.planes[0])[: part.samples * 2]
        for part in made.resample(None):
            yield bytes(part.planes[0])[: part.samples * 2]


def heard(recording: Path) -> str:
    """The words, a line for each stretch of speech between two pauses."""
    from pocketsphinx import Decoder, Endpointer  # type: ignore[import-not-found]

    decoder = Decoder(samprate=SAMPLES_A_SECOND, loglevel="FATAL")
    listener = Endpointer(sample_rate=SAMPLES_A_SECOND)
    lines: list[str] = []
    begun = False
    for frame, speech in _frames(recording, listener):
        if speech is not None and not begun:
            decoder.start_utt()
            begun = True
        if speech is not None:
            decoder.process_raw(speech)
        if begun and (not listener.in_speech or frame is None):
            decoder.end_utt()
            begun = False
            if found := decoder.hyp():
                lines.append(found.hypstr)
    return "\n".join(filter(None, lines))


def _frames(recording: Path, listener: object) -> Iterator[tuple[bytes | None, bytes | None]]:
    """Each frame with the speech in it; ``None`` for the frame that ends the recording."""
    size: int = listener.frame_bytes  # type: ignore[attr-defined]
    waiting = b""
    for sound in sound_of(recording):
        waiting += sound
        while len(waiting) > size:
            frame, waiting = waiting[:size], waiting[size:]
            yield frame, listener.process(frame)  # type: ignore[attr-defined]
    yield None, listener.end_stream(waiting)  # type: ignore[attr-defined]


def main() -> None:
    os.nice(19)
    answer_apart(lambda sent: msgspec.msgpack.encode(heard(Path(msgspec.msgpack.decode(sent, type=str)))))


if __name__ == "__main__":
    main()
