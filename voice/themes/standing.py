"""How a voice stands: as a person decided, and where nobody did, as the machine suggests. Always told apart.

A query that returns voices as ``v`` adds ``JOINED`` to its tables and ``COLUMNS`` to what it selects.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

By = Literal["person", "machine", "nobody"]

JOINED = 'LEFT JOIN "suggestion" AS g ON g."voice" = v."id" LEFT JOIN "voice_coding" AS c ON c."voice" = v."id"'

THEMES = 'CASE WHEN c."settled" THEN c."themes" ELSE COALESCE(g."themes", \'\') END'
"""The themes that count, joined."""

SURE = (
    "CASE WHEN c.\"settled\" OR g.\"outcome\" IN ('stock_answer', 'unreadable') THEN 1.0 "
    'ELSE COALESCE(g."confidence", 0) END'
)
"""How likely the themes that count are right. Where nothing was said, none is right."""

COLUMNS = (
    'v."id" AS "voice", c."settled" AS "settled", c."themes" AS "decided_themes", g."themes" AS "suggested_themes", '
    'c."sentiment" AS "decided_sentiment", g."sentiment" AS "suggested_sentiment", c."urgent" AS "decided_urgent", '
    'g."urgent" AS "suggested_urgent", g."outcome" AS "outcome", g."confidence" AS "confidence"'
)


class Standing(msgspec.Struct, frozen=True):
    """The themes, sentiment and urgency of a voice that count, each with who says so.

    ``themes_by`` is ``nobody`` while the machine has not read the voice. ``confidence`` is 1 for what a person settled.
    """

    voice: uuid.UUID
    themes: tuple[str, ...]
    themes_by: By
    sentiment: str
    sentiment_by: By
    urgent: bool
    urgent_by: By
    outcome: str
    confidence: float


def standing(row: Mapping[str, Any]) -> Standing:
    """What counts, from a row with ``COLUMNS``."""
    read = row["suggested_themes"] is not None
    machine: By = "machine" if read else "nobody"
    settled = bool(row["settled"])
    themes = row["decided_themes"] if settled else row["suggested_themes"]
    outcome = (("themed" if themes else "none_fits") if settled else row["outcome"]) or ""
    return Standing(
        voice=uuid.UUID(str(row["voice"])),
        themes=tuple(filter(None, (themes or "").split(";"))),
        themes_by="person" if settled else machine,
        sentiment=row["decided_sentiment"] or row["suggested_sentiment"] or "not_measured",
        sentiment_by="person" if row["decided_sentiment"] else machine,
        urgent=row["decided_urgent"] == "yes" if row["decided_urgent"] else bool(row["suggested_urgent"]),
        urgent_by="person" if row["decided_urgent"] else machine,
        outcome=outcome,
        confidence=1.0 if settled else float(row["confidence"] or 0.0),
    )
