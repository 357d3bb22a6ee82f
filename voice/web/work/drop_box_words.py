"""Words for the drop box: kinds of partners, uses, what was pointed out, and what can be wrong with what came in."""

from __future__ import annotations

import datetime as dt

from analysis.redaction import Detail
from surveys.importing.mapping import RESPONDENT_KINDS
from surveys.question_types import age_band as bands
from voice.capture.drop_box.contributions import PARTNER_KINDS
from voice.capture.drop_box.splitting import SPLITTINGS
from voice.languages import gettext as _
from voice.web import wordings

AGE_BANDS = tuple(option.code for option in bands.options(lambda message: {"en": message}))
PERMITTED = ("count", "read", "quote")


def problem(code: str) -> str:
    return {
        "nothing": _("Write what people said, or choose a file."),
        "only_pictures": _(
            "There are only pictures of words in this file. Type what it says. You can also attach it with a summary."
        ),
        "locked": _("This file has a password. Save it without one. Then choose it again."),
        "old_kind": _("This is an old kind of file. Open it and save it as .docx or .xlsx. Then choose it again."),
        "not_this_kind": _("We cannot read this kind of file. Choose a text, Word, PDF, Excel, CSV or e-mail file."),
        "not_what_its_name_says": _("This file is not what its name says. Open it and save it again."),
        "too_big": _("This file is too big for us. Please choose a shorter or smaller one."),
        "too_long": _("There are too many words in this file. Split it into smaller files."),
        "empty": _("There are no words in this file. Please choose another one."),
        "unreadable": _("We cannot open this file. Save it again, or type what it says."),
        "too_many_parts": _(
            "This makes more than 300 voices. Nobody can look at so many. Split the file, or bring it in as answers."
        ),
        "part_too_long": _("One part is too long to be one voice. Split it into lines or paragraphs."),
        "nothing_left": _("Nothing is left to take in. Choose a column with words."),
        "words_too_long": _("This is too long for the box. Split it, or send it as a file."),
        "changed": _("This was split in another way meanwhile. Please look again."),
        "choose_alike": _("Please choose for each voice that we know already. Is it the same?"),
        "nothing_kept": _("You left everything out. Keep one voice, or choose “Not for us”."),
        "partner": _("Write who heard it: the name of the partner."),
        "partner_kind": _("Choose what kind of partner it is."),
        "heard_on": _("Write the month and the year in which you heard it, such as 11 2026."),
        "heard_later": _("This day is still to come. Please check it."),
        "respondent_kind": _("Choose who said it."),
        "permitted": _("Choose what we may do with it."),
        "setting": _("This is too long. Please make it shorter."),
        "expires_on": _("Choose a last day that is still to come. Or leave it empty."),
    }[code]


def left_out(why: str) -> str:
    """Why something is not among the voices."""
    return {
        "only_pictures": _("only pictures of words"),
        "locked": _("locked with a password"),
        "old_kind": _("an old kind of file"),
        "not_this_kind": _("a kind of file that we cannot read"),
        "not_what_its_name_says": _("not what its name says"),
        "too_big": _("too big"),
        "too_long": _("too many words"),
        "empty": _("no words in it"),
        "unreadable": _("damaged, or too hard to open"),
        "too_many": _("more than the 10 files that we read of one e-mail"),
        "programs": _("programs (macros) in the file. We read the words only."),
        "some_pages": _("pages that are only pictures"),
        "personal_column": _("a column with personal details"),
        "picture": _("a picture, sound or film"),
    }[why]


def partner_kind(code: str) -> str:
    return {
        "council": _("Council"),
        "icb": _("NHS board (ICB)"),
        "pcf": _("Parent carer forum"),
        "sendias": _("Advice service (SENDIAS)"),
        "school": _("School or college"),
        "hospital": _("Hospital or clinic"),
        "charity": _("Charity or group"),
    }.get(code, _("Somebody else"))


def permitted(code: str) -> str:
    return {
        "count": _("Only count it. Nobody reads the words."),
        "read": _("We may read the words. We do not show them."),
        "quote": _("We may show the words, after a person has released them."),
    }[code]


def splitting(code: str) -> str:
    return {
        "whole": _("All of it is what one person said"),
        "paragraphs": _("Each paragraph is what one person said"),
        "lines": _("Each line or bullet point is what one person said"),
    }[code]


def way(code: str) -> str:
    return {
        "words": _("Typed in"),
        "file": _("From a file"),
        "mail": _("By e-mail"),
        "open": _("From the page “Tell us”"),
    }[code]


def detail(found: Detail) -> str:
    """What the machine takes some words for."""
    if found.kind == "PERSON" and not found.is_likely:
        return _("perhaps a name")
    return {
        "EMAIL": _("an e-mail address"),
        "URL_HANDLE": _("a web address"),
        "PHONE": _("a phone number"),
        "POSTCODE": _("a postcode"),
        "ADDRESS": _("an address"),
        "NHS_NUMBER": _("an NHS number"),
        "REFERENCE": _("a reference number"),
        "DOB": _("a day of birth"),
        "PERSON": _("a name"),
        "SCHOOL_OR_PLACE": _("a school or place"),
    }[found.kind]


def source(code: str) -> str:
    return {
        "survey": _("Survey"),
        "session": _("Session"),
        "review": _("Yearly review"),
        "drop_box": _("Drop box"),
    }.get(code, _("Tell us"))


def heard_on(written: str) -> str:
    """A day or a month as it is kept."""
    return wordings.date(dt.date.fromisoformat(written)) if len(written) > 7 else wordings.month(written)


def age_band(code: str) -> str:
    return {
        "under_5": _("Under 5"),
        "5_to_10": _("5 to 10"),
        "11_to_15": _("11 to 15"),
        "16_to_18": _("16 to 18"),
        "19_to_25": _("19 to 25"),
        "over_25": _("26 or older"),
    }[code]


CHOICES = {
    "partner_kinds": PARTNER_KINDS,
    "respondent_kinds": RESPONDENT_KINDS,
    "permitted": PERMITTED,
    "splittings": SPLITTINGS,
    "age_bands": AGE_BANDS,
}
"""The codes that forms offer, in their order."""
