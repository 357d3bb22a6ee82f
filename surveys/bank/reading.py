"""The bank as it is now, and how it came to be so. Every function here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import Any, Literal, get_args

import msgspec

from surveys.bank.concepts import Concept, OfferedOption, Wording
from surveys.document import Edition, RespondentKind
from surveys.tables import BankConcept, ConceptChange, ConceptWording

Changed = Literal[
    "added",
    "title",
    "help",
    "label",
    "alt",
    "place",
    "ends",
    "hard_words",
    "audio",
    "picture_alt",
    "also_asked_of",
    "owner",
    "good_for_months",
    "headings",
    "i_statements",
    "symbol",
    "picture",
    "bsl",
    "options",
    "limit",
    "retired",
    "follows",
]
"""What a change was about; ``label``, ``alt`` and ``place`` are of one option."""

CHANGED: tuple[str, ...] = get_args(Changed)


class Details(msgspec.Struct, frozen=True):
    """The part of a concept that is kept as one text."""

    also_asked_of: tuple[RespondentKind, ...] = ()
    headings: tuple[str, ...] = ()
    i_statements: tuple[str, ...] = ()
    symbol: str = ""
    picture: str = ""
    bsl: str = ""
    options: tuple[OfferedOption, ...] = ()
    places: tuple[OfferedOption, ...] = ()
    limit: int = 2000
    most: int = 0


class Change(msgspec.Struct, frozen=True):
    """One line of the history. ``by`` is a member's id, ``None`` for what the product brought itself.

    ``option`` is the code of the option that it was about; ``edition`` and ``language`` are empty unless words
    were changed.
    """

    number: int
    at: dt.datetime
    by: uuid.UUID | None
    what: str
    option: str
    edition: str
    language: str
    before: str
    after: str


async def concepts(*, retired: bool = False, languages: Collection[str] | None = None) -> list[Concept]:
    """The concepts that may be asked, by code; with ``retired`` all. ``languages`` are the words to read."""
    rows = await (
        BankConcept.select().order_by(BankConcept.code)
        if retired
        else BankConcept.select().where(BankConcept.retired_on.is_null()).order_by(BankConcept.code)
    )
    wordings: dict[str, dict[Edition, dict[str, Wording]]] = {}
    for row in await ConceptWording.select(ConceptWording.concept, ConceptWording.edition, ConceptWording.wordings):
        wordings.setdefault(row["concept"], {})[row["edition"]] = _decoded(row["wordings"], languages)
    return [_concept(row, wordings.get(row["code"], {})) for row in rows]


async def concept(code: str) -> Concept | None:
    """The concept, retired or not; ``None`` when there is none of this code."""
    row = await BankConcept.select().where(BankConcept.code == code).first()
    if row is None:
        return None
    worded = await ConceptWording.select().where(ConceptWording.concept == code)
    return _concept(row, {each["edition"]: _decoded(each["wordings"], None) for each in worded})


async def followed_by(code: str) -> str | None:
    """The code of the concept that replaced this one."""
    row = await BankConcept.select(BankConcept.code).where(BankConcept.follows == code).first()
    return str(row["code"]) if row else None


async def history(code: str) -> list[Change]:
    """Every change of a concept, the newest first."""
    rows = await (
        ConceptChange.select().where(ConceptChange.concept == code).order_by(ConceptChange.number, ascending=False)
    )
    return [_change(row) for row in rows]


async def last_about(code: str) -> int:
    """The number of the last change of what is about the concept, beside its words; 0 when there was none."""
    rows = await ConceptChange.raw(
        'SELECT COALESCE(MAX("number"), 0) AS "number" FROM "concept_change" '
        'WHERE "concept" = {} AND "language" = \'\'',
        code,
    )
    return int(rows[0]["number"])


async def touched_by_people() -> set[tuple[str, str, str]]:
    """The wordings, as concept, edition and language, that a member of staff has changed."""
    rows = await ConceptChange.select(ConceptChange.concept, ConceptChange.edition, ConceptChange.language).where(
        ConceptChange.changed_by.is_not_null(), ConceptChange.language != ""
    )
    return {(row["concept"], row["edition"], row["language"]) for row in rows}


def _change(row: Mapping[str, Any]) -> Change:
    what, _, option = row["what"].partition(":")
    return Change(
        number=row["number"],
        at=row["changed_at"],
        by=row["changed_by"],
        what=what,
        option=option,
        edition=row["edition"],
        language=row["language"],
        before=row["before"],
        after=row["after"],
    )


_by_language = msgspec.json.Decoder(dict[str, msgspec.Raw])
_wording = msgspec.json.Decoder(Wording)
_details = msgspec.json.Decoder(Details)


def _decoded(text: str, languages: Collection[str] | None) -> dict[str, Wording]:
    return {
        language: _with_codes(_wording.decode(raw))
        for language, raw in _by_language.decode(text).items()
        if languages is None or language in languages
    }


def _with_codes(wording: Wording) -> Wording:
    """The words, where a hard word that was kept without a code has its place for one."""
    if all(each.code for each in wording.hard_words):
        return wording
    return msgspec.structs.replace(
        wording,
        hard_words=tuple(
            msgspec.structs.replace(each, code=each.code or str(place)) for place, each in enumerate(wording.hard_words)
        ),
    )


def _concept(row: Mapping[str, Any], wordings: Mapping[Edition, Mapping[str, Wording]]) -> Concept:
    details = _details.decode(row["details"])
    return Concept(
        code=row["code"],
        kind=row["kind"],
        audience=row["audience"],
        period=row["period"],
        owner=row["owner"],
        good_for_months=row["good_for_months"],
        created_on=row["created_on"],
        retired_on=row["retired_on"],
        follows=row["follows"],
        wordings=wordings,
        **msgspec.structs.asdict(details),
    )
