"""What a group does together: kinds of activities, and one activity as it stands on an agenda."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Literal

import msgspec

ActivityKind = Literal[
    "board", "feelings", "i_statement", "draw_or_record", "ask_leaders", "dot_vote", "ranking", "question"
]

KINDS: tuple[ActivityKind, ...] = (
    *("board", "feelings", "i_statement", "draw_or_record"),
    *("ask_leaders", "dot_vote", "ranking", "question"),
)

WITH_CARDS: frozenset[ActivityKind] = frozenset({"board", "feelings", "i_statement", "draw_or_record", "ask_leaders"})
"""Answered with cards; the others with votes."""

WITH_WORDS: frozenset[ActivityKind] = frozenset({"board", "draw_or_record", "ask_leaders"})
"""Their cards hold what people say. The cards of the others are an answer to choose."""

COLUMNS = ("start", "stop", "continue", "barriers")
FEELINGS = (
    *("happy", "calm", "safe", "proud", "excited", "loved", "worried"),
    *("scared", "sad", "angry", "tired", "confused", "bored", "left_out"),
)
"""Codes as in ``surveys/question_types/feelings.py``, so that feelings compare."""

I_ANSWERS = ("not_yet", "sometimes", "yes")

LONGEST_TITLE = 200
LONGEST_HELP = 500
LONGEST_OPTION = 120
MOST_OPTIONS = 20
MOST_DOTS = 10
MOST_MINUTES = 120


class ActivityProblem(Exception):
    """``code`` is ``title_missing``, ``title_long``, ``help_long``, ``no_columns``, ``too_few_options``,
    ``too_many_options``, ``option_long``, ``dots`` or ``minutes``; ``field`` is where it stands on the form."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


class Choice(msgspec.Struct, frozen=True):
    code: str
    label: str


class Activity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``title`` is what is asked, and with an I statement the statement itself. ``columns`` are codes of ``COLUMNS``.

    A dot vote is on ``options``, or on the cards of the earlier activity ``of``. ``dots`` is how many each person
    has. ``minutes`` is what the timer begins with, and 0 without one.
    """

    id: str
    kind: ActivityKind
    title: str
    help: str = ""
    columns: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    of: str = ""
    dots: int = 0
    minutes: int = 0

    def places(self) -> tuple[str, ...]:
        """The codes that a card of this activity can have as its column; empty where it has none."""
        match self.kind:
            case "board":
                return self.columns
            case "feelings":
                return FEELINGS
            case "i_statement":
                return I_ANSWERS
            case _:
                return ()


def new_id() -> str:
    return secrets.token_hex(4)


def choices(lines: str, before: Sequence[Choice] = ()) -> tuple[Choice, ...]:
    """One choice a line. A line that was there before keeps its code, so that votes stay with their words."""
    labels = list(dict.fromkeys(line for each in lines.splitlines() if (line := " ".join(each.split()))))
    known = {choice.label: choice.code for choice in before}
    return tuple(Choice(known.get(label) or f"c{new_id()}", label) for label in labels)


def check(activity: Activity) -> None:
    """Raises :class:`ActivityProblem` with the first thing that stands in the way of using it."""
    if not activity.title:
        raise ActivityProblem("title_missing", "title")
    if len(activity.title) > LONGEST_TITLE:
        raise ActivityProblem("title_long", "title")
    if len(activity.help) > LONGEST_HELP:
        raise ActivityProblem("help_long", "help")
    if activity.kind == "board" and not activity.columns:
        raise ActivityProblem("no_columns", "columns")
    if activity.kind in ("dot_vote", "ranking", "question") and not activity.of:
        if len(activity.options) < 2:
            raise ActivityProblem("too_few_options", "options")
        if len(activity.options) > MOST_OPTIONS:
            raise ActivityProblem("too_many_options", "options")
        if any(len(choice.label) > LONGEST_OPTION for choice in activity.options):
            raise ActivityProblem("option_long", "options")
    if activity.kind == "dot_vote" and not 1 <= activity.dots <= MOST_DOTS:
        raise ActivityProblem("dots", "dots")
    if not 0 <= activity.minutes <= MOST_MINUTES:
        raise ActivityProblem("minutes", "minutes")
