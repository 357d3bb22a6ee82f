"""Where people stop: counted by question when their saved answers run out, before those are gone.

Counts alone are kept, by round, without a time. Whoever throws their answers away wants nothing kept, and is not
counted. Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping

import msgspec

from surveys.answers import GivenAnswer
from surveys.document import SurveyDocument
from surveys.publishing import rounds
from surveys.routing import path
from surveys.tables import Draft, StoppingPoint

_answers = msgspec.json.Decoder(dict[str, GivenAnswer])


class Stopped(msgspec.Struct, frozen=True):
    """Of the people whose answers ran out: how many got to a question, and how many of them stopped there."""

    reached: int
    stopped: int


def way_of(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> tuple[tuple[str, ...], str | None]:
    """The questions that somebody got to, and the one at which they stopped. Pure.

    That is the question after the last they answered, since any may be left out; ``None`` after the last question.
    """
    asked = [question.concept for question in path(document, answers)]
    last = max((place for place, concept in enumerate(asked) if concept in answers), default=-1)
    return tuple(asked[: last + 2]), asked[last + 1] if last + 1 < len(asked) else None


async def count_those_that_run_out(*, today: dt.date) -> None:
    """Counts the drafts that run out today, each once: afterwards they have no answers any more."""
    rows = await Draft.raw(
        'SELECT "round", "answers" FROM "draft" WHERE "expires_on" < {} AND "answers" <> {}', today, "{}"
    )
    if not rows:
        return
    documents = {round.id: round.document for round in await rounds()}
    reached: Counter[tuple[uuid.UUID, str]] = Counter()
    stopped: Counter[tuple[uuid.UUID, str]] = Counter()
    for row in rows:
        round = uuid.UUID(str(row["round"]))
        concepts, last = way_of(documents[round], _answers.decode(row["answers"]))
        reached.update((round, concept) for concept in concepts)
        if last is not None:
            stopped[round, last] += 1
    for round, concept in sorted(reached):
        await StoppingPoint.raw(
            'INSERT INTO "stopping_point" ("id", "round", "concept", "reached", "stopped") VALUES ({}, {}, {}, {}, {}) '
            'ON CONFLICT ("round", "concept") DO UPDATE SET '
            '"reached" = "stopping_point"."reached" + excluded."reached", '
            '"stopped" = "stopping_point"."stopped" + excluded."stopped"',
            uuid.uuid4(),
            round,
            concept,
            reached[round, concept],
            stopped[round, concept],
        )


async def stopped_in(round: uuid.UUID) -> dict[str, Stopped]:
    """By concept, of one round."""
    rows = await StoppingPoint.select(StoppingPoint.concept, StoppingPoint.reached, StoppingPoint.stopped).where(
        StoppingPoint.round == round
    )
    return {row["concept"]: Stopped(row["reached"], row["stopped"]) for row in rows}
