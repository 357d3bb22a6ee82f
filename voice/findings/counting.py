"""How many people gave which answer, in every round, kept ready: a round is counted again when its answers changed.

A million answers are counted in seconds, and a page must not take seconds. Rounds are many and few of them change, so
what is asked of the database at every look is only whether they did.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from surveys.document import RATHER_NOT_SAY
from surveys.publishing import OpenRound, rounds
from surveys.tables import Submission
from voice.storage import Store
from voice.unheard.asked import told_by

GROUPS = ("age_band", "need")
"""What people say about themselves by which answers are told apart."""


class People(msgspec.Struct, frozen=True):
    """How many people answered like this."""

    who: str
    said_by: str
    setting: str
    mode: str
    language: str
    people: int


class Chosen(msgspec.Struct, frozen=True):
    """How many people gave ``code`` to ``concept``. ``setting`` is empty for people of none."""

    who: str
    said_by: str
    setting: str
    concept: str
    code: str
    people: int


class ChosenIn(msgspec.Struct, frozen=True):
    """How many of those who said ``value`` of themselves gave ``code``. ``by`` is one of ``GROUPS``."""

    by: str
    value: str
    who: str
    said_by: str
    concept: str
    code: str
    people: int


class Counted(msgspec.Struct, frozen=True):
    """A round with its numbers; ``mark`` changes with its answers.

    The numbers are bare: nothing of them may be shown before small ones are hidden.
    """

    round: OpenRound
    mark: tuple[int, int]
    people: tuple[People, ...]
    chosen: tuple[Chosen, ...]
    chosen_in: tuple[ChosenIn, ...]


_kept: WeakKeyDictionary[Any, dict[uuid.UUID, Counted]] = WeakKeyDictionary()

LETTERS = 6
"""Of each digest: sums of so many differ but once in some sixteen million."""

_NUMBER = {"sqlite": "unicode", "postgres": "ascii"}
"""What gives a letter's number in each database."""


async def counted(store: Store) -> tuple[Counted, ...]:
    """Every round with answers, the newest term's first; one view of the database for all of them."""
    return await store.read(counted_here)


async def counted_here() -> tuple[Counted, ...]:
    """The same inside a unit of the store."""
    asked = await rounds()
    marks = await _marks()
    kept = _kept.setdefault(Submission._meta.db, {})
    for gone in set(kept) - set(marks):
        del kept[gone]
    found = []
    for round in asked:
        mark = marks.get(round.id)
        if mark is None:
            continue
        if round.id not in kept or kept[round.id].mark != mark:
            kept[round.id] = await _count(round, mark)
        found.append(kept[round.id])
    return tuple(found)


async def _marks() -> dict[uuid.UUID, tuple[int, int]]:
    """By round what tells its answers from what they were: how many were sent, and a sum over their digests.

    A digest is of all that one person sent, so the sum changes when answers are replaced by as many others.
    """
    number = _NUMBER[Submission._meta.db.engine_type]
    letters = " + ".join(
        f'CAST({number}(substr("digest", {place + 1}, 1)) AS BIGINT) * {131**place}' for place in range(LETTERS)
    )
    rows = await Submission.raw(
        f'SELECT "round" AS "round", COUNT(*) AS "n", SUM({letters}) AS "mark" FROM "submission" GROUP BY "round"'  # noqa: S608
    )
    return {uuid.UUID(str(row["round"])): (int(row["n"]), int(row["mark"] or 0)) for row in rows}


async def _count(round: OpenRound, mark: tuple[int, int]) -> Counted:
    people = await Submission.raw(
        'SELECT "respondent_kind" AS "who", "said_by" AS "said_by", COALESCE("setting", \'\') AS "setting", '
        '"mode" AS "mode", "language" AS "language", COUNT(*) AS "people" FROM "submission" WHERE "round" = {} '
        'GROUP BY "respondent_kind", "said_by", COALESCE("setting", \'\'), "mode", "language"',
        round.id,
    )
    chosen = await Submission.raw(
        'SELECT u."respondent_kind" AS "who", u."said_by" AS "said_by", COALESCE(u."setting", \'\') AS "setting", '
        'a."concept" AS "concept", a."code" AS "code", COUNT(*) AS "people" '
        'FROM "submission" AS u JOIN "answer" AS a ON a."submission" = u."id" '
        'WHERE u."round" = {} AND a."code" IS NOT NULL '
        'GROUP BY u."respondent_kind", u."said_by", COALESCE(u."setting", \'\'), a."concept", a."code"',
        round.id,
    )
    return Counted(
        round,
        mark,
        tuple(msgspec.convert(row, People) for row in people),
        tuple(msgspec.convert(row, Chosen) for row in chosen),
        await _by_groups(round),
    )


async def _by_groups(round: OpenRound) -> tuple[ChosenIn, ...]:
    asks = _about_themselves(round)
    if not asks:
        return ()
    places = ", ".join(["{}"] * len(asks))
    rows = await Submission.raw(
        'SELECT g."concept" AS "asked", g."code" AS "value", u."respondent_kind" AS "who", u."said_by" AS "said_by", '  # noqa: S608
        'a."concept" AS "concept", a."code" AS "code", COUNT(*) AS "people" '
        'FROM "submission" AS u JOIN "answer" AS g ON g."submission" = u."id" '
        'JOIN "answer" AS a ON a."submission" = u."id" '
        f'WHERE u."round" = {{}} AND g."concept" IN ({places}) AND g."code" IS NOT NULL AND a."code" IS NOT NULL '
        f'AND a."concept" NOT IN ({places}) AND g."code" <> \'{RATHER_NOT_SAY}\' '
        'GROUP BY g."concept", g."code", u."respondent_kind", u."said_by", a."concept", a."code"',
        round.id,
        *asks,
        *asks,
    )
    return tuple(
        ChosenIn(
            asks[row["asked"]],
            row["value"],
            row["who"],
            row["said_by"],
            row["concept"],
            row["code"],
            int(row["people"]),
        )
        for row in rows
    )


def _about_themselves(round: OpenRound) -> dict[str, str]:
    """The questions by which people are told apart, and which of ``GROUPS`` each tells."""
    return {concept: by for by, concept in told_by(round.document).items() if by in GROUPS}


def marks_of(counted: Iterable[Counted]) -> tuple[object, ...]:
    """Tells one state of the answers from another."""
    return tuple((each.round.id, each.mark) for each in counted)


def people_in(counted: Iterable[Counted]) -> int:
    return sum(each.people for round in counted for each in round.people)


def by_survey(counted: Iterable[Counted], term: str) -> dict[str, int]:
    """How many people answered each survey in a term."""
    found: dict[str, int] = {}
    for each in counted:
        if each.round.term == term:
            found[each.round.survey] = found.get(each.round.survey, 0) + people_in((each,))
    return found
