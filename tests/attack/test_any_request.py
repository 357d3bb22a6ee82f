"""Whatever is asked of any page, by whom, and in whatever form: no answer says that something went wrong with us."""

from __future__ import annotations

import re
import string
from urllib.parse import quote, urlencode

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.attack.conftest import Tell
from tests.attack.crawling import links_in, walk
from tests.attack.sizes import size
from tests.house.test_routes import Route, routes_of
from tests.pages import CheckingClient
from voice.people.roles import Role

CASES = size(short=125, full=25_000)
"""On each database: PostgreSQL refuses other values than SQLite does."""
LOOKED_AT = size(short=12, full=0)
"""Pages that each role looks at, for what addresses can name; 0 for all."""

NASTY = (
    "",
    "0",
    "-1",
    "99999999999999999999",
    "none",
    "\x00",
    "../../etc/passwd",
    "..%2f..%2fsecret.key",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
    "é" * 300,
    "😀",
    "\u202e\u200f",
    "2026-02-30",
    "9999-12-31",
    "00000000-0000-4000-8000-000000000000",
    "a" * 5000,
)
FIELD_NAMES = (
    "go",
    "from",
    "title",
    "email",
    "role",
    "language",
    "key",
    "answer",
    "text",
    "id",
    "round",
    "version",
    "q",
)
HEADERS = (
    "Accept-Language",
    "Accept-Encoding",
    "Cookie",
    "Range",
    "If-None-Match",
    "Origin",
    "X-Forwarded-For",
    "Referer",
)

PLACES_OF_STAFF = ("/work/surveys", "/work/quotes", "/work/builder", "/work/themes", "/lead", "/manage/people")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class World:
    """The routes there are, and by name or type what their addresses can name."""

    def __init__(self, routes: list[Route], known: dict[str, list[str]]) -> None:
        self.routes = routes
        self.known = known


@st.composite
def requests(draw: st.DrawFn, world: World) -> dict[str, object]:
    """A request for one of the routes: its address filled with what is there, or with anything."""
    route = world.routes[draw(st.integers(0, len(world.routes) - 1))]
    known = world.known
    anything = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))

    def filled(match: re.Match[str]) -> str:
        name, kind = match.group(1), match.group(2)
        pool = known.get(name) or known.get(kind) or []
        value = draw(st.sampled_from(pool)) if pool and draw(st.integers(0, 3)) else draw(anything)
        return quote(value, safe="") or "x"

    path = re.sub(r"{(\w+):(\w+)}", filled, route.path)
    query = draw(st.dictionaries(st.sampled_from(("lang", *FIELD_NAMES)), anything, max_size=2))
    method = draw(st.sampled_from((route.method, route.method, route.method, "GET", "POST", "PUT", "DELETE", "HEAD")))
    names = st.one_of(st.sampled_from(FIELD_NAMES), st.text(string.ascii_lowercase, min_size=1, max_size=8))
    fields = draw(st.dictionaries(names, anything, max_size=5))
    header_values = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
    return {
        "method": method,
        "url": path + ("?" + urlencode(query, errors="surrogatepass") if query else ""),
        "body": draw(st.sampled_from(("form", "form", "form", "multipart", "json", "bytes"))),
        "fields": fields,
        "raw": draw(st.binary(max_size=60)),
        "headers": draw(st.dictionaries(st.sampled_from(HEADERS), header_values, max_size=2)),
        "role": draw(st.sampled_from((None, *Role))),
        "name": route.name,
    }


def known_values(client: CheckingClient, link: str, routes: list[Route]) -> dict[str, list[str]]:
    """What addresses can name, by the name and by the type of the parameter: a survey, a draft of its answers, its
    questions, and all that the pages of each role lead to."""
    first = client.begin(link)
    found: dict[str, set[str]] = {
        "link": {link.removeprefix("/s/")},
        "key": {first.path.split("/")[3]},
        "concept": {"kept_up_to_date", "went_well"},
        "code": {"ur", "pl"},
        "language": {"en", "ur"},
        "term": {"2026-autumn"},
    }
    forms = [(route.path, re.compile(re.sub(r"{(\w+):\w+}", r"(?P<\1>[^/]+)", route.path))) for route in routes]
    for role in Role:
        client.client.cookies.clear()
        client.sign_in(role)
        for page in walk(client, [client.get("/account").path, *PLACES_OF_STAFF], most=LOOKED_AT):
            for address in (page.url.path, *links_in(page)):
                for path, form in forms:
                    if "{" in path and (named := form.fullmatch(address.partition("?")[0])):
                        for name, value in named.groupdict().items():
                            found.setdefault(name, set()).add(value)
    ids = {value for values in found.values() for value in values if UUID.fullmatch(value)}
    return {**{name: sorted(values)[:20] for name, values in found.items()}, "uuid": sorted(ids)[:20] or ["0"]}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
class TestAnyRequest:
    def test_no_answer_is_a_fault_of_ours(self, client: CheckingClient, link: str, tell: Tell) -> None:
        routes = [route for route in routes_of(client.client.app) if not route.path.startswith("/static")]
        known = known_values(client, link, routes)
        cookies = self.cookies(client)
        asked = 0

        @hypothesis.settings(
            max_examples=CASES,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.generate],
        )
        @hypothesis.given(requests(World(routes, known)))
        def ask(request: dict[str, object]) -> None:
            nonlocal asked
            asked += 1
            status = self.status(client, request, cookies)
            assert status < 500, (status, request)

        ask()
        where = client.parts.store.dialect
        tell(f"any request of any route ({where}), {CASES:,} cases", f"{asked:,} asked, no answer of 500 or more")

    @staticmethod
    def cookies(client: CheckingClient) -> dict[Role | None, dict[str, str]]:
        found: dict[Role | None, dict[str, str]] = {None: {}}
        for role in Role:
            client.client.cookies.clear()
            client.sign_in(role)
            client.get("/account")
            found[role] = dict(client.client.cookies)
        return found

    @staticmethod
    def status(client: CheckingClient, request: dict[str, object], cookies: dict[Role | None, dict[str, str]]) -> int:
        client.client.cookies.clear()
        own = cookies[request["role"]]  # type: ignore[index]
        for name, value in own.items():
            client.client.cookies.set(name, value)
        fields = {**request["fields"], "_csrf_token": own.get("csrf", "")}  # type: ignore[dict-item]
        encodable = {
            name.encode(errors="replace").decode(): str(value).encode(errors="replace").decode()
            for name, value in fields.items()
        }
        body: dict[str, object] = {
            "form": {"data": encodable},
            "multipart": {"data": encodable, "files": {"file": ("a.csv", request["raw"], "text/csv")}},
            "json": {"json": encodable},
            "bytes": {"content": request["raw"], "headers": {"content-type": "text/csv"}},
        }[str(request["body"])]
        if request["method"] in ("GET", "HEAD", "DELETE"):
            body = {}
        headers = {**request["headers"], **body.pop("headers", {})}  # type: ignore[dict-item]
        answer = client.client.request(
            str(request["method"]),
            str(request["url"]),
            headers=headers,
            follow_redirects=False,
            **body,  # type: ignore[arg-type]
        )
        return int(answer.status_code)
