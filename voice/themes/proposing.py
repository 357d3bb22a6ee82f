"""Which of people's own sentences stand for a theme, proposed by a process of its own: a person chooses among them.

``python -m voice.themes.proposing`` reads sentences from standard input and writes proposals to standard output, both
as MessagePack. What was proposed is kept by what it was made of, so that it is worked out once.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections import OrderedDict

import msgspec

from voice.running.other_process import answer_apart, in_another_process

KEPT = 64
CENTRAL = 12
OF_EACH = 3


class About(msgspec.Struct, frozen=True):
    """A sentence about a theme that may be quoted. ``score`` is how good or bad it sounds, -1 to 1."""

    voice: uuid.UUID
    person: str
    text: str
    sentiment: str
    score: float
    is_released: bool


class Asked(msgspec.Struct, frozen=True):
    """``feels`` is how most people feel about the theme, empty where that cannot be told."""

    feels: str
    sentences: tuple[About, ...]


class Proposals(msgspec.Struct, frozen=True):
    """Voices, the best first: those whose sentences say what many say, the most positive, the most negative, and those
    that see it otherwise than most."""

    central: tuple[uuid.UUID, ...] = ()
    positive: tuple[uuid.UUID, ...] = ()
    negative: tuple[uuid.UUID, ...] = ()
    disagrees: tuple[uuid.UUID, ...] = ()

    @property
    def all(self) -> tuple[uuid.UUID, ...]:
        """Each once; the first of each kind come early."""
        first = (self.central[:3], self.positive[:1], self.negative[:1], self.disagrees[:1])
        kinds = (*first, self.central, self.positive, self.negative, self.disagrees)
        return tuple(dict.fromkeys(voice for kind in kinds for voice in kind))


class Proposed(msgspec.Struct, frozen=True):
    """Of quotes that are released, and of words that nobody released yet."""

    released: Proposals = Proposals()
    unreleased: Proposals = Proposals()


_kept: OrderedDict[bytes, Proposed] = OrderedDict()
_working: dict[tuple[asyncio.AbstractEventLoop, bytes], asyncio.Task[Proposed]] = {}


async def proposals(asked: Asked, *, patience: float | None) -> Proposed | None:
    """Proposals for what was asked; ``None`` when they are not worked out after so many seconds. Raises
    ``RuntimeError``."""
    if not asked.sentences:
        return Proposed()
    sent = msgspec.msgpack.encode(asked)
    key = hashlib.blake2b(sent, digest_size=16).digest()
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    place = (asyncio.get_running_loop(), key)
    task = _working.get(place)
    if task is None:
        task = _working[place] = asyncio.create_task(_worked_out(key, sent))
    done, _ = await asyncio.wait({task}, timeout=patience)
    return task.result() if done else None


async def _worked_out(key: bytes, sent: bytes) -> Proposed:
    try:
        written = await in_another_process("voice.themes.proposing", sent)
        _kept[key] = msgspec.msgpack.decode(written, type=Proposed)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key]
    finally:
        _working.pop((asyncio.get_running_loop(), key), None)


def propose(asked: Asked) -> Proposed:
    """Works them out here and now."""
    from analysis.central_sentences import Sentence, most_central

    sentences = [Sentence(each.text, each.person) for each in asked.sentences]

    def chosen(*, is_released: bool) -> Proposals:
        some = [place for place, each in enumerate(asked.sentences) if each.is_released == is_released]

        def felt(way: str) -> list[int]:
            return [place for place in some if asked.sentences[place].sentiment == way]

        def central(places: list[int], most: int) -> tuple[uuid.UUID, ...]:
            return tuple(asked.sentences[place].voice for place in most_central(sentences, most, places))

        def ends(way: str, sign: int) -> tuple[uuid.UUID, ...]:
            of = [asked.sentences[place] for place in felt(way)]
            return tuple(
                each.voice for each in sorted(of, key=lambda each: (-sign * each.score, len(each.text)))[:OF_EACH]
            )

        otherwise = {"positive": "negative", "negative": "positive"}.get(asked.feels)
        return Proposals(
            central=central(some, CENTRAL),
            positive=ends("positive", 1),
            negative=ends("negative", -1),
            disagrees=central(felt(otherwise), OF_EACH) if otherwise else (),
        )

    return Proposed(chosen(is_released=True), chosen(is_released=False))


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=Asked)
    return msgspec.msgpack.encode(propose(asked))


if __name__ == "__main__":
    answer_apart(answer)
