"""One line of ``voice doctor``."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["ok", "look", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """``wrong`` is what stops people's work or loses something, and makes the verb fail; ``look`` is what a person
    should know of. Either says what to do about it."""

    level: Level
    text: str


def ok(text: str) -> Finding:
    return Finding("ok", text)


def look(text: str) -> Finding:
    return Finding("look", text)


def wrong(text: str) -> Finding:
    return Finding("wrong", text)
