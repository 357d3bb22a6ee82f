"""Words for the codes of actions, in the reader's language."""

from __future__ import annotations

import datetime as dt

from voice.actions.checking import ActionProblem
from voice.actions.promise import Figures, Origin, Promise
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.web import wordings


def state(code: str) -> str:
    return {
        "planned": _("Planned"),
        "under_way": _("We are doing it"),
        "done": _("Done"),
        "cannot": _("We cannot do it"),
        "stopped": _("Stopped"),
    }[code]


def shown(code: str) -> str:
    """What a list shows."""
    return {
        "": _("All"),
        "open": _("Still to do"),
        "overdue": _("Late"),
        "soon": _("Due in 30 days"),
        "nobody": _("Nobody looks after it"),
    }.get(code) or state(code)


def origin(kind: str) -> str:
    return {
        "theme": _("Theme"),
        "summary": _("Summary of a theme"),
        "session": _("Asked for in a session"),
        "measure": _("Measure"),
        "disagreement": _("Two surveys that differ"),
    }.get(kind, _("Something else"))


def name(of: Origin) -> str:
    """What it was called when the action was made; our own themes and measures in the reader's language."""
    if of.kind in ("theme", "summary"):
        return wordings.theme(of.key, of.name)
    return wordings.measure(of.key) if of.kind == "measure" else of.name


def due(action: Promise, today: dt.date) -> str:
    """When it is due, and how late it is; empty for what has no day."""
    late = action.days_overdue(today)
    if late:
        return ngettext("%(num)s day late", "%(num)s days late", late) % {"num": wordings.number(late)}
    return _("by %(day)s") % {"day": wordings.date(action.due_on)} if action.is_open and action.due_on else ""


def figures(of: Origin, told: Figures) -> str:
    """The numbers as they stood, with how sure they are; empty where there are none."""
    if told.n is None or told.of is None or told.share is None:
        return ""
    if of.kind == "measure":
        said = _("%(term)s: %(share)s of %(count)s.") % {
            "term": wordings.term(of.term),
            "share": wordings.share(told.share),
            "count": wordings.number(told.of),
        }
    else:
        said = _("%(part)s of %(all)s people spoke about this.") % {
            "part": wordings.number(told.n),
            "all": wordings.number(told.of),
        }
    return f"{said} {sure(told)}".strip()


def sure(told: Figures) -> str:
    if told.low is None or told.high is None:
        return ""
    return _("How sure: between %(low)s and %(high)s.") % {
        "low": wordings.share(told.low),
        "high": wordings.share(told.high),
    }


def said_when(first_said: str) -> str:
    """A month, or the day of a session."""
    if len(first_said) == len("2026-03-14"):
        return wordings.date(dt.date.fromisoformat(first_said))
    return wordings.month(first_said)


def reminder(kind: str) -> str:
    return {
        "ahead": _("Two weeks before the day"),
        "due": _("On the day"),
        "overdue": _("Because it is late"),
    }[kind]


def field(code: str) -> str:
    """The parts of an action that people write."""
    return {
        "heard": _("What we heard"),
        "decided": _("What we decided"),
        "cannot": _("Why we cannot do it"),
        "since": _("What has happened since"),
        "still": _("What still needs to happen"),
        "evidence": _("What shows that it worked"),
    }[code]


def problem(found: ActionProblem) -> str:
    match found.code:
        case "too_long":
            return _("This text is too long. It can have %(limit)s letters.") % {"limit": wordings.number(found.limit)}
        case "nobody":
            return _("Choose somebody who looks after it, or write the team.")
        case "no_day":
            return _("Choose the day by which it is done.")
        case "past":
            return _("This day is over. Choose a day from today on.")
        case "too_far":
            return _("This day is too far away. Choose a day in the next 5 years.")
        case "unknown_owner":
            return _("This person does not work here any more. Choose somebody else.")
        case "unknown_state":
            return _("Choose how far it is.")
        case "not_a_link":
            return _("This is no link. It begins with https:// and has no spaces.")
        case "not_asked_since":
            return _("We have no number of it from before and after. Choose another one, or none.")
        case "changed":
            return _("Somebody else has added something. Read it first. Your words are still here.")
        case "nothing_new":
            return _("Nothing is new here. Say what has happened, or change something.")
        case _:
            return _("Please write something here.")
