"""Words for what translators meet: states, plural forms, and what can be wrong with words or files."""

from __future__ import annotations

import re

from surveys.translating import plurals
from surveys.translating.checking import WordingProblem
from voice.languages import gettext as _
from voice.web.wordings import number

_PLACE = re.compile(r"%\((\w+)\)s")
_SHOWN_PLACE = re.compile(r"\{(\w+)\}")


def shown(text: str) -> str:
    """The words with the places that are filled in as people can read them: ``{num}``."""
    return _PLACE.sub(r"{\1}", text)


def as_written(text: str) -> str:
    """The words with the places as the catalogs have them, from words as ``shown`` gives them."""
    return _SHOWN_PLACE.sub(r"%(\1)s", text)


def state(code: str) -> str:
    return {
        "missing": _("No words yet"),
        "stale": _("The English has changed"),
        "unconfirmed": _("Not checked yet"),
        "confirmed": _("Checked"),
        "all": _("All"),
    }[code]


def outcome(code: str) -> str:
    """What becomes of a line that is not taken in."""
    return {
        "empty": _("There are no words in this line."),
        "unknown": _("We do not know this message. Leave the id as it was."),
        "twice": _("This message stands in the file twice. We take the first."),
        "other_english": _("The English is not the same any more. Get a new file for this line."),
    }[code]


def wording_problem(problem: WordingProblem) -> str:
    places = {"place": shown(problem.placeholder)}
    match problem.code:
        case "empty":
            return _("Write the words in each box.")
        case "placeholder_missing":
            return _("Put %(place)s back into the words. The product fills it in.") % places
        case "placeholder_extra":
            return _("Take %(place)s out. It does not stand in the English.") % places
        case "wrong_number_of_forms":
            return _("This line needs another number of forms: %(count)s.") % {"count": number(problem.expected)}
        case "too_long":
            return _("These words are too long. Make them shorter.")
        case "formula":
            return _("A cell in this row is a formula. Write the words themselves.")


def file_problem(code: str) -> str:
    return {
        "no_file": _("Choose a file first."),
        "not_this_format": _("We cannot read this file. Choose a PO, XLIFF, CSV or Excel file that came from here."),
        "too_large": _("This file is larger than 20 MB. Split it into smaller files."),
        "too_many_lines": _("This file has too many lines. Split it into smaller files."),
        "other_language": _("This file is for another language. Choose the page of that language first."),
        "no_ids": _("This table has no column called “id”. Choose a table that came from here."),
        "no_words": _("This table has no column called “words_1”. Choose a table that came from here."),
    }[code]


def numbers_of_form(language: str, place: int) -> str:
    """Which numbers take a form: ``1`` or ``2, 3, 4, 22 …``."""
    shown = ", ".join(number(each) for each in plurals.examples(language)[place])
    return shown if place in plurals.forms_of_one_number(language) else f"{shown} …"
