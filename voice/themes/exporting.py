"""The themes of a term as a table: what people decided and what the machine suggests, told apart in every row."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from surveys.document import Words
from surveys.exporting.columns import Cell, Column, Row
from surveys.exporting.dictionary import Counts
from surveys.exporting.tables import AnswerTable
from voice.evidence.may_read import MayRead
from voice.evidence.tables import Voice
from voice.themes.campaigns import JOINED
from voice.themes.coding import TABLES
from voice.themes.standing import COLUMNS, standing

AT_ONCE = 1000


def columns(words: Callable[[str], Words]) -> tuple[Column, ...]:
    """The columns of the table. ``words`` gives an English message in every language."""
    by = (
        ("person", words("A person decided")),
        ("machine", words("The machine suggests")),
        ("nobody", words("Nobody")),
    )
    return (
        Column("voice", words("The number of the text"), "text"),
        Column("term", words("The term"), "text"),
        Column("question", words("The question"), "text"),
        Column("text", words("People’s own words"), "text"),
        Column("language", words("The language"), "text"),
        Column("respondent_kind", words("Who answered"), "text"),
        Column("said_by", words("Whose words they are"), "text"),
        Column("themes", words("The themes"), "text"),
        Column("themes_by", words("Who says so"), "code", by),
        Column("confidence", words("How sure, from 0 to 1"), "text"),
        Column("sentiment", words("The feeling"), "text"),
        Column("sentiment_by", words("Who says so"), "code", by),
        Column("urgent", words("Somebody should look today"), "yes_no"),
        Column("urgent_by", words("Who says so"), "code", by),
        Column("outcome", words("Whether a theme fits"), "text"),
        Column("frame", words("The version of the list of themes"), "text"),
        Column("engine", words("Which machine suggested"), "text"),
        Column("suggested", words("What the machine suggested"), "text"),
        Column("decided_on", words("The day a person decided"), "date"),
        Column("campaign", words("The first of the texts with nearly the same words"), "text"),
    )


def coded_voices(term: str, reader: MayRead, words: Callable[[str], Words], *, today: dt.date) -> AnswerTable:
    """Every voice of a term with words. Those that the reader may not read are there without their words."""
    described = columns(words)
    return AnswerTable(described, _rows(term, reader, today), (("themes", described, Counts()),))


async def _rows(term: str, reader: MayRead, today: dt.date) -> AsyncIterator[list[Row]]:
    last = uuid.UUID(int=0)
    while True:
        found: Sequence[Mapping[str, Any]] = await Voice.raw(
            f'SELECT {COLUMNS}, v."asked" AS "question", v."language" AS "language", v."term" AS "term", '  # noqa: S608
            'v."respondent_kind" AS "respondent_kind", v."said_by" AS "said_by", c."frame" AS "frame", '
            'c."decided_on" AS "decided_on", g."engine" AS "engine", '
            'CASE WHEN NOT k."apart" THEN k."first" ELSE NULL END AS "campaign", '
            f'CASE WHEN {reader.sql} THEN v."text" ELSE NULL END AS "text" FROM {TABLES} {JOINED} '
            'WHERE v."text" IS NOT NULL AND v."term" = {} AND v."id" > {} '
            'AND (v."expires_on" IS NULL OR v."expires_on" >= {}) ORDER BY v."id" LIMIT {}',
            *reader.values,
            term,
            last,
            today,
            AT_ONCE,
        )
        if not found:
            return
        yield [_row(each) for each in found]
        last = uuid.UUID(str(found[-1]["voice"]))


def _row(row: Mapping[str, Any]) -> Row:
    stands = standing(row)
    settled = stands.themes_by == "person"
    cells: dict[str, Cell | None] = {
        "voice": str(stands.voice),
        **{name: row[name] for name in ("term", "question", "text", "language", "respondent_kind", "said_by")},
        "themes": ";".join(stands.themes),
        "themes_by": stands.themes_by,
        "confidence": f"{stands.confidence:.2f}",
        "sentiment": stands.sentiment,
        "sentiment_by": stands.sentiment_by,
        "urgent": stands.urgent,
        "urgent_by": stands.urgent_by,
        "outcome": stands.outcome,
        "frame": str(row["frame"]) if settled else None,
        "engine": row["engine"],
        "suggested": row["suggested_themes"],
        "decided_on": _day(row["decided_on"]) if settled else None,
        "campaign": str(row["campaign"]) if row["campaign"] else None,
    }
    return Row({name: value for name, value in cells.items() if value is not None}, {})


def _day(found: dt.date | str) -> dt.date:
    return found if isinstance(found, dt.date) else dt.date.fromisoformat(found)
