"""How much families are asked, and whether they still answer."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import FLOOR
from analysis.fatigue.results import FatigueMeasures, Share
from surveys.ledger.how_much import SAID
from voice.languages import gettext as _
from voice.packs.document import Block, Cell, Hidden, Note, Number, Paragraph, Table, Text
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import by_wilson, note
from voice.packs.showing import amount, count_of, percent_of
from voice.web import wordings
from voice.web.invite import rule_words
from voice.web.lead import fatigue_words

PAGE = "/lead/fatigue"


def are_families_tired(gathered: Gathered) -> Iterator[Block]:
    measured = gathered.asked
    if measured is not None and measured.whole is not None and measured.whole.families >= FLOOR:
        yield from _asked(gathered, measured.whole)
    if any(count_of(gathered.too_much.shown(code)) != Number(0) for code in SAID):
        yield _said_themselves(gathered)
    if gathered.spared:
        yield _spared(gathered)


def _asked(gathered: Gathered, whole: FatigueMeasures) -> Iterator[Block]:
    assert gathered.asked is not None
    base = _("%(families)s families, whom all partners together asked %(asks)s times") % {
        "families": wordings.number(whole.families),
        "asks": wordings.number(whole.asks),
    }
    its_note = Note(
        base=base,
        method=" ".join(
            (
                _("We count what all partners ask together. What came back counts for nothing."),
                by_wilson(),
                _("We hide numbers below %(floor)s. So nobody can tell who it was.")
                % {"floor": wordings.number(FLOOR)},
            )
        ),
        source=_("The list of whom we asked, from all partners"),
        counted_on=gathered.asked.at.date(),
        address=gathered.address + PAGE,
    )
    yield Paragraph(fatigue_words.decay(whole.decay))
    spreads = (
        (_("Times asked"), whole.asks_per_family_per_term),
        (_("Minutes"), whole.burden_minutes_per_family_per_term),
    )
    if whole.asks_per_family_per_term.families >= FLOOR:
        yield Table(
            _("Of one family in one term"),
            (_("What"), _("Half have at most"), _("Nine in ten have at most"), _("Highest")),
            tuple(
                (Text(name), *(_amount(value) for value in (spread.median, spread.p90, spread.highest)))
                for name, spread in spreads
            ),
            its_note,
        )
    shares = (
        (_("Families over the budget"), whole.over_budget),
        (_("Answered"), whole.answered),
        (_("Reminders that brought an answer"), whole.reminder_yield),
        (_("Stopped at the first page"), whole.break_off.introduction),
        (_("Stopped while answering"), whole.break_off.questionnaire),
    )
    yield Table(
        _("Do they still answer?"),
        (_("What"), _("Share"), _("How sure"), _("Of how many")),
        tuple((Text(name), *_share(share)) for name, share in shares if share.n),
        its_note,
    )


def _amount(value: float | None) -> Cell:
    return Text("") if value is None else amount(value)


def _share(share: Share) -> tuple[Cell, Cell, Cell]:
    if not share.is_shown or share.value is None or share.low is None or share.high is None:
        return Hidden(), Text(""), Hidden()
    sure = _("between %(low)s and %(high)s") % {"low": wordings.share(share.low), "high": wordings.share(share.high)}
    return percent_of(share.value), Text(sure), count_of(share.n)


def _said_themselves(gathered: Gathered) -> Table:
    return Table(
        _("Do we ask you too much?"),
        (_("Answer"), _("People")),
        tuple((Text(fatigue_words.said(code)), count_of(gathered.too_much.shown(code))) for code in SAID),
        note(
            gathered,
            _("People who answered this question after a survey."),
            _(
                "We ask it after a survey, and nobody has to answer. Those whom we ask too much may be the ones who "
                "answer no more."
            ),
            source=wordings.term(gathered.term),
            path=f"{PAGE}?by=term&value={gathered.term}",
        ),
    )


def _spared(gathered: Gathered) -> Table:
    return Table(
        _("Time that families keep this term"),
        (_("How"), _("Families"), _("Minutes")),
        tuple(
            (Text(rule_words.spared(each.how)), Number(each.families), Number(each.minutes)) for each in gathered.spared
        ),
        note(
            gathered,
            _("Families whom we did not ask."),
            _("A family counts each time that we did not ask it."),
            source=wordings.term(gathered.term),
            path=PAGE,
        ),
    )
