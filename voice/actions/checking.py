"""What somebody wrote about an action, tidied, and whether it can stand."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec

from voice.actions.promise import OPEN, STATES, About, Figures, Measured, Origin, Promise, State
from voice.paper.documents import plain

LONGEST = 2000
LONGEST_PARTNER = 200
LONGEST_LINK = 400
LATEST = dt.timedelta(days=366 * 5)


class ActionProblem(Exception):
    """``code`` is ``empty``, ``too_long``, ``nobody``, ``no_day``, ``past``, ``too_far``, ``unknown_owner``,
    ``unknown_state``, ``not_a_link``, ``nothing_new``, ``changed`` (somebody added something meanwhile) or
    ``unknown_words``."""

    def __init__(self, code: str, field: str, *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.limit = limit
        self.length = length


class NewAction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wrote, in English. ``since`` is what has happened already, and may be empty."""

    origin: Origin
    heard: str
    decided: str = ""
    cannot: str = ""
    since: str = ""
    owner: uuid.UUID | None = None
    partner: str = ""
    due_on: dt.date | None = None
    state: State = "planned"
    figures: Figures | None = None
    first_said: str = ""
    about: tuple[About, ...] = ()


class NewStep(msgspec.Struct, frozen=True, kw_only=True):
    """What is added to an action, in English, and how it stands after that. ``seen`` is how many steps there were when
    whoever writes this read the action."""

    seen: int
    since: str = ""
    still: str = ""
    evidence: str = ""
    evidence_link: str = ""
    measured: Measured | None = None
    cannot: str = ""
    state: State = "under_way"
    due_on: dt.date | None = None
    owner: uuid.UUID | None = None
    partner: str = ""


def tidy(words: str) -> str:
    """Without letters that no file can hold, and spaces that nobody sees; ends of lines stay."""
    return "\n".join(" ".join(line.split()) for line in plain(words).strip().splitlines())


def checked_action(new: NewAction, *, today: dt.date, members: Collection[uuid.UUID]) -> NewAction:
    """The same, tidied. Raises :class:`ActionProblem`."""
    tidied = msgspec.structs.replace(
        new,
        heard=tidy(new.heard),
        decided=tidy(new.decided),
        cannot=tidy(new.cannot),
        since=tidy(new.since),
        partner=" ".join(tidy(new.partner).split()),
    )
    _not_too_long(("heard", tidied.heard), ("decided", tidied.decided), ("since", tidied.since))
    if not tidied.heard:
        raise ActionProblem("empty", "heard")
    if not tidied.decided and tidied.state != "cannot":
        raise ActionProblem("empty", "decided")
    _standing(tidied, today=today, members=members, due_before=None)
    return tidied


def checked_step(new: NewStep, action: Promise, *, today: dt.date, members: Collection[uuid.UUID]) -> NewStep:
    """The same, tidied, when it adds something to the action. Raises :class:`ActionProblem`."""
    if new.seen != len(action.steps):
        raise ActionProblem("changed", "since")
    tidied = msgspec.structs.replace(
        new,
        since=tidy(new.since),
        still=tidy(new.still),
        evidence=tidy(new.evidence),
        evidence_link=new.evidence_link.strip(),
        cannot=tidy(new.cannot),
        partner=" ".join(tidy(new.partner).split()),
    )
    _not_too_long(("since", tidied.since), ("still", tidied.still), ("evidence", tidied.evidence))
    if tidied.evidence_link and not _is_link(tidied.evidence_link):
        raise ActionProblem("not_a_link", "evidence_link")
    _standing(tidied, today=today, members=members, due_before=action.due_on)
    if not _adds_something(tidied, action):
        raise ActionProblem("nothing_new", "since")
    return tidied


def _standing(
    new: NewAction | NewStep, *, today: dt.date, members: Collection[uuid.UUID], due_before: dt.date | None
) -> None:
    """Whether it says how the action stands: what is open needs somebody and a day, "we cannot" a reason."""
    _not_too_long(("cannot", new.cannot))
    if new.state not in STATES:
        raise ActionProblem("unknown_state", "state")
    if new.state == "cannot" and not new.cannot:
        raise ActionProblem("empty", "cannot")
    if len(new.partner) > LONGEST_PARTNER:
        raise ActionProblem("too_long", "partner", limit=LONGEST_PARTNER, length=len(new.partner))
    if new.owner is not None and new.owner not in members:
        raise ActionProblem("unknown_owner", "owner")
    if new.state not in OPEN:
        return
    if new.owner is None and not new.partner:
        raise ActionProblem("nobody", "owner")
    if new.due_on is None:
        raise ActionProblem("no_day", "due_on")
    # A day that stood there before may have passed by now: then the action is overdue, and not wrong.
    if new.due_on < today and new.due_on != due_before:
        raise ActionProblem("past", "due_on")
    if new.due_on > today + LATEST:
        raise ActionProblem("too_far", "due_on")


def _adds_something(new: NewStep, action: Promise) -> bool:
    stands = (action.state, action.due_on, action.owner, action.partner)
    says = new.since or new.still or new.evidence or new.evidence_link or new.measured
    return bool(says) or (new.state, new.due_on, new.owner, new.partner) != stands or _is_new_reason(new, action)


def _is_new_reason(new: NewStep, action: Promise) -> bool:
    return new.state == "cannot" and new.cannot != action.cannot.get("en", "")


def _not_too_long(*fields: tuple[str, str]) -> None:
    for field, words in fields:
        if len(words) > LONGEST:
            raise ActionProblem("too_long", field, limit=LONGEST, length=len(words))


def _is_link(written: str) -> bool:
    try:
        site = urlsplit(written)
        return (
            len(written) <= LONGEST_LINK
            and site.scheme in ("http", "https")
            and bool(site.hostname)
            and site.username is None
            and written.isprintable()
            and " " not in written
        )
    except ValueError:
        return False
