"""Registers of reviews: a CSV or Excel file of references, days, year groups and settings, without names."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from piccolo.columns import Column

from surveys.importing.cells import text_of
from surveys.importing.dates import date_order, read_date
from surveys.importing.personal import is_personal_for_certain
from surveys.importing.sheet import Cell, Row, Sheet
from surveys.importing.wording import wording
from voice.capture.reviews.participation import WAYS, child_hash
from voice.capture.reviews.tables import Review
from voice.storage import Store

LONGEST_SETTING = 120
LONGEST_EXCERPT = 40
ROWS_AT_ONCE = 500
YEARS = range(2000, 2100)

HEADERS = {
    "child": ("child reference", "reference", "child ref", "ref", "child id", "pupil id", "id", "case", "upn"),
    "date": ("review date", "date of review", "date", "annual review date", "day"),
    "year": ("year group", "year", "nc year", "ncy", "school year"),
    "setting": ("setting", "school", "school or college", "placement", "provision"),
    "way": ("participation", "took part", "how they took part", "taking part"),
}
"""What the columns may be called. A reference that is a name or a UPN is hashed like any other and never stored."""

_WAYS = {
    "attended": ("attended", "came", "present"),
    "sent_views": ("sent views", "views sent", "gave views"),
    "spoken_for": ("someone spoke for me", "spoken for", "advocate", "represented"),
    "chose_not": ("chose not to", "chose not", "declined"),
    "not_asked": ("not asked", "not invited"),
}


class RegisterProblem(Exception):
    """The file is no register: ``code`` is ``no_child_column`` or ``no_date_column``; ``headers`` are those it has."""

    def __init__(self, code: str, headers: tuple[str, ...]) -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers


class RowProblem(msgspec.Struct, frozen=True):
    """Something about a row that a person should look at; ``stays_out`` when the row was not taken in.

    ``code`` is ``no_child``, ``no_date``, ``bad_date``, ``unknown_year``, ``unknown_way`` or ``contradicts``; what
    contradicts names the ``other`` row, or none where it is one that is here already. A reference is never shown.
    """

    row_number: int
    code: str
    excerpt: str = ""
    other: int | None = None
    stays_out: bool = True


class ReviewRow(msgspec.Struct, frozen=True):
    row_number: int
    child: str
    review_date: dt.date
    year_group: str = ""
    setting: str = ""
    participation: str = ""


class Register(msgspec.Struct, frozen=True):
    """``left_out`` are the columns that are not used; ``personal`` those of them that say who somebody is.

    ``twice`` counts rows that say again what another row says.
    """

    rows: tuple[ReviewRow, ...]
    problems: tuple[RowProblem, ...]
    left_out: tuple[str, ...]
    personal: tuple[str, ...]
    twice: int


class TakenIn(msgspec.Struct, frozen=True):
    """How many reviews are new, were here already, and learned something from this file."""

    added: int
    known: int
    filled: int
    problems: tuple[RowProblem, ...]


def read_register(sheet: Sheet, secret: bytes) -> Register:
    """Raises :class:`RegisterProblem`."""
    columns = _columns(sheet.headers)
    for needed in ("child", "date"):
        if needed not in columns:
            raise RegisterProblem(f"no_{needed}_column", sheet.headers)
    used = set(columns.values())
    left_out = [at for at in range(len(sheet.headers)) if at not in used]
    personal = [at for at in left_out if _is_personal(sheet, at)]
    order = date_order((text_of(_cell(row, columns["date"])) for row in sheet.rows), "day_first")
    rows: dict[tuple[str, dt.date], ReviewRow] = {}
    problems: list[RowProblem] = []
    twice = 0
    for row in sheet.rows:
        child = child_hash(secret, _cell(row, columns["child"]))
        written = text_of(_cell(row, columns["date"]))
        day = read_date(written, order) or read_date(_cell(row, columns["date"]), order)
        if child is None or day is None or day.year not in YEARS:
            code = "no_child" if child is None else "bad_date" if written else "no_date"
            problems.append(RowProblem(row.number, code, "" if child is None else written[:LONGEST_EXCERPT]))
            continue
        found, notes = _read(row, child, day, columns)
        problems += notes
        before = rows.setdefault((child, day), found)
        if before is not found:
            together, contradicts = _together(before, found)
            rows[child, day] = together
            twice += not contradicts
            problems += [RowProblem(row.number, "contradicts", each, before.row_number) for each in contradicts]
    return Register(
        tuple(rows.values()),
        tuple(problems),
        tuple(sheet.headers[at] for at in left_out if at not in personal),
        tuple(sheet.headers[at] for at in personal),
        twice,
    )


async def take_in(store: Store, register: Register) -> TakenIn:
    """Stores what is new. The same register again changes nothing; what contradicts is listed, and left as it was."""
    added = known = filled = 0
    problems = list(register.problems)
    for start in range(0, len(register.rows), ROWS_AT_ONCE):
        some = register.rows[start : start + ROWS_AT_ONCE]
        done = await store.write(lambda some=some: _store(some))  # type: ignore[misc]
        added, known, filled = added + done.added, known + done.known, filled + done.filled
        problems += done.problems
    return TakenIn(added, known, filled, tuple(sorted(problems, key=lambda each: each.row_number)))


async def _store(rows: Sequence[ReviewRow]) -> TakenIn:
    here = await _here({row.child for row in rows})
    new, problems, known, filled = [], [], 0, 0
    for row in rows:
        before = here.get((row.child, row.review_date))
        if before is None:
            new.append(row)
            continue
        id, stored = before
        together, contradicts = _together(stored, row)
        problems += [RowProblem(row.row_number, "contradicts", each) for each in contradicts]
        known += not contradicts
        if together != stored:
            filled += 1
            changed: dict[Column | str, Any] = {
                Review.year_group: together.year_group,
                Review.setting: together.setting,
                Review.participation: together.participation,
            }
            await Review.update(changed).where(Review.id == id)
    for start in range(0, len(new), 100):
        await Review.insert(
            *(
                Review(
                    id=uuid.uuid4(),
                    **{name: getattr(row, name) for name in ReviewRow.__struct_fields__ if name != "row_number"},
                )
                for row in new[start : start + 100]
            )
        )
    return TakenIn(len(new), known, filled, tuple(problems))


async def _here(children: Iterable[str]) -> dict[tuple[str, dt.date], tuple[uuid.UUID, ReviewRow]]:
    found = await Review.select().where(Review.child.is_in(sorted(children)))
    return {
        (row["child"], row["review_date"]): (
            row["id"],
            ReviewRow(0, row["child"], row["review_date"], row["year_group"], row["setting"], row["participation"]),
        )
        for row in found
    }


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Where each thing stands; the first name of ``HEADERS`` that a column has wins."""
    said = {wording(header): at for at, header in reversed(list(enumerate(headers)))}
    found: dict[str, int] = {}
    for what, names in HEADERS.items():
        at = next((said[name] for name in names if name in said and said[name] not in found.values()), None)
        if at is not None:
            found[what] = at
    return found


def _is_personal(sheet: Sheet, at: int) -> bool:
    header = sheet.headers[at]
    return "name" in wording(header) or is_personal_for_certain(header, (_cell(row, at) for row in sheet.rows))


def _cell(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _read(row: Row, child: str, day: dt.date, columns: Mapping[str, int]) -> tuple[ReviewRow, list[RowProblem]]:
    said = {what: text_of(_cell(row, at)) for what, at in columns.items() if what not in ("child", "date")}
    year, way = year_group(said.get("year", "")), _way(said.get("way", ""))
    notes = [
        RowProblem(row.number, code, said[what][:LONGEST_EXCERPT], stays_out=False)
        for what, code, read in (("year", "unknown_year", year), ("way", "unknown_way", way))
        if read is None
    ]
    setting = " ".join(said.get("setting", "").split())[:LONGEST_SETTING]
    return ReviewRow(row.number, child, day, year or "", setting, way or ""), notes


def year_group(written: str) -> str | None:
    """The code of a year group as registers write it ("Year 7", "Y7", "7", "R"), "" when blank, else ``None``."""
    plain = re.sub(r"^(national curriculum |nc )?(year|yr|y)?[\s.]*(group)?\s*", "", wording(written)).strip()
    if not wording(written):
        return ""
    if plain in ("r", "reception", "rec", "0"):
        return "reception"
    if plain.isdigit() and 1 <= int(plain) <= 13:
        return f"year_{int(plain)}"
    return "not_in_school" if plain in ("not in school", "none", "eotas", "eotis", "home") else None


def _way(written: str) -> str | None:
    said = wording(written)
    if not said or said.replace(" ", "_") in WAYS:
        return said.replace(" ", "_")
    return next((way for way, names in _WAYS.items() if said in names), None)


def _together(first: ReviewRow, second: ReviewRow) -> tuple[ReviewRow, list[str]]:
    """Both rows of one review: blanks filled in, the first kept, and what the second says otherwise."""
    filled, contradicts = {}, []
    for name in ("year_group", "setting", "participation"):
        one, other = getattr(first, name), getattr(second, name)
        if not one:
            filled[name] = other
        elif other and other != one:
            contradicts.append(name)
    return msgspec.structs.replace(first, **filled), contradicts
