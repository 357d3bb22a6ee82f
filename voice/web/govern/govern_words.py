"""Words for what people ask for about what we keep of them, and for who looked at what is locked away."""

from __future__ import annotations

from voice.languages import gettext as _
from voice.languages import speak

__all__ = ["speak"]


def kind(code: str) -> str:
    return {"access": _("A copy of what we keep"), "erasure": _("Delete what we keep")}[code]


def state(code: str) -> str:
    return {"open": _("Waiting"), "done": _("Done"), "refused": _("Refused")}[code]


def way(code: str) -> str:
    return {
        "reference": _("The reference on their receipt"),
        "contact": _("Their e-mail address or phone number"),
        "space": _("Their code of My views"),
        "session": _("The code of a session"),
    }[code]


def what(code: str) -> str:
    return {
        "sent": _("Surveys that they answered"),
        "answers": _("Answers"),
        "files": _("Recordings, drawings and photos"),
        "readings": _("What the machine made of their words"),
        "decisions": _("What people decided about their words"),
        "quotes": _("Decisions about quotes"),
        "translations": _("Translations of their words"),
        "transcripts": _("Recordings written down"),
        "contacts": _("Lists with their contact details"),
        "replies": _("E-mails that they wrote back"),
        "asked": _("Times that we asked them"),
        "choices": _("How often we may ask them"),
        "left_alone": _("Times when we leave the family alone"),
        "wishes": _("Wishes to hear from us"),
        "views": _("Things in My views"),
        "learned": _("Things in My views that others may learn"),
        "shared": _("A reference that two people have"),
        "cards": _("Cards of the session"),
    }[code]


def why(code: str) -> str:
    """Why something stays."""
    return {
        "": "",
        "shared": _("Two people have this reference. Nobody can tell whose answers these are."),
        "cards": _("Cards have no names. Ask the person which card is theirs. Who leads the session can take it away."),
        "choices": _("We keep one mark without a name, so that nobody asks them again."),
        "invited": _("This is the code of a guest. Only the family can delete it."),
    }[code]


def outcome(code: str) -> str:
    """What came of looking who gave confidential answers."""
    return {
        "who": _("We know who it was."),
        "when": _("They came with the link for everybody. We know only when."),
        "anonymous": _("This survey has no names. Nobody can tell who answered."),
        "gone": _("Who answered? We do not keep it any more."),
        "nothing": _("We cannot find these answers."),
    }[code]


def went(code: str) -> str:
    """Why something went."""
    return {
        "round": _("The time of the survey was over"),
        "permission": _("We could use it for a time only"),
        "request": _("A person asked for it"),
        "time": _("We deleted the words. Their time was over."),
    }[code]
