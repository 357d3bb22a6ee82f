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

QuestionKind = Literal[
    "single_choice",
    "multiple_choice",
    "yes_no",
    "faces",
    "agree",
    "number_scale",
    "ranking",
    "sorting",
    "feelings",
    "contact",
    "free_text",
    "recording",
    "drawing",
    "photo",
    "date",
    "year_group",
    "age_band",
    "postcode_area",
    "information",
    "consent",
]

FILE_KINDS = frozenset({"recording", "drawing", "photo"})
"""Kinds of question that can be answered with a file."""

Edition = Literal["easy_read", "standard"]
"""How the questions of a survey are worded. The concepts are the same, so the answers can be compared."""

RespondentKind = Literal["parent_carer", "young_person", "school", "health", "other"]


class Option(msgspec.Struct, frozen=True):
    """``picture`` is the id of a stored file that is shown instead of the symbol, ``alt`` says what it shows."""

    code: str
    symbol: str
    label: Words
    picture: str = ""
    alt: Words = {}


class OnlyIf(msgspec.Struct, frozen=True):
    """The question is asked when ``concept`` was answered with one of ``codes``, alone or among others."""

    concept: str
    codes: tuple[str, ...]


class HardWord(msgspec.Struct, frozen=True):
    """A word that a question cannot do without, and what it means."""

    word: Words
    meaning: Words


class Question(msgspec.Struct, frozen=True):
    """One question.

    ``limit`` is the longest free text, in characters. ``also_if`` must hold as well as ``only_if``. ``most``
    is how many may be chosen, 0 for any number. ``ends`` are the words at both ends of a scale of numbers;
    ``places`` are where pictures can be sorted to.
    ``audio`` holds ids of stored files by language, ``bsl`` and ``picture`` one each; ``picture_alt`` says
    what the picture shows.
    """

    concept: str
    kind: QuestionKind
    symbol: str
    title: Words
    help: Words
    options: tuple[Option, ...] = ()
    hard_words: tuple[HardWord, ...] = ()
    only_if: OnlyIf | None = None
    limit: int = 2000
    also_if: tuple[OnlyIf, ...] = ()
    most: int = 0
    ends: tuple[Words, Words] | None = None
    audio: Words = {}
    bsl: str = ""
    picture: str = ""
    picture_alt: Words = {}
    places: tuple[Option, ...] = ()

    @property
    def conditions(self) -> tuple[OnlyIf, ...]:
        """All that must hold for the question to be asked; none when it is always asked."""
        return (self.only_if, *self.also_if) if self.only_if else self.also_if


class Series(msgspec.Struct, frozen=True):
    """Surveys whose answers are laid side by side: year after year, or before and after something.

    ``code`` is the same in all of them. ``note`` is what readers must be told beside every comparison, such as
    that earlier years asked other questions.
    """

    code: str
    moment: Literal["yearly", "before", "after"]
    note: Words = {}


class SurveyDocument(msgspec.Struct, frozen=True):
    """A survey. ``kept_months`` is how long its answers are kept after their round has closed."""

    slug: str
    title: Words
    about: Words
    who_reads: Words
    what_happens_next: Words
    minutes: int
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    audience: RespondentKind = "parent_carer"
    edition: Edition = "easy_read"
    kept_months: int = 36
    series: Series | None = None

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
