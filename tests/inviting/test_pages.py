"""An officer brings in a register and invites people; somebody opens their own link and answers."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import uuid
from collections import Counter

import msgspec
import pytest

from surveys.invitations import marks
from surveys.invitations.tables import Invitation, OutgoingMessage, RegisterEntry, Send
from surveys.ledger import choices
from surveys.ledger.tables import Ask
from tests.inviting.invited import open_a_round
from tests.pages import CheckingClient, Page
from voice.inviting.working import keep_invitations_tidy, work
from voice.migrations import m0119_reminders_belong
from voice.people import signing_in
from voice.people.permissions import Kind, Thing, give
from voice.people.roles import Role
from voice.people.tables import Belonging

REGISTER = """Email,Mobile,First name,Surname,Address line 1,Town,Postcode,Language,Area,Shoe size
ann@example.org,07700 900123,Ann,Lee,1 High Street,Solihull,B91 3QJ,English,North,5
bibi@example.org,,Bibi,Khan,2 High Street,Solihull,B91 3QJ,Urdu,South,6
ANN@example.org,,Ann,Lee,1 High Street,Solihull,B91 3QJ,English,North,5
not an address,,Cat,Low,3 High Street,Solihull,B91 3QK,Klingon,North,4
,12,Dan,,,,,English,North,9
"""
"""Five rows: the third says again who stands in the first, the last cannot be reached."""


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.run(lambda: open_a_round(client.parts.store))
    client.parts.rounds.forget()
    client.parts.settings = msgspec.structs.replace(client.parts.settings, development=True)
    client.sign_in(Role.OFFICER)
    return client


def send_in(client: CheckingClient, content: str, *, status: int = 200) -> Page:
    token = client.get("/work/registers").form("main form[enctype]")
    return client.post("/work/registers", token, files={"file": ("families.csv", content.encode())}, status=status)


def take_in(client: CheckingClient) -> Page:
    return client.submit(send_in(client, REGISTER), {"go": "take_in"})


def planned(client: CheckingClient, **fields: str) -> Page:
    page = client.get("/work/invitations")
    rounds = {option.text(): option.attributes["value"] or "" for option in page.tree.css("#round option")}
    short_breaks = next(value for title, value in rounds.items() if title.startswith("Short breaks"))
    return client.submit(page, form="main form", round=short_breaks, **fields)


def confirm(client: CheckingClient, page: Page) -> Page:
    confirmed = client.submit(page, {"go": "confirm"}, form="#deciding")
    client.run(lambda: work(client.parts))
    return confirmed


def letters_sent(client: CheckingClient) -> dict[str, str]:
    """The text of each e-mail by the address that it went to."""
    kept = sorted((client.parts.settings.data / "outbox").glob("*.eml"))
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in kept]
    return {str(each["To"]): each.get_body().get_content() for each in read}  # type: ignore[union-attr]


def link_in(text: str) -> str:
    found = re.search(r"http://testserver\.local(/i/\S+)", text)
    assert found is not None
    return found[1]


def rows(client: CheckingClient, table: type) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.run(lambda: client.parts.store.read(lambda: table.select()))  # type: ignore[attr-defined]
    return found


class TestARegister:
    def test_it_says_what_cannot_be_used_before_anything_is_kept(self, officer: CheckingClient) -> None:
        page = send_in(officer, REGISTER)
        assert "The same person stands in a row above." in page.text
        assert "There is no e-mail address, mobile number or whole address we can use." in page.text
        assert "We do not speak this language. We will write in English." in page.text
        assert "ann@" not in page.html
        assert page.form()["column-0"] == "email"
        assert page.form()["column-9"] == ""
        assert rows(officer, RegisterEntry) == []
        waiting = (officer.parts.settings.data / "waiting").glob("*")
        assert all(b"ann@example.org" not in path.read_bytes() for path in waiting)

    def test_it_seals_how_people_are_reached_and_forgets_it_again(self, officer: CheckingClient) -> None:
        page = take_in(officer)
        found = rows(officer, RegisterEntry)
        assert len(found) == 3
        assert not [row for row in found if "example.org" in str(row) or "Lee" in str(row) or "B91" in str(row)]
        assert {row["language"] for row in found} == {"en", "ur"}
        assert "3 people" in page.text
        removed = officer.submit(page, form="details form", sure="yes")
        assert "Contact details removed on" in removed.text
        assert rows(officer, RegisterEntry) == []

    def test_it_takes_one_column_for_one_thing(self, officer: CheckingClient) -> None:
        page = send_in(officer, REGISTER)
        again = officer.submit(page, {"go": "look"}, status=422, **{"column-9": "email"})
        assert "Two columns cannot be used for this." in again.problem

    def test_it_refuses_a_file_that_is_no_table(self, officer: CheckingClient) -> None:
        assert "not what its name says" in send_in(officer, "%PDF-1.7", status=422).problem


class TestInviting:
    def test_it_reaches_each_person_in_their_language_and_tells_the_ledger(self, officer: CheckingClient) -> None:
        take_in(officer)
        page = planned(officer, way="email")
        assert page.one(".headline strong").text() == "2"
        assert "We cannot reach them this way" in page.text
        confirm(officer, page)
        sent = letters_sent(officer)
        assert set(sent) == {"ann@example.org", "bibi@example.org"}
        assert "Short breaks" in sent["ann@example.org"]
        assert "مختصر وقفے" in sent["bibi@example.org"]
        asks = rows(officer, Ask)
        assert Counter(ask["kind"] for ask in asks) == {"invitation": 2}
        assert {ask["minutes"] for ask in asks} == {2}
        links = [re.search(r"/how-often/(\S+)", text) for text in sent.values()]
        assert all(
            officer.run(lambda link=link: officer.parts.store.read(lambda: choices.behind(link[1]))) for link in links
        )  # type: ignore[misc,index]
        progress = officer.get(f"/work/invitations/{rows(officer, Send)[0]['id']}")
        assert "Handed over" in progress.text
        assert "How many have answered is hidden" in progress.text

    def test_it_asks_only_whom_the_officer_chose(self, officer: CheckingClient) -> None:
        take_in(officer)
        page = planned(officer, way="letter")
        chosen = officer.submit(page, {"go": "choose"}, form="#choosing", **{"group-area": "North"})
        assert chosen.one(".headline strong").text() == "2"
        sampled = officer.submit(chosen, {"go": "choose"}, form="#choosing", sample="1")
        assert "Not in the sample" in sampled.text
        confirm(officer, sampled)
        assert len(rows(officer, Invitation)) == 1

    def test_it_prints_letters_and_counts_them_when_they_went_to_the_post(self, officer: CheckingClient) -> None:
        take_in(officer)
        page = confirm(officer, planned(officer, way="letter"))
        here = page.path
        content = officer.client.get(f"{here}/letters/0").content
        assert content.startswith(b"%PDF")
        posted = officer.submit(officer.get(here), form=f"form[action='{here}/posted']")
        assert "Sent" in posted.text
        assert {row["state"] for row in rows(officer, OutgoingMessage)} == {"handed_over"}

    def test_it_stops_what_has_not_gone_out(self, officer: CheckingClient) -> None:
        take_in(officer)
        page = planned(officer, way="email", goes_on="2026-11-25")
        page = confirm(officer, page)
        assert letters_sent(officer) == {}
        assert len(rows(officer, Ask)) == 2
        stopped = officer.submit(officer.get(page.path), {"go": "stop"}, form=f"form[action='{page.path}']")
        assert "Stopped" in stopped.text
        assert rows(officer, Ask) == []

    def test_it_reminds_nobody_who_answered_or_said_stop(self, officer: CheckingClient) -> None:
        take_in(officer)
        confirm(officer, planned(officer, way="email"))
        first = rows(officer, Send)[0]["id"]
        sent = letters_sent(officer)
        officer.client.cookies.clear()
        officer.submit(officer.answer_all(officer.begin(link_in(sent["ann@example.org"]))))
        page = officer.sign_in(Role.OFFICER)
        page = officer.submit(officer.get(f"/work/invitations/{first}"), form=f"form[action$='{first}/remind']")
        assert page.one(".headline strong").text() == "2", "the numbers tell who has answered"
        confirm(officer, page)
        officer.parts.clock.now += dt.timedelta(days=7)  # type: ignore[attr-defined]
        person = next(row["person"] for row in rows(officer, RegisterEntry) if row["language"] == "ur")
        officer.unit(lambda: choices.stop(person, today=officer.parts.today))
        officer.run(lambda: work(officer.parts))
        assert letters_sent(officer) == sent
        assert Counter(row["state"] for row in rows(officer, OutgoingMessage))["not_needed"] == 1
        assert [row["kind"] for row in rows(officer, Ask)] == ["invitation", "invitation"]


class TestWhoseAReminderIs:
    def remind(self, client: CheckingClient, first: uuid.UUID) -> Page:
        return client.submit(client.get(f"/work/invitations/{first}"), form=f"form[action$='{first}/remind']")

    def invited(self, client: CheckingClient) -> uuid.UUID:
        """A school invites; gives the id of what went out."""
        client.sign_in_at_a_school(Role.OFFICER)
        take_in(client)
        confirm(client, planned(client, way="email"))
        id = rows(client, Send)[0]["id"]
        assert isinstance(id, uuid.UUID)
        return id

    def test_it_is_theirs_who_invited(self, officer: CheckingClient) -> None:
        reminder = self.remind(officer, self.invited(officer))
        assert reminder.path in officer.get("/work/invitations").html
        officer.sign_in(Role.OFFICER)
        officer.get(reminder.path, status=404)
        assert reminder.path not in officer.get("/work/invitations").html

    def test_it_is_theirs_also_where_somebody_else_was_given_the_invitation(self, officer: CheckingClient) -> None:
        first = self.invited(officer)
        members = officer.run(lambda: officer.parts.store.read(signing_in.members))
        council = next(each.id for each in members if each.email == "officer@first-start.invalid")
        thing = Thing(Kind.SEND, str(first))
        officer.unit(lambda: give(thing, Role.OFFICER, member=council, by=council, today=officer.parts.today))
        officer.sign_in(Role.OFFICER)
        reminder = self.remind(officer, first)
        assert reminder.status == 200
        officer.sign_in_at_a_school(Role.OFFICER)
        assert reminder.path in officer.get("/work/invitations").html

    def test_reminders_from_before_become_theirs(self, officer: CheckingClient) -> None:
        reminder = self.remind(officer, self.invited(officer))
        officer.unit(lambda: Belonging.delete().where(Belonging.key == reminder.path.rpartition("/")[2]))
        officer.get(reminder.path, status=404)

        async def step() -> None:
            for statement in m0119_reminders_belong.statements(officer.parts.store.dialect):
                await Send.raw(statement)

        officer.unit(step)
        officer.get(reminder.path)


class TestAPersonalLink:
    @pytest.fixture
    def sent(self, officer: CheckingClient) -> dict[str, str]:
        take_in(officer)
        confirm(officer, planned(officer, way="email"))
        officer.client.cookies.clear()
        return letters_sent(officer)

    def test_it_opens_the_survey_in_the_language_of_the_person_and_is_spent_once(
        self, officer: CheckingClient, sent: dict[str, str]
    ) -> None:
        link = link_in(sent["bibi@example.org"])
        start = officer.get(link)
        assert start.path == "/s/short-breaks"
        assert start.language == "ur"
        check = officer.answer_all(officer.submit(start))
        officer.submit(check)
        send = uuid.UUID(str(rows(officer, Send)[0]["id"]))
        spent = officer.unit(lambda: marks.marked(send, "spent"))
        assert len(spent) == 1
        again = officer.get(link)
        assert "ur" in again.language
        assert again.path == link
        officer.run(lambda: keep_invitations_tidy(officer.parts))
        assert Counter(ask["outcome"] for ask in rows(officer, Ask)) == {"completed": 1, "none": 1}
        assert sum(bool(row["spent"]) for row in rows(officer, Invitation)) == 1

    def test_it_is_used_up_by_the_draft_that_began_with_it_on_a_phone_of_several_people(
        self, officer: CheckingClient, sent: dict[str, str]
    ) -> None:
        hers = officer.begin(link_in(sent["ann@example.org"]), shared_device="yes")
        other = officer.begin("/s/short-breaks")
        officer.submit(officer.answer_all(other))
        send = uuid.UUID(str(rows(officer, Send)[0]["id"]))
        assert officer.unit(lambda: marks.marked(send, "spent")) == frozenset()
        officer.submit(officer.answer_all(officer.get(hers.path)))
        assert len(officer.unit(lambda: marks.marked(send, "spent"))) == 1

    def test_it_is_not_opened_by_a_program_that_only_looks(self, officer: CheckingClient, sent: dict[str, str]) -> None:
        officer.client.head(link_in(sent["ann@example.org"]), follow_redirects=False)
        send = uuid.UUID(str(rows(officer, Send)[0]["id"]))
        assert officer.unit(lambda: marks.marked(send, "opened")) == frozenset()

    def test_it_is_kind_to_whoever_typed_it_wrong(self, officer: CheckingClient) -> None:
        assert "We do not know this link" in officer.get("/i/AAAAAAAAAAAAAAAAAAAAAA", status=404).text
        assert "We do not know this link" in officer.get("/i/no", status=404).text
