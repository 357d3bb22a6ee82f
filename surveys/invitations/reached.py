"""How the people of a sending are reached: by which way, in which language; and a sample of them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Collection, Mapping, Sequence

import msgspec

from surveys.invitations.reaching import Contact, Sealing, way_for
from surveys.invitations.tables import RegisterEntry


class Reached(msgspec.Struct, frozen=True):
    """Somebody who is asked: ``way`` is how, in ``language``."""

    entry: uuid.UUID
    way: str
    language: str


class Addressee(msgspec.Struct, frozen=True):
    """Somebody of a register with what says how to reach them, and what they chose themselves."""

    entry: uuid.UUID
    person: str
    language: str
    sealed: str


async def addressees(register: uuid.UUID) -> list[Addressee]:
    """Everybody of a register who can still be reached. Runs inside a unit of the store."""
    rows = await RegisterEntry.raw(
        'SELECT "id" AS "entry", "person", "language", "sealed" FROM "register_entry" '
        'WHERE "register" = {} AND "sealed" <> \'\' ORDER BY "id"',
        register,
    )
    return [Addressee(uuid.UUID(str(row["entry"])), row["person"], row["language"], row["sealed"]) for row in rows]


def reached(
    among: Sequence[Addressee],
    asked: Collection[str],
    *,
    way: str,
    ways_chosen: Mapping[str, str],
    languages_chosen: Mapping[str, str],
    sealing: Sealing,
    usable: Collection[str],
) -> tuple[list[Reached], int]:
    """How each of ``asked`` (entries) is reached, and how many of them cannot be.

    ``ways_chosen`` and ``languages_chosen`` are what persons chose themselves; ``usable`` are the ways that are set up.
    """
    found, missed = [], 0
    for each in among:
        if str(each.entry) not in asked:
            continue
        contact = sealing.contact(each.sealed) or Contact()
        usually = _only(contact, usable)
        taken = way_for(usually, sending=way, chosen=ways_chosen.get(each.person, ""))
        if taken:
            found.append(Reached(each.entry, taken, languages_chosen.get(each.person) or each.language))
        else:
            missed += 1
    return found, missed


def _only(contact: Contact, usable: Collection[str]) -> Contact:
    """The contact without what could only be reached by a way that is not set up."""
    return msgspec.structs.replace(
        contact,
        email=contact.email if "email" in usable else "",
        mobile=contact.mobile if "text" in usable else "",
        address=contact.address if "letter" in usable else (),
    )


def sampled(found: Sequence[Reached], *, size: int, seed: str) -> list[Reached]:
    """Everybody, or as many as the sample asks for, always the same for the same seed."""
    if not size or size >= len(found):
        return list(found)
    chance = random.Random(seed)  # noqa: S311 - drawn so that it can be drawn again, not to be a secret
    return sorted(chance.sample(list(found), size), key=lambda each: each.entry)
