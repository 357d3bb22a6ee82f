"""What `voice fatigue` writes: the measures under the names that others read, and beside them what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.fatigue.reading import AsksRead, Noticed
from analysis.fatigue.results import Decay, FatigueMeasures, Share, Spread
from voice.commands.fatigue_words import CANNOT_SAY, IN_DOUBT, LEFT_OUT, TERMS

INDICATOR = "An indicator of how the partnership asks, not a score of families."

JSON = dict[str, object]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was read, how many of the asks lie in no term, and how many terms were left out by why."""

    read: AsksRead
    outside_terms: int
    terms: Mapping[str, int]


def document(found: FatigueMeasures, counted: Counted) -> JSON:
    """The measures by name, as JSON; None where a measure has nothing to rest on."""
    stopped = found.break_off
    return {
        "asks_per_family_per_term": _spread(found.asks_per_family_per_term),
        "burden_minutes_per_family_per_term": _spread(found.burden_minutes_per_family_per_term),
        "response_rate_by_ask": [{"ask": rate.ask, **_completed(rate.share)} for rate in found.response_rate_by_ask],
        "decay": _decay(found.decay),
        "reminder_yield": _completed(found.reminder_yield),
        "break_off": {"introduction": stopped.introduction.value, "questionnaire": stopped.questionnaire.value},
        "over_budget": {"families": found.over_budget.part, "share": found.over_budget.value},
        "rests_on": _rests_on(found),
        "problems": _problems(counted),
        "note": INDICATOR,
    }


def _spread(spread: Spread) -> JSON:
    return {"median": spread.median, "p90": spread.p90, "max": spread.highest, "families": spread.families}


def _completed(share: Share) -> JSON:
    return {"n": share.n, "completed": share.part, "rate": share.value, "low": share.low, "high": share.high}


def _decay(found: Decay) -> JSON:
    return {"beta": found.beta, "low": found.low, "high": found.high, "n": found.n}


def _rests_on(found: FatigueMeasures) -> JSON:
    """What the measures above leave no room for: numbers of cases, intervals, and what cannot be said."""
    return {
        "asks": found.asks,
        "families": found.families,
        "budget": {"asks": found.budget.asks, "minutes": found.budget.minutes},
        "asks_per_family_per_term": _median(found.asks_per_family_per_term),
        "burden_minutes_per_family_per_term": _median(found.burden_minutes_per_family_per_term),
        "decay": {
            "people": found.decay.persons,
            "cannot_say": [CANNOT_SAY[code] for code in found.decay.cannot_say],
        },
        "break_off": {
            "introduction": _share(found.break_off.introduction),
            "questionnaire": _share(found.break_off.questionnaire),
        },
        "over_budget": _share(found.over_budget),
        "asks_on_the_most_asked_tenth": {
            "share": found.load.top_share,
            "low": found.load.low,
            "high": found.load.high,
            "gini": found.load.gini,
        },
    }


def _median(spread: Spread) -> JSON:
    return {"families_and_terms": spread.n, "median_low": spread.low, "median_high": spread.high}


def _share(share: Share) -> JSON:
    return {"n": share.n, "low": share.low, "high": share.high}


def _problems(counted: Counted) -> JSON:
    read = counted.read
    outside = [{"code": "outside_terms", "rows": counted.outside_terms, "means": IN_DOUBT["outside_terms"]}]
    return {
        "rows": read.rows,
        "used": len(read.asks),
        "left_out": _noticed(read.left_out, LEFT_OUT),
        "in_doubt": [*_noticed(read.in_doubt, IN_DOUBT), *(outside if counted.outside_terms else [])],
        "terms": [{"code": code, "terms": n, "means": TERMS[code]} for code, n in counted.terms.items()],
    }


def _noticed(noticed: Iterable[Noticed], words: Mapping[str, str]) -> list[JSON]:
    return [
        {"code": each.code, "rows": each.rows, "first_row": each.first, "means": words[each.code]} for each in noticed
    ]
