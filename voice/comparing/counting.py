"""How many people are in favour of what, by survey, term, kind, partner and setting. All runs inside a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from analysis.comparing.safe_shares import Counted
from surveys.document import RATHER_NOT_SAY, Question
from surveys.ledger.tables import Ask
from surveys.publishing import OpenRound
from surveys.tables import BankConcept
from voice.findings.counting import Counted as Answers
from voice.findings.favourable import NOT_ASKED, counted_of
from voice.findings.trends import OWN_WORDS

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
            if counted_of(question) is not None:
                concept = _first(question.concept, follows)
                questions.setdefault(concept, {})[round.survey] = question
                by_term.setdefault(concept, {}).setdefault((round.survey, round.term), []).append(round)
    return {
        concept: Asked(concept, asked, {key: tuple(each) for key, each in by_term[concept].items()})
        for concept, asked in questions.items()
    }


def people(asked: Collection[Asked], counted: Iterable[Answers]) -> list[People]:
    """What people answered in their own words, in every term. Answers that say it did not apply are left out."""
    concept_of = {code: each.concept for each in asked for code in each.codes}
    good = {
        (survey, question.concept): frozenset(counted_of(question) or ())
        for each in asked
        for survey, question in each.questions.items()
    }
    found: dict[tuple[str, str, str, str, str], list[int]] = {}
    for of_round in counted:
        survey, term = of_round.round.survey, of_round.round.term
        for cell in of_round.chosen:
            codes = good.get((survey, cell.concept))
            if codes is None or cell.said_by != OWN_WORDS or cell.code in (RATHER_NOT_SAY, *NOT_ASKED):
                continue
            counts = found.setdefault((concept_of[cell.concept], term, survey, cell.who, cell.setting), [0, 0])
            counts[0] += cell.people if cell.code in codes else 0
            counts[1] += cell.people
    return [People(*key, good=counts[0], answered=counts[1]) for key, counts in sorted(found.items())]


def answered(counted: Iterable[Answers]) -> frozenset[str]:
    """The concepts that somebody gave a code to in their own words."""
    return frozenset(cell.concept for of_round in counted for cell in of_round.chosen if cell.said_by == OWN_WORDS)


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
