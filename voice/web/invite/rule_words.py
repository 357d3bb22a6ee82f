"""Words for the rules of asking, and for setting one aside."""

from __future__ import annotations

from voice.languages import gettext as _


def rule(name: str) -> str:
    return {
        "smallest_gap_days": _("Fewest days between two times that we ask a family"),
        "asks_per_term": _("Most times that we ask a family in a term, reminders too"),
        "minutes_per_term": _("Most minutes that we ask of a family in a term"),
        "most_reminders": _("Most reminders of one survey"),
        "days_between_reminders": _("Fewest days before a reminder"),
        "earliest_hour": _("Hour from which messages go out"),
        "latest_hour": _("Hour at which messages stop"),
    }[name]


def problem(field: str, smallest: int, largest: int) -> str:
    if field == "latest_hour":
        return _("Write an hour up to 22 that is later than the first hour.")
    return _("Write a number from %(smallest)s to %(largest)s.") % {"smallest": smallest, "largest": largest}


def override_problem(code: str) -> str:
    return {
        "no_reason": _("Write the reason in a few words."),
        "too_long": _("This is too long. Please make it shorter."),
        "own": _("Somebody else must decide this. You asked for it."),
        "nothing": _("No rule stands in the way."),
        "decided": _("Somebody has decided this already."),
    }[code]


def override_state(code: str) -> str:
    return {
        "asked": _("Waits for a decision"),
        "approved": _("Approved"),
        "refused": _("Refused"),
    }[code]


def spared(code: str) -> str:
    return {
        "heard_already": _("Families had told us before"),
        "merged": _("Two surveys became one"),
        "session": _("A session took the place of a survey"),
        "sample": _("We asked only some families"),
        "rules": _("The rules said: not now"),
        "chosen_not": _("Families said: not now, or stop"),
    }[code]
