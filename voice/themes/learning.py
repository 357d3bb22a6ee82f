"""Which engine reads voices now: the frame in use, and the decisions it learns from. Functions run inside a unit."""

from __future__ import annotations

import hashlib

import msgspec

from voice.evidence.tables import MachineReading, Voice, VoiceNumber
from voice.themes.campaigns import COUNTS, JOINED
from voice.themes.frames import Frame, frame_in_use
from voice.themes.standing import SURE
from voice.themes.tables import VoiceCoding

RULES = "themes-1"
"""Changes when the rules that make suggestions change, so that old suggestions are made anew."""

WORTH_LEARNING = 25
"""So many more settled voices are worth learning anew."""


class Engine(msgspec.Struct, frozen=True):
    """``base`` names the rules and the frame; ``name`` also from how many settled voices the engine has learned."""

    base: str
    frame: Frame
    learned_from: int

    @property
    def name(self) -> str:
        return f"{self.base}-d{self.learned_from}"


class Settled(msgspec.Struct, frozen=True):
    """A voice with the themes that a person gave it, joined by ``;``: what the engine learns from."""

    question: str
    text: str
    language: str
    themes: str


async def engine_now() -> Engine:
    """The engine that suggestions should be of."""
    frame = await frame_in_use()
    written = hashlib.blake2b(repr(frame.code_frame).encode(), digest_size=4).hexdigest()
    base = f"{RULES}-f{frame.version}-{written}"
    last = (
        await MachineReading.select(MachineReading.learned_from)
        .where(MachineReading.engine.like(f"{base}-d%"))
        .order_by(MachineReading.place, ascending=False)
        .first()
    )
    known = int(last["learned_from"]) if last else 0
    rows = await VoiceCoding.raw(
        f'SELECT COUNT(*) AS "n" FROM "voice_coding" AS c JOIN "voice" AS v ON v."id" = c."voice" {JOINED} '  # noqa: S608
        f'WHERE c."settled" AND v."text" IS NOT NULL AND {COUNTS}'
    )
    settled = int(rows[0]["n"])
    # What is taken back changes little: it waits for the next time.
    is_worth_it = settled - known >= WORTH_LEARNING or settled < known - WORTH_LEARNING
    return Engine(base, frame, settled if is_worth_it else known)


async def to_learn_from(most: int) -> list[Settled]:
    """The settled voices, those settled first on top, and of a campaign one."""
    rows = await VoiceCoding.raw(
        'SELECT v."asked" AS "question", v."text" AS "text", v."language" AS "language", c."themes" AS "themes" '  # noqa: S608
        f'FROM "voice_coding" AS c JOIN "voice" AS v ON v."id" = c."voice" {JOINED} '
        f'WHERE c."settled" AND v."text" IS NOT NULL AND {COUNTS} ORDER BY c."decided_on", v."id" LIMIT {{}}',
        most,
    )
    return [Settled(**row) for row in rows]


async def note_reading(engine: Engine) -> None:
    """Keeps how sure the engine is of each term, for those that it has read all."""
    rows = await Voice.raw(
        f'SELECT v."term" AS "term", COUNT(*) AS "voices", AVG({SURE}) AS "confidence" FROM "voice" AS v '  # noqa: S608
        'JOIN "suggestion" AS g ON g."voice" = v."id" LEFT JOIN "voice_coding" AS c ON c."voice" = v."id" '
        f'{JOINED} WHERE {COUNTS} AND g."engine" = {{}} AND NOT COALESCE(c."settled", FALSE) GROUP BY v."term"',
        engine.name,
    )
    for row in rows:
        await MachineReading.delete().where(MachineReading.engine == engine.name, MachineReading.term == row["term"])
        await MachineReading.raw(
            'INSERT INTO "machine_reading" ("engine", "frame", "term", "voices", "confidence", "learned_from") '
            "VALUES ({}, {}, {}, {}, {}, {})",
            engine.name,
            engine.frame.version,
            row["term"],
            int(row["voices"]),
            float(row["confidence"]),
            engine.learned_from,
        )


async def gone() -> int:
    """How many voices have gone so far: vectors of words that are no more go with them."""
    return int(await VoiceNumber.count().where(VoiceNumber.voice.is_null()))
