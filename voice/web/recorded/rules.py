"""How a page is recorded, and why some are not."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from voice.audit.entry import Act


class Recorded(msgspec.Struct, frozen=True):
    """``kind`` is the kind of thing; its key is what the address says, or the field ``key_from`` of the form or query.

    ``noted`` are fields whose codes go into the detail. Where the field ``go`` is one of ``releasing``, something was
    released and not only changed. ``as_file`` is for addresses that answer with a page where nothing was chosen yet:
    only a file counts.
    """

    act: Act
    kind: str
    key_from: str = ""
    noted: tuple[str, ...] = ("go",)
    releasing: frozenset[str] = frozenset()
    as_file: bool = False


class NotRecorded(StrEnum):
    """Why a page leaves no trace. To write down more than is needed would be to watch those who work here."""

    NOTHING_OF_ANYBODY = "It shows nothing that is anybody's: a form, our own words, or how many there are."
    TAKES_DOWN = "It takes down what somebody says: the second would stand beside an answer that keeps only the day."
    TRIES_OUT = "It tries something out or reads a file in: nothing is kept by it."
    ASKED_ALL_THE_TIME = "A screen asks for it every few seconds, and the page that it stands on is recorded."
    ONES_OWN = "It is about the reader's own session."


Rule = Recorded | NotRecorded
Rules = dict[str, Rule]
"""By method and address, as ``GET /work/voices/{token:str}``."""


def saw(kind: str, *paths: str) -> Rules:
    """Pages that show what single people said, wrote or are."""
    return {f"GET {path}": Recorded(Act.SAW, kind, noted=()) for path in paths}


def opened(kind: str, *paths: str) -> Rules:
    """Forms that show what is kept apart and sealed: with a reason, one at a time."""
    return {f"POST {path}": Recorded(Act.SAW, kind, noted=()) for path in paths}


def exported(kind: str, *routes: str, key_from: str = "", noted: tuple[str, ...] = (), as_file: bool = False) -> Rules:
    """Files that leave with somebody."""
    return {route: Recorded(Act.EXPORTED, kind, key_from, noted, as_file=as_file) for route in routes}


def changed(
    kind: str, *paths: str, key_from: str = "", noted: tuple[str, ...] = ("go",), releasing: tuple[str, ...] = ()
) -> Rules:
    return {f"POST {path}": Recorded(Act.CHANGED, kind, key_from, noted, frozenset(releasing)) for path in paths}


def released(kind: str, *paths: str, key_from: str = "", noted: tuple[str, ...] = ("go",)) -> Rules:
    """Forms that let others see what only staff saw before."""
    return {f"POST {path}": Recorded(Act.RELEASED, kind, key_from, noted) for path in paths}


def not_recorded(why: NotRecorded, *routes: str) -> Rules:
    return dict.fromkeys(routes, why)
