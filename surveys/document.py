"""What a published survey says: the document that never changes once it is published.

Words are kept per language inside the document, so that a later change of a catalog cannot change
what somebody was asked.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

RATHER_NOT_SAY = "rather_not_say"
"""The code that every question takes for "I would rather not say"."""

Words = dict[str, str]
"""The same words by language code."""

QuestionKind = Literal["single_choice", "faces", "free_text"]


class Option(msgspec.Struct, frozen=True):
    code: str
    symbol: str
    label: Words


class OnlyIf(msgspec.Struct, frozen=True):
    """The question is asked when ``concept`` was answered with one of ``codes``."""

    concept: str
    codes: tuple[str, ...]


class HardWord(msgspec.Struct, frozen=True):
    """A word that a question cannot do without, and what it means."""

    word: Words
    meaning: Words


class Question(msgspec.Struct, frozen=True):
    """One question. ``limit`` is the longest free text, in characters."""

    concept: str
    kind: QuestionKind
    symbol: str
    title: Words
    help: Words
    options: tuple[Option, ...] = ()
    hard_words: tuple[HardWord, ...] = ()
    only_if: OnlyIf | None = None
    limit: int = 2000


class SurveyDocument(msgspec.Struct, frozen=True):
    slug: str
    title: Words
    about: Words
    who_reads: Words
    what_happens_next: Words
    minutes: int
    languages: tuple[str, ...]
    questions: tuple[Question, ...]

    def question(self, concept: str) -> Question | None:
        return next((question for question in self.questions if question.concept == concept), None)


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(SurveyDocument)


def to_json(document: SurveyDocument) -> str:
    return _encoder.encode(document).decode()


def from_json(text: str) -> SurveyDocument:
    return _decoder.decode(text)


def digest(document: SurveyDocument) -> str:
    """Tells two documents apart; equal for equal content."""
    return hashlib.blake2b(_encoder.encode(document), digest_size=16).hexdigest()


def wording(words: Words, language: str) -> str:
    """The words in ``language``, or in English where a survey collected elsewhere has no others."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")
