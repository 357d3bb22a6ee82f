"""The words that people use most, counted and drawn by a process of its own.

``python -m voice.evidence.clouds`` reads what was written from standard input and writes clouds to standard output,
both as MessagePack: see decision 0013.
"""

from __future__ import annotations

import asyncio
import hashlib
import html

import msgspec

from voice.running.other_process import answer_apart, in_another_process

KEPT = 32
"""Clouds of so many pages are kept, so that a page is drawn once for all who look at it."""

MOST_WORDS = 40
FEWEST_WORDS = 3
"""One or two words make no cloud: they stand in the table alone."""

INK = ("#1f2430", "#0b5551", "#0a4a7a", "#7a5a00")
"""Colours of the cloud. They mean nothing; each has a contrast of 5 or more on paper."""


_TITLE = "title-of-the-cloud"


class Written(msgspec.Struct, frozen=True):
    """What people wrote in a language, one text for each person, and how its cloud is to look.

    A word is shown that ``floor`` people or more wrote.
    """

    language: str
    direction: str
    font: str
    floor: int
    texts: tuple[str, ...]


class Cloud(msgspec.Struct, frozen=True):
    """Words with how many people wrote them, those of most people first. ``svg`` is empty when they are too few."""

    language: str
    words: tuple[tuple[str, int], ...]
    svg: str

    def titled(self, title: str) -> Cloud:
        """With what a screen reader says of the picture, which is drawn once for readers of every language."""
        return msgspec.structs.replace(self, svg=self.svg.replace(_TITLE, html.escape(title)))


_kept: dict[bytes, tuple[Cloud, ...]] = {}
_drawing: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}


async def clouds(written: list[Written]) -> tuple[Cloud, ...]:
    """A cloud for each language in which some word can be shown. Raises ``RuntimeError`` when they cannot be drawn."""
    enough = [each for each in written if len(each.texts) >= each.floor]
    if not enough:
        return ()
    sent = msgspec.msgpack.encode(enough)
    digest = hashlib.blake2b(sent, digest_size=16).digest()
    async with _drawing.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        if digest not in _kept:
            drawn = await in_another_process("voice.evidence.clouds", sent)
            _kept[digest] = msgspec.msgpack.decode(drawn, type=tuple[Cloud, ...])
            if len(_kept) > KEPT:
                del _kept[next(iter(_kept))]
    return _kept[digest]


def draw(written: Written) -> Cloud:
    from analysis.word_cloud import word_cloud_svg
    from analysis.words import word_counts

    counts = word_counts(written.texts, written.language, floor=written.floor).head(MOST_WORDS)
    words = tuple((str(word), int(n)) for word, n in zip(counts["word"], counts["voices"], strict=True))
    svg = ""
    if len(words) >= FEWEST_WORDS:
        svg = word_cloud_svg(
            counts,
            font_path=written.font,
            language=written.language,
            direction=written.direction,
            colours=INK,
            title=_TITLE,
            identity=f"cloud-{written.language}",
        )
    return Cloud(written.language, words, svg)


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=list[Written])
    return msgspec.msgpack.encode([cloud for each in asked if (cloud := draw(each)).words])


if __name__ == "__main__":
    answer_apart(answer)
