"""Where the words of messages stand: in which surveys, and beside which pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from surveys.document import Question, SurveyDocument, Words


class Use(msgspec.Struct, frozen=True):
    """``survey`` is a survey's slug, ``question`` the English of the question, ``symbol`` the picture beside the words.

    Both are empty for words that stand on the survey's first page.
    """

    survey: str
    question: str = ""
    symbol: str = ""


def uses(documents: Iterable[SurveyDocument]) -> dict[str, tuple[Use, ...]]:
    """By English words, every place in these surveys where they stand."""
    found: dict[str, list[Use]] = {}
    for document in documents:
        for words, use in _uses_in(document):
            english = words.get("en", "")
            if english and use not in found.setdefault(english, []):
                found[english].append(use)
    return {english: tuple(each) for english, each in found.items()}


def _uses_in(document: SurveyDocument) -> Iterator[tuple[Words, Use]]:
    for words in (document.title, document.about, document.who_reads, document.what_happens_next):
        yield words, Use(document.slug)
    for question in document.questions:
        for words, symbol in _said_by(question):
            yield words, Use(document.slug, question.title.get("en", ""), symbol or question.symbol)


def _said_by(question: Question) -> Iterator[tuple[Words, str]]:
    for words in (question.title, question.help, question.picture_alt, *(question.ends or ())):
        yield words, question.symbol
    for hard in question.hard_words:
        yield hard.word, question.symbol
        yield hard.meaning, question.symbol
    for option in (*question.options, *question.places):
        yield option.label, option.symbol
        yield option.alt, option.symbol
