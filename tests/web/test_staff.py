"""Signing in and out, by link and by password, and the mail behind it."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator

import msgspec
import pytest
from litestar.testing import TestClient
from litestar.types import Message, Receive, Scope, Send

from tests.conftest import Clock
from tests.pages import CheckingClient
from voice.app import create_app
from voice.people import passwords, signing_in
from voice.people.roles import Role
from voice.people.tables import Member, SignInLink
from voice.settings import Settings
from voice.web.limits import PER_MINUTE
from voice.web.sign_in import entering

LEAD = "lead@first-start.invalid"
PASSWORD = "three brown horses"


@pytest.fixture
def at_home(client: CheckingClient, settings: Settings, clock: Clock) -> Iterator[CheckingClient]:
    """The same installation on a development machine, where mail is shown on a page."""
    home = msgspec.structs.replace(settings, development=True)
    with TestClient(create_app(home, clock=clock), raise_server_exceptions=False) as opened:
        yield CheckingClient(opened, home)


def ask_for_link(client: CheckingClient, email: str = LEAD) -> None:
    page = client.submit(client.get("/sign-in"), {"go": "link"}, email=email)
    assert "If this address belongs to somebody who works here, we have sent a link." in page.text


def mailed_link(client: CheckingClient) -> str:
    return re.search(r"http\S+(/sign-in/mail/\S+)", client.parts.post.kept()[0].get_content())[1]  # type: ignore[index]


class TestAMailedLink:
    def test_it_signs_in_once(self, client: CheckingClient) -> None:
        ask_for_link(client)
        address = mailed_link(client)
        for _ in range(3):  # mail scanners open every link; that must not spend it
            page = client.get(address)
        assert page.h1 == "Welcome back"
        assert client.submit(page).path == "/lead"
        client.client.cookies.clear()
        spent = client.submit(client.get(address), status=410)
        assert "This link was used already, or it is too old." in spent.problem
        client.get("/lead", status=401)

    def test_it_is_too_old_after_an_hour(self, client: CheckingClient, clock: Clock) -> None:
        ask_for_link(client)
        page = client.get(mailed_link(client))
        clock.now += dt.timedelta(hours=1, seconds=1)
        client.submit(page, status=410)

    def test_it_is_mailed_in_the_language_of_the_page(self, client: CheckingClient) -> None:
        client.client.cookies.set("language", "pl")
        page = client.get("/sign-in")
        client.submit(page, {"go": "link"}, email=LEAD)
        (letter,) = client.parts.post.kept()
        assert letter["Content-Language"] == "pl"
        assert letter["To"] == LEAD
        assert letter["Subject"] != "Your link to sign in"
        assert "Hello" not in letter.get_content()

    def test_it_keeps_the_language_of_whoever_uses_it_and_not_of_whoever_asks(self, client: CheckingClient) -> None:
        def kept() -> str:
            return next(row["language"] for row in client.unit(Member.select) if row["email"] == LEAD)

        client.client.cookies.set("language", "pl")
        client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
        assert kept() == "en"
        client.submit(client.get(mailed_link(client)))
        assert kept() == "pl"

    def test_asking_for_many_is_slowed_down_by_where_it_comes_from(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, "links", 2)
        for at in range(3):
            page = client.get("/sign-in")
            client.submit(page, {"go": "link"}, email=f"nobody{at}@example.org", status=429 if at == 2 else 200)

    def test_it_says_the_same_to_strangers_and_mails_them_nothing(self, client: CheckingClient) -> None:
        ask_for_link(client, "stranger@example.org")
        assert client.parts.post.kept() == []


class TestThePrintedLink:
    def test_it_signs_in_once(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.OFFICER)
        assert page.path == "/work/surveys"
        once = str(page.response.history[0].url)
        client.client.cookies.clear()
        client.get(once, status=410)
        client.get("/sign-in/once/made-up", status=410)


class TestAPassword:
    def choose(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        page = client.submit(client.get("/account"), form="#new-password", password=PASSWORD)
        assert "Your new password is saved." in page.text
        client.client.cookies.clear()

    def sign_in(self, client: CheckingClient, email: str, password: str, *, status: int = 200) -> str:
        page = client.submit(client.get("/sign-in"), {"go": "password"}, email=email, password=password, status=status)
        return page.path if status == 200 else page.text.replace(email, "")

    def test_it_signs_in(self, client: CheckingClient) -> None:
        self.choose(client)
        assert self.sign_in(client, LEAD.upper(), PASSWORD) == "/lead"

    def test_it_is_checked_in_a_thread(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
        threads = []

        def check(*_: object) -> bool:
            threads.append(threading.get_ident())
            return False

        monkeypatch.setattr(passwords, "is_right", check)
        self.sign_in(client, LEAD, PASSWORD, status=422)

        async def here() -> int:
            return threading.get_ident()

        assert threads != [client.run(here)], "everybody would wait while a password is checked"

    def test_it_looks_the_same_when_the_password_or_the_address_is_wrong(self, client: CheckingClient) -> None:
        self.choose(client)
        wrong = self.sign_in(client, LEAD, "something else", status=422)
        assert "do not belong together" in wrong
        assert wrong == self.sign_in(client, "stranger@example.org", PASSWORD, status=422)
        assert wrong == self.sign_in(client, "officer@first-start.invalid", "", status=422)
        client.get("/lead", status=401)

    def test_it_is_kept_only_as_a_hash(self, client: CheckingClient) -> None:
        self.choose(client)
        rows = client.unit(Member.select)
        hashed = [row["password_hash"] for row in rows if row["password_hash"]]
        assert len(hashed) == 1
        assert hashed[0].startswith("$argon2id$")

    def test_it_is_refused_when_it_is_short(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        page = client.submit(client.get("/account"), form="#new-password", password="eleven long", status=422)
        assert page.problem_field.attributes["id"] == "password"
        assert PASSWORD not in page.html

    def test_it_asks_for_an_address(self, client: CheckingClient) -> None:
        for email in ("", "nobody", "a@" + "b" * 300):
            page = client.submit(client.get("/sign-in"), {"go": "link"}, email=email, status=422)
            assert page.problem_field.attributes["value"] == (email or None) or not email


class TestTheSession:
    def test_it_ends_when_somebody_signs_out(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.LEAD)
        session = client.client.cookies["session"]
        form = ".who form"
        out = client.post(page.action(form), page.form(form))
        assert out.path == "/sign-in"
        assert out.response.history[0].headers["clear-site-data"] == '"cache"'
        client.client.cookies.set("session", session)
        client.get("/lead", status=401)

    def test_it_ends_after_twelve_hours(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.LEAD)
        clock.now += dt.timedelta(hours=12, seconds=1)
        client.get("/lead", status=401)

    def test_it_is_in_a_cookie_that_no_script_can_read(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.LEAD)
        cookie = next(c for c in page.response.history[0].headers.get_list("set-cookie") if c.startswith("session="))
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie

    def test_it_goes_on_under_another_token_when_the_role_changes(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        before = client.client.cookies["session"]
        client.unit(lambda: signing_in.add_member("second@first-start.invalid", Role.ADMINISTRATOR))
        client.unit(lambda: signing_in.add_member("administrator@first-start.invalid", Role.LEAD))
        client.get("/manage/people", status=403)
        assert client.client.cookies["session"] != before
        client.client.cookies.set("session", before)
        client.get("/lead", status=401)


class TestTheOutbox:
    def test_it_is_not_there_on_a_live_machine(self, client: CheckingClient) -> None:
        ask_for_link(client)
        client.get("/outbox", status=404)

    def test_it_shows_mail_on_a_development_machine(self, at_home: CheckingClient) -> None:
        assert "There is no mail yet." in at_home.get("/outbox").text
        ask_for_link(at_home)
        page = at_home.get("/outbox")
        assert LEAD in page.text
        links = [a.attributes["href"] or "" for a in page.tree.css(".letter-text a")]
        assert at_home.get(links[0]).h1 == "Welcome back"


class TestWhenMailCannotBeSent:
    def test_nobody_learns_from_it_who_works_here(
        self, client: CheckingClient, settings: Settings, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken = msgspec.structs.replace(settings, smtp_url="smtp://127.0.0.1:9")
        with TestClient(create_app(broken, clock=clock), raise_server_exceptions=False) as opened:
            page = CheckingClient(opened, broken)
            ask_for_link(page)
            assert "a link to sign in could not be sent" in caplog.text, "those who run it can see it"
            caplog.clear()
            ask_for_link(page, "stranger@example.org")
            assert not caplog.records
            assert not page.unit(SignInLink.exists), "what lies in no mailbox does not count"

    @pytest.mark.parametrize("go", ["link", "password"])
    def test_the_answer_waits_for_nothing_that_only_a_member_needs(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch, go: str
    ) -> None:
        done = []

        async def note(*_: object, **__: object) -> bool:
            done.append(answered.is_set())
            return True

        answered = threading.Event()
        monkeypatch.setattr(entering, "send_link", note)
        monkeypatch.setattr(entering, "record_refusal", note)
        form = {**client.get("/sign-in").form(), "email": LEAD, "go": go, "password": "a guess"}
        handle = client.client.app

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            async def sending(message: Message) -> None:
                await send(message)
                if message["type"] == "http.response.body":
                    answered.set()

            await handle(scope, receive, sending)

        monkeypatch.setattr(client.client, "app", watched)
        client.client.post("/sign-in", data=form)
        assert done == [True]
