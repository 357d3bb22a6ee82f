"""What was answered to a concept so far, term by term, over all surveys that ask it; small numbers hidden.

Parents, young people and professionals are different people, and what somebody says for another is no word of theirs:
each has a line of their own. No line is added to another, and no sum of them is shown, so each is made safe by itself.

No number here may tell what one of fewer than ``FLOOR`` people said, also not together with what the page for
leads shows of the same answers. That page gives the sum of some codes, leaves some out of its n, and keeps
"I would rather not say" apart; so each of these groups is made safe by itself as well as the whole line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.bank.concepts import Concept
from surveys.document import RATHER_NOT_SAY, RespondentKind
from surveys.submissions import SaidBy
from surveys.tables import Answer
from surveys.terms import term_order

SEVERAL = frozenset(("multiple_choice", "feelings"))
"""Kinds of which a person chooses several: each option has its own count of all who answered."""

COUNTED = frozenset(
    (
        "single_choice",
        "yes_no",
        "faces",
        "agree",
        "number_scale",
        "contact",
        "year_group",
        "age_band",
        "consent",
        *SEVERAL,
    )
)
"""Kinds of which we count the codes. Of the others only how many people answered is shown."""

WHO: tuple[str, ...] = get_args(RespondentKind)
SAID_BY: tuple[str, ...] = get_args(SaidBy)

Line = tuple[str, str, str]
"""A term, a kind of people, and whose words they are."""

NUMBERS = tuple(str(number) for number in range(11))


class CodeCount(msgspec.Struct, frozen=True):
    """How many gave a code, ``None`` when that is hidden."""

    code: str
    n: int | None


class TermResult(msgspec.Struct, frozen=True):
    """One term's answers of one kind of people (``who``), by whose words they are.

    ``answered`` is how many gave an answer other than ``RATHER_NOT_SAY``; ``None`` when they were fewer than
    ``FLOOR``, and then there are no ``counts``. ``rather_not_say`` is hidden alone when it is small.
    """

    term: str
    who: str
    said_by: str
    answered: int | None
    counts: tuple[CodeCount, ...]
    rather_not_say: int | None


async def results(concept: Concept, *, apart: Sequence[Collection[str]] = ()) -> list[TermResult]:
    """The answers by term, the newest first, then by who answered and by whose words they are.

    ``apart`` are groups of codes whose sums are shown elsewhere. Runs inside a unit of the store.
    """
    rows = await Answer.raw(
        'SELECT r."term" AS "term", u."respondent_kind" AS "who", u."said_by" AS "said_by", a."code" AS "code", '
        'COUNT(*) AS "n" FROM "answer" AS a '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."concept" = {} GROUP BY r."term", u."respondent_kind", u."said_by", a."code"',
        concept.code,
    )
    by_line: dict[Line, dict[str, int]] = {}
    for row in rows:
        by_line.setdefault(_line(row), {})[row["code"] or ""] = int(row["n"])
    items = await _items(concept.code) if concept.kind in SEVERAL else {}
    lines = sorted(by_line, key=lambda line: (_place(line[1], WHO), _place(line[2], SAID_BY), line))
    return [
        term_result(concept, line, by_line[line], items.get(line, {}), apart)
        for line in sorted(lines, key=lambda line: term_order(line[0]), reverse=True)
    ]


def _line(row: Mapping[str, Any]) -> Line:
    return row["term"], row["who"], row["said_by"]


def _place(code: str, order: Sequence[str]) -> int:
    return order.index(code) if code in order else len(order)


async def _items(code: str) -> dict[Line, dict[str, int]]:
    """How many chose each of several options, by line."""
    rows = await Answer.raw(
        'SELECT r."term" AS "term", u."respondent_kind" AS "who", u."said_by" AS "said_by", p."item" AS "item", '
        'COUNT(*) AS "n" FROM "answer_part" AS p '
        'JOIN "answer" AS a ON p."answer" = a."id" '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."concept" = {} GROUP BY r."term", u."respondent_kind", u."said_by", p."item"',
        code,
    )
    found: dict[Line, dict[str, int]] = {}
    for row in rows:
        found.setdefault(_line(row), {})[row["item"]] = int(row["n"])
    return found


def term_result(
    concept: Concept,
    line: Line,
    counts: Mapping[str, int],
    items: Mapping[str, int],
    apart: Sequence[Collection[str]],
) -> TermResult:
    """One line of the results. ``counts`` are by code, "" for answers without one; ``items`` of several choices."""
    rather_not = counts.get(RATHER_NOT_SAY, 0)
    given = {code: n for code, n in counts.items() if code != RATHER_NOT_SAY}
    answered = sum(given.values())
    kept_apart = rather_not if rather_not == 0 or rather_not >= FLOOR else None
    if answered < FLOOR:
        return TermResult(*line, None, (), None)
    if concept.kind not in COUNTED:
        return TermResult(*line, answered, (), kept_apart)
    offered = [option.code for option in concept.options] or list(NUMBERS)
    if concept.kind in SEVERAL:
        chosen = {code: items.get(code, 0) for code in (*offered, *items)}
        return TermResult(*line, answered, tuple(_each(chosen, answered)), kept_apart)
    listed = {code: given.get(code, 0) for code in (*offered, *filter(None, given))}
    hidden = _hidden(listed, apart)
    shown = tuple(CodeCount(code, None if code in hidden else n) for code, n in listed.items())
    return TermResult(*line, answered, shown, kept_apart)


def _hidden(counts: Mapping[str, int], apart: Sequence[Collection[str]]) -> set[str]:
    named = {code for group in apart for code in group}
    lines = [counts, *({c: n for c, n in counts.items() if c in group} for group in apart)]
    lines.append({code: n for code, n in counts.items() if code not in named})
    return {cell.key for line in lines for cell in floor_counts(line).cells if cell.hidden}


def _each(chosen: Mapping[str, int], answered: int) -> list[CodeCount]:
    """Each option stands for itself: neither those who chose it nor those who did not may be few."""
    found = []
    for code, n in chosen.items():
        cell = floor_counts({"chosen": n, "not_chosen": max(answered - n, 0)}).cells[0]
        found.append(CodeCount(code, cell.count))
    return found
