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


class Unread(msgspec.Struct, frozen=True):
    """A voice that nothing is suggested for yet; ``question`` is the wording in English."""

    voice: uuid.UUID
    question: str
    text: str
    language: str


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


def suggest(unread: list[Unread]) -> list[Suggested]:
    """Themes by the code frame's keywords, and sentiment, for each voice."""
    import pandas as pd

    from analysis.code_frame import send_code_frame
    from analysis.sentiment import measure_sentiment
    from analysis.themes import suggest_themes

    comments = pd.DataFrame(
        {
            "question": [each.question for each in unread],
            "text": [each.text for each in unread],
            "language": [each.language for each in unread],
        }
    )
    themes = suggest_themes(comments, send_code_frame(), text="text", question="question", lang="language")
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
            unread,
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
    unread = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[Unread])
    sys.stdout.buffer.write(msgspec.msgpack.encode(suggest(unread)))


if __name__ == "__main__":
    main()
