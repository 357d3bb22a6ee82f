"""Seals: how far the record goes, said under the installation's key, and kept in more places than one.

A seal stands in the database and as a line in ``audit-seals.txt`` beside the data; whoever keeps such a line elsewhere
can show years later that nothing was cut off since. ``audit-head.txt`` beside it has the seal of the last entry that a
page left, so that what was added since the hourly seal cannot be cut off in the database alone either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec

from voice.audit.chain import is_mark, mark_of
from voice.audit.entry import Row, written_at
from voice.audit.recording import last_one, take_turn
from voice.audit.tables import AuditSeal
from voice.storage.store import Store

SEALS = "audit-seals.txt"
HEAD = "audit-head.txt"
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
    made = _made(number, at, hash)
    await AuditSeal.insert(AuditSeal(**msgspec.structs.asdict(made)))
    return made


def _made(number: int, at: str, hash: str) -> Seal:
    return Seal(number, at, hash, mark_of("seal", number, at, hash))


def note_head(data: Path, row: Row) -> None:
    """Puts the seal of an entry that is on disk in place of the one before."""
    beside = data / f".{HEAD}.{row.number}"
    beside.write_text(_made(row.number, row.at, row.hash).line + "\n", encoding="ascii")
    beside.replace(data / HEAD)


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
    found = []
    for line in (*_lines(data / SEALS), *_lines(data / HEAD)):
        try:
            found += seals_in([line])
        except ValueError:
            found.append(Seal(0, "", "", ""))
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
