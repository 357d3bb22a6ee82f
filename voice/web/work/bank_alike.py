"""Which other questions of the bank ask nearly the same as one, and what differs. English alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Request

from analysis.questions.differences import Difference, Differs, differences
from surveys.bank.concepts import EDITIONS, Concept
from voice.languages import SOURCE
from voice.web.parts import parts_of

if TYPE_CHECKING:  # numpy, for which every start would wait
    from analysis.questions.bank import Found, QuestionBank

MOST = 5
SAME = "same"
"""The verdict of ``analysis/questions/same_question.py``."""
LEAST_LIKENESS = 0.7
"""Below this, questions of our own bank are about something else, unless the engine says that they ask the same."""

SHOWN_BY_WORDS = {
    Differs.NEGATION: "negation",
    Differs.TIME: "period",
    Differs.WHOM: "audience",
    Differs.NUMBER: "number",
}


class Near(msgspec.Struct, frozen=True):
    """Another question: the words that differ, and what else may turn it (``negation``, ``period``, ``audience``)."""

    key: str
    differences: tuple[Difference, ...]
    turned: tuple[str, ...] = ()


async def near(request: Request[Any, Any, Any], concept: Concept, others: Mapping[str, Concept]) -> tuple[Near, ...]:
    """The other concepts that ask nearly the same, by their English questions, the nearest first."""
    said = [
        (code, title)
        for code, each in others.items()
        if code not in (concept.code, concept.follows)
        for title in english(each)
    ]
    asked = english(concept)
    bank = await parts_of(request).questions.bank([title for _, title in said], asked)
    return await asyncio.to_thread(_near, asked, said, bank)


def _near(asked: list[str], said: list[tuple[str, str]], bank: QuestionBank) -> tuple[Near, ...]:
    from analysis.questions.bank import LOOKED_AT

    found = [(each, ours) for ours in asked for each in bank.most_alike(ours, most=LOOKED_AT) if _is_near(each)]
    found.sort(key=lambda pair: (pair[0].compared.verdict != SAME, -pair[0].likeness))
    best: dict[str, Near] = {}
    for each, ours in found:
        key, theirs = said[each.place]
        if key not in best:
            words = differences(ours, theirs)
            shown = {SHOWN_BY_WORDS.get(differ.kind) for differ in words}
            turned = tuple(code for code in each.compared.differs_by if code != "topic" and code not in shown)
            best[key] = Near(key, words, turned)
    return tuple(best.values())[:MOST]


def _is_near(found: Found) -> bool:
    return found.compared.verdict == SAME or found.likeness >= LEAST_LIKENESS


def english(concept: Concept) -> list[str]:
    return [said.title for edition in EDITIONS if (said := concept.wording(edition, SOURCE))]
