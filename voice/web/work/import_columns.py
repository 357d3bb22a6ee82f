"""The page on which somebody says what each column of a file is, and what they said."""

from __future__ import annotations

import re
from collections.abc import Mapping as Fields
from functools import partial
from typing import Any

from litestar import Request, Response

from surveys.bank.headings import FRAMEWORK
from surveys.document import RATHER_NOT_SAY, Question
from surveys.importing.cells import comparable_value
from surveys.importing.mapping import (
    IMPORTED,
    RESPONDENT_KINDS,
    Column,
    KnownQuestion,
    Mapping,
    SeenValue,
    ValueCode,
    codes_of,
    seen_values,
)
from surveys.importing.sheet import Sheet
from voice.capture.matched_questions import Matched, MatchedQuestions
from voice.capture.waiting_files import WaitingFile
from voice.languages import gettext as _
from voice.web.pages import page, say
from voice.web.reader import language_of
from voice.web.work import bank_words

PLAIN_ROLES = ("ignore", "submitted_at", "language", "respondent_kind", "identifier", "question", "free_text")


def columns_page(
    request: Request[Any, Any, Any],
    token: str,
    file: WaitingFile,
    sheet: Sheet,
    mapping: Mapping,
    questions: MatchedQuestions,
    *,
    status: int = 200,
    problems: Fields[str, str] | None = None,
) -> Response[bytes]:
    """``problems`` says what is wrong by header; "" stands for the file as a whole."""
    by_header = {column.header: column for column in mapping.columns}
    known = questions.known
    return page(
        request,
        "work/columns.html",
        language=language_of(request),
        status=status,
        token=token,
        file=file,
        source=sheet.source,
        rows=len(sheet.rows),
        leave_out_unknown=mapping.leave_out_unknown,
        columns=[
            (
                number,
                by_header.get(header, Column(header, "ignore", reason="not_known")),
                seen_values(sheet, header, 3),
                values_to_explain(sheet, by_header.get(header), known),
            )
            for number, header in enumerate(sheet.headers)
        ],
        questions=_by_group(questions),
        label_of=partial(_label, questions),
        bank_words=bank_words,
        plain_roles=PLAIN_ROLES,
        kinds=RESPONDENT_KINDS,
        kind=mapping.respondent_kind,
        problems=problems or {},
    )


def _by_group(questions: MatchedQuestions) -> list[tuple[str | None, list[tuple[str, Question]]]]:
    """The questions to choose from, each with its role: ours first (``None``), then the bank's by their headings."""
    groups: dict[str | None, list[tuple[str, Question]]] = {None: []}
    groups |= {heading: [] for heading in (*FRAMEWORK, *sorted({each.heading for each in questions.others} - {""}))}
    groups[""] = []
    for each in questions.ours:
        groups[None].append((_role(each), each.question))
    for each in questions.others:
        groups[each.heading].append((_role(each), each.question))
    return [(heading, found) for heading, found in groups.items() if found]


def _role(matched: Matched) -> str:
    return "free_text" if matched.question.kind == "free_text" else "answer"


def _label(questions: MatchedQuestions, concept: str, code: str) -> str:
    """The words of an option in the reader's language."""
    if code == RATHER_NOT_SAY:
        return _("I would rather not say")
    question = questions.question(concept)
    return next((say(o.label) for o in question.options if o.code == code), code) if question else code


def values_to_explain(
    sheet: Sheet, column: Column | None, questions: tuple[KnownQuestion, ...]
) -> list[tuple[SeenValue, str | None, tuple[str, ...]]]:
    """The values that need a person to say what they mean: each with its code so far and the codes there are."""
    question = next((q for q in questions if column and q.concept == column.concept and q.options), None)
    if column is None or column.role != "answer" or question is None:
        return []
    labelled = codes_of(question)
    given = {comparable_value(value.value): value.code for value in column.values}
    codes = tuple(option.code for option in question.options)
    return [
        (seen, given.get(comparable_value(seen.value)), codes)
        for seen in seen_values(sheet, column.header, 30)
        if comparable_value(seen.value) not in labelled
    ]


def mapping_from(form: Fields[str, str], sheet: Sheet, before: Mapping | None) -> Mapping:
    """The mapping that the page says: for each column ``use-N`` and for its values ``value-N-M`` and ``code-N-M``."""
    earlier = {column.header: column for column in before.columns} if before else {}
    columns = []
    for number, header in enumerate(sheet.headers):
        use, _, concept = form.get(f"use-{number}", "ignore").partition(":")
        known = earlier.get(header)
        values = [
            ValueCode(form[name], _code(form.get(name.replace("value-", "code-", 1), "")))
            for name in form
            if re.fullmatch(rf"value-{number}-\d+", name) and form.get(name.replace("value-", "code-", 1), "")
        ]
        if known and (known.role, known.concept or "") == (use, concept) and not values:
            columns.append(known)
            continue
        if use == "free_text" and not concept:
            kept = known.concept if known and known.role == "free_text" else None
            concept = kept or IMPORTED + (re.sub(r"\W+", "_", header.casefold()).strip("_")[:80] or f"column_{number}")
        role = use if use in (*PLAIN_ROLES, "answer") else "ignore"
        columns.append(Column(header, role, concept or None, tuple(values)))  # type: ignore[arg-type]
    return Mapping(
        tuple(columns),
        leave_out_unknown=form.get("leave_out_unknown") == "yes",
        date_order=before.date_order if before else None,
        respondent_kind=form["who"] if form.get("who") in RESPONDENT_KINDS else None,
    )


def _code(chosen: str) -> str | None:
    return None if chosen == "not_answered" else chosen
