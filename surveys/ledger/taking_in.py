"""A partner's contact history comes into the ledger: whole or not at all, nothing twice, and never in clear.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from surveys.importing.sheet import Sheet
from surveys.ledger.keys import is_family_key, is_person_key
from surveys.ledger.recording import NewAsk, day_in_england, record
from surveys.ledger.tables import Ask, LedgerUpload
from surveys.stored_days import as_day

if TYPE_CHECKING:
    from analysis.fatigue.reading import AsksRead

WAYS = ("email", "text", "letter", "phone", "in_person")
NEEDED = ("family", "survey", "kind", "asked_at")
"""A history without one of these columns says nothing; the others may be left out."""

LONGEST = 120
MOST_MINUTES = 240


class HistoryProblem(Exception):
    """The file as a whole stays out. ``code`` is ``clear_text`` (addresses or names stand where keys should),
    ``no_column`` or ``nothing``; ``about`` are columns."""

    def __init__(self, code: str, about: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.about = tuple(about)


class History(msgspec.Struct, frozen=True):
    """What a file says. ``left_out`` and ``doubts`` count rows by a code of ``analysis/fatigue/reading.py``."""

    rows: int
    asks: tuple[NewAsk, ...]
    left_out: Mapping[str, int]
    doubts: Mapping[str, int]


class TakenIn(msgspec.Struct, frozen=True):
    added: int
    known_already: int


def read_history(sheet: Sheet, *, partner: str) -> History:
    """The asks of a partner's file. Raises :class:`HistoryProblem`. Pure.

    Where a row names no partner it is ``partner``. What stands in ``family`` and ``person`` has to be a key.
    """
    # Brought only now: a server that takes no file in starts sooner and smaller without it.
    import pandas as pd

    from analysis.fatigue.ledger import COLUMNS
    from analysis.fatigue.reading import ClearText, read_asks

    names = {" ".join(header.split()).lower(): place for place, header in enumerate(sheet.headers)}
    if missing := [column for column in NEEDED if column not in names]:
        raise HistoryProblem("no_column", missing)
    cells = {
        column: [_text(row.cells[place]) for row in sheet.rows]
        for column, place in names.items()
        if column in (*COLUMNS, "way", "audience", "language")
    }
    raw = pd.DataFrame(cells, dtype="str")
    for column in COLUMNS:
        if column not in raw:
            raw[column] = ""
    raw["partner"] = raw["partner"].where(raw["partner"].str.strip() != "", partner)
    # One address by mistake means that the file was not hashed: nothing of it is looked at any further.
    for name in map(str, raw.columns):
        if raw[name].str.contains(r"[^\s@]@[^\s@]", regex=True).any():
            raise HistoryProblem("clear_text", [name])
    keyed = raw["family"].str.strip().str.lower().map(is_family_key)
    if not keyed.any():
        raise HistoryProblem("clear_text", ["family"])
    try:
        read = read_asks(raw[keyed])
    except ClearText as problem:
        raise HistoryProblem("clear_text", [problem.column]) from problem
    left_out = Counter({each.code: each.rows for each in read.left_out})
    left_out["family_wrong_form"] += int((~keyed).sum())
    return History(
        rows=len(raw),
        asks=tuple(_asks(read)),
        left_out={code: n for code, n in left_out.items() if n},
        doubts={each.code: each.rows for each in read.in_doubt},
    )


def _asks(read: AsksRead) -> list[NewAsk]:
    import pandas as pd

    asks = read.asks
    extra = {
        name: (asks[name].fillna("").astype(str).str.strip() if name in asks else pd.Series("", index=asks.index))
        for name in ("way", "audience", "language")
    }
    columns = zip(
        asks["family"].astype(str).str.lower(),
        asks["person"].astype(str).str.strip().str.lower(),
        asks["survey"].astype(str),
        asks["partner"].astype(str),
        asks["kind"].astype(str),
        asks["asked_at"],
        asks["outcome"].astype(str),
        asks["minutes"],
        extra["way"].str.lower(),
        extra["audience"],
        extra["language"],
        strict=True,
    )
    return [
        NewAsk(
            family=family,
            person=person if is_person_key(person) else "",
            survey=survey[:LONGEST],
            partner=partner[:LONGEST],
            kind=kind,
            asked_at=asked_at.to_pydatetime(),
            outcome=outcome,
            minutes=None if pd.isna(minutes) else min(round(minutes), MOST_MINUTES),
            way=way if way in WAYS else "",
            audience=audience[:20],
            language=language[:10],
        )
        for family, person, survey, partner, kind, asked_at, outcome, minutes, way, audience, language in columns
    ]


async def take_in(
    history: History, *, partner: str, by: uuid.UUID, today: dt.date, id: uuid.UUID | None = None
) -> TakenIn:
    """Adds what the ledger does not know yet, as the upload ``id``. The same send told by two
    partners, or twice, is one ask.

    Raises :class:`HistoryProblem` when no row can be used.
    """
    if not history.asks:
        raise HistoryProblem("nothing")
    known = await _known(min(day_in_england(ask.asked_at) for ask in history.asks))
    new = [ask for ask in history.asks if _send(ask) not in known]
    upload = id or uuid.uuid4()
    await record([msgspec.structs.replace(ask, upload=upload) for ask in new])
    await LedgerUpload.insert(
        LedgerUpload(
            id=upload,
            partner=partner,
            uploaded_by=by,
            uploaded_on=today,
            rows=history.rows,
            added=len(new),
            known_already=len(history.asks) - len(new),
            left_out=msgspec.json.encode(history.left_out).decode(),
        )
    )
    return TakenIn(len(new), len(history.asks) - len(new))


async def _known(since: dt.date) -> set[tuple[str, str, str, str, dt.date]]:
    rows = await Ask.raw(
        'SELECT "family", "person", "survey", "kind", "asked_on" FROM "ask" WHERE "asked_on" >= {}', since
    )
    return {
        (row["family"], row["person"], row["survey"].casefold(), row["kind"], as_day(row["asked_on"])) for row in rows
    }


def _send(ask: NewAsk) -> tuple[str, str, str, str, dt.date]:
    return ask.family, ask.person, ask.survey.casefold(), ask.kind, day_in_england(ask.asked_at)


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


class Upload(msgspec.Struct, frozen=True):
    """A file that came in: see the table ``ledger_upload``."""

    id: uuid.UUID
    partner: str
    uploaded_on: dt.date
    rows: int
    added: int
    known_already: int


async def uploads() -> list[Upload]:
    """What came in, the newest first."""
    columns = [getattr(LedgerUpload, name) for name in Upload.__struct_fields__]
    rows = await LedgerUpload.select(*columns).order_by(LedgerUpload.uploaded_on, LedgerUpload.id, ascending=False)
    return [Upload(**row) for row in rows]


async def take_back(upload: uuid.UUID) -> None:
    """All that came with a file goes again."""
    await Ask.delete().where(Ask.upload == upload)
    await LedgerUpload.delete().where(LedgerUpload.id == upload)
