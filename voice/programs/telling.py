"""What webhooks are told: found by comparing what there is with what was told before.

So nothing that happens is missed, whoever did it: a page, the command line or another server.
Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import msgspec

from surveys.publishing import OpenRound, rounds
from surveys.tables import Submission, Survey, SurveyVersion
from voice.programs.tables import Webhook, WebhookMessage, WebhookTold

A_CROWD = 10
"""Answers are told of when this many have come since the last time: one alone would tell when somebody answered."""

DAYS_KEPT = 30
"""Messages that were delivered or given up are kept for this long, for whoever looks into a problem."""


class Event(msgspec.Struct, frozen=True):
    """``about`` and ``told`` are what is remembered: an event is told when the count rises."""

    type: str
    about: str
    told: int
    data: dict[str, str | int | None]


async def tell(*, now: dt.datetime) -> int:
    """Puts a message for each address and each thing that is new into the outbox. Returns how many."""
    hooks = await Webhook.select(Webhook.id)
    known = {row["about"]: row["told"] for row in await WebhookTold.select()}
    new = [event for event in await _events(known, now.date()) if event.told > known.get(event.about, 0)]
    if not hooks:
        # Nobody listens: what happens meanwhile is not told later.
        await _remember(new)
        return 0
    for event in new:
        body = msgspec.json.encode({"type": event.type, "timestamp": now.isoformat(), "data": event.data}).decode()
        await WebhookMessage.insert(
            *(
                WebhookMessage(
                    id=uuid.uuid4(),
                    webhook=hook["id"],
                    event=event.type,
                    body=body,
                    tries=0,
                    next_try_at=now,
                    outcome="waiting",
                )
                for hook in hooks
            )
        )
    await _remember(new)
    await WebhookMessage.raw(
        'DELETE FROM "webhook_message" WHERE "outcome" <> {} AND "next_try_at" < {}',
        "waiting",
        now - dt.timedelta(days=DAYS_KEPT),
    )
    return len(new) * len(hooks)


async def _remember(events: list[Event]) -> None:
    for event in events:
        await WebhookTold.raw(
            'INSERT INTO "webhook_told" ("about", "told") VALUES ({}, {}) '
            'ON CONFLICT ("about") DO UPDATE SET "told" = EXCLUDED."told"',
            event.about,
            event.told,
        )


async def _events(known: dict[str, int], today: dt.date) -> list[Event]:
    asked = await rounds()
    return [
        *[
            Event("survey.published", f"survey {slug}", number, {"survey": slug, "version": number})
            for slug, number in await _versions()
        ],
        *(event for each in asked if each.link for event in _round_events(each, today)),
        *_answer_events(asked, await _answers(), known),
    ]


async def _versions() -> list[tuple[str, int]]:
    rows = await SurveyVersion.raw(
        f'SELECT s."slug" AS "slug", MAX(v."number") AS "number" FROM "{SurveyVersion._meta.tablename}" AS v '  # noqa: S608
        f'JOIN "{Survey._meta.tablename}" AS s ON v."survey" = s."id" GROUP BY s."slug"'
    )
    return [(row["slug"], int(row["number"])) for row in rows]


async def _answers() -> dict[uuid.UUID, int]:
    rows = await Submission.raw('SELECT "round", COUNT(*) AS "n" FROM "submission" GROUP BY "round"')
    return {uuid.UUID(str(row["round"])): int(row["n"]) for row in rows}


def _round_events(round: OpenRound, today: dt.date) -> Iterator[Event]:
    data: dict[str, str | int | None] = {"round": str(round.id), "survey": round.survey, "term": round.term}
    if round.opens_on is None or round.opens_on <= today:
        yield Event("round.opened", f"opened {round.id}", 1, data)
    if round.closes_on is not None and round.closes_on < today:
        yield Event("round.closed", f"closed {round.id}", 1, data)


def _answer_events(asked: list[OpenRound], counts: dict[uuid.UUID, int], known: dict[str, int]) -> Iterator[Event]:
    for round in asked:
        about, n = f"answers {round.id}", counts.get(round.id, 0)
        new = n - known.get(about, 0)
        if new >= A_CROWD:
            data: dict[str, str | int | None] = {
                "round": str(round.id),
                "survey": round.survey,
                "term": round.term,
                "new": new,
                "all": n,
            }
            yield Event("answers.received", about, n, data)
