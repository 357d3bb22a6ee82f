"""Hostile words through every form that there is, and then every page and file: nothing of them runs anywhere."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from itertools import count
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.attack.crawling import filled_in, forms_in, sent, walk
from tests.attack.sizes import size
from tests.pages import CheckingClient
from tests.surveys.exporting.test_cells import is_run
from tests.web.observatory import faults
from tests.web.test_headers import EMBEDDED, over_https  # noqa: F401 - a fixture
from voice.people.roles import Role
from voice.web.headers import headers_of_answers

PAGES = size(short=10, full=0)
"""Walked through as each role; 0 for all."""

TAG = "hostile-tag"
SUM = "{{191919*49}}${191919*49}#{191919*49}<%= 191919*49 %>%(191919)s{0.__class__}"
WORKED_OUT = "9404031"
CORPUS = (
    f"=cmd|' /C calc'!A0\"'><{TAG} onmouseover=alert(1)>{SUM}",
    f"@SUM(1)</textarea></title></script><{TAG}><script>alert(1)</script>",
    f'javascript:alert(1)//"><{TAG}><svg onload=alert(1)>',
    f"+1 &lt;{TAG}&gt; <!--><{TAG}><img src=x onerror=alert(1)> -->",
    f"-1;=1+1\r\nSet-Cookie: hostile=1\r\n\r\n<{TAG}>",
    f"\u202e\u2028\x00\ufeff\uff1d1'\"`><{TAG} style=x:expression(1) autofocus onfocus=alert(1)>",
    f"../../../../etc/passwd%00%2e%2e/<{TAG}>",
    f'https://hostile.example/"><{TAG}>',
)
_turn = count()


def hostile(name: str) -> str:
    return CORPUS[next(_turn) % len(CORPUS)]


def outcomes(answer: httpx.Response) -> Iterator[str]:
    """What of somebody's words would run in a browser or in a spreadsheet."""
    where = f"{answer.request.method} {answer.url.path}"
    if answer.status_code >= 500:
        yield f"{where}: {answer.status_code}"
    yield from (f"{where}: {each}" for each in faults(answer, framed=answer.url.path == EMBEDDED))
    if any("hostile" in name.lower() or "\n" in value for name, value in answer.headers.items()):
        yield f"{where}: a header of a stranger"
    if "hostile" in answer.headers.get("location", "") and not answer.headers["location"].startswith("/"):
        yield f"{where}: it leads to {answer.headers['location']}"
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        if LexborHTMLParser(answer.text).css(TAG):
            yield f"{where}: words became a part of the page"
        if WORKED_OUT in unquote(answer.text):
            yield f"{where}: words were worked out"
    elif kind.startswith("text/csv"):
        for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))):
            yield from (f"{where}: {cell!r} is run" for cell in row if is_run(cell) and not is_number(cell))
    elif "spreadsheetml" in kind:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        yield from (f"{where}: {cell.value!r} is run" for cell in cells if cell.data_type == "f")


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def begin_as(client: CheckingClient, role: Role) -> list[str]:
    client.client.cookies.clear()
    with contextlib.suppress(AssertionError):  # of a page that shows what looks like an unfilled word
        client.sign_in(role)
    account = client.client.get("/account")
    assert account.status_code == 200
    places = (a.attributes["href"] or "" for a in LexborHTMLParser(account.text).css("nav.places a"))
    return [*places, "/account", "/", "/you-said"]


@pytest.fixture(scope="module")
def told(over_https: CheckingClient) -> list[str]:  # noqa: F811
    """Hostile words were sent with every form: by those who answer, and in each role. What ran meanwhile."""
    client, found = over_https, list[str]()
    people = [client.survey(), "/tell-us", "/continue", "/class", "/join", "/what-happened", "/my-views", "/sign-in"]
    for role in (None, *Role):
        begin = people if role is None else begin_as(client, role)
        forms = 0
        for answer in walk(client, begin, most=PAGES, of_a_kind=1):
            found += outcomes(answer)
            for form in forms_in(answer) if answer.status_code == 200 else ():
                reply = sent(client, answer, form, filled_in(form, hostile))
                found += outcomes(reply)
                forms += 1
                if role is not None and client.client.get("/account").status_code == 401:
                    begin_as(client, role)
        assert forms, role
    return found


class TestTheLook:
    """What is looked for is found where it is."""

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            *(("text/html", page) for page in (f"<{TAG}>", "<script>x</script>", "<p onclick=x>", WORKED_OUT)),
            *(
                ("text/html", page)
                for page in ("<a href='javascript:x'>", "<img src='//evil.example/x'>", "<base href=x>")
            ),
            *(("text/csv", table) for table in ('a,"=1"', "a, @SUM(1)", "-1+1,a")),
        ],
    )
    def test_it_finds_what_runs(self, kind: str, content: str) -> None:
        said = {**headers_of_answers(secure=True), "content-type": f"{kind}; charset=utf-8"}
        request = httpx.Request("GET", "https://testserver.local/x")
        assert list(outcomes(httpx.Response(200, headers=said, text=content, request=request)))
        assert not list(outcomes(httpx.Response(200, headers=said, text="&lt;kind&gt;", request=request)))


class TestHostileWords:
    def test_nothing_of_them_runs_where_they_are_sent(self, told: list[str]) -> None:
        assert told == []

    @pytest.mark.parametrize("role", [Role.ANALYST, Role.LEAD, Role.OFFICER, Role.FACILITATOR, Role.SAFEGUARDING])
    @pytest.mark.usefixtures("told")
    def test_nor_on_any_page_and_in_any_file_afterwards(
        self,
        over_https: CheckingClient,  # noqa: F811
        role: Role,
    ) -> None:
        found: list[str] = []
        seen = ""
        for answer in walk(over_https, begin_as(over_https, role), most=PAGES):
            found += outcomes(answer)
            seen += answer.text if answer.headers.get("content-type", "").startswith("text") else ""
        assert found == []
        if role not in (Role.FACILITATOR, Role.SAFEGUARDING):
            assert TAG in seen, "the words stand somewhere, as words"
