"""Words for who was heard and who was not: what stands out, how sure that is, and ways to reach a group."""

from __future__ import annotations

from analysis.representation.comparing import SURE, Group, Standing
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.people.roles import Audience, Role, may_use
from voice.unheard.gaps import Gap
from voice.web import wordings

WAYS: dict[str, tuple[str, ...]] = {
    "need": ("session", "telephone", "partner"),
    "stage": ("invite", "class", "paper"),
    "age_band": ("session", "class", "paper"),
    "setting": ("class", "paper", "session"),
    "area": ("session", "paper", "telephone"),
    "language": ("words", "telephone", "session"),
    "seldom": ("session", "partner", "paper"),
}
"""By dimension, what may reach a group that was not heard, the likeliest first."""

PLACES = {
    "session": ("/work/sessions/new", Audience.FACILITATING),
    "class": ("/work/classes", Audience.ASKING),
    "paper": ("/work/surveys", Audience.ASKING),
    "telephone": ("/work/telephone", Audience.ASKING),
    "words": ("/work/translating", Audience.TRANSLATING),
    "invite": ("/work/invitations", Audience.INVITING),
    "partner": ("/work/drop-box", Audience.DROPPING),
}
"""By way, where staff can do it, and who may."""


def ways(dimension: str, category: str, role: Role) -> list[tuple[str, str]]:
    """What to do in words, each with an address where the reader may do it and empty where somebody else has to."""
    chosen = WAYS[dimension]
    if category in ("under_5", "early_years"):
        chosen = ("paper", "session", "partner")
    return [(way(code), PLACES[code][0] if may_use(role, PLACES[code][1]) else "") for code in chosen]


def way(code: str) -> str:
    return {
        "session": _("Plan a session where they already meet"),
        "class": _("Let a class or group answer together"),
        "paper": _("Bring forms on paper"),
        "telephone": _("Offer to talk on the phone"),
        "words": _("Put a survey into their language"),
        "invite": _("Invite them"),
        "partner": _("Ask a partner whom they trust, and put it into the drop box"),
    }[code]


def kindly(dimension: str) -> str:
    """One kind sentence on how to begin."""
    return {
        "need": _("Ask them which way suits them: pictures, sound, signs or time to think."),
        "stage": _("Go through the people who help them already."),
        "age_band": _("Go where children and young people of this age are."),
        "setting": _("Ring the school first. Ask what would be easy for them."),
        "area": _("Go to them. A bus ride can be too much."),
        "language": _("Let them hear us in their own language first."),
        "seldom": _("Ask through somebody whom they trust."),
    }[dimension]


def compared(heard: int, population: int, expected: float) -> str:
    """How many were heard of how many, and how many it would be if all were heard alike."""
    return _("We heard %(heard)s of %(population)s. If we heard all groups alike, it would be about %(expected)s.") % {
        "heard": wordings.number(heard),
        "population": wordings.number(population),
        "expected": wordings.number(round(expected)),
    }


def fewer(each: Gap) -> str:
    """The gap in people, in words."""
    if each.heard == 0:
        return _("We heard nobody.") if each.is_known else _("We heard nobody that we know of.")
    missing = round(each.expected - each.heard)
    return ngettext("%(num)s fewer than its share", "%(num)s fewer than its share", missing) % {
        "num": wordings.number(missing)
    }


def gap(group: Group) -> str:
    """What stands in the column of gaps."""
    if group.gap is None or group.standing is Standing.HIDDEN:
        return standing(group.standing)
    if group.gap == 0:
        return _("As many as its share")
    number = wordings.number(abs(group.gap))
    return (_("%(num)s fewer") if group.gap < 0 else _("%(num)s more")) % {"num": number}


def sure(group: Group) -> str:
    """Whether chance alone could have brought the gap."""
    if group.chance is None or group.gap is None:
        return ""
    return _("could be chance") if group.chance >= SURE else _("not by chance")


def standing(code: Standing) -> str:
    return {
        Standing.NOBODY: _("Nobody"),
        Standing.MORE_THAN_THERE_ARE: _("More than there are: some count twice, or the figures are old"),
        Standing.NO_FIGURE: _("The source hides how many there are"),
        Standing.NOT_ASKED: _("We do not ask this. So we do not know."),
        Standing.AT_LEAST: _("At least so many. We do not ask everybody."),
    }.get(code) or _("hidden")


def said_by(code: str) -> str:
    """Whose words they are; nobody notes it of people who were counted in a room."""
    return wordings.said_by(code) if code else _("Counted in the room")


def rate(number: float) -> str:
    """How many of a hundred, without a place after the point."""
    return wordings.number(round(number))


def cannot_weigh(code: str) -> str:
    return {
        "no_figures": _("We have no figures of how many there are. So we cannot weight by this."),
        "hidden_figures": _("The source hides some numbers. So we cannot weight by this."),
        "no_answers": _("Nobody of these groups answered a survey and said so. Nobody else can speak for them:"),
        "few_answers": _("Fewer than 10 people of these groups answered a survey. Weights would say too much of them:"),
        "nobody": _("Nobody who answered a survey told us this. So we cannot weight by it."),
    }[code]
