"""Which version of a survey counts: the one that was published last. Runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys import document as documents
from surveys.document import SurveyDocument
from surveys.identity import IdentityMode
from surveys.tables import SurveyDraft, SurveyVersion


class LastVersion(msgspec.Struct, frozen=True):
    """``identity_mode`` is the one chosen when it was built; ``built_here`` whether it was built here at all."""

    id: uuid.UUID
    number: int
    document: SurveyDocument
    built_here: bool
    identity_mode: IdentityMode | None


async def last_versions() -> dict[str, LastVersion]:
    """The version of each survey that was published last, by the survey's name, in order.

    Not the one with the highest number: who publishes an earlier text again gets the version that says it.
    """
    drafts = await (
        SurveyDraft.select(SurveyDraft.version, SurveyDraft.identity_mode, SurveyDraft.changed_at)
        .where(SurveyDraft.version.is_not_null())
        .order_by(SurveyDraft.changed_at)
    )
    built = {row["version"]: row for row in drafts}
    versions = await SurveyVersion.select(
        *SurveyVersion.all_columns(), SurveyVersion.survey.slug.as_alias("slug")
    ).order_by(SurveyVersion.number)

    def published_at(version: uuid.UUID, day: dt.date) -> dt.datetime:
        began = dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)
        return max(began, built[version]["changed_at"]) if version in built else began

    by_slug: dict[str, list[tuple[dt.datetime, int, dict[str, object]]]] = {}
    for row in versions:
        at = published_at(row["id"], row["published_on"])
        by_slug.setdefault(row["slug"], []).append((at, row["number"], row))
    found = {}
    for slug, candidates in sorted(by_slug.items()):
        row = max(candidates, key=lambda each: each[:2])[2]
        draft = built.get(row["id"])
        found[slug] = LastVersion(
            id=uuid.UUID(str(row["id"])),
            number=int(str(row["number"])),
            document=documents.from_json(str(row["document"])),
            built_here=draft is not None,
            identity_mode=draft["identity_mode"] if draft else None,
        )
    return found
