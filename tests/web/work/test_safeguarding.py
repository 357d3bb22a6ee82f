"""What is agreed about worries, and how to reach people: who may see what, and what is noted."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from surveys import contact_wishes
from surveys.contact_wishes import Wish
from surveys.tables import ContactWish
from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from tests.web.work.test_worries import worry
from voice.people import organisations, signing_in
from voice.people.roles import Role
from voice.people.tables import Member
from voice.safeguarding.tables import ContactOpening, SafeguardingAgreement, WorryReminder
from voice.safeguarding.watching import watch_over_worries

AGREED = "form.agreed"
REACH = "07700 900 123"


def members(client: CheckingClient, role: Role) -> list[str]:
    found = client.run(lambda: client.parts.store.read(signing_in.members))
    return [str(each.id) for each in found if each.role is role]


class TestWhatIsAgreed:
    def test_it_names_who_looks_and_by_when(self, client: CheckingClient) -> None:
        (lead,) = members(client, Role.SAFEGUARDING)
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get("/work/safeguarding")
        assert "Nobody has agreed on this yet." in page.text
        page = client.submit(page, form=AGREED, lead=lead, days_today="1")
        assert page.form(AGREED)["lead"] == lead
        worry(client)
        client.sign_in(Role.SAFEGUARDING)
        queue = client.get("/work/worries")
        assert "safeguarding@first-start.invalid looks first." in queue.text
        assert "Look by 19 November 2026." in queue.text

    def test_a_partner_reads_it_and_changes_nothing(self, client: CheckingClient) -> None:
        client.sign_in_at_a_school(Role.ADMINISTRATOR)
        for address in ("/work/safeguarding", "/work/safeguarding/words/en", "/work/rules"):
            page = client.get(address)
            assert not page.tree.css("main form")
            client.post(address, {"_csrf_token": client.client.cookies["csrf"]}, status=404)

    def test_only_the_role_in_the_host_makes_somebody_a_safeguarding_lead(self, client: CheckingClient) -> None:
        (lead,) = members(client, Role.SAFEGUARDING)
        there = client.unit(lambda: organisations.add("Northfield School", "school"))
        client.unit(lambda: Member.update({Member.organisation: there}).where(Member.id == uuid.UUID(lead)))
        client.sign_in(Role.LEAD)
        page = client.submit(client.get("/work/safeguarding"), form=AGREED, status=422, lead=lead)
        assert "Choose somebody with the role" in page.problem
        assert lead not in [each.attributes["value"] for each in page.tree.css("#lead option")]

    @pytest.mark.parametrize(
        ("field", "written", "problem"),
        [
            ("lead", "", "Choose who looks first."),
            ("lead", str(uuid.UUID(int=7)), "Choose somebody with the role"),
            ("deputy", "nobody", "Choose somebody with the role"),
            ("days_today", "30", "Write a number"),
            ("days_today", "\u0663", "Write a number"),
            ("administrator_after", "1", "later than the one above"),
        ],
    )
    def test_it_says_what_to_do(self, client: CheckingClient, field: str, written: str, problem: str) -> None:
        (lead,) = members(client, Role.SAFEGUARDING)
        client.sign_in(Role.LEAD)
        page = client.submit(
            client.get("/work/safeguarding"), form=AGREED, status=422, **{"lead": lead, field: written}
        )
        assert problem in page.problem
        assert page.problem_field.attributes["name"] == field
        assert not client.unit(lambda: SafeguardingAgreement.exists())

    def test_who_may_not_read_sees_that_something_is_late_and_nothing_else(
        self, client: CheckingClient, clock: Clock
    ) -> None:
        id = worry(client, "He hits me.", contact=REACH)
        clock.now += dt.timedelta(days=5)
        client.run(lambda: watch_over_worries(client.parts))
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get("/work/safeguarding")
        assert "1 worry waits. 1 is late. The oldest came on 18 November 2026." in page.text
        for private in ("hits", REACH, "Forum", str(id)):
            assert private not in page.html
        told = client.unit(lambda: WorryReminder.select(WorryReminder.member.email, WorryReminder.sent_on))
        assert {(each["member.email"].partition("@")[0], each["sent_on"]) for each in told} == {
            ("administrator", client.parts.today),
            ("safeguarding", client.parts.today),
        }


class TestPleaseContactMe:
    def wish(self, client: CheckingClient) -> None:
        wish, secret = Wish("phone", REACH, "ur"), client.parts.secret
        client.unit(lambda: contact_wishes.keep(wish, survey="post-ehcp", month="2026-11", secret=secret))

    def opened(self, client: CheckingClient, why: str, status: int = 200) -> Page:
        return client.submit(client.get("/work/contact-wishes"), form="ul form", why=why, status=status)

    def test_one_is_opened_with_a_reason_which_is_noted_and_deleted_once_done(self, client: CheckingClient) -> None:
        self.wish(client)
        client.sign_in(Role.OFFICER)
        assert REACH not in client.get("/work/contact-wishes").html
        page = self.opened(client, "", status=422)
        assert page.problem == "Choose why you open it."
        assert REACH not in page.html
        assert not client.unit(lambda: ContactOpening.exists())
        page = self.opened(client, "get_in_touch")
        assert REACH in page.text
        assert "officer@first-start.invalid · We want to get in touch (1)" in page.text
        done = client.submit(page, form="ul form")
        assert REACH not in done.html
        assert not client.unit(lambda: ContactWish.exists())
        assert client.unit(lambda: ContactOpening.count()) == 1, "that it was opened stays"

    def test_one_that_is_not_there_opens_nothing(self, client: CheckingClient) -> None:
        self.wish(client)
        client.sign_in(Role.OFFICER)
        sent = client.get("/work/contact-wishes").form("ul form") | {"why": "they_asked"}
        client.post(f"/work/contact-wishes/{uuid.uuid4()}", sent, status=404)
        assert not client.unit(lambda: ContactOpening.exists())

    def test_nobody_else_opens_any(self, client: CheckingClient) -> None:
        self.wish(client)
        (row,) = client.unit(lambda: ContactWish.select(ContactWish.id))
        for role in set(Role) - {Role.OFFICER, Role.ADMINISTRATOR}:
            client.sign_in(role)
            client.get("/work/contact-wishes", status=403)
            client.post(f"/work/contact-wishes/{row['id']}", {"why": "get_in_touch"}, status=403)
        assert not client.unit(lambda: ContactOpening.exists())
