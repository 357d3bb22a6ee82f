"""From a survey's words to a version that never changes, and to the round in which it is asked."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property

import msgspec

from surveys import document as documents
from surveys.document import SurveyDocument
from surveys.identity import IdentityMode
from surveys.tables import Draft, PaperStack, Survey, SurveyRound, SurveyVersion
from surveys.terms import first_day, term_of, term_order
from surveys.translating.completeness import complete_languages


class OpenRound(msgspec.Struct, frozen=True, dict=True):
    """A round with the document it asks. ``link`` is ``None`` for answers collected elsewhere."""

    id: uuid.UUID
    survey: str
    version: int
    term: str
    identity_mode: IdentityMode
    link: str | None
    opens_on: dt.date | None
    closes_on: dt.date | None
    document: SurveyDocument

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that people can answer in: those in which the survey says everything."""
        return complete_languages(self.document)

    def is_open(self, today: dt.date) -> bool:
        return (self.opens_on is None or self.opens_on <= today) and (self.closes_on is None or today <= self.closes_on)


async def publish(document: SurveyDocument, *, today: dt.date) -> uuid.UUID:
    """The version that says exactly this; a new one when none does yet."""
    survey = await Survey.objects().get(Survey.slug == document.slug)
    if survey is None:
        survey = Survey(id=uuid.uuid4(), slug=document.slug)
        await survey.save()
    versions = await SurveyVersion.select(SurveyVersion.id, SurveyVersion.number, SurveyVersion.document).where(
        SurveyVersion.survey == survey.id
    )
    for version in versions:
        # Compared as documents: text written by an earlier release may lack what has a default since.
        if documents.from_json(version["document"]) == document:
            return uuid.UUID(str(version["id"]))
    added = SurveyVersion(
        id=uuid.uuid4(),
        survey=survey.id,
        number=max((version["number"] for version in versions), default=0) + 1,
        digest=documents.digest(document),
        document=documents.to_json(document),
        published_on=today,
    )
    await added.save()
    return added.id


async def open_round(
    version: uuid.UUID,
    *,
    term: str,
    identity_mode: IdentityMode,
    link: str | None,
    opens_on: dt.date | None,
    closes_on: dt.date | None,
) -> uuid.UUID:
    added = SurveyRound(
        id=uuid.uuid4(),
        version=version,
        term=term,
        identity_mode=identity_mode,
        link=link,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    await added.save()
    return added.id


async def round_collected_elsewhere(version: uuid.UUID, *, term: str) -> uuid.UUID:
    """The round of a term that holds imported answers; opened when there is none yet."""
    known = await (
        SurveyRound.select(SurveyRound.id)
        .where(
            SurveyRound.version == version,
            SurveyRound.term == term,
            SurveyRound.link.is_null(),
            SurveyRound.closes_on.is_null(),
        )
        .first()
    )
    if known:
        return uuid.UUID(str(known["id"]))
    return await open_round(version, term=term, identity_mode="anonymous", link=None, opens_on=None, closes_on=None)


async def rounds() -> list[OpenRound]:
    """Every round with its document, the newest term's first."""
    rows = await SurveyRound.select(
        *SurveyRound.all_columns(),
        SurveyRound.version.number.as_alias("version_number"),
        SurveyRound.version.document.as_alias("document"),
        SurveyRound.version._.survey._.slug.as_alias("survey_slug"),
    )
    return [
        OpenRound(
            id=row["id"],
            survey=row["survey_slug"],
            version=row["version_number"],
            term=row["term"],
            identity_mode=row["identity_mode"],
            link=row["link"],
            opens_on=row["opens_on"],
            closes_on=row["closes_on"],
            document=documents.from_json(row["document"]),
        )
        for row in rows
    ]


async def roll_over(*, today: dt.date) -> int:
    """Goes on in the new term with every round that has no last day, and returns how many those were.

    The link on a letter stays good: it moves to a round of the new term. Drafts go with it, since what
    was not sent yet has not been said yet, and so do stacks of paper forms that are being typed. A round that
    waits for its first day goes on waiting for it.
    """
    term = term_of(today)
    old = await SurveyRound.select().where(
        SurveyRound.link.is_not_null(), SurveyRound.closes_on.is_null(), SurveyRound.term != term
    )
    for each in old:
        if term_order(each["term"]) > term_order(term):
            continue
        await SurveyRound.update(
            {SurveyRound.link: None, SurveyRound.closes_on: first_day(term) - dt.timedelta(days=1)}
        ).where(SurveyRound.id == each["id"])
        new = await open_round(
            each["version"],
            term=term,
            identity_mode=each["identity_mode"],
            link=each["link"],
            opens_on=max(first_day(term), each["opens_on"] or first_day(term)),
            closes_on=None,
        )
        await Draft.update({Draft.round: new}).where(Draft.round == each["id"])
        await PaperStack.update({PaperStack.round: new}).where(PaperStack.round == each["id"])
    return len(old)
