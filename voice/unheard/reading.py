"""Figures of a register or of the government from a table: which column is what, each count, and all that is wrong.

Two forms: a row for each group (``dimension``, ``category``, ``count``), or columns with groups beside a count, as the
Department for Education publishes them. Nothing is guessed about a number: what is not a whole number of people is
said, with its row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from surveys.importing.cells import text_of
from surveys.importing.sheet import Sheet
from surveys.importing.wording import wording
from voice.unheard.categories import DIMENSIONS, TOTAL, meant

UNUSED = ""
OVER = "over"
"""A column that is added up, or of which only the rows of its total count where it has some."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "dimension": ("dimension", "breakdown", "what", "kind"),
    "category": ("category", "group", "value", "name"),
    "count": ("count", "headcount", "number", "pupils", "people", "children", "n", "number of pupils", "pupil count"),
    "year": ("year", "time_period", "time period", "academic year", "as of", "date"),
    "source": ("source", "from"),
    "need": ("need", "primary_need", "primary need", "type of need", "sen primary need", "main need"),
    "stage": ("stage", "sen_provision", "sen provision", "sen_status", "provision", "sen status"),
    "age_band": ("age", "age_band", "age band", "age group", "age_group", "ncyear", "year group", "year_group"),
    "setting": ("setting", "school", "school_name", "school name", "establishment", "institution"),
    "area": ("area", "ward", "locality", "postcode", "postcode area", "district"),
    "language": ("language", "first language", "first_language", "home language"),
    "seldom": ("seldom", "seldom heard", "seldom-heard group", "seldom_heard_group"),
    OVER: ("phase", "phase_type_grouping", "school type", "sex", "gender", "school_phase", "type_of_establishment"),
}
"""Every use of a column, with what such columns may be called."""

DIMENSION_NAMES: Mapping[str, tuple[str, ...]] = {
    "need": ("need", "needs", "primary need", "main need", "type of need"),
    "stage": ("stage", "stage of support", "sen provision", "provision"),
    "age_band": ("age band", "age", "age group", "ages"),
    "setting": ("setting", "school", "settings", "school or college"),
    "area": ("area", "ward", "locality", "postcode area"),
    "language": ("language", "home language", "first language"),
    "seldom": ("seldom", "seldom heard", "seldom heard group", "seldom heard groups"),
}
HIDDEN_MARKS = frozenset(
    {"c", "x", "z", ":", "..", "k", "u", "low", "*", "-", "n/a", "na", "supp", "suppressed", "~", "[c]", "[x]", "[z]"}
)
"""What sources write where they do not tell a number; ``<5`` and the like mean the same."""

MOST_PEOPLE = 10_000_000
LONGEST = 120

BARRIERS = (
    *("negative", "not_a_number", "not_whole", "too_many", "no_count", "no_group", "too_long", "duplicate"),
    *("unknown_dimension", "total_wrong", "more_than_total", "two_totals"),
)
"""What keeps a file from being taken in; the other codes are things to know."""


class FigureProblem(msgspec.Struct, frozen=True):
    """Something about a row, by its number in the file. ``text`` is what stands there; ``other`` is the row that
    says the same, or the sum that the total should be."""

    row: int
    code: str
    text: str = ""
    other: int = 0

    @property
    def is_barrier(self) -> bool:
        return self.code in BARRIERS


class Line(msgspec.Struct, frozen=True):
    """One group of a file. ``people`` is ``None`` where the source hides its number; ``row`` is where it stands
    first.
    """

    dimension: str
    wording: str
    people: int | None
    row: int


class ReadFigures(msgspec.Struct, frozen=True):
    """``year`` is the newest of the file's years, the only one that is used; ``source`` is what the file says of
    itself.
    """

    lines: tuple[Line, ...]
    problems: tuple[FigureProblem, ...]
    year: str
    source: str


def guessed(headers: Sequence[str]) -> tuple[str, ...]:
    """For each column what it is used for, or ``UNUSED``; nothing but ``OVER`` is used twice."""
    plain = [wording(header) for header in headers]
    found = [UNUSED] * len(headers)
    for use, names in HEADINGS.items():
        for name in names:
            at = [place for place, said in enumerate(plain) if said == wording(name) and not found[place]]
            for place in at if use == OVER else at[:1]:
                found[place] = use
            if at and use != OVER:
                break
    return tuple(found)


def columns_problem(columns: Sequence[str]) -> str:
    """What is wrong with the uses of the columns: a code, or empty."""
    used = [use for use in columns if use and use != OVER]
    beside = [use for use in used if use in DIMENSIONS]
    if len(used) != len(set(used)):
        return "used_twice"
    if "count" not in used:
        return "count_missing"
    if ("dimension" in used) != ("category" in used):
        return "half_a_form"
    if ("dimension" in used) == bool(beside):
        return "two_forms" if beside else "groups_missing"
    return ""


def read_figures(sheet: Sheet, columns: Sequence[str]) -> ReadFigures:
    """All counts of a sheet whose columns are used so. Raises ``ValueError`` where :func:`columns_problem` says why."""
    if problem := columns_problem(columns):
        raise ValueError(problem)
    rows = [(row.number, _said(row.cells, columns)) for row in sheet.rows]
    newest = max((said["year"] for _, said in rows if said.get("year")), default="")
    kept = [(number, said) for number, said in rows if not newest or said.get("year") == newest]
    problems = [FigureProblem(0, "older_years", newest, len(rows) - len(kept))] if len(kept) < len(rows) else []
    sources = list(dict.fromkeys(said["source"] for _, said in kept if said.get("source")))
    lines: list[Line] = []
    if "dimension" in columns:
        lines = _from_long(kept, problems)
    else:
        counts = {number: _count(number, said.get("count", ""), problems) for number, said in kept}
        totals = {use for use in columns if use and any(_is_total(said.get(use, "")) for _, said in kept)}
        totals |= {key for _, said in kept for key in said if key.startswith(OVER) and _is_total(said[key])}
        for dimension in (use for use in DIMENSIONS if use in columns):
            lines += _from_wide(dimension, kept, counts, totals, problems)
    in_order = tuple(sorted(problems, key=lambda problem: problem.row))
    return ReadFigures(tuple(lines), in_order, newest[:40], ", ".join(sources)[:200])


def _said(cells: Sequence[object], columns: Sequence[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for at, use in enumerate(columns):
        if use and at < len(cells):
            key = f"{OVER}-{at}" if use == OVER else use
            said[key] = " ".join(text_of(cells[at]).split())  # type: ignore[arg-type]
    return said


def _from_long(rows: Sequence[tuple[int, Mapping[str, str]]], problems: list[FigureProblem]) -> list[Line]:
    lines: dict[tuple[str, str], Line] = {}
    for number, said in rows:
        dimension = dimension_of(said.get("dimension", ""))
        people = _count(number, said.get("count", ""), problems)
        if not dimension:
            problems.append(FigureProblem(number, "unknown_dimension", said.get("dimension", "")))
        elif _has_group(number, said.get("category", ""), problems):
            _add(lines, Line(dimension, said["category"], people, number), problems)
    return list(lines.values())


def _from_wide(
    dimension: str,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    counts: Mapping[int, int | None],
    totals: set[str],
    problems: list[FigureProblem],
) -> list[Line]:
    """The groups of one column: of the others only the rows of their totals, or all of them added up."""
    lines: dict[tuple[str, str], Line] = {}
    cells: dict[tuple[str, ...], int] = {}
    for number, said in rows:
        others = {key: value for key, value in said.items() if _tells_apart(key) and key != dimension}
        if any(key in totals and not _is_total(value) for key, value in others.items()):
            continue
        group = said.get(dimension, "")
        if not _has_group(number, group, problems):
            continue
        first = cells.setdefault((group.casefold(), *others.values()), number)
        if first != number:
            problems.append(FigureProblem(number, "duplicate", group, first))
            continue
        before = lines.get((dimension, group.casefold()))
        people = counts[number]
        if before is not None:
            people = None if people is None or before.people is None else before.people + people
        row = before.row if before else number
        lines[dimension, group.casefold()] = Line(dimension, before.wording if before else group, people, row)
    return list(lines.values())


def _tells_apart(key: str) -> bool:
    return key in DIMENSIONS or key.startswith(OVER)


def _add(lines: dict[tuple[str, str], Line], line: Line, problems: list[FigureProblem]) -> None:
    first = lines.setdefault((line.dimension, line.wording.casefold()), line)
    if first is not line:
        problems.append(FigureProblem(line.row, "duplicate", line.wording, first.row))


def _has_group(number: int, group: str, problems: list[FigureProblem]) -> bool:
    if group and len(group) <= LONGEST:
        return True
    code = "too_long" if group else "no_group"
    if FigureProblem(number, code, group[:LONGEST]) not in problems:
        problems.append(FigureProblem(number, code, group[:LONGEST]))
    return False


def _is_total(text: str) -> bool:
    return meant("area", text) == TOTAL


def dimension_of(text: str) -> str:
    """The code of a dimension that a file names, or empty."""
    plain = wording(text.replace("_", " ").replace("-", " "))
    return next((code for code, names in DIMENSION_NAMES.items() if plain in names), "")


def _count(number: int, text: str, problems: list[FigureProblem]) -> int | None:
    """A whole number of people. ``None`` with a note for what is none, whether the source hides it or it is wrong."""
    plain = text.replace("\u2212", "-").strip()
    code = ""
    if not plain:
        code = "no_count"
    elif plain.casefold() in HIDDEN_MARKS or re.fullmatch(r"[<≤] ?\d+", plain):
        code = "hidden_by_source"
    elif re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+|\d+", plain):
        value = int(re.sub(r"\D", "", plain))
        if value <= MOST_PEOPLE:
            return value
        code = "too_many"
    elif re.fullmatch(r"-\s?[\d,.]+|\([\d,.]+\)", plain):
        code = "negative"
    elif re.fullmatch(r"[\d,]*\.\d+", plain):
        code = "not_whole"
    problems.append(FigureProblem(number, code or "not_a_number", text[:LONGEST]))
    return None
