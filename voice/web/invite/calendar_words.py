"""Words for the calendar of asking and for putting two surveys together."""

from __future__ import annotations

from voice.languages import gettext as _


def problem(field: str) -> str:
    return {
        "partner": _("Write who asks."),
        "survey": _("Choose a survey, or write its name."),
        "audience": _("Choose who is asked."),
        "opens_on": _("Choose the first day. It may lie up to three years ahead."),
        "closes_on": _("Choose a last day that is not before the first."),
        "families": _("Write how many families are asked."),
        "minutes": _("Write how many minutes it takes, up to 240."),
        "note": _("This is too long. Please make it shorter."),
    }[field]


def breaks(why: str) -> str:
    return {
        "other_people": _("Other people are asked. What they say cannot be laid beside what was said before."),
        "other_words": _("The question that stays has other words. Mark this where you compare terms."),
        "other_choices": _("The question that stays has other choices. The numbers cannot be compared."),
    }[why]
