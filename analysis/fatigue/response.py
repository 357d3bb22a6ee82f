"""What came of asking: how many answered, by how much they had been asked; what reminders bring; where people stop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.fatigue.results import AskRate, BreakOff, Share, share_of


def response_rate_by_ask(history: pd.DataFrame) -> tuple[AskRate, ...]:
    """The completion rate of the first, second, third ... ask that a family had within 90 days, from any partner.

    A row for every number of asks there was, so that the tail shows itself by its small n and wide interval; every kind
    of ask counts. The rate is response rate 1 of AAPOR (2023), Standard Definitions, with single asks as the
    units: complete answers over all asks that were not undeliverable. Families asked more often differ from others, so
    the falling of this rate is not yet the effect of asking: see `decay`. Porter, S., Whitcomb, M. and Weitzer, W.
    (2004), Multiple surveys of students and survey fatigue, New Directions for Institutional Research 121, 63-73.
    """
    ask = history["ask"].to_numpy(dtype=np.int64)
    asked = np.bincount(ask)
    completed = np.bincount(ask, weights=history["completed"].to_numpy(dtype=float), minlength=len(asked))
    return tuple(AskRate(place, share_of(int(completed[place]), int(n))) for place, n in enumerate(asked) if n)


def reminder_yield(history: pd.DataFrame) -> Share:
    """Of the reminders that arrived, the share that was answered to the end."""
    reminders = history["kind"].to_numpy() == "reminder"
    return share_of(int(history["completed"].to_numpy()[reminders].sum()), int(reminders.sum()))


def break_off(history: pd.DataFrame) -> BreakOff:
    """Where people stop, after Peytchev, A. (2009), Survey breakoff, Public Opinion Quarterly 73(1), 74-97, who tells
    stopping at the introduction, before anything is asked, from stopping at a question."""
    outcomes = history["outcome"].to_numpy()
    opened, partial, completed = (int((outcomes == name).sum()) for name in ("opened", "partial", "completed"))
    return BreakOff(share_of(opened, opened + partial + completed), share_of(partial, partial + completed))
