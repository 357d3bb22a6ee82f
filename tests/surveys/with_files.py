"""A survey that asks for a recording, a drawing and a photo, and what devices send as their answers."""

from __future__ import annotations

import io

import av
import numpy as np
from PIL import Image

from surveys.document import Question, SurveyDocument, Words

SLUG = "with-files"


def document(languages: tuple[str, ...]) -> SurveyDocument:
    """The survey, which says the same English words in each language."""

    def words(english: str) -> Words:
        return dict.fromkeys(languages, english)

    def ask(concept: str, kind: str, symbol: str, title: str) -> Question:
        return Question(concept, kind, symbol, words(title), words("There is no right or wrong answer."))  # type: ignore[arg-type]

    return SurveyDocument(
        slug=SLUG,
        title=words("My school"),
        about=words("We want to know how school is for you."),
        who_reads=words("The people who run the schools read all answers."),
        what_happens_next=words("We tell your school what children said."),
        minutes=5,
        languages=languages,
        audience="young_person",
        questions=(
            ask("tell_us", "recording", "listen", "Tell us about a good day"),
            ask("show_us", "drawing", "views", "Draw your best place"),
            ask("look", "photo", "sun", "What helps you at school?"),
        ),
    )


def sound(
    seconds: float,
    *,
    codec: str = "libopus",
    container: str = "webm",
    rate: int = 48_000,
    said: dict[str, str] | None = None,
) -> bytes:
    """A tone, as a device records it; ``said`` is what the device writes into the file about itself."""
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        file.metadata.update(said or {})
        stream = file.add_stream(codec, rate=rate)
        stream.layout = "mono"  # type: ignore[union-attr]
        resampler = av.AudioResampler(format=stream.codec_context.format.name, layout="mono", rate=rate)  # type: ignore[union-attr]
        tone = (np.sin(2 * np.pi * 220 * np.arange(int(rate * seconds)) / rate) * 0.3).astype("float32")
        for start in range(0, tone.size, rate // 5):
            frame = av.AudioFrame.from_ndarray(tone[None, start : start + rate // 5], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            for part in resampler.resample(frame):
                file.mux(stream.encode(part))  # type: ignore[union-attr, arg-type]
        file.mux(stream.encode(None))  # type: ignore[union-attr]
    return written.getvalue()


def heard(recording: bytes) -> float:
    """Seconds that can be heard, decoded from the first to the last."""
    with av.open(io.BytesIO(recording)) as file:
        return float(sum(frame.samples / frame.sample_rate for frame in file.decode(audio=0)))


def film(
    seconds: float = 1,
    *,
    with_sound: bool,
    codec: str = "mpeg4",
    container: str = "mp4",
    said: dict[str, str] | None = None,
) -> bytes:
    """A film of one grey; in MPEG-4 it is one that no browser plays. ``said`` is what a device writes into it."""
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        file.metadata.update(said or {})
        pictures = file.add_stream(codec, rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"  # type: ignore[union-attr]
        spoken = file.add_stream("aac", rate=48_000) if with_sound else None
        for _ in range(int(seconds * 10)):
            shown = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, dtype="uint8"), format="rgb24")
            file.mux(pictures.encode(shown))  # type: ignore[union-attr, arg-type]
        file.mux(pictures.encode(None))  # type: ignore[union-attr]
        if spoken is not None:
            for start in range(0, int(48_000 * seconds), 1024):
                quiet = np.zeros((1, 1024), dtype="float32")
                frame = av.AudioFrame.from_ndarray(quiet, format="fltp", layout="mono")
                frame.sample_rate, frame.pts = 48_000, start
                file.mux(spoken.encode(frame))  # type: ignore[union-attr, arg-type]
            file.mux(spoken.encode(None))  # type: ignore[union-attr]
    return written.getvalue()


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, colour: str = "#1b7f3b", upright: int = 1
) -> bytes:
    """A picture with what a phone writes into it: who made it, and where. ``upright`` is the EXIF orientation."""
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone of Anna"
    exif[0x0112] = upright
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 24.0, 46.0)})
    Image.new("RGB", size, colour).save(written, kind, exif=exif)
    return written.getvalue()
