"""``python -m benchmarks``: every figure with the machine's description, its goal and its reference."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    analysis,
    briefing,
    builder,
    disclosure,
    disk,
    easy_read,
    fatigue,
    machine,
    packs,
    postgres,
    presending,
    process_control,
    recordings,
    rendering,
    room,
    scale,
    school_hour,
    searching,
    starting,
    walking,
)
from benchmarks.figures import Figure, Reference, table
from voice.settings import ROOT

ALL = (
    *("walk", "schools", "rendering", "start", "analysis", "recordings", "builder", "easy_read"),
    *("room", "searching", "presending", "scale", "fatigue"),
    *("process_control", "disclosure", "briefing", "packs"),
)


def main() -> int:
    options = _options()
    # In the checkout, on the disk it lies on: a temporary folder is often kept in memory, where every commit is fast.
    (ROOT / "build").mkdir(exist_ok=True)
    chosen = [options.only] if options.only else list(ALL)
    short: list[str] = []
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-") as name:
        print("Golden Thread, benchmarks", *machine.description(Path(name)), sep="\n", flush=True)
        for benchmark in chosen:
            folder = Path(name) / benchmark
            folder.mkdir()
            short += RUN[benchmark](folder, options)
        if options.postgres:
            folder = Path(name) / "postgres"
            folder.mkdir()
            short += _walk_on_postgres(folder, options)
    if short:
        print(f"\n{len(short)} of the goals not met:", *(f"  {each}" for each in short), sep="\n")
        return 1
    print("\nEvery goal met.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=ALL, help="one of them")
    parser.add_argument("--seconds", type=float, default=15, metavar="N", help="how long the walk is measured (15)")
    parser.add_argument(
        "--school-seconds", type=float, default=360, metavar="N", help="how much of the schools' 360 s is played (360)"
    )
    parser.add_argument("--million", action="store_true", help="read a million comments too (with scale)")
    parser.add_argument("--postgres", action="store_true", help="walk on PostgreSQL too")
    return parser.parse_args()


def _walk(folder: Path, options: argparse.Namespace) -> list[str]:
    commits = disk.sqlite_commits(folder, seconds=3)
    walked = walking.walk(folder, seconds=options.seconds)
    return _show_walk("SQLite", walked, Reference("durable SQLite commits", commits))


def _schools(folder: Path, options: argparse.Namespace) -> list[str]:
    commits = Reference("durable SQLite commits", disk.sqlite_commits(folder, seconds=3))
    found = school_hour.figures(folder, seconds=options.school_seconds, commits=commits)
    return _show(f"Ninety schools at ten times the speed, {options.school_seconds:.0f} of 360 s", found)


def _searching(folder: Path, _: argparse.Namespace) -> list[str]:
    """On both databases, whatever else is measured: they have an index of words each."""
    asked = f"A search over {searching.VOICES:,} voices on"
    short = _show(f"{asked} SQLite", searching.figures(folder))
    (folder / "server").mkdir()
    with postgres.postgres(folder / "server") as url:
        print(f"\nPostgreSQL {postgres.described(url)}")
        return short + _show(f"{asked} PostgreSQL", searching.figures(folder, database_url=url))


def _presending(folder: Path, _: argparse.Namespace) -> list[str]:
    """On both databases: the ledger is summed up by the database."""
    asked = f"The check before a sending, with a ledger of {presending.ASKS:,} asks on"
    short = _show(f"{asked} SQLite", presending.figures(folder))
    (folder / "server").mkdir()
    with postgres.postgres(folder / "server") as url:
        print(f"\nPostgreSQL {postgres.described(url)}")
        return short + _show(f"{asked} PostgreSQL", presending.figures(folder, database_url=url))


def _walk_on_postgres(folder: Path, options: argparse.Namespace) -> list[str]:
    (folder / "server").mkdir()
    with postgres.postgres(folder / "server") as url:
        print(f"\nPostgreSQL {postgres.described(url)}")
        commits = asyncio.run(disk.postgres_commits(url, seconds=3))
        walked = walking.walk(folder, seconds=options.seconds, database_url=url)
    return _show_walk("PostgreSQL", walked, Reference("durable PostgreSQL commits", commits))


def _show_walk(database: str, walked: walking.Walked, commits: Reference) -> list[str]:
    asked = f"The survey walked on {database}, {walking.AT_ONCE} at once, {walked.measured.seconds:.0f} s"
    short = _show(asked, [*walking.figures(walked, commits), *walking.memory_figures(walked)])
    for complaint in walking.complaints(walked):
        print(f"  wrong: {complaint}")
    return short


def _show(heading: str, figures: list[Figure]) -> list[str]:
    """Prints the figures; returns the names of those that fall short."""
    print(f"\n{heading}", table(figures), sep="\n", flush=True)
    return [f"{heading}: {figure.name}" for figure in figures if figure.falls_short]


RUN: dict[str, Callable[[Path, argparse.Namespace], list[str]]] = {
    "builder": lambda folder, _: _show("Building a survey", builder.figures(folder)),
    "room": lambda folder, _: _show("A room of forty people", room.figures(folder, seconds=12)),
    "walk": _walk,
    "rendering": lambda folder, _: _show("A page rendered", rendering.figures(folder, seconds=6)),
    "start": lambda folder, _: _show("voice run on a folder in use", starting.figures(folder)),
    "schools": _schools,
    "searching": _searching,
    "presending": _presending,
    "easy_read": lambda *_: _show("The easy-read check", easy_read.figures()),
    "analysis": lambda folder, _: _show("Themes", analysis.figures(folder)),
    "scale": lambda folder, options: _show("Large files", scale.figures(folder, million=options.million)),
    "fatigue": lambda folder, _: _show("Fatigue", fatigue.figures(folder)),
    "process_control": lambda *_: _show("Dips early", process_control.figures()),
    "briefing": lambda folder, _: _show("The lead's first page, a million answers", briefing.figures(folder)),
    "packs": lambda *_: _show("A pack of thirty pages", packs.figures()),
    "disclosure": lambda folder, _: _show("Disclosure control", disclosure.figures(folder)),
    "recordings": lambda folder, _: _show("Recordings of three minutes", recordings.figures(folder)),
}

if __name__ == "__main__":
    sys.exit(main())
