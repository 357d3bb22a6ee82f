"""Words for registers: what a column is used for, and what is the matter with a row."""

from __future__ import annotations

from voice.languages import gettext as _


def use(code: str) -> str:
    return {
        "": _("Do not use"),
        "email": _("E-mail address"),
        "mobile": _("Mobile number"),
        "name": _("Whole name"),
        "first_name": _("First name"),
        "surname": _("Surname"),
        "address_1": _("Address, first line"),
        "address_2": _("Address, second line"),
        "address_3": _("Address, third line"),
        "town": _("Town"),
        "postcode": _("Postcode"),
        "born": _("Day of birth"),
        "nhs_number": _("NHS number"),
        "upn": _("Unique pupil number"),
        "reference": _("Reference"),
        "language": _("The language"),
        "audience": _("Who they are (parent carer, young person …)"),
        "need": _("Need"),
        "stage": _("Stage or year group"),
        "setting": _("School, college or club"),
        "area": _("Area"),
    }[code]


def group(code: str) -> str:
    return use(code)


def note(code: str) -> str:
    return {
        "no_way": _("There is no e-mail address, mobile number or whole address we can use."),
        "no_key": _("Nothing in this row tells the person apart from others."),
        "twice": _("The same person stands in a row above."),
        "bad_email": _("We cannot read the e-mail address. We left it out."),
        "bad_mobile": _("This is not a mobile number. We left it out."),
        "half_address": _("The address has no postcode. We left it out."),
        "unknown_language": _("We do not speak this language. We will write in English."),
        "unknown_audience": _("We do not know who this is. We took what you chose for the file."),
        "own_key": _(
            "Some details are missing that partners know families by. Other partners may not know this family."
        ),
    }[code]
