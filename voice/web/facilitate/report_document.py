"""The report of a session as a document: for the page that the group corrects, and for files to take away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from analysis.disclosure import floor_counts
from voice.capture.sessions.activities import WITH_WORDS
from voice.capture.sessions.report import Line as ReportLine
from voice.capture.sessions.report import Report, Section
from voice.capture.sessions.room_files import RoomFile
from voice.languages import current, ngettext
from voice.languages import gettext as _
from voice.paper.documents import Block, Bullets, Document, Heading, Line, Paragraph, Picture, Said, Table
from voice.web import report_words, room_words, wordings
from voice.web.pages import built_symbols

Files = Mapping[uuid.UUID, RoomFile]


def report_document(
    report: Report, files: Files, *, partnership: str, for_the_group: bool = False, receipt: str = ""
) -> Document:
    """In the language that is being spoken. Small numbers are hidden unless it is ``for_the_group``, who saw them in
    the room. ``receipt`` is the address where the group sees what came of it."""
    plan = report.record.plan
    where = " · ".join(filter(None, (wordings.date(plan.held_on), plan.forum, plan.setting)))
    return Document(
        title=plan.title,
        language=current(),
        foot=partnership,
        page_words=page_words(),
        blocks=(
            Paragraph(where, quiet=True),
            Paragraph(report_words.agreed(report), strong=report.approved_on is None),
            *([Paragraph(Said(plan.purpose, plan.language))] if plan.purpose else []),
            *_who_was_there(report, for_the_group=for_the_group),
            *(
                block
                for section in report.sections
                for block in section_blocks(section, files, report, for_the_group=for_the_group)
            ),
            *asks(report.asks),
            *_next(report),
            *_receipt(receipt),
        ),
    )


def page_words() -> str:
    return _("Page %(position)s of %(count)s") % {"position": "{position}", "count": "{count}"}


def _who_was_there(report: Report, *, for_the_group: bool) -> Iterable[Block]:
    yield Heading(_("Who was there"), picture=Picture(symbol="people"))
    heads = {f"{each.who}-{each.age_band}": each for each in report.record.heads}
    if not heads:
        yield Paragraph(_("Nobody counted the people who were there."))
        return
    counted = {key: each.people for key, each in heads.items()}
    shown = floor_counts(counted, floor=1 if for_the_group else FLOOR)
    rows: list[tuple[Line, ...]] = [
        (
            f"{room_words.group(each.who)} · {room_words.age_band(each.age_band)}",
            number_or_hidden(shown.shown(key)),
        )
        for key, each in heads.items()
    ]
    rows.append((_("All together"), number_or_hidden(shown.total)))
    yield Table((_("Who"), _("People")), tuple(rows))
    if any(cell.count is None for cell in shown.cells):
        yield Paragraph(_("We hide small numbers. So nobody can find out who it was."), quiet=True)


FLOOR = 10
"""As everywhere: see ``analysis/disclosure/``."""


def number_or_hidden(count: int | None) -> str:
    return _("hidden") if count is None else wordings.number(count)


def section_blocks(
    section: Section, files: Files, report: Report, *, for_the_group: bool = False, level: int = 2
) -> Iterable[Block]:
    """One activity: what was said below its columns, or how often each choice was made. ``level`` is its heading's."""
    chosen = any(each.count for each in section.counts)
    if not section.shown and not chosen:
        return
    activity = section.activity
    yield Heading(
        Said(activity.title, report.record.plan.language),
        level,
        picture=symbol(room_words.activity_symbol(activity.kind)),
    )
    for column in section.columns:
        if column:
            yield Heading(report_words.column(column), level + 1, symbol(room_words.column_symbol(column)))
        yield from lines_of([line for line in section.shown if line.column == column], files, report.record.id)
    if chosen and activity.kind not in WITH_WORDS:
        yield from _counts(section, report, for_the_group)


def lines_of(lines: Iterable[ReportLine], files: Files, session: uuid.UUID) -> Iterable[Block]:
    """Lines in their groups; pictures and recordings come after the words."""
    lines = list(lines)
    for group in dict.fromkeys(line.group for line in lines):
        here = [line for line in lines if line.group == group]
        if group:
            yield Paragraph(Said(group, here[0].language), strong=True)
        if words := [said(line) for line in here if line.text and not line.picture]:
            yield Bullets(tuple(words))
        for line in here:
            if line.picture:
                yield Paragraph(
                    said(line) if line.text else room_words.picture(line.picture),
                    picture=symbol(room_words.picture_symbol(line.picture)),
                )
            if line.file is not None and line.file in files:
                yield _file(files[line.file], session)


def said(line: ReportLine) -> Line:
    """The words of a line, with whose they are where somebody helped or spoke for somebody else."""
    whose = room_words.said_by(line.said_by)
    return (Said(line.text, line.language), f" · {whose}") if whose else Said(line.text, line.language)


def _file(file: RoomFile, session: uuid.UUID) -> Block:
    if file.form == "audio":
        return Paragraph(_("A recording. You can hear it on the page of this report."), quiet=True)
    return Picture(
        content=file.content(),
        address=f"/work/sessions/{session}/report/files/{file.id}",
        alternative=_("A drawing from the session") if file.form == "drawing" else _("A photo from the session"),
        width=150,
    )


def _counts(section: Section, report: Report, for_the_group: bool) -> Iterable[Block]:
    kind, language = section.activity.kind, report.record.plan.language
    made = [each for each in section.counts if each.count]
    labels: list[Line] = [
        report_words.column(each.choice.label)
        if each.choice.code == each.choice.label
        else Said(each.choice.label, language)
        for each in made
    ]
    if kind == "ranking":
        yield Paragraph(_("The most important comes first."))
        yield Bullets(tuple(labels))
        return
    # A dot is not a person: each person has several. Answers are counted by people, and small numbers of those hide.
    are_people = kind != "dot_vote"
    floor = FLOOR if are_people and not for_the_group else 1
    shown = floor_counts({each.choice.code: each.count for each in made}, floor=floor)
    rows = tuple(
        (label, number_or_hidden(shown.shown(each.choice.code))) for label, each in zip(labels, made, strict=True)
    )
    yield Table((_("Answer"), _("People") if are_people else _("Dots")), rows)
    if section.answered >= floor and shown.total is not None:
        yield Paragraph(
            ngettext("%(num)s person answered.", "%(num)s people answered.", section.answered)
            % {"num": wordings.number(section.answered)},
            quiet=True,
        )


def asks(lines: Iterable[ReportLine]) -> Iterable[Block]:
    if words := [said(line) for line in lines]:
        yield Heading(_("What we ask for"), picture=Picture(symbol="hand-up"))
        yield Bullets(tuple(words))


def _next(report: Report) -> Iterable[Block]:
    plan = report.record.plan
    if plan.what_happens_next:
        yield Heading(_("What happens next"), picture=Picture(symbol="steps"))
        yield Paragraph(Said(plan.what_happens_next, plan.language))


def _receipt(address: str) -> Iterable[Block]:
    if address:
        yield Heading(_("What happened to what we said?"), picture=Picture(symbol="reply"))
        yield Paragraph(_("You can look at any time:"))
        yield Paragraph(Said(address, "en"), strong=True)


def symbol(name: str) -> Picture | None:
    """A symbol of ours; none for a name that we have no picture for."""
    return Picture(symbol=name) if name in built_symbols() else None
