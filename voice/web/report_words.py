"""Words for the report of a session and for notes on paper: who agreed, what others may do, and what is wrong."""

from __future__ import annotations

from voice.capture.sessions.reading_notes import MOST_LINES, NotesProblem
from voice.capture.sessions.record import BOARD_PHOTO
from voice.capture.sessions.report import Report, ReportProblem
from voice.languages import gettext as _
from voice.web import import_words, room_words
from voice.web.wordings import date, number


def column(code: str) -> str:
    """A column of a board, as its code is worded, or the heading as people wrote it."""
    return room_words.column(code) or code


def agreed(report: Report) -> str:
    """Whether the group agreed to the report."""
    if report.approved_on is None:
        return _("This is a draft. The group has not agreed to it yet.")
    said = {
        "the group": _("The group agreed to this report on %(day)s."),
        "some of the group": _("Some people of the group agreed to this report for all, on %(day)s."),
        "the note taker": _("The person who took the notes checked them on %(day)s. Nobody asked the group."),
    }
    return said[report.approved_by] % {"day": date(report.approved_on)}


def approved_by(code: str) -> str:
    return {
        "the group": _("The whole group read it and agrees"),
        "some of the group": _("Some people of the group read it and agree, for all"),
        "the note taker": _("Nobody could ask the group. I took the notes, and I checked them."),
    }[code]


def permitted(code: str) -> str:
    return {
        "read": _("People who plan services may read our words"),
        "quote": _("Everybody may read our words too, without names"),
        "count": _("Only count what we said. Nobody reads the words."),
    }[code]


def report_problem(problem: ReportProblem) -> str:
    match problem.code:
        case "line_long":
            return room_words.too_long(problem.limit, problem.length)
        case "line_empty":
            return _("Write a few words. Or choose “Leave this out”.")
        case "too_many":
            return _("You can add up to %(limit)s sentences.") % {"limit": number(problem.limit)}
        case "no_column":
            return _("Choose where the sentence goes.")
        case "who_agreed":
            return _("Choose who agrees to the report.")
        case "permitted":
            return _("Choose what others may do with the words.")
        case "changed":
            return _("Somebody has changed the report in the meantime. Please read it again.")
        case _:
            return _("End the session first. Then the group can agree to its report.")


def notes_problem(problem: NotesProblem) -> str:
    match problem.code:
        case "nothing":
            return _("Paste the notes, or choose a file with them.")
        case "no_text_column":
            return _("We cannot find the notes in this table. Call the column with the notes “Text”.")
        case "too_many_lines":
            return _("These are more than %(limit)s notes. Split them into smaller parts.") % {
                "limit": number(MOST_LINES)
            }
        case "not_what_its_name_says":
            return _("This file is not what its name says. Save it again as CSV, Excel (.xlsx) or Word (.docx).")
        case _:
            return import_words.sheet_problem(problem.code)


def is_photo_of_board(activity: str) -> bool:
    return activity == BOARD_PHOTO
