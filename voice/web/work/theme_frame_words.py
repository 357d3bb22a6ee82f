"""Words about the code frame: what is wrong with a change or a file, and what a change is called."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from analysis.code_frame import CodeFrameProblem
from voice.languages import gettext as _
from voice.themes.changes import Change, ChangeProblem, applied
from voice.themes.drafting import Draft, KeptChange
from voice.themes.frames import FrameTheme
from voice.web import wordings


class ToldChange(msgspec.Struct, frozen=True):
    """A change as ``templates/work/themes/frame_parts.html`` tells it: names before and after it."""

    id: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    part: str
    same_meaning: bool

    @property
    def asks_meaning(self) -> bool:
        return self.kind in ("rename", "describe")


def told(draft: Draft, only: Sequence[KeptChange] | None = None) -> list[ToldChange]:
    """The changes of the draft in order, or some of them, with the names that themes had at that moment."""
    found = []
    themes = draft.base.themes
    for kept in draft.changes:
        names = _names(themes)
        themes = applied(themes, kept.change)
        if only is None or kept in only:
            found.append(_told(kept, names, _names(themes)))
    return found


def _told(kept: KeptChange, before: Mapping[str, str], after: Mapping[str, str]) -> ToldChange:
    change: Change = kept.change
    return ToldChange(
        id=str(kept.id),
        kind=change.kind,
        before=tuple(before[each] for each in change.before),
        after=tuple(after[each] for each in change.after),
        part=change.made[0].part if change.kind == "move" else "",
        same_meaning=change.same_meaning,
    )


def _names(themes: Sequence[FrameTheme]) -> dict[str, str]:
    return {theme.theme_id: wordings.theme(theme.theme_id, theme.theme) for theme in themes}


def token_of(theme_id: str) -> str:
    """What stands in an address for a theme: an id may hold letters that an address cannot."""
    return hashlib.blake2b(theme_id.encode(), digest_size=9).hexdigest()


def theme_at(themes: Sequence[FrameTheme], token: str) -> FrameTheme | None:
    return next((each for each in themes if token_of(each.theme_id) == token), None)


def problem(found: ChangeProblem) -> str:
    return {
        "gone": _("This theme is in the draft no longer."),
        "id_taken": _("The code “%(id)s” belonged to another theme before. Please choose another code."),
        "no_name": _("Write a name for the theme."),
        "long_name": _("This name is too long. It can have up to 120 letters."),
        "long_description": _("This description is too long. It can have up to 600 letters."),
        "many_keywords": _("These are too many keywords. A theme can have up to 400."),
        "many_themes": _("These are too many themes. A list can have up to 200."),
        "last_theme": _("The list needs one theme or more."),
        "name_taken": _("Another theme has this name. Please choose another name."),
        "few": _("Choose two themes or more."),
        "needed": _("A later change needs this one. Undo the later one first."),
        "meaning": _("Say if it still means the same."),
    }[found.code] % {"id": found.field}


def file_problem(found: CodeFrameProblem) -> str:
    """What to do about a file that is no code frame."""
    line = "" if found.line is None else wordings.number(found.line)
    return {
        "no_file": _("Choose a file first."),
        "file_missing": _("Choose a file first."),
        "file_empty": _("This file is empty."),
        "file_large": _("This file is too large for a list of themes."),
        "file_unreadable": _("We cannot read this file. Save it again as a CSV file."),
        "column_missing": _("The column “%(name)s” is missing in this file."),
        "id_missing": _("Line %(line)s has no code for its theme."),
        "id_repeated": _("The code “%(name)s” comes twice. The second is in line %(line)s."),
        "id_invalid": _("The code “%(name)s” in line %(line)s must begin with a letter or a number."),
        "no_themes": _("This file has no themes."),
        "nothing_new": _("This file has the same themes as the draft. Nothing changes."),
    }[found.code] % {"name": found.field, "line": line}
