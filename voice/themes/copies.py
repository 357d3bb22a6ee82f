"""Looking for campaigns: words that several people sent nearly alike. Done by a process of its own.

``python -m voice.themes.copies`` reads what was said in a term from standard input and writes groups to standard
output, both as MessagePack.
"""

from __future__ import annotations

import uuid

import msgspec

from analysis.near_duplicates import words_compared
from voice.evidence.indexing import changed
from voice.evidence.tables import Voice
from voice.running.other_process import answer_apart, in_another_process
from voice.storage import Store
from voice.storage.rows import as_uuid
from voice.themes.tables import CampaignSearch, VoiceCampaign

FEWEST_PEOPLE = 3
"""The same words twice are chance, or one person who pressed twice."""

FEWEST_WORDS = 8
"""Shorter texts are no copies: the same number as in ``analysis.campaigns``, which would bring numpy along."""

LONGEST_READ = 4000  # characters

IN_A_STATEMENT = 200
"""Rows of one statement: SQLite takes 999 values."""


class Sent(msgspec.Struct, frozen=True):
    """A voice with who sent it; one that may be read, and that nobody decided on, stands for others rather."""

    voice: uuid.UUID
    person: uuid.UUID
    text: str
    is_read: bool
    is_settled: bool


Groups = list[list[uuid.UUID]]
"""Voices that belong together, the one that stands for all first."""


async def look_for_campaigns(store: Store) -> int:
    """Looks again in every term that has more voices or fewer than at the last look; in how many terms it looked."""
    terms = await store.read(_to_look_at)
    for term, many in terms:
        sent = await store.read(lambda term=term: _sent(term))  # type: ignore[misc]
        groups: Groups = []
        if len(sent) >= FEWEST_PEOPLE:
            written = await in_another_process("voice.themes.copies", msgspec.msgpack.encode(sent))
            groups = msgspec.msgpack.decode(written, type=Groups)
        await store.write(lambda term=term, many=many, groups=groups: _keep(term, many, groups))  # type: ignore[misc]
    return len(terms)


async def look_again(voice: uuid.UUID) -> None:
    """The next look begins anew in the term of this voice. Runs inside a unit."""
    said = await Voice.select(Voice.term).where(Voice.id == voice).first()
    if said:
        await CampaignSearch.delete().where(CampaignSearch.term == said["term"])


async def _to_look_at() -> list[tuple[str, int]]:
    rows = await Voice.raw(
        'SELECT v."term" AS "term", COUNT(*) AS "n", MAX(s."voices") AS "known" FROM "voice" AS v '
        'LEFT JOIN "campaign_search" AS s ON s."term" = v."term" WHERE v."text" IS NOT NULL GROUP BY v."term"'
    )
    return [(row["term"], int(row["n"])) for row in rows if row["known"] != row["n"]]


async def _sent(term: str) -> list[Sent]:
    """The voices of a term that are long enough to be copies."""
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", v."person" AS "person", v."origin" AS "origin", v."text" AS "text", '
        "CASE WHEN v.\"permitted\" IN ('read', 'quote') THEN 1 ELSE 0 END AS \"is_read\", "
        'CASE WHEN c."settled" THEN 1 ELSE 0 END AS "is_settled" FROM "voice" AS v '
        'LEFT JOIN "voice_coding" AS c ON c."voice" = v."id" LEFT JOIN "voice_campaign" AS k ON k."voice" = v."id" '
        'WHERE v."term" = {} AND v."text" IS NOT NULL AND NOT COALESCE(k."apart", FALSE) ORDER BY v."id"',
        term,
    )
    return [
        Sent(
            as_uuid(row["voice"]),
            as_uuid(row["person"] or row["origin"]),
            row["text"],
            bool(row["is_read"]),
            bool(row["is_settled"]),
        )
        for row in rows
        if len(words_compared(row["text"][:LONGEST_READ])) >= FEWEST_WORDS
    ]


async def _keep(term: str, many: int, groups: Groups) -> None:
    """A voice that went while we looked does no harm: the number of voices changed, so we look again."""
    before = await VoiceCampaign.raw(
        'DELETE FROM "voice_campaign" WHERE NOT "apart" AND "voice" IN (SELECT "id" FROM "voice" WHERE "term" = {}) '
        'RETURNING "voice", "first"',
        term,
    )
    rows = [(voice, group[0]) for group in groups for voice in group]
    for start in range(0, len(rows), IN_A_STATEMENT):
        some = rows[start : start + IN_A_STATEMENT]
        values = ", ".join(["({}, {}, FALSE)"] * len(some))
        await VoiceCampaign.raw(
            f'INSERT INTO "voice_campaign" ("voice", "first", "apart") VALUES {values} ON CONFLICT DO NOTHING',  # noqa: S608
            *(id for row in some for id in row),
        )
    known = {(as_uuid(row["voice"]), as_uuid(row["first"])) for row in before}
    await changed(list({voice for voice, _ in known.symmetric_difference(rows)}))
    await CampaignSearch.delete().where(CampaignSearch.term == term)
    await CampaignSearch.insert(CampaignSearch(term=term, voices=many))


def groups(sent: list[Sent]) -> Groups:
    from analysis.campaigns import Copies

    copies = Copies()
    copies.add([each.text for each in sent])
    alike: dict[int, list[Sent]] = {}
    for each, number in zip(sent, copies.campaign_of_each().tolist(), strict=True):
        if number >= 0:
            alike.setdefault(number, []).append(each)
    return [
        [each.voice for each in sorted(group, key=lambda each: (not each.is_read, each.is_settled, each.voice))]
        for group in alike.values()
        if len({each.person for each in group}) >= FEWEST_PEOPLE
    ]


def answer(sent: bytes) -> bytes:
    return msgspec.msgpack.encode(groups(msgspec.msgpack.decode(sent, type=list[Sent])))


if __name__ == "__main__":
    answer_apart(answer)
