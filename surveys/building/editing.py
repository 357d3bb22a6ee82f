"""Changes to a draft's document. Pure: every function returns another document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from surveys.building import minutes
from surveys.document import Edition, HardWord, OnlyIf, Question, RespondentKind, SurveyDocument, Words

Settings = Literal["title", "about", "who_reads", "what_happens_next"]
SETTINGS_IN_WORDS: tuple[Settings, ...] = get_args(Settings)

EDITIONS: tuple[Edition, ...] = get_args(Edition)
AUDIENCES: tuple[RespondentKind, ...] = get_args(RespondentKind)

MOST_MINUTES = 120
MOST_MONTHS = 120
LONGEST_WORDS = 2000
"""Letters of a title, a help line or any other piece of text."""


class EditProblem(Exception):
    """Why a change cannot be made: ``no_such_question``, ``already_asked``, ``no_title``, ``no_language``,
    ``minutes``, ``months`` or ``too_long``. ``field`` is the field of the form that it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field


class Plain(msgspec.Struct, frozen=True):
    """The settings that are not words."""

    minutes: int
    audience: RespondentKind
    edition: Edition
    languages: tuple[str, ...]
    kept_months: int


def moved(document: SurveyDocument, concept: str, step: int) -> SurveyDocument:
    """The question one place up (``step`` -1) or down (1); at the end of the list it stays where it is."""
    place = place_of(document, concept)
    other = place + step
    if not 0 <= other < len(document.questions):
        return document
    questions = list(document.questions)
    questions[place], questions[other] = questions[other], questions[place]
    return replace(document, questions=tuple(questions))


def those_that_ask_for(document: SurveyDocument, concepts: Collection[str]) -> tuple[Question, ...]:
    """The questions that are asked only because of an answer to one of these."""
    return tuple(
        question
        for question in document.questions
        if question.concept not in concepts and any(c.concept in concepts for c in question.conditions)
    )


def all_that_need(document: SurveyDocument, concept: str) -> tuple[Question, ...]:
    """The questions that only make sense after this one, however far away."""
    gone = {concept}
    while more := {question.concept for question in those_that_ask_for(document, gone)}:
        gone |= more
    return tuple(q for q in document.questions if q.concept in gone - {concept})


def without(document: SurveyDocument, concept: str, *, with_those_that_need_it: bool = False) -> SurveyDocument:
    """The survey without this question. Those that asked for it go too, or are asked of everybody."""
    place_of(document, concept)
    gone = {concept} | ({q.concept for q in all_that_need(document, concept)} if with_those_that_need_it else set())
    left = tuple(
        conditioned(question, [c for c in question.conditions if c.concept not in gone])
        for question in document.questions
        if question.concept not in gone
    )
    return timed(document, replace(document, questions=left))


def with_question(document: SurveyDocument, question: Question, *, after: str = "") -> SurveyDocument:
    """The survey with one more question, ``after`` another one or at the end."""
    if document.question(question.concept):
        raise EditProblem("already_asked")
    place = place_of(document, after) + 1 if after else len(document.questions)
    questions = (*document.questions[:place], question, *document.questions[place:])
    return timed(document, replace(document, questions=questions))


def with_conditions(document: SurveyDocument, concept: str, conditions: Sequence[OnlyIf]) -> SurveyDocument:
    asked = document.questions[place_of(document, concept)]
    return timed(document, _with(document, conditioned(asked, conditions)))


def conditioned(question: Question, conditions: Sequence[OnlyIf]) -> Question:
    return replace(question, only_if=conditions[0] if conditions else None, also_if=tuple(conditions[1:]))


def with_settings(
    document: SurveyDocument, plain: Plain, *, language: str, words: Mapping[Settings, str]
) -> SurveyDocument:
    """The survey with these settings, ``words`` being those in one language.

    Raises :class:`EditProblem`.
    """
    if not plain.languages:
        raise EditProblem("no_language", "language-en")
    if not 1 <= plain.minutes <= MOST_MINUTES:
        raise EditProblem("minutes", "minutes")
    if not 1 <= plain.kept_months <= MOST_MONTHS:
        raise EditProblem("months", "kept_months")
    said: dict[str, Words] = {
        name: said_in(getattr(document, name), language, text, field=name) for name, text in words.items()
    }
    if "title" in said and not any(said["title"].values()):
        raise EditProblem("no_title", "title")
    return msgspec.convert(
        {**msgspec.structs.asdict(document), **msgspec.structs.asdict(plain), **said}, SurveyDocument
    )


def words_of_question(question: Question, language: str) -> dict[str, str]:
    """Every piece of text of a question in one language, by the name of its field, in the order of the page."""

    def said(words: Words) -> str:
        return words.get(language, "")

    found = {"title": said(question.title), "help": said(question.help)}
    if question.picture:
        found["picture_alt"] = said(question.picture_alt)
    for option in question.options:
        found[f"label-{option.code}"] = said(option.label)
        if option.picture:
            found[f"alt-{option.code}"] = said(option.alt)
    for place in question.places:
        found[f"place-{place.code}"] = said(place.label)
    for number, end in enumerate(ends_of(question)):
        found[f"end-{number}"] = said(end)
    for number, hard in enumerate(question.hard_words):
        found[f"word-{number}"] = said(hard.word)
        found[f"meaning-{number}"] = said(hard.meaning)
    return found


def with_words(document: SurveyDocument, concept: str, language: str, words: Mapping[str, str]) -> SurveyDocument:
    """The survey with some pieces of a question's text changed, named as :func:`words_of_question` names them."""
    question = document.questions[place_of(document, concept)]
    known = words_of_question(question, language) | dict(words)

    def said(before: Words, field: str) -> Words:
        return said_in(before, language, known[field], field=field) if field in known else before

    changed = replace(
        question,
        title=said(question.title, "title"),
        help=said(question.help, "help"),
        picture_alt=said(question.picture_alt, "picture_alt"),
        options=tuple(
            replace(each, label=said(each.label, f"label-{each.code}"), alt=said(each.alt, f"alt-{each.code}"))
            for each in question.options
        ),
        places=tuple(replace(each, label=said(each.label, f"place-{each.code}")) for each in question.places),
        ends=_pair([said(end, f"end-{number}") for number, end in enumerate(ends_of(question))]),
        hard_words=tuple(
            HardWord(said(each.word, f"word-{number}"), said(each.meaning, f"meaning-{number}"))
            for number, each in enumerate(question.hard_words)
        ),
    )
    if not any(changed.title.values()):
        raise EditProblem("no_title", "title")
    return timed(document, _with(document, changed))


def ends_of(question: Question) -> tuple[Words, ...]:
    """The words at both ends of a scale of numbers; empty ones where nobody has written any yet."""
    return question.ends or (({}, {}) if question.kind == "number_scale" else ())


def _pair(ends: Sequence[Words]) -> tuple[Words, Words] | None:
    return (ends[0], ends[1]) if any(ends) else None


def said_in(words: Words, language: str, text: str, *, field: str) -> Words:
    """The words with those of one language changed, or taken away when there are none."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > LONGEST_WORDS:
        raise EditProblem("too_long", field)
    others = {code: each for code, each in words.items() if code != language}
    return {**others, language: text} if text else others


def place_of(document: SurveyDocument, concept: str) -> int:
    for place, question in enumerate(document.questions):
        if question.concept == concept:
            return place
    raise EditProblem("no_such_question")


def _with(document: SurveyDocument, changed: Question) -> SurveyDocument:
    questions = tuple(changed if q.concept == changed.concept else q for q in document.questions)
    return replace(document, questions=questions)


def timed(before: SurveyDocument, after: SurveyDocument) -> SurveyDocument:
    """The minutes follow the questions, unless somebody has set others by hand."""
    return replace(after, minutes=minutes.minutes(after)) if before.minutes == minutes.minutes(before) else after
