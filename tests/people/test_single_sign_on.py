"""Single sign-on with a real OpenID provider on this machine, and what somebody could try with it."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import time
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

import httpx
import msgspec
import pytest

from tests.conftest import NOON, Clock
from tests.pages import CheckingClient
from tests.people.sign_in_service import (
    BACK,
    BASE,
    CLIENT,
    SECRET,
    SignInServiceBeside,
    asked,
    sign_in_service,
)
from voice.people import signing_in, single_sign_on
from voice.people.openid import Arrived, SignInService, SingleSignOnProblem
from voice.people.roles import Role
from voice.people.tables import Member, SignInSession
from voice.people.ways_in import OutsideAccount, SignInAttempt
from voice.settings import OpenId, Settings, UnusableSetting, read_settings
from voice.storage import Store
from voice.web import limits

LEAD = "ada@council.example.org"
ADA: dict[str, Any] = {"sub": "ada-1", "email": LEAD, "email_verified": True}
ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NOT_IN = "We could not sign you in"


@pytest.fixture(scope="module")
def running_service() -> Iterator[SignInServiceBeside]:
    with sign_in_service() as running:
        yield running


@pytest.fixture
def service(running_service: SignInServiceBeside) -> Iterator[SignInServiceBeside]:
    yield running_service
    running_service.lie()


@pytest.fixture
def clock() -> Clock:
    """The service has a clock of its own."""
    clock = Clock()
    clock.now = dt.datetime.now(dt.UTC)
    return clock


@pytest.fixture
def openid(service: SignInServiceBeside) -> OpenId:
    return OpenId(issuer=service.issuer, client_id=CLIENT, client_secret=SECRET, name="Anytown Council")


@pytest.fixture
def settings(settings: Settings, openid: OpenId) -> Settings:
    return msgspec.structs.replace(settings, base_url=BASE, openid=openid)


@pytest.fixture
def client(client: CheckingClient) -> CheckingClient:
    client.unit(lambda: signing_in.add_member(LEAD, Role.LEAD))
    return client


def go(client: CheckingClient, **options: Any) -> str:
    """Presses the button; where the browser is sent."""
    answer = client.client.get("/sign-in/sso", follow_redirects=False, **options)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def there_and_back(client: CheckingClient, service: SignInServiceBeside, **person: Any) -> str:
    return service.lets_in(go(client), **(person or ADA))


def come_back(client: CheckingClient, back: str) -> httpx.Response:
    answer: httpx.Response = client.client.get(back.removeprefix(BASE), follow_redirects=False)
    return answer


def came_in(client: CheckingClient, answer: httpx.Response) -> bool:
    """Whether there is a session now. Whoever has none is told so kindly, and has no cookie left."""
    if answer.status_code == 303:
        assert answer.headers["location"] == "/lead"
        client.get("/lead")
        return True
    assert NOT_IN in answer.text
    assert not client.unit(SignInSession.select), "there is a session that nobody should have"
    assert set(client.client.cookies) <= {"csrf"}
    client.get("/lead", status=401)
    return False


async def arrived_at(
    ours: SignInService, service: SignInServiceBeside, *, verifier: str = "v" * 43, **person: Any
) -> Arrived:
    """Whom the service vouches for to us, without our pages."""
    now = dt.datetime.now(dt.UTC)
    there = await ours.address(state="s", nonce="n", verifier="v" * 43, now=now)
    code = asked(service.lets_in(there, **(person or ADA)))["code"]
    return await ours.arrived(code, nonce="n", verifier=verifier, now=now)


class TestComingIn:
    def test_a_member_comes_in_and_is_known_again_under_another_address(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        page = client.get("/sign-in")
        assert page.one("a[href='/sign-in/sso']").text() == "Sign in with Anytown Council"
        answer = come_back(client, there_and_back(client, service))
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert came_in(client, answer)
        (account,) = client.unit(OutsideAccount.select)
        assert (account["issuer"], account["subject"]) == (service.issuer, "ada-1")
        assert client.unit(SignInAttempt.select) == []
        client.client.cookies.clear()
        married = there_and_back(client, service, **{**ADA, "email": "ada.new@council.example.org"})
        assert came_in(client, come_back(client, married))

    def test_it_gives_no_rights_and_adds_nobody(self, client: CheckingClient, service: SignInServiceBeside) -> None:
        before = client.unit(Member.select)
        stranger = {"sub": "eve-1", "email": "eve@council.example.org", "email_verified": True, "role": "administrator"}
        answer = come_back(client, there_and_back(client, service, **stranger))
        assert answer.status_code == 403
        assert "nobody has added you here" in answer.text
        assert not came_in(client, answer)
        come_back(client, there_and_back(client, service, **ADA, role="administrator", groups=["administrator"]))
        assert client.unit(Member.select) == before

    def test_whoever_gets_the_address_later_is_somebody_else_until_an_administrator_says_so(
        self, client: CheckingClient, service: SignInServiceBeside, clock: Clock
    ) -> None:
        assert came_in(client, come_back(client, there_and_back(client, service)))
        client.client.cookies.clear()
        client.unit(SignInSession.delete(force=True).run)
        successor = {**ADA, "sub": "ada-2"}
        assert not came_in(client, come_back(client, there_and_back(client, service, **successor)))
        [id] = [row["id"] for row in client.unit(Member.select) if row["email"] == LEAD]
        client.unit(lambda: signing_in.end_access(id, today=clock.now.date()))
        assert not came_in(client, come_back(client, there_and_back(client, service))), "the access has ended"
        client.unit(lambda: signing_in.add_member(LEAD, Role.LEAD))
        assert came_in(client, come_back(client, there_and_back(client, service, **successor)))


class TestAtTheSameTime:
    async def test_an_attempt_is_spent_once(self, store: Store) -> None:
        attempt = await store.write(lambda: single_sign_on.begin_attempt(now=NOON))
        spent = await asyncio.gather(
            *(store.write(lambda: single_sign_on.use_attempt(attempt.kept, attempt.state, now=NOON)) for _ in range(5))
        )
        assert (spent.count(attempt), spent.count(None)) == (1, 4)

    async def test_a_member_gets_one_account(self, store: Store) -> None:
        id = await store.write(lambda: signing_in.add_member(LEAD, Role.LEAD))
        arrived = [Arrived(issuer="https://x.example", subject=f"ada-{n}", address=LEAD) for n in range(5)]
        came = await asyncio.gather(
            *(
                store.write(lambda each=each: single_sign_on.member_who_arrived(each, today=NOON.date()))  # type: ignore[misc]
                for each in arrived
            )
        )
        assert (came.count(id), came.count(None)) == (1, 4)
        assert len(await store.read(OutsideAccount.select().run)) == 1


@ONE_DATABASE
class TestWhatIsTold:
    def test_the_log_names_nobody_and_nothing_that_opens(
        self, client: CheckingClient, service: SignInServiceBeside, caplog: pytest.LogCaptureFixture
    ) -> None:
        back = there_and_back(client, service)
        service.lie(token={"signed": "by another"})
        assert not came_in(client, come_back(client, back))
        told = " ".join(record.getMessage() for record in caplog.records if record.name == "voice.people")
        assert told == "single sign-on: not_trusted: BadSignatureError"
        assert asked(back)["code"] not in caplog.text.replace(back, "")

    def test_over_https_the_cookie_is_ours_alone(self, client: CheckingClient) -> None:
        parts = client.parts
        parts.settings = msgspec.structs.replace(parts.settings, base_url="https://voice.example.org")
        told = client.client.get("/sign-in/sso", follow_redirects=False).headers.get_list("set-cookie")
        (cookie,) = [each for each in told if each.startswith("__Host-sso=")]
        said = [part.strip().lower() for part in cookie.split(";")]
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(said)
        assert not [part for part in said if part.startswith("domain")]

    def test_one_address_cannot_begin_for_ever(self, client: CheckingClient) -> None:
        most = limits.PER_MINUTE["other_ways_in"]
        answers = [client.client.get("/sign-in/sso", follow_redirects=False).status_code for _ in range(most + 1)]
        assert (answers.count(303), answers[-1]) == (most, 429)


class TestWhoIsVouchedFor:
    @pytest.mark.parametrize(
        ("domains", "claim", "person", "counts"),
        [
            ((), "email", {"email": LEAD}, False),
            ((), "email", {"email": LEAD, "email_verified": False}, False),
            ((), "email", {"email": LEAD, "email_verified": "true"}, False),
            ((), "email", {"email": LEAD.upper(), "email_verified": True}, True),
            ((), "email", {}, False),
            ((), "email", {"email": ["ada@council.example.org"], "email_verified": True}, False),
            # The sign for Kelvin becomes a plain k when it is made small, and so somebody else's address.
            ((), "email", {"email": "mar\u212a@council.example.org", "email_verified": True}, False),
            (("council.example.org",), "email", {"email": LEAD}, True),
            (("council.example.org",), "email", {"email": LEAD, "email_verified": False}, False),
            (("other.example.org",), "email", {"email": LEAD, "email_verified": True}, False),
            (("example.org",), "email", {"email": LEAD, "email_verified": True}, False),
            (("council.example.org",), "upn", {"upn": LEAD, "email": "eve@x.example"}, True),
            (("council.example.org",), "upn", {"email": LEAD, "email_verified": True}, False),
        ],
    )
    async def test_only_an_address_that_is_theirs_counts(
        self,
        service: SignInServiceBeside,
        openid: OpenId,
        domains: tuple[str, ...],
        claim: str,
        person: dict[str, Any],
        counts: bool,
    ) -> None:
        ours = SignInService(msgspec.structs.replace(openid, domains=domains, claim=claim), base_url=BASE)
        arrived = await arrived_at(ours, service, sub="ada-1", **person)
        assert (arrived.subject, arrived.address) == ("ada-1", LEAD if counts else "")

    async def test_nobody_believes_what_is_said_of_somebody_else(
        self, service: SignInServiceBeside, openid: OpenId
    ) -> None:
        service.lie(told={"sub": "somebody-else"})
        with pytest.raises(SingleSignOnProblem, match=r"^not_trusted"):
            await arrived_at(SignInService(openid, base_url=BASE), service)

    @ONE_DATABASE
    def test_nobody_comes_in_without_an_address_or_with_one_of_the_first_start(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        client.unit(lambda: signing_in.add_member("real@council.example.org", Role.ADMINISTRATOR))
        for email in ("", "lead@first-start.invalid"):
            person = {"sub": "eve", "email": email, "email_verified": True}
            assert not came_in(client, come_back(client, there_and_back(client, service, **person)))


class TestTokensThatLie:
    @pytest.mark.parametrize(
        "token",
        [
            {"signed": "not"},
            {"signed": "by another"},
            {"signed": "by a key it brings along"},
            {"signed": "by the public key"},
            {"signed": "by our secret"},
            {"signed": "and changed"},
            {"header": {"crit": ["ours"], "ours": 1}},
            {"claims": {"nonce": "another"}},
            {"without": ["nonce"]},
            {"claims": {"iss": "https://elsewhere.example"}},
            {"without": ["iss"]},
            {"claims": {"aud": "another client"}},
            {"claims": {"aud": ["another client"]}},
            {"claims": {"aud": [CLIENT, "another client"]}},
            {"claims": {"aud": [CLIENT, "another client"], "azp": "another client"}},
            {"claims": {"azp": "another client"}},
            {"claims": {"aud": "another client", "azp": CLIENT}},
            {"without": ["aud"]},
            {"claims": {"exp": int(time.time()) - 3600}},
            {"without": ["exp"]},
            {"claims": {"iat": int(time.time()) + 3600}},
            {"claims": {"nbf": int(time.time()) + 3600}},
            {"without": ["sub"]},
            {"claims": {**ADA, "sub": ""}},
            {"claims": {**ADA, "sub": "x" * 256}},
            {"claims": {**ADA, "sub": 7}},
            {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
        ],
        ids=(str(number) for number in itertools.count()),  # some name moments, which two processes would not share
    )
    async def test_they_are_not_trusted(
        self, service: SignInServiceBeside, openid: OpenId, token: dict[str, Any]
    ) -> None:
        # The service offers all that could be offered: what we take is ours to say.
        service.lie(token=token, described={"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]})
        with pytest.raises(SingleSignOnProblem, match=r"^not_trusted"):
            await arrived_at(SignInService(openid, base_url=BASE), service)

    async def test_the_truth_is_trusted(self, service: SignInServiceBeside, openid: OpenId) -> None:
        service.lie(token={"claims": {"aud": [CLIENT], "amr": ["pwd", "mfa"]}})
        arrived = await arrived_at(SignInService(openid, base_url=BASE), service)
        assert arrived == Arrived(service.issuer, "ada-1", LEAD, with_two_factors=True)

    async def test_new_keys_are_learnt(self, service: SignInServiceBeside, openid: OpenId) -> None:
        ours = SignInService(openid, base_url=BASE)
        for _ in range(2):
            assert (await arrived_at(ours, service)).subject == "ada-1"
            service.take_new_keys()

    async def test_they_are_asked_for_with_a_secret_in_a_header_too(
        self, service: SignInServiceBeside, openid: OpenId
    ) -> None:
        service.lie(described={"token_endpoint_auth_methods_supported": ["client_secret_basic"]})
        other = msgspec.structs.replace(openid, client_id=f"{CLIENT}: basic")
        assert (await arrived_at(SignInService(other, base_url=BASE), service)).address == LEAD

    async def test_a_code_is_no_good_without_its_verifier(self, service: SignInServiceBeside, openid: OpenId) -> None:
        with pytest.raises(SingleSignOnProblem, match="it gave nothing for the code"):
            await arrived_at(SignInService(openid, base_url=BASE), service, verifier="w" * 43)


@ONE_DATABASE
class TestALieOnAPage:
    def test_it_lets_nobody_in(self, client: CheckingClient, service: SignInServiceBeside) -> None:
        service.lie(token={"signed": "by another"})
        answer = come_back(client, there_and_back(client, service))
        assert answer.status_code == 403
        assert not came_in(client, answer)


@ONE_DATABASE
class TestTheWayBack:
    def test_it_can_be_gone_once(self, client: CheckingClient, service: SignInServiceBeside) -> None:
        back = there_and_back(client, service)
        kept = dict(client.client.cookies)
        assert came_in(client, come_back(client, back))
        client.unit(SignInSession.delete(force=True).run)
        client.client.cookies.clear()
        client.client.cookies.update(kept)
        assert come_back(client, back).status_code == 400
        assert client.unit(SignInSession.select) == []

    def test_a_code_works_once_even_in_another_attempt(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        back = there_and_back(client, service)
        assert came_in(client, come_back(client, back))
        client.client.cookies.clear()
        client.unit(SignInSession.delete(force=True).run)
        mixed = asked(there_and_back(client, service)) | {"code": asked(back)["code"]}
        assert not came_in(client, come_back(client, f"{BASE + BACK}?{urlencode(mixed)}"))

    def test_a_code_that_was_meant_for_another_browser_lets_nobody_in(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        """Somebody stops on their own way back, and puts their code, or all of it, before somebody else."""
        theirs = there_and_back(client, service)
        client.client.cookies.clear()
        assert not came_in(client, come_back(client, theirs)), "a browser that did not begin"
        ours = asked(go(client))["state"]
        assert not came_in(client, come_back(client, theirs)), "the state of another attempt"
        again = go(client)
        assert asked(again)["state"] != ours
        mixed = {**asked(theirs), "state": asked(again)["state"]}
        assert not came_in(client, come_back(client, f"{BASE + BACK}?{urlencode(mixed)}")), "PKCE and nonce do not fit"

    @pytest.mark.parametrize(
        ("changed", "status"),
        [
            ({"iss": "https://elsewhere.example"}, 403),
            ({"iss": None}, 403),
            ({"state": ""}, 400),
            ({"state": None}, 400),
            ({"state": "é\x00"}, 400),
            ({"code": None}, 403),
            ({"code": "made up"}, 403),
            ({"code": "x" * 5000}, 403),
            ({"error": "access_denied"}, 403),
        ],
    )
    def test_it_is_gone_as_it_was_made(
        self, client: CheckingClient, service: SignInServiceBeside, changed: dict[str, str | None], status: int
    ) -> None:
        back = {**asked(there_and_back(client, service)), **changed}
        answer = come_back(
            client, f"{BASE + BACK}?{urlencode({name: said for name, said in back.items() if said is not None})}"
        )
        assert answer.status_code == status
        assert not came_in(client, answer)

    def test_it_is_gone_within_ten_minutes(
        self, client: CheckingClient, service: SignInServiceBeside, clock: Clock
    ) -> None:
        back = there_and_back(client, service)
        clock.now += dt.timedelta(minutes=10, seconds=1)
        assert not came_in(client, come_back(client, back))

    def test_it_leads_nowhere_else(self, client: CheckingClient, service: SignInServiceBeside) -> None:
        evil = urlencode(dict.fromkeys(("next", "return_to", "redirect_uri", "url", "to"), "https://evil.example/"))
        asked_for = {"Host": "evil.example"}
        assert client.client.get(f"/sign-in/sso?{evil}", follow_redirects=False, headers=asked_for).status_code == 421
        answer = client.client.get(
            f"/sign-in/sso?{evil}", follow_redirects=False, headers={"X-Forwarded-Host": "evil.example"}
        )
        there = str(answer.headers["location"])
        assert there.startswith(f"{service.issuer}/auth?")
        assert asked(there)["redirect_uri"] == BASE + BACK
        assert "evil" not in there
        assert came_in(client, come_back(client, f"{service.lets_in(there, **ADA)}&{evil}"))

    def test_a_session_that_somebody_planted_is_not_taken_over(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        client.client.cookies.set("session", "planted")
        assert came_in(client, come_back(client, there_and_back(client, service)))
        (session,) = [cookie.value for cookie in client.client.cookies.jar if cookie.name == "session"][-1:]
        assert session != "planted"

    def test_what_the_database_keeps_meanwhile_helps_nobody(
        self, client: CheckingClient, service: SignInServiceBeside
    ) -> None:
        sent = asked(go(client))
        (row,) = client.unit(SignInAttempt.select)
        kept = " ".join(map(str, row.values()))
        for secret in (*sent.values(), *dict(client.client.cookies).values()):
            assert secret not in kept


class TestTheServiceItself:
    @pytest.mark.parametrize(
        ("lies", "code"),
        [
            ({"down": ["/.well-known/openid-configuration"]}, "away"),
            ({"down": ["/.well-known/openid-configuration"], "status": 200, "body": "<p>Not found</p>"}, "away"),
            ({"down": ["/jwks"], "status": 200, "body": "{}"}, "away"),
            ({"described": {"issuer": "https://elsewhere.example"}}, "not_trusted"),
            ({"described": {"token_endpoint": "http://elsewhere.example/token"}}, "not_trusted"),
            ({"described": {"authorization_endpoint": "javascript:alert(1)"}}, "not_trusted"),
            ({"described": {"jwks_uri": "file:///etc/passwd"}}, "not_trusted"),
            ({"described": {"userinfo_endpoint": "http://elsewhere.example/me"}}, "not_trusted"),
        ],
        ids=str,
    )
    async def test_it_is_not_gone_to_when_something_is_wrong(
        self, service: SignInServiceBeside, openid: OpenId, lies: dict[str, Any], code: str
    ) -> None:
        ours = SignInService(openid, base_url=BASE)
        service.lie(**lies)
        with pytest.raises(SingleSignOnProblem, match=f"^{code}"):
            await arrived_at(ours, service)
        service.lie()
        assert (await arrived_at(ours, service)).address == LEAD, "nothing wrong is remembered"

    @ONE_DATABASE
    @pytest.mark.parametrize("down", ["/token", "/me"])
    def test_nobody_comes_in_while_it_is_away(
        self, client: CheckingClient, service: SignInServiceBeside, down: str
    ) -> None:
        back = there_and_back(client, service)
        service.lie(down=[down])
        answer = come_back(client, back)
        assert answer.status_code == 503
        assert not came_in(client, answer)


class TestSettings:
    REST: ClassVar = {"VOICE_OIDC_CLIENT_ID": "a", "VOICE_OIDC_CLIENT_SECRET": "b"}

    def test_it_is_off_unless_it_is_set(self) -> None:
        assert read_settings({}).openid is None

    def test_it_reads_all(self) -> None:
        read = read_settings(
            {
                "VOICE_OIDC_ISSUER": "https://x.example/tenant/v2.0",
                "VOICE_OIDC_CLAIM": "upn",
                "VOICE_OIDC_DOMAINS": "A.example, b.example",
                **self.REST,
            }
        ).openid
        assert read == OpenId("https://x.example/tenant/v2.0", "a", "b", "", "upn", ("a.example", "b.example"))

    @pytest.mark.parametrize(
        ("written", "named"),
        [
            ({"VOICE_OIDC_ISSUER": "http://sign-in.council.gov.uk", **REST}, "VOICE_OIDC_ISSUER"),
            ({"VOICE_OIDC_ISSUER": "http://127.0.0.1.evil.example", **REST}, "VOICE_OIDC_ISSUER"),
            ({"VOICE_OIDC_ISSUER": "https://[x", **REST}, "VOICE_OIDC_ISSUER"),
            ({"VOICE_OIDC_ISSUER": "https://x.example", "VOICE_OIDC_CLIENT_ID": "a"}, "VOICE_OIDC_CLIENT_SECRET"),
            ({"VOICE_OIDC_ISSUER": "https://x.example", "VOICE_OIDC_DOMAINS": "a@b.uk", **REST}, "VOICE_OIDC_DOMAINS"),
            ({"VOICE_OIDC_ISSUER": "https://x.example", "VOICE_OIDC_CLAIM": "upn", **REST}, "VOICE_OIDC_DOMAINS"),
        ],
    )
    def test_it_says_what_cannot_be_meant(self, written: dict[str, str], named: str) -> None:
        with pytest.raises(UnusableSetting, match=f"^{named} must "):
            read_settings(written)
