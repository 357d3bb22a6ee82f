"""What is measured, each figure with what it rests on and how sure it is. Plain: pages read it without pandas."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.disclosure import FLOOR
from analysis.measures import wilson_interval


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `n`, as `value` with its 95 % interval (Wilson 1927), all from 0 to 1; None when `n` is 0."""

    n: int
    part: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def is_shown(self) -> bool:
        """Whether neither the part nor the rest of it are so few that one of them could be told."""
        return self.n >= FLOOR and all(each == 0 or each >= FLOOR for each in (self.part, self.n - self.part))


def share_of(part: int, n: int) -> Share:
    if n == 0:
        return Share(0, 0, None, None, None)
    low, high = wilson_interval(part, n)
    return Share(n, part, part / n, low, high)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number is spread over `n` cases of `families` families: the middle, the 90th centile, the highest.

    Centiles lie between the two nearest cases in proportion (Hyndman and Fan 1996, type 7). `low` and `high` are
    the 95 % interval of the median. All are None of no cases.
    """

    n: int
    families: int
    median: float | None
    p90: float | None
    highest: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a family may be asked in a term by all partners together."""

    asks: int
    minutes: float


DEFAULT_BUDGET = Budget(asks=4, minutes=30)
"""Until a partnership agrees its own: about one ask a month, and as long as three forms of ten minutes."""


@dataclass(frozen=True, slots=True)
class Load:
    """Who carries the asks: `top_share` of them fall on the tenth of `families` that is asked most.

    `gini` is 0 when all are asked alike and near 1 when few carry all (Gini 1912). `curve` is Lorenz's (1905): points
    of the share of families, least asked first, and the share of asks that they carry. `low` and `high` are the 95 %
    interval of `top_share` from 200 resamples of families. None of no families.
    """

    n: int
    families: int
    top_share: float | None
    low: float | None
    high: float | None
    gini: float | None
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class AskRate:
    """The asks that were their family's `ask`-th within 90 days, and the share of them that was completed."""

    ask: int
    share: Share


@dataclass(frozen=True, slots=True)
class BreakOff:
    """`introduction`: of those who opened, who went no further. `questionnaire`: of those who began, who did not.

    To open and to begin are what the outcomes `opened`, `partial` and `completed` say, each more than the one before.
    """

    introduction: Share
    questionnaire: Share


@dataclass(frozen=True, slots=True)
class Decay:
    """The slope `beta` with its 95 % interval, from `n` asks of `persons` people who answered some and not others.

    None where it cannot be told: then `cannot_say` has `nobody_to_compare` or `asks_do_not_vary`. It also says what was
    not held equal: `days_not_held_equal`, `surveys_not_held_equal` (everybody got the same surveys in the same order),
    and `reminders_not_apart` (all asks are so close that reminders of one lie before the next).
    """

    beta: float | None
    low: float | None
    high: float | None
    n: int
    persons: int
    error: float | None
    cannot_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopping:
    """Of the `share.n` people who were shown a question and had not stopped, who stopped there.

    `still_there` is the share of all who would have passed it if everybody had been shown every question up to here
    (Kaplan, E. and Meier, P. (1958), JASA 53, 457-481).
    """

    question: str
    position: int
    share: Share
    still_there: float
    cannot_say: tuple[str, ...] = ("why_people_stop",)


@dataclass(frozen=True, slots=True)
class FatigueMeasures:
    """What a ledger says of `asks` asks of `families` families.

    `outside_terms` of the asks lie in no term, and count in all but what is told by term.
    """

    asks: int
    families: int
    outside_terms: int
    asks_per_family_per_term: Spread
    burden_minutes_per_family_per_term: Spread
    response_rate_by_ask: tuple[AskRate, ...]
    decay: Decay
    reminder_yield: Share
    break_off: BreakOff
    over_budget: Share
    budget: Budget
    load: Load

    @property
    def answered(self) -> Share:
        """Of all asks that arrived, those that were answered to the end."""
        shares = [each.share for each in self.response_rate_by_ask]
        return share_of(sum(share.part for share in shares), sum(share.n for share in shares))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of `n` answers, `told` have heard what was done. `median` days until half have, with its 95 % interval.

    Answers that still wait count with the days they have waited (Kaplan and Meier 1958). The median, or an end of its
    interval, is None as long as fewer than half would have heard. `waiting` is the longest that one still waits, in
    days.
    """

    n: int
    told: int
    median: float | None
    low: float | None
    high: float | None
    waiting: float | None
    cannot_say: tuple[str, ...] = ("heard_or_read",)
