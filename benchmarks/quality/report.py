"""Every figure on how good the machine's suggestions are, and `docs/quality.md` made of them.

``python -m benchmarks.quality.report`` measures and prints part by part; ``--write`` writes the page anew. The comments
beside the checkout (`../shared/data`) are measured where they are; the held-out texts are always there. Vectors are
kept in ``build/vectors.bin``, so that only the first run works them out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis.embeddings import Meanings, Remembered, load_model
from analysis.example_vectors import WithExamples
from benchmarks import machine
from benchmarks.figures import Goal, at_least, at_most
from benchmarks.quality import Score, easy_read, new_themes, questions, redaction, sentiment, themes, urgent
from voice.settings import ROOT

SHARED = ROOT.parent / "shared" / "data"
HELD_OUT = ROOT / "benchmarks" / "heldout"
PAGE = ROOT / "docs" / "quality.md"

GOALS: dict[str, Goal] = {
    "NHS, ours, macro-F1 of three": at_least(0.62),
    "NHS, ours, negative recall": at_least(0.76),
    "NHS, what could we do better?, ours, accuracy": at_least(0.75),
    "SEND, ours, macro-F1 of three": at_least(0.60),
    "SEND, ours, negative recall": at_least(0.75),
    "NHS themes, nothing labelled, micro-F1": at_least(0.59),
    "NHS themes, nothing labelled, macro-F1": at_least(0.49),
    "NHS themes, 250 decisions, micro-F1": at_least(0.69),
    "NHS themes, 250 decisions, macro-F1": at_least(0.46),
    "NHS themes, all decisions, micro-F1": at_least(0.76),
    "NHS themes, all decisions, macro-F1": at_least(0.61),
    "NHS themes, the 70 % kept, micro-F1": at_least(0.86),
    "NHS themes, calibration error": at_most(0.05),
    "SEND themes, nothing labelled, micro-F1": at_least(0.58),
    "SEND themes, nothing labelled, macro-F1": at_least(0.57),
    "new themes, adjusted mutual information": at_least(0.34),
    "new themes, purity": at_least(0.64),
    "redaction, recall PERSON": at_least(0.97),
    "redaction, recall": at_least(0.98),
    "redaction, precision": at_least(0.92),
    "urgent, recall": at_least(0.90),
    "urgent, share flagged": at_most(0.12),
    "questions, the twin is in the top 3 of the bank": at_least(0.97),
    "questions, negated, other time or other people, called the same": at_most(0.0),
}
"""What the figures are to reach on the comments beside the checkout."""


@dataclass(frozen=True)
class Part:
    """Figures of one kind: ``measure`` is called only where ``file`` is there; ``named`` begins each score's name."""

    heading: str
    file: Path
    measure: Callable[[], list[Score]]
    named: str = ""


def parts(meanings: Meanings | None) -> tuple[Part, ...]:
    nhs, send = SHARED / "nhs_fft", SHARED / "send"
    held = HELD_OUT
    return (
        Part(
            "Sentiment, NHS",
            nhs / "comments.csv",
            partial(sentiment.evaluate_nhs, nhs / "comments.csv", meanings=meanings),
        ),
        Part(
            "Sentiment, SEND",
            send / "comments_dev.csv",
            partial(sentiment.evaluate_send, send / "comments_dev.csv", meanings=meanings),
        ),
        Part(
            "Sentiment, held out",
            held / "comments.csv",
            partial(sentiment.evaluate_send, held / "comments.csv", meanings=meanings, name="held out"),
        ),
        Part("Themes, NHS", nhs / "comments.csv", partial(themes.nhs_scores, nhs, meanings)),
        Part(
            "Themes, SEND",
            send / "comments_dev.csv",
            partial(themes.send_scores, send / "comments_dev.csv", send / "codeframe.csv", meanings, "SEND themes"),
        ),
        Part(
            "Themes, held out",
            held / "comments.csv",
            partial(themes.send_scores, held / "comments.csv", held / "frame.csv", meanings, "held-out themes"),
        ),
        Part("New themes, NHS", nhs / "comments.csv", partial(new_themes.evaluate, meanings)),
        Part("Redaction", send / "pii_dev.jsonl", partial(redaction.evaluate, send / "pii_dev.jsonl"), "redaction, "),
        Part(
            "Redaction, held out",
            held / "personal_details.jsonl",
            partial(redaction.evaluate, held / "personal_details.jsonl"),
            "held-out redaction, ",
        ),
        Part(
            "Urgent, SEND",
            send / "comments_dev.csv",
            partial(urgent.evaluate, send / "comments_dev.csv", meanings=meanings),
            "urgent, ",
        ),
        Part(
            "Urgent, held out",
            held / "comments.csv",
            partial(urgent.evaluate, held / "comments.csv", meanings=meanings),
            "held-out urgent, ",
        ),
        Part(
            "Urgent, held out, chosen to be hard",
            held / "urgent.csv",
            partial(urgent.evaluate, held / "urgent.csv", meanings=meanings),
            "hard urgent, ",
        ),
        Part(
            "Questions that ask the same",
            send / "questions_dev.csv",
            partial(questions.evaluate, send / "questions_dev.csv", with_meanings=meanings is not None),
            "questions, ",
        ),
        Part(
            "Questions that ask the same, held out",
            held / "questions.csv",
            partial(questions.evaluate, held / "questions.csv", with_meanings=meanings is not None),
            "held-out questions, ",
        ),
        Part(
            "Easy read",
            send / "easyread_dev.csv",
            partial(easy_read.evaluate, send / "easyread_dev.csv"),
            "easy read, ",
        ),
        Part(
            "Easy read, held out",
            held / "easyread.csv",
            partial(easy_read.evaluate, held / "easyread.csv"),
            "held-out easy read, ",
        ),
    )


def measured(of: Iterable[Part]) -> Iterable[tuple[str, list[Score]]]:
    for part in of:
        if part.file.is_file():
            yield (
                part.heading,
                [Score(part.named + each.name, each.value, each.low, each.high, each.n) for each in part.measure()],
            )


def remembering(file: Path) -> Meanings | None:
    """What the product reads with, remembering every vector from run to run."""
    model = load_model()
    return WithExamples(Remembered(model, file)) if model else None


def falls_short(score: Score) -> bool:
    goal = GOALS.get(score.name)
    return goal is not None and not goal.is_met_by(round(score.value, 3))


def line(score: Score) -> str:
    goal = GOALS.get(score.name)
    said = "" if goal is None else f"{goal.way} {goal.value:.2f}" + (", **short**" if falls_short(score) else "")
    return f"| {score.name} | {score.value:.3f} | {score.low:.3f}–{score.high:.3f} | {score.n:,} | {said} |"


def page(of: Iterable[tuple[str, list[Score]]], *, today: dt.date) -> str:
    """The page in Markdown."""
    lines = [
        "# How good the suggestions are",
        "",
        f"Made by `python -m benchmarks.quality.report --write` on {today.isoformat()}. Do not edit: run it again.",
        "",
        "Every figure stands with its interval of 95 % (drawing the cases again with replacement) and how many cases",
        "it rests on. “NHS” are real answers to the Friends and Family Test; “SEND” are comments written for",
        "development, on which rules and lists were tried; “held out” are texts in `benchmarks/heldout/` on which",
        "nothing was tuned but how modest confidence is while nothing is labelled: **they say best what to expect of",
        "your own comments.** “Ours” is this engine; VADER and",
        "TextBlob are read in the same run. What the machine does badly: [model-card.md](model-card.md).",
    ]
    for heading, scores in of:
        lines += ["", f"## {heading}", "", "| figure | measured | 95 % interval | n | goal |", "|---|---|---|---|---|"]
        lines += [line(score) for score in scores]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.report", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/quality.md anew")
    parser.add_argument("--only", metavar="WORDS", default="", help="only parts whose heading holds these words")
    parser.add_argument("--without-meaning", action="store_true", help="as if the model were not installed")
    parser.add_argument("--vectors", type=Path, default=ROOT / "build" / "vectors.bin", help="where vectors are kept")
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)
    meanings = None if options.without_meaning else remembering(options.vectors)
    print(*machine.description(ROOT / "build"), sep="\n", flush=True)
    found = list[tuple[str, list[Score]]]()
    for heading, scores in measured(part for part in parts(meanings) if options.only in part.heading):
        found.append((heading, scores))
        print(f"\n{heading}", *map(line, scores), sep="\n", flush=True)
    if options.write:
        PAGE.write_text(page(found, today=dt.datetime.now(dt.UTC).date()), encoding="utf-8")
    short = [score.name for _, scores in found for score in scores if falls_short(score)]
    print(f"\n{len(short)} of the goals not met." if short else "\nEvery goal met.", *short, sep="\n  ")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
