"""Changing the bank, by one rule: other words keep the concept, another meaning makes a new one.

Answers to a concept can be compared across surveys and years only while it means the same. So its kind,
whom it is asked of, which time it is about and the codes that can be answered never change. When one of them
must, a new concept ``follows`` the old one, which retires: what was published with it keeps it, and nothing
new is asked with it.

Every function here but the first two runs inside a unit of the store, and writes what it does into the
history.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

import msgspec

from surveys.bank import reading
from surveys.bank.checking import BankProblem, check, check_limit, check_wording
from surveys.bank.concepts import Concept, Wording
from surveys.bank.keeping import Step, change_row, concept_row, details, insert, said, word_steps, wording_row
from surveys.document import Edition
from surveys.tables import BankConcept, ConceptChange, ConceptWording

ABOUT = (
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
)
"""What of a concept can change beside its words."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed this since they were read; nothing was overwritten."""


def changed_meaning(before: Concept, after: Concept) -> tuple[str, ...]:
    """Which parts of the meaning differ: ``kind``, ``audience``, ``period``, ``options`` and ``places``
    (their codes), ``most``.

    The order of options and their pictures are not meaning. Asking others as well is none: their answers are told
    apart by who gave them. No longer asking those it was asked of is another meaning.
    """
    parts = [name for name in ("kind", "period") if getattr(before, name) != getattr(after, name)]
    if not set(before.audiences) <= set(after.audiences):
        parts.append("audience")
    for name in ("options", "places"):
        if {each.code for each in getattr(before, name)} != {each.code for each in getattr(after, name)}:
            parts.append(name)
    if before.most != after.most:
        parts.append("most")
    return tuple(parts)


def fingerprint(wording: Wording | None) -> str:
    """Tells whether words are still those that somebody has read."""
    return hashlib.blake2b(msgspec.json.encode(wording, order="deterministic"), digest_size=8).hexdigest()


async def add(concept: Concept, *, by: uuid.UUID | None, now: dt.datetime) -> Concept:
    """Adds a concept with its words. Raises ``BankProblem``, with ``code_taken`` for a code used before."""
    check(concept)
    if await BankConcept.exists().where(BankConcept.code == concept.code):
        raise BankProblem("code_taken", "code")
    added = msgspec.structs.replace(concept, created_on=now.date(), retired_on=None)
    await add_all([added], by=by, now=now)
    return added


async def add_all(concepts: Sequence[Concept], *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Adds concepts that were checked and whose codes are free."""
    await insert([concept_row(each, now.date()) for each in concepts])
    await insert(
        [wording_row(each.code, edition, each.wordings[edition]) for each in concepts for edition in each.editions]
    )
    await insert(
        [
            change_row(each.code, number, step, by, now)
            for each in concepts
            for number, step in enumerate(_beginning(each), start=1)
        ]
    )


def _beginning(concept: Concept) -> list[Step]:
    steps: list[Step] = [("added", "", "", "", concept.title("en"))]
    if concept.follows:
        steps.append(("follows", "", "", "", concept.follows))
    return steps


async def change_wording(
    code: str,
    edition: Edition,
    language: str,
    wording: Wording,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    seen: str | None = None,
) -> tuple[reading.Change, ...]:
    """Gives a concept these words in one edition and language, and returns what was changed: none for the same.

    ``seen`` is the ``fingerprint`` of the words that the person had before them: raises ``ChangedMeanwhile``
    when they are others now. Raises ``BankProblem`` for words that it does not take, and for a concept that
    is not there (``unknown``) or has retired (``retired``).
    """
    concept = await held(code)
    check_wording(concept, wording)
    before = concept.wording(edition, language)
    if seen is not None and seen != fingerprint(before):
        raise ChangedMeanwhile
    steps = word_steps(edition, language, before, wording)
    if not steps:
        return ()
    await ConceptWording.delete().where(ConceptWording.concept == code, ConceptWording.edition == edition)
    await insert([wording_row(code, edition, {**concept.wordings.get(edition, {}), language: wording})])
    return await _remember(code, steps, by, now)


async def change_about(
    after: Concept, *, by: uuid.UUID | None, now: dt.datetime, seen: int | None = None
) -> tuple[reading.Change, ...]:
    """Changes what is ``ABOUT`` a concept; its words stay. Raises ``BankProblem`` with ``another_meaning`` when more
    than that differs: then it is to be replaced.

    ``seen`` is ``reading.last_about`` of when the person had it before them: raises ``ChangedMeanwhile`` when there
    is a later change.
    """
    before = await held(after.code)
    if seen is not None and seen != await reading.last_about(after.code):
        raise ChangedMeanwhile
    check_limit(after)
    if parts := changed_meaning(before, after):
        raise BankProblem("another_meaning", parts[0])
    steps: list[Step] = [
        (name, "", "", said(before, name), said(after, name))
        for name in ABOUT
        if getattr(before, name) != getattr(after, name)
    ]
    if not steps:
        return ()
    await BankConcept.update(
        {
            BankConcept.owner: after.owner,
            BankConcept.good_for_months: after.good_for_months,
            BankConcept.details: details(after),
        }
    ).where(BankConcept.code == after.code)
    return await _remember(after.code, steps, by, now)


async def replace(code: str, new: Concept, *, by: uuid.UUID | None, now: dt.datetime) -> Concept:
    """Adds ``new`` as what follows a concept, which retires. Raises ``BankProblem`` as ``add`` does."""
    await held(code)
    added = await add(msgspec.structs.replace(new, follows=code), by=by, now=now)
    await _retire(code, added.code, by, now)
    return added


async def retire(code: str, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """From now on nothing new is asked with this concept."""
    await held(code)
    await _retire(code, "", by, now)


async def _retire(code: str, followed_by: str, by: uuid.UUID | None, now: dt.datetime) -> None:
    await BankConcept.update({BankConcept.retired_on: now.date()}).where(BankConcept.code == code)
    await _remember(code, [("retired", "", "", "", followed_by)], by, now)


async def held(code: str) -> Concept:
    """The concept that is to change, held until the unit is over, so that two changes at once come one after the other.

    Raises ``BankProblem``: ``unknown`` or ``retired``.
    """
    await BankConcept.raw('UPDATE "concept" SET "owner" = "owner" WHERE "code" = {}', code)
    concept = await reading.concept(code)
    if concept is None:
        raise BankProblem("unknown", "code")
    if concept.is_retired:
        raise BankProblem("retired", "code")
    return concept


async def _remember(code: str, steps: list[Step], by: uuid.UUID | None, now: dt.datetime) -> tuple[reading.Change, ...]:
    rows = await ConceptChange.raw(
        'SELECT COALESCE(MAX("number"), 0) AS "number" FROM "concept_change" WHERE "concept" = {}', code
    )
    first = int(rows[0]["number"]) + 1
    await insert([change_row(code, number, step, by, now) for number, step in enumerate(steps, start=first)])
    made = await reading.history(code)
    return tuple(each for each in made if each.number >= first)
