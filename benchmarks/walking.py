"""The survey walked as a browser would, by many at once, and what of it is in the store afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from benchmarks.families import Measured
from benchmarks.figures import Figure, Reference, at_least, at_most, percentile
from benchmarks.machine import Memory, memory_of
from benchmarks.serving import export, serving
from benchmarks.stored import Sent, read_export, wrong_with

AT_ONCE = 32
WARM_UP_SECONDS = 3


class Walked(msgspec.Struct, frozen=True):
    """A walk: what the families met, what the server needed, and what was not stored as acknowledged."""

    measured: Measured
    sent: int
    wrong: tuple[str, ...]
    at_start: Memory
    afterwards: Memory


def walk(folder: Path, *, seconds: float, database_url: str = "") -> Walked:
    data, sent_file, exported = folder / "data", folder / "sent.jsonl", folder / "answers.csv"
    with serving(data, database_url) as server:
        at_start = memory_of(server.pid)
        load = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.families", str(server.port), server.link),
                *("--server-pid", str(server.pid), "--sent", str(sent_file)),
                *("--at-once", str(AT_ONCE), "--warm-up", str(WARM_UP_SECONDS), "--seconds", str(seconds)),
            ],
            check=True,
            stdout=subprocess.PIPE,
        )
        afterwards = memory_of(server.pid)
        export(data, exported, database_url)
    with sent_file.open("rb") as file:
        sent = [msgspec.json.decode(line, type=Sent) for line in file]
    wrong = wrong_with(read_export(exported), sent, once=("went_well", "could_be_better"))
    return Walked(msgspec.json.decode(load.stdout, type=Measured), len(sent), tuple(wrong), at_start, afterwards)


def figures(walked: Walked, commits: Reference) -> list[Figure]:
    """``commits`` is what the same database does with one durable insert a transaction, a second."""
    measured = walked.measured
    took = measured.seconds
    cores = measured.machine - measured.server - measured.load
    return [
        Figure("answered pages", len(measured.pages) / took, "a second", at_least(500), commits),
        *(
            Figure(f"an answered page, p{part}", 1000 * percentile(measured.pages, part / 100), "ms", goal)
            for part, goal in ((50, None), (95, None), (99, at_most(250)))
        ),
        Figure("requests", len(measured.requests) / took, "a second"),
        *(
            Figure(f"a request, p{part}", 1000 * percentile(measured.requests, part / 100), "ms")
            for part in (50, 95, 99)
        ),
        Figure("errors", sum(measured.errors.values()), "", at_most(0)),
        Figure("surveys sent", walked.sent, ""),
        Figure("of them not stored exactly once", len(walked.wrong), "", at_most(0)),
        Figure("processor, server", 100 * measured.server / took, "% of a core"),
        Figure("processor, load generator", 100 * measured.load / took, "% of a core"),
        Figure("processor, all else on the machine", 100 * cores / took, "% of a core"),
    ]


def memory_figures(walked: Walked) -> list[Figure]:
    return [
        Figure("memory of the server at start", walked.at_start.now, "MB"),
        Figure("memory of the server after the walk", walked.afterwards.now, "MB", at_most(200)),
        Figure("memory of the server at most", walked.afterwards.most, "MB", at_most(200)),
    ]


def complaints(walked: Walked) -> list[str]:
    """What went wrong, in words, a few of each."""
    errors = [f"{times} times {error}" for error, times in walked.measured.errors.items()]
    return [*errors[:10], *walked.wrong[:10]]
