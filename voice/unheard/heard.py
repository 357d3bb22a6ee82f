"""How many people were heard in a term, by group: people and not comments, each way of hearing them told apart.

Who answered without a name may have spoken twice; nobody can tell, and the page says so. Young people count, and parent
carers for the child they speak of; those who work with them do not. Functions run inside a unit of the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from surveys.publishing import OpenRound, rounds
from surveys.tables import Answer, Submission
from surveys.templates import post_ehcp
from surveys.terms import first_day, last_day, term_of, term_order
from voice.capture.sessions.tables import SessionAttendance
from voice.evidence.tables import Voice
from voice.storage.rows import as_day, as_uuid
from voice.unheard.asked import ages, category_of, told_by
from voice.unheard.categories import AGE_BANDS, groups_named_in, named

WHO = ("young_person", "parent_carer")
"""Whose voices count: each stands for one child or young person."""

WHO_IN_SESSIONS = {"young_people": "young_person", "parent_carers": "parent_carer"}

Counts = dict[str, dict[str, int]]
"""By dimension and category, how many people."""


class Heard(msgspec.Struct, frozen=True):
    """People heard in a term. ``by`` counts those of whom a dimension is known; beside the dimensions of the
    figures it has ``not_in_school``, of those who were asked for their school year.

    ``sources`` count people by the way they were heard, ``said_by`` by whose words they are (``""`` where nobody
    noted it). ``named`` are people in whose session, setting or partner the name of a seldom-heard group stands: at
    least so many. ``told`` are people of whom it is known whether they belong to the groups of ``stage`` or
    ``seldom``, and whose school year is known (``year``).
    """

    term: str
    everyone: int
    sources: Mapping[str, int]
    said_by: Mapping[str, int]
    by: Mapping[str, Mapping[str, int]]
    named: Mapping[str, int]
    told: Mapping[str, int]

    def known(self, dimension: str) -> int:
        """Of how many people the dimension is known."""
        return sum(self.by.get(dimension, {}).values())


_kept: WeakKeyDictionary[Any, dict[str, tuple[tuple[str, ...], Heard]]] = WeakKeyDictionary()


async def heard(term: str) -> Heard:
    """Who was heard in ``term``. Kept until something was answered, said or noted anew."""
    kept = _kept.setdefault(Submission._meta.db, {})
    state = await _state()
    if term not in kept or kept[term][0] != state:
        kept[term] = (state, await _heard(term))
    return kept[term][1]


async def terms_with_people() -> list[str]:
    """The terms in which anybody was heard, the newest first."""
    rows = await Submission.raw(
        'SELECT DISTINCT r."term" AS "term" FROM "survey_round" AS r '
        'WHERE EXISTS (SELECT 1 FROM "submission" AS u WHERE u."round" = r."id") '
        'UNION SELECT DISTINCT "term" AS "term" FROM "voice"'
    )
    days = await SessionAttendance.raw(
        'SELECT DISTINCT s."held_on" AS "day" FROM "session" AS s '
        'JOIN "session_attendance" AS a ON a."session" = s."id"'
    )
    found = {row["term"] for row in rows} | {term_of(as_day(row["day"])) for row in days}
    return sorted(found, key=term_order, reverse=True)


async def _state() -> tuple[str, ...]:
    rows = await Submission.raw(
        'SELECT (SELECT COUNT(*) FROM "submission") AS "answered", '
        '(SELECT MAX("revision") FROM "voice_number") AS "said", '
        '(SELECT COUNT(*) FROM "survey_round") AS "rounds", '
        '(SELECT SUM("people") FROM "session_attendance") AS "came", (SELECT SUM("revision") FROM "session") AS "held"'
    )
    return tuple(str(value) for value in rows[0].values())


class _Counting:
    """People as they are counted, source by source."""

    def __init__(self) -> None:
        self.everyone = 0
        self.sources: dict[str, int] = {}
        self.said_by: dict[str, int] = {}
        self.by: Counts = {}
        self.named: dict[str, int] = {}
        self.told: dict[str, int] = {}

    def people(self, source: str, n: int, *, said_by: str = "", **known: str) -> None:
        self.everyone += n
        self.sources[source] = self.sources.get(source, 0) + n
        self.said_by[said_by] = self.said_by.get(said_by, 0) + n
        for dimension, category in known.items():
            if category:
                self.add(dimension, {category: n})

    def add(self, dimension: str, counts: Mapping[str, int]) -> None:
        into = self.by.setdefault(dimension, {})
        for category, n in counts.items():
            into[category] = into.get(category, 0) + n

    def name(self, n: int, *texts: str) -> None:
        for group in groups_named_in(*texts):
            self.named[group] = self.named.get(group, 0) + n

    def tell(self, dimension: str, n: int) -> None:
        self.told[dimension] = self.told.get(dimension, 0) + n


async def _heard(term: str) -> Heard:
    counting = _Counting()
    for round in await rounds():
        if round.term == term:
            await _count_survey(counting, round)
    counted = await _count_sessions(counting, term)
    await _count_voices(counting, term, counted)
    return Heard(
        term, counting.everyone, counting.sources, counting.said_by, counting.by, counting.named, counting.told
    )


async def _count_survey(counting: _Counting, round: OpenRound) -> None:
    rows = await Submission.raw(
        'SELECT "language" AS "language", "setting" AS "setting", "said_by" AS "said_by", COUNT(*) AS "n" '
        'FROM "submission" WHERE "round" = {} AND "respondent_kind" IN ({}, {}) '
        'GROUP BY "language", "setting", "said_by"',
        round.id,
        *WHO,
    )
    of_plans = "ehc_plan" if round.survey == post_ehcp.SLUG else ""
    for row in rows:
        setting = row["setting"] or ""
        known = {"language": row["language"], "setting": named(setting), "stage": of_plans}
        counting.people("survey", int(row["n"]), said_by=row["said_by"], **known)
        counting.name(int(row["n"]), setting)
    told = told_by(round.document)
    codes = await _codes(round, told)
    counting.add("age_band", ages(codes.get("age_band", {}), codes.get("year", {}), has_bands="age_band" in told))
    for dimension in ("need", "area"):
        for code, n in codes.get(dimension, {}).items():
            counting.add(dimension, {category_of(dimension, code) if dimension == "need" else named(code): n})
    for dimension in ("stage", "seldom"):
        if dimension in told and not (dimension == "stage" and of_plans):
            for code, n in codes.get(dimension, {}).items():
                counting.add(dimension, {category_of(dimension, code): n})
            counting.tell(dimension, codes.get(f"{dimension} people", {}).get("", 0))
    if of_plans:
        counting.tell("stage", sum(int(row["n"]) for row in rows))
    if "year" in told:
        counting.tell("year", sum(codes.get("year", {}).values()))
        counting.add("not_in_school", {"not_in_school": codes.get("year", {}).get("not_in_school", 0)})


async def _codes(round: OpenRound, told: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """By dimension and code, how many people of a round gave it; ``seldom people`` counts who answered at all."""
    if not told:
        return {}
    by_concept = {concept: dimension for dimension, concept in told.items()}
    places = ", ".join(["{}"] * len(by_concept))
    code, joined = 'a."code"', ""
    if "seldom" in told:
        code, joined = 'COALESCE(p."item", a."code")', 'LEFT JOIN "answer_part" AS p ON p."answer" = a."id" '
    rows = await Answer.raw(
        f'SELECT a."concept" AS "concept", {code} AS "code", COUNT(*) AS "n" '  # noqa: S608
        f'FROM "submission" AS u JOIN "answer" AS a ON a."submission" = u."id" {joined}'
        f'WHERE u."round" = {{}} AND u."respondent_kind" IN ({{}}, {{}}) AND a."concept" IN ({places}) '
        f"AND {code} IS NOT NULL AND {code} <> 'rather_not_say' "
        f'GROUP BY a."concept", {code}',
        round.id,
        *WHO,
        *by_concept,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(by_concept[row["concept"]], {})[row["code"]] = int(row["n"])
    for dimension in ("stage", "seldom"):
        if dimension in told:
            answered = await Answer.raw(
                'SELECT COUNT(*) AS "n" FROM "submission" AS u JOIN "answer" AS a ON a."submission" = u."id" '
                'WHERE u."round" = {} AND u."respondent_kind" IN ({}, {}) AND a."concept" = {} '
                "AND COALESCE(a.\"code\", '') <> 'rather_not_say'",
                round.id,
                *WHO,
                told[dimension],
            )
            found[f"{dimension} people"] = {"": int(answered[0]["n"])}
    return found


async def _count_sessions(counting: _Counting, term: str) -> set[str]:
    """Heads as somebody counted them in the room; returns the sessions in which somebody did."""
    rows = await SessionAttendance.raw(
        'SELECT s."id" AS "id", s."forum" AS "forum", s."title" AS "title", s."setting" AS "setting", '
        's."language" AS "language", a."age_band" AS "age_band", a."who" AS "who", a."people" AS "n" '
        'FROM "session" AS s JOIN "session_attendance" AS a ON a."session" = s."id" '
        'WHERE s."held_on" >= {} AND s."held_on" <= {} AND s."stage" IN (\'ended\', \'approved\')',
        first_day(term),
        last_day(term),
    )
    for row in rows:
        who, band = WHO_IN_SESSIONS.get(row["who"], ""), row["age_band"]
        if who and (n := int(row["n"])):
            age = band if who == "young_person" and band in AGE_BANDS else ""
            counting.people("session", n, language=row["language"], setting=named(row["setting"]), age_band=age)
            counting.name(n, row["forum"], row["title"], row["setting"])
    return {str(as_uuid(row["id"])) for row in rows}


async def _count_voices(counting: _Counting, term: str, counted: set[str]) -> None:
    """Whoever spoke elsewhere: in the drop box, on the page for anybody, from a private space, and in sessions where
    nobody counted heads."""
    rows = await Voice.raw(
        'SELECT "source" AS "source", MIN(CAST("origin" AS VARCHAR)) AS "origin", MAX("respondent_kind") AS "kind", '
        'MAX("said_by") AS "said_by", '
        'MAX("age_band") AS "age_band", MAX("need") AS "need", MAX("setting") AS "setting", '
        'MAX("language") AS "language", MAX("heard_by") AS "heard_by" FROM "voice" '
        'WHERE "term" = {} AND "source" <> \'survey\' AND "respondent_kind" IN ({}, {}) '
        'GROUP BY "source", COALESCE("person", "origin")',
        term,
        *WHO,
    )
    for row in rows:
        if row["source"] == "session" and str(as_uuid(row["origin"])) in counted:
            continue
        age = row["age_band"] if row["kind"] == "young_person" and row["age_band"] in AGE_BANDS else ""
        counting.people(
            row["source"],
            1,
            said_by=row["said_by"],
            language=row["language"],
            need=category_of("need", row["need"]) if row["need"] else "",
            setting=named(row["setting"]),
            age_band=age,
        )
        counting.name(1, row["setting"], row["heard_by"])
