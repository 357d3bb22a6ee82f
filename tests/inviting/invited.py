"""Invented people who are invited: a register, a round that is open, and a sending that was confirmed."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys.document import Question, SurveyDocument
from surveys.invitations import candidates, reached, registers, sends
from surveys.invitations.reaching import Contact, Sealing
from surveys.invitations.register_rows import RegisterRow
from surveys.invitations.sends import PlannedSend, SendChoice
from surveys.publishing import open_round, publish
from voice.storage import Store

BY = uuid.UUID(int=7)
TODAY = dt.date(2026, 11, 18)
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
USABLE = ("email", "text", "letter")


def document() -> SurveyDocument:
    def said(english: str, urdu: str) -> dict[str, str]:
        return {"en": english, "ur": urdu}

    return SurveyDocument(
        slug="short-breaks",
        title=said("Short breaks", "مختصر وقفے"),
        about=said("We want to hear about short breaks.", "ہم مختصر وقفوں کے بارے میں سننا چاہتے ہیں۔"),
        who_reads=said("We read it.", "ہم پڑھتے ہیں۔"),
        what_happens_next=said("We tell you.", "ہم آپ کو بتاتے ہیں۔"),
        minutes=2,
        languages=("en", "ur"),
        questions=(
            Question(
                concept="breaks_good",
                kind="free_text",
                symbol="heart",
                title=said("What is good about short breaks?", "مختصر وقفوں میں کیا اچھا ہے؟"),
                help=said("A few words are enough.", "چند الفاظ کافی ہیں۔"),
            ),
        ),
    )


def person(number: int, **changed: object) -> RegisterRow:
    contact = Contact(
        email=f"person{number}@example.org",
        mobile=f"+447700900{number % 1000:03}",
        name=f"Person {number}",
        address=("1 High Street", "Solihull", "B91 3QJ"),
    )
    fields = {
        "family": f"f1-{number:032x}",
        "person": f"p1-{number:032x}",
        "audience": "parent_carer",
        "language": "en",
        "groups": {"area": "North" if number % 2 else "South"},
        "contact": contact,
    }
    return RegisterRow(**{**fields, **changed})  # type: ignore[arg-type]


async def open_a_round(store: Store, *, mode: str = "anonymous") -> uuid.UUID:
    async def opened() -> uuid.UUID:
        version = await publish(document(), today=TODAY)
        return await open_round(
            version,
            term="2026-autumn",
            identity_mode=mode,  # type: ignore[arg-type]
            link="short-breaks",
            opens_on=TODAY,
            closes_on=dt.date(2026, 12, 18),
        )

    return await store.write(opened)


async def register_of(store: Store, secret: bytes, rows: list[RegisterRow]) -> uuid.UUID:
    sealed = registers.sealed_rows(rows, Sealing(secret), day=TODAY)
    return await store.write(
        lambda: registers.add(sealed, name="Families", partner="Solihull Council", by=BY, today=TODAY)
    )


async def invite(
    store: Store,
    secret: bytes,
    round: uuid.UUID,
    register: uuid.UUID,
    *,
    way: str = "email",
    kind: str = "invitation",
    follows: uuid.UUID | None = None,
    goes_on: dt.date = TODAY,
    now: dt.datetime = NOON,
) -> PlannedSend:
    """A sending to everybody of a register who could be asked, confirmed."""
    id = await store.write(
        lambda: sends.plan(
            round=round,
            register=register,
            kind=kind,
            way=way,
            minutes=2,
            goes_on=goes_on,
            choice=SendChoice(),
            by=BY,
            today=TODAY,
            follows=follows,
        )
    )
    send = await store.read(lambda: sends.send_of(id))
    asked = {each.entry for each in await store.read(lambda: candidates.candidates_of(send))}
    found, _missed = reached.reached(
        await store.read(lambda: reached.addressees(register)),
        asked,
        way=way,
        ways_chosen={},
        languages_chosen={},
        sealing=Sealing(secret),
        usable=USABLE,
    )
    made = sends.made_invitations(found, secret)
    await store.write(lambda: sends.begin(send, made, left_out={}, now=now))
    return send
