"""Changed and confirmed words in the store. Every function here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from surveys.translating.catalogs import Check
from surveys.translating.messages import Message, text_hash
from surveys.translating.state import Change, KeptCheck
from surveys.translating.tables import ChangedWording, CheckedWording


async def changes(language: str) -> dict[str, Change]:
    """What was changed in a language, by message id."""
    rows = await ChangedWording.select().where(ChangedWording.language == language)
    return {
        row["message"]: Change(
            row["message"], tuple(json.loads(row["source"])), tuple(json.loads(row["forms"])), row["changed_by"]
        )
        for row in rows
    }


async def checks(language: str) -> dict[str, KeptCheck]:
    """What was confirmed in a language, by message id."""
    rows = await CheckedWording.select().where(CheckedWording.language == language)
    return {
        row["message"]: KeptCheck(row["message"], row["text_hash"], Check(row["checked_by"], row["checked_on"]))
        for row in rows
    }


async def changed_languages() -> set[str]:
    """The languages in which anything was changed or confirmed."""
    changed = await ChangedWording.select(ChangedWording.language).distinct()
    checked = await CheckedWording.select(CheckedWording.language).distinct()
    return {row["language"] for row in (*changed, *checked)}


async def change(language: str, message: Message, forms: tuple[str, ...], *, by: str, today: dt.date) -> None:
    """Keeps other words for a message. They take the place of any that were kept before."""
    await _forget(ChangedWording, language, message.id)
    await ChangedWording.insert(
        ChangedWording(
            id=uuid.uuid4(),
            language=language,
            message=message.id,
            source=json.dumps(message.forms, ensure_ascii=False),
            forms=json.dumps(forms, ensure_ascii=False),
            changed_by=by,
            changed_on=today,
        )
    )


async def confirm(language: str, message: Message, forms: tuple[str, ...], check: Check) -> None:
    """Keeps that a named reader has confirmed these words."""
    await _forget(CheckedWording, language, message.id)
    await CheckedWording.insert(
        CheckedWording(
            id=uuid.uuid4(),
            language=language,
            message=message.id,
            text_hash=text_hash(message, forms),
            checked_by=check.name,
            checked_on=check.day,
        )
    )


async def _forget(table: type[ChangedWording] | type[CheckedWording], language: str, message: str) -> None:
    await table.delete().where(table.language == language, table.message == message)
