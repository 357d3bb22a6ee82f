"""Who we did not hear: the people heard in a term against the figures of who there is, the largest gaps first.

Functions run inside a unit of the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from analysis.disclosure import FLOOR, floor_counts
from analysis.representation.comparing import SURE, Group, OneGroup, Standing, base_of, compare, compare_overlapping
from surveys.exchange.language_names import language_name
from voice.evidence.tables import Voice
from voice.unheard.categories import DIMENSIONS, KNOWN, OTHERS, OVERLAPPING, SELDOM, STAGES
from voice.unheard.figures import KeptFile, Population, compared, populations
from voice.unheard.heard import Heard, heard

LARGEST = 3
PARTNERS = 3
"""Partners that are named because they heard a group before."""

MEANS_AGE = {"primary_age": ("5_to_10",), "early_years": ("under_5",), "post_16": ("16_to_18", "19_to_25")}
"""Groups that somebody's age tells."""


class Gap(msgspec.Struct, frozen=True):
    """A group of whom fewer were heard than their share, beyond chance. ``heard`` is 0 or 10 and more; ``name`` is what
    the figures call it. ``expected`` is how many would have been heard if all groups were heard alike. Unless
    ``is_known``, the group of some of the people heard is not known, and they may belong to it."""

    dimension: str
    category: str
    name: str
    heard: int
    population: int
    expected: float
    is_known: bool
    link: str


class Dimension(msgspec.Struct, frozen=True):
    """One dimension. ``groups`` come with the largest gap first; without ``file`` nobody has said how many there are.

    ``known`` people were shared out among the groups (``None`` when too few); of ``not_known`` the group is not known.
    ``names`` are what files call settings, areas and others. ``partners`` heard a group before, by category.
    """

    code: str
    file: KeptFile | None
    groups: tuple[Group, ...]
    known: int | None
    population: int | None
    not_known: int | None
    elsewhere: Mapping[str, int | None]
    names: Mapping[str, str]
    partners: Mapping[str, tuple[str, ...]]

    @property
    def overlaps(self) -> bool:
        return self.code in OVERLAPPING


class Unheard(msgspec.Struct, frozen=True):
    """``everyone`` is how many were heard in the term (``None`` for fewer than ten), ``sources`` and ``said_by``
    how many by each way of hearing them and by whose words, each ``None`` where hidden. ``largest`` are at most
    three."""

    term: str
    everyone: int | None
    sources: Mapping[str, int | None]
    said_by: Mapping[str, int | None]
    dimensions: tuple[Dimension, ...]
    largest: tuple[Gap, ...]


async def gaps(term: str) -> Unheard:
    """Who was heard in ``term``, and who was not."""
    found, figures = await heard(term), await populations()
    partners = await _partners()
    apart = {
        code: _apart(code, found, figures.get(code), partners.get(code, {}))
        for code in DIMENSIONS
        if code not in OVERLAPPING
    }
    dimensions = [
        apart.get(code) or _overlapping(code, found, figures, apart["age_band"])  # the rest overlap
        for code in DIMENSIONS
    ]
    sources, said_by = floor_counts(found.sources), floor_counts(found.said_by)
    enough = found.everyone >= FLOOR
    return Unheard(
        term=term,
        everyone=found.everyone if enough and sources.total is not None and said_by.total is not None else None,
        sources={cell.key: cell.count for cell in sources.cells},
        said_by={cell.key: cell.count for cell in said_by.cells},
        dimensions=tuple(dimensions),
        largest=_largest(found, dimensions),
    )


def anchor(dimension: str, place: int) -> str:
    """Where a group stands on the page: ``place`` counts from 1."""
    return f"{dimension}-{place}"


def _apart(
    code: str, found: Heard, population: Population | None, partners: Mapping[str, tuple[str, ...]]
) -> Dimension:
    by = dict(found.by.get(code, {}))
    not_known = max(0, found.everyone - sum(by.values()))
    there_are: Mapping[str, int | None] = compared(population) if population else {}
    if OTHERS in there_are:
        for category in [each for each in by if each not in there_are]:
            by[OTHERS] = by.get(OTHERS, 0) + by.pop(category)
    seen = compare(by, there_are, not_known=not_known)
    return Dimension(
        code=code,
        file=population.file if population else None,
        groups=seen.groups,
        known=seen.heard,
        population=seen.population,
        not_known=seen.not_known,
        elsewhere=seen.elsewhere,
        names=_names(code, population, seen.elsewhere),
        partners=partners,
    )


def _overlapping(code: str, found: Heard, figures: Mapping[str, Population], ages: Dimension) -> Dimension:
    """Groups that are held one by one against all there are: the total of the file, else of the largest other
    figures.
    """
    population = figures.get(code)
    there_are = compared(population) if population else {}
    totals = [_all_of(each) for dimension, each in figures.items() if dimension not in OVERLAPPING]
    everybody = population.total if population and population.total else max(totals, default=0)
    hidden_ages = {group.category for group in ages.groups if group.heard is None}
    ours = STAGES if code == "stage" else SELDOM
    groups = [
        _one(code, category, found, there_are.get(category), hidden_ages) for category in ours if category in there_are
    ]
    return Dimension(
        code=code,
        file=population.file if population else None,
        groups=compare_overlapping(groups, everybody),
        known=None,
        population=everybody if everybody >= FLOOR else None,
        not_known=None,
        elsewhere={},
        names=population.names if population else {},
        partners={},
    )


def _one(code: str, category: str, found: Heard, population: int | None, hidden_ages: set[str]) -> OneGroup:
    """What is known of one group, and of how many people it is known."""
    said, told = found.by.get(code, {}).get(category, 0), found.told.get(code, 0)
    if category in MEANS_AGE:
        bands = MEANS_AGE[category]
        n = sum(found.by.get("age_band", {}).get(band, 0) for band in bands)
        told, said = base_of(found.known("age_band"), found.everyone), n
        return OneGroup(category, said, told or None, population, hidden=bool(hidden_ages & set(bands)))
    if category == "not_in_school" and not told:
        told, said = found.told.get("year", 0), found.by.get(category, {}).get(category, 0)
    if told:
        return OneGroup(category, said, base_of(told, found.everyone), population)
    return OneGroup(category, found.named.get(category, 0), None, population)


def _all_of(population: Population) -> int:
    return population.total or sum(n or 0 for n in population.people.values())


def _names(code: str, population: Population | None, elsewhere: Mapping[str, int | None]) -> dict[str, str]:
    names = dict(population.names) if population else {}
    if code == "language":
        names |= {each: language_name(each) for each in elsewhere if each not in KNOWN["language"]}
    return names


async def _partners() -> dict[str, dict[str, tuple[str, ...]]]:
    """By dimension and category, partners whose contributions to the drop box spoke of the group, in any term."""
    rows = await Voice.raw(
        'SELECT DISTINCT "heard_by" AS "partner", "need" AS "need", "age_band" AS "age_band", "language" AS "language" '
        'FROM "voice" WHERE "source" = \'drop_box\' AND "heard_by" <> \'\' ORDER BY "heard_by"'
    )
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        for dimension in ("need", "age_band", "language"):
            if row[dimension]:
                known = found.setdefault(dimension, {})
                before = known.get(row[dimension], ())
                if row["partner"] not in before:
                    known[row[dimension]] = (*before, row["partner"])[:PARTNERS]
    return found


def _largest(found: Heard, dimensions: Sequence[Dimension]) -> tuple[Gap, ...]:
    """Of all dimensions together the groups nobody heard at all, then the largest gaps; before either, those of whom we
    know it of at least half of the people."""
    missed = [
        (2 * _told(found, each, group) < found.everyone, group.standing is not Standing.NOBODY, group.gap, each, place)
        for each in dimensions
        for place, group in enumerate(each.groups)
        if group.standing in (Standing.NOBODY, Standing.FEWER) and group.category != OTHERS and group.gap is not None
        if group.chance is not None and group.chance < SURE
    ]
    largest = sorted(missed, key=lambda each: each[:3])[:LARGEST]
    return tuple(_gap(found, each, place) for _, _, _, each, place in largest)


def _gap(found: Heard, dimension: Dimension, place: int) -> Gap:
    group = dimension.groups[place]
    return Gap(
        dimension=dimension.code,
        category=group.category,
        name=dimension.names.get(group.category, ""),
        heard=group.heard or 0,
        population=group.population or 0,
        expected=group.expected or 0.0,
        is_known=found.everyone - _told(found, dimension, group) < FLOOR,
        link=f"/lead/unheard?term={found.term}#{anchor(dimension.code, place + 1)}",
    )


def _told(found: Heard, dimension: Dimension, group: Group) -> int:
    """Of how many people it is known whether they belong to a group."""
    if group.category in MEANS_AGE:
        return found.known("age_band")
    if group.category == "not_in_school":
        return found.told.get("seldom", 0) or found.told.get("year", 0)
    return found.told.get(dimension.code, 0) if dimension.overlaps else found.known(dimension.code)
