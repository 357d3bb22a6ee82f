"""Dips and rises, as soon as the answers say so: which trends are watched, and what of a signal may be shown."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence

import msgspec

from analysis.disclosure import FLOOR
from analysis.process_control.charts import chart
from analysis.process_control.results import Chart, Point, Signal
from analysis.process_control.watching import watch
from surveys.terms import term_order
from voice.findings.counting import Counted
from voice.findings.trends import Part, Trend, trends, trends_in_groups, trends_in_settings

NOT_WATCHED = frozenset(("told_what_happens_next",))
"""Questions about what somebody would like: more or fewer of them is neither better nor worse."""


class Seen(msgspec.Struct, frozen=True):
    """A signal, and of which trend. ``numbers_shown`` says whether its numbers tell of nobody."""

    signal: Signal
    trend: Trend
    numbers_shown: bool


class Watch(msgspec.Struct, frozen=True):
    """What was seen in a term, the clearest first.

    ``seen`` stands when all that was looked at is taken into account; ``perhaps`` does not, so chance may have made it.
    Of ``looked_at`` trends, ``expected_by_chance`` would give a signal if nothing had changed anywhere.
    """

    seen: tuple[Seen, ...]
    perhaps: tuple[Seen, ...]
    looked_at: int
    expected_by_chance: float


def watched(counted: Sequence[Counted], term: str) -> Watch:
    """Looks at every question of every kind of people, by setting, and by what people say about themselves.

    Terms later than ``term`` are left out. A question that other surveys ask than in the term before begins anew: they
    may ask others, in another way.
    """
    whole = {each.part: each for each in trends(counted)}
    followed = {
        each.part: each
        for each in (*whole.values(), *trends_in_settings(counted), *trends_in_groups(counted))
        if each.part.concept not in NOT_WATCHED
    }
    series: dict[Hashable, Sequence[Point]] = {part: _points(each, term) for part, each in followed.items()}
    found = watch(series, term=term, breaks={part: _breaks(each) for part, each in followed.items()})
    seen = [
        Seen(signal, followed[part], signal.may_be_shown and _tells_no_others(signal, followed[part], whole))
        for signal in found.signals
        if isinstance(part := signal.series, Part)
    ]
    return Watch(
        tuple(each for each in seen if each.signal.holds),
        tuple(each for each in seen if not each.signal.holds),
        found.looked_at,
        found.expected_by_chance,
    )


def chart_of(trend: Trend, counted: Sequence[Counted]) -> Chart:
    """What may be shown of a trend as a chart: terms with a number that tells of nobody."""
    shown = {each.term for each in trend.points if each.share is not None}
    if trend.part.by:
        everybody = next(each for each in trends(counted) if each.part == Part(trend.part.concept, trend.part.who)).bare
        shown = {term for term in shown if _is_safe(everybody[term], trend.bare[term])}
    points = [Point(term, *trend.bare[term]) for term in sorted(shown, key=term_order)]
    return chart(points, breaks=[term for term in _breaks(trend) if term in shown])


def _points(trend: Trend, term: str) -> tuple[Point, ...]:
    terms = sorted((each for each in trend.bare if term_order(each) <= term_order(term)), key=term_order)
    return tuple(Point(each, *trend.bare[each]) for each in terms)


def _breaks(trend: Trend) -> tuple[str, ...]:
    """The terms in which other surveys asked than in the term before."""
    terms = sorted(trend.surveys, key=term_order)
    return tuple(now for before, now in itertools.pairwise(terms) if trend.surveys[before] != trend.surveys[now])


def _tells_no_others(signal: Signal, trend: Trend, whole: Mapping[Part, Trend]) -> bool:
    """Whether the numbers of a group, taken from those of everybody, leave no small number over."""
    if not trend.part.by:
        return True
    everybody = whole[Part(trend.part.concept, trend.part.who)].bare
    return all(_is_safe(everybody[point.term], (point.part, point.whole)) for point in signal.points)


def _is_safe(everybody: tuple[int, int], group: tuple[int, int]) -> bool:
    others = (everybody[0] - group[0], (everybody[1] - everybody[0]) - (group[1] - group[0]))
    return all(n == 0 or n >= FLOOR for n in others)


def of_all(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    """Those of all people of a kind, without groups and settings."""
    return tuple(each for each in seen if not each.trend.part.by)
