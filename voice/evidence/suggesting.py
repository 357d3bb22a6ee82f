"""What the machine suggests about voices, worked out in a process of its own.

``python -m voice.evidence.suggesting`` reads voices from standard input and writes suggestions to standard
output, both as MessagePack. The libraries it needs take a hundred megabytes, and its sums would hold up
whoever is answering: so it is another process, with the lowest priority, that ends when it is done.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voice.running.other_process import answer_apart
from voice.themes.frames import Frame
from voice.themes.learning import Settled

if TYPE_CHECKING:
    import pandas as pd

    from analysis.embeddings import Meanings


COLUMNS = {"text": "text", "question": "question", "lang": "language", "translation": "translation"}
"""What the columns of a frame of voices are."""


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
    """Themes under the frame, where they are spoken of, sentiment, and what a person should see today, by voice.

    What several people said in the same words is read once.
    """
    alike: dict[tuple[str, ...], list[Unread]] = {}
    for each in task.unread:
        alike.setdefault((each.question, each.text, each.language, each.translation), []).append(each)
    read = _read(task, [voices[0] for voices in alike.values()])
    return [
        msgspec.structs.replace(found, voice=each.voice)
        for found, voices in zip(read, alike.values(), strict=True)
        for each in voices
    ]


def _read(task: Task, unread: list[Unread]) -> list[Suggested]:
    import pandas as pd

    from analysis.sentiment import measure_sentiment
    from analysis.themes import Suggester, learn
    from analysis.urgent import flag_urgent

    meanings = _meanings(task.vectors)
    code_frame = task.frame.code_frame
    learned = None
    if task.learn_from:
        labelled = pd.DataFrame([msgspec.structs.asdict(each) for each in task.learn_from], dtype="str")
        labels = labelled["themes"]
        learned = learn(
            labelled, labels, code_frame, text="text", question="question", lang="language", meanings=meanings
        )
    comments = pd.DataFrame([msgspec.structs.asdict(each) for each in unread]).astype({"voice": "str"})
    suggester = Suggester(code_frame, meanings=meanings, learned=learned)
    judged = suggester.judge(comments, text="text", question="question", lang="language", translation="translation")
    themes = suggester.suggested(judged, comments.index)
    mentions = _mentions(comments, suggester.mentions(judged, comments.index), meanings)
    feelings = measure_sentiment(comments, **COLUMNS, meanings=meanings)
    flags = flag_urgent(comments, **COLUMNS, meanings=meanings)
    together = pd.concat([themes, feelings, flags], axis=1).to_dict("records")
    return [
        Suggested(
            voice=each.voice,
            themes=str(found["themes"]),
            confidence=float(found["confidence"]),
            confidences=str(found["confidences"]),
            why=str(found["why"]),
            outcome=str(found["outcome"]),
            needs_person=bool(found["needs_person"]),
            sentiment=str(found["sentiment"]),
            sentiment_score=None if pd.isna(found["sentiment_score"]) else float(found["sentiment_score"]),
            sentiment_why=str(found["sentiment_why"]),
            urgent=bool(found["urgent"]),
            urgent_why=str(found["urgent_why"]),
            mentions=mentions.get(row, []),
        )
        for row, (each, found) in enumerate(zip(unread, together, strict=True))
    ]


def _meanings(vectors: str) -> Meanings | None:
    from analysis.embeddings import Remembered, load_meanings

    model = load_meanings() if vectors else None
    return Remembered(model, Path(vectors)) if model else None


def _mentions(comments: pd.DataFrame, found: pd.DataFrame, meanings: Meanings | None) -> dict[int, list[FoundMention]]:
    """The sentences in which themes were found, by row, each with how it sounds."""
    from analysis.sentiment import measure_mentions

    spoken = comments.loc[found["row"]].reset_index(drop=True).assign(sentence=found["sentence"])
    feelings = measure_mentions(spoken, sentence="sentence", **COLUMNS, meanings=meanings)["sentiment"]
    by_row: dict[int, list[FoundMention]] = {}
    for each, text, feeling in zip(found.to_dict("records"), spoken["text"], feelings, strict=True):
        by_row.setdefault(int(each["row"]), []).append(
            FoundMention(
                theme_id=str(each["theme_id"]),
                position=str(text).find(str(each["sentence"])),
                sentence=str(each["sentence"]),
                words=str(each["words"]),
                confidence=float(each["confidence"]),
                sentiment=str(feeling),
            )
        )
    return by_row


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=Task)
    return msgspec.msgpack.encode(suggest(asked))


if __name__ == "__main__":
    answer_apart(answer)
