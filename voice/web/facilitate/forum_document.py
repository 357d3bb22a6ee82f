"""The termly report of a forum as a document. Its sentences hold figures; everything else was said by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from voice.capture.sessions.forums import ForumReport
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.paper.documents import Block, Document, Heading, Line, Paragraph, Picture, Said, Table
from voice.web import wordings
from voice.web.facilitate.report_document import Files, asks, number_or_hidden, page_words, said, section_blocks


def forum_document(report: ForumReport, files: Files, *, partnership: str) -> Document:
    """In the language that is being spoken."""
    return Document(
        title=f"{report.forum} – {wordings.term(report.term)}",
        language=current(),
        foot=partnership,
        page_words=page_words(),
        blocks=(
            *_made_from(report),
            *_who_was_heard(report),
            *_what_was_said(report, files),
            *asks(report.asks),
            *_since(report),
        ),
    )


def _made_from(report: ForumReport) -> Iterable[Block]:
    many = len(report.reports)
    if not many:
        yield Paragraph(_("The group has not agreed to a report of this term yet."), strong=True)
        return
    yield Paragraph(
        ngettext(
            "This report holds %(num)s session that the group agreed to.",
            "This report holds %(num)s sessions that the group agreed to.",
            many,
        )
        % {"num": wordings.number(many)},
        strong=True,
    )
    if report.waiting:
        yield Paragraph(
            ngettext(
                "%(num)s more session is not in it. The group has not agreed to its report yet.",
                "%(num)s more sessions are not in it. The group has not agreed to their reports yet.",
                report.waiting,
            )
            % {"num": wordings.number(report.waiting)}
        )


def _who_was_heard(report: ForumReport) -> Iterable[Block]:
    if not report.reports:
        return
    yield Heading(_("Who spoke"), picture=Picture(symbol="people"))
    people, together = report.people()
    rows: list[tuple[Line, ...]] = []
    for each, came in zip(report.reports, people, strict=True):
        plan = each.record.plan
        counted = number_or_hidden(came) if each.record.heads else _("not counted")
        rows.append((Said(plan.title, plan.language), wordings.date(plan.held_on), counted))
    if len(rows) > 1:
        rows.append((_("All together"), "", number_or_hidden(together)))
    yield Table((_("Session"), _("Day"), _("People")), tuple(rows))
    if len(rows) > 1:
        yield Paragraph(_("Somebody who came twice counts twice."), quiet=True)
    if any(came is None for came in people):
        yield Paragraph(_("We hide small numbers. So nobody can find out who it was."), quiet=True)
    lines = Counter(line.said_by for each in report.reports for line in each.lines)
    told = {
        "own_words": _("In their own words"),
        "supported": _("With help"),
        "proxy": _("Said for somebody else"),
    }
    counted_lines: tuple[tuple[Line, ...], ...] = tuple(
        (told[code], wordings.number(lines[code])) for code in told if lines[code]
    )
    if counted_lines:
        yield Table((_("How it was said"), _("Things that were said")), counted_lines)


def _what_was_said(report: ForumReport, files: Files) -> Iterable[Block]:
    if not report.reports:
        return
    yield Heading(_("What was said"), picture=Picture(symbol="views"))
    for each in report.reports:
        plan = each.record.plan
        yield Heading((Said(plan.title, plan.language), " · ", wordings.date(plan.held_on)), 3)
        for section in each.sections:
            yield from section_blocks(section, files, each, level=4)


def _since(report: ForumReport) -> Iterable[Block]:
    yield Heading(_("What happened since last time"), picture=Picture(symbol="steps"))
    if not report.term_before:
        yield Paragraph(_("This is the first report. There is nothing to look back on yet."))
        return
    if not report.asked_before:
        yield Paragraph(_("Last time, the group asked for nothing."))
        return
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (said(ask.line), Said(ask.happened, "") if ask.happened else _("We do not know yet."))
        for ask in report.asked_before
    )
    yield Table((_("The group asked"), _("What happened since")), rows, wordings.term(report.term_before))
