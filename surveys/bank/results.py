"""What was answered to a concept so far, term by term, over all surveys that ask it; small numbers hidden.

No number here may tell what one of fewer than ``FLOOR`` people said, also not together with what the page for
leads shows of the same answers. That page gives the sum of some codes, leaves some out of its n, and keeps
"I would rather not say" apart; so each of these groups is made safe by itself as well as the whole line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from surveys.bank.concepts import Concept
from surveys.document import RATHER_NOT_SAY
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

NUMBERS = tuple(str(number) for number in range(11))


class CodeCount(msgspec.Struct, frozen=True):
    """How many gave a code, ``None`` when that is hidden."""

    code: str
    n: int | None


class TermResult(msgspec.Struct, frozen=True):
    """One term. ``answered`` is how many gave an answer other than ``RATHER_NOT_SAY``; ``None`` when they were
    fewer than ``FLOOR``, and then there are no ``counts``. ``rather_not_say`` is hidden alone when it is small.
    """

    term: str
    answered: int | None
    counts: tuple[CodeCount, ...]
    rather_not_say: int | None


async def results(concept: Concept, *, apart: Sequence[Collection[str]] = ()) -> list[TermResult]:
    """The answers by term, the newest first. ``apart`` are groups of codes whose sums are shown elsewhere.

    Runs inside a unit of the store.
    """
    rows = await Answer.raw(
        'SELECT r."term" AS "term", a."code" AS "code", COUNT(*) AS "n" FROM "answer" AS a '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."concept" = {} GROUP BY r."term", a."code"',
        concept.code,
    )
    by_term: dict[str, dict[str, int]] = {}
    for row in rows:
        by_term.setdefault(row["term"], {})[row["code"] or ""] = int(row["n"])
    items = await _items(concept.code) if concept.kind in SEVERAL else {}
    return [
        term_result(concept, term, by_term[term], items.get(term, {}), apart)
        for term in sorted(by_term, key=term_order, reverse=True)
    ]


async def _items(code: str) -> dict[str, dict[str, int]]:
    """How many chose each of several options, by term."""
    rows = await Answer.raw(
        'SELECT r."term" AS "term", p."item" AS "item", COUNT(*) AS "n" FROM "answer_part" AS p '
        'JOIN "answer" AS a ON p."answer" = a."id" '
        'JOIN "submission" AS u ON a."submission" = u."id" JOIN "survey_round" AS r ON u."round" = r."id" '
        'WHERE a."concept" = {} GROUP BY r."term", p."item"',
        code,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["term"], {})[row["item"]] = int(row["n"])
    return found


def term_result(
    concept: Concept,
    term: str,
    counts: Mapping[str, int],
    items: Mapping[str, int],
    apart: Sequence[Collection[str]],
) -> TermResult:
    """One term's result. ``counts`` are by code, "" for answers without one; ``items`` of several choices."""
    rather_not = counts.get(RATHER_NOT_SAY, 0)
    given = {code: n for code, n in counts.items() if code != RATHER_NOT_SAY}
    answered = sum(given.values())
    kept_apart = rather_not if rather_not == 0 or rather_not >= FLOOR else None
    if answered < FLOOR:
        return TermResult(term, None, (), None)
    if concept.kind not in COUNTED:
        return TermResult(term, answered, (), kept_apart)
    offered = [option.code for option in concept.options] or list(NUMBERS)
    if concept.kind in SEVERAL:
        chosen = {code: items.get(code, 0) for code in (*offered, *items)}
        return TermResult(term, answered, tuple(_each(chosen, answered)), kept_apart)
    listed = {code: given.get(code, 0) for code in (*offered, *filter(None, given))}
    hidden = _hidden(listed, apart)
    shown = tuple(CodeCount(code, None if code in hidden else n) for code, n in listed.items())
    return TermResult(term, answered, shown, kept_apart)


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
