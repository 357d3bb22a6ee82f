"""How a concept and what is done to it are kept: the rows of the bank, and the steps of its history."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from piccolo.table import Table

from analysis.tokens import folded, normalised
from surveys.bank.concepts import Concept, Explained, Wording
from surveys.bank.reading import Details
from surveys.document import Edition
from surveys.tables import BankConcept, ConceptChange, ConceptWording

A_BATCH = 500
"""Rows a statement: PostgreSQL takes 32,767 values in one."""

Step = tuple[str, str, str, str, str]
"""A change before it is written: what, edition, language, before, after."""


def word_steps(edition: Edition, language: str, before: Wording | None, after: Wording) -> list[Step]:
    """What differs between two wordings, one step for each part."""
    old = before or Wording("")
    pairs = [
        ("title", old.title, after.title),
        ("help", old.help, after.help),
        *(
            (f"{what}:{code}", was.get(code, ""), now.get(code, ""))
            for what, was, now in (
                ("label", old.labels, after.labels),
                ("alt", old.alts, after.alts),
                ("place", old.places, after.places),
            )
            for code in dict.fromkeys((*was, *now))
        ),
        ("ends", " … ".join(old.ends or ()), " … ".join(after.ends or ())),
        ("hard_words", _lines(old.hard_words), _lines(after.hard_words)),
        ("audio", old.audio, after.audio),
        ("picture_alt", old.picture_alt, after.picture_alt),
    ]
    return [(what, edition, language, was, now) for what, was, now in pairs if was != now]


def _lines(explained: Iterable[Explained]) -> str:
    return "\n".join(f"{each.word}: {each.meaning}" for each in explained)


def said(concept: Concept, name: str) -> str:
    """A part of what is ``ABOUT`` a concept as the history keeps it: lists have one thing a line."""
    value = getattr(concept, name)
    if name == "options":
        return "\n".join(" ".join(filter(None, (each.code, each.symbol, each.picture))) for each in value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def findable(code: str, wordings: Mapping[str, Wording]) -> str:
    """The concept's code and all words of an edition, folded for ``surveys.bank.searching``."""
    words = [code]
    for said in wordings.values():
        words += (
            said.title,
            said.help,
            *said.labels.values(),
            *said.places.values(),
            *(each.word for each in said.hard_words),
        )
    return folded(normalised("\n".join(words)))


def concept_row(concept: Concept, today: dt.date) -> BankConcept:
    return BankConcept(
        code=concept.code,
        kind=concept.kind,
        audience=concept.audience,
        period=concept.period,
        owner=concept.owner,
        good_for_months=concept.good_for_months,
        details=details(concept),
        created_on=today,
        follows=concept.follows,
    )


def change_row(code: str, number: int, step: Step, by: uuid.UUID | None, now: dt.datetime) -> ConceptChange:
    what, edition, language, before, after = step
    return ConceptChange(
        id=uuid.uuid4(),
        concept=code,
        number=number,
        changed_at=now,
        changed_by=by,
        what=what,
        edition=edition,
        language=language,
        before=before,
        after=after,
    )


def wording_row(code: str, edition: Edition, wordings: Mapping[str, Wording]) -> ConceptWording:
    return ConceptWording(
        id=uuid.uuid4(),
        concept=code,
        edition=edition,
        wordings=msgspec.json.encode(wordings).decode(),
        findable=findable(code, wordings),
    )


def details(concept: Concept) -> str:
    parts = {name: getattr(concept, name) for name in Details.__struct_fields__}
    return msgspec.json.encode(Details(**parts)).decode()


async def insert(rows: Sequence[Table]) -> None:
    """Adds rows of one table. Runs inside a unit."""
    for start in range(0, len(rows), A_BATCH):
        await type(rows[0]).insert(*rows[start : start + A_BATCH])
