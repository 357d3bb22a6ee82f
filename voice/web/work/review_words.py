"""Words for reviews: how children and young people took part, and what a register says that cannot be read."""

from __future__ import annotations

from surveys.terms import is_term
from voice.capture.reviews.register import RowProblem
from voice.languages import gettext as _
from voice.web import wordings


def way(code: str) -> str:
    return {
        "attended": _("Came to the meeting"),
        "sent_views": _("Sent their views"),
        "spoken_for": _("Somebody spoke for them"),
        "chose_not": _("Chose not to"),
        "not_asked": _("Nobody asked them"),
        "active": _("Took an active part"),
        "not_active": _("Took no active part"),
    }[code]


def kind(code: str) -> str:
    return {"term": _("Term"), "year_group": _("Year group"), "setting": _("School, college or club")}[code]


def group(kind: str, name: str) -> str:
    """The name of a line in a table by ``kind``."""
    if not name:
        return _("Not known")
    if kind == "term" and is_term(name):
        return wordings.term(name)
    return year_group(name) if kind == "year_group" else name


def year_group(code: str) -> str:
    return {
        "reception": _("Reception"),
        "year_1": _("Year 1"),
        "year_2": _("Year 2"),
        "year_3": _("Year 3"),
        "year_4": _("Year 4"),
        "year_5": _("Year 5"),
        "year_6": _("Year 6"),
        "year_7": _("Year 7"),
        "year_8": _("Year 8"),
        "year_9": _("Year 9"),
        "year_10": _("Year 10"),
        "year_11": _("Year 11"),
        "year_12": _("Year 12"),
        "year_13": _("Year 13"),
        "not_in_school": _("Not in school"),
    }[code]


def school_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def register_problem(code: str) -> str:
    return {
        "no_child_column": _("We see no column with the child’s reference. Call it “Child reference”."),
        "no_date_column": _("We see no column with the day of the review. Call it “Review date”."),
    }[code]


def row_problem(found: RowProblem) -> str:
    match found.code:
        case "no_child":
            return _("This row has no reference.")
        case "no_date":
            return _("This row has no day.")
        case "bad_date":
            return _("We cannot read this day. Write it like 27/3/2027.")
        case "unknown_year":
            return _("We do not know this year group. We left it empty.")
        case "unknown_way":
            return _("We do not know this way of taking part. We left it empty.")
    said = {
        "year_group": _("Year group"),
        "setting": _("School, college or club"),
        "participation": _("How they took part"),
    }[found.excerpt]
    if found.other is None:
        return _("We have this review with something else here: %(what)s. We kept what we had.") % {"what": said}
    return _("Row %(other)s has the same review with something else here: %(what)s. We kept row %(other)s.") % {
        "other": wordings.number(found.other),
        "what": said,
    }
