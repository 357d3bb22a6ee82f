"""Somebody of whom much is kept: invited, answering in confidence, and with a wish to hear from us."""

from __future__ import annotations

from surveys import contact_wishes
from surveys.contact_wishes import Wish
from surveys.invitations.tables import Invitation
from surveys.invitations.tokens import token_of
from tests.inviting import invited
from tests.inviting.killed import OnlyMessages
from tests.pages import CheckingClient, Page
from voice.capture.open_rounds import OpenRounds
from voice.inviting.working import prepare
from voice.people import signing_in
from voice.people.partnership import PartnershipInfo
from voice.people.roles import Role

EMAIL = "person7@example.org"


def governance(client: CheckingClient) -> None:
    """Somebody of information governance signs in."""

    async def added() -> None:
        known = await signing_in.members()
        if not any(each.role is Role.GOVERNANCE for each in known):
            await signing_in.add_member("governance@council.example", Role.GOVERNANCE)

    client.unit(added)
    client.client.cookies.clear()
    client.sign_in(Role.GOVERNANCE)


def invited_to(client: CheckingClient, mode: str, *numbers: int) -> list[str]:
    """The own links of these people, invited to a round of this mode."""
    store, secret = client.parts.store, client.parts.secret

    async def invite() -> list[str]:
        register = await invited.register_of(store, secret, [invited.person(number) for number in numbers])
        await invited.invite(store, secret, await invited.open_a_round(store, mode=mode), register)
        desk = OnlyMessages(
            client.settings, store, secret, OpenRounds(store), PartnershipInfo("Solihull"), invited.NOON
        )
        await prepare(desk)
        rows = await store.read(Invitation.select(Invitation.id, Invitation.entry.person.as_alias("person")).run)
        return [token_of(secret, row["id"]) for row in sorted(rows, key=lambda row: str(row["person"]))]

    tokens: list[str] = client.run(invite)
    client.parts.rounds.forget()
    return tokens


def answer(client: CheckingClient, token: str, words: str) -> Page:
    """Answers with an own link, and returns the receipt."""
    client.client.cookies.clear()
    page = client.get(f"/i/{token}" if token else "/s/short-breaks")
    page = client.post(page.action("main form"), page.form("main form"))
    return client.submit(client.answer_all(page, words=words))


def reference_on(receipt: Page) -> str:
    return receipt.one(".reference strong").text()


def wish(client: CheckingClient, reach: str) -> None:
    said = Wish("phone", reach, "en")
    client.unit(lambda: contact_wishes.keep(said, survey="post-ehcp", month="2026-11", secret=client.parts.secret))
