"""What a draft can begin with: nothing, one of our templates, or a survey that was published before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from msgspec.structs import replace

from surveys.building.versions import last_versions
from surveys.document import SurveyDocument
from surveys.tables import Survey, SurveyDraft

LONGEST_SLUG = 60

EMPTY = "empty"
TEMPLATE = "template:"
SURVEY = "survey:"
COPY = "copy:"
"""How ``based_on`` of a draft begins; the template's or the survey's own name follows. A copy is a survey of its own
that begins with the questions of another."""


def empty(title: str, *, slug: str, language: str, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug=slug,
        title={language: title},
        about={},
        who_reads={},
        what_happens_next={},
        minutes=1,
        languages=languages,
        questions=(),
    )


def copied(document: SurveyDocument, title: str, *, slug: str, language: str) -> SurveyDocument:
    """A new survey with what an earlier one asks. Its answers stand beside no others."""
    return replace(document, slug=slug, title={language: title}, series=None)


def slug_of(title: str, taken: Collection[str]) -> str:
    """A name for addresses and files, made from the title; numbered when it is taken already."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-") or "survey"
    if made not in taken:
        return made
    return next(numbered for number in count(2) if (numbered := f"{made}-{number}") not in taken)


async def slugs_taken() -> set[str]:
    """The names of every survey and draft. Runs inside a unit."""
    surveys = await Survey.select(Survey.slug)
    drafts = await SurveyDraft.select(SurveyDraft.slug)
    return {row["slug"] for row in [*surveys, *drafts]}


async def published() -> list[SurveyDocument]:
    """The last version of every survey that asks something, by name. Runs inside a unit."""
    return [last.document for last in (await last_versions()).values() if last.document.questions]
