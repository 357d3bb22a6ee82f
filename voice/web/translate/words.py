"""Words for what translators meet: states, plural forms, and what can be wrong with words or files."""

from __future__ import annotations

import re

from surveys.translating import plurals
from surveys.translating.checking import WordingProblem
from surveys.translating.messages import Message, placeholders
from voice.languages import gettext as _
from voice.web.wordings import number

_PLACE = re.compile(r"%\((\w+)\)s")
_SHOWN_PLACE = re.compile(r"\{(\w+)\}")


def shown(text: str) -> str:
    """The words with the places that are filled in as people can read them: ``{num}``."""
    return _PLACE.sub(r"{\1}", text)


def as_written(typed: str, message: Message) -> str:
    """The words as the catalogs have them, from words as ``shown`` gives them and as people type them.

    Braces that stand in the English are places of their own, and stay. The words begin and end with the spaces of the
    English, which nobody sees in a box: `` or `` stands between two others.
    """
    words, english = typed.replace("\r\n", "\n").strip(), message.forms[0]
    known = set().union(*map(placeholders, message.forms))
    written = _SHOWN_PLACE.sub(lambda found: found[0] if found[0] in known else f"%({found[1]})s", words)
    return english.replace(english.strip(), written) if written else ""


def state(code: str) -> str:
    return {
        "missing": _("No words yet"),
        "stale": _("The English has changed"),
        "unconfirmed": _("Not checked yet"),
        "confirmed": _("Checked"),
        "all": _("All"),
    }[code]


def where(kind: str) -> str:
    """Where people meet words: see ``voice/web/translate/where.py``."""
    return {
        "answering": _("Pages where people answer"),
        "paper": _("Forms on paper"),
        "class": _("Pages for a class"),
        "lead": _("The page of the lead"),
        "signing_in": _("Pages to sign in"),
        "everybody": _("Pages for everybody"),
        "staff": _("Pages for staff"),
        "many": _("Many pages"),
    }[kind]


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
        case "markup":
            return _("Take %(place)s out. Write words only.") % places
        case "wrong_number_of_forms":
            return _("This line needs another number of forms: %(count)s.") % {"count": number(problem.expected)}
        case "too_long":
            return _("These words are too long. Make them shorter.")
        case "formula":
            return _("A cell in this row is a formula. Write the words themselves.")


def file_problem(code: str, into: str) -> str:
    return {
        "no_file": _("Choose a file first."),
        "not_this_format": _("We cannot read this file. Choose a PO, XLIFF, CSV or Excel file that came from here."),
        "too_large": _("This file is larger than 20 MB. Split it into smaller files."),
        "too_many_lines": _("This file has too many lines. Split it into smaller files."),
        "other_language": _("This file is for another language. Choose the page of that language first."),
        "no_ids": _without_column("id"),
        "no_words": _without_column(f"words_{into}_1"),
    }[code]


def _without_column(name: str) -> str:
    return _("This table has no column called “%(name)s”. Choose a table that came from here.") % {"name": name}


def numbers_of_form(language: str, place: int) -> str:
    """Which numbers take a form: ``1`` or ``2, 3, 4, 22 …``."""
    shown = ", ".join(number(each) for each in plurals.examples(language)[place])
    return shown if place in plurals.forms_of_one_number(language) else f"{shown} …"
