"""Planning a session: what it is for, what the group does, who comes, and what people agreed to.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Literal

import msgspec

from surveys import identity
from voice.capture.sessions.activities import Activity
from voice.capture.sessions.tables import Session

SessionKind = Literal["youth_forum", "lets_talk", "focus_group", "headteachers", "other"]
Stage = Literal["planned", "running", "ended", "approved"]

RESPONDENT_KINDS = ("young_person", "parent_carer", "school", "health", "other")
LONGEST = {"title": 200, "forum": 120, "setting": 120, "heard_by": 120}
LONGEST_TEXT = 2000
"""Letters of the longer fields."""

MOST_ACTIVITIES = 30


class PlanProblem(Exception):
    """``code`` is ``title_missing``, ``too_long``, ``no_kind``, ``no_day``, ``no_consent``, ``agenda_empty`` or
    ``agenda_full``; ``field`` is the field of the plan."""

    def __init__(self, code: str, field: str, *, limit: int = 0, length: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.limit = limit
        self.length = length


class UnknownSession(Exception):
    pass


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What can be changed while a session is planned. The fields are those of the table ``Session``."""

    title: str
    kind: SessionKind
    held_on: dt.date
    respondent_kind: str
    language: str
    forum: str = ""
    purpose: str = ""
    invited: str = ""
    what_happens_next: str = ""
    asked_anyway: str = ""
    setting: str = ""
    heard_by: str = ""
    pictures_agreed: bool = False
    consent_asked: str = ""
    named: bool = False
    thanks_wanted: bool = False


class Running(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the room is. ``activity`` is the id of the one under way. ``shown`` are activities whose answers the
    room may see. The timer ends at ``timer_ends``, in seconds of the server's clock since 1970; while it is held,
    ``timer_left`` seconds are left. ``screen`` is what the big screen shows: how to ``join``, or the ``activity``.
    """

    activity: str = ""
    paused: bool = False
    shown: tuple[str, ...] = ()
    timer_ends: int | None = None
    timer_left: int | None = None
    screen: Literal["join", "activity"] = "join"

    def seconds_left(self, now: dt.datetime) -> int | None:
        if self.timer_left is not None:
            return self.timer_left
        return None if self.timer_ends is None else max(0, self.timer_ends - int(now.timestamp()))


class RoomSession(msgspec.Struct, frozen=True, kw_only=True):
    id: uuid.UUID
    plan: Plan
    agenda: tuple[Activity, ...]
    running: Running
    stage: Stage
    revision: int
    planned_by: uuid.UUID

    def activity(self, id: str) -> Activity | None:
        return next((each for each in self.agenda if each.id == id), None)

    @property
    def now(self) -> Activity | None:
        """The activity under way."""
        return self.activity(self.running.activity) if self.stage == "running" else None

    @property
    def takes_cards(self) -> bool:
        return self.stage == "running" and not self.running.paused


def check(plan: Plan) -> None:
    """Raises :class:`PlanProblem`."""
    if not plan.title:
        raise PlanProblem("title_missing", "title")
    for field, limit in LONGEST.items():
        if len(found := getattr(plan, field)) > limit:
            raise PlanProblem("too_long", field, limit=limit, length=len(found))
    for field in ("purpose", "invited", "what_happens_next", "asked_anyway", "consent_asked"):
        if len(found := getattr(plan, field)) > LONGEST_TEXT:
            raise PlanProblem("too_long", field, limit=LONGEST_TEXT, length=len(found))
    if plan.pictures_agreed and not plan.consent_asked:
        raise PlanProblem("no_consent", "consent_asked")


def code_of(secret: bytes, id: uuid.UUID) -> str:
    """The spoken code of a session: 40 bits, such as ``7K3MQ2PX``. It follows from the id and is not stored."""
    return identity.come_back_code(secret, f"room:{id}")


async def create(
    plan: Plan, agenda: tuple[Activity, ...], *, by: uuid.UUID, secret: bytes, id: uuid.UUID | None = None
) -> uuid.UUID:
    """Raises :class:`PlanProblem`."""
    check(plan)
    id = id or uuid.uuid4()
    await Session.insert(
        Session(
            id=id,
            agenda=_json(agenda),
            running=_json(Running()),
            stage="planned",
            revision=0,
            code_hash=identity.code_hash(secret, code_of(secret, id)),
            planned_by=by,
            **msgspec.structs.asdict(plan),
        )
    )
    return id


async def load(id: uuid.UUID) -> RoomSession:
    """Raises :class:`UnknownSession`."""
    row = await Session.select().where(Session.id == id).first()
    if row is None:
        raise UnknownSession
    return _session(row)


async def load_to_change(id: uuid.UUID) -> RoomSession:
    """Like :func:`load`, and nobody else changes the session until the unit is done."""
    if Session._meta.db.engine_type == "postgres":
        await Session.raw('SELECT "id" FROM "session" WHERE "id" = {} FOR UPDATE', id)
    return await load(id)


async def by_code(secret: bytes, code: str) -> RoomSession:
    """The session of a code as somebody typed it. Raises :class:`UnknownSession`."""
    row = await Session.select().where(Session.code_hash == identity.code_hash(secret, code)).first()
    if row is None:
        raise UnknownSession
    return _session(row)


async def planned() -> list[RoomSession]:
    """Everybody's sessions, the latest day first."""
    rows = await Session.select().order_by(Session.held_on, Session.title, ascending=False)
    return [_session(row) for row in rows]


async def ids() -> list[uuid.UUID]:
    """The ids of all sessions."""
    return [row["id"] for row in await Session.select(Session.id)]


async def change(id: uuid.UUID, plan: Plan) -> int:
    """Keeps a changed plan; returns the new revision. Raises :class:`PlanProblem`."""
    check(plan)
    values: dict[Any, Any] = msgspec.structs.asdict(plan)
    await Session.update(values).where(Session.id == id)
    return await count_up(id)


async def change_agenda(id: uuid.UUID, agenda: tuple[Activity, ...]) -> int:
    """Raises :class:`PlanProblem`."""
    if len(agenda) > MOST_ACTIVITIES:
        raise PlanProblem("agenda_full", "agenda", limit=MOST_ACTIVITIES, length=len(agenda))
    await Session.update({Session.agenda: _json(agenda)}).where(Session.id == id)
    return await count_up(id)


async def keep_running(session: RoomSession, running: Running, stage: Stage | None = None) -> int:
    """Keeps where the room is; returns the new revision."""
    await Session.update({Session.running: _json(running), Session.stage: stage or session.stage}).where(
        Session.id == session.id
    )
    return await count_up(session.id)


async def count_up(id: uuid.UUID) -> int:
    """Says that something has changed that screens show; returns the new revision."""
    rows = await Session.raw(
        'UPDATE "session" SET "revision" = "revision" + 1 WHERE "id" = {} RETURNING "revision"', id
    )
    return int(rows[0]["revision"])


async def revision_of(id: uuid.UUID) -> int:
    """The revision that a session has reached; 0 for one that there is not."""
    rows = await Session.raw('SELECT "revision" FROM "session" WHERE "id" = {}', id)
    return int(rows[0]["revision"]) if rows else 0


def moved(agenda: tuple[Activity, ...], id: str, by: int) -> tuple[Activity, ...]:
    """The agenda with one activity moved up (-1) or down (1); as it was where there is no further."""
    at = next((place for place, each in enumerate(agenda) if each.id == id), None)
    if at is None or not 0 <= at + by < len(agenda):
        return agenda
    order = list(agenda)
    order[at], order[at + by] = order[at + by], order[at]
    return tuple(order)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _session(row: dict[str, Any]) -> RoomSession:
    return RoomSession(
        id=row["id"],
        plan=msgspec.convert({name: row[name] for name in Plan.__struct_fields__}, Plan),
        agenda=msgspec.json.decode(row["agenda"], type=tuple[Activity, ...]),
        running=msgspec.json.decode(row["running"], type=Running),
        stage=row["stage"],
        revision=row["revision"],
        planned_by=row["planned_by"],
    )
