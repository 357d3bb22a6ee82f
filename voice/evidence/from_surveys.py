"""What people said in surveys in their own words becomes voices, some time after it was stored.

Never while somebody's answers are being stored: answering costs the same whatever is made of the answers later.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from surveys.document import RATHER_NOT_SAY, wording
from surveys.publishing import OpenRound, rounds
from surveys.tables import Answer
from voice.evidence.indexing import index, without_number
from voice.evidence.keeping import Form, NewVoice, keep
from voice.storage import Store

AT_ONCE = 5000
"""Answers that are looked up at once."""

IN_A_UNIT = 100
"""Voices stored in one unit, so that people who are answering never wait long."""

FORMS: Mapping[str, Form] = {"recording": "audio", "drawing": "drawing", "photo": "photo"}

NEED = "need"
"""A concept that is called so, or ends so (``main_need``), asks which need somebody has."""


async def take_in(store: Store) -> int:
    """Makes voices of all answers that are none yet, and returns how many there were."""
    taken = 0
    while ids := await _not_taken_in():
        for start in range(0, len(ids), IN_A_UNIT):
            some = ids[start : start + IN_A_UNIT]
            taken += await store.write(lambda some=some: _take_in(some))  # type: ignore[misc]
    while lost := await without_number(IN_A_UNIT):
        await store.write(lambda lost=lost: index(lost))  # type: ignore[misc]
    return taken


async def _not_taken_in() -> list[uuid.UUID]:
    rows = await Answer.raw(
        'SELECT a."id" AS "id" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'LEFT JOIN "voice" AS v ON v."id" = a."id" '
        'WHERE (a."text" IS NOT NULL OR a."file" IS NOT NULL) AND v."id" IS NULL '
        'ORDER BY u."submitted_at", a."id" LIMIT {}',
        AT_ONCE,
    )
    return [uuid.UUID(str(row["id"])) for row in rows]


async def _take_in(ids: Sequence[uuid.UUID]) -> int:
    """Runs inside a unit. An answer that has gone meanwhile is passed over."""
    rows = await Answer.raw(
        'SELECT a."id" AS "id", a."submission" AS "person", a."concept" AS "concept", a."text" AS "text", '  # noqa: S608
        'a."language" AS "language", a."file" AS "file", u."round" AS "round", '
        'u."respondent_kind" AS "respondent_kind", u."said_by" AS "said_by", u."setting" AS "setting", '
        'u."submitted_at" AS "submitted_at" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        f'WHERE a."id" IN ({_places(ids)})',
        *ids,
    )
    found = {uuid.UUID(str(row["id"])): row for row in rows}
    asked = {each.id: each for each in await rounds()}
    about = await _about(list({row["person"] for row in rows}), asked)
    await keep([_voice(found[id], asked[found[id]["round"]], about) for id in ids if id in found])
    return len(found)


def _voice(row: Mapping[str, Any], round: OpenRound, about: Mapping[tuple[str, str], str]) -> NewVoice:
    question = round.document.question(row["concept"])
    person = str(row["person"])
    return NewVoice(
        id=row["id"],
        source="survey",
        origin=round.id,
        person=row["person"],
        concept=row["concept"],
        asked=wording(question.title, "en") if question else "",
        text=row["text"],
        form=FORMS.get(question.kind, "text") if question and row["file"] else "text",
        file=row["file"],
        language=row["language"],
        respondent_kind=row["respondent_kind"],
        said_by=row["said_by"],
        # A month, a day or a minute: no more of it than the day.
        said_on=row["submitted_at"][:10],
        term=round.term,
        setting=row["setting"] or "",
        age_band=about.get((person, "age_band"), ""),
        need=about.get((person, NEED), ""),
        # Everybody is promised that a person reads their words before others see them: see /safe.
        permitted="quote",
    )


async def _about(people: Sequence[uuid.UUID], asked: Mapping[uuid.UUID, OpenRound]) -> dict[tuple[str, str], str]:
    """What people answered about themselves, where they were asked: their age band and their need."""
    says = {
        question.concept: "age_band" if question.kind == "age_band" else NEED
        for round in asked.values()
        for question in round.document.questions
        if question.kind == "age_band" or question.concept == NEED or question.concept.endswith(f"_{NEED}")
    }
    if not says or not people:
        return {}
    rows = await Answer.raw(
        'SELECT "submission", "concept", "code" FROM "answer" WHERE "code" IS NOT NULL '  # noqa: S608
        f'AND "submission" IN ({_places(people)}) AND "concept" IN ({_places(list(says))}) ORDER BY "concept" DESC',
        *people,
        *says,
    )
    return {
        (str(row["submission"]), says[row["concept"]]): row["code"] for row in rows if row["code"] != RATHER_NOT_SAY
    }


def _places(values: Sequence[object]) -> str:
    return ", ".join(["{}"] * len(values))
