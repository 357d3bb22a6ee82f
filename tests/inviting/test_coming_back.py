"""What comes back by e-mail: bounces, STOP, and words that a person has to read."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import pytest

from surveys.invitations import queue, replies
from surveys.invitations.replies import Reply
from surveys.invitations.tables import OutgoingMessage, Send
from surveys.ledger.tables import Ask, ContactPerson
from tests.inviting.invited import NOON, invite, open_a_round, person, register_of
from tests.inviting.killed import OnlyMessages
from voice.capture.drop_box.mail_intake import Intake, listening
from voice.capture.drop_box.tables import Contribution
from voice.capture.open_rounds import OpenRounds
from voice.inviting.working import prepare
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store

SECRET = b"s" * 32
VOICES = "voices@council.example"

REPORT = """From: MAILER-DAEMON@elsewhere.example
To: {to}
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="x"
MIME-Version: 1.0

--x
Content-Type: text/plain

We are sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; elsewhere.example

Final-Recipient: rfc822; person0@example.org
Action: {action}
Status: {status}
--x--
"""


@pytest.fixture
async def message(store: Store, settings: Settings) -> uuid.UUID:
    """One message that was handed over."""
    register = await register_of(store, SECRET, [person(0)])
    await invite(store, SECRET, await open_a_round(store), register)
    await prepare(OnlyMessages(settings, store, SECRET, OpenRounds(store), PartnershipInfo("Solihull"), NOON))
    claimed = await store.write(lambda: queue.claim(("email",), now=NOON, dialect=store.dialect))
    assert claimed is not None
    await store.write(lambda: queue.settle(claimed, queue.Outcome("handed_over"), now=NOON))
    return claimed.id


@pytest.fixture
async def port(store: Store) -> AsyncIterator[int]:
    intake = Intake(store, secret=SECRET, clock=lambda: NOON, address=VOICES)
    async with listening(intake, host="127.0.0.1", port=0) as port:
        yield port


def return_to(message: uuid.UUID) -> str:
    return f"voices+i-{message.hex}@council.example"


async def post(port: int, content: str, to: str) -> None:
    await aiosmtplib.send(
        content.replace("\n", "\r\n"), sender="somebody@example.org", recipients=[to], hostname="127.0.0.1", port=port
    )


def written(words: str, *, to: str = VOICES, about: uuid.UUID | None = None, subject: str = "Re: Hello") -> str:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Somebody <somebody@example.org>", to, subject
    if about is not None:
        letter["In-Reply-To"] = f"<{about.hex}@localhost>"
    letter.set_content(words)
    return letter.as_string()


async def outcome(store: Store) -> str:
    rows = await store.read(lambda: Ask.select(Ask.outcome))
    return str(rows[0]["outcome"])


class TestWhatComesBack:
    async def test_it_notes_what_will_never_arrive(self, store: Store, message: uuid.UUID, port: int) -> None:
        late = REPORT.format(to=return_to(message), action="delayed", status="4.4.1")
        await post(port, late, return_to(message))
        assert await outcome(store) == "none"
        never = REPORT.format(to=return_to(message), action="failed", status="5.1.1")
        await post(port, never, return_to(message))
        assert await outcome(store) == "bounced"
        rows = await store.read(lambda: OutgoingMessage.select(OutgoingMessage.state))
        assert rows == [{"state": "bounced"}]

    async def test_it_stops_for_whoever_says_stop(self, store: Store, message: uuid.UUID, port: int) -> None:
        await post(port, written("Stop.\n\nOn Monday, Solihull wrote:\n> Hello", about=message), VOICES)
        people = await store.read(lambda: ContactPerson.select(ContactPerson.stopped))
        assert [bool(each["stopped"]) for each in people] == [True]
        assert await outcome(store) == "opted_out"

    async def test_it_keeps_other_words_for_a_person(self, store: Store, message: uuid.UUID, port: int) -> None:
        await post(port, written("Please do not stop. Can you ring me?"), return_to(message))
        send = (await store.read(lambda: Send.select(Send.id)))[0]["id"]
        kept = await store.read(lambda: replies.replies(send, SECRET))
        assert [each.reply for each in kept] == [Reply("Please do not stop. Can you ring me?", "somebody@example.org")]
        assert await store.read(lambda: replies.waiting(send)) == 1
        assert await outcome(store) == "none"

    async def test_it_leaves_other_letters_to_the_drop_box(self, store: Store, message: uuid.UUID, port: int) -> None:
        await post(port, written("Stop."), VOICES)
        await post(port, written("Stop.", about=uuid.uuid4()), VOICES)
        assert await store.read(lambda: Contribution.count()) == 2
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await post(port, written("Stop."), "other+i-1@council.example")
