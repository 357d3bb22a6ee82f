"""Words for the contact ledger: what a partner's file says that cannot be used, and what families are known by."""

from __future__ import annotations

from collections.abc import Sequence

from voice.languages import gettext as _
from voice.web.import_words import sheet_problem


def part(code: str) -> str:
    return {
        "email": _("E-mail address"),
        "phone": _("Phone number"),
        "surname": _("Family name"),
        "postcode": _("Postcode"),
        "born": _("Date of birth"),
        "nhs_number": _("NHS number"),
        "upn": _("Pupil number"),
        "reference": _("Reference"),
    }[code]


def problem(code: str, about: Sequence[str]) -> str:
    if code.startswith("part_"):
        return _("Write it in full: %(what)s.") % {"what": part(code.removeprefix("part_"))}
    said = {
        "partner": _("Write who asked these families."),
        "clear_text": _(
            "There are names or addresses where keys should be (%(columns)s). We have kept nothing. "
            "Make the keys first, on the page “Make keys”."
        ),
        "no_column": _("These columns are missing: %(columns)s."),
        "nothing": _("No row of this file can be used. We have kept nothing."),
        "reason": _("Choose a reason."),
        "last_day": _("Choose a last day, up to two years from now."),
    }
    return said[code] % {"columns": ", ".join(about)} if code in said else sheet_problem(code)


def reason(code: str) -> str:
    return {
        "bereavement": _("Somebody has died"),
        "tribunal": _("They are in a tribunal"),
        "other": _("Another hard time"),
    }[code]


def left_out(code: str) -> str:
    return {
        "family_missing": _("No family stands there"),
        "family_wrong_form": _("The family key has another form than ours"),
        "time_unreadable": _("We cannot read the day"),
        "kind_unknown": _("We do not know this kind of contact"),
        "outcome_unknown": _("We do not know what came of it"),
        "same_send_by_two_partners": _("Another partner told us of it"),
        "same_send_twice": _("It stands there twice"),
    }[code]


def doubt(code: str) -> str:
    return {
        "time_without_zone": _("The time had no zone. We read it as time in England."),
        "time_twice_that_night": _("It was the night when the clocks go back. We took the first hour."),
        "time_never_was": _("It was the hour that the clocks leap over. We took the hour after."),
        "person_missing": _("No person stood there. It counts for the family."),
        "outcome_missing": _("It did not say what came of it. It counts as no answer."),
        "minutes_missing": _("It did not say how many minutes."),
        "minutes_unusable": _("The minutes cannot be right. We left them out."),
        "bounced": _("It did not arrive."),
        "asked_after_answer": _("Somebody got another message after they had answered."),
    }[code]
