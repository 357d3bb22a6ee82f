"""Changing one's mind: what was said so far is sent as on the last page, or nothing stays."""

from __future__ import annotations

from typing import Any

import pytest

from surveys import who_answered
from surveys.invitations import opening
from surveys.tables import Submission, WhoAnswered
from tests.pages import CONTINUE, CheckingClient, Page, draft_of
from tests.privacy.asked import invited_to
from tests.web.respond.test_every_type import STOP
from voice.web import cookies


def stop_at_the_question(client: CheckingClient, token: str) -> Page:
    """The page that asks whether to stop, for somebody who came by their own link and has said something."""
    client.client.cookies.clear()
    page = client.get(f"/i/{token}")
    page = client.post(page.action("main form"), page.form("main form"))
    return client.submit(page, CONTINUE | STOP, text="Cardamom went well")


def spent(client: CheckingClient, token: str) -> bool:
    invited: Any = client.unit(lambda: opening.invited_by(token))
    return bool(invited.spent)


class TestSendingWhatWasSaid:
    def test_it_is_kept_who_answered_in_a_confidential_round(self, client: CheckingClient) -> None:
        mine, other = invited_to(client, "confidential", 7, 8)
        client.submit(stop_at_the_question(client, mine), {"go": "send"})
        [sent] = client.unit(lambda: Submission.select(Submission.id))
        who = client.unit(lambda: who_answered.who(sent["id"], secret=client.parts.secret))
        assert who is not None
        assert (who.person, who.sent_at) == (f"p1-{7:032x}", "2026-11-18T12:00Z")
        assert (spent(client, mine), spent(client, other)) == (True, False)

    @pytest.mark.parametrize("mode", ["anonymous", "confidential"])
    def test_the_invitation_is_spent_and_leaves_the_device(self, client: CheckingClient, mode: str) -> None:
        [token] = invited_to(client, mode, 7)
        asked = stop_at_the_question(client, token)
        assert not spent(client, token)
        assert cookies.INVITATION in client.client.cookies
        receipt = client.submit(asked, {"go": "send"})
        assert receipt.h1 == "Thank you. We have your answers."
        assert spent(client, token)
        assert cookies.INVITATION not in client.client.cookies
        assert client.unit(WhoAnswered.count) == (mode == "confidential")

    def test_sent_twice_it_leads_to_the_same_receipt(self, client: CheckingClient) -> None:
        [token] = invited_to(client, "confidential", 7)
        asked = stop_at_the_question(client, token)
        first, second = client.submit(asked, {"go": "send"}), client.submit(asked, {"go": "send"})
        assert first.path == second.path
        assert second.one(".reference strong").text() == first.one(".reference strong").text()
        assert client.unit(WhoAnswered.count) == 1

    def test_on_a_device_of_several_people_the_next_one_has_their_turn(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link, shared_device="yes")
        asked = client.submit(page, CONTINUE | STOP, answer="annual_review")
        for _ in range(2):  # the second time the answers are there already
            assert client.submit(asked, {"go": "send"}).one("main a.button").attributes["href"] == f"{link}?shared=yes"

    def test_with_nothing_to_send_it_asks_again(self, client: CheckingClient, link: str) -> None:
        asked = client.get(f"{draft_of(client.begin(link))}/stop")
        assert client.submit(asked, {"go": "send"}).h1 == "Do you want to stop?"
        assert client.answers() == []


class TestThrowingItAway:
    def test_nothing_says_that_the_person_answered(self, client: CheckingClient) -> None:
        [token] = invited_to(client, "confidential", 7)
        client.submit(stop_at_the_question(client, token), {"go": "throw_away"})
        assert not spent(client, token)
        assert client.unit(WhoAnswered.count) == 0
