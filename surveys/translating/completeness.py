"""In which languages a survey can go out: those in which it says everything it says at all."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.document import Question, SurveyDocument, Words


def complete_languages(document: SurveyDocument) -> tuple[str, ...]:
    """Those of the document's languages in which nothing is left unsaid, in the document's order."""
    said = [words for _, words in everything_said(document) if any(map(str.strip, words.values()))]
    return tuple(language for language in document.languages if all(words.get(language, "").strip() for words in said))


def missing_words(document: SurveyDocument, language: str) -> list[str]:
    """Where words are missing in ``language``: ``title``, ``about`` …, or ``concept.part`` for a question's."""
    return [
        where
        for where, words in everything_said(document)
        if any(map(str.strip, words.values())) and not words.get(language, "").strip()
    ]


def everything_said(document: SurveyDocument) -> Iterator[tuple[str, Words]]:
    """Every piece of wording in a document with where it stands; recordings and pictures are none."""
    yield "title", document.title
    yield "about", document.about
    yield "who_reads", document.who_reads
    yield "what_happens_next", document.what_happens_next
    for question in document.questions:
        for part, words in _said_by(question):
            yield f"{question.concept}.{part}", words


def _said_by(question: Question) -> Iterator[tuple[str, Words]]:
    yield "title", question.title
    yield "help", question.help
    for option in (*question.options, *question.places):
        yield f"option.{option.code}", option.label
        yield f"alt.{option.code}", option.alt
    for number, hard in enumerate(question.hard_words, start=1):
        yield f"hard_word.{number}", hard.word
        yield f"meaning.{number}", hard.meaning
    for number, words in enumerate(question.ends or (), start=1):
        yield f"end.{number}", words
    yield "picture_alt", question.picture_alt
