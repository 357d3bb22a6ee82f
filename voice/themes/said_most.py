"""What people say most: their phrases, counted by a process of its own, and what is new or gone since an earlier term.

``python -m voice.themes.said_most`` reads texts from standard input and writes phrases to standard output, both as
MessagePack. A text is all that one person said in a language, so that people are counted and not their comments.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections import OrderedDict
from collections.abc import Collection

import msgspec

from voice.evidence.tables import Voice
from voice.running.other_process import answer_apart, in_another_process
from voice.storage.rows import as_uuid

KEPT = 64
MOST = 20
MOST_LANGUAGES = 12
MOST_BESIDE = 1500
AT_ONCE = 400


class Spoken(msgspec.Struct, frozen=True):
    """What people said in a language, and what they are laid beside. ``floor`` people say a phrase that is shown."""

    language: str
    floor: int
    texts: tuple[str, ...]
    beside: tuple[str, ...]


class Phrase(msgspec.Struct, frozen=True):
    """``people`` say it, and ``elsewhere`` of those it is laid beside. ``distinctive`` is in standard deviations."""

    words: str
    people: int
    elsewhere: int
    distinctive: float


class Said(msgspec.Struct, frozen=True):
    language: str
    phrases: tuple[Phrase, ...]


_kept: OrderedDict[bytes, tuple[Said, ...]] = OrderedDict()
_counting: dict[tuple[asyncio.AbstractEventLoop, bytes], asyncio.Task[tuple[Said, ...]]] = {}


async def said_most(spoken: list[Spoken], *, patience: float | None = None) -> tuple[Said, ...] | None:
    """The phrases of each language: those that are said more than beside first. ``None`` when they are not counted
    after so many seconds of ``patience``: they are counted on meanwhile. Raises ``RuntimeError``."""
    enough = [_lighter(each) for each in spoken if len(each.texts) >= each.floor][:MOST_LANGUAGES]
    if not enough:
        return ()
    sent = msgspec.msgpack.encode(enough)
    key = hashlib.blake2b(sent, digest_size=16).digest()
    if key in _kept:
        return _kept[key]
    place = (asyncio.get_running_loop(), key)
    task = _counting.get(place)
    if task is None:
        task = _counting[place] = asyncio.create_task(_counted(place, sent))
    done, _ = await asyncio.wait({task}, timeout=patience)
    return task.result() if done else None


async def _counted(place: tuple[asyncio.AbstractEventLoop, bytes], sent: bytes) -> tuple[Said, ...]:
    try:
        written = await in_another_process("voice.themes.said_most", sent)
        found = _kept[place[1]] = msgspec.msgpack.decode(written, type=tuple[Said, ...])
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return found
    finally:
        _counting.pop(place, None)


def _lighter(spoken: Spoken) -> Spoken:
    """With so many texts beside as tell what is usual, taken evenly: more would only take longer."""
    step = -(-len(spoken.beside) // MOST_BESIDE) or 1
    return msgspec.structs.replace(spoken, beside=spoken.beside[::step])


def count(spoken: Spoken) -> Said:
    """Counts here and now."""
    from analysis.phrases import phrase_table

    table = phrase_table(spoken.texts, spoken.beside, lang=spoken.language, floor=spoken.floor).head(MOST)
    rows = zip(table["phrase"], table["voices"], table["elsewhere"], table["distinctive"].fillna(0.0), strict=True)
    return Said(spoken.language, tuple(Phrase(str(w), int(n), int(e), float(d)) for w, n, e, d in rows))


async def texts_by_language(voices: Collection[tuple[uuid.UUID, uuid.UUID]]) -> dict[str, tuple[str, ...]]:
    """One text for each person (``voices`` come with theirs) in each language, the most used first. Inside a unit."""
    people = dict(voices)
    ids = list(people)
    found: dict[str, dict[uuid.UUID, list[str]]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = await Voice.raw(  # not by the table's own query: a thousand take three times as long
            'SELECT "id" AS "id", "text" AS "text", "language" AS "language" FROM "voice" '  # noqa: S608
            f'WHERE "id" IN ({", ".join(["{}"] * len(some))}) ORDER BY "id"',
            *some,
        )
        for row in rows:
            person = people[as_uuid(row["id"])]
            found.setdefault(row["language"], {}).setdefault(person, []).append(row["text"] or "")
    return {
        language: tuple("\n".join(texts) for texts in found[language].values())
        for language in sorted(found, key=lambda language: (-len(found[language]), language))
    }


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=list[Spoken])
    return msgspec.msgpack.encode([count(each) for each in asked])


if __name__ == "__main__":
    answer_apart(answer)
