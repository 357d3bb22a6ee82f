"""Between confirming a sending and its first message: the ledger learns of every ask, some hundred in one unit.

A crash in between leaves some messages waiting and the others to be prepared; preparing goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.asking_less.rules import Rules
from surveys.invitations.quiet_hours import first_moment, start_of
from surveys.invitations.sends import PREPARING, SENDING, PlannedSend, change_state
from surveys.invitations.tables import Invitation, OutgoingMessage
from surveys.ledger import choices, recording
from surveys.ledger.recording import NewAsk

AT_ONCE = 200
"""Few enough that pages for families do not wait for long meanwhile."""


async def prepare_some(
    send: PlannedSend, *, survey: str, partner: str, rules: Rules, now: dt.datetime, secret: bytes
) -> int:
    """Writes some asks, and lets their messages wait for their time. Returns how many; at 0 the sending goes out.

    Runs inside a unit of the store.
    """
    rows = await Invitation.raw(
        'SELECT i."id" AS "id", e."family" AS "family", e."person" AS "person", e."audience" AS "audience", '
        'e."language" AS "language", m."way" AS "way", m."id" AS "message" FROM "invitation" AS i '
        'JOIN "register_entry" AS e ON i."entry" = e."id" JOIN "outgoing_message" AS m ON m."invitation" = i."id" '
        'WHERE i."send" = {} AND m."state" = \'preparing\' ORDER BY i."id" LIMIT {}',
        send.id,
        AT_ONCE,
    )
    if not rows:
        await change_state(send.id, before=(PREPARING,), after=SENDING)
        return 0
    due = first_moment(max(now, start_of(send.goes_on, rules)), rules)
    asks = await recording.record(
        [
            NewAsk(
                family=row["family"],
                person=row["person"],
                survey=survey,
                partner=partner,
                kind=send.kind,
                asked_at=due,
                way=row["way"],
                audience=row["audience"],
                language=row["language"],
                minutes=send.minutes,
                send=send.id,
            )
            for row in rows
        ]
    )
    await choices.introduce({row["person"]: row["family"] for row in rows}, secret=secret)
    for row, ask in zip(rows, asks, strict=True):
        await Invitation.raw('UPDATE "invitation" SET "ask" = {} WHERE "id" = {}', ask, row["id"])
    messages = [uuid.UUID(str(row["message"])) for row in rows]
    await OutgoingMessage.update({OutgoingMessage.state: "waiting", OutgoingMessage.due_at: due}).where(
        OutgoingMessage.id.is_in(messages)
    )
    return len(rows)
