"""Sessions to start from. Their words come from the catalogs; whoever plans the session makes them their own."""

from __future__ import annotations

from collections.abc import Callable

from voice.capture.sessions.activities import COLUMNS, Activity, ActivityKind, choices, new_id
from voice.languages import gettext as _


def activity(kind: ActivityKind) -> Activity:
    """An activity of this kind to begin with."""
    return _BEGINNINGS[kind]()


def _board() -> Activity:
    return Activity(id=new_id(), kind="board", title=_("What should change?"), columns=COLUMNS, minutes=10)


def _feelings() -> Activity:
    return Activity(id=new_id(), kind="feelings", title=_("How do you feel today?"))


def _i_statement(title: str = "") -> Activity:
    return Activity(id=new_id(), kind="i_statement", title=title or _("People listen to me."))


def _draw_or_record() -> Activity:
    title = _("Show or tell us about a good day")
    return Activity(id=new_id(), kind="draw_or_record", title=title, minutes=10)


def _ask_leaders() -> Activity:
    return Activity(id=new_id(), kind="ask_leaders", title=_("What do you want to ask the leaders?"))


def _dot_vote(of: str = "") -> Activity:
    title = _("What matters most? Give your dots.")
    return Activity(id=new_id(), kind="dot_vote", title=title, of=of, dots=3)


def _ranking() -> Activity:
    return Activity(id=new_id(), kind="ranking", title=_("What should come first?"))


def _question() -> Activity:
    yes_or_no = f"{_('Yes')}\n{_('No')}\n{_('Not sure')}"
    return Activity(id=new_id(), kind="question", title=_("Did you feel heard today?"), options=choices(yes_or_no))


_BEGINNINGS: dict[ActivityKind, Callable[[], Activity]] = {
    "board": _board,
    "feelings": _feelings,
    "i_statement": _i_statement,
    "draw_or_record": _draw_or_record,
    "ask_leaders": _ask_leaders,
    "dot_vote": _dot_vote,
    "ranking": _ranking,
    "question": _question,
}


def _youth_forum() -> tuple[Activity, ...]:
    board = _board()
    return (_feelings(), board, _dot_vote(board.id), _ask_leaders(), _question())


def _lets_talk() -> tuple[Activity, ...]:
    statements = (_("People listen to me."), _("People work together for me."), _("I know what happens next."))
    return (_feelings(), *(_i_statement(each) for each in statements), _draw_or_record(), _ask_leaders())


def _focus_group() -> tuple[Activity, ...]:
    good = Activity(id=new_id(), kind="board", title=_("What would help?"), columns=COLUMNS)
    return (good, _dot_vote(good.id), _question())


def _headteachers() -> tuple[Activity, ...]:
    board = _board()
    return (board, _dot_vote(board.id), _ask_leaders())


TEMPLATES: dict[str, Callable[[], tuple[Activity, ...]]] = {
    "youth_forum": _youth_forum,
    "lets_talk": _lets_talk,
    "focus_group": _focus_group,
    "headteachers": _headteachers,
    "other": tuple,
}


def agenda_of(kind: str) -> tuple[Activity, ...]:
    """The agenda that a session of this kind begins with."""
    return TEMPLATES[kind]()
