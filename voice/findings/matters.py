"""Three things that matter now: which of all that was found a lead reads first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import quote

import msgspec

from analysis.process_control.results import Direction
from voice.actions.listing import Promises
from voice.actions.promise import Promise
from voice.comparing.disagreeing import Pair, address
from voice.findings.trends import Trend
from voice.findings.watching import Seen, Watch
from voice.unheard.gaps import Gap

MOST = 3

Kind = Literal["dip", "overdue", "disagreement", "rise", "unheard"]


class Matter(msgspec.Struct, frozen=True):
    """One of the things that matter now. Of ``seen``, ``pair``, ``promise`` and ``gap`` one is what it is about.

    ``address`` is where all about it stands; ``doing`` are open actions about the same question.
    """

    kind: Kind
    address: str
    seen: Seen | None = None
    pair: Pair | None = None
    promise: Promise | None = None
    gap: Gap | None = None
    days: int = 0
    doing: tuple[Promise, ...] = ()


def matters(
    term: str,
    watch: Watch,
    disagree: Sequence[Pair],
    promises: Promises,
    unheard: Sequence[Gap] = (),
    *,
    most: int = MOST,
) -> tuple[Matter, ...]:
    """At most ``most``.

    One of each kind comes first, in this order: a dip, a promise that is overdue, a disagreement, a rise, a group that
    was hardly heard; then what is left in the same order. A dip or rise of one group is left out where all people have
    one too.
    """
    dips = _once(each for each in watch.seen if each.signal.direction is Direction.DIP)
    rises = _once(each for each in watch.seen if each.signal.direction is Direction.RISE)
    by_kind: tuple[list[Matter], ...] = (
        [_of_trend("dip", each, promises) for each in dips],
        [
            Matter("overdue", f"/work/actions/{promise.id}", promise=promise, days=late)
            for promise, late in promises.overdue
        ],
        [
            Matter("disagreement", address(pair, term), pair=pair, doing=_doing(pair.concept, promises))
            for pair in disagree
        ],
        [_of_trend("rise", each, promises) for each in rises],
        [Matter("unheard", each.link, gap=each) for each in unheard],
    )
    first = [matter for kind in by_kind for matter in kind[:1]]
    rest = list(itertools.chain.from_iterable(kind[1:] for kind in by_kind))
    return tuple([*first, *rest][:most])


def _once(seen: Iterable[Seen]) -> list[Seen]:
    """Those of everybody first, the largest change first; those of a group only where everybody has none."""
    ordered = sorted(seen, key=lambda each: (each.trend.part.by != "", -abs(_moved(each))))
    met: set[tuple[str, str]] = set()
    found = []
    for each in ordered:
        question = (each.trend.part.concept, each.trend.part.who)
        if question not in met:
            found.append(each)
        if not each.trend.part.by:
            met.add(question)
    return found


def _moved(seen: Seen) -> float:
    now, before = seen.signal.now.value, seen.signal.before.value
    return (now or 0.0) - (before or 0.0)


def _of_trend(kind: Kind, seen: Seen, promises: Promises) -> Matter:
    return Matter(kind, address_of(seen.trend), seen=seen, doing=_doing(seen.trend.part.concept, promises))


def address_of(trend: Trend) -> str:
    """Where a trend stands, with its chart."""
    part = trend.part
    query = f"?by={part.by}&value={quote(part.value)}" if part.by else ""
    return f"/lead/trends/{part.who}/{part.concept}{query}"


def _doing(concept: str, promises: Promises) -> tuple[Promise, ...]:
    return tuple(
        each for each in promises.open if any(about.kind == "concept" and about.key == concept for about in each.about)
    )
