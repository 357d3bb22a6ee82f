"""Words for worries: how one came, what was done about it, and what came of it."""

from __future__ import annotations

import datetime as dt

from voice.languages import gettext as _
from voice.safeguarding.agreement import AgreementProblem
from voice.safeguarding.deciding import WorryProblem
from voice.safeguarding.history import Step
from voice.safeguarding.worries import Line
from voice.web import wordings


def way(code: str) -> str:
    return {
        "somebody": _("Somebody is worried"),
        "staff": _("A person who works here says: look today"),
    }.get(code, _("The machine thinks that somebody should look"))


def standing(line: Line, today: dt.date) -> str:
    """What must happen, and by when."""
    if line.state == "closed":
        return outcome(line.outcome)
    if line.is_late(today):
        return _("Late. Somebody had to look by %(day)s.") % {"day": wordings.date(line.due_on)}
    if line.state == "open":
        return _("You look into it. Look again by %(day)s.") % {"day": wordings.date(line.due_on)}
    return _("Look by %(day)s.") % {"day": wordings.date(line.due_on)}


def outcome(code: str) -> str:
    return {
        "passed_on": _("We told social care or the police"),
        "told_partner": _("We told the school or another service"),
        "talked": _("We talked with the person"),
        "help_given": _("We told them where to find help"),
        "cannot_tell": _("We cannot tell who it is"),
        "no_concern": _("Nobody is in danger"),
    }.get(code, _("Looked into"))


def step(each: Step) -> str:
    """What was done, after the name of whoever did it."""
    match each.kind:
        case "raised":
            return _("It came in.")
        case "read":
            return _("read it")
        case "contact":
            return _("looked how we can reach the person")
        case "noted":
            return _("wrote a note")
        case "looking":
            return _("looks into it")
        case "confirmed":
            return _("says that somebody should look today")
        case "closed":
            return _("closed it: %(outcome)s") % {"outcome": outcome(each.detail)}
        case "reopened":
            return _("took it up again")
        case "told":
            return _("got a letter: %(why)s") % {"why": letter(each.detail)}
        case "words_gone":
            return _("We deleted the words. Their time was over.")


def letter(code: str) -> str:
    return {
        "new": _("it is new"),
        "due": _("somebody must look today"),
        "deputy": _("it is late, and the lead has not looked"),
        "administrator": _("it is very late"),
    }.get(code, _("it is late"))


def problem(found: WorryProblem) -> str:
    return {
        "changed_meanwhile": _("Somebody added something in the meantime. Please read it. Then decide."),
        "nothing_written": _("Write a few words."),
        "too_long": _("This is too long. Please make it shorter."),
        "no_outcome": _("Choose what came of it."),
        "no_urgency": _("Choose by when you look again."),
        "locked": _("We cannot open this one. Another key locked it."),
    }.get(found.code, _("Somebody added something in the meantime. Please read it. Then decide."))


def agreement_problem(found: AgreementProblem) -> str:
    return {
        "no_lead": _("Choose who looks first."),
        "not_a_lead": _("Choose somebody with the role “Safeguarding lead”."),
        "same_person": _("Choose two different people."),
        "order": _("This must be later than the one above it."),
    }.get(found.code, _("Write a number that is not too large and not too small."))
