"""Signing in, attacked: guesses, half a sign-in, a screen left alone, and sessions that somebody else knows."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import msgspec
import pyotp
import pytest
from litestar.testing import TestClient

from tests.attack.sizes import size
from tests.conftest import NOON, Clock
from tests.house.test_routes import cross_site_token, routes_of, staff_routes
from tests.pages import CheckingClient, Page
from voice.app import create_app
from voice.audit.tables import AuditEntry
from voice.people import passwords, permissions, signing_in, slowing
from voice.people.permissions import Kind, Thing
from voice.people.roles import Role
from voice.people.sessions import FRESH, IDLE, MOST_TRIES
from voice.settings import Settings
from voice.web.limits import PER_MINUTE
from voice.web.sign_in.current_session import BEFORE_SECOND_FACTOR, PROVE_FIRST

LEAD, ANALYST = "lead@first-start.invalid", "analyst@first-start.invalid"
PASSWORD = "three brown horses"
GUESSES = size(short=40, full=1000)
A_STEP = dt.timedelta(seconds=30)


def give_password(client: CheckingClient, role: Role) -> str:
    """Signs in and out as this role, with a password from now on; returns the cookie of the device it is known on."""
    client.sign_in(role)
    client.submit(client.get("/account"), form="#new-password", password=PASSWORD)
    device = client.client.cookies["device"]
    client.client.cookies.clear()
    return device


def try_password(client: CheckingClient, email: str, password: str) -> Page:
    form = {**client.get("/sign-in").form(), "email": email, "password": password, "go": "password"}
    return Page(client.client.post("/sign-in", data=form))


def mailed(client: CheckingClient, at: int = 0) -> str:
    return re.search(r"(/sign-in/mail/\S+)", client.parts.post.kept()[at].get_content())[1]  # type: ignore[index]


def with_session(client: CheckingClient, token: str) -> None:
    client.client.cookies.clear()
    client.client.cookies.set("session", token, domain="testserver.local")


class App:
    """The app on somebody's phone."""

    def __init__(self, client: CheckingClient, clock: Clock) -> None:
        self.client, self.clock = client, clock
        page = client.get("/account/second-factor")
        self.key = page.one("main code.long-link").text().replace(" ", "")
        done = client.submit(page, code=self.code())
        self.recovery = [code.text() for code in done.tree.css(".recovery-codes code")]

    def code(self) -> str:
        """The code of this moment; a moment later, so that it was not used yet."""
        self.clock.now += A_STEP
        return pyotp.TOTP(self.key).at(self.clock.now)


class TestGuessing:
    def test_guesses_hit_nothing_and_keep_out_neither_the_owner_nor_others(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        device = give_password(client, Role.LEAD)
        give_password(client, Role.ANALYST)
        checked = []
        is_right = passwords.is_right

        def noted(password: str, password_hash: str | None) -> bool:
            checked.append(password)
            return is_right(password, password_hash)

        monkeypatch.setattr(passwords, "is_right", noted)
        statuses = [try_password(client, LEAD, f"guess number {at}").status for at in range(GUESSES)]
        assert statuses == [422] * slowing.FREE + [429] * (GUESSES - slowing.FREE)
        assert len(checked) == slowing.FREE, "what is not looked at costs nothing"
        told = try_password(client, LEAD, PASSWORD)
        assert told.status == 429, "not even the right one is a hit, or a guess would show that it was right"
        assert "Ask for a link" in told.problem

        assert try_password(client, ANALYST, PASSWORD).path == "/work/quotes", "from the same address"
        client.client.cookies.clear()
        client.client.cookies.set("device", device)
        assert try_password(client, LEAD, PASSWORD).path == "/lead", "on a device of their own"
        client.client.cookies.clear()
        client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
        assert client.submit(client.get(mailed(client))).path == "/lead", "by a link, on any device"

    def test_guesses_on_many_accounts_leave_links_and_known_devices_open(self, client: CheckingClient) -> None:
        device = give_password(client, Role.LEAD)
        statuses = [try_password(client, f"nobody{at}@example.org", "a guess").status for at in range(32)]
        assert statuses == [422] * 30 + [429] * 2
        assert try_password(client, LEAD, PASSWORD).status == 429
        client.client.cookies.set("device", device)
        assert try_password(client, LEAD, PASSWORD).path == "/lead"
        client.client.cookies.clear()
        client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
        assert client.submit(client.get(mailed(client))).path == "/lead"

    def test_guesses_that_are_being_looked_at_count(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, "sign_in", 1)
        meanwhile = []

        def look_long(*_: object) -> bool:
            meanwhile.append(try_password(client, "other@example.org", "a guess").status)
            return False

        monkeypatch.setattr(passwords, "is_right", look_long)
        assert try_password(client, LEAD, "a guess").status == 422
        assert meanwhile == [429]

    def test_passwords_that_are_right_do_not_count(self, client: CheckingClient, clock: Clock) -> None:
        give_password(client, Role.LEAD)
        for _ in range(PER_MINUTE["sign_in"] + 1):
            assert try_password(client, LEAD, PASSWORD).path == "/lead"
            client.client.cookies.clear()

    def test_a_device_that_somebody_made_up_is_a_strangers(self, client: CheckingClient) -> None:
        others = give_password(client, Role.ANALYST)
        give_password(client, Role.LEAD)
        for at in range(slowing.FREE + 2):
            client.client.cookies.set("device", others if at % 2 else f"made up {at}")
            answer = try_password(client, LEAD, "a guess")
        assert answer.status == 429

    def test_strangers_and_members_look_the_same_while_guesses_are_slowed(self, client: CheckingClient) -> None:
        give_password(client, Role.LEAD)
        seen = [
            [
                (page.status, page.text.replace(email, ""))
                for page in (try_password(client, email, "x") for _ in range(7))
            ]
            for email in (LEAD, "stranger@example.org")
        ]
        assert seen[0] == seen[1]

    def test_nobody_fills_a_mailbox(self, client: CheckingClient, clock: Clock) -> None:
        for _ in range(signing_in.MOST_LINKS + 3):
            clock.now += A_STEP
            page = client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
            assert "we have sent a link" in page.text
        assert len(client.parts.post.kept()) == signing_in.MOST_LINKS
        assert client.submit(client.get(mailed(client))).path == "/lead", "the links in it work"


class TestLinks:
    def test_other_sites_cannot_sign_somebody_in_with_a_link_of_their_own(self, client: CheckingClient) -> None:
        client.submit(client.get("/sign-in"), {"go": "link"}, email=LEAD)
        address = mailed(client)
        client.get(address.replace("/mail/", "/once/"), status=410)
        client.post(address, status=403)
        client.get("/lead", status=401)
        assert client.submit(client.get(address)).path == "/lead"


class TestTheSecondStep:
    def test_one_factor_opens_nothing(self, client: CheckingClient, clock: Clock, link: str) -> None:
        client.sign_in(Role.LEAD)
        app = App(client, clock)
        client.client.cookies.clear()
        page = client.sign_in(Role.LEAD)
        assert page.path == "/sign-in/code"
        half = client.client.cookies["session"]
        for route in staff_routes(client, "GET"):
            assert client.client.get(route.address(link), follow_redirects=False).headers["location"] == "/sign-in/code"
        token = {"_csrf_token": client.client.cookies["csrf"]}
        for address in ("/account", "/sign-out/everywhere", "/account/second-factor/remove", "/sign-in/again"):
            answer = client.client.post(address, data=token, follow_redirects=False)
            assert answer.headers["location"] == "/sign-in/code"
        assert client.submit(client.get("/sign-in/code"), code=app.code()).path == "/lead"
        assert client.client.cookies["session"] != half
        with_session(client, half)
        client.get("/lead", status=401)

    def test_a_code_that_somebody_saw_is_worth_nothing(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.LEAD)
        app = App(client, clock)
        code = app.code()
        client.submit(client.sign_in(Role.LEAD), code=code)
        client.client.cookies.clear()
        assert "This code is not right" in client.submit(client.sign_in(Role.LEAD), code=code, status=422).problem

    def test_guesses_end_the_half_session_and_then_wait(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.LEAD)
        app = App(client, clock)
        client.client.cookies.clear()
        page = client.sign_in(Role.LEAD)
        for _ in range(MOST_TRIES - 1):
            client.submit(page, code="000000", status=422)
        assert client.submit(page, code="000000", status=410).one("main form").attributes["action"] == "/sign-in"
        page = client.sign_in(Role.LEAD)
        assert client.submit(page, code=pyotp.TOTP(app.key).at(clock.now + A_STEP), status=429).problem
        assert client.submit(page, code=app.recovery[0]).path == "/lead", "the owner waits for nobody"
        client.client.cookies.clear()
        assert client.submit(client.sign_in(Role.LEAD), code=app.recovery[0], status=429).problem

    def test_what_was_given_and_what_was_wrong_is_recorded(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.LEAD)
        app = App(client, clock)
        client.client.cookies.clear()
        page = client.sign_in(Role.LEAD)
        client.submit(page, code="000000", status=422)
        client.submit(page, code=app.recovery[0])
        rows = client.unit(lambda: AuditEntry.select().where(AuditEntry.kind == "member").order_by(AuditEntry.number))
        said = [(row["act"], row["detail"]) for row in rows if row["act"] in ("signed_in", "refused")]
        assert said[-3:] == [
            ("signed_in", "first_of_two"),
            ("refused", "second_factor"),
            ("signed_in", "second_of_two"),
        ]

    def test_it_is_asked_for_where_it_is_required(self, client: CheckingClient, clock: Clock, link: str) -> None:
        client.parts.settings = msgspec.structs.replace(client.parts.settings, second_factor="required")
        assert client.sign_in(Role.OFFICER).path == "/account/second-factor"
        for route in staff_routes(client, "GET"):
            if route.name not in BEFORE_SECOND_FACTOR:
                answer = client.client.get(route.address(link), follow_redirects=False)
                assert answer.headers["location"] == "/account/second-factor", route.name
        App(client, clock)
        assert client.get("/work/surveys").status == 200
        client.submit(client.get("/account/second-factor"), form="form[action$='/remove']")
        assert client.get("/work/surveys").path == "/account/second-factor"
        client.client.cookies.clear()
        assert client.sign_in(Role.TRANSLATOR).path == "/work/translating", "who sees no personal things"

    def test_whoever_takes_long_to_set_it_up_shows_who_they_are_and_goes_on(
        self, client: CheckingClient, clock: Clock
    ) -> None:
        give_password(client, Role.OFFICER)
        client.parts.settings = msgspec.structs.replace(client.parts.settings, second_factor="required")
        page = client.sign_in(Role.OFFICER)
        key = page.one("main code.long-link").text().replace(" ", "")
        clock.now += FRESH + A_STEP
        asked = client.submit(page, code=pyotp.TOTP(key).at(clock.now), status=401)
        assert asked.h1 == "Please show that it is you"
        done = client.submit(asked, {"again-proof": PASSWORD})
        assert done.tree.css(".recovery-codes code"), "the key that the app has read is still the one"
        assert client.get("/work/surveys").status == 200

    def test_the_key_is_not_shown_to_whoever_finds_the_screen(self, client: CheckingClient, clock: Clock) -> None:
        client.parts.settings = msgspec.structs.replace(client.parts.settings, second_factor="required")
        client.sign_in(Role.LEAD)
        clock.now += FRESH + A_STEP
        asked = client.get("/account/second-factor", status=401)
        assert not asked.tree.css("code.long-link")
        assert "We send a link" in client.submit(asked).text, "it does not send them in a circle"
        assert client.submit(client.get(mailed(client))).path == "/account/second-factor"

    def test_it_is_asked_of_who_was_given_a_role_on_one_thing(self, client: CheckingClient) -> None:
        client.parts.settings = msgspec.structs.replace(client.parts.settings, second_factor="required")
        register = Thing(Kind.REGISTER, str(uuid.uuid4()))

        async def give() -> None:
            officer = await signing_in.add_member("jo@council.gov.uk", Role.OFFICER)
            translator = await signing_in.member_by_email("translator@first-start.invalid")
            assert translator
            await permissions.give(register, Role.OFFICER, member=translator.id, by=officer, today=NOON.date())

        assert client.sign_in(Role.TRANSLATOR).path == "/work/translating"
        client.unit(give)
        page = client.get("/work/translating")
        assert page.path == "/account/second-factor"
        assert "So you need a second step before you go on." in page.text

    def test_the_key_is_shown_before_it_is_set_up_and_never_after(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.LEAD)
        app = App(client, clock)
        assert len(app.recovery) == 10
        page = client.get("/account/second-factor")
        assert app.key not in page.html.replace(" ", "")
        assert not any(code in page.html for code in app.recovery)
        assert not page.tree.css("svg.qr-code")

    def test_whoever_has_one_is_told_when_it_changes(self, client: CheckingClient, clock: Clock) -> None:
        client.unit(lambda: signing_in.add_member("jo@council.gov.uk", Role.ANALYST))
        client.client.cookies.clear()
        client.submit(client.get("/sign-in"), {"go": "link"}, email="jo@council.gov.uk")
        client.submit(client.get(mailed(client)))
        App(client, clock)
        assert "Was it not you?" in client.parts.post.kept()[0].get_content()


class TestSessions:
    def test_one_that_somebody_slipped_in_is_not_the_one_after_signing_in(self, client: CheckingClient) -> None:
        client.sign_in(Role.TRANSLATOR)
        slipped_in = client.client.cookies["session"]
        client.sign_in(Role.LEAD)
        assert client.client.cookies["session"] != slipped_in
        with_session(client, slipped_in)
        client.get("/account", status=401)

    def test_it_ends_when_nobody_uses_it_and_goes_on_while_somebody_does(
        self, client: CheckingClient, clock: Clock
    ) -> None:
        client.sign_in(Role.LEAD)
        for _ in range(3):
            clock.now += IDLE - A_STEP
            client.get("/lead")
        clock.now += IDLE + A_STEP
        client.get("/lead", status=401)

    def test_what_somebody_wrote_while_it_ended_is_not_lost(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.OFFICER)
        wrote = "Families told us that <b>letters</b> come too late."
        token = {"_csrf_token": cross_site_token(client)}
        clock.now += IDLE + A_STEP
        page = client.post("/work/population", {**token, "password": "x" * 60, "source": wrote}, status=401)
        assert page.one("blockquote.typed").text() == wrote
        assert "xxx" not in page.html

    def test_a_new_password_ends_all_others(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        stolen = client.client.cookies["session"]
        client.sign_in(Role.TRANSLATOR)
        client.client.cookies.clear()
        client.sign_in(Role.LEAD)
        same = client.client.cookies["session"]
        client.submit(client.get("/account"), form="#new-password", password=PASSWORD)
        client.get("/lead")
        for token in (stolen, same):
            with_session(client, token)
            client.get("/lead", status=401)

    def test_none_begins_with_a_password_that_changes_while_it_is_checked(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        give_password(client, Role.LEAD)
        is_right = passwords.is_right

        def changed_meanwhile(password: str, password_hash: str | None) -> bool:
            found = is_right(password, password_hash)
            owner = client.unit(lambda: signing_in.member_by_email(LEAD))
            assert owner
            client.unit(lambda: signing_in.set_password(owner.id, passwords.NOBODYS))
            return found

        monkeypatch.setattr(passwords, "is_right", changed_meanwhile)
        assert try_password(client, LEAD, PASSWORD).status == 422
        client.get("/lead", status=401)

    def test_it_lists_ones_own_and_ends_them(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        elsewhere = client.client.cookies["session"]
        client.client.cookies.clear()
        client.sign_in(Role.LEAD)
        page = client.get("/account")
        assert len(page.tree.css(".own-sessions li")) == 2
        assert not re.search(r"testclient|Mozilla|python-httpx|\d+\.\d+\.\d+\.\d+", page.text)
        page = client.submit(page, form="form[action='/account/sessions']")
        assert len(page.tree.css(".own-sessions li")) == 1
        with_session(client, elsewhere)
        client.get("/lead", status=401)

    def test_it_ends_everywhere_at_once(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        elsewhere = client.client.cookies["session"]
        client.client.cookies.clear()
        client.sign_in(Role.LEAD)
        here = client.client.cookies["session"]
        assert client.submit(client.get("/account"), form="form[action='/sign-out/everywhere']").path == "/sign-in"
        for token in (here, elsewhere):
            with_session(client, token)
            client.get("/lead", status=401)


class TestAScreenLeftAlone:
    def left(self, client: CheckingClient, clock: Clock, role: Role = Role.ADMINISTRATOR) -> None:
        client.sign_in(role)
        client.submit(client.get("/account"), form="#new-password", password=PASSWORD)
        clock.now += FRESH + A_STEP

    def test_it_asks_who_is_there_before_what_does_harm(self, client: CheckingClient, clock: Clock) -> None:
        self.left(client, clock)
        asked = client.submit(client.get("/manage/people"), email="new@example.org", role="lead", status=401)
        assert asked.h1 == "Please show that it is you"
        wrong = client.submit(asked, {"again-proof": "a guess at it"}, status=422)
        assert "new@example.org" not in client.get("/manage/people").text
        token = client.client.cookies["session"]
        done = client.submit(wrong, {"again-proof": PASSWORD})
        assert done.path == "/manage/people"
        assert "new@example.org" in done.text, "the form went on as it was"
        assert client.client.cookies["session"] != token
        client.submit(client.get("/manage/people"), email="next@example.org", role="lead")

    def test_it_asks_for_the_second_step_of_those_who_have_one(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        app = App(client, clock)
        clock.now += FRESH + A_STEP
        asked = Page(client.client.get("/work/contacts/key"))
        assert asked.status == 401
        answer = client.client.post(asked.action(), data={**asked.form(), "again-proof": app.code()})
        assert (answer.status_code, answer.url.path) == (200, "/work/contacts/key")

    def test_who_has_neither_gets_a_link(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        clock.now += FRESH + A_STEP
        asked = client.submit(client.get("/account"), form="#new-password", password=PASSWORD, status=401)
        assert PASSWORD in asked.html
        client.submit(asked)
        client.submit(client.get(mailed(client)))
        client.submit(client.get("/account"), form="#new-password", password=PASSWORD)

    def test_whoever_sits_there_cannot_guess_for_long(self, client: CheckingClient, clock: Clock) -> None:
        self.left(client, clock)
        asked = client.submit(client.get("/manage/people"), email="new@example.org", role="lead", status=401)
        form = asked.form()
        statuses = [
            client.client.post(asked.action(), data={**form, "again-proof": f"guess {at}"}).status_code
            for at in range(14)
        ]
        assert statuses == [422] * slowing.FREE * 2 + [429] * 4

    @pytest.mark.parametrize(
        "to", ["https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example", "evil", "/a?b=//c", ""]
    )
    def test_it_leads_to_no_other_site(self, client: CheckingClient, to: str) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        token = {"_csrf_token": cross_site_token(client), "again-proof": "x"}
        answer = client.client.post(
            "/sign-in/again", params={"to": to, "by": "post"}, data=token, follow_redirects=False
        )
        assert answer.headers["location"] == "/account"

    def test_every_page_that_asks_is_a_page(self, client: CheckingClient) -> None:
        names = {route.name for route in routes_of(client.client.app)}
        assert names >= PROVE_FIRST | BEFORE_SECOND_FACTOR


class TestCookiesOverHTTPS:
    def test_each_belongs_to_this_host_alone(self, settings: Settings, clock: Clock) -> None:
        safe = msgspec.structs.replace(settings, base_url="https://testserver.local")
        app = create_app(safe, clock=clock)
        with TestClient(app, base_url="https://testserver.local", raise_server_exceptions=False) as opened:
            client = CheckingClient(opened, safe)
            who = client.unit(lambda: signing_in.add_member("jo@council.gov.uk", Role.LEAD))
            token = client.unit(lambda: signing_in.make_link(who, now=clock.now))
            page = client.get(f"/sign-in/once/{token}")
            cookies = page.response.history[0].headers.get_list("set-cookie")
            ours = {told.partition("=")[0]: told for told in cookies if "session" in told or "device" in told}
            assert set(ours) == {"__Host-session", "__Host-device"}
            for told in ours.values():
                assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in told.split(";")}
                assert "Domain" not in told
            plain = opened.cookies["__Host-session"]
            opened.cookies.clear()
            opened.cookies.set("session", plain)
            client.get("/lead", status=401)
