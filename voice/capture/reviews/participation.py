"""How children and young people took part in their reviews: noted one by one, and counted with small numbers hidden.

Functions that are async run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections import Counter
from collections.abc import Hashable, Mapping

import msgspec

from analysis.disclosure import Line, hidden_cells
from surveys.importing.cells import text_of
from surveys.importing.sheet import Cell
from surveys.terms import first_day, last_day, term_of, term_order
from voice.capture.reviews.tables import Review
from voice.storage.rows import as_day, as_uuid

WAYS = ("attended", "sent_views", "spoken_for", "chose_not", "not_asked")
ACTIVE = ("attended", "sent_views")
"""Taking an active part: being there, or having sent what one thinks."""

IS_ACTIVE, IS_NOT, ALL = "active", "not_active", "all"
SUMS = {
    IS_ACTIVE: ACTIVE,
    IS_NOT: tuple(way for way in WAYS if way not in ACTIVE),
    ALL: (IS_ACTIVE, IS_NOT),
}
"""What adds up to what."""

COLUMNS = {
    "term": WAYS,
    "year_group": (IS_ACTIVE, IS_NOT),
    "setting": (IS_ACTIVE, IS_NOT),
}
"""The tables and what they tell, of reviews of which something is noted. Terms are few; a school is small, and of five
ways in it most would be hidden."""

Cells = Mapping[tuple[str, str, str], int]


class NoSuchReview(Exception):
    """The register has no review of this child on this day."""


class Group(msgspec.Struct, frozen=True):
    """A line of a table: how many there are in each of its columns, and of ``all``; ``None`` where it is hidden."""

    name: str
    ways: dict[str, int | None]
    all: int | None

    @property
    def active(self) -> int | None:
        """How many took an active part, where that can be shown."""
        if IS_ACTIVE in self.ways:
            return self.ways[IS_ACTIVE]
        parts = [self.ways[way] for way in ACTIVE]
        return None if None in parts else sum(part for part in parts if part is not None)


class Participation(msgspec.Struct, frozen=True):
    """A school year: by kind the groups with their columns, and everybody in the same columns.

    Groups that nobody is in are left out. ``not_noted`` counts the reviews of which nothing is noted yet; they are in
    no table.
    """

    not_noted: int | None
    everybody: dict[str, Group]
    tables: dict[str, tuple[Group, ...]]


def child_hash(secret: bytes, reference: Cell) -> str | None:
    """What is stored in place of a child's reference; ``None`` where there is none.

    References are short, so whoever has the database alone must not be able to try them all: the hash needs the
    secret of the installation.
    """
    said = "".join(text_of(reference).split()).upper()
    if not said:
        return None
    return hmac.digest(secret, b"review-child:" + said.encode(), "sha256")[:16].hex()


async def note(child: str, way: str, *, on: dt.date | None, today: dt.date) -> dt.date:
    """Notes how a child took part in the review of a day, or in the one nearest to today. Returns the day.

    Raises :class:`NoSuchReview`.
    """
    rows = await Review.select(Review.id, Review.review_date).where(Review.child == child)
    fitting = [row for row in rows if on is None or row["review_date"] == on]
    if not fitting:
        raise NoSuchReview
    nearest = min(fitting, key=lambda row: (abs(row["review_date"] - today), row["review_date"]))
    await Review.update({Review.participation: way}).where(Review.id == nearest["id"])
    day: dt.date = nearest["review_date"]
    return day


async def told_by_family(child: str, *, first: dt.date, last: dt.date) -> None:
    """Notes that views were sent to the review nearest to the middle of these days; what an officer noted stays."""
    rows = await Review.raw(
        'SELECT "id", "review_date" FROM "review" WHERE "child" = {} AND "review_date" BETWEEN {} AND {} '
        "AND \"participation\" IN ('', 'not_asked')",
        child,
        first,
        last,
    )
    if rows:
        middle = first + (last - first) / 2
        nearest = min(rows, key=lambda row: abs(as_day(row["review_date"]) - middle))
        await Review.update({Review.participation: "sent_views"}).where(Review.id == as_uuid(nearest["id"]))


async def school_years() -> list[int]:
    """The years in which the school years begin that have reviews, the newest first."""
    rows = await Review.raw('SELECT DISTINCT "review_date" FROM "review"')
    return sorted({school_year(as_day(row["review_date"])) for row in rows}, reverse=True)


def school_year(day: dt.date) -> int:
    return day.year if day >= first_day(f"{day.year}-autumn") else day.year - 1


async def participation(year: int, *, floor: int) -> Participation:
    """The school year from the autumn of ``year``; numbers below ``floor`` are hidden in all tables at once."""
    rows = await Review.raw(
        'SELECT "review_date", "year_group", "setting", "participation", COUNT(*) AS "people" FROM "review" '
        'WHERE "review_date" BETWEEN {} AND {} GROUP BY 1, 2, 3, 4',
        first_day(f"{year}-autumn"),
        last_day(f"{year + 1}-summer"),
    )
    cells: Counter[tuple[str, str, str]] = Counter()
    not_noted = 0
    for row in rows:
        way, people = row["participation"], int(row["people"])
        if not way:
            not_noted += people
            continue
        names = {
            "term": term_of(as_day(row["review_date"])),
            "year_group": row["year_group"],
            "setting": row["setting"],
        }
        for kind, name in ((ALL, ALL), *names.items()):
            cells[kind, name, way] += people
    return _shown(cells, not_noted, floor)


def _shown(cells: Cells, not_noted: int, floor: int) -> Participation:
    names = {kind: sorted({name for k, name, _ in cells if k == kind}) for kind in COLUMNS}
    names[ALL] = [ALL]
    told = {kind: (*columns, ALL) for kind, columns in COLUMNS.items()}
    told[ALL] = (*WAYS, IS_ACTIVE, IS_NOT, ALL)
    counts: dict[Hashable, int] = {
        (kind, name, way): sum(cells.get((kind, name, part), 0) for part in _parts(way))
        for kind in names
        for name in names[kind]
        for way in told[kind]
    }
    lines = [Line(tuple((ALL, ALL, part) for part in parts), (ALL, ALL, whole)) for whole, parts in SUMS.items()]
    for kind, columns in COLUMNS.items():
        lines += [Line(tuple((kind, name, way) for way in columns), (kind, name, ALL)) for name in names[kind]]
        lines += [Line(tuple((kind, name, way) for name in names[kind]), (ALL, ALL, way)) for way in told[kind]]
    hidden = hidden_cells(counts, lines, floor)

    def group(kind: str, name: str, columns: tuple[str, ...]) -> Group:
        shown = {way: None if (kind, name, way) in hidden else counts[kind, name, way] for way in (*columns, ALL)}
        return Group(name, {way: shown[way] for way in columns}, shown[ALL])

    ordered = {
        "term": sorted(names["term"], key=term_order),
        "year_group": sorted(names["year_group"], key=_year_order),
        "setting": sorted(names["setting"], key=lambda name: (not name, name.casefold())),
    }
    tables = {kind: tuple(group(kind, name, columns) for name in ordered[kind]) for kind, columns in COLUMNS.items()}
    totals = {kind: group(ALL, ALL, columns) for kind, columns in COLUMNS.items()}
    return Participation(None if 0 < not_noted < floor else not_noted, totals, tables)


def _parts(way: str) -> tuple[str, ...]:
    """The ways that were counted, of which a sum is made."""
    if way not in SUMS:
        return (way,)
    return tuple(part for each in SUMS[way] for part in _parts(each))


def _year_order(code: str) -> tuple[int, str]:
    """Reception, the years in their order, then what is no year."""
    if code == "reception":
        return 0, code
    number = code.removeprefix("year_")
    return (int(number) if number.isdigit() else 90 if code else 99), code
