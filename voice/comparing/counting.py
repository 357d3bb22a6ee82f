"""How many people are in favour of what, by survey, term, kind, partner and setting. All runs inside a unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from analysis.comparing.safe_shares import Counted
from surveys.document import RATHER_NOT_SAY, Question
from surveys.ledger.tables import Ask
from surveys.publishing import OpenRound
from surveys.tables import Answer, BankConcept
from voice.comparing.favourable import favourable
from voice.evidence.findings import NOT_ASKED

DIMENSIONS = ("term", "survey", "partner", "setting", "kind")


class People(msgspec.Struct, frozen=True):
    """``answered`` people of one kind in one setting ("" for none), of whom ``good`` are in favour."""

    concept: str
    term: str
    survey: str
    kind: str
    setting: str
    good: int
    answered: int


class Asked(msgspec.Struct, frozen=True):
    """All surveys that ask one concept, or one that replaced it: the newest question of each survey, those in easy read
    first, and its rounds by term."""

    concept: str
    questions: Mapping[str, Question]
    rounds: Mapping[tuple[str, str], tuple[OpenRound, ...]]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(question.concept for question in self.questions.values())

    @property
    def question(self) -> Question:
        return next(iter(self.questions.values()))


async def asked_in(rounds: Collection[OpenRound]) -> dict[str, Asked]:
    """By concept, the surveys that ask it; only questions of which some answers count as favourable."""
    follows = await _followed()
    questions: dict[str, dict[str, Question]] = {}
    by_term: dict[str, dict[tuple[str, str], list[OpenRound]]] = {}
    for round in sorted(rounds, key=lambda each: (each.document.edition, each.survey, each.version)):
        for question in round.document.questions:
            if favourable(question) is not None:
                concept = _first(question.concept, follows)
                questions.setdefault(concept, {})[round.survey] = question
                by_term.setdefault(concept, {}).setdefault((round.survey, round.term), []).append(round)
    return {
        concept: Asked(concept, asked, {key: tuple(each) for key, each in by_term[concept].items()})
        for concept, asked in questions.items()
    }


async def people(asked: Collection[Asked]) -> list[People]:
    """What people answered in their own words, in every term. Answers that say it did not apply are left out."""
    concept_of = {code: each.concept for each in asked for code in each.codes}
    good = {
        (survey, question.concept): frozenset(favourable(question) or ())
        for each in asked
        for survey, question in each.questions.items()
    }
    found: dict[tuple[str, str, str, str, str], list[int]] = {}
    for row in await _answers(concept_of):
        codes = good.get((row["survey"], row["concept"]))
        if codes is None or row["code"] in (RATHER_NOT_SAY, *NOT_ASKED):
            continue
        key = (concept_of[row["concept"]], row["term"], row["survey"], row["kind"], row["setting"])
        counts = found.setdefault(key, [0, 0])
        counts[0] += int(row["people"]) if row["code"] in codes else 0
        counts[1] += int(row["people"])
    return [People(*key, good=counts[0], answered=counts[1]) for key, counts in sorted(found.items())]


async def _answers(concepts: Collection[str]) -> list[Mapping[str, Any]]:
    if not concepts:
        return []
    return await Answer.raw(  # type: ignore[no-any-return]
        'SELECT a."concept" AS "concept", r."term" AS "term", s."slug" AS "survey", '  # noqa: S608 - places only
        'u."respondent_kind" AS "kind", COALESCE(u."setting", \'\') AS "setting", a."code" AS "code", '
        'COUNT(*) AS "people" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'JOIN "survey_round" AS r ON u."round" = r."id" JOIN "survey_version" AS v ON r."version" = v."id" '
        'JOIN "survey" AS s ON v."survey" = s."id" '
        'WHERE a."code" IS NOT NULL AND u."said_by" = \'own_words\' '
        f'AND a."concept" IN ({", ".join("{}" for _ in concepts)}) '
        'GROUP BY a."concept", r."term", s."slug", u."respondent_kind", COALESCE(u."setting", \'\'), a."code"',
        *concepts,
    )


async def answered() -> frozenset[str]:
    """The concepts that somebody gave a code to in their own words."""
    rows = await Answer.raw(
        'SELECT DISTINCT a."concept" AS "concept" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'WHERE a."code" IS NOT NULL AND u."said_by" = \'own_words\''
    )
    return frozenset(row["concept"] for row in rows)


async def partners() -> dict[str, str]:
    """The partner who asks a survey, by survey: as the ledger has it most often. Others are not there."""
    rows = await Ask.raw(
        'SELECT "survey", "partner", COUNT(*) AS "n" FROM "ask" GROUP BY "survey", "partner" ORDER BY "n", "partner"'
    )
    return {row["survey"]: row["partner"] for row in rows if row["partner"]}


def rows_of(counted: Collection[People], partner_of: Mapping[str, str]) -> list[Counted]:
    """One concept's people, to be made safe together in every table that is shown of them."""
    return [
        Counted(
            (
                ("term", each.term),
                ("survey", each.survey),
                ("partner", partner_of.get(each.survey, "")),
                ("setting", each.setting),
                ("kind", each.kind),
            ),
            each.good,
            each.answered,
        )
        for each in counted
    ]


async def _followed() -> dict[str, str]:
    """By concept of the bank, the one that it replaced."""
    rows = await BankConcept.select(BankConcept.code, BankConcept.follows).where(BankConcept.follows.is_not_null())
    return {row["code"]: row["follows"] for row in rows}


def _first(code: str, follows: Mapping[str, str]) -> str:
    """The oldest of a line of concepts that replaced each other."""
    seen = {code}
    while (earlier := follows.get(code)) and earlier not in seen:
        seen.add(earlier)
        code = earlier
    return code
