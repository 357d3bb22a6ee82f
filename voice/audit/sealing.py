"""Seals: how far the record goes, said under the installation's key, and kept in more places than one.

A seal stands in the database and as a line in ``audit-seals.txt`` beside the data; whoever keeps such a line elsewhere
can show years later that nothing was cut off since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec

from voice.audit.chain import is_mark, mark_of
from voice.audit.entry import written_at
from voice.audit.recording import last_one, take_turn
from voice.audit.tables import AuditSeal
from voice.storage.store import Store

SEALS = "audit-seals.txt"
_WORDS_IN_A_LINE = 4


class Seal(msgspec.Struct, frozen=True):
    number: int
    at: str
    hash: str
    mark: str

    @property
    def line(self) -> str:
        return f"{self.at} {self.number} {self.hash} {self.mark}"

    @property
    def is_ours(self) -> bool:
        return is_mark(self.mark, "seal", self.number, self.at, self.hash)


async def seal(*, now: dt.datetime) -> Seal | None:
    """Seals what was added since the last time; ``None`` when that is nothing. Runs inside a unit."""
    await take_turn()
    number, hash = await last_one()
    last = await newest()
    if number == 0 or (last is not None and last.number >= number):
        return None
    at = written_at(now)
    made = Seal(number, at, hash, mark_of("seal", number, at, hash))
    await AuditSeal.insert(AuditSeal(**msgspec.structs.asdict(made)))
    return made


async def newest() -> Seal | None:
    """The last seal in the database. Runs inside a unit."""
    row = await AuditSeal.select().order_by(AuditSeal.number, ascending=False).first()
    return msgspec.convert(row, Seal) if row else None


async def all_seals() -> list[Seal]:
    """Runs inside a unit."""
    return msgspec.convert(await AuditSeal.select().order_by(AuditSeal.number), list[Seal])


async def seal_and_note(store: Store, data: Path, *, now: dt.datetime) -> Seal | None:
    """Seals, and adds the seal's line to the file beside the data."""
    made = await store.write(lambda: seal(now=now))
    if made is not None:
        with (data / SEALS).open("a", encoding="ascii") as file:
            file.write(made.line + "\n")
    return made


def seals_in(lines: Iterable[str]) -> list[Seal]:
    """Seals that were kept elsewhere. Raises ``ValueError`` with the line that is none."""
    found = []
    for line in lines:
        words = line.split()
        if not words:
            continue
        if len(words) != _WORDS_IN_A_LINE or not words[1].isdigit():
            raise ValueError(line.strip())
        found.append(Seal(int(words[1]), words[0], words[2], words[3]))
    return found


def noted_seals(data: Path) -> list[Seal]:
    """The seals beside the data; a line that is none stands for a seal that is not ours."""
    try:
        lines = (data / SEALS).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found += seals_in([line])
        except ValueError:
            found.append(Seal(0, "", "", ""))
    return found
