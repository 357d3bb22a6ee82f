"""Adding people and changing their roles."""

from __future__ import annotations

import re

import pytest

from tests.pages import CheckingClient, Page
from voice.demonstration.partnership import PARTNERSHIP
from voice.people import signing_in
from voice.people.partnership import set_partnership
from voice.people.roles import Role
from voice.people.tables import SignInLink


class TestPeople:
    def test_it_adds_a_person_who_can_then_sign_in(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.submit(client.get("/manage/people"), email="New@Example.org", role="analyst")
        assert "new@example.org" in page.text
        address = page.one("main .long-link").text().removeprefix("http://testserver.local")
        client.client.cookies.clear()
        client.get(address.replace("/mail/", "/once/"), status=410)
        assert client.submit(client.get(address)).path == "/work/quotes"

    @pytest.mark.parametrize("role", ["lead", "officer"])
    def test_nobody_gets_a_link_for_a_colleague_who_has_been_here(self, client: CheckingClient, role: str) -> None:
        client.sign_in(Role.LEAD)
        client.client.cookies.clear()
        client.sign_in(Role.ADMINISTRATOR)
        page = client.submit(client.get("/manage/people"), email=LEAD, role=role)
        assert "They sign in as before." in page.text
        assert not page.tree.css("main .long-link")
        assert client.unit(SignInLink.count) == 0

    def test_who_lost_their_first_link_gets_another(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        first, second = (
            client.submit(client.get("/manage/people"), email="new@example.org", role="analyst").one("main .long-link")
            for _ in range(2)
        )
        assert first.text() != second.text()
        client.client.cookies.clear()
        assert client.submit(client.get(second.text().removeprefix("http://testserver.local"))).path == "/work/quotes"

    def test_it_says_what_is_wrong(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        people = client.get("/manage/people")
        assert client.submit(people, email="nobody", role="lead", status=422).problem_field.attributes["id"] == "email"
        assert client.submit(people, email="a@b.org", role="queen", status=422).problem_field.attributes["id"] == "role"
        assert len(client.get("/manage/people").tree.css("tbody tr")) == len(Role)

    def test_it_says_when_families_do_not_see_who_can_help(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        assert client.get("/manage/people").tree.css("main .note a[href='/manage/partnership']")


def person(client: CheckingClient, email: str) -> Page:
    links = client.get("/manage/people").tree.css("tbody a")
    return client.get(next(a.attributes["href"] or "" for a in links if a.text() == email))


ADMINISTRATOR, LEAD = "administrator@first-start.invalid", "lead@first-start.invalid"


class TestChangingARole:
    def test_it_counts_from_now_on(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        lead = client.client.cookies["session"]
        client.client.cookies.clear()
        client.sign_in(Role.ADMINISTRATOR)
        page = person(client, LEAD)
        assert client.submit(page, form="form[action$='/role']", role="queen", status=422).problem
        client.submit(page, form="form[action$='/role']", role="translator")
        client.client.cookies.clear()
        client.client.cookies.set("session", lead, domain="testserver.local")
        client.get("/lead", status=403)
        assert client.client.cookies["session"] != lead, "it goes on under another token"
        client.get("/work/translating")
        client.client.cookies.set("session", lead, domain="testserver.local")
        client.get("/work/translating", status=401)

    def test_it_leaves_an_administrator(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        page = person(client, ADMINISTRATOR)
        told = client.submit(page, form="form[action$='/role']", role="lead", status=422)
        assert "Add another one first." in told.problem
        people = client.get("/manage/people")
        assert client.submit(people, email=ADMINISTRATOR, role="lead", status=422).problem == told.problem
        client.get("/manage/people")


class TestAPartnersAdministrator:
    @pytest.fixture
    def school(self, client: CheckingClient) -> str:
        return str(client.sign_in_at_a_school(Role.ADMINISTRATOR))

    @pytest.mark.parametrize("role", ["safeguarding", "governance"])
    def test_they_give_nobody_a_role_for_the_whole_partnership(
        self, client: CheckingClient, school: str, role: str
    ) -> None:
        people = client.get("/manage/people")
        assert role not in [each.attributes["value"] for each in people.tree.css("select[name=role] option")]
        told = client.submit(people, email="new@school.test", role=role, status=422)
        assert told.problem_field.attributes["id"] == "role"
        assert "for the whole partnership" in told.problem
        own = person(client, "administrator@school.test")
        assert role not in [each.attributes["value"] for each in own.tree.css("select[name=role] option")]
        told = client.submit(own, form="form[action$='/role']", role=role, status=422)
        assert "for the whole partnership" in told.problem
        assert [each.text() for each in client.get("/manage/people").tree.css("tbody a")] == [
            "administrator@school.test"
        ]

    def test_the_hosts_administrator_gives_none_there_either(self, client: CheckingClient, school: str) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        people = client.get("/manage/people")
        client.submit(people, email="new@school.test", role="governance", organisation=school, status=422)
        assert "new@school.test" in client.submit(people, email="new@school.test", role="governance").text


class TestEndingAccess:
    def test_it_ends_sessions_and_links_at_once(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        client.submit(client.get("/account"), form="#new-password", password="three brown horses")
        lead = client.client.cookies["session"]
        client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
        mailed = re.search(r"(/sign-in/mail/\S+)", client.parts.post.kept()[0].get_content())
        client.client.cookies.clear()
        client.sign_in(Role.ADMINISTRATOR)
        page = person(client, LEAD)
        left = client.submit(page, form="form[action$='/end']")
        assert LEAD not in left.text
        client.get(page.path, status=404)
        client.client.cookies.set("session", lead)
        client.get("/lead", status=401)
        assert mailed
        client.submit(client.get(mailed[1]), status=410)
        form = client.get("/sign-in")
        client.submit(form, {"go": "password"}, email=LEAD, password="three brown horses", status=422)
        client.submit(form, {"go": "link"}, email=LEAD)
        assert len(client.parts.post.kept()) == 1

    def test_it_can_be_given_again(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        client.submit(person(client, LEAD), form="form[action$='/end']")
        client.submit(client.get("/manage/people"), email=LEAD, role="lead")
        assert client.sign_in(Role.LEAD).path == "/lead"

    def test_it_leaves_an_administrator(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        told = client.submit(person(client, ADMINISTRATOR), form="form[action$='/end']", status=422)
        assert "Add another one first." in told.problem

    def test_a_placeholder_is_no_other_administrator(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        client.submit(client.get("/manage/people"), email="jo@council.gov.uk", role="administrator")
        client.submit(person(client, "jo@council.gov.uk"), form="form[action$='/end']", status=422)
        assert (
            ADMINISTRATOR
            not in client.submit(person(client, ADMINISTRATOR), form="form[action$='/end']", status=401).text
        )


class TestPlaceholders:
    def test_they_cannot_sign_in_once_a_real_person_is_an_administrator(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        client.submit(client.get("/account"), form="#new-password", password="three brown horses")
        client.client.cookies.clear()
        members = client.run(lambda: client.parts.store.read(signing_in.members))
        [lead] = [each for each in members if each.email == LEAD]
        token = client.unit(lambda: signing_in.make_link(lead.id, now=client.parts.clock()))
        client.unit(lambda: signing_in.add_member("jo@council.gov.uk", Role.ADMINISTRATOR))
        client.get(f"/sign-in/once/{token}", status=410)
        form = client.get("/sign-in")
        client.submit(form, {"go": "password"}, email=LEAD, password="three brown horses", status=422)
        client.submit(form, {"go": "link"}, email=LEAD)
        assert client.parts.post.kept() == []

    def test_they_stay_in_an_invented_partnership(self, client: CheckingClient) -> None:
        client.unit(lambda: set_partnership(PARTNERSHIP))
        client.unit(lambda: signing_in.add_member("jo@council.gov.uk", Role.ADMINISTRATOR))
        assert client.sign_in(Role.LEAD).path == "/lead"
