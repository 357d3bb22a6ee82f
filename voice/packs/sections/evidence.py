"""What was found, under the headings of frameworks such as the self-evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from voice.findings.of_term import MeasureLine
from voice.languages import gettext as _
from voice.packs.document import Block, Cell, Paragraph, Subheading, Table, Text
from voice.packs.gathering import Gathered, ToldSummary
from voice.packs.sections.measures import how_counted, share_cell
from voice.packs.sections.noting import by_wilson, heard_everywhere, note, page_of_term, surveys_of
from voice.packs.showing import count_of
from voice.themes.for_leads import ThemeLine
from voice.themes.headings import Framework, Heading
from voice.web import summary_words, wordings


def by_heading(gathered: Gathered) -> Iterator[Block]:
    for framework in gathered.frameworks:
        if _has_evidence(gathered, framework):
            yield Subheading(summary_words.framework(framework.code))
            for heading in framework.headings:
                yield from _under(gathered, heading)


def _has_evidence(gathered: Gathered, framework: Framework) -> bool:
    return any(_measures(gathered, each) or _themes(gathered, each) for each in framework.headings)


def _under(gathered: Gathered, heading: Heading) -> Iterator[Block]:
    title = summary_words.heading(heading.words)
    measures, themes = _measures(gathered, heading), _themes(gathered, heading)
    if measures:
        yield Table(
            title,
            (_("What we ask"), _("Share"), _("How sure"), _("Families"), _("Before")),
            tuple(_measure_row(line) for line in measures),
            note(
                gathered,
                _("Families who answered each question. The table says how many."),
                how_counted(),
                by_wilson(),
                source=surveys_of(gathered),
                path=page_of_term(gathered),
            ),
        )
    if themes:
        told = {each.summary.theme_id: each for each in gathered.summaries}
        yield Table(
            title,
            (_("Theme"), _("People"), _("How they feel"), _("What changed"), _("What we promised")),
            tuple(_theme_row(theme, told.get(theme.theme_id)) for theme in themes),
            note(
                gathered,
                _("People who wrote or said something in their own words."),
                _("Each person counts once. Neither: neutral, both good and bad, or not in English."),
                source=heard_everywhere(gathered),
                path="/lead/themes",
            ),
        )
    if not measures and not themes:
        yield Paragraph(f"{title}: {_('There is nothing under this heading yet.')}", quiet=True)


def _measures(gathered: Gathered, heading: Heading) -> list[MeasureLine]:
    under = gathered.filed.get(heading.words, ())
    return [line for line in gathered.found.measures if line.concept in under and line.now is not None]


def _themes(gathered: Gathered, heading: Heading) -> list[ThemeLine]:
    return [theme for theme in gathered.found.themes if theme.theme_id in heading.themes and theme.n != 0]


def _measure_row(line: MeasureLine) -> tuple[Cell, ...]:
    now, sure = line.now, ""
    if now is not None and now.low is not None and now.high is not None:
        sure = _("between %(low)s and %(high)s") % {
            "low": wordings.share(now.low),
            "high": wordings.share(now.high),
        }
    answered = count_of(now.answered) if now is not None else Text("")
    return Text(wordings.measure(line.concept)), share_cell(now), Text(sure), answered, share_cell(line.before)


def _theme_row(theme: ThemeLine, told: ToldSummary | None) -> tuple[Cell, ...]:
    numbers = told.summary.built.numbers if told else None
    feels = summary_words.feels(numbers.feels) if numbers else ""
    change = summary_words.change(numbers.before) if numbers and numbers.before else ""
    return (
        Text(wordings.theme(theme.theme_id, theme.theme)),
        count_of(theme.n),
        Text(feels),
        Text(change),
        Text(told.summary.promised if told else ""),
    )
