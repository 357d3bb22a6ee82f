"""Drafts as they are kept: saved one change after the other, and never over what somebody else has saved.

Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from surveys import document as documents
from surveys.building.stale import LookedAt, Stale, StaleWords, stale_after
from surveys.document import SurveyDocument
from surveys.identity import IdentityMode
from surveys.publishing import publish
from surveys.tables import SurveyDraft, SurveyDraftChange, SurveyDraftReason

Stage = Literal["draft", "in_review", "published", "discarded"]
OVER: tuple[Stage, ...] = ("published", "discarded")
"""Stages that nothing comes after."""

What = Literal[
    "began",
    "moved",
    "removed",
    "added",
    "conditions",
    "words",
    "bank_words",
    "settings",
    "asked_for_review",
    "taken_back",
    "published",
    "discarded",
]
NO_WRITING: tuple[What, ...] = ("asked_for_review", "taken_back", "published", "discarded")

LONGEST_REASON = 500


class SurveyDraftState(msgspec.Struct, frozen=True):
    """A draft as it is now. ``changed_by`` and ``review_asked_by`` are ids of members of staff."""

    id: uuid.UUID
    document: SurveyDocument
    revision: int
    stage: Stage
    identity_mode: IdentityMode | None
    based_on: str
    changed_by: uuid.UUID | None
    changed_at: dt.datetime
    review_asked_by: uuid.UUID | None
    version: uuid.UUID | None
    stale: Stale = frozenset()


class Change(msgspec.Struct, frozen=True):
    """What one save did: ``about`` is the concept, if it was about one question; ``before`` and ``after`` are
    the parts that differ, by the name of the field."""

    what: What
    about: str = ""
    before: Mapping[str, str] = {}
    after: Mapping[str, str] = {}


class Saved(msgspec.Struct, frozen=True):
    """A change in the history of a draft, with the revision that it made."""

    revision: int
    by: uuid.UUID | None
    at: dt.datetime
    change: Change


class Reason(msgspec.Struct, frozen=True):
    problem: str
    reason: str
    by: uuid.UUID | None
    at: dt.datetime


class NoSuchDraft(Exception):
    """There is no draft of this id."""


class NotNow(Exception):
    """``code`` is ``in_review``, ``published`` or ``discarded``: what cannot be changed now; or ``not_in_review``,
    ``own_review``, ``own_words``: what cannot be approved."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SavedMeanwhile(Exception):
    """Somebody else has saved since the page was made. Nothing was stored."""

    def __init__(self, draft: SurveyDraftState, since: tuple[Saved, ...]) -> None:
        super().__init__(f"revision {draft.revision}")
        self.draft = draft
        self.since = since


async def begin(document: SurveyDocument, *, based_on: str, by: uuid.UUID | None, now: dt.datetime) -> SurveyDraftState:
    """A new draft; or the one of the same survey that is already being written."""
    known = await (
        SurveyDraft.select(SurveyDraft.id)
        .where(SurveyDraft.slug == document.slug, SurveyDraft.stage.not_in(list(OVER)))
        .first()
    )
    if known:
        return await load(known["id"])
    draft = SurveyDraft(
        id=uuid.uuid4(),
        slug=document.slug,
        document=documents.to_json(document),
        revision=1,
        stage="draft",
        based_on=based_on,
        changed_by=by,
        changed_at=now,
    )
    await SurveyDraft.insert(draft)
    await _write_down(draft.id, 1, Change("began", after={"based_on": based_on}), by=by, now=now)
    return await load(draft.id)


async def load(id: uuid.UUID) -> SurveyDraftState:
    row = await SurveyDraft.select().where(SurveyDraft.id == id).first()
    if row is None:
        raise NoSuchDraft
    return _state(row)


async def drafts() -> list[SurveyDraftState]:
    """Every draft that is still written or looked at, the last changed first."""
    rows = await (
        SurveyDraft.select()
        .where(SurveyDraft.stage.not_in(list(OVER)))
        .order_by(SurveyDraft.changed_at, ascending=False)
    )
    return [_state(row) for row in rows]


async def save(
    draft: SurveyDraftState,
    document: SurveyDocument,
    change: Change,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    identity_mode: IdentityMode | None = None,
    looked_at: LookedAt | None = None,
) -> SurveyDraftState:
    """Stores ``document`` as the revision after ``draft``. What changes nothing is not stored.

    Other English words make their translations stale until somebody has ``looked_at`` them.

    Raises :class:`SavedMeanwhile`, and :class:`NotNow` while somebody reviews it or when it is published.
    """
    if draft.stage != "draft":
        raise NotNow(draft.stage)
    mode = identity_mode or draft.identity_mode
    stale = stale_after(draft.stale, draft.document, document, looked_at)
    if document == draft.document and mode == draft.identity_mode and stale == draft.stale:
        return draft
    return await _next(
        draft,
        {
            SurveyDraft.document: documents.to_json(document),
            SurveyDraft.identity_mode: mode,
            SurveyDraft.stale: msgspec.json.encode(sorted(stale)).decode(),
        },
        change,
        by=by,
        now=now,
    )


async def load_at(id: uuid.UUID, revision: int) -> SurveyDraftState:
    """The draft, when nobody has saved since it was at ``revision``. Raises :class:`SavedMeanwhile`."""
    draft = await load(id)
    if draft.revision != revision:
        raise SavedMeanwhile(draft, await changes(id, after=revision))
    return draft


async def ask_for_review(draft: SurveyDraftState, *, by: uuid.UUID | None, now: dt.datetime) -> SurveyDraftState:
    """Hands the draft to a second pair of eyes. Until they are done it stays as it is."""
    if draft.stage != "draft":
        raise NotNow(draft.stage)
    changes = {SurveyDraft.stage: "in_review", SurveyDraft.review_asked_by: by}
    return await _next(draft, changes, Change("asked_for_review"), by=by, now=now)


async def take_back(draft: SurveyDraftState, *, by: uuid.UUID | None, now: dt.datetime) -> SurveyDraftState:
    """Goes on writing a draft that was in review."""
    if draft.stage != "in_review":
        raise NotNow(draft.stage if draft.stage in OVER else "not_in_review")
    changes = {SurveyDraft.stage: "draft", SurveyDraft.review_asked_by: None}
    return await _next(draft, changes, Change("taken_back"), by=by, now=now)


async def approve(draft: SurveyDraftState, *, by: uuid.UUID, alone: bool, now: dt.datetime) -> SurveyDraftState:
    """Publishes what was reviewed. Who asked for the review or was the last to write does not review it, unless they
    are ``alone``."""
    if draft.stage != "in_review":
        raise NotNow(draft.stage if draft.stage in OVER else "not_in_review")
    if draft.review_asked_by == by and not alone:
        raise NotNow("own_review")
    if await last_writer(draft.id) == by and not alone:
        raise NotNow("own_words")
    version = await publish(draft.document, today=now.date())
    changes = {SurveyDraft.stage: "published", SurveyDraft.version: version}
    return await _next(draft, changes, Change("published"), by=by, now=now)


async def discard(draft: SurveyDraftState, *, by: uuid.UUID | None, now: dt.datetime) -> SurveyDraftState:
    """Ends a draft that nobody wants to go on with. Its history stays."""
    if draft.stage != "draft":
        raise NotNow(draft.stage)
    return await _next(draft, {SurveyDraft.stage: "discarded"}, Change("discarded"), by=by, now=now)


async def last_writer(id: uuid.UUID) -> uuid.UUID | None:
    """Who made the last change to what the survey says."""
    row = await (
        SurveyDraftChange.select(SurveyDraftChange.changed_by)
        .where(SurveyDraftChange.draft == id, SurveyDraftChange.what.not_in(list(NO_WRITING)))
        .order_by(SurveyDraftChange.revision, ascending=False)
        .first()
    )
    return row["changed_by"] if row else None


async def changes(id: uuid.UUID, *, after: int = 0) -> tuple[Saved, ...]:
    """What was saved after a revision, the newest first."""
    rows = await (
        SurveyDraftChange.select()
        .where(SurveyDraftChange.draft == id, SurveyDraftChange.revision > after)
        .order_by(SurveyDraftChange.revision, ascending=False)
    )
    return tuple(
        Saved(
            revision=row["revision"],
            by=row["changed_by"],
            at=row["changed_at"],
            change=Change(
                what=row["what"],
                about=row["about"],
                before=msgspec.json.decode(row["before"], type=dict[str, str]),
                after=msgspec.json.decode(row["after"], type=dict[str, str]),
            ),
        )
        for row in rows
    )


async def give_reason(id: uuid.UUID, problem: str, reason: str, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Says why a problem of the readiness list stays; the last reason counts."""
    await SurveyDraftReason.insert(
        SurveyDraftReason(
            id=uuid.uuid4(), draft=id, problem=problem, reason=reason[:LONGEST_REASON], given_by=by, given_at=now
        )
    )


async def reasons(id: uuid.UUID) -> dict[str, Reason]:
    """The last reason given for each problem, by its digest."""
    rows = await SurveyDraftReason.select().where(SurveyDraftReason.draft == id).order_by(SurveyDraftReason.given_at)
    return {row["problem"]: Reason(row["problem"], row["reason"], row["given_by"], row["given_at"]) for row in rows}


async def _next(
    draft: SurveyDraftState, values: Mapping[Any, Any], change: Change, *, by: uuid.UUID | None, now: dt.datetime
) -> SurveyDraftState:
    """One step on from the revision that ``draft`` is, if it still is the last."""
    stored = await (
        SurveyDraft.update(
            {
                **values,
                SurveyDraft.revision: draft.revision + 1,
                SurveyDraft.changed_by: by,
                SurveyDraft.changed_at: now,
            }
        )
        .where(SurveyDraft.id == draft.id, SurveyDraft.revision == draft.revision)
        .returning(SurveyDraft.revision)
    )
    if not stored:
        raise SavedMeanwhile(await load(draft.id), await changes(draft.id, after=draft.revision))
    await _write_down(draft.id, draft.revision + 1, change, by=by, now=now)
    return await load(draft.id)


async def _write_down(
    draft: uuid.UUID, revision: int, change: Change, *, by: uuid.UUID | None, now: dt.datetime
) -> None:
    await SurveyDraftChange.insert(
        SurveyDraftChange(
            id=uuid.uuid4(),
            draft=draft,
            revision=revision,
            changed_by=by,
            changed_at=now,
            what=change.what,
            about=change.about,
            before=msgspec.json.encode(change.before).decode(),
            after=msgspec.json.encode(change.after).decode(),
        )
    )


def _state(row: Mapping[str, Any]) -> SurveyDraftState:
    return SurveyDraftState(
        id=uuid.UUID(str(row["id"])),
        document=documents.from_json(row["document"]),
        revision=row["revision"],
        stage=row["stage"],
        identity_mode=row["identity_mode"],
        based_on=row["based_on"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        review_asked_by=row["review_asked_by"],
        version=row["version"],
        stale=frozenset(msgspec.json.decode(row["stale"], type=list[StaleWords])),
    )
