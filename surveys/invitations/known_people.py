"""What inviting and the contact ledger know of one person, found by their address or number, and taken away.

Contact details are sealed, so finding a person opens every one of them. Functions that are async run inside a unit of
the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import msgspec

from surveys.invitations.reaching import Contact, Sealing, email_of, mobile_of
from surveys.invitations.replies import Reply
from surveys.invitations.tables import InvitationReply, RegisterEntry
from surveys.ledger import choices
from surveys.ledger.tables import Ask, ContactPerson, SensitiveTime

Row = TypeVar("Row")

IN_A_QUERY = 300


class SealedRow(msgspec.Struct, frozen=True):
    """A row that says how somebody is reached, before it is opened. Keys are empty where it has none."""

    id: uuid.UUID
    sealed: str
    person: str = ""
    family: str = ""


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody as registers and the ledger know them: ``entries`` of registers, ``replies``, and their keys."""

    entries: tuple[uuid.UUID, ...] = ()
    replies: tuple[uuid.UUID, ...] = ()
    persons: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    wrote: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """A time that a person was asked."""

    survey: str
    partner: str
    kind: str
    way: str
    asked_on: dt.date
    outcome: str


class ChosenByPerson(msgspec.Struct, frozen=True):
    pace: str
    way: str
    language: str
    not_before: dt.date | None
    stopped: bool


def theirs(written: str) -> Callable[[str], bool]:
    """Whether an address or a number is the one that somebody gave us, however each is written."""
    wanted = _plain(written)
    return lambda reach: bool(wanted) and _plain(reach) == wanted


def _plain(written: str) -> str:
    if "@" in written:
        return (email_of(written) or written.strip()).casefold()
    digits = re.sub(r"\D", "", mobile_of(written) or written)
    return re.sub(r"^(?:00)?44", "", digits).lstrip("0") if len(digits) >= 7 else ""


async def entries() -> list[SealedRow]:
    """Everybody who can still be reached."""
    rows = await RegisterEntry.select(
        RegisterEntry.id, RegisterEntry.sealed, RegisterEntry.person, RegisterEntry.family
    ).where(RegisterEntry.sealed != "")
    return [SealedRow(**row) for row in rows]


async def replies() -> list[SealedRow]:
    rows = await InvitationReply.select(InvitationReply.id, InvitationReply.sealed)
    return [SealedRow(**row) for row in rows]


def known(entries: Sequence[SealedRow], replies: Sequence[SealedRow], written: str, sealing: Sealing) -> KnownPerson:
    """What is known of whoever is reached so. It opens every row: call it in a thread."""
    is_theirs = theirs(written)
    found = [
        (row, contact)
        for row in entries
        if (contact := sealing.contact(row.sealed)) is not None
        and (is_theirs(contact.email) or is_theirs(contact.mobile))
    ]
    wrote = [
        (row, reply)
        for row in replies
        if (reply := sealing.opened(row.sealed, Reply)) is not None and is_theirs(reply.sender)
    ]
    return KnownPerson(
        entries=tuple(row.id for row, _ in found),
        replies=tuple(row.id for row, _ in wrote),
        persons=tuple(sorted({row.person for row, _ in found})),
        families=tuple(sorted({row.family for row, _ in found})),
        contacts=tuple(contact for _, contact in found),
        wrote=tuple(reply.words for _, reply in wrote),
    )


async def contacts_of(entries: Collection[uuid.UUID], sealing: Sealing) -> tuple[Contact, ...]:
    """How the people of these entries of registers are reached, as far as it is still there."""
    rows = await RegisterEntry.select(RegisterEntry.sealed).where(RegisterEntry.id.is_in(list(entries)))
    return tuple(contact for row in rows if (contact := sealing.contact(row["sealed"])) is not None)


async def asks_of(persons: Collection[str]) -> list[Asked]:
    """Every time that these people were asked, the last one first."""
    if not persons:
        return []
    rows = (
        await Ask.select(*(getattr(Ask, name) for name in Asked.__struct_fields__))
        .where(Ask.person.is_in(list(persons)))
        .order_by(Ask.asked_on, ascending=False)
    )
    return [Asked(**row) for row in rows]


async def choices_of(persons: Collection[str]) -> list[ChosenByPerson]:
    if not persons:
        return []
    rows = await ContactPerson.select(
        *(getattr(ContactPerson, name) for name in ChosenByPerson.__struct_fields__)
    ).where(ContactPerson.person.is_in(list(persons)))
    return [ChosenByPerson(**{**row, "stopped": bool(row["stopped"])}) for row in rows]


async def quiet_times_of(families: Collection[str]) -> int:
    """In how many times these families are left alone."""
    return int(await SensitiveTime.count().where(SensitiveTime.family.is_in(list(families)))) if families else 0


async def introduce(person: KnownPerson, *, secret: bytes) -> None:
    """Gives somebody a row for what they choose. Registers know people who were never invited, and have none yet."""
    if not person.entries:
        return
    rows = await RegisterEntry.select(RegisterEntry.person, RegisterEntry.family).where(
        RegisterEntry.id.is_in(list(person.entries))
    )
    await choices.introduce({row["person"]: row["family"] for row in rows}, secret=secret)


async def forget(person: KnownPerson, *, today: dt.date) -> None:
    """Takes away how somebody is reached, what they wrote back, when they were asked, and why they were left alone.

    What stays is a key, with the note that whoever it is of is never asked again: without it, the next file of a
    partner would bring them back. It stands in the row that :func:`introduce` gives. Invitations that were sent count
    on, of a person that nothing leads to.
    """
    for id in person.entries:
        unknown = f"x1-{uuid.uuid4().hex}"
        await RegisterEntry.raw(
            'UPDATE "outgoing_message" SET "state" = \'stopped\' WHERE "state" = \'waiting\' AND "invitation" IN '
            '(SELECT "id" FROM "invitation" WHERE "entry" = {})',
            id,
        )
        await RegisterEntry.update(
            {
                RegisterEntry.sealed: "",
                RegisterEntry.groups: "{}",
                RegisterEntry.person: unknown,
                RegisterEntry.family: unknown,
            }
        ).where(RegisterEntry.id == id)
    for id in person.replies:
        await InvitationReply.delete().where(InvitationReply.id == id)
    for key in person.persons:
        await Ask.delete().where(Ask.person == key)
        await ContactPerson.update(
            {
                ContactPerson.pace: "any",
                ContactPerson.way: "",
                ContactPerson.language: "",
                ContactPerson.stopped: True,
                ContactPerson.changed_on: today,
            }
        ).where(ContactPerson.person == key)
    for family in person.families:
        await SensitiveTime.delete().where(SensitiveTime.family == family)
