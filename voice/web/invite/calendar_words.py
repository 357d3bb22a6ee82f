"""Words for the calendar of asking and for putting two surveys together."""

from __future__ import annotations

from voice.languages import gettext as _


def problem(field: str) -> str:
    return {
        "partner": _("Write who asks."),
        "survey": _("Choose a survey, or write its name."),
        "audience": _("Choose whom they ask."),
        "opens_on": _("Choose the first day. It may lie up to three years ahead."),
        "closes_on": _("Choose a last day that is not before the first."),
        "families": _("Write how many families they ask."),
        "minutes": _("Write how many minutes it takes, up to 240."),
        "note": _("This is too long. Please make it shorter."),
    }[field]


def breaks(why: str) -> str:
    return {
        "other_people": _("It asks other people. We cannot lay what they say beside what others said before."),
        "other_words": _("The question that stays has other words. Mark this where you compare terms."),
        "other_choices": _("The question that stays has other choices. We cannot compare the numbers."),
    }[why]
