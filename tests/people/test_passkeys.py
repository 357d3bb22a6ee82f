"""Passkeys, and what somebody could try with them."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.conftest import NOON, Clock
from tests.pages import CheckingClient, Page
from tests.people.device import Device, from_url, to_url
from voice.people import passkeys, signing_in
from voice.people.passkeys import are_possible
from voice.people.roles import Role
from voice.people.signing_in import SignedIn
from voice.people.tables import SignInSession
from voice.people.ways_in import Passkey, PasskeyChallenge
from voice.settings import Settings
from voice.storage import Store

ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
UNKNOWN = "We do not know this passkey."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return msgspec.structs.replace(settings, base_url="http://localhost")


def options_of(page: Page) -> str:
    return page.one("[data-passkey]").attributes["data-options"] or ""


def add(client: CheckingClient, device: Device, *, status: int = 200, name: str = "my phone") -> Page:
    page = client.get("/account/passkeys/new")
    return client.submit(page, response=json.dumps(device.create(options_of(page))), name=name, status=status)


def with_passkey(client: CheckingClient, role: Role = Role.LEAD) -> Device:
    """Somebody's device, after they added a passkey and signed out."""
    device = Device()
    client.sign_in(role)
    assert add(client, device).path == "/account/passkeys"
    client.submit(client.get("/account/passkeys"), form="form[action='/sign-out']")
    client.client.cookies.clear()
    return device


def sign_in(client: CheckingClient, device: Device, *, status: int = 200, **changed: Any) -> Page:
    page = client.get("/sign-in/passkey")
    return client.submit(page, response=json.dumps(device.get(options_of(page)) | changed), status=status)


def is_out(client: CheckingClient, page: Page) -> bool:
    assert UNKNOWN in page.text
    client.get("/lead", status=401)
    return client.unit(SignInSession.select) == []


class TestAPasskey:
    def test_it_signs_in_with_two_factors_and_without_a_name(self, client: CheckingClient, clock: Clock) -> None:
        device = with_passkey(client)
        assert client.get("/sign-in").one("a[href='/sign-in/passkey']").text() == "Sign in with a passkey"
        asked = json.loads(options_of(client.get("/sign-in/passkey")))
        assert asked["userVerification"] == "required"
        assert asked["allowCredentials"] == [], "nobody learns who has a passkey"
        clock.now += dt.timedelta(days=1)
        assert sign_in(client, device).path == "/lead"
        assert sign_in(client, device).path == "/lead"
        (row,) = client.unit(Passkey.select)
        assert (row["times_used"], row["used_on"]) == (2, clock.now.date())

    def test_it_can_be_removed_by_its_owner_alone(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        client.sign_in(Role.OFFICER)
        (row,) = client.unit(Passkey.select)
        page = client.get("/account/passkeys")
        assert "You have no passkeys yet." in page.text
        client.post("/account/passkeys", {**page.form("form[action='/sign-out']"), "remove": str(row["id"])})
        assert len(client.unit(Passkey.select)) == 1
        client.client.cookies.clear()
        sign_in(client, device)
        page = client.get("/account/passkeys")
        assert "my phone" in page.text
        gone = client.submit(page, {"remove": str(row["id"])})
        assert "You have no passkeys yet." in gone.text
        client.client.cookies.clear()
        client.unit(SignInSession.delete(force=True).run)
        assert is_out(client, sign_in(client, device, status=422))

    def test_its_owner_is_told_when_one_is_added_or_removed(self, client: CheckingClient, clock: Clock) -> None:
        jo = client.unit(lambda: signing_in.add_member("jo@council.gov.uk", Role.LEAD))
        token = client.unit(lambda: signing_in.make_link(jo, now=client.parts.clock()))
        client.get(f"/sign-in/once/{token}")
        add(client, Device())
        (row,) = client.unit(Passkey.select)
        clock.now += dt.timedelta(seconds=1)
        client.submit(client.get("/account/passkeys"), {"remove": str(row["id"])})
        letters = client.parts.post.kept()
        assert [letter["To"] for letter in letters] == ["jo@council.gov.uk"] * 2
        assert all("a passkey" in " ".join(letter.get_content().split()) for letter in letters)

    def test_it_goes_with_the_access_of_its_owner(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        (row,) = client.unit(Passkey.select)
        client.unit(lambda: signing_in.end_access(row["member"], today=client.parts.today))
        assert is_out(client, sign_in(client, device, status=422))
        client.unit(lambda: signing_in.add_member("lead@first-start.invalid", Role.LEAD))
        assert is_out(client, sign_in(client, device, status=422)), "whoever is added again begins without it"

    @pytest.mark.parametrize(
        ("address", "possible"),
        [
            ("https://voice.council.gov.uk", True),
            ("http://localhost:8000", True),
            ("http://voice.council.gov.uk", False),
            ("https://10.0.0.5", False),
            ("http://127.0.0.1:8000", False),
            ("https://[::1]", False),
        ],
    )
    def test_it_is_offered_where_browsers_have_it(self, address: str, possible: bool) -> None:
        assert are_possible(address) is possible


def damaged(text: str) -> str:
    whole = bytearray(from_url(text))
    whole[-1] ^= 1
    return to_url(bytes(whole))


def in_response(name: str, change: Callable[[str], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda said: {**said, "response": {**said["response"], name: change(said["response"][name])}}


@ONE_DATABASE
class TestWhatOthersSend:
    @pytest.mark.parametrize(
        "lies",
        [
            {"origin": "https://evil.example"},
            {"origin": "http://localhost:1234"},
            {"domain": "evil.example"},
            {"verifies": False},
            {"owner": b"somebody else"},
            {"owner": b""},
            {"id": b"another passkey"},
            {"key": Device().key},
        ],
        ids=lambda lies: next(iter(lies)),
    )
    def test_it_lets_nobody_in(self, client: CheckingClient, lies: dict[str, Any]) -> None:
        device = with_passkey(client)
        for name, value in lies.items():
            setattr(device, name, value)
        assert is_out(client, sign_in(client, device, status=422))

    @pytest.mark.parametrize(
        "change",
        [
            in_response("signature", damaged),
            in_response("authenticatorData", damaged),
            in_response("clientDataJSON", damaged),
            in_response("userHandle", lambda _: None),
            lambda said: {**said, "type": "password"},
            lambda said: {**said, "id": [1]},
            lambda said: {**said, "rawId": "AAAA"},
            lambda said: {**said, "response": []},
            lambda _: [],
            lambda _: "\x00",
            lambda _: {"response": {"clientDataJSON": "x" * 30_000}},
        ],
    )
    def test_nonsense_is_refused_kindly(
        self, client: CheckingClient, change: Callable[[dict[str, Any]], object]
    ) -> None:
        device = with_passkey(client)
        page = client.get("/sign-in/passkey")
        said = json.dumps(change(device.get(options_of(page))))
        assert is_out(client, client.submit(page, response=said, status=422))

    def test_an_answer_counts_once_and_within_five_minutes(self, client: CheckingClient, clock: Clock) -> None:
        device = with_passkey(client)
        page = client.get("/sign-in/passkey")
        answer = json.dumps(device.get(options_of(page)))
        assert client.submit(page, response=answer).path == "/lead"
        client.client.cookies.clear()
        client.unit(SignInSession.delete(force=True).run)
        assert is_out(client, client.submit(client.get("/sign-in/passkey"), response=answer, status=422))
        page = client.get("/sign-in/passkey")
        clock.now += dt.timedelta(minutes=5, seconds=1)
        assert is_out(client, client.submit(page, response=json.dumps(device.get(options_of(page))), status=422))

    def test_a_wrong_answer_spends_what_was_asked(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        page = client.get("/sign-in/passkey")
        right = device.get(options_of(page))
        client.submit(page, response=json.dumps(in_response("signature", damaged)(right)), status=422)
        assert is_out(client, client.submit(page, response=json.dumps(right), status=422))

    def test_a_copy_that_counts_behind_is_found_out(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        device.used = 5
        assert sign_in(client, device).path == "/lead"
        client.client.cookies.clear()
        client.unit(SignInSession.delete(force=True).run)
        device.used = 4
        assert is_out(client, sign_in(client, device, status=422))

    def test_another_site_cannot_sign_anybody_in(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        page = client.get("/sign-in/passkey")
        answer = json.dumps(device.get(options_of(page)))
        client.post("/sign-in/passkey", {"response": answer}, status=403)
        assert client.unit(SignInSession.select) == []

    def test_what_was_asked_for_one_thing_is_no_answer_to_another(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        client.sign_in(Role.OFFICER)
        adding = client.get("/account/passkeys/new")
        to_add = device.get(options_of(adding))
        assert UNKNOWN in client.submit(client.get("/sign-in/passkey"), response=json.dumps(to_add), status=422).text
        asked_of_all = json.loads(options_of(client.get("/sign-in/passkey")))
        own = json.loads(options_of(adding))
        mixed = json.dumps({**own, "challenge": asked_of_all["challenge"]})
        refused = client.submit(adding, response=json.dumps(Device().create(mixed)), status=422)
        assert "We could not add this passkey." in refused.text

    def test_a_passkey_is_added_for_who_was_asked(self, client: CheckingClient) -> None:
        """Somebody gets a colleague's browser to send in what was made for their own account."""
        client.sign_in(Role.LEAD)
        theirs = json.dumps(Device().create(options_of(client.get("/account/passkeys/new"))))
        client.client.cookies.clear()
        client.sign_in(Role.OFFICER)
        client.submit(client.get("/account/passkeys/new"), response=theirs, status=422)
        assert client.unit(Passkey.select) == []

    @pytest.mark.parametrize(
        "lies", [{"origin": "https://evil.example"}, {"domain": "evil.example"}, {"verifies": False}]
    )
    def test_none_is_added_that_is_not_ours(self, client: CheckingClient, lies: dict[str, Any]) -> None:
        device = Device()
        for name, value in lies.items():
            setattr(device, name, value)
        client.sign_in(Role.LEAD)
        add(client, device, status=422)
        assert client.unit(Passkey.select) == []

    def test_one_passkey_belongs_to_one_member_and_nobody_has_too_many(self, client: CheckingClient) -> None:
        device = with_passkey(client)
        client.sign_in(Role.OFFICER)
        add(client, device, status=422)
        for number in range(passkeys.MOST_KEYS):
            add(client, Device(), name=f"{number}\x00 <b>")
        add(client, Device(), status=422)
        assert len(client.unit(Passkey.select)) == 1 + passkeys.MOST_KEYS
        assert "9 <b>" in client.get("/account/passkeys").text

    def test_the_database_keeps_nothing_that_signs_in(self, client: CheckingClient) -> None:
        page = client.get("/sign-in/passkey")
        challenge = json.loads(options_of(page))["challenge"]
        (row,) = client.unit(PasskeyChallenge.select)
        assert challenge not in str(row)
        assert from_url(challenge).hex() not in str(row)


class TestAtTheSameTime:
    async def test_a_challenge_is_spent_once(self, store: Store) -> None:
        party = passkeys.relying_party("http://localhost")
        device = Device()
        id = await store.write(lambda: signing_in.add_member("a@example.org", Role.LEAD))
        person = SignedIn(id=id, email="a@example.org", role=Role.LEAD, language="en", organisation=signing_in.HOST_ID)
        options = await store.write(lambda: passkeys.ask_to_add(party, person, now=NOON))
        made = json.dumps(device.create(options))
        assert await store.write(lambda: passkeys.add(party, id, made, name="", now=NOON))
        answer = json.dumps(device.get(await store.write(lambda: passkeys.ask_to_sign_in(party, now=NOON))))
        came = await asyncio.gather(
            *(store.write(lambda: passkeys.member_with(party, answer, now=NOON)) for _ in range(5))
        )
        assert (came.count(id), came.count(None)) == (1, 4)
