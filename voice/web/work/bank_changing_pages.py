"""The forms of the question bank: for a new question, for other words, and for what is known about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from litestar import Request, Response

from analysis.questions.differences import differences
from surveys.bank import reading
from surveys.bank.changing import fingerprint
from surveys.bank.checking import BankProblem, proposed_code
from surveys.bank.concepts import EDITIONS, Concept, Wording, edition_used
from surveys.bank.headings import FRAMEWORK
from surveys.document import Edition
from voice.languages import LANGUAGES, SOURCE, speak
from voice.web import wordings
from voice.web.pages import built_symbols, page
from voice.web.reader import language_of
from voice.web.work import bank_forms, bank_words
from voice.web.work.bank import (
    AUDIENCES,
    KINDS,
    PERIODS,
    easy_read_problems,
    label_of,
    named,
)
from voice.web.work.bank_alike import Near
from voice.web.work.bank_word_forms import (
    field_of,
    hard_rows,
    wording_in,
)


def new_page(
    request: Request[Any, Any, Any],
    before: Concept | None,
    filled: bank_forms.Fields,
    *,
    problem: BankProblem | None = None,
    alike: tuple[Near, ...] = (),
    known: dict[str, Concept] | None = None,
) -> Response[bytes]:
    language = language_of(request)
    speak(language)
    title = filled.get("title-easy_read") or filled.get("title-standard") or ""
    return page(
        request,
        "work/bank/new.html",
        language=language,
        status=422 if problem else 200,
        before=before,
        filled=filled,
        problem=problem,
        alike=[(each, (known or {})[each.key].title(language)) for each in alike],
        proposed=proposed_code(title, ()) if title else "",
        problems=easy_read_problems(Wording(filled["title-easy_read"], filled.get("help-easy_read", "")))
        if filled.get("title-easy_read")
        else {},
        rows=bank_forms.rows_of(filled),
        hard_rows={edition: hard_rows(filled, 1, f"-{edition}") for edition in EDITIONS},
        unseen=bank_forms.kept_unseen(filled),
        others=AUDIENCES,
        editions=EDITIONS,
        kind_names=named(KINDS, bank_words.kind),
        audience_names=named(AUDIENCES, bank_words.audience),
        period_names=named(PERIODS, bank_words.period),
        framework=FRAMEWORK,
        symbols=built_symbols(),
        bank_words=bank_words,
    )


def wording_page(
    request: Request[Any, Any, Any],
    concept: Concept,
    edition: Edition,
    language: str,
    filled: bank_forms.Fields,
    *,
    problem: BankProblem | None = None,
    changed: Sequence[reading.Change] = (),
    changed_by: Callable[[uuid.UUID], str | None] = lambda _: None,
    status: int = 422,
) -> Response[bytes]:
    before = concept.wording(edition, language)
    reads = language_of(request)
    is_checked = (edition, language) == ("easy_read", SOURCE) and filled.get("title")
    typed = wording_in(filled, concept, before)
    source = concept.wording(edition_used(concept, edition), SOURCE) or before
    return page(
        request,
        "work/bank/words.html",
        language=reads,
        status=status if problem else 200,
        concept=concept,
        edition=edition,
        said_in=LANGUAGES[language],
        before=before,
        source=None if source is before else source,
        filled=filled,
        problem=problem,
        seen=fingerprint(before),
        differences=differences(before.title, typed.title) if before and language == SOURCE else (),
        problems=easy_read_problems(typed) if is_checked else {},
        problem_at=problem and field_of(problem, filled, concept),
        hard_words=hard_rows(filled),
        explained={each.code: each for each in source.hard_words} if source and source is not before else {},
        changed=changed,
        changed_by=changed_by,
        symbols=built_symbols(),
        bank_words=bank_words,
    )


def about_page(
    request: Request[Any, Any, Any],
    concept: Concept,
    filled: bank_forms.Fields,
    *,
    problem: BankProblem | None = None,
    changed: Sequence[reading.Change] = (),
    changed_by: Callable[[uuid.UUID], str | None] = lambda _: None,
    status: int = 422,
) -> Response[bytes]:
    language = language_of(request)
    return page(
        request,
        "work/bank/about.html",
        language=language,
        status=status if problem else 200,
        concept=concept,
        title=concept.title(language),
        others=[code for code in AUDIENCES if code != concept.audience],
        changed=changed,
        changed_by=changed_by,
        label=lambda code: label_of(concept, language, code) or code,
        orders=[(str(n), wordings.number(n)) for n in range(1, len(concept.options) + 1)],
        has_a_limit=concept.kind in bank_forms.HAS_A_LIMIT,
        filled=filled,
        problem=problem,
        framework=FRAMEWORK,
        symbols=built_symbols(),
        bank_words=bank_words,
    )
