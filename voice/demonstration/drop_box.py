"""What the partners of Millbrook Vale heard elsewhere, and what one person told them: in the invented drop box."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.terms import first_day, term_of
from voice.capture.drop_box import contributions
from voice.capture.drop_box.contributions import About, Decided, NoSuchContribution
from voice.capture.drop_box.pieces import LeftOut, Piece, Reading
from voice.capture.drop_box.senders import SenderProblem, add_sender

HEARD_AT_A_COFFEE_MORNING = """We waited eleven weeks for the first meeting and nobody told us why.
The advice line rang back the same day. That helped.
My daughter stays at home because the taxi does not wait for her to be ready."""
FORWARDED = (
    "The after-school club says that two of our pupils cannot come. There is no seat with a belt on the late bus."
)
TOLD = "آن لائن فارم بہت لمبا ہے۔ میں نے اسے تین بار شروع کیا۔"


async def load_drop_box(*, officer: uuid.UUID, today: dt.date) -> None:
    """Loads three contributions, in a unit: one that counts, and two that wait. Those that are there already stay."""
    heard_on = first_day(term_of(today))
    partner = About(
        partner="Millbrook Vale SENDIAS",
        partner_kind="sendias",
        heard_on=f"{heard_on:%Y-%m}",
        respondent_kind="parent_carer",
        language="en",
    )
    first = _id("coffee morning")
    if await _is_new(first):
        await contributions.add(
            first,
            partner,
            Reading((Piece(text=HEARD_AT_A_COFFEE_MORNING),)),
            source="drop_box",
            way="words",
            stage="draft",
            came_on=today.isoformat(),
            by=officer,
            splitting="lines",
        )
        parts = await contributions.parts_of(first)
        decided = {part.id: Decided("kept", part.text) for part in parts}
        await contributions.take_in(first, decided, by=officer, today=today)
    if await _is_new(_id("late bus")):
        await contributions.add(
            _id("late bus"),
            About(
                partner="Elm Tree School",
                partner_kind="school",
                heard_on=today.isoformat(),
                respondent_kind="school",
                language="en",
            ),
            Reading((Piece(text=FORWARDED),), (LeftOut("photo-of-the-bus.jpg", "picture"),)),
            source="drop_box",
            way="mail",
            stage="waiting",
            came_on=today.isoformat(),
        )
        await _let_send("@elmtree.example", "Elm Tree School")
    if await _is_new(_id("long form")):
        await contributions.add(
            _id("long form"),
            About(heard_on=f"{today:%Y-%m}", respondent_kind="parent_carer", language="ur", permitted="quote"),
            Reading((Piece(text=TOLD),)),
            source="tell_us",
            way="open",
            stage="waiting",
            came_on=f"{today:%Y-%m}",
        )


def _id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.drop-box.millbrook-vale.example")


async def _is_new(id: uuid.UUID) -> bool:
    try:
        await contributions.load(id)
    except NoSuchContribution:
        return True
    return False


async def _let_send(address: str, partner: str) -> None:
    try:
        await add_sender(address, partner, "school")
    except SenderProblem as problem:
        if problem.code != "known":
            raise
