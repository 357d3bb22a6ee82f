"""Questions from another tool joined into a survey: their names made ours, and their conditions checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from surveys.building.codes import codes_of
from surveys.document import Option, Question, QuestionKind
from surveys.exchange.carried import Left
from surveys.exchange.expressions import CannotRead, conditions_of, names_in, parse, turns_around

LONGEST_NAME = 100
LONGEST_CODE = 80

SYMBOLS: dict[QuestionKind, str] = {
    "recording": "record",
    "drawing": "draw",
    "photo": "photo",
    "date": "calendar",
    "number_scale": "number",
    "ranking": "order",
    "sorting": "sort",
    "consent": "agree",
    "information": "information",
    "free_text": "speech",
    "feelings": "feelings",
    "postcode_area": "map",
}
"""Pictures of questions that come without one; somebody chooses better ones in the builder."""

ANOTHER_SYMBOL = "talk"

OPTION_SYMBOLS = {"yes": "yes", "no": "no", "not_sure": "not-sure", "dont_know": "not-sure", "other": "something-else"}
NO_SYMBOL = "choices"


class Expression(msgspec.Struct, frozen=True):
    """When a question is asked, and where that is written. ``text`` is as the tool wrote it."""

    text: str
    sheet: str
    row: int
    column: str


class Found(msgspec.Struct, frozen=True):
    """A question as it was found. ``names`` are what expressions call it."""

    question: Question
    names: tuple[str, ...]
    when: tuple[Expression, ...] = ()


def concept_name(named: str, taken: Iterable[str]) -> str:
    """``named`` as the name of a concept, and no name that is taken already."""
    plain = re.sub(r"[^\w-]+", "_", named)
    plain = (plain if plain == named else plain.strip("_"))[:LONGEST_NAME] or "question"
    free, number = plain, 2
    used = {name.casefold() for name in taken}
    while free.casefold() in used:
        free = f"{plain}_{number}"
        number += 1
    return free


def symbol_of(kind: QuestionKind) -> str:
    return SYMBOLS.get(kind, ANOTHER_SYMBOL)


def option_symbol(code: str) -> str:
    return OPTION_SYMBOLS.get(code.casefold(), NO_SYMBOL)


def assemble(found: Sequence[Found], left: list[Left]) -> tuple[Question, ...]:
    """The questions with those conditions that can be said; the others are put into ``left``.

    A question whose condition stays behind is asked always.
    """
    by_name: dict[str, Question] = {}
    to_come = {name for each in found for name in each.names}
    asked = []
    for each in found:
        conditions = []
        for when in each.when:
            where = {"sheet": when.sheet, "row": when.row, "column": when.column}
            try:
                node = parse(when.text)
                names = names_in(node)
                if missing := sorted(names - by_name.keys()):
                    reason = "asked_later" if set(missing) <= to_come else "question_not_known"
                    left.append(Left(reason, about=", ".join(missing), **where))  # type: ignore[arg-type]
                    continue
                made = conditions_of(node, by_name)
            except CannotRead:
                left.append(Left("condition_left_out", about=when.text, **where))  # type: ignore[arg-type]
                continue
            questions = {question.concept: question for question in by_name.values()}
            wrong = [code for each_ in made for code in each_.codes if code not in codes_of(questions[each_.concept])]
            if wrong or not all(each_.codes for each_ in made):
                left.append(Left("answer_not_known", about=", ".join(wrong) or when.text, **where))  # type: ignore[arg-type]
                continue
            if turns_around(node):
                left.append(Left("needs_an_answer", about=when.text, **where))  # type: ignore[arg-type]
            conditions += [condition for condition in made if condition not in conditions]
        question = msgspec.structs.replace(
            each.question, only_if=conditions[0] if conditions else None, also_if=tuple(conditions[1:])
        )
        asked.append(question)
        for name in each.names:
            by_name[name] = question
    return tuple(asked)


def unlike(options: Iterable[Option], left: list[Left], sheet: str, row: int) -> tuple[Option, ...]:
    """The options, each code once and none longer than ours can be."""
    kept: dict[str, Option] = {}
    for option in options:
        code = option.code[:LONGEST_CODE]
        if code != option.code:
            left.append(Left("name_changed", sheet, row, about=option.code))
        if code in kept:
            left.append(Left("choice_twice", sheet, row, about=code))
            continue
        kept[code] = msgspec.structs.replace(option, code=code)
    return tuple(kept.values())
