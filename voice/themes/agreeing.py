"""How well two coders agree, worked out by a process of its own.

``python -m voice.themes.agreeing`` reads what they coded from standard input and writes the figures to standard
output, both as MessagePack: the libraries it needs take a hundred megabytes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from voice.running.other_process import answer_apart, in_another_process
from voice.themes.samples import Coding

KEPT = 16


class Coded(msgspec.Struct, frozen=True):
    """The sets of themes of both coders, in one order; the themes of the frame; and what resamples are drawn with."""

    first: tuple[tuple[str, ...], ...]
    second: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    seed: int


class Figure(msgspec.Struct, frozen=True):
    value: float | None
    low: float | None
    high: float | None


class Agreed(msgspec.Struct, frozen=True):
    """See ``analysis.agreement.Agreement``. ``theme_id`` is empty for all themes at once."""

    theme_id: str
    n: int
    first: int
    second: int
    both: int
    same: float
    kappa: Figure
    alpha: Figure
    verdict: str


_kept: dict[bytes, tuple[Agreed, ...]] = {}
_working: dict[asyncio.AbstractEventLoop, asyncio.Lock] = {}


async def agreed(codings: Sequence[Coding], themes: Sequence[str], seed: str) -> tuple[Agreed, ...]:
    """The figures over all themes, then of each. Raises ``RuntimeError`` when they cannot be worked out."""
    sent = msgspec.msgpack.encode(
        Coded(
            tuple(each.first for each in codings),
            tuple(each.second for each in codings),
            tuple(themes),
            int.from_bytes(seed.encode()),
        )
    )
    async with _working.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        if sent not in _kept:
            written = await in_another_process("voice.themes.agreeing", sent)
            _kept[sent] = msgspec.msgpack.decode(written, type=tuple[Agreed, ...])
            if len(_kept) > KEPT:
                del _kept[next(iter(_kept))]
    return _kept[sent]


def figures(coded: Coded) -> tuple[Agreed, ...]:
    from analysis.agreement import agreement

    found = agreement(
        [frozenset(each) for each in coded.first],
        [frozenset(each) for each in coded.second],
        coded.themes,
        seed=coded.seed,
    )
    return tuple(
        Agreed(
            each.theme_id,
            each.n,
            each.first,
            each.second,
            each.both,
            each.same,
            Figure(each.kappa.value, each.kappa.low, each.kappa.high),
            Figure(each.alpha.value, each.alpha.low, each.alpha.high),
            each.verdict,
        )
        for each in found
    )


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=Coded)
    return msgspec.msgpack.encode(figures(asked))


if __name__ == "__main__":
    answer_apart(answer)
