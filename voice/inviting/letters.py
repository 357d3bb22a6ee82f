"""Letters to print: a page for each person, in their language, with their own link as a square code and to type."""

from __future__ import annotations

import asyncio
import io
import uuid
from collections.abc import Sequence

import msgspec
import segno

from surveys.invitations.candidates import persons_who_answered
from surveys.invitations.reaching import Contact, Sealing
from surveys.invitations.tables import Invitation
from surveys.invitations.tokens import token_of
from surveys.ledger.choices import address_for
from surveys.ledger.tables import ContactPerson
from voice import languages
from voice.inviting import words
from voice.inviting.words import Asked
from voice.inviting.working import Desk
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.paper.documents import Block, Document, Heading, PageBreak, Paragraph, Picture, Said

MOST_AT_ONCE = 500
"""Letters in one file; a larger stack is printed in parts."""

CODE_WIDTH = 42
"""Millimetres of the square code."""


class PaperLetter(msgspec.Struct, frozen=True):
    contact: Contact
    language: str
    asked: Asked


async def letters_of(desk: Desk, send: uuid.UUID, *, part: int) -> list[PaperLetter]:
    """The letters of a sending that did not go to the post yet, in the order of random ids; ``part`` counts from 0."""

    async def unit() -> list[dict[str, object]]:
        rows: list[dict[str, object]] = await Invitation.raw(
            'SELECT i."id" AS "id", e."sealed" AS "sealed", e."language" AS "language", e."person" AS "person", '
            's."round" AS "round", s."kind" AS "kind", s."minutes" AS "minutes" FROM "invitation" AS i '
            'JOIN "register_entry" AS e ON i."entry" = e."id" JOIN "invitation_send" AS s ON i."send" = s."id" '
            'JOIN "outgoing_message" AS m ON m."invitation" = i."id" '
            'WHERE i."send" = {} AND m."way" = \'letter\' AND m."state" = \'waiting\' '
            'ORDER BY i."id" LIMIT {} OFFSET {}',
            send,
            MOST_AT_ONCE,
            part * MOST_AT_ONCE,
        )
        chosen = await ContactPerson.select(ContactPerson.person, ContactPerson.language, ContactPerson.stopped).where(
            ContactPerson.person.is_in([str(row["person"]) for row in rows] or [""])
        )
        left_out = {row["person"] for row in chosen if row["stopped"]}
        for round in {uuid.UUID(str(row["round"])) for row in rows}:
            left_out |= await persons_who_answered(round)
        spoken = {row["person"]: row["language"] for row in chosen if row["language"]}
        return [
            {**row, "language": spoken.get(str(row["person"]), row["language"])}
            for row in rows
            if row["person"] not in left_out
        ]

    rows = await desk.store.read(unit)
    if not rows:
        return []
    round = await desk.rounds.by_id(uuid.UUID(str(rows[0]["round"])), now=desk.clock())
    base, sealing = desk.settings.base_url, Sealing(desk.secret)
    return [
        PaperLetter(
            contact,
            str(row["language"]),
            Asked(
                who=desk.partnership.name,
                title=round.document.title,
                kind=str(row["kind"]),
                minutes=int(str(row["minutes"])),
                closes_on=round.closes_on,
                link=f"{base}/i/{token_of(desk.secret, uuid.UUID(str(row['id'])))}",
                choices=f"{base}{address_for(desk.secret, str(row['person']))}",
            ),
        )
        for row in rows
        if (contact := sealing.contact(str(row["sealed"]))) is not None
    ]


async def stack(letters: Sequence[PaperLetter]) -> bytes:
    """The letters as one PDF, those of one language after the other."""
    return await asyncio.to_thread(_stack, letters)


def _stack(letters: Sequence[PaperLetter]) -> bytes:
    from voice.paper.document_pdf import pdf_of

    made = []
    for language in dict.fromkeys(letter.language for letter in letters):
        languages.speak(language if language in LANGUAGES else languages.SOURCE)
        made.append(pdf_of(document_of([letter for letter in letters if letter.language == language])))
    return made[0] if len(made) == 1 else _joined(made)


def _joined(files: Sequence[bytes]) -> bytes:
    from pypdf import PdfReader, PdfWriter

    together = PdfWriter()
    for content in files:
        together.append(PdfReader(io.BytesIO(content)))
    written = io.BytesIO()
    together.write(written)
    return written.getvalue()


def document_of(letters: Sequence[PaperLetter]) -> Document:
    """The letters of one language, the one that is being spoken; each begins on a page of its own."""
    blocks: list[Block] = []
    for at, letter in enumerate(letters):
        if at:
            blocks += [PageBreak(), Heading(letter.asked.about)]
        blocks += _letter(letter)
    return Document(
        title=letters[0].asked.about,
        language=languages.current(),
        blocks=tuple(blocks),
        foot=letters[0].asked.by,
    )


def _letter(letter: PaperLetter) -> list[Block]:
    asked, contact = letter.asked, letter.contact
    lines = [line for line in (contact.name, *contact.address) if line]
    return [
        Paragraph(Said("\n".join(lines), "en")),
        *(Paragraph(line) for line in words.lines(asked)),
        Paragraph(_("To answer, point the camera of your phone at the square code. It is for you alone."), strong=True),
        Picture(content=_code(asked.link), alternative=_("Square code with the link"), width=CODE_WIDTH),
        Paragraph(_("Or open this link:")),
        Paragraph(Said(_without_scheme(asked.link), "en"), strong=True),
        Paragraph(words.to_choose(), quiet=True),
        Paragraph(Said(_without_scheme(asked.choices), "en"), quiet=True),
    ]


def _without_scheme(link: str) -> str:
    return link.partition("://")[2]


def _code(link: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=4, border=2)
    return drawn.getvalue()
