"""The safeguarding queue: the safeguarding lead opens it, and nobody else, however high they sit."""

from __future__ import annotations

import datetime as dt
import uuid

from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from voice.people.roles import Role
from voice.safeguarding.tables import ContactOpening
from voice.safeguarding.worries import raise_worry

SAID = "I am scared at home."
DECIDE = "form.decide"


def worry(client: CheckingClient, text: str = SAID, contact: str = "") -> uuid.UUID:
    parts, id = client.parts, uuid.uuid4()
    client.unit(
        lambda: raise_worry(
            text,
            id=id,
            source="session",
            place="Forum <b>",
            secret=parts.secret,
            today=parts.today,
            contact=contact,
        )
    )
    return id


def open_first(client: CheckingClient) -> Page:
    queue = client.get("/work/worries")
    return client.get(queue.tree.css(".promise-line a")[0].attributes["href"] or "")


class TestThePages:
    def test_the_list_says_nothing_of_what_was_said_and_one_is_opened_to_read_it(self, client: CheckingClient) -> None:
        worry(client)
        queue = client.sign_in(Role.SAFEGUARDING)
        assert queue.path == "/work/worries"
        assert "scared" not in queue.html
        assert "Look by 18 November 2026." in queue.text
        page = open_first(client)
        assert page.one("blockquote").text() == SAID
        assert "Forum <b>" in page.text
        assert "read it" in page.one(".history").text()

    def test_it_is_looked_into_closed_and_taken_up_again(self, client: CheckingClient, clock: Clock) -> None:
        worry(client)
        client.sign_in(Role.SAFEGUARDING)
        queue = client.submit(open_first(client), {"go": "looking"}, form=DECIDE, urgency="soon", note="I rang.")
        assert "Look again by 20 November 2026." in queue.text
        clock.now += dt.timedelta(hours=5)
        client.sign_in(Role.SAFEGUARDING)
        page = client.submit(open_first(client), {"go": "close"}, form=DECIDE, status=422)
        assert page.problem == "Choose what came of it."
        assert page.problem_field.tag == "fieldset"
        queue = client.submit(page, {"go": "close"}, form=DECIDE, outcome="passed_on")
        assert "We told social care or the police" in queue.text
        page = client.submit(open_first(client), {"go": "reopen"}, form=DECIDE, urgency="today")
        record = page.one(".history").text()
        for done in ("looks into it", "I rang.", "closed it: We told social care or the police", "took it up again"):
            assert done in record

    def test_late_ones_say_so(self, client: CheckingClient, clock: Clock) -> None:
        worry(client)
        clock.now += dt.timedelta(hours=11, days=1)
        queue = client.sign_in(Role.SAFEGUARDING)
        assert "Late. Somebody had to look by 18 November 2026." in queue.one(".promise-line.late").text()

    def test_what_somebody_else_wrote_meanwhile_is_read_first(self, client: CheckingClient) -> None:
        worry(client)
        client.sign_in(Role.SAFEGUARDING)
        page = open_first(client)
        client.submit(page, {"go": "note"}, form=DECIDE, note="Mine.")
        page = client.submit(page, {"go": "close"}, form=DECIDE, outcome="no_concern", note="Yours.", status=422)
        assert "in the meantime" in page.problem
        assert page.written == "Yours."
        assert "Mine." in page.text

    def test_how_to_reach_somebody_is_shown_when_asked_for_and_noted(self, client: CheckingClient) -> None:
        worry(client, contact="07700 900123")
        client.sign_in(Role.SAFEGUARDING)
        page = open_first(client)
        assert "900123" not in page.html
        page = client.submit(page, form="main form[action$=contact]")
        assert "07700 900123" in page.text
        assert "looked how we can reach the person" in page.one(".history").text()
        assert client.unit(lambda: ContactOpening.count()) == 1

    def test_it_finds_no_worry_that_is_not_there_and_no_act_that_is_none(self, client: CheckingClient) -> None:
        worry(client)
        client.sign_in(Role.SAFEGUARDING)
        page = open_first(client)
        sent = {**page.form(DECIDE), "urgency": "soon"}
        client.get(f"/work/worries/{uuid.uuid4()}", status=404)
        client.post(f"/work/worries/{uuid.uuid4()}", {**sent, "go": "looking"}, status=404)
        client.post(f"/work/worries/{uuid.uuid4()}/contact", sent, status=404)
        for wrong in ({"go": "delete"}, {"go": "looking", "seen": "x"}, {"go": "looking", "seen": "9" * 40}):
            client.post(page.path, {**sent, **wrong}, status=404)

    def test_nobody_else_opens_it(self, client: CheckingClient) -> None:
        id = worry(client, contact="07700 900123")
        for role in set(Role) - {Role.SAFEGUARDING}:
            here = client.sign_in(role)
            assert "/work/worries" not in here.html
            for address in ("/work/worries", f"/work/worries/{id}"):
                refused = client.get(address, status=403)
                assert "scared" not in refused.html
            client.post(f"/work/worries/{id}/contact", status=403)
        assert not client.unit(lambda: ContactOpening.exists())
