"""How children and young people took part in their annual reviews."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.measures import wilson_interval
from voice.capture.reviews.participation import ALL, COLUMNS, Group
from voice.languages import gettext as _
from voice.packs.document import Block, Cell, Chart, Column, Hidden, Note, Point, Series, Table, Text
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import by_wilson, note
from voice.packs.showing import count_of, percent_of
from voice.web.work import review_words


def took_part(gathered: Gathered) -> Iterator[Block]:
    found = gathered.reviews
    if not found.everybody["term"].all:
        return
    its_note = note(
        gathered,
        _("Reviews of this school year of which somebody noted how the child or young person took part."),
        _("Taking an active part: they came or sent their views."),
        by_wilson(),
        source=f"{_('Annual reviews')} · {review_words.school_year(gathered.review_year)}",
        path=f"/work/reviews?year={gathered.review_year}",
    )
    terms = found.tables["term"]
    if sum(_active(group) is not None for group in terms) > 1:
        yield _by_term(terms, its_note)
    for kind, ways in COLUMNS.items():
        groups = (*found.tables[kind], found.everybody[kind])
        yield Table(
            review_words.kind(kind),
            (review_words.kind(kind), *(review_words.way(way) for way in ways), _("All"), _("Took an active part")),
            tuple(_row(kind, group, ways) for group in groups),
            its_note,
        )


def _row(kind: str, group: Group, ways: tuple[str, ...]) -> tuple[Cell, ...]:
    share = _active(group)
    return (
        Text(_("All") if group.name == ALL else review_words.group(kind, group.name)),
        *(count_of(group.ways[way]) for way in ways),
        count_of(group.all),
        Hidden() if share is None else percent_of(share),
    )


def _active(group: Group) -> float | None:
    """The share who took an active part, as the page of reviews shows it."""
    return group.active / group.all if group.active is not None and group.all else None


def _by_term(terms: tuple[Group, ...], its_note: Note) -> Chart:
    return Chart(
        kind="line",
        title=_("Share who took an active part"),
        message=_("So many children and young people took an active part in their review."),
        head=_("Term"),
        sure=_("How sure"),
        categories=tuple(review_words.group("term", group.name) for group in terms),
        series=(Series(_("Took an active part"), tuple(_point(group) for group in terms)),),
        note=its_note,
        beside=(Column(_("Reviews"), tuple(count_of(group.all) for group in terms)),),
    )


def _point(group: Group) -> Point:
    share = _active(group)
    if share is None or group.active is None or not group.all:
        return Point(Hidden())
    low, high = wilson_interval(group.active, group.all)
    return Point(percent_of(share), percent_of(low).percent, percent_of(high).percent)
