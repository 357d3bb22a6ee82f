"""Who answered, and how it went for them: the measures of the lead's page."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import FLOOR
from analysis.measures import Measure
from surveys.document import wording
from voice.findings.by_setting import SettingTable
from voice.findings.of_term import MeasureLine
from voice.languages import current
from voice.languages import gettext as _
from voice.packs.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Hidden,
    Point,
    Series,
    Table,
    Text,
)
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import by_wilson, note, of_people, page_of_term, survey_title, surveys_of
from voice.packs.showing import count_of, percent_of
from voice.web import wordings


def who_answered(gathered: Gathered) -> Iterator[Block]:
    found = gathered.found
    if not found.sources:
        return
    rows: list[tuple[Cell, ...]] = [
        (Text(survey_title(gathered, survey)), count_of(people)) for survey, people in found.sources
    ]
    if len(rows) > 1:
        rows.append((Text(_("All")), count_of(found.people)))
    yield Table(
        _("How many people answered"),
        (_("Survey"), _("People")),
        tuple(rows),
        note(
            gathered,
            _("Everybody who answered a survey this term."),
            _("Each person counts once in each survey."),
            source=surveys_of(gathered),
            path=page_of_term(gathered),
        ),
    )
    if found.notes:
        code = current().code
        yield Bullets(tuple(Text(f"{wording(title, code)}: {wording(told, code)}") for title, told in found.notes))


def how_it_went(gathered: Gathered) -> Iterator[Block]:
    asked = [line for line in gathered.found.measures if line.now is not None]
    if asked:
        yield _chart(gathered, asked)
    apart = [line for line in asked if any(measure.share is not None for _whom, measure in line.apart)]
    if apart:
        yield _apart(gathered, apart)


def _chart(gathered: Gathered, lines: list[MeasureLine]) -> Chart:
    befores = [line.before for line in lines if line.before is not None]
    beside = [
        Column(_("Families"), tuple(_answered(line.now) for line in lines)),
        Column(_("What we can say"), tuple(Text(_said_roughly(line.now)) for line in lines)),
    ]
    if all(line.now is None or line.now.share is not None for line in lines):
        beside.pop()
    if befores:
        term = wordings.term(befores[0].term)
        beside.append(Column(term, tuple(share_cell(line.before) for line in lines)))
        beside.append(Column(_("What changed"), tuple(Text(_changed(line)) for line in lines)))
    return Chart(
        kind="bar",
        title=_("How it went for them"),
        message=_message(lines),
        head=_("What we ask"),
        sure=_("How sure"),
        categories=tuple(wordings.measure(line.concept) for line in lines),
        series=(Series(wordings.term(gathered.term), tuple(point_of(line.now) for line in lines)),),
        note=note(
            gathered,
            _("Families who answered each question. The table says how many."),
            how_counted(),
            _("We count it apart when somebody helped to answer, or answered for somebody else."),
            by_wilson(),
            source=surveys_of(gathered),
            path=page_of_term(gathered),
        ),
        beside=tuple(beside),
    )


def how_counted() -> str:
    return _(
        "We count “yes” and “mostly” together. For the reply within 5 working days we count only “yes”. "
        "We count “very happy” and “happy” together."
    )


def _message(lines: list[MeasureLine]) -> str:
    shown = [(line.now.share, line) for line in lines if line.now is not None and line.now.share is not None]
    if not shown:
        return _("Too few families answered. We show no number.")
    best, worst = max(shown, key=lambda each: each[0]), min(shown, key=lambda each: each[0])
    if best[0] == worst[0]:
        return f"{wordings.measure(best[1].concept)}: {wordings.share(best[0])}"
    return _("Most often: %(most)s (%(share)s). Least often: %(least)s (%(other)s).") % {
        "most": wordings.measure(best[1].concept),
        "share": wordings.share(best[0]),
        "least": wordings.measure(worst[1].concept),
        "other": wordings.share(worst[0]),
    }


def point_of(measure: Measure | None) -> Point:
    if measure is None or measure.share is None or measure.low is None or measure.high is None:
        return Point(Hidden())
    return Point(percent_of(measure.share), percent_of(measure.low).percent, percent_of(measure.high).percent)


def share_cell(measure: Measure | None) -> Cell:
    """The share, hidden where it is; empty where nobody was asked."""
    if measure is None:
        return Text("")
    return Hidden() if measure.share is None else percent_of(measure.share)


def _answered(measure: Measure | None) -> Cell:
    return count_of(measure.answered) if measure is not None else Text("")


def _said_roughly(measure: Measure | None) -> str:
    return wordings.roughly(measure.roughly) if measure is not None and measure.roughly else ""


def _changed(line: MeasureLine) -> str:
    now, before = line.now, line.before
    if now is None or before is None or now.share is None or before.share is None:
        return ""
    return wordings.change(now, before)


def _apart(gathered: Gathered, lines: list[MeasureLine]) -> Table:
    whoms = tuple(dict.fromkeys(whom for line in lines for whom, _measure in line.apart))
    columns: list[str] = [_("What we ask")]
    for whom in whoms:
        columns += [wordings.said_by(whom), f"{wordings.said_by(whom)}: {_('Families')}"]
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        told = dict(line.apart)
        cells: list[Cell] = [Text(wordings.measure(line.concept))]
        for whom in whoms:
            cells += [share_cell(told.get(whom)), _answered(told.get(whom))]
        rows.append(tuple(cells))
    return Table(
        _("With help, or said for somebody else"),
        tuple(columns),
        tuple(rows),
        note(
            gathered,
            _("Families who answered each question. The table says how many."),
            how_counted(),
            source=surveys_of(gathered),
            path=page_of_term(gathered),
        ),
    )


def by_school(gathered: Gathered) -> Iterator[Block]:
    for table in gathered.found.settings:
        yield _settings(gathered, table)


def _settings(gathered: Gathered, table: SettingTable) -> Table:
    code = current().code
    shown = [line.people for line in table.lines if line.people is not None]
    return Table(
        wording(table.title, code),
        (_("School or group"), _("People"), *(wording(title, code) for title in table.questions)),
        tuple(
            (
                Text(line.setting or _("All others")),
                count_of(line.people),
                *(share_cell(measure) for measure in line.measures),
            )
            for line in table.lines
        ),
        note(
            gathered,
            of_people(sum(shown) if len(shown) == len(table.lines) else None),
            _(
                "The shares are of those who said yes or agree, in their own words. We hide a share when fewer than "
                "%(floor)s said so, or fewer than %(floor)s did not."
            )
            % {"floor": wordings.number(FLOOR)},
            source=f"{wording(table.title, code)} · {wordings.term(gathered.term)}",
            path=page_of_term(gathered),
        ),
    )
