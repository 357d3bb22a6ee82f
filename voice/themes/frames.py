"""The partnership's code frame: the version in use. Functions run inside a unit of the store."""

from __future__ import annotations

import msgspec

from analysis.code_frame import CodeFrame, Theme, send_code_frame
from voice.themes.tables import FrameVersion

FIRST_VERSION = 0
"""The frame that comes with the product, in use until the partnership makes a version of its own."""


class FrameTheme(msgspec.Struct, frozen=True):
    """A theme in a version of the code frame; ``part`` is the heading it stands under, empty for none."""

    theme_id: str
    theme: str
    description: str
    keywords: tuple[str, ...] = ()
    part: str = ""


class Frame(msgspec.Struct, frozen=True):
    """A version of the code frame. ``version`` is 0 for the frame that comes with the product."""

    version: int
    themes: tuple[FrameTheme, ...]

    @property
    def code_frame(self) -> CodeFrame:
        """As the engine reads it."""
        return CodeFrame(
            tuple(Theme(each.theme_id, each.theme, each.description, each.keywords) for each in self.themes)
        )

    def named(self, theme_id: str) -> str:
        """The theme's name; the id itself for a theme that this version does not have."""
        return next((each.theme for each in self.themes if each.theme_id == theme_id), theme_id)


async def frame_in_use() -> Frame:
    """The version in use."""
    found = (
        await FrameVersion.select(FrameVersion.number, FrameVersion.themes)
        .where(FrameVersion.state == "in_use")
        .first()
    )
    if found is None:
        return first_frame()
    return Frame(found["number"], msgspec.json.decode(found["themes"], type=tuple[FrameTheme, ...]))


def first_frame() -> Frame:
    """The frame that comes with the product."""
    return Frame(
        FIRST_VERSION,
        tuple(
            FrameTheme(each.theme_id, each.theme, each.description, each.keywords) for each in send_code_frame().themes
        ),
    )
