"""Words for signals: which rule speaks, how often it would by chance, and how far to believe it."""

from __future__ import annotations

from analysis.process_control.results import Rule, Signal, Watched
from voice.findings.watching import Watch
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.web import wordings

LEAST_CHANCE = 1e-4
"""Nobody can picture a smaller one, and how people come to answer is never known so well."""


def rule(signal: Signal) -> str:
    """Which terms differ from those before, and how often the rules say so in vain."""
    said = {
        Rule.ONE_TERM: _("This one term is outside of what chance explains."),
        Rule.TWO_TERMS: _("The last two terms together are outside of what chance explains."),
        Rule.FOUR_TERMS: _("The last four terms together are outside of what chance explains."),
    }[signal.rule]
    return " ".join((said, _since(signal), in_vain(signal), *_less_sure(signal)))


def in_vain(signal: Signal) -> str:
    return _("Our rules would say so by chance in about 1 of %(times)s terms.") % {"times": one_of(signal.by_chance)}


def as_clear(signal: Signal) -> str:
    return _("By chance alone, terms look like this about once in %(times)s.") % {"times": one_of(signal.as_clear)}


def stands(signal: Signal) -> str:
    """Whether it stands when all that was looked at is taken into account."""
    if signal.holds:
        return _("It stands, with all that we looked at.")
    return _("This may be chance. The next term will tell.")


def looked_at(found: Watched | Watch) -> str:
    """How many series were looked at, and how many of them chance alone would tell of."""
    lines = ngettext("We looked at %(num)s line of answers.", "We looked at %(num)s lines of answers.", found.looked_at)
    number = round(found.expected_by_chance)
    by_chance = (
        ngettext(
            "By chance alone, about %(num)s of them would look changed.",
            "By chance alone, about %(num)s of them would look changed.",
            number,
        )
        % {"num": wordings.number(number)}
        if number
        else _("By chance alone, most likely none of them would look changed.")
    )
    return " ".join((lines % {"num": wordings.number(found.looked_at)}, by_chance))


def one_of(chance: float) -> str:
    """How many terms there are to one of this chance: two at least, the larger the rougher."""
    times = 1 / max(chance, LEAST_CHANCE)
    size = 10 ** max(len(str(int(times))) - 2, 0)
    return wordings.number(max(2, round(times / size) * size))


def _since(signal: Signal) -> str:
    return _("It began in %(term)s.") % {"term": wordings.term(signal.since)}


def _less_sure(signal: Signal) -> tuple[str, ...]:
    return () if signal.spread == 1 else (_("These answers always go up and down a lot, so we are less sure."),)
