"""Large files through ``voice themes``, without the model of meaning: how long they take and what memory they need.

The comments recombine sentences of our own examples to some 23 words. Memory is that of the program and of the
processes it starts, together, looked at ten times a second.
"""

from __future__ import annotations

import csv
import random
import subprocess
import time
from itertools import islice
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

from benchmarks.figures import Figure, Reference, at_most
from benchmarks.serving import VOICE
from voice.settings import ROOT

ROWS, MILLION, WITH_MEANING = 100_000, 1_000_000, 10_000
WORDS = 23
FRAME = ROOT / "analysis" / "frames" / "send.csv"
EXAMPLES = ROOT / "analysis" / "examples"
_VADER_READS = 10_000
_PAGE = 4096
_MB = 1_000_000


def figures(folder: Path, *, million: bool = False) -> list[Figure]:
    found = _measured(folder, ROWS, "--without-meaning", goal_seconds=90, goal_memory=1000)
    found += _measured(folder, WITH_MEANING, "--with-meaning", goal_seconds=100)
    return found + (_measured(folder, MILLION, "--without-meaning") if million else [])


def _measured(
    folder: Path, rows: int, meaning: str, goal_seconds: float | None = None, goal_memory: float | None = None
) -> list[Figure]:
    comments = folder / f"{rows}.csv"
    write_comments(comments, rows)
    words = ["themes", str(comments), "--text", "text", "--question", "question", "--codeframe", str(FRAME), meaning]
    words += ["--out", str(folder / "out.csv"), "--summary", str(folder / "summary.json")]
    began = time.perf_counter()
    program = subprocess.Popen([VOICE, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while program.poll() is None:
        most = max(most, memory_of_tree(program.pid))
        time.sleep(0.1)
    seconds = time.perf_counter() - began
    if program.returncode:
        raise RuntimeError(f"voice themes ended with status {program.returncode}")
    name = f"{rows:,} comments {meaning.removeprefix('--').replace('-', ' ')}"
    return [
        Figure(
            name,
            seconds,
            "seconds",
            goal=at_most(goal_seconds) if goal_seconds else None,
            reference=Reference("VADER alone", _vader_seconds(comments, rows)),
        ),
        Figure(f"{name}, memory", most, "MB", goal=at_most(goal_memory) if goal_memory else None),
    ]


def write_comments(path: Path, rows: int) -> None:
    """Comments made of sentences of our own examples, so that few are the same."""
    sentences, questions = list[str](), list[str]()
    for file in ("comments.csv", "services.csv"):
        with (EXAMPLES / file).open(encoding="utf-8", newline="") as examples:
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
    """Megabytes that a process and all that descend from it hold now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return pages * _PAGE / _MB + sum(memory_of_tree(int(child)) for child in children)


def _vader_seconds(comments: Path, rows: int) -> float:
    """Measured on the first ten thousand and reckoned for all."""
    with comments.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in islice(csv.DictReader(file), _VADER_READS)]
    analyser = SentimentIntensityAnalyzer()
    began = time.perf_counter()
    for text in texts:
        analyser.polarity_scores(text)
    return (time.perf_counter() - began) / len(texts) * rows
