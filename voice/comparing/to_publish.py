"""A table of one question for everybody to read: how many said so, and how many did not."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from analysis.disclosure import FLOOR
from surveys.document import wording
from surveys.publishing import rounds
from voice.comparing import counting
from voice.comparing.counting import Asked, People
from voice.disclosing.publishing import ToPublish, prepare
from voice.findings.counting import counted as answers_counted
from voice.storage import Store

ANSWER = "answer"
SAID_SO, DID_NOT = "said_so", "did_not"
TOTAL = "Total"


async def table_to_publish(store: Store, concept: str, by: str, term: str) -> ToPublish | None:
    """The answers of a term by setting, survey or kind of people, or of all terms by ``term``, small numbers hidden.

    All tables of a question are of one base: they are looked at beside each other. ``None`` where nobody answered.
    Raises ``KeyError`` for a question that nobody asks, and for a dimension that there is not.
    """
    if by not in counting.DIMENSIONS or by == "partner":
        raise KeyError(by)
    known = await store.read(rounds)
    asked = (await store.read(lambda: counting.asked_in(known)))[concept]
    people = [
        each for each in counting.people([asked], await answers_counted(store)) if by == "term" or each.term == term
    ]
    if not people:
        return None
    filters = () if by == "term" else (("term", term),)
    return await asyncio.to_thread(_table, asked, people, by, filters)


def _table(asked: Asked, people: Collection[People], by: str, filters: tuple[tuple[str, str], ...]) -> ToPublish:
    counts: dict[tuple[str, str], int] = {}
    for each in people:
        for value in (getattr(each, by), TOTAL):
            for answer, n in ((SAID_SO, each.good), (DID_NOT, each.answered - each.good), (TOTAL, each.answered)):
                counts[value, answer] = counts.get((value, answer), 0) + n
    return prepare(
        f"concept:{asked.concept}",
        wording(asked.question.title, "en"),
        (by, ANSWER),
        sorted(counts.items()),
        threshold=FLOOR,
        filters=filters,
    )
