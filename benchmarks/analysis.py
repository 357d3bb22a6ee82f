"""Comments a second through ``voice themes``: invented ones, and real ones where they lie beside the checkout."""

from __future__ import annotations

import csv
import random
import subprocess
import time
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-untyped]

from benchmarks.families import SAID
from benchmarks.figures import Figure, Reference
from benchmarks.serving import VOICE
from voice.settings import ROOT

ROWS = 10_000
SEND_FRAME = ROOT / "analysis" / "frames" / "send.csv"
REAL = ROOT.parent / "shared" / "data" / "nhs_fft"


def figures(folder: Path) -> list[Figure]:
    measured = [_figure("invented comments", _invented(folder), SEND_FRAME, folder)]
    if (REAL / "comments.csv").is_file() and (REAL / "frame.csv").is_file():
        measured.append(_figure("real comments (NHS)", REAL / "comments.csv", REAL / "frame.csv", folder))
    return measured


def _figure(name: str, comments: Path, frame: Path, folder: Path) -> Figure:
    """Start and end of the program count too: that is what an analyst waits for."""
    with comments.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    began = time.perf_counter()
    subprocess.run(
        [
            *(*VOICE, "themes", str(comments), "--text", "text", "--codeframe", str(frame)),
            *("--out", str(folder / "out.csv")),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    rate = len(texts) / (time.perf_counter() - began)
    return Figure(f"voice themes, {name}", rate, "rows a second", reference=Reference("VADER alone", _vader(texts)))


def _vader(texts: list[str]) -> float:
    analyser = SentimentIntensityAnalyzer()
    began = time.perf_counter()
    for text in texts:
        analyser.polarity_scores(text)
    return len(texts) / (time.perf_counter() - began)


def _invented(folder: Path) -> Path:
    """Comments of one to three of the invented ones, so that few are the same."""
    with SAID.open(encoding="utf-8", newline="") as file:
        said = [row["text"] for row in csv.DictReader(file) if row["language"] == "en"]
    chosen = random.Random(2026)
    comments = folder / "comments.csv"
    with comments.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows([n, " ".join(chosen.sample(said, chosen.randint(1, 3)))] for n in range(ROWS))
    return comments
