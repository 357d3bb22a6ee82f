"""What keeps a survey from being published, each with where it is. Pure: what the store knows is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

import msgspec

from analysis.readability import reading_problems
from surveys.building import minutes
from surveys.building.asked_before import AskedBefore
from surveys.building.codes import NEEDS_OPTIONS
from surveys.building.editing import SETTINGS_IN_WORDS, words_of_question
from surveys.building.from_bank import Bank, Difference, differences
from surveys.building.paths import PathProblem, path_problems
from surveys.building.stale import StaleWords
from surveys.document import Option, Question, SurveyDocument, Words
from surveys.identity import IdentityMode

ReadinessCode = Literal[
    "path",
    "no_language",
    "words_missing",
    "words_in_english",
    "language_not_complete",
    "picture_missing",
    "hard_to_read",
    "no_identity_mode",
    "no_retention",
    "too_few_minutes",
    "no_help_contact",
    "asked_before",
    "words_stale",
    "words_differ",
    "concept_retired",
    "other_audience",
]

MAY_STAY: frozenset[ReadinessCode] = frozenset(
    {
        "words_in_english",
        "hard_to_read",
        "too_few_minutes",
        "asked_before",
        "words_differ",
        "concept_retired",
        "other_audience",
    }
)
"""Problems that somebody may leave as they are when they say why."""

OPTIONAL = ("help",)
"""Pieces of text that a question can do without, as long as it has none in any language."""


class Facts(msgspec.Struct, frozen=True):
    """What the list needs to know beside the document.

    ``symbols`` are the names of the pictures that we have. ``incomplete_languages`` are those whose own words,
    on buttons and pages, are not all there. ``bank`` holds the survey's questions as the bank has them now;
    ``stale`` are the words whose English was changed after they were written.
    """

    identity_mode: IdentityMode | None
    has_help_contact: bool
    symbols: Collection[str]
    incomplete_languages: Collection[str] = ()
    asked_before: tuple[AskedBefore, ...] = ()
    accepted: Collection[str] = ()
    bank: Bank = {}
    stale: Collection[StaleWords] = ()


class ReadinessProblem(msgspec.Struct, frozen=True):
    """``concept`` is the question, empty for the settings; ``field`` the piece of text, as in ``editing``.

    ``found`` is what it is about: the hard words, the picture's name, the survey; ``words`` the whole piece of
    text; ``path`` what ``paths`` found; ``differences`` where its words are not those of the bank.
    """

    code: ReadinessCode
    concept: str = ""
    field: str = ""
    language: str = ""
    found: str = ""
    words: str = ""
    path: PathProblem | None = None
    asked: AskedBefore | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def may_stay(self) -> bool:
        # The bank cannot give an answer another picture later, so one without goes out when somebody says why.
        return self.code in MAY_STAY or (self.code == "picture_missing" and bool(self.field))

    @property
    def digest(self) -> str:
        """The same for the same problem with the same words: when those change, a reason no longer counts."""
        return hashlib.blake2b(msgspec.json.encode(self), digest_size=16).hexdigest()


def what_is_left(document: SurveyDocument, facts: Facts) -> tuple[ReadinessProblem, ...]:
    """The problems that block publishing: those for which no reason was accepted."""
    return tuple(each for each in problems(document, facts) if each.digest not in facts.accepted or not each.may_stay)


def problems(document: SurveyDocument, facts: Facts) -> tuple[ReadinessProblem, ...]:
    """All problems, accepted or not, in the order of the page."""
    found = [*_of_settings(document, facts)]
    found += [ReadinessProblem("path", each.concept, path=each) for each in path_problems(document)]
    found += _of_words(document)
    found += _stale(document, facts.stale)
    found += _of_bank(document, facts.bank)
    found += _of_pictures(document, facts.symbols)
    if document.edition == "easy_read":
        found += _hard_to_read(document)
    found += [
        ReadinessProblem("asked_before", found=f"{each.survey} {each.term}", asked=each) for each in facts.asked_before
    ]
    return tuple({each.digest: each for each in found}.values())


def advice(document: SurveyDocument) -> tuple[ReadinessProblem, ...]:
    """What is hard to read in an edition that need not be easy: worth a look, and never in the way."""
    return () if document.edition == "easy_read" else tuple(dict.fromkeys(_hard_to_read(document)))


def _of_settings(document: SurveyDocument, facts: Facts) -> Iterator[ReadinessProblem]:
    if not document.languages:
        yield ReadinessProblem("no_language", field="language-en")
    for language in document.languages:
        if language in facts.incomplete_languages:
            yield ReadinessProblem("language_not_complete", language=language)
    if facts.identity_mode is None:
        yield ReadinessProblem("no_identity_mode", field="identity_mode")
    if document.kept_months < 1:
        yield ReadinessProblem("no_retention", field="kept_months")
    if document.minutes < minutes.minutes(document):
        yield ReadinessProblem("too_few_minutes", field="minutes", found=str(minutes.minutes(document)))
    if not facts.has_help_contact:
        yield ReadinessProblem("no_help_contact")


def _of_words(document: SurveyDocument) -> Iterator[ReadinessProblem]:
    for language in document.languages:
        for name in SETTINGS_IN_WORDS:
            yield from _one_piece("", name, language, getattr(document, name))
        for question in document.questions:
            english = words_of_question(question, "en")
            for field, text in words_of_question(question, language).items():
                if field in OPTIONAL and not _anywhere(document, question, field):
                    continue
                yield from _one_piece(question.concept, field, language, {"en": english[field], language: text})


def _one_piece(concept: str, field: str, language: str, words: Words) -> Iterator[ReadinessProblem]:
    text = words.get(language, "")
    if not text:
        yield ReadinessProblem("words_missing", concept, field, language)
    elif language != "en" and text == words.get("en") and any(letter.isalpha() for letter in text):
        # Catalogs give the English words where they have none of their own.
        yield ReadinessProblem("words_in_english", concept, field, language, found=text)


def _anywhere(document: SurveyDocument, question: Question, field: str) -> bool:
    return any(words_of_question(question, language)[field] for language in document.languages)


def _stale(document: SurveyDocument, stale: Collection[StaleWords]) -> Iterator[ReadinessProblem]:
    for each in sorted(stale):
        if each.language in document.languages:
            yield ReadinessProblem("words_stale", each.concept, each.field, each.language)


def _of_bank(document: SurveyDocument, bank: Bank) -> Iterator[ReadinessProblem]:
    for question in document.questions:
        known = bank.get(question.concept)
        if known is None:
            continue
        if known.is_retired:
            yield ReadinessProblem("concept_retired", question.concept)
        if document.audience not in known.audiences:
            yield ReadinessProblem("other_audience", question.concept, found=document.audience)
        if differ := differences(question, known.question, document.languages):
            yield ReadinessProblem("words_differ", question.concept, differences=differ)


def _of_pictures(document: SurveyDocument, symbols: Collection[str]) -> Iterator[ReadinessProblem]:
    for question in document.questions:
        if not question.picture and question.symbol not in symbols:
            yield ReadinessProblem("picture_missing", question.concept, found=question.symbol)
        shown: Iterable[Option] = question.options if question.kind in NEEDS_OPTIONS else ()
        for option in shown:
            if not option.picture and option.symbol not in symbols:
                yield ReadinessProblem("picture_missing", question.concept, f"label-{option.code}", found=option.symbol)


def _hard_to_read(document: SurveyDocument) -> Iterator[ReadinessProblem]:
    for name in SETTINGS_IN_WORDS:
        yield from _hard_words("", name, getattr(document, name).get("en", ""), ())
    for question in document.questions:
        explained = tuple(part for hard in question.hard_words for part in hard.word.get("en", "").split())
        for field, text in words_of_question(question, "en").items():
            if not field.startswith("word-"):
                yield from _hard_words(question.concept, field, text, explained)


def _hard_words(concept: str, field: str, text: str, explained: Collection[str]) -> Iterator[ReadinessProblem]:
    for problem in reading_problems(text, explained=explained):
        if not problem.warning:
            yield ReadinessProblem(
                "hard_to_read", concept, field, "en", found=f"{problem.code}: {problem.found}", words=text
            )
