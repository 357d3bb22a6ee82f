"""Large files through ``voice themes``, without the model of meaning: how long they take and what memory they need.

The comments recombine sentences of our own examples to some 23 words. Memory is that of the program and of the
processes it starts, together, looked at four times a second.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

from benchmarks.figures import Figure, Reference, at_most
from benchmarks.serving import VOICE
from voice.settings import ROOT

ROWS, MILLION, WITH_MEANING = 100_000, 1_000_000, 10_000
WORDS = 23
FRAME = ROOT / "analysis" / "frames" / "send.csv"
EXAMPLES = ROOT / "analysis" / "examples"
_VADER_READS = 10_000
_KB = 1024
_MB = 1_000_000


class Run(NamedTuple):
    """What one run took: seconds, seconds of all processors together, and megabytes at most."""

    seconds: float
    processors: float
    memory: float


def figures(folder: Path, *, million: bool = False) -> list[Figure]:
    many = _run(folder, ROWS, "--without-meaning")
    vader = _vader_seconds(folder / f"{ROWS}.csv", ROWS)
    found = _figures(ROWS, "without meaning", many, Reference("VADER alone", vader), seconds=90, memory=1000)
    meant = _run(folder, WITH_MEANING, "--with-meaning")
    alone = Reference("VADER alone", vader * WITH_MEANING / ROWS)
    found += _figures(WITH_MEANING, "with meaning", meant, alone, seconds=100)
    if million:
        times = MILLION / ROWS
        most = _run(folder, MILLION, "--without-meaning")
        in_line = Reference(f"{times:.0f} times {ROWS:,}", many.seconds * times)
        found += _figures(MILLION, "without meaning", most, in_line, seconds=1.1 * many.seconds * times)
    return found


def _figures(
    rows: int, how: str, run: Run, reference: Reference, *, seconds: float, memory: float | None = None
) -> list[Figure]:
    name = f"{rows:,} comments {how}"
    return [
        Figure(name, run.seconds, "seconds", goal=at_most(seconds), reference=reference),
        Figure(f"{name}, all processors together", run.processors, "seconds"),
        Figure(f"{name}, memory", run.memory, "MB", goal=at_most(memory) if memory else None),
    ]


def _run(folder: Path, rows: int, meaning: str) -> Run:
    comments = folder / f"{rows}.csv"
    write_comments(comments, rows)
    words = ["themes", str(comments), "--text", "text", "--question", "question", "--codeframe", str(FRAME), meaning]
    words += ["--out", str(folder / "out.csv"), "--summary", str(folder / "summary.json")]
    before, began = _processor_seconds(), time.perf_counter()
    program = subprocess.Popen([*VOICE, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while program.poll() is None:
        most = max(most, memory_of_tree(program.pid))
        time.sleep(0.25)
    seconds = time.perf_counter() - began
    if program.returncode:
        raise RuntimeError(f"voice themes ended with status {program.returncode}")
    return Run(seconds, _processor_seconds() - before, most)


def write_comments(path: Path, rows: int) -> None:
    """Comments made of sentences of our own examples, so that few are the same."""
    sentences, questions = list[str](), list[str]()
    for name in ("comments.csv", "services.csv"):
        with (EXAMPLES / name).open(encoding="utf-8", newline="") as examples:
            for row in csv.DictReader(examples):
                sentences += [part.strip() + "." for part in row["text"].split(".") if len(part.split()) > 3]
                questions.append(row["question"])
    chosen = random.Random(2026)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "question", "text"])
        for number in range(rows):
            said = list[str]()
            while len(said) < WORDS:
                said += chosen.choice(sentences).split()
            writer.writerow([number, chosen.choice(questions), " ".join(said[:WORDS])])


def memory_of_tree(pid: int) -> float:
    """Megabytes that a process and all that descend from it hold now; what several share counts once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own * _KB / _MB + sum(memory_of_tree(int(child)) for child in children)


def _processor_seconds() -> float:
    """Of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _vader_seconds(comments: Path, rows: int) -> float:
    """Measured on the first ten thousand and reckoned for all."""
    with comments.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in islice(csv.DictReader(file), _VADER_READS)]
    analyser = SentimentIntensityAnalyzer()
    began = time.perf_counter()
    for text in texts:
        analyser.polarity_scores(text)
    return (time.perf_counter() - began) / len(texts) * rows
