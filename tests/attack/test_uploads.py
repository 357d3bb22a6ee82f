"""Every way in which a file comes in is tried with files that mean harm: each is made harmless or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from surveys.importing.sheet import Limits, SheetProblem
from surveys.importing.workbook import check_archive
from tests.attack import hostile_files as hostile
from tests.attack.crawling import filled_in
from tests.attack.sizes import size
from tests.pages import CheckingClient, Page
from tests.surveys import with_files
from tests.web.observatory import faults
from tests.web.test_headers import over_https  # noqa: F401 - a fixture
from voice.capture.drop_box.documents import words_of_word
from voice.capture.drop_box.pieces import DropBoxProblem
from voice.capture.sessions.reading_notes import NotesProblem, _from_word
from voice.people.roles import Role
from voice.web import headers

FILES_A_PLACE = size(short=1, full=1000)
"""At full size all that there are."""
MOST_MEMORY = 600_000
"""Kilobytes that this process may grow by meanwhile; what it makes here and sends is a part of that."""

Kind = tuple[tuple[str, Callable[[], bytes]], ...]
PEAK = "peak"
PLACES: dict[str, tuple[Role, Kind]] = {
    "/work/import": (Role.ANALYST, hostile.TABLES),
    "/work/population": (Role.ANALYST, hostile.TABLES),
    "/work/registers": (Role.OFFICER, hostile.TABLES),
    "/work/contacts": (Role.OFFICER, hostile.TABLES),
    "/work/reviews/register": (Role.OFFICER, hostile.TABLES),
    "/work/sessions/notes": (Role.FACILITATOR, hostile.TABLES + hostile.PICTURES),
    "/work/exchange": (Role.OFFICER, hostile.TABLES + hostile.CATALOGS),
    "/work/themes/frame/draft": (Role.ANALYST, hostile.TABLES),
    "/work/drop-box": (Role.OFFICER, hostile.DOCUMENTS + hostile.TABLES),
    "/work/bank/felt_listened_to/files": (Role.OFFICER, hostile.PICTURES + hostile.SOUNDS),
    "/work/translating/pl/import": (Role.TRANSLATOR, hostile.CATALOGS + hostile.TABLES),
}
"""The pages of staff on which a file can be chosen, and what is tried there."""


def forms_for_files(page: Page) -> list[LexborNode]:
    return [form for form in page.tree.css("main form") if form.css_first('input[type="file"]')]


@cache
def made(make: Callable[[], bytes]) -> bytes:
    return make()


def memory(what: str) -> int:
    """Kilobytes of this process: ``VmRSS`` now, ``VmHWM`` at most since :func:`memory_again`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def memory_again() -> int:
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def everything_kept(data: Path) -> Iterator[Path]:
    return (path for path in (data / "files").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def sent(over_https: CheckingClient) -> list[tuple[str, str, int]]:  # noqa: F811
    """What was sent where, and how it was answered."""
    client, answered = over_https, list[tuple[str, str, int]]()
    names = cycle(hostile.NAMES)
    turn = 0
    before = memory_again()
    for place, (role, files) in PLACES.items():
        client.client.cookies.clear()
        client.sign_in(role)
        if place.endswith("/draft"):
            begin = client.get("/work/themes/frame")
            client.client.post("/work/themes/frame/begin", data=begin.form("main form"))
        for form in forms_for_files(client.get(place)):
            field = form.css_first('input[type="file"]')
            assert field is not None
            several = list(islice(cycle(files), turn, turn + min(FILES_A_PLACE, len(files))))
            turn += len(several)
            for ending, make in several:
                name = next(names).format(ending)
                answer = client.client.post(
                    form.attributes.get("action") or place,
                    data=filled_in(form, lambda _: "words"),
                    files={field.attributes["name"] or "": (name, made(make), "image/png")},
                )
                answered.append((place, make.__name__, answer.status_code))
                assert faults(answer) == [], f"{make.__name__} at {place}"
                assert b"root:x:" not in answer.content
    return [*answered, ("", PEAK, memory("VmHWM") - before)]


class TestFilesFromStaff:
    def test_no_archive_of_thousands_of_files_is_opened(self) -> None:
        with pytest.raises(SheetProblem, match="too_large"):
            check_archive(hostile.archive_of_many(), Limits())
        with pytest.raises(DropBoxProblem, match="too_big"):
            words_of_word(hostile.archive_of_many())
        with pytest.raises(NotesProblem, match="too_large"):
            list(_from_word(hostile.archive_of_many()))

    def test_each_is_answered_and_none_breaks_anything(self, sent: list[tuple[str, str, int]]) -> None:
        sent = [each for each in sent if each[1] != PEAK]
        assert {place for place, _, _ in sent} == set(PLACES), "a page for files has no form for them any more"
        assert [each for each in sent if each[2] >= 500 or each[2] in (401, 403, 404, 405)] == []
        assert {status for _, _, status in sent} >= {422}

    def test_none_is_unpacked_in_memory(self, sent: list[tuple[str, str, int]]) -> None:
        grown = [size for place, name, size in sent if name == PEAK]
        assert grown[0] < MOST_MEMORY

    def test_nothing_is_kept_that_a_browser_could_run(
        self,
        sent: list[tuple[str, str, int]],
        over_https: CheckingClient,  # noqa: F811
    ) -> None:
        assert sent
        for path in everything_kept(over_https.settings.data):
            assert b"hostile" not in path.read_bytes(), path
            assert "hostile" not in path.name
        assert not list(Path("/tmp").glob("hostile*"))
        assert not list(over_https.settings.data.parent.rglob("*hostile*"))


class TestFilesOfThoseWhoAnswer:
    def test_what_is_kept_is_drawn_anew_and_served_as_nobodys_page(
        self,
        over_https: CheckingClient,  # noqa: F811
    ) -> None:
        client = over_https
        client.client.cookies.clear()
        page = client.begin(client.open_survey(with_files.document(("en",)), "with-files"))
        draft = page.path.partition("/q/")[0]
        kept = 0
        for ending, make in islice(hostile.PICTURES, 2 * FILES_A_PLACE):
            name = hostile.NAMES[kept].format(ending)
            given = {"file": (name, make(), "text/html")}
            answer = client.client.post(f"{draft}/q/look/with-file", data={"go": "stay"}, files=given)
            assert answer.status_code in (200, 422), make.__name__
            back = client.client.get(f"{draft}/q/look/file")
            if back.status_code == 404:
                continue
            kept += 1
            assert b"hostile" not in back.content, make.__name__
            assert back.headers["content-type"] in ("image/png", "image/jpeg")
            assert back.headers["content-security-policy"] == headers.FILE
            assert back.headers["content-disposition"] in (
                'inline; filename="answer.png"',
                'inline; filename="answer.jpg"',
            )
            assert faults(back) == []
        assert kept, "a picture with something behind it is drawn anew"
