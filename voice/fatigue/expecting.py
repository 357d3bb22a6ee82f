"""The answers to expect of a sending, from the model that was fitted beside the server. Takes a processor: in a thread.

Nothing is said of fewer families than the floor: a forecast is of many, and never of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analysis.disclosure import FLOOR

if TYPE_CHECKING:
    from analysis.fatigue.response_model import ResponseModel

WORTH_SPARING = 0.1
"""A sample that leaves fewer than this share of families alone is no alternative."""

HALF_WIDTHS = (0.05, 0.1)
"""How exactly a sample should tell a share: plus or minus so much."""


class Moment(msgspec.Struct, frozen=True):
    """``when`` is ``now``, ``in_four_weeks``, ``next_term`` or ``merged`` (with the survey ``with_survey``)."""

    when: str
    day: dt.date
    with_survey: str = ""


class Expected(msgspec.Struct, frozen=True):
    """``answers`` to expect, with an interval that holds in 80 of 100 cases."""

    moment: Moment
    answers: int
    low: int
    high: int
    rate: float


class Sampled(msgspec.Struct, frozen=True):
    """Asking ``asked`` families tells a share to plus or minus ``half_width``, and spares the others."""

    asked: int
    half_width: float
    spared: int


def expected(file: Path, families: Sequence[str], survey: str, moments: Sequence[Moment]) -> tuple[Expected, ...]:
    """What to expect when these families are asked at each of the moments; nothing while too little is known."""
    if len(families) < FLOOR:
        return ()
    # Brought only now: few pages need it, and it is large.
    import pandas as pd

    from analysis.fatigue.forecast import forecast, forecast_merged

    try:
        model = _model(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        return ()
    found = []
    for moment in moments:
        noon = pd.Timestamp(dt.datetime.combine(moment.day, dt.time(12), dt.UTC))
        if moment.with_survey:
            of = forecast_merged(model, families, families, noon, carrier=moment.with_survey)
        else:
            of = forecast(model, families, noon, survey=survey)
        assert of.rate is not None
        found.append(Expected(moment, round(of.answers), round(of.low), round(of.high), of.rate))
    return tuple(found)


def samples(families: int, rate: float, chosen: int = 0) -> tuple[Sampled, ...]:
    """Samples that spare some: that which is ``chosen``, and those that tell a share to ``HALF_WIDTHS`` and leave
    ``WORTH_SPARING`` of the families alone."""
    from analysis.fatigue.sampling import precision_of_sample, sample_for_precision

    if families < FLOOR or not 0 < rate <= 1:
        return ()
    wanted = [sample_for_precision(families, half_width, rate) for half_width in HALF_WIDTHS]
    if 0 < chosen < families:
        wanted.insert(0, precision_of_sample(families, chosen, rate))
    return tuple(
        Sampled(each.asked, each.half_width, each.spared)
        for each in wanted
        if each is not None
        and each.half_width is not None
        and (each.asked == chosen or each.spared >= WORTH_SPARING * families)
    )


def read_ahead(file: Path) -> None:
    """Brings what a forecast needs, so that whoever looks first need not wait; nothing where nothing was learnt."""
    if file.exists():
        import analysis.fatigue.forecast  # noqa: F401

        _model(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _model(file: Path, _changed: int) -> ResponseModel:
    from voice.fatigue.model_file import read_model

    return read_model(file)
