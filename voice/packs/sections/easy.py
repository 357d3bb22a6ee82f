"""What we heard, in easy read: one short sentence for each number, with a picture beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analysis.disclosure import FLOOR, in_ten
from surveys.document import wording
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.packs.document import Block, Bullets, Fact, Paragraph, Text
from voice.packs.gathering import Gathered
from voice.packs.sections.measures import how_counted
from voice.packs.sections.noting import heard_everywhere, note, of_people, page_of_term, surveys_of
from voice.packs.sections.themes import in_their_own_words
from voice.web import wordings

MOST_THEMES, MOST_QUOTES = 5, 3
SYMBOLS = {
    "reply_within_five_working_days": "reply",
    "kept_up_to_date": "news",
    "felt_listened_to": "listen",
    "child_views_heard": "views",
    "plan_describes_child": "plan",
    "knew_next_steps": "steps",
    "child_took_part": "take-part",
    "overall_satisfaction": "overall",
    "told_what_happens_next": "told",
}
"""The pictures that stand beside the same things in the survey."""


def who_told_us(gathered: Gathered) -> Iterator[Block]:
    people = gathered.found.people
    if people is None:
        return
    told = ngettext("%(num)s person answered this term.", "%(num)s people answered this term.", people)
    yield Fact(
        told % {"num": wordings.number(people)},
        note(
            gathered,
            _("Everybody who answered a survey this term."),
            source=surveys_of(gathered),
            path=page_of_term(gathered),
        ),
        symbol="people",
    )
    yield Paragraph(_("Thank you for telling us."), symbol="thanks")


def how_it_went(gathered: Gathered) -> Iterator[Block]:
    for line in gathered.found.measures:
        now = line.now
        if now is None or now.answered is None:
            continue
        if now.favourable is not None:
            said = _("%(part)s in 10 families") % {"part": wordings.number(in_ten(now.favourable, now.answered))}
        elif now.roughly is not None:
            said = wordings.roughly(now.roughly)
        else:
            continue
        yield Fact(
            f"{wordings.measure(line.concept)}: {said}",
            note(
                gathered,
                _("Families who answered each question."),
                how_counted(),
                source=surveys_of(gathered),
                path=page_of_term(gathered),
            ),
            symbol=SYMBOLS.get(line.concept, ""),
        )


def wrote_about(gathered: Gathered) -> Iterator[Block]:
    most = [theme for theme in gathered.found.themes if theme.n is not None and theme.n >= FLOOR][:MOST_THEMES]
    for theme in most:
        assert theme.n is not None
        people = ngettext("%(num)s person", "%(num)s people", theme.n) % {"num": wordings.number(theme.n)}
        yield Fact(
            f"{wordings.theme(theme.theme_id, theme.theme)}: {people}",
            note(
                gathered,
                of_people(gathered.found.written.people),
                _("The machine suggests themes. One comment can have several."),
                source=heard_everywhere(gathered),
                path=page_of_term(gathered),
            ),
            symbol="speech",
        )


def a_few_words(gathered: Gathered) -> Iterator[Block]:
    yield from islice(in_their_own_words(gathered), MOST_QUOTES)


def what_we_do(gathered: Gathered) -> Iterator[Block]:
    code = current().code
    for each in (*gathered.told.promises.done, *gathered.told.promises.open, *gathered.told.promises.cannot):
        said = each.since or each.cannot or each.decided
        yield Paragraph(f"{wording(each.heard, code)} {wording(said, code)}", symbol="agree")
    promises = [each.summary for each in gathered.summaries if each.summary.promised]
    for summary in promises:
        yield Paragraph(f"{wordings.theme(summary.theme_id, summary.built.theme)}: {summary.promised}", symbol="agree")
    happened = tuple(
        Text(each.words) for told in gathered.summaries for each in told.summary.built.happened if each.words.strip()
    )
    if happened:
        yield Paragraph(_("What happened since") + ":", symbol="check")
        yield Bullets(happened)
