"""Actions as they are stored, put together with what was added to them. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from surveys.document import Words
from surveys.stored_days import as_day
from voice.actions.promise import About, Figures, Measured, Origin, Promise, Step
from voice.actions.tables import Action, ActionAbout, ActionUpdate
from voice.storage.rows import as_uuid

AT_ONCE = 400
"""Ids named in one query: SQLite takes a thousand."""


async def action(id: uuid.UUID) -> Promise | None:
    found = await _promises('WHERE a."id" = {}', id)
    return found[0] if found else None


async def every_action() -> tuple[Promise, ...]:
    """All there are, those made last first."""
    return await _promises("")


async def open_or_settled_since(day: dt.date) -> tuple[Promise, ...]:
    return await _promises('WHERE a."settled_on" IS NULL OR a."settled_on" >= {}', day)


async def owned_by(member: uuid.UUID) -> tuple[Promise, ...]:
    return await _promises('WHERE a."owner" = {}', member)


async def actions_about(about: Collection[About], *, term: str = "") -> tuple[Promise, ...]:
    """The actions about any of these themes, surveys, sessions, lines or concepts; of one term where it is named.

    A receipt asks for the survey that was answered, and for the themes of what was said.
    """
    kinds = {kind: [each.key for each in about if each.kind == kind] for kind in {each.kind for each in about}}
    ids: set[uuid.UUID] = set()
    for kind, keys in kinds.items():
        for start in range(0, len(keys), AT_ONCE):
            rows = await ActionAbout.select(ActionAbout.action).where(
                (ActionAbout.kind == kind) & ActionAbout.key.is_in(keys[start : start + AT_ONCE])
            )
            ids |= {as_uuid(row["action"]) for row in rows}
    found: list[Promise] = []
    for some in _in_parts(sorted(ids)):
        found += await _promises(f'WHERE a."id" IN ({_places(some)})', *some)
    return tuple(each for each in found if not term or each.origin.term == term)


async def _promises(where: str, *values: object) -> tuple[Promise, ...]:
    rows = await Action.raw(
        'SELECT a."id" AS "id", a."origin" AS "origin", a."origin_key" AS "origin_key", '  # noqa: S608
        'a."origin_name" AS "origin_name", a."term" AS "term", a."heard" AS "heard", a."figures" AS "figures", '
        'a."first_said" AS "first_said", a."decided" AS "decided", a."cannot" AS "cannot", a."owner" AS "owner", '
        'a."partner" AS "partner", a."due_on" AS "due_on", a."state" AS "state", a."settled_on" AS "settled_on", '
        'a."made_on" AS "made_on", o."email" AS "owner_email", o."ended_on" AS "owner_ended", m."email" AS "made_by" '
        'FROM "action" AS a LEFT JOIN "member" AS o ON o."id" = a."owner" JOIN "member" AS m ON m."id" = a."made_by" '
        f'{where} ORDER BY a."made_on" DESC, a."id"',
        *values,
    )
    ids = [as_uuid(row["id"]) for row in rows]
    about, steps = await _about(ids), await _steps(ids)
    return tuple(
        _promise(row, tuple(about.get(id, ())), tuple(steps.get(id, ()))) for id, row in zip(ids, rows, strict=True)
    )


async def _about(actions: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[About]]:
    found: dict[uuid.UUID, list[About]] = {}
    for some in _in_parts(actions):
        rows = (
            await ActionAbout.select()
            .where(ActionAbout.action.is_in(list(some)))
            .order_by(ActionAbout.kind, ActionAbout.key)
        )
        for row in rows:
            found.setdefault(as_uuid(row["action"]), []).append(About(row["kind"], row["key"]))
    return found


async def _steps(actions: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Step]]:
    found: dict[uuid.UUID, list[Step]] = {}
    for some in _in_parts(actions):
        rows = await ActionUpdate.raw(
            'SELECT u."id" AS "id", u."action" AS "action", u."number" AS "number", u."written_on" AS "written_on", '  # noqa: S608
            'w."email" AS "written_by", u."since" AS "since", u."still" AS "still", u."evidence" AS "evidence", '
            'u."evidence_link" AS "evidence_link", u."measured" AS "measured", u."state" AS "state", '
            'u."due_on" AS "due_on", o."email" AS "owner", u."partner" AS "partner" FROM "action_update" AS u '
            'JOIN "member" AS w ON w."id" = u."written_by" LEFT JOIN "member" AS o ON o."id" = u."owner" '
            f'WHERE u."action" IN ({_places(some)}) ORDER BY u."number"',
            *some,
        )
        for row in rows:
            found.setdefault(as_uuid(row["action"]), []).append(_step(row))
    return found


def _promise(row: dict[str, Any], about: tuple[About, ...], steps: tuple[Step, ...]) -> Promise:
    here = row["owner"] is not None and row["owner_ended"] is None
    return Promise(
        id=as_uuid(row["id"]),
        origin=Origin(row["origin"], row["origin_key"], row["origin_name"], row["term"]),
        heard=_words(row["heard"]),
        figures=msgspec.json.decode(row["figures"], type=Figures) if row["figures"] else None,
        first_said=row["first_said"],
        decided=_words(row["decided"]),
        cannot=_words(row["cannot"]),
        owner=as_uuid(row["owner"]) if here else None,
        owner_email=row["owner_email"] if here else "",
        owner_left=row["owner"] is not None and not here,
        partner=row["partner"],
        due_on=as_day(row["due_on"]),
        state=row["state"],
        settled_on=as_day(row["settled_on"]),
        made_on=as_day(row["made_on"]),
        made_by=row["made_by"],
        about=about,
        steps=steps,
    )


def _step(row: dict[str, Any]) -> Step:
    return Step(
        id=as_uuid(row["id"]),
        number=row["number"],
        written_on=as_day(row["written_on"]),
        written_by=row["written_by"],
        since=_words(row["since"]),
        still=_words(row["still"]),
        evidence=_words(row["evidence"]),
        evidence_link=row["evidence_link"],
        measured=msgspec.json.decode(row["measured"], type=Measured) if row["measured"] else None,
        state=row["state"],
        due_on=as_day(row["due_on"]),
        owner=row["owner"] or "",
        partner=row["partner"],
    )


def _words(stored: str) -> Words:
    return msgspec.json.decode(stored, type=dict[str, str])


def _in_parts(ids: Sequence[uuid.UUID]) -> list[Sequence[uuid.UUID]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _places(some: Sequence[uuid.UUID]) -> str:
    return ", ".join(["{}"] * len(some))
