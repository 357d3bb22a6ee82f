"""What a letter about worries says, in the language of whoever gets it: how many there are, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from voice.languages import gettext as _
from voice.languages import ngettext, speak


def letter(steps: Sequence[str], *, may_read: bool, language: str, base_url: str) -> tuple[str, str]:
    """The subject and the text of one letter about all these; ``steps`` are as in ``WorryReminder``."""
    speak(language)
    new = sum(step == "new" for step in steps)
    due = sum(step == "due" for step in steps)
    late = sum(step in ("late", "deputy", "administrator") for step in steps)
    lines = []
    if new:
        lines.append(ngettext("%(num)s new worry waits.", "%(num)s new worries wait.", new) % {"num": new})
    if due:
        lines.append(
            ngettext("Somebody must look at %(num)s worry today.", "Somebody must look at %(num)s worries today.", due)
            % {"num": due}
        )
    if late:
        lines.append(
            ngettext(
                "Nobody looked at %(num)s worry in the time that you agreed on.",
                "Nobody looked at %(num)s worries in the time that you agreed on.",
                late,
            )
            % {"num": late}
        )
    lines.append("")
    if may_read:
        lines += [_("Please look today."), f"{base_url}/work/worries"]
    else:
        lines += [
            _("You cannot read them. Please make sure that somebody looks today."),
            f"{base_url}/work/safeguarding",
        ]
    lines += ["", _("This letter does not say what it is about. That keeps people safe.")]
    return _("Worries wait for somebody to look"), "\n".join(lines) + "\n"
