"""What was measured of the ledger and of the answers, as it is kept and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from analysis.disclosure import FLOOR
from analysis.fatigue.results import FatigueMeasures, Share, Spread, Stopping, Waiting

BY = ("term", "partner", "survey", "audience", "language", "way")
"""What the asks of the ledger are told apart by."""


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
    stops: tuple[Stopping, ...]
    same_answer: Share
    words: Spread
    asked: int
    known: int


class Measured(msgspec.Struct, frozen=True):
    """``groups`` are measures by ``BY`` and then by its values. ``seen`` tells one state of the ledger from another.
    ``waiting`` is how long answers wait for their "you said, we did"."""

    at: dt.datetime
    seen: str
    whole: FatigueMeasures | None
    groups: Mapping[str, Mapping[str, FatigueMeasures]]
    answers: tuple[AnswersShow, ...]
    waiting: Waiting | None = None


def shown_groups(groups: Mapping[str, FatigueMeasures]) -> dict[str, FatigueMeasures | None]:
    """Those of few families are ``None``; and one more, when those that are left out could be worked out from all."""
    hidden = {key for key, each in groups.items() if each.families < FLOOR}
    others = sorted((key for key in groups if key not in hidden), key=lambda key: groups[key].families)
    if hidden and others and sum(groups[key].families for key in hidden) < FLOOR:
        hidden.add(others[0])
    return {key: None if key in hidden else each for key, each in groups.items()}
