"""Words for how much families are asked, and what comes of it."""

from __future__ import annotations

import math

import babel.numbers

from analysis.fatigue.results import Decay
from surveys.ledger import how_much
from voice.languages import LANGUAGES, current, in_digits_of
from voice.languages import gettext as _
from voice.web import wordings
from voice.web.invite import send_words

ASKS_SHOWN = 8
"""Rows of answers by the number of asks; what lies beyond has few families."""


def by(code: str) -> str:
    return {
        "term": _("By term"),
        "partner": _("By partner"),
        "survey": _("By survey"),
        "audience": _("By whom we ask"),
        "language": _("By language"),
        "way": _("By way of asking"),
    }[code]


def value(by: str, key: str) -> str:
    """A value of ``by`` in words. A survey or partner says its own name; the page knows the titles of ours."""
    if not key:
        return _("Not known")
    if by == "term":
        return wordings.term(key)
    if by == "audience":
        return wordings.respondent_kind(key)
    if by == "language":
        return LANGUAGES[key].name if key in LANGUAGES else key
    if by == "way":
        return {"phone": _("By phone"), "in_person": _("In person")}.get(key) or send_words.way(key)
    return key


def amount(number: float) -> str:
    """A number with at most one place after the point."""
    written = str(babel.numbers.format_decimal(round(number, 1), format="#,##0.#", locale=current().locale))
    return in_digits_of(written, current().code)


def is_told(found: Decay) -> bool:
    """Whether the interval leaves no doubt that one more ask does something."""
    return found.low is not None and found.high is not None and (found.high < 0 or found.low > 0)


def decay(found: Decay) -> str:
    """The slope in plain words: what one more ask does to the odds of an answer."""
    if found.beta is None or found.low is None or found.high is None:
        return _("We cannot tell yet what one more ask does. Too few people answered some asks and not others.")
    share = wordings.share(abs(math.exp(found.beta) - 1))
    if found.high < 0:
        return _("With each further ask in 90 days the odds of an answer fall by about %(share)s.") % {"share": share}
    if found.low > 0:
        return _("With each further ask in 90 days the odds of an answer rise by about %(share)s.") % {"share": share}
    return _(
        "We cannot tell yet what one more ask does. The odds of an answer could fall by %(low)s or rise by %(high)s."
    ) % {"low": wordings.share(1 - math.exp(found.low)), "high": wordings.share(math.exp(found.high) - 1)}


def between(found: Decay) -> dict[str, str]:
    """The ends of the interval, as shares by which the odds fall or rise; the smaller first."""
    assert found.low is not None
    assert found.high is not None
    ends = sorted(abs(math.exp(end) - 1) for end in (found.low, found.high))
    return {"low": wordings.share(ends[0]), "high": wordings.share(ends[1])}


def not_held_equal(code: str) -> str:
    return {
        "days_not_held_equal": _("We could not hold the days between two asks equal."),
        "surveys_not_held_equal": _(
            "All families got the same surveys in the same order. So we could not tell surveys apart."
        ),
        "reminders_not_apart": _("Asks lie so close together that we could not keep reminders apart."),
    }.get(code, "")


def said(code: str) -> str:
    return {
        "too_many": _("Yes, too much"),
        "about_right": _("It is about right"),
        "could_be_more": _("You could ask me more"),
    }[code]


SAID = how_much.SAID
