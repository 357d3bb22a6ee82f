"""What the columns of a register are used for: guessed from their headings, and put right by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from surveys.importing.wording import wording

HEADINGS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "email address", "e-mail address", "contact email", "parent email", "mail"),
    "mobile": (
        *("mobile", "mobile number", "mobile phone", "mobile phone number", "phone", "phone number", "telephone"),
        *("telephone number", "tel", "contact number", "cell"),
    ),
    "name": ("name", "full name", "parent name", "carer name", "parent or carer", "contact name", "addressee"),
    "first_name": ("first name", "forename", "given name", "first names"),
    "surname": ("surname", "last name", "family name", "second name"),
    "address_1": ("address", "address line 1", "address 1", "address1", "street", "house", "line 1"),
    "address_2": ("address line 2", "address 2", "address2", "line 2"),
    "address_3": ("address line 3", "address 3", "address3", "line 3"),
    "town": ("town", "city", "town or city", "post town", "address line 4", "address 4"),
    "postcode": ("postcode", "post code", "zip", "postal code"),
    "born": ("date of birth", "dob", "born", "birthday", "birth date", "child date of birth"),
    "nhs_number": ("nhs number", "nhs no", "nhs"),
    "upn": ("upn", "unique pupil number"),
    "reference": ("reference", "ref", "case reference", "case number", "family reference", "id"),
    "language": ("language", "home language", "preferred language", "first language", "lang"),
    "audience": ("audience", "who", "kind of person", "role", "respondent"),
    "need": ("need", "primary need", "type of need", "send need", "sen need", "main need"),
    "stage": ("stage", "key stage", "year group", "year", "phase", "nc year"),
    "setting": ("setting", "school", "school or college", "placement", "provision"),
    "area": ("area", "locality", "ward", "district", "neighbourhood"),
}
"""Every use of a column, with what such columns may be called."""

GROUPS = ("need", "stage", "setting", "area")
"""What tells groups apart, so that it can be seen who is left out."""

UNUSED = ""


def guessed(headers: Sequence[str]) -> tuple[str, ...]:
    """For each column what it is used for, or ``UNUSED``; nothing is used twice."""
    plain = [wording(header) for header in headers]
    found = [UNUSED] * len(headers)
    for use, names in HEADINGS.items():
        for name in names:
            at = next((at for at, said in enumerate(plain) if said == name and not found[at]), None)
            if at is not None:
                found[at] = use
                break
    return tuple(found)


def chosen(form: Mapping[str, str], headers: Sequence[str]) -> tuple[str, ...]:
    """What somebody chose on the page for each column: the fields ``column-0``, ``column-1`` and so on."""
    said = [form.get(f"column-{at}", UNUSED) for at in range(len(headers))]
    return tuple(use if use in HEADINGS else UNUSED for use in said)


def used_twice(columns: Sequence[str]) -> str:
    """A use that two columns were given, or ""."""
    return next((use for use in columns if use and columns.count(use) > 1), "")
