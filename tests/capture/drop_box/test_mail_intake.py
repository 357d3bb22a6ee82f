"""E-mail into the drop box: real SMTP conversations on this machine."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import aiosmtplib
import pytest

from tests.capture.drop_box import files
from tests.conftest import NOON
from voice.capture.drop_box import contributions, listing, mail_intake
from voice.capture.drop_box.mail_intake import Intake, listening
from voice.capture.drop_box.pieces import LeftOut
from voice.capture.drop_box.senders import add_sender
from voice.capture.drop_box.tables import Contribution
from voice.evidence.tables import Voice
from voice.storage import Store

ADDRESS = "dropbox@millbrook-vale.example"


@pytest.fixture
async def port(store: Store) -> AsyncIterator[int]:
    await store.write(lambda: add_sender("@elmtree.example", "Elm Tree School", "school"))
    intake = Intake(store, secret=b"secret", clock=lambda: NOON, address=ADDRESS)
    async with listening(intake, host="127.0.0.1", port=0) as found:
        yield found


async def send(port: int, letter: object, to: str = ADDRESS) -> str:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
        _, said = await client.sendmail("anna@elmtree.example", [to], bytes(letter))  # type: ignore[call-overload]
    return str(said)


class TestTakingLettersIn:
    async def test_it_waits_for_a_person_under_the_partner_alone(self, store: Store, port: int) -> None:
        await send(port, files.letter("The bus is late.\n\n-- \nAnna Smith"))
        (found,) = await store.read(listing.waiting)
        assert (found.partner, found.partner_kind, found.way, found.parts) == ("Elm Tree School", "school", "mail", 1)
        (part,) = await store.read(lambda: contributions.parts_of(found.id))
        assert part.text == "The bus is late."
        assert not await store.read(lambda: Voice.exists())
        (row,) = await store.read(lambda: Contribution.select())
        assert not [value for value in row.values() if "anna" in str(value).lower()]

    async def test_it_puts_unknown_senders_apart(self, store: Store, port: int) -> None:
        await send(port, files.letter("Buy this.", sender="x@elmtree.example.evil.example"))
        assert await store.read(listing.waiting) == []
        (found,) = await store.read(lambda: listing.waiting(unknown=True))
        assert (found.partner, found.beginning) == ("", "Buy this.")

    async def test_it_takes_a_letter_once(self, store: Store, port: int) -> None:
        first = files.letter("The bus is late.")
        assert "Somebody will read it" in await send(port, first)
        assert "already" in await send(port, first)
        assert "already" in await send(port, files.letter("Said otherwise, under the same name."))
        await send(port, files.letter("Another.", message_id=""))
        assert "already" in await send(port, files.letter("Another.", message_id=""))
        assert len(await store.read(listing.waiting)) == 2

    async def test_it_names_what_it_left_out(self, store: Store, port: int) -> None:
        many = {f"{n:02}.txt": f"Words of file {n}".encode() for n in range(1, 14)}
        await send(port, files.letter("", attachments={"old.doc": files.OLD_OFFICE, **many}))
        (found,) = await store.read(listing.waiting)
        assert found.parts == 10
        assert found.left_out == (
            LeftOut("old.doc", "old_kind"),
            *(LeftOut(f"{n}.txt", "too_many") for n in (11, 12, 13)),
        )

    async def test_it_keeps_a_letter_in_which_nothing_can_be_read(self, store: Store, port: int) -> None:
        await send(port, files.letter("", attachments={"old.doc": files.OLD_OFFICE}))
        (found,) = await store.read(listing.waiting)
        assert (found.parts, found.left_out) == (0, (LeftOut("old.doc", "old_kind"),))


class TestRefusing:
    async def test_it_refuses_what_is_too_big(self, store: Store, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mail_intake, "LARGEST_LETTER", 50_000)
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await send(port, files.letter("words " * 20_000))
        assert refused.value.code == 552
        assert await store.read(listing.waiting) == []

    async def test_it_reads_letters_for_its_own_address_alone(self, store: Store, port: int) -> None:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await send(port, files.letter("Pass this on."), to="somebody@elsewhere.example")
        assert refused.value.recipients[0].code == 550

    async def test_it_asks_to_come_back_when_too_many_talk_at_once(
        self, port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mail_intake, "MOST_CONNECTIONS", 1)
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port):
            with pytest.raises(aiosmtplib.SMTPConnectError) as refused:
                await aiosmtplib.SMTP(hostname="127.0.0.1", port=port).connect()
        assert "421" in str(refused.value)

    async def test_a_port_that_is_taken_is_an_error(self, store: Store) -> None:
        intake = Intake(store, secret=b"secret", clock=lambda: NOON)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            with pytest.raises(OSError, match="in use"):
                async with listening(intake, host="127.0.0.1", port=taken.getsockname()[1]):
                    pass
