"""What the machine suggests about voices, worked out in a process of its own.

``python -m voice.evidence.suggesting`` reads voices from standard input and writes suggestions to standard
output, both as MessagePack. The libraries it needs take a hundred megabytes, and its sums would hold up
whoever is answering: so it is another process, with the lowest priority, that ends when it is done.
"""

from __future__ import annotations

import os
import sys
import uuid

import msgspec

from voice.themes.frames import Frame
from voice.themes.learning import Settled


class Unread(msgspec.Struct, frozen=True):
    """A voice that nothing is suggested for yet; ``question`` is the wording in English.

    ``translation`` is what the words say in English, as far as somebody has recorded that.
    """

    voice: uuid.UUID
    question: str
    text: str
    language: str
    translation: str = ""


class Task(msgspec.Struct, frozen=True):
    """What the machine reads, under which frame, and what it learns from first.

    ``vectors`` is the file that remembers meanings; empty to do without them.
    """

    frame: Frame
    learn_from: list[Settled]
    unread: list[Unread]
    vectors: str = ""


class FoundMention(msgspec.Struct, frozen=True):
    """A sentence in which a theme was found; ``position`` is where it begins in the text."""

    theme_id: str
    position: int
    sentence: str
    words: str
    confidence: float
    sentiment: str


class Suggested(msgspec.Struct, frozen=True):
    voice: uuid.UUID
    themes: str
    confidence: float
    confidences: str
    why: str
    outcome: str
    needs_person: bool
    sentiment: str
    sentiment_score: float | None
    sentiment_why: str
    urgent: bool
    urgent_why: str
    mentions: list[FoundMention] = []


def suggest(task: Task) -> list[Suggested]:
    """Themes under the frame, sentiment and what a person should see today, for each voice."""
    import pandas as pd

    from analysis.sentiment import measure_sentiment
    from analysis.themes import suggest_themes

    code_frame = task.frame.code_frame
    comments = pd.DataFrame(
        {
            "question": [each.question for each in task.unread],
            "text": [each.text for each in task.unread],
            "language": [each.language for each in task.unread],
        }
    )
    themes = suggest_themes(comments, code_frame, text="text", question="question", lang="language")
    feelings = measure_sentiment(comments, text="text", question="question", lang="language")
    return [
        Suggested(
            voice=each.voice,
            themes=theme,
            confidence=0.0,
            confidences="",
            why=why,
            outcome=outcome,
            needs_person=True,
            sentiment=sentiment,
            sentiment_score=None if pd.isna(score) else float(score),
            sentiment_why=felt,
            urgent=False,
            urgent_why="",
        )
        for each, theme, why, outcome, sentiment, score, felt in zip(
            task.unread,
            themes["themes"],
            themes["why"],
            themes["outcome"],
            feelings["sentiment"],
            feelings["sentiment_score"],
            feelings["sentiment_why"],
            strict=True,
        )
    ]


def main() -> None:
    os.nice(19)
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(msgspec.msgpack.encode(suggest(task)))


if __name__ == "__main__":
    main()
