"""Forms about themes: what stands in their fields, and the changes that they ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from voice.themes.changes import Change, ChangeProblem, proposed_id
from voice.themes.frames import FrameTheme

Fields = Mapping[str, str]

SPLIT_INTO = 3
"""So many new themes a page for splitting has room for. Two are enough."""

FIRST = "first"
"""A theme is to stand first in its part."""


def fields_of(theme: FrameTheme, themes: Sequence[FrameTheme]) -> dict[str, str]:
    """The fields of the page for one theme."""
    same = [each.theme_id for each in themes if each.part == theme.part]
    place = same.index(theme.theme_id)
    return {
        "name": theme.theme,
        "description": theme.description,
        "keywords": "; ".join(theme.keywords),
        "part": theme.part,
        "behind": same[place - 1] if place else FIRST,
    }


def changes_of(form: Fields, theme: FrameTheme, themes: Sequence[FrameTheme]) -> list[Change]:
    """What the page for one theme asks for. Raises ``ChangeProblem``; ``meaning`` when that was not said."""
    before = fields_of(theme, themes)
    made = _theme(form, theme.theme_id)
    changes = []
    if made.theme != theme.theme:
        changes.append(Change("rename", (theme.theme_id,), (made,)))
    if (made.description, made.keywords) != (theme.description, theme.keywords):
        changes.append(Change("describe", (theme.theme_id,), (made,)))
    if changes and form.get("meaning") not in ("same", "other"):
        raise ChangeProblem("meaning", "meaning")
    if form.get("meaning") == "other":
        changes = [Change(each.kind, each.before, each.made, same_meaning=False) for each in changes]
    behind = form.get("behind", before["behind"])
    if made.part != theme.part or behind not in (before["behind"], theme.theme_id):
        changes.append(Change("move", (theme.theme_id,), (made,), behind="" if behind == FIRST else behind))
    return changes


def addition_in(form: Fields, taken: Collection[str]) -> Change:
    made = _theme(form, "")
    return Change("add", (), (_with_id(made, taken),))


def split_in(form: Fields, theme: FrameTheme, taken: Collection[str]) -> Change:
    """Themes in place of one. One of them may keep its code: ``keeps`` is its row."""
    made: list[FrameTheme] = []
    for row in range(1, SPLIT_INTO + 1):
        new = _theme(form, theme.theme_id, f"-{row}", part=theme.part)
        if not new.theme:
            continue
        if form.get("keeps") != str(row):
            new = _with_id(new, {*taken, theme.theme_id, *(each.theme_id for each in made)})
        made.append(new)
    return Change("split", (theme.theme_id,), tuple(made))


def merge_in(form: Fields, themes: Sequence[FrameTheme]) -> Change:
    """One theme in place of several. It has the code of the first, and the keywords of all."""
    chosen = [each for each in themes if form.get(f"theme-{each.theme_id}")]
    if len(chosen) < 2:
        raise ChangeProblem("few", "chosen")
    made = FrameTheme(
        theme_id=chosen[0].theme_id,
        theme=_line(form.get("name", "")),
        description=_line(form.get("description", "")) or " ".join(filter(None, (each.description for each in chosen))),
        keywords=tuple(dict.fromkeys(keyword for each in chosen for keyword in each.keywords)),
        part=chosen[0].part,
    )
    return Change("merge", tuple(each.theme_id for each in chosen), (made,))


def keywords_in(written: str) -> tuple[str, ...]:
    """Words with a semicolon or a new line between them, each once."""
    found = (_line(each) for each in re.split(r"[;\n]", written))
    return tuple(dict.fromkeys(filter(None, found)))


def _theme(form: Fields, theme_id: str, row: str = "", part: str | None = None) -> FrameTheme:
    return FrameTheme(
        theme_id=theme_id,
        theme=_line(form.get(f"name{row}", "")),
        description=_line(form.get(f"description{row}", "")),
        keywords=keywords_in(form.get(f"keywords{row}", "")),
        part=_line(form.get("part", "")) if part is None else part,
    )


def _with_id(theme: FrameTheme, taken: Collection[str]) -> FrameTheme:
    return FrameTheme(proposed_id(theme.theme, taken), theme.theme, theme.description, theme.keywords, theme.part)


def _line(written: str) -> str:
    return " ".join(written.replace("\x00", "").split())
