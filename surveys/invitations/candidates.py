"""Who could be asked by a sending, and who has answered. Everything async here runs inside a unit of the store."""

from __future__ import annotations

import functools
import uuid

import msgspec

from surveys.asking_less.checking import Candidate
from surveys.invitations import marks
from surveys.invitations.sends import PlannedSend, chain_of
from surveys.invitations.tables import Invitation, RegisterEntry, Send
from surveys.tables import SurveyRound

AT_ONCE = 500

_groups = msgspec.json.Decoder(dict[str, str])


async def candidates_of(send: PlannedSend) -> list[Candidate]:
    """Who could be asked: of the register, those in the groups chosen whose contact details are still there.

    For a reminder these are people who were invited, and who could be reached and did not say stop. Who answered an
    anonymous round stands among them: see :func:`persons_who_answered`.
    """
    rows = await RegisterEntry.raw(
        'SELECT CAST("id" AS VARCHAR(36)) AS "entry", "family", "person", "audience", "language", "groups" '
        'FROM "register_entry" WHERE "register" = {} AND "sealed" <> \'\' ORDER BY "id"',
        send.register,
    )
    wanted = await _reminded(send) if send.follows is not None else None
    found = []
    decoded = functools.cache(_groups.decode)  # thousands of people share some dozens
    for row in rows:
        groups = decoded(row["groups"])
        in_groups = all(groups.get(kind, "") in among for kind, among in send.choice.groups.items() if among)
        if in_groups and (wanted is None or row["entry"] in wanted):
            found.append(
                Candidate(row["entry"], row["family"], row["person"], row["audience"], row["language"], groups)
            )
    return found


async def _reminded(send: PlannedSend) -> set[str]:
    first = send.follows
    assert first is not None
    answered = set() if await is_anonymous(send.round) else await marks.entries_spent(await chain_of(send))
    gone = await Invitation.raw(
        'SELECT i."entry" AS "entry" FROM "invitation" AS i JOIN "ask" AS a ON i."ask" = a."id" '
        'JOIN "invitation_send" AS s ON i."send" = s."id" '
        'WHERE (s."id" = {} OR s."follows" = {}) AND a."outcome" IN (\'opted_out\', \'bounced\')',
        first,
        first,
    )
    invited = await Invitation.select(Invitation.entry).where(Invitation.send == first)
    without = {str(row["entry"]) for row in gone} | {str(each) for each in answered}
    return {str(row["entry"]) for row in invited} - without


async def persons_who_answered(round: uuid.UUID) -> set[str]:
    """The persons who used an invitation to this round, where pages may tell; of an anonymous round nobody.

    Whoever narrows a sending down to one family would see by the numbers whether that family has answered. So the
    queue leaves people out unseen, when their message is taken up: see ``queue.claim``.
    """
    if await is_anonymous(round):
        return set()
    rows = await Send.select(Send.id).where(Send.round == round)
    entries = await marks.entries_spent([row["id"] for row in rows])
    found: set[str] = set()
    listed = list(entries)
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        rows = await RegisterEntry.select(RegisterEntry.person).where(RegisterEntry.id.is_in(some))
        found |= {row["person"] for row in rows}
    return found


async def is_anonymous(round: uuid.UUID) -> bool:
    return await SurveyRound.exists().where(SurveyRound.id == round, SurveyRound.identity_mode == "anonymous")


async def groups_in(register: uuid.UUID) -> dict[str, dict[str, int]]:
    """The groups that a register tells apart, with the number of people in each."""
    rows = await RegisterEntry.raw(
        'SELECT "groups", COUNT(*) AS "n" FROM "register_entry" WHERE "register" = {} AND "sealed" <> \'\' '
        'GROUP BY "groups"',
        register,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        for kind, name in _groups.decode(row["groups"]).items():
            counts = found.setdefault(kind, {})
            counts[name] = counts.get(name, 0) + int(row["n"])
    return {kind: dict(sorted(counts.items())) for kind, counts in sorted(found.items())}
