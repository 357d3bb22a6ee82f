"""The rounds of published surveys: opened in a term, and closed. Runs inside units of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys.building.versions import last_versions
from surveys.document import SurveyDocument
from surveys.identity import IdentityMode
from surveys.publishing import open_round
from surveys.tables import Survey, SurveyRound, SurveyVersion
from surveys.terms import is_term, term_of, term_order


class RoundOf(msgspec.Struct, frozen=True):
    id: uuid.UUID
    version: int
    term: str
    identity_mode: IdentityMode
    link: str
    opens_on: dt.date | None
    closes_on: dt.date | None


class Published(msgspec.Struct, frozen=True):
    """A survey with its last version and its rounds that have a link, the newest term first.

    ``identity_mode`` is the one chosen when it was built.
    """

    version: uuid.UUID
    number: int
    document: SurveyDocument
    identity_mode: IdentityMode | None
    rounds: tuple[RoundOf, ...]


class RoundChoice(msgspec.Struct, frozen=True):
    """What was chosen for a new round. Without ``closes_on`` it goes on in the next term by itself."""

    version: uuid.UUID
    term: str
    identity_mode: IdentityMode
    opens_on: dt.date
    closes_on: dt.date | None


class CannotOpen(Exception):
    """``code`` is ``no_such_version``, ``term``, ``past_term``, ``outside_term``, ``closes_before_it_opens`` or
    ``closes_in_the_past``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def published() -> list[Published]:
    """Every survey that was published here or is asked by link, by name."""
    versions = await SurveyVersion.select(
        SurveyVersion.id, SurveyVersion.number, SurveyVersion.survey.slug.as_alias("slug")
    )
    numbers = {row["id"]: row["number"] for row in versions}
    slugs = {row["id"]: row["slug"] for row in versions}
    by_slug: dict[str, list[RoundOf]] = {}
    for row in await SurveyRound.select().where(SurveyRound.link.is_not_null()):
        by_slug.setdefault(slugs[row["version"]], []).append(_round(row, numbers[row["version"]]))
    return [
        Published(
            version=last.id,
            number=last.number,
            document=last.document,
            identity_mode=last.identity_mode,
            rounds=tuple(
                sorted(by_slug.get(slug, ()), key=lambda each: (term_order(each.term), each.version), reverse=True)
            ),
        )
        for slug, last in (await last_versions()).items()
        if last.built_here or slug in by_slug
    ]


async def open_chosen(choice: RoundChoice, *, link: str, today: dt.date) -> uuid.UUID:
    """Opens a round under ``link``. Raises :class:`CannotOpen`."""
    if not await SurveyVersion.exists().where(SurveyVersion.id == choice.version):
        raise CannotOpen("no_such_version")
    if not is_term(choice.term):
        raise CannotOpen("term")
    if term_order(choice.term) < term_order(term_of(today)):
        raise CannotOpen("past_term")
    if choice.closes_on is not None and choice.closes_on < today:
        raise CannotOpen("closes_in_the_past")
    if choice.closes_on is not None and choice.closes_on < choice.opens_on:
        raise CannotOpen("closes_before_it_opens")
    if term_of(choice.opens_on) != choice.term or term_of(choice.closes_on or choice.opens_on) != choice.term:
        raise CannotOpen("outside_term")
    return await open_round(
        choice.version,
        term=choice.term,
        identity_mode=choice.identity_mode,
        link=link,
        opens_on=choice.opens_on,
        closes_on=choice.closes_on,
    )


async def close(round: uuid.UUID, *, today: dt.date) -> bool:
    """Ends a round now: nobody can begin any more, and who has begun can finish. Whether there was one to end."""
    ended = await (
        SurveyRound.update({SurveyRound.closes_on: today - dt.timedelta(days=1)})
        .where(
            SurveyRound.id == round,
            SurveyRound.link.is_not_null(),
            (SurveyRound.closes_on.is_null()) | (SurveyRound.closes_on >= today),
        )
        .returning(SurveyRound.id)
    )
    return bool(ended)


def _round(row: Mapping[str, object], version: int) -> RoundOf:
    return msgspec.convert({**row, "version": version}, RoundOf)


async def survey_of_round(round: uuid.UUID) -> str:
    """The slug of the survey that a round asks; empty when there is no such round."""
    found = await SurveyRound.select(SurveyRound.version).where(SurveyRound.id == round).first()
    return await survey_of_version(found["version"]) if found else ""


async def survey_of_version(version: uuid.UUID) -> str:
    """The slug of the survey that this is a version of; empty when there is none."""
    found = await SurveyVersion.select(SurveyVersion.survey).where(SurveyVersion.id == version).first()
    survey = await Survey.select(Survey.slug).where(Survey.id == found["survey"]).first() if found else None
    return survey["slug"] if survey else ""
