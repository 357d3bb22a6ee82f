"""The report of a session: what was said, as the group corrected it. Corrections stand beside the cards, which stay.

A line is a card or a sentence that the group added. Nothing is written by anybody but people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping

import msgspec

from voice.capture.sessions.activities import Activity
from voice.capture.sessions.record import BOARD_PHOTO, Counted, RecordedActivity, RecordedCard, SessionRecord
from voice.evidence.keeping import Form, Permitted
from voice.paper.documents import plain

LONGEST_LINE = 2000
MOST_ADDED = 100
PERMITTED: tuple[Permitted, ...] = ("read", "quote", "count")
APPROVED_BY = ("the group", "some of the group", "the note taker")
"""Who may agree to a report, as it is stored; never a name."""

OF_A_GROUP = "group:"
"""How the code of a choice begins that stands for cards which the room put together: see ``votes.py``."""

ASKED_FOR = ("start",)
"""Columns whose lines ask for something, as long as the group does not say otherwise."""


class ReportProblem(Exception):
    """``code`` is ``line_long``, ``line_empty``, ``too_many``, ``no_column``, ``who_agreed``, ``permitted``,
    ``changed`` (it says something else than what was read) or ``not_ended``; ``line`` is the line it is about, or the
    field."""

    def __init__(self, code: str, line: str = "", *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.limit = limit
        self.length = length


class Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the group changed about a line; ``None`` is what they kept as it is."""

    text: str | None = None
    left_out: bool | None = None
    asked_for: bool | None = None


class Addition(msgspec.Struct, frozen=True):
    """A sentence that the group added to an activity."""

    id: uuid.UUID
    activity: str
    column: str
    text: str


class Corrected(msgspec.Struct, frozen=True):
    """What ``SessionReport.corrected`` holds. ``lines`` are corrections by the id of a card or an addition; ``agreed``
    is the mark of the report that the group agreed to."""

    lines: dict[str, Correction] = {}
    added: tuple[Addition, ...] = ()
    permitted: Permitted = "read"
    agreed: str = ""


def tidy(words: str) -> str:
    """Words without spaces that nobody sees and letters that no file can hold; ends of lines stay."""
    return "\n".join(" ".join(line.split()) for line in plain(words).strip().splitlines())


def mark_of(*said: object) -> str:
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """``as_said`` are the words before anybody corrected them; an addition has none."""

    id: uuid.UUID
    column: str
    group: str
    text: str
    as_said: str
    picture: str
    file: uuid.UUID | None
    language: str
    said_by: str
    left_out: bool
    asked_for: bool
    form: Form = "text"
    media_type: str = ""
    added: bool = False

    @property
    def is_changed(self) -> bool:
        return not self.added and self.text != self.as_said

    @property
    def mark(self) -> str:
        """The same as long as nobody corrects the line."""
        return mark_of(tidy(self.text), self.left_out, self.asked_for)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One activity. ``lines`` are all of them; what a reader sees are those of ``shown``."""

    activity: Activity
    lines: tuple[Line, ...]
    counts: tuple[Counted, ...]
    answered: int
    folded: int

    @property
    def shown(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.left_out)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have lines to show, in the order of the board."""
        used = [line.column for line in self.shown]
        return tuple(dict.fromkeys((*(each for each in self.activity.columns if each in used), *used)))


class Report(msgspec.Struct, frozen=True, kw_only=True):
    record: SessionRecord
    sections: tuple[Section, ...]
    permitted: Permitted
    approved_on: dt.date | None
    approved_by: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """What stands in the report."""
        return tuple(line for section in self.sections for line in section.shown)

    @property
    def asks(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.asked_for and line.text)

    @property
    def mark(self) -> str:
        """The same as long as the report says the same."""
        return mark_of(*((line.id.hex, line.column, line.text, line.picture, str(line.file)) for line in self.lines))

    def section(self, activity: str) -> Section | None:
        return next((each for each in self.sections if each.activity.id == activity), None)


def report_of(
    record: SessionRecord, corrected: Corrected, *, approved_on: dt.date | None = None, approved_by: str = ""
) -> Report:
    """The report as it is now. It is approved as long as it says what the group agreed to."""
    lines = {each.activity.id: _lines(each, record, corrected) for each in record.activities}
    said = {line.id: line for of_one in lines.values() for line in of_one}
    report = Report(
        record=record,
        sections=tuple(
            Section(
                activity=each.activity,
                lines=lines[each.activity.id],
                counts=tuple(counted for one in each.counts if (counted := _counted(one, said))),
                answered=each.answered,
                folded=each.folded,
            )
            for each in record.activities
            if lines[each.activity.id] or not each.is_empty or each.folded
        ),
        permitted=corrected.permitted,
        approved_on=approved_on,
        approved_by=approved_by,
    )
    # A card may be unfolded, or come in late, after the group agreed.
    return (
        report if report.mark == corrected.agreed else msgspec.structs.replace(report, approved_on=None, approved_by="")
    )


def _lines(recorded: RecordedActivity, record: SessionRecord, corrected: Corrected) -> tuple[Line, ...]:
    activity, none = recorded.activity, Correction()
    return (
        *(_line(card, activity, corrected.lines.get(str(card.id), none)) for card in recorded.cards),
        *(
            _added(each, activity, record, corrected.lines.get(str(each.id), none))
            for each in corrected.added
            if each.activity == activity.id
        ),
    )


def _counted(counted: Counted, said: Mapping[uuid.UUID, Line]) -> Counted | None:
    """A count with the words of its card as they were corrected; none for cards that were left out."""
    if counted.card is not None:
        line = said.get(counted.card)
        if line is None or line.left_out or not line.text:
            return None
        return msgspec.structs.replace(counted, choice=msgspec.structs.replace(counted.choice, label=line.text))
    if counted.choice.code.startswith(OF_A_GROUP):
        name = counted.choice.code.removeprefix(OF_A_GROUP)
        if not any(line.group == name and not line.left_out for line in said.values()):
            return None
    return counted


def _line(card: RecordedCard, activity: Activity, correction: Correction) -> Line:
    return Line(
        id=card.id,
        column=card.column,
        group=card.group,
        text=card.text if correction.text is None else correction.text,
        as_said=card.text,
        picture=card.picture,
        file=card.file,
        language=card.language,
        said_by=card.said_by,
        form=card.form,
        media_type=card.media_type,
        # A photograph of a board may show what nobody has read yet: the group says when it goes in.
        left_out=activity.id == BOARD_PHOTO if correction.left_out is None else correction.left_out,
        asked_for=_asks(activity, card.column) if correction.asked_for is None else correction.asked_for,
    )


def _added(addition: Addition, activity: Activity, record: SessionRecord, correction: Correction) -> Line:
    return Line(
        id=addition.id,
        column=addition.column,
        group="",
        text=addition.text if correction.text is None else correction.text,
        as_said="",
        picture="",
        file=None,
        language=record.plan.language,
        said_by="own_words",
        left_out=bool(correction.left_out),
        asked_for=_asks(activity, addition.column) if correction.asked_for is None else correction.asked_for,
        added=True,
    )


def _asks(activity: Activity, column: str) -> bool:
    return activity.kind == "ask_leaders" or column in ASKED_FOR


def with_correction(corrected: Corrected, line: Line, correction: Correction) -> Corrected:
    """The corrections with this one of a line of the report. Raises :class:`ReportProblem`."""
    text = correction.text
    if text is not None and len(text) > LONGEST_LINE:
        raise ReportProblem("line_long", str(line.id), limit=LONGEST_LINE, length=len(text))
    if text is not None and not text and not (line.picture or line.file or correction.left_out):
        raise ReportProblem("line_empty", str(line.id))
    return msgspec.structs.replace(corrected, lines={**corrected.lines, str(line.id): correction})


def with_addition(report: Report, corrected: Corrected, addition: Addition) -> Corrected:
    """The corrections with one more sentence. Raises :class:`ReportProblem`."""
    section = next((each.activity for each in report.record.activities if each.activity.id == addition.activity), None)
    if section is None or (section.columns and addition.column not in section.columns):
        raise ReportProblem("no_column", "added")
    if len(addition.text) > LONGEST_LINE:
        raise ReportProblem("line_long", "added", limit=LONGEST_LINE, length=len(addition.text))
    if len(corrected.added) >= MOST_ADDED:
        raise ReportProblem("too_many", "added", limit=MOST_ADDED)
    return msgspec.structs.replace(corrected, added=(*corrected.added, addition))
