"""All that packs are made of, read once: whatever stands in two places of a pack, or in two files, is the same number.

A section that needs more gets a field in :class:`Gathered` and a line in :func:`gather`.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import msgspec

from analysis.disclosure import FlooredCounts, floor_counts
from surveys.asking_less.spared import SparedTime, spared_in
from surveys.bank import reading as bank
from surveys.ledger import how_much
from surveys.terms import first_day
from voice.capture.reviews.participation import Participation, school_year
from voice.fatigue.figures import Measured
from voice.findings.briefing import Briefing, briefing
from voice.findings.of_term import Findings
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store
from voice.themes import headings, summaries
from voice.themes.excerpts import Shown, released, shown
from voice.themes.headings import Framework
from voice.themes.summaries import Part, Summary


class Parts(Protocol):
    """What is needed of the parts that the pages work with."""

    settings: Settings
    store: Store
    partnership: PartnershipInfo

    @property
    def today(self) -> dt.date: ...


class ToldSummary(msgspec.Struct, frozen=True):
    """A released summary with those of its sentences that may still be shown."""

    summary: Summary
    said: tuple[tuple[Part, Shown], ...]


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """``told`` is the lead's first page of ``term``, ``found`` what families said in it, ``summaries`` are those
    released in it.

    ``filed`` are the concepts of the question bank under each heading of the self-evaluation. ``reviews`` is the school
    year ``review_year`` that the term lies in. ``address`` begins the addresses of pages.
    """

    term: str
    today: dt.date
    address: str
    partnership: str
    told: Briefing
    found: Findings
    summaries: tuple[ToldSummary, ...]
    frameworks: tuple[Framework, ...]
    filed: dict[str, tuple[str, ...]]
    review_year: int
    reviews: Participation
    asked: Measured | None
    too_much: FlooredCounts
    spared: tuple[SparedTime, ...]


async def gather(parts: Parts, term: str | None) -> Gathered | None:
    """What is known of ``term`` (the newest when ``None``); ``None`` while nobody has said anything.

    Raises ``KeyError`` for a term without answers.
    """
    today, store = parts.today, parts.store
    told = await briefing(store, parts.settings, term, today=today)
    if told is None:
        return None
    found = told.said

    async def unit() -> Gathered:
        return Gathered(
            term=found.term,
            today=today,
            address=parts.settings.base_url,
            partnership=parts.partnership.name,
            told=told,
            found=found,
            summaries=await _summaries(found.term, today),
            frameworks=await headings.frameworks(),
            filed=await _filed(),
            review_year=school_year(first_day(found.term)),
            reviews=told.participation,
            asked=told.fatigue,
            too_much=floor_counts(await how_much.counted(term=found.term)),
            spared=await spared_in(found.term),
        )

    return await store.read(unit)


async def _summaries(term: str, today: dt.date) -> tuple[ToldSummary, ...]:
    known = [each for each in await summaries.newest() if each.term == term and each.built.numbers.people is not None]
    quotes = await released([it.excerpt.voice for each in known for it in each.chosen], today=today)
    told = [
        ToldSummary(
            each, tuple((it.part, words) for it in each.chosen if (words := shown(it.excerpt, quotes)) is not None)
        )
        for each in known
    ]
    return tuple(sorted(told, key=lambda each: -(each.summary.built.numbers.people or 0)))


async def _filed() -> dict[str, tuple[str, ...]]:
    filed: dict[str, list[str]] = {}
    for concept in await bank.concepts(languages=()):
        for heading in concept.headings:
            filed.setdefault(heading, []).append(concept.code)
    return {heading: tuple(sorted(codes)) for heading, codes in filed.items()}
