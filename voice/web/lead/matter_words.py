"""Words for what matters now, and for measures and their trends."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.changes import Change, Direction
from surveys.document import wording
from voice.comparing.disagreeing import Pair
from voice.findings.briefing import Line
from voice.findings.favourable import OWN_LABEL
from voice.findings.matters import Matter
from voice.findings.targets import Reached
from voice.findings.trends import Trend
from voice.findings.watching import Seen
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.web import population_words, voice_words, wordings
from voice.web.lead import signal_words, unheard_words


def measure(trend: Trend) -> str:
    """What is measured: its own name, or the question as it was asked last."""
    if trend.part.concept in OWN_LABEL and trend.part.who == "parent_carer":
        return wordings.measure(trend.part.concept)
    return wording(trend.title, current().code)


def of_whom(trend: Trend) -> str:
    """Whose answers they are."""
    who = wordings.respondent_kind(trend.part.who)
    if not trend.part.by:
        return who
    return _("%(who)s, %(group)s") % {"who": who, "group": group(trend.part.by, trend.part.value)}


def group(by: str, value: str) -> str:
    return value if by == "setting" else voice_words.value(by, value)


def headline(matter: Matter) -> str:
    """One sentence for a lead with ten minutes."""
    if matter.seen is not None:
        return moved(matter.seen)
    if matter.promise is not None:
        said = matter.promise.decided
        return _("We promised: “%(promise)s” It is late.") % {"promise": wording(said, current().code)}
    if matter.gap is not None:
        gap = matter.gap
        group_name = population_words.category(gap.dimension, gap.category, gap.name)
        return _("%(group)s: %(fewer)s") % {
            "group": group_name,
            "fewer": unheard_words.fewer(gap),
        }
    assert matter.pair is not None
    first, second = matter.pair.sides
    return _("Two surveys asked “%(question)s” and heard something else: %(first)s and %(second)s.") % {
        "question": wording(matter.pair.title, current().code),
        "first": wordings.share(first.share.share or 0),
        "second": wordings.share(second.share.share or 0),
    }


def moved(seen: Seen) -> str:
    said = {"who": of_whom(seen.trend), "measure": measure(seen.trend)}
    fell = seen.signal.direction == "dip"
    now, before = seen.signal.now, seen.signal.before
    if not seen.numbers_shown or now.value is None or before.value is None:
        return (
            _("%(who)s: fewer than before say “%(measure)s”.")
            if fell
            else _("%(who)s: more than before say “%(measure)s”.")
        ) % said
    numbers = {
        "now": wordings.share(now.value),
        "before": wordings.share(before.value),
        "term": wordings.term(seen.signal.since),
    }
    return (
        _("%(who)s: “%(measure)s” fell to %(now)s since %(term)s. Before it was %(before)s.")
        if fell
        else _("%(who)s: “%(measure)s” rose to %(now)s since %(term)s. Before it was %(before)s.")
    ) % {**said, **numbers}


def differ(pair: Pair) -> str:
    """By how much two surveys differ, and of how many."""
    sides = " ".join(
        _("%(survey)s: %(share)s of %(count)s people.")
        % {
            "survey": wording(side.title, current().code),
            "share": wordings.share(side.share.share or 0),
            "count": wordings.number(side.share.answered or 0),
        }
        for side in pair.sides
    )
    low, high = sorted((abs(pair.judged.low), abs(pair.judged.high)))
    sure = _("How sure: they differ by %(low)s to %(high)s points.") % {
        "low": wordings.number(round(100 * low)),
        "high": wordings.number(round(100 * high)),
    }
    return f"{sides} {sure}"


def kind(code: str) -> str:
    return {
        "dip": _("A fall"),
        "rise": _("A rise"),
        "overdue": _("A promise that is late"),
        "disagreement": _("Two surveys that differ"),
        "unheard": _("Somebody we hardly heard"),
    }[code]


def is_reached(code: Reached) -> str:
    return {
        "reached": _("We have reached the target."),
        "not_reached": _("We have not reached the target yet."),
        "cannot_tell": _("We cannot tell whether we reached the target."),
    }[code]


def how_sure(seen: Seen) -> str:
    """How large the change is, of how many, and how often chance would show as much."""
    signal = seen.signal
    chance = signal_words.as_clear(signal)
    if not seen.numbers_shown:
        return " ".join((_("We show no exact number, so that nobody can tell who it was."), chance))
    low, high = sorted((abs(signal.low), abs(signal.high)))
    return " ".join(
        (
            ngettext(
                "%(num)s person answered, after %(before)s in the terms before.",
                "%(num)s people answered, after %(before)s in the terms before.",
                signal.now.whole,
            )
            % {"num": wordings.number(signal.now.whole), "before": wordings.number(signal.before.whole)},
            _("How sure: the change is between %(low)s and %(high)s points.")
            % {"low": wordings.number(round(100 * low)), "high": wordings.number(round(100 * high))},
            chance,
        )
    )


def change(found: Change) -> str:
    """Whether a measure moved since the term before by more than chance would explain."""
    return {
        Direction.MORE: _("That is a rise."),
        Direction.LESS: _("That is a fall."),
        Direction.CANNOT_TELL: _("The difference could be chance."),
    }[found.direction]


def tally(lines: Sequence[Line]) -> str:
    """What stands under a heading, in few words."""
    rising = sum(line.change is not None and line.change.direction is Direction.MORE for line in lines)
    falling = sum(line.change is not None and line.change.direction is Direction.LESS for line in lines)
    said = [ngettext("%(num)s measure", "%(num)s measures", len(lines)) % {"num": wordings.number(len(lines))}]
    if rising:
        said.append(ngettext("%(num)s rises", "%(num)s rise", rising) % {"num": wordings.number(rising)})
    if falling:
        said.append(ngettext("%(num)s falls", "%(num)s fall", falling) % {"num": wordings.number(falling)})
    return ", ".join(said)
