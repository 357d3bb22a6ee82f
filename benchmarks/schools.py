"""The load: whole schools in one hour, played faster. Classes of thirty begin together, each pupil at their own pace.

9,000 pupils of 90 schools answer 20 questions within an hour, at ten times the speed: 300 classes in six minutes.
A process of its own: ``python -m benchmarks.schools PORT --codes FILE --server-pid PID --seconds 360``. With fewer
seconds fewer classes begin, as many a second. Pupils wait for nothing but their own thinking: a server that falls
behind meets all the pages that were due.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import uvloop

from benchmarks.browser import Browser, ConnectionLost, NoForm, form_on
from benchmarks.families import Families, Measured, WrongPage
from benchmarks.machine import busy

PUPILS = 9000
A_CLASS = 30
AN_HOUR_TAKES_SECONDS = 360
SECONDS_TO_THINK = 1.5
"""On average, between two pages, at ten times the speed."""

A_WAY_TAKES_SECONDS = 35
"""Twenty questions with their thinking: so long before the end the last class begins."""


class Pupils(Families):
    """Pupils who answer on tablets of their class. ``_link`` is the code of the class."""

    async def answer_once(self) -> None:
        try:
            self.sent.append(await self._answer())
            self.walks += 1
        except (WrongPage, NoForm, ConnectionLost) as problem:
            self.errors[f"{type(problem).__name__}: {problem}"] += 1

    async def _begin(self, browser: Browser) -> str:
        await self._think()
        form = form_on((await self._get(browser, "/class")).html)
        joined = await self._post(browser, form, {"class": self._link})
        start = form_on((await self._get(browser, joined.location)).html)
        return (await self._post(browser, start, {})).location

    async def _think(self) -> None:
        await asyncio.sleep(self._random.uniform(0.3, 1.7) * SECONDS_TO_THINK)


async def play(port: int, codes: Sequence[str], *, server_pid: int, seconds: float, seed: int) -> tuple[Measured, int]:
    """Plays ``seconds`` of the six minutes; returns what was measured, and how many pupils there were."""
    chance = random.Random(seed)
    classes = max(1, round(PUPILS / A_CLASS * seconds / AN_HOUR_TAKES_SECONDS))
    begin_within = (AN_HOUR_TAKES_SECONDS - A_WAY_TAKES_SECONDS) * seconds / AN_HOUR_TAKES_SECONDS
    beginnings = [chance.uniform(0, begin_within) for _ in range(classes)]
    rooms = [
        Pupils(port, codes[number % len(codes)], seed=seed + number * A_CLASS + seat)
        for number in range(classes)
        for seat in range(A_CLASS)
    ]
    for room in rooms:
        room.counting = True
    began, before = time.perf_counter(), busy(server_pid, os.getpid())

    async def attend(pupil: Pupils, after: float) -> None:
        await asyncio.sleep(after)
        await pupil.answer_once()

    await asyncio.gather(*(attend(pupil, beginnings[place // A_CLASS]) for place, pupil in enumerate(rooms)))
    took, after = time.perf_counter() - began, busy(server_pid, os.getpid())
    server, load = (late - early for early, late in zip(before.processes, after.processes, strict=True))
    errors: dict[str, int] = {}
    for room in rooms:
        for error, times in room.errors.items():
            errors[error] = errors.get(error, 0) + times
    measured = Measured(
        seconds=took,
        pages=[page for room in rooms for page in room.pages],
        requests=[request for room in rooms for request in room.requests],
        errors=errors,
        server=server,
        load=load,
        machine=after.machine - before.machine,
        walks=sum(room.walks for room in rooms),
    )
    return measured, len(rooms)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--codes", type=Path, required=True, help="the codes of the classes, one a line")
    parser.add_argument("--server-pid", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=AN_HOUR_TAKES_SECONDS)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args(arguments)
    measured, pupils = uvloop.run(
        play(
            given.port,
            given.codes.read_text().split(),
            server_pid=given.server_pid,
            seconds=given.seconds,
            seed=given.seed,
        )
    )
    print(msgspec.json.encode((measured, pupils)).decode())


if __name__ == "__main__":
    main()
