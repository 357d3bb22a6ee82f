"""Changes of a code frame, one after the other, and what each means for numbers of earlier terms."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

from voice.themes.frames import FrameTheme

ChangeKind = Literal["add", "remove", "rename", "describe", "move", "split", "merge"]

MOST_THEMES = 200
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 600
MOST_KEYWORDS = 400


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change. ``before`` are the ids it is about, ``made`` the themes as it leaves them.

    A rename sets the name of ``made`` alone, ``describe`` the description and keywords, ``move`` the part and the
    place: behind the theme ``behind``, or first in its part. ``same_meaning`` is what the analyst says of a rename or
    a description.
    """

    kind: ChangeKind
    before: tuple[str, ...] = ()
    made: tuple[FrameTheme, ...] = ()
    same_meaning: bool = True
    behind: str = ""

    @property
    def after(self) -> tuple[str, ...]:
        return tuple(theme.theme_id for theme in self.made)

    @property
    def breaks(self) -> bool:
        """Whether the lines of the themes after it begin here, or those before it end."""
        return self.kind in ("add", "remove", "split") or not self.same_meaning


class ChangeProblem(Exception):
    """A change that cannot be made.

    ``code`` is ``gone`` (a theme that it is about is not there), ``id_taken``, ``no_name``, ``long_name``,
    ``long_description``, ``many_keywords``, ``many_themes``, ``last_theme``, ``name_taken``, ``few`` (a split into
    fewer than two, a merge of fewer than two) or ``needed`` (a later change builds on what was to be undone);
    ``field`` says which theme or field.
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code, field)
        self.code = code
        self.field = field


def applied(themes: Sequence[FrameTheme], change: Change) -> tuple[FrameTheme, ...]:
    """The themes after the change. Raises :class:`ChangeProblem`."""
    known = {theme.theme_id: theme for theme in themes}
    for theme_id in change.before:
        if theme_id not in known:
            raise ChangeProblem("gone", theme_id)
    for theme in change.made:
        _check(theme)
        if theme.theme_id in known and theme.theme_id not in change.before:
            raise ChangeProblem("id_taken", theme.theme_id)
    after = _after(tuple(themes), known, change)
    if not after:
        raise ChangeProblem("last_theme")
    if len(after) > MOST_THEMES:
        raise ChangeProblem("many_themes")
    names: set[str] = set()
    for theme in after:
        name = theme.theme.casefold()
        if name in names and any(name == made.theme.casefold() for made in change.made):
            raise ChangeProblem("name_taken", theme.theme)
        names.add(name)
    return after


def replayed(themes: Sequence[FrameTheme], changes: Iterable[Change]) -> tuple[FrameTheme, ...]:
    """The themes after all changes. Raises :class:`ChangeProblem`."""
    now = tuple(themes)
    for change in changes:
        now = applied(now, change)
    return now


def parts_of(themes: Sequence[FrameTheme]) -> list[tuple[str, list[FrameTheme]]]:
    """The parts of the frame with their themes, in the order in which each part first comes."""
    parts: dict[str, list[FrameTheme]] = {}
    for theme in themes:
        parts.setdefault(theme.part, []).append(theme)
    return list(parts.items())


def _check(theme: FrameTheme) -> None:
    if not theme.theme.strip():
        raise ChangeProblem("no_name", theme.theme_id)
    if max(len(theme.theme), len(theme.part), len(theme.theme_id)) > LONGEST_NAME:
        raise ChangeProblem("long_name", theme.theme_id)
    if len(theme.description) > LONGEST_DESCRIPTION:
        raise ChangeProblem("long_description", theme.theme_id)
    if len(theme.keywords) > MOST_KEYWORDS:
        raise ChangeProblem("many_keywords", theme.theme_id)


def _after(themes: tuple[FrameTheme, ...], known: dict[str, FrameTheme], change: Change) -> tuple[FrameTheme, ...]:
    match change.kind:
        case "add":
            return (*themes, *change.made)
        case "remove":
            return tuple(theme for theme in themes if theme.theme_id not in change.before)
        case "rename" | "describe":
            made = change.made[0]
            old = known[change.before[0]]
            new = (
                msgspec.structs.replace(old, theme=made.theme)
                if change.kind == "rename"
                else msgspec.structs.replace(old, description=made.description, keywords=made.keywords)
            )
            return tuple(new if theme is old else theme for theme in themes)
        case "move":
            return _moved(themes, known[change.before[0]], change)
        case "split":
            if len(change.made) < 2:
                raise ChangeProblem("few")
            return _in_place_of(themes, change)
        case "merge":
            if len(set(change.before)) < 2:
                raise ChangeProblem("few")
            return _in_place_of(themes, change)


def _in_place_of(themes: tuple[FrameTheme, ...], change: Change) -> tuple[FrameTheme, ...]:
    """What was made stands where the first of what it was made from stood."""
    first = next(index for index, theme in enumerate(themes) if theme.theme_id in change.before)
    rest = [theme for theme in themes[first:] if theme.theme_id not in change.before]
    return (*themes[:first], *change.made, *rest)


def _moved(themes: tuple[FrameTheme, ...], old: FrameTheme, change: Change) -> tuple[FrameTheme, ...]:
    new = msgspec.structs.replace(old, part=change.made[0].part)
    others = [theme for theme in themes if theme is not old]
    there = [index for index, theme in enumerate(others) if theme.part == new.part]
    behind = [index for index in there if others[index].theme_id == change.behind]
    place = behind[0] + 1 if behind else there[0] if there else len(others)
    return (*others[:place], new, *others[place:])


def proposed_id(name: str, taken: Collection[str]) -> str:
    """An id from a theme's name, such as ``long_waits``, that is not taken; ``theme`` and a number in other scripts."""
    marks = unicodedata.normalize("NFD", name.casefold())
    bare = "".join(letter for letter in marks if not unicodedata.combining(letter) and letter not in "'’")
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in bare)
    wish = "_".join(letters.split())[:40].strip("_") or "theme"
    number = 1
    while (found := wish if number == 1 else f"{wish}_{number}") in taken:
        number += 1
    return found
