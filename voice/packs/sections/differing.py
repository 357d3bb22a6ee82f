"""Surveys that ask the same and hear something else, and what was asked before and after something."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.document import wording
from voice.comparing.before_after import Change, Course
from voice.comparing.disagreeing import Pair, address
from voice.languages import current
from voice.languages import gettext as _
from voice.packs.document import Block, Cell, Hidden, Table, Text
from voice.packs.gathering import Gathered
from voice.packs.sections.noting import by_wilson, note
from voice.packs.showing import count_of, percent_of
from voice.web import wordings
from voice.web.lead import comparing_words, matter_words


def surveys_that_differ(gathered: Gathered) -> Iterator[Block]:
    for pair in gathered.told.disagree:
        yield _side_by_side(gathered, pair)


def _side_by_side(gathered: Gathered, pair: Pair) -> Table:
    code = current().code
    rows: list[tuple[Cell, ...]] = [
        (
            Text(wording(side.title, code)),
            Text(wordings.respondent_kind(side.who)),
            Text(wordings.term(side.term)),
            Hidden() if side.share.share is None else percent_of(side.share.share),
            count_of(side.share.answered),
        )
        for side in pair.sides
    ]
    return Table(
        wording(pair.title, code),
        (_("Survey"), _("Who answered"), _("Term"), _("Share"), _("People")),
        tuple(rows),
        note(
            gathered,
            _("Everybody who answered these two surveys in their own words."),
            matter_words.differ(pair),
            by_wilson(),
            *(comparing_words.reason(each, pair) for each in pair.reasons),
            source=" · ".join(wording(side.title, code) for side in pair.sides),
            path=address(pair, gathered.term),
        ),
    )


def before_and_after(gathered: Gathered) -> Iterator[Block]:
    for course in gathered.told.courses:
        told = [each for each in course.changes if each.difference is not None]
        if told:
            yield _course(gathered, course, told)


def _course(gathered: Gathered, course: Course, changes: list[Change]) -> Table:
    code = current().code
    title = wording(course.titles[-1], code)
    return Table(
        title,
        (_("What we ask"), _("Before"), _("After"), _("What changed"), _("How sure"), _("People")),
        tuple(
            (
                Text(wording(each.questions[1].title, code)),
                Hidden() if each.before.share is None else percent_of(each.before.share),
                Hidden() if each.after.share is None else percent_of(each.after.share),
                Text(comparing_words.signed(each.difference or 0)),
                Text(
                    _("between %(low)s and %(high)s")
                    % {"low": comparing_words.signed(each.low or 0), "high": comparing_words.signed(each.high or 0)}
                ),
                count_of(each.after.answered),
            )
            for each in changes
        ),
        note(
            gathered,
            _("Everybody who answered both questions.")
            if course.paired
            else _("Two groups of people: we cannot tell who is in both."),
            _("What changed is not always what the course did."),
            source=title,
            path="/lead/before-after",
        ),
    )
