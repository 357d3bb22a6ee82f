"""The code frame as a file, and a file as a list of changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.code_frame import COLUMNS, CodeFrame
from surveys.exporting.cells import csv_file, plain_cell
from voice.themes.changes import Change
from voice.themes.frames import FrameTheme


def as_csv(themes: Iterable[FrameTheme]) -> bytes:
    """As ``analysis.code_frame`` reads it. The mark at its beginning tells spreadsheets that it is UTF-8."""
    rows = [(each.theme_id, each.theme, each.description, ";".join(each.keywords)) for each in themes]
    return csv_file([COLUMNS, *rows])


def changes_in(file: CodeFrame, themes: Sequence[FrameTheme]) -> list[Change]:
    """What makes these themes those of the file. A file knows no parts: themes stay under theirs.

    New themes come first and missing ones go last, so that the frame is never empty in between. Whether a theme with
    other words still means the same is for the analyst to say.
    """
    known = {theme.theme_id: theme for theme in themes}
    new, changed = [], []
    for each in file.themes:
        words = tuple(plain_cell(keyword) for keyword in each.keywords)
        made = FrameTheme(each.theme_id, plain_cell(each.theme), plain_cell(each.description), words)
        old = known.pop(each.theme_id, None)
        if old is None:
            new.append(Change("add", (), (made,)))
            continue
        if old.theme != made.theme:
            changed.append(Change("rename", (old.theme_id,), (made,)))
        if (old.description, old.keywords) != (made.description, made.keywords):
            changed.append(Change("describe", (old.theme_id,), (made,)))
    return [*new, *changed, *(Change("remove", (theme_id,)) for theme_id in known)]
