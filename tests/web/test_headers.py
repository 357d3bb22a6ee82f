"""Every answer gets full marks for what it tells a browser, whoever asks for it, and whether it went well or not."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient

from tests.conftest import Beginnings, Clock
from tests.house.test_routes import routes_of
from tests.pages import CheckingClient, draft_of
from tests.web.observatory import faults
from voice.app import create_app, working_parts
from voice.people.roles import ALLOWED, Audience, Role
from voice.settings import Settings

EMBEDDED = "/you-said/embed"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def over_https(tmp_path_factory: pytest.TempPathFactory, beginnings: Beginnings) -> Iterator[CheckingClient]:
    """The application as it is after its first start, as families reach it."""
    data: Path = tmp_path_factory.mktemp("https") / "data"
    beginnings.put_sqlite("begun", data)
    settings = Settings(data=data, base_url="https://testserver.local")

    @contextlib.asynccontextmanager
    async def at_work(settings: Settings, _: object) -> AsyncIterator[object]:
        async with working_parts(settings, Clock()) as parts:
            yield parts

    app = create_app(settings, clock=Clock(), at_work=at_work)  # type: ignore[arg-type]
    with TestClient(app, base_url=settings.base_url, raise_server_exceptions=False) as opened:
        yield CheckingClient(opened, settings)


def role_for(audience: Audience) -> Role | None:
    return next((role for role in Role if role in ALLOWED.get(audience, ())), None)


def found_in(answer: httpx.Response) -> list[str]:
    framed = answer.url.path == EMBEDDED and answer.status_code == 200
    return [f"{answer.request.method} {answer.url.path}: {fault}" for fault in faults(answer, framed=framed)]


class TestEveryAnswer:
    def test_it_gets_full_marks(self, over_https: CheckingClient) -> None:
        client, link = over_https, over_https.survey()
        found: list[str] = []
        routes = sorted(routes_of(client.client.app), key=lambda route: str(role_for(route.handler.opt["audience"])))
        role, statuses, looked = None, set[int](), set[str]()
        for route in routes:
            wanted = role_for(route.handler.opt["audience"])
            if wanted is not role and wanted is not None:
                client.client.cookies.clear()
                client.sign_in(wanted)
                role = wanted
            address = route.address(link)
            answer = client.client.request(route.method, address, follow_redirects=False)
            found += found_in(answer)
            statuses.add(answer.status_code)
            looked.add(route.name)
        assert found == []
        assert statuses >= {200, 303, 401, 403, 404, 422}, statuses
        assert len(looked) > 300

    def test_it_does_so_where_people_answer(self, over_https: CheckingClient) -> None:
        client = over_https
        client.client.cookies.clear()
        page = client.begin(client.survey())
        draft = draft_of(page)
        found = found_in(page.response)
        for address in (draft, f"{draft}/check", f"{draft}/later", f"{draft}/stop", "/nothing", "/static/nothing.css"):
            found += found_in(client.client.get(address))
        too_big = client.client.post(f"{draft}/check", content=b"x" * 300_000, headers=FORM)
        found += found_in(too_big)
        found += found_in(client.client.delete("/"))
        assert found == []
        assert too_big.status_code == 413
        assert {cookie.name for cookie in client.client.cookies.jar} <= {"__Host-language", "__Host-display"}


class TestOneEmbedMode:
    def test_only_one_page_may_stand_in_a_frame(self, over_https: CheckingClient) -> None:
        answer = over_https.client.get(EMBEDDED)
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert not over_https.get(EMBEDDED).tree.css("form, button, input, script")
        assert "set-cookie" not in answer.headers
        assert "frame-ancestors 'none'" in over_https.client.get("/you-said").headers["content-security-policy"]


class TestCookiesOfOthers:
    def test_it_reads_none_that_a_neighbouring_site_could_set(self, over_https: CheckingClient) -> None:
        client = over_https.client
        client.cookies.clear()
        client.cookies.set("language", "ur")
        assert over_https.get("/").language == "en"
        client.cookies.set("__Host-language", "ur")
        assert over_https.get("/").language == "ur"
        client.cookies.clear()


class TestTheDoor:
    @pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT"])
    def test_it_knows_no_method_that_no_page_has(self, over_https: CheckingClient, method: str) -> None:
        answer = over_https.client.request(method, "/", headers={"x-said": "evil"})
        assert answer.status_code == 405
        assert "evil" not in answer.text

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "testserver.local.evil.example", "evil.example:443", "testserver.local@evil.example", "",
         "testserver.local,evil.example", "testserver.local/evil", "127.0.0.1", "testserver.local:x"],
    )  # fmt: skip
    def test_it_answers_only_to_the_address_of_the_settings(self, over_https: CheckingClient, host: str) -> None:
        answer = over_https.client.get("/", headers={"host": host})
        assert answer.status_code == 421
        assert "evil" not in answer.text
        assert found_in(answer) == []

    def test_it_believes_no_header_about_its_own_address(self, over_https: CheckingClient) -> None:
        lies = {
            **dict.fromkeys(("x-forwarded-host", "x-host", "x-original-host", "x-forwarded-server"), "evil.example"),
            **dict.fromkeys(("x-original-url", "x-rewrite-url", "x-forwarded-prefix"), "/evil"),
            **{"forwarded": "host=evil.example;proto=http", "x-forwarded-proto": "http"},
            "x-http-method-override": "DELETE",
        }
        client = over_https.client
        for address in ("/", over_https.survey(), "/sign-in", "/you-said", "/you-said/feed.xml", "/nothing", "/lead"):
            answer = client.get(address, headers=lies, follow_redirects=False)
            assert "evil" not in answer.text + str(answer.headers), address
        assert "http://testserver" not in client.get("/you-said", headers=lies).text

    def test_it_takes_no_form_of_another_site_from_anybody(self, over_https: CheckingClient) -> None:
        client = over_https.client
        forged = [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://testserver.local:81"},
            {"origin": "https://testserver.local.evil.example"},
        ]
        unsafe = [route for route in routes_of(client.app) if route.method not in ("GET", "HEAD")]
        assert len(unsafe) > 130
        for number, route in enumerate(unsafe):
            answer = client.request(
                route.method, route.address(over_https.survey()), headers=forged[number % len(forged)]
            )
            assert (answer.status_code, answer.text[:12]) == (403, "Another site"), route.name
        own = client.post("/display", data={"display": "colours.dark"}, headers={"origin": "https://testserver.local"})
        assert own.status_code == 200
