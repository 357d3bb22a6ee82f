"""Words for what differs between surveys, before and after, and between groups of people."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.comparing.reasons import Explains, Reason, Unknown
from surveys.document import Question, Words
from voice.comparing.disagreeing import OneSide, Pair
from voice.findings.favourable import counted_of
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.web import wordings
from voice.web.pages import say
from voice.web.work.builder_words import tried_mode

LEFT_TO_RIGHT, OWN_WAY, END = "\u2066", "\u2068", "\u2069"
"""Unicode's isolates: a sign stays before its number, and a name runs its own way, in a line that runs another."""


def points(difference: float) -> str:
    """A difference of two shares, from -1 to 1, without its sign."""
    return _points(abs(round(difference * 100)))


def _points(n: int) -> str:
    return ngettext("%(num)s point", "%(num)s points", n) % {"num": wordings.number(n)}


def signed(difference: float) -> str:
    """The same with its sign, as a change."""
    n = round(difference * 100)
    sign = "+" if n > 0 else "−" if n < 0 else ""
    return f"{LEFT_TO_RIGHT}{sign}{wordings.number(abs(n))}{END}"


def between(low: float, high: float) -> dict[str, str]:
    """Both ends of the interval of a difference whose size counts and not its sign."""
    near, far = sorted((abs(low), abs(high)))
    return {"low": _points(round(near * 100)), "high": _points(round(far * 100))}


def way(mode: str) -> str:
    if mode in ("own_device", "shared_device", "class", "telephone"):
        return tried_mode(mode)
    return {
        "paper": _("On paper"),
        "offline": _("On a device without a connection"),
        "imported": _("Answers from elsewhere"),
    }.get(mode, _("Another way"))


def ways(side: OneSide) -> str:
    shown = [
        f"{way(mode)}: {wordings.number(n) if n is not None else _('hidden')}"
        for mode, n in side.how.ways_shown
        if n != 0
    ]
    return "; ".join(shown)


def counted(question: Question) -> str:
    """The answers that count as favourable, in the words that people chose from."""
    codes = counted_of(question) or ()
    if question.kind == "number_scale":
        return f"{wordings.number(int(codes[0]))} – {wordings.number(int(codes[-1]))}"
    labels: dict[str, Words] = {option.code: option.label for option in question.options}
    return ", ".join(f"“{say(labels[code])}”" for code in codes if code in labels)


def reason(found: Reason, pair: Pair) -> str:
    """What could explain a disagreement. Surveys are told by their titles."""
    name = _named(pair, found.side)
    match found.code:
        case Explains.WHO:
            first, second = (wordings.respondent_kind(side.who) for side in pair.sides)
            return _("Other people answered: %(first)s, and %(second)s.") % {"first": first, "second": second}
        case Explains.ROUTE:
            return _("“%(survey)s” asks only some of its people this question.") % name
        case Explains.TURNED:
            return _("The words do not ask quite the same. What differs: %(what)s.") % {"what": _turned(found.codes)}
        case Explains.SCALE:
            return _("People chose from other answers.")
        case Explains.WORDS:
            return _("The words differ a little.")
        case Explains.SILENT:
            return _silent(found, pair)
        case Explains.OPEN_LINK:
            return _("Everybody could answer “%(survey)s”. The other one went to people on a list.") % name
        case Explains.TIME:
            n = round(found.amount or 0)
            said = ngettext("%(num)s month lies between them.", "%(num)s months lie between them.", n)
            return said % {"num": wordings.number(n)}
        case Explains.WAY:
            return _("People answered in other ways, such as on paper or in a class.")
        case Explains.EDITION:
            return _("One of them is in easy read. The other is not.")
        case Explains.FEW:
            return _("Few people answered “%(survey)s”. So its number is not very sure.") % name


def _named(pair: Pair, side: int | None) -> dict[str, str]:
    return {"survey": f"{OWN_WAY}{say(pair.sides[side].title)}{END}"} if side is not None else {}


def _silent(found: Reason, pair: Pair) -> str:
    assert found.side is not None
    side = pair.sides[found.side]
    assert side.silent is not None
    return _(
        "%(quiet)s of those who got “%(survey)s” did not answer. If %(needed)s of them chose the answers that we "
        "count, both surveys would say the same. Of those who answered it is %(share)s."
    ) % {
        "quiet": wordings.share(1 - side.silent.answered),
        **_named(pair, found.side),
        "needed": wordings.share(found.amount or 0),
        "share": wordings.share(side.share.share or 0),
    }


def _turned(codes: Iterable[str]) -> str:
    words = {
        "negation": _("a “not”"),
        "period": _("the time"),
        "audience": _("whom it is about"),
        "number": _("a number"),
    }
    return ", ".join(words.get(code, code) for code in codes)


def unknown(code: Unknown, side: int | None, pair: Pair) -> str:
    name = _named(pair, side)
    match code:
        case Unknown.HOW_MANY_ASKED:
            if pair.sides[side or 0].only_some:
                return _("How many people could answer this question of “%(survey)s”.") % name
            return _("How many people “%(survey)s” went to. Nobody wrote it down, or it came by a link for all.") % name
        case Unknown.WHEN:
            return _("When people could answer “%(survey)s”.") % name
        case Unknown.WORDS:
            return _("The words of the question in “%(survey)s”.") % name
        case Unknown.WAY:
            return _("How people answered “%(survey)s”. It came as a file.") % name
        case Unknown.SAME_PEOPLE:
            return _("If some people answered both. We never join answers of two surveys.")
        case Unknown.WHY_SILENT:
            return _("What people think who answered neither.")


def moved(way: str) -> str:
    return {"better": _("Better"), "same": _("The same"), "worse": _("Worse")}[way]


def by(dimension: str) -> str:
    return {
        "term": _("By term"),
        "survey": _("By survey"),
        "partner": _("By partner"),
        "setting": _("By school or club"),
        "kind": _("By who answered"),
    }[dimension]


def value(dimension: str, key: str, titles: dict[str, Words]) -> str:
    """A value of a dimension. Surveys, partners and settings say their own names."""
    if dimension == "term":
        return wordings.term(key)
    if dimension == "kind":
        return wordings.respondent_kind(key)
    if dimension == "survey":
        return say(titles[key]) if key in titles else key
    if not key:
        return _("Not in a class") if dimension == "setting" else _("Not known")
    return key
