"""Words for themes: names in the frame in use and of former themes.

A theme that has the name of the product's own frame is named in the reader's language. What a partnership called a
theme is theirs, and stays as they wrote it: pages put it into a ``bdi`` or under ``dir="auto"``.
"""

from __future__ import annotations

from functools import cache

from voice.themes.frames import first_frame
from voice.themes.naming import ThemeNames
from voice.web import wordings


@cache
def _our_names() -> dict[str, str]:
    return {theme.theme_id: theme.theme for theme in first_frame().themes}


def name(theme_id: str, written: str) -> str:
    """A theme whose name the frame writes as ``written``."""
    return wordings.theme(theme_id, written) if written in (theme_id, _our_names().get(theme_id)) else written


def theme(names: ThemeNames, theme_id: str) -> str:
    """The name of a theme in use, or the last name of one that was."""
    return name(theme_id, names.named(theme_id))


def themes(names: ThemeNames, joined: str) -> list[str]:
    """The names of ids joined by ``;``."""
    return [theme(names, theme_id) for theme_id in joined.split(";") if theme_id]
