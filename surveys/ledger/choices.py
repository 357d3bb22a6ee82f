"""What people choose about being asked, each for themselves, behind a link that only our messages to them hold.

Everything async here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from surveys.asking_less.checking import Choice
from surveys.identity import key_of
from surveys.ledger.tables import Ask, ContactPerson
from surveys.stored_days import as_day

PACES = ("any", "termly", "yearly")
WAYS = ("", "email", "text", "letter")
"""The empty one leaves it to us."""
PAUSES = {"no": 0, "three_months": 91, "six_months": 182}
"""Days for which somebody is not asked."""

ASKS_SHOWN = 20
OPEN_OUTCOMES = ("none", "delivered", "opened")


class Chosen(msgspec.Struct, frozen=True):
    """A person and what they chose; the fields are those of the table ``contact_person``."""

    person: str
    family: str
    pace: str
    way: str
    language: str
    not_before: dt.date | None
    stopped: bool
    changed_on: dt.date | None


class OwnAsk(msgspec.Struct, frozen=True):
    """One time that this person was asked something."""

    survey: str
    partner: str
    kind: str
    way: str
    asked_on: dt.date
    minutes: int | None


def link_for(secret: bytes, person: str) -> str:
    """The key in the address of a person's page: 128 bits that nobody can work out from the person's key."""
    return key_of(hmac.digest(secret, b"how-often:" + person.encode(), "sha256")[:16])


def address_for(secret: bytes, person: str) -> str:
    """The page on which this person sees what they were asked, and chooses."""
    return f"/how-often/{link_for(secret, person)}"


async def introduce(families: Mapping[str, str], *, secret: bytes) -> None:
    """Gives each person who has none a page of their own. ``families`` are the family keys by person."""
    for person in sorted(families):
        await ContactPerson.raw(
            'INSERT INTO "contact_person" ("person", "family", "link_hash", "pace", "way", "language", "stopped") '
            "VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING",
            person,
            families[person],
            _hashed(link_for(secret, person)),
            "any",
            "",
            "",
            False,
        )


async def choices_of(persons: Collection[str] | None = None) -> dict[str, Choice]:
    """What people chose, by person: of those who changed anything; of all when ``persons`` is ``None``."""
    wanted = None if persons is None else frozenset(persons)
    rows = await ContactPerson.raw(
        'SELECT "person", "pace", "not_before", "stopped" FROM "contact_person" WHERE "changed_on" IS NOT NULL'
    )
    return {
        row["person"]: Choice(row["person"], row["pace"], as_day(row["not_before"]), bool(row["stopped"]))
        for row in rows
        if wanted is None or row["person"] in wanted
    }


async def behind(link: str) -> Chosen | None:
    """Whose page this is; ``None`` for a link that we never gave."""
    rows = await ContactPerson.select(*(getattr(ContactPerson, name) for name in Chosen.__struct_fields__)).where(
        ContactPerson.link_hash == _hashed(link)
    )
    return Chosen(**rows[0]) if rows else None


async def asked_of(person: str) -> list[OwnAsk]:
    """What this person was asked, the newest first, ``ASKS_SHOWN`` at most."""
    rows = (
        await Ask.select(Ask.survey, Ask.partner, Ask.kind, Ask.way, Ask.asked_on, Ask.minutes)
        .where(Ask.person == person)
        .order_by(Ask.asked_on, ascending=False)
        .limit(ASKS_SHOWN)
    )
    return [OwnAsk(**row) for row in rows]


async def choose(person: str, *, pace: str, way: str, language: str, pause: str, today: dt.date) -> None:
    """From now on this person is asked as they say. Whoever had stopped may be asked again."""
    # A pause that runs goes on: the page shows its last day, and "no" ends it.
    changed: dict[Any, Any] = {
        ContactPerson.pace: pace,
        ContactPerson.way: way,
        ContactPerson.language: language,
        ContactPerson.stopped: False,
        ContactPerson.changed_on: today,
    }
    if pause != "as_it_is":
        days = PAUSES[pause]
        changed[ContactPerson.not_before] = today + dt.timedelta(days=days) if days else None
    await ContactPerson.update(changed).where(ContactPerson.person == person)


async def stop(person: str, *, today: dt.date) -> None:
    """This person is not asked any more, whoever wants to. What they were asked last says so too."""
    await ContactPerson.update({ContactPerson.stopped: True, ContactPerson.changed_on: today}).where(
        ContactPerson.person == person
    )
    last = (
        await Ask.select(Ask.id, Ask.outcome)
        .where(Ask.person == person)
        .order_by(Ask.asked_on, ascending=False)
        .first()
    )
    if last is not None and last["outcome"] in OPEN_OUTCOMES:
        await Ask.update({Ask.outcome: "opted_out"}).where(Ask.id == last["id"])


def _hashed(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()
