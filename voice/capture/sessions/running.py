"""Running a session: the steps that whoever leads it can take. All times are the server's."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from voice.capture.sessions.activities import MOST_MINUTES
from voice.capture.sessions.planning import PlanProblem, RoomSession, Running, Stage

Step = Literal[
    "start",
    "next",
    "back",
    "show",
    "hide",
    "pause",
    "go_on",
    "timer",
    "timer_off",
    "board_join",
    "board_activity",
    "end",
]


def after(session: RoomSession, step: str, *, now: dt.datetime, minutes: int = 0) -> tuple[Running, Stage]:
    """Where the room is after a step; where it was after a step that does not fit, such as one pressed twice.

    Raises :class:`PlanProblem` when there is nothing to start with.
    """
    running, stage = session.running, session.stage
    if step == "start" and stage == "planned":
        if not session.agenda:
            raise PlanProblem("agenda_empty", "agenda")
        return _at(session, 0, now), "running"
    if stage != "running":
        return running, stage
    change = msgspec.structs.replace
    match step:
        case "next":
            return _at(session, _place(session) + 1, now), stage
        case "back":
            return _at(session, _place(session) - 1, now), stage
        case "show":
            shown = tuple(dict.fromkeys((*running.shown, running.activity)))
            return change(running, shown=shown, screen="activity"), stage
        case "hide":
            return change(running, shown=tuple(each for each in running.shown if each != running.activity)), stage
        case "pause":
            return _with_timer_held(change(running, paused=True), now), stage
        case "go_on":
            return _with_timer_going(change(running, paused=False), now), stage
        case "timer" if 1 <= minutes <= MOST_MINUTES:
            return change(running, timer_ends=int(now.timestamp()) + 60 * minutes, timer_left=None), stage
        case "timer_off":
            return change(running, timer_ends=None, timer_left=None), stage
        case "board_join":
            return change(running, screen="join"), stage
        case "board_activity":
            return change(running, screen="activity"), stage
        case "end":
            return change(running, paused=False, timer_ends=None, timer_left=None, screen="activity"), "ended"
        case _:
            return running, stage


def _place(session: RoomSession) -> int:
    return next((n for n, each in enumerate(session.agenda) if each.id == session.running.activity), 0)


def _at(session: RoomSession, place: int, now: dt.datetime) -> Running:
    """The room at an activity, with its timer begun."""
    if not 0 <= place < len(session.agenda):
        return session.running
    activity = session.agenda[place]
    return Running(
        activity=activity.id,
        shown=session.running.shown,
        timer_ends=int(now.timestamp()) + 60 * activity.minutes if activity.minutes else None,
        screen="join" if session.stage == "planned" else "activity",
    )


def _with_timer_held(running: Running, now: dt.datetime) -> Running:
    return msgspec.structs.replace(running, timer_left=running.seconds_left(now), timer_ends=None)


def _with_timer_going(running: Running, now: dt.datetime) -> Running:
    if running.timer_left is None:
        return running
    return msgspec.structs.replace(running, timer_ends=int(now.timestamp()) + running.timer_left, timer_left=None)
