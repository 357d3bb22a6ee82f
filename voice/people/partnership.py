"""The local area that this installation serves, and who families can call."""

from __future__ import annotations

import uuid

import msgspec

from voice.people.tables import Partnership


class PartnershipInfo(msgspec.Struct, frozen=True):
    """``invented`` is true for the partnership of ``voice demo``, and every page then says so."""

    name: str = ""
    help_phone: str = ""
    help_email: str = ""
    local_offer: str = ""
    invented: bool = False


async def partnership() -> PartnershipInfo:
    """The partnership, or one without a name while nobody has set it up. Runs inside a unit."""
    row = await Partnership.select().first()
    if row is None:
        return PartnershipInfo()
    return PartnershipInfo(
        name=row["name"],
        help_phone=row["help_phone"],
        help_email=row["help_email"],
        local_offer=row["local_offer"],
        invented=bool(row["invented"]),
    )


async def set_partnership(info: PartnershipInfo) -> None:
    """Says who this installation serves. Runs inside a unit."""
    await Partnership.delete(force=True)
    await Partnership.insert(Partnership(id=uuid.uuid4(), **msgspec.structs.asdict(info)))
