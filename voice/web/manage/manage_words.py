"""Words about organisations, and about what is given to whom."""

from __future__ import annotations

from voice.languages import gettext as _
from voice.people.permissions import Kind


def organisation_kind(code: str) -> str:
    return {
        "council": _("Council"),
        "nhs": _("NHS"),
        "school": _("School"),
        "college": _("College"),
        "forum": _("Parent carer forum"),
        "charity": _("Charity"),
        "other": _("Somebody else"),
    }[code]


def problem(code: str) -> str:
    return {
        "email": _("Write an e-mail address, for example name@council.gov.uk."),
        "role": _("Choose a role from the list."),
        "role_of_the_host": _("This role is for the whole partnership. Choose another role for this organisation."),
        "organisation": _("Choose an organisation from the list."),
        "last_administrator": _("One administrator must stay. Add another one first."),
        "no_name": _("Write a name."),
        "too_long": _("This is too long. Please make it shorter."),
        "known": _("There is one with this name already. Write another name."),
        "kind": _("Choose what kind of organisation it is."),
        "nobody": _("Write the e-mail address of a colleague, or choose a group."),
        "unknown_colleague": _("We do not know this address. Add the person under People first."),
    }[code]


def thing_kind(kind: Kind) -> str:
    return {
        Kind.SURVEY: _("Survey"),
        Kind.SESSION: _("Session"),
        Kind.REGISTER: _("Register"),
        Kind.SEND: _("Invitation"),
        Kind.STACK: _("Paper forms"),
        Kind.REVIEWS: _("Annual reviews"),
    }[kind]
