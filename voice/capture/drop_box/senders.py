"""Who may send e-mail into the drop box: addresses and domains of partners. Functions run inside a unit."""

from __future__ import annotations

import re
import uuid

import msgspec

from voice.capture.drop_box.tables import DropBoxSender

LONGEST = 120

_ADDRESS = re.compile(r"(?:[\w.+%'-]{1,64})?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


class Sender(msgspec.Struct, frozen=True):
    """``address`` is a whole address, or ``@`` and a domain for everybody there."""

    id: uuid.UUID
    address: str
    partner: str
    partner_kind: str


class SenderProblem(Exception):
    """``code`` is ``address``, ``partner`` or ``known``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def senders() -> list[Sender]:
    rows = await DropBoxSender.select().order_by(DropBoxSender.partner, DropBoxSender.address)
    return [msgspec.convert(row, Sender) for row in rows]


async def add_sender(address: str, partner: str, partner_kind: str) -> None:
    """Raises :class:`SenderProblem`."""
    address, partner = address.strip().lower(), " ".join(partner.split())
    if not _ADDRESS.fullmatch(address) or len(address) > LONGEST:
        raise SenderProblem("address")
    if not partner or len(partner) > LONGEST:
        raise SenderProblem("partner")
    if await DropBoxSender.exists().where(DropBoxSender.address == address):
        raise SenderProblem("known")
    await DropBoxSender.insert(
        DropBoxSender(id=uuid.uuid4(), address=address, partner=partner, partner_kind=partner_kind)
    )


async def remove_sender(id: uuid.UUID) -> None:
    await DropBoxSender.delete().where(DropBoxSender.id == id)


async def partner_of(address: str) -> tuple[str, str]:
    """The partner that an address belongs to, and its kind; both empty when it is nobody's. The whole address counts
    before its domain."""
    wanted = [address, f"@{address.rpartition('@')[2]}"]
    rows = await DropBoxSender.select().where(DropBoxSender.address.is_in(wanted))
    known = {row["address"]: row for row in rows}
    row = next((known[each] for each in wanted if each in known), None)
    return (row["partner"], row["partner_kind"]) if row else ("", "")
