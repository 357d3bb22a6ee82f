"""Changed and confirmed words in the store. Every function here runs inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from surveys.bank import reading
from surveys.translating.bank_words import BankPlace, parts_of, place_of, put_into_bank
from surveys.translating.catalogs import Check
from surveys.translating.messages import Message, catalog_message, text_hash
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
            text_hash=text_hash(message, forms, language),
            checked_by=check.name,
            checked_on=check.day,
        )
    )


async def keep_words(
    language: str,
    message: Message,
    forms: tuple[str, ...],
    *,
    by: str,
    member: uuid.UUID | None,
    now: dt.datetime,
) -> None:
    """Keeps other words for a message: for one of the bank, in the bank as soon as it can take them."""
    await change(language, message, forms, by=by, today=now.date())
    place = place_of(message)
    if place is None:
        return
    waiting = await _waiting(place, language)
    if await put_into_bank(place, language, {p: w for p, (_, w) in waiting.items()}, by=member, now=now):
        for id, _ in waiting.values():
            await _forget(ChangedWording, language, id)


async def _waiting(place: BankPlace, language: str) -> dict[str, tuple[str, str]]:
    """By part, the message and the words that wait for the rest of a question's words."""
    concept = await reading.concept(place.concept)
    english = concept.wording(place.edition, "en") if concept else None
    kept = await changes(language)
    found = {}
    for part, text in (parts_of(english) if english else {}).items():
        each = catalog_message([text], context=BankPlace(place.concept, place.edition, part).context)
        if each.id in kept:
            found[part] = (each.id, kept[each.id].forms[0])
    return found


async def _forget(table: type[ChangedWording] | type[CheckedWording], language: str, message: str) -> None:
    await table.delete().where(table.language == language, table.message == message)
