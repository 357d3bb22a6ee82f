"""What is asked in a private space, and the pictures to answer with. The words are in ``voice/web/views/words.py``."""

from __future__ import annotations

import msgspec


class Section(msgspec.Struct, frozen=True):
    """A question of the space; ``pictures`` are symbols to choose from."""

    code: str
    symbol: str
    pictures: tuple[str, ...]


_LIFE = (
    "people",
    "friends",
    "dog",
    "music",
    "ball",
    "draw",
    "read",
    "tree",
    "quiet",
    "sleep",
    "lunch",
    "learn",
    "house",
    "safe",
    "choices",
)
_HELP = (
    "time",
    "quiet",
    "break",
    "plan",
    "clear",
    "listen",
    "talk",
    "draw",
    "helping-hand",
    "safe",
    "friends",
    "choices",
)
_ABOUT_ME = ("heart", "face-very-happy", "idea", "strong", "friends", "helping-hand", "music", "draw", "ball", "learn")
_WHO = ("child", "house", "friends", "teacher", "health", "council")

SECTIONS = (
    Section("important", "heart", _LIFE),
    Section("like", "sun", _ABOUT_ME),
    Section("support", "helping-hand", _HELP),
    Section("working", "yes", ()),
    Section("not_working", "no", ()),
    Section("next", "growing", ("friends", "learn", "college", "work", "bus", "house", "ball", "health", "choices")),
    Section("who", "people", _WHO),
)

SORTED = "sorted"
"""Pictures of a life, each put where it belongs: a section that stands for itself."""

TO_SORT = (
    "learn",
    "teacher",
    "helping-hand",
    "friends",
    "playground",
    "lunch",
    "bus",
    "loud",
    "people",
    "ball",
    "sleep",
    "health",
)
PLACES = ("working", "not_sure", "not_working")

HEARD = "heard"
"""The answers to "Was I heard?", after a meeting."""
TESTS = ("space", "voice", "audience", "influence")
"""The four tests of the Lundy model of participation."""
ANSWERS = ("yes", "not_sure", "no")

FILES = ("drawing", "recording", "photo")


def section(code: str) -> Section | None:
    return next((each for each in SECTIONS if each.code == code), None)
