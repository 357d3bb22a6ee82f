"""What a reminder says, in the language of whoever gets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.dates import format_date

from surveys.document import wording
from voice.actions.promise import Promise
from voice.languages import LANGUAGES, ngettext, speak
from voice.languages import gettext as _


def reminder(actions: Sequence[Promise], *, language: str, base_url: str, today: dt.date) -> tuple[str, str]:
    """The subject and the text of one letter about all these actions."""
    speak(language)
    lines = [_("You look after something that we promised."), ""]
    for each in actions:
        lines += [
            wording(each.decided, language),
            _when(each, today, LANGUAGES[language].locale),
            f"{base_url}/work/actions/{each.id}",
            "",
        ]
    lines += [
        _("Please say what has happened, and what still needs to happen."),
        _("If we cannot do it, say so, and why. That is an answer too."),
    ]
    return _("A reminder about what we promised"), "\n".join(lines) + "\n"


def _when(action: Promise, today: dt.date, locale: str) -> str:
    assert action.due_on is not None, "only what has a day is reminded of"
    late = (today - action.due_on).days
    if late > 0:
        return ngettext("It was due %(num)s day ago.", "It was due %(num)s days ago.", late) % {"num": late}
    if late == 0:
        return _("It is due today.")
    return _("It is due on %(day)s.") % {"day": format_date(action.due_on, format="long", locale=locale)}
