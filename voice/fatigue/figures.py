"""What was measured, in a form that is kept: read by pages without the libraries that measured it.

The fields are those of ``analysis/fatigue``, which says what they mean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from analysis.disclosure import FLOOR
from analysis.measures import wilson_interval

BY = ("term", "partner", "survey", "audience", "language", "way")
"""What the asks of the ledger are told apart by."""


class Share(msgspec.Struct, frozen=True):
    n: int
    part: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def is_shown(self) -> bool:
        """Whether neither the part nor the rest of it are so few that one of them could be told."""
        return self.n >= FLOOR and all(each == 0 or each >= FLOOR for each in (self.part, self.n - self.part))


class Spread(msgspec.Struct, frozen=True):
    n: int
    families: int
    median: float | None
    p90: float | None
    highest: float | None
    low: float | None
    high: float | None


class AskRate(msgspec.Struct, frozen=True):
    ask: int
    share: Share


class Decay(msgspec.Struct, frozen=True):
    beta: float | None
    low: float | None
    high: float | None
    n: int
    persons: int
    cannot_say: tuple[str, ...] = ()


class BreakOff(msgspec.Struct, frozen=True):
    introduction: Share
    questionnaire: Share


class Budget(msgspec.Struct, frozen=True):
    asks: int
    minutes: float


class Load(msgspec.Struct, frozen=True):
    families: int
    top_share: float | None
    low: float | None
    high: float | None


class Measures(msgspec.Struct, frozen=True):
    """What asks of some kind show, or all asks."""

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
        n, part = (sum(getattr(each.share, name) for each in self.response_rate_by_ask) for name in ("n", "part"))
        if not n:
            return Share(0, 0, None, None, None)
        return Share(n, part, part / n, *wilson_interval(part, n))


class Item(msgspec.Struct, frozen=True):
    """A question, with who left it empty of those who were shown it, and who would rather not say."""

    question: str
    left_empty: Share
    rather_not_say: Share


class AnswersShow(msgspec.Struct, frozen=True):
    """What the answers to one survey in one term show. ``words`` is the length of texts; ``asked`` and ``known`` count
    its questions, and those whose answer the partnership had already."""

    survey: str
    term: str
    people: int
    items: tuple[Item, ...]
    same_answer: Share
    words: Spread
    asked: int
    known: int


class Measured(msgspec.Struct, frozen=True):
    """``groups`` are measures by ``BY`` and then by its values. ``seen`` tells one state of the ledger from another."""

    at: dt.datetime
    seen: str
    whole: Measures | None
    groups: Mapping[str, Mapping[str, Measures]]
    answers: tuple[AnswersShow, ...]


def shown_groups(groups: Mapping[str, Measures]) -> dict[str, Measures | None]:
    """Those of few families are ``None``; and one more, when those that are left out could be worked out from all."""
    hidden = {key for key, each in groups.items() if each.families < FLOOR}
    others = sorted((key for key in groups if key not in hidden), key=lambda key: groups[key].families)
    if hidden and others and sum(groups[key].families for key in hidden) < FLOOR:
        hidden.add(others[0])
    return {key: None if key in hidden else each for key, each in groups.items()}
