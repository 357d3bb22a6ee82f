"""Surveys that hypothesis makes up: any kind of question, any words, any conditions that can hold."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from surveys.building.codes import own_codes
from surveys.document import OnlyIf, Option, Question, QuestionKind, Series, SurveyDocument, Words
from surveys.question_types import IMPLIED, TYPES, complete
from surveys.question_types.number_scale import NUMBERS

LANGUAGES = ("en", "ur", "pl", "so")
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
TEXT = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and "${" not in text)
)


def said(languages: tuple[str, ...]) -> st.SearchStrategy[Words]:
    return st.fixed_dictionaries(dict.fromkeys(languages, TEXT))


def maybe_said(languages: tuple[str, ...]) -> st.SearchStrategy[Words]:
    return st.one_of(st.just(Words()), said(languages))


@st.composite
def questions(draw: st.DrawFn, languages: tuple[str, ...], concept: str, earlier: list[Question]) -> Question:
    words = lambda message: dict.fromkeys(languages, message)  # noqa: E731 - what complete() is given
    kind: QuestionKind = draw(st.sampled_from(sorted(TYPES)))  # type: ignore[arg-type]
    more: dict[str, Any] = {}
    if kind not in IMPLIED and kind in ("single_choice", "multiple_choice", "faces", "ranking", "sorting"):
        codes = draw(st.lists(NAMES.filter(lambda code: code != "rather_not_say"), min_size=2, max_size=5, unique=True))
        more["options"] = tuple(
            Option(code, draw(st.sampled_from(("yes", ""))), draw(said(languages))) for code in codes
        )
    if kind == "multiple_choice":
        more["most"] = draw(st.integers(0, 3))
    if kind == "number_scale" and draw(st.booleans()):
        more["ends"] = (draw(said(languages)), draw(said(languages)))
    if kind == "free_text":
        more["limit"] = draw(st.integers(1, 5000))
    conditions = []
    for asked in draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=id)) if earlier else []:
        codes = [*(own_codes(asked) if asked.kind != "number_scale" else NUMBERS), "rather_not_say"]
        if own_codes(asked):
            chosen = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
            conditions.append(OnlyIf(asked.concept, tuple(chosen)))
    return complete(
        Question(
            concept=concept,
            kind=kind,
            symbol=draw(st.sampled_from(("sun", "talk", ""))),
            title=draw(said(languages)),
            help=draw(maybe_said(languages)),
            only_if=conditions[0] if conditions else None,
            also_if=tuple(conditions[1:]),
            **more,
        ),
        words,
    )


@st.composite
def documents(draw: st.DrawFn) -> SurveyDocument:
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    concepts = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    made: list[Question] = []
    for concept in concepts:
        made.append(draw(questions(languages, concept, made)))
    return SurveyDocument(
        slug=draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?", fullmatch=True)),
        title=draw(said(languages)),
        about=draw(maybe_said(languages)),
        who_reads=draw(maybe_said(languages)),
        what_happens_next=draw(maybe_said(languages)),
        minutes=draw(st.integers(1, 60)),
        languages=languages,
        questions=tuple(made),
        audience=draw(st.sampled_from(("parent_carer", "young_person", "school", "health", "other"))),
        edition=draw(st.sampled_from(("easy_read", "standard"))),
        kept_months=draw(st.integers(1, 120)),
        series=draw(st.none() | st.builds(Series, NAMES, st.sampled_from(("yearly", "after")), maybe_said(languages))),
    )


def within(document: SurveyDocument) -> SurveyDocument:
    """The survey with its words in its own languages alone."""

    def kept(words: Words) -> Words:
        return {language: words[language] for language in document.languages if language in words}

    def option(each: Option) -> Option:
        return msgspec.structs.replace(each, label=kept(each.label))

    def question(each: Question) -> Question:
        return msgspec.structs.replace(
            each,
            title=kept(each.title),
            help=kept(each.help),
            options=tuple(map(option, each.options)),
            places=tuple(map(option, each.places)),
            ends=(kept(each.ends[0]), kept(each.ends[1])) if each.ends else None,
        )

    series = document.series
    return msgspec.structs.replace(
        document,
        title=kept(document.title),
        about=kept(document.about),
        who_reads=kept(document.who_reads),
        what_happens_next=kept(document.what_happens_next),
        questions=tuple(map(question, document.questions)),
        series=msgspec.structs.replace(series, note=kept(series.note)) if series else None,
    )
