"""The sheets for the meeting, when a space holds more than a sheet can."""

from __future__ import annotations

import pytest

from tests.pages import CheckingClient, Page
from tests.surveys.with_files import picture as a_picture
from tests.web.views.families import begin, choose, say
from voice.capture.views.tables import ViewFile
from voice.paper import writing
from voice.running.turns import Turns
from voice.web.limits import PER_MINUTE
from voice.web.views import sheets


def with_drawings(client: CheckingClient, many: int) -> str:
    """A space with so many drawings, all chosen for the meeting."""
    space = begin(client)
    for number in range(many):
        page = client.get(f"{space}/add/important?how=drawing")
        client.client.put(page.one(".capture").attributes["data-file-address"] or "", content=a_picture("PNG"))
        client.submit(page, {"go": "continue"}, text=f"drawing {number}")
    choose(client, space, *(f"drawing {number}" for number in range(many)))
    return space


class TestPictures:
    def test_a_sheet_has_the_first_and_says_where_the_others_are(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[writing.Task] = []

        async def written(document: writing.Document, format: writing.Format) -> bytes:
            made.append(writing.Task(document, format))
            return b"%PDF"

        monkeypatch.setattr(writing, "written", written)
        space = with_drawings(client, 2)
        bytes = client.unit(lambda: ViewFile.select(ViewFile.bytes).first().output(as_list=True))[0]
        for name, value in (("MOST_PICTURES", 1), ("MOST_BYTES", bytes * 3 // 2)):
            with monkeypatch.context() as patch:
                patch.setattr(sheets, name, value)
                assert client.client.get(f"{space}/sheet/review.pdf").content == b"%PDF"
            blocks = made.pop().document.blocks
            assert sum(isinstance(block, sheets.Picture) for block in blocks) == 1
            assert sum("There is a picture too" in str(block) for block in blocks) == 1


class TestTooMuch:
    def test_it_says_so_when_no_sheet_can_be_made(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fails(module: str, _sent: bytes) -> bytes:
            raise RuntimeError(module)

        space = begin(client)
        say(client, space, "like", "Cats")
        monkeypatch.setattr(writing, "in_another_process", fails)
        page = Page(client.client.get(f"{space}/sheet/review.pdf"))
        assert (page.status, page.h1) == (422, "This is too much for one sheet")

    def test_it_waits_for_its_turn_but_not_for_ever(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writing, "TURNS", Turns(at_once=0, seconds_to_wait=0.01))
        assert client.get(f"{begin(client)}/sheet/profile.docx", status=503).h1 == "We cannot save anything just now"

    def test_nobody_asks_for_them_without_end(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(PER_MINUTE, "taking_away", 1)
        address = f"{begin(client)}/sheet/profile.docx"
        assert [client.client.get(address).status_code for _ in range(2)] == [200, 429]
