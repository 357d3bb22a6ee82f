"""Names of themes by their ids, also of ids that are in the frame no longer. Runs inside a unit of the store."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from voice.themes.frames import FrameTheme, first_frame
from voice.themes.tables import FrameVersion


class ThemeNames(msgspec.Struct, frozen=True):
    """``names`` has every id that ever was in use, with its last name; ``in_use`` the ids of the frame in use."""

    names: Mapping[str, str]
    in_use: tuple[str, ...]

    def named(self, theme_id: str) -> str:
        """As the partnership wrote it. What stands on a page goes through ``theme_words.theme``."""
        return self.names.get(theme_id, theme_id)

    def is_former(self, theme_id: str) -> bool:
        return theme_id not in self.in_use


async def theme_names() -> ThemeNames:
    """Of the frame in use, and of former ones."""
    rows = (
        await FrameVersion.select(FrameVersion.state, FrameVersion.themes)
        .where(FrameVersion.state != "draft")
        .order_by(FrameVersion.number)
    )
    first = first_frame().themes
    names = {each.theme_id: each.theme for each in first}
    in_use = tuple(each.theme_id for each in first)
    for row in rows:
        themes = msgspec.json.decode(row["themes"], type=tuple[FrameTheme, ...])
        names |= {each.theme_id: each.theme for each in themes}
        if row["state"] == "in_use":
            in_use = tuple(each.theme_id for each in themes)
    return ThemeNames(names, in_use)
