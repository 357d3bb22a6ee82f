"""Paper forms typed in, stack by stack: once, or by two people who do not see what the other typed.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys import collecting, identity, submissions
from surveys.answering import NothingAnswered
from surveys.answers import AnswerProblem
from surveys.collecting import Collected, FilledPage, PageProblem
from surveys.document import SurveyDocument
from surveys.publishing import OpenRound
from surveys.submissions import SaidBy
from surveys.tables import PaperSheet, PaperStack
from surveys.typed import NOT_READABLE, form_of

SAID_BY = "who answered"
LANGUAGE = "language"
"""How a difference names what is no question."""

_encoder = msgspec.json.Encoder()


class TypedForm(msgspec.Struct, frozen=True):
    """One form as it was typed: ``lines`` by concept, empty lines left out."""

    language: str
    said_by: SaidBy
    lines: dict[str, str]


class Stack(msgspec.Struct, frozen=True):
    id: uuid.UUID
    round: uuid.UUID
    started_on: dt.date
    typed_twice: bool
    sheets: int
    taken_in: int
    not_readable: int


class Sheet(msgspec.Struct, frozen=True):
    """A form that waits: for its second typing, or for somebody to look at the paper where both differ."""

    id: uuid.UUID
    number: int
    first: TypedForm
    first_by: uuid.UUID
    second: TypedForm | None


class NoSuchStack(Exception):
    """There is no such stack, or no such form in it."""


_decoder = msgspec.json.Decoder(TypedForm)


async def start(round: uuid.UUID, *, typed_twice: bool, today: dt.date) -> uuid.UUID:
    id = uuid.uuid4()
    await PaperStack(
        id=id, round=round, started_on=today, typed_twice=typed_twice, sheets=0, taken_in=0, not_readable=0
    ).save()
    return id


async def stacks_of(round: uuid.UUID) -> list[Stack]:
    """The stacks of a round, the newest first."""
    rows = await PaperStack.select().where(PaperStack.round == round)
    return sorted((_stack(row) for row in rows), key=lambda each: each.started_on, reverse=True)


async def load(id: uuid.UUID) -> Stack:
    row = await PaperStack.select().where(PaperStack.id == id).first()
    if row is None:
        raise NoSuchStack
    return _stack(row)


def _stack(row: Mapping[str, object]) -> Stack:
    return msgspec.convert({**row, "typed_twice": bool(row["typed_twice"])}, Stack)


async def waiting(stack: uuid.UUID) -> list[Sheet]:
    """The forms of a stack that are not taken in yet, in the order of the stack."""
    rows = await PaperSheet.select().where(PaperSheet.stack == stack).order_by(PaperSheet.number)
    return [
        Sheet(
            id=row["id"],
            number=row["number"],
            first=_decoder.decode(row["first"]),
            first_by=row["first_by"],
            second=_decoder.decode(row["second"]) if row["second"] else None,
        )
        for row in rows
    ]


def pages_of(document: SurveyDocument, form: TypedForm) -> tuple[FilledPage, ...]:
    """What was typed, as filled pages. Raises :class:`PageProblem` for a line that cannot be meant."""
    pages = []
    for question in document.questions:
        try:
            filled = form_of(question, form.lines.get(question.concept, ""))
        except AnswerProblem as problem:
            raise PageProblem(question.concept, problem) from problem
        if filled is not None:
            pages.append(FilledPage(question.concept, form.language, filled))
    return tuple(pages)


def problems_with(document: SurveyDocument, form: TypedForm) -> dict[str, AnswerProblem]:
    """What cannot be meant, by concept; all of it, so that one look at the paper is enough."""
    found: dict[str, AnswerProblem] = {}
    for question in document.questions:
        line = form.lines.get(question.concept, "")
        single = msgspec.structs.replace(form, lines={question.concept: line})
        try:
            collecting.read(document, pages_of(document, single))
        except PageProblem as problem:
            found[question.concept] = problem.problem
    return found


def differences(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """What both people typed where they differ, by concept. Spaces between words make no difference."""
    if sheet.second is None:
        return {}
    first, second = _comparable(sheet.first), _comparable(sheet.second)
    names = [*first, *(name for name in second if name not in first)]
    return {name: (first.get(name, ""), second.get(name, "")) for name in names if first.get(name) != second.get(name)}


def _comparable(form: TypedForm) -> dict[str, str]:
    lines = {concept: " ".join(line.split()) for concept, line in form.lines.items() if line.strip()}
    return {LANGUAGE: form.language, SAID_BY: form.said_by} | lines


def settled(sheet: Sheet, chosen: Mapping[str, str]) -> TypedForm:
    """The form with what somebody chose, looking at the paper, wherever the two differed."""
    lines = sheet.first.lines | {name: line for name, line in chosen.items() if name not in (LANGUAGE, SAID_BY)}
    return msgspec.convert(
        {
            "language": chosen.get(LANGUAGE, sheet.first.language),
            "said_by": chosen.get(SAID_BY, sheet.first.said_by),
            "lines": {concept: line for concept, line in lines.items() if line.strip()},
        },
        TypedForm,
    )


async def type_first(
    stack: Stack,
    sheet: uuid.UUID,
    form: TypedForm,
    round: OpenRound,
    *,
    by: uuid.UUID,
    now: dt.datetime,
    secret: bytes,
) -> None:
    """Takes a form in, or keeps it for the second person. The same ``sheet`` sent twice is one form.

    Raises :class:`PageProblem`, ``NothingAnswered`` or ``CannotTakeIn``.
    """
    if await submissions.is_sent(_stored_as(sheet, secret)) or await PaperSheet.exists().where(PaperSheet.id == sheet):
        return
    if not collecting.read(round.document, pages_of(round.document, form)):
        raise NothingAnswered
    collecting.check_time(round, now)  # also when it would only wait for the second person
    rows = await PaperStack.raw(
        'UPDATE "paper_stack" SET "sheets" = "sheets" + 1 WHERE "id" = {} RETURNING "sheets"', stack.id
    )
    if stack.typed_twice:
        typed = _encoder.encode(form).decode()
        await PaperSheet(id=sheet, stack=stack.id, number=rows[0]["sheets"], first=typed, first_by=by).save()
    else:
        await _take_in(stack, sheet, form, round, now=now, secret=secret)


async def next_for(stack: uuid.UUID, member: uuid.UUID) -> Sheet | None:
    """The next form for a second typing by ``member``, who did not type it first."""
    found = await waiting(stack)
    return next((sheet for sheet in found if sheet.second is None and sheet.first_by != member), None)


async def type_second(
    stack: Stack, sheet: Sheet, form: TypedForm, round: OpenRound, *, now: dt.datetime, secret: bytes
) -> bool:
    """Takes the form in when both people typed the same. Otherwise keeps both, and returns ``False``."""
    collecting.read(round.document, pages_of(round.document, form))
    if not differences(msgspec.structs.replace(sheet, second=form)):
        await _take_in(stack, sheet.id, sheet.first, round, now=now, secret=secret)
        return True
    await PaperSheet.raw(
        'UPDATE "paper_sheet" SET "second" = {} WHERE "id" = {} AND "second" IS NULL',
        _encoder.encode(form).decode(),
        sheet.id,
    )
    return False


async def settle(
    stack: Stack, sheet: Sheet, form: TypedForm, round: OpenRound, *, now: dt.datetime, secret: bytes
) -> None:
    """Takes in what somebody settled on after looking at the paper again."""
    await _take_in(stack, sheet.id, form, round, now=now, secret=secret)


def _stored_as(sheet: uuid.UUID, secret: bytes) -> uuid.UUID:
    """Without our secret nothing leads from a sheet to the answers that it became."""
    return identity.submission_id(secret, f"paper:{sheet}")


async def _take_in(
    stack: Stack, sheet: uuid.UUID, form: TypedForm, round: OpenRound, *, now: dt.datetime, secret: bytes
) -> None:
    collected = Collected(
        id=_stored_as(sheet, secret),
        language=form.language,
        pages=pages_of(round.document, form),
        said_by=form.said_by,
    )
    await collecting.take_in(collected, round, mode="paper", now=now, secret=secret)
    not_readable = sum(line.strip() == NOT_READABLE for line in form.lines.values())
    await PaperStack.raw(
        'UPDATE "paper_stack" SET "taken_in" = "taken_in" + 1, "not_readable" = "not_readable" + {} WHERE "id" = {}',
        not_readable,
        stack.id,
    )
    await PaperSheet.raw('DELETE FROM "paper_sheet" WHERE "id" = {}', sheet)
