"""Cards that are drawn, recorded and photographed: where it is agreed, and seen by nobody before they are shown."""

from __future__ import annotations

import io

from PIL import Image

from tests.pages import CheckingClient, Page
from tests.web.room.rooms import Room
from voice.capture.sessions.keys import board_key

AGREED = {"pictures_agreed": True, "consent_asked": "A letter home, and each of them said yes."}


def picture(colour: str = "red") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, "PNG")
    return made.getvalue()


def begin(client: CheckingClient, room: Room, page: Page, kind: str = "drawing") -> Page:
    return client.get(f"{page.path}/make/{kind}/{room.kind('board')}")


class TestMaking:
    def test_it_is_offered_only_where_people_agreed(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        assert not page.tree.css(".own-ways")
        client.get(f"{page.path}/make/photo/{room.kind('board')}", status=404)
        agreed = Room(client, **AGREED).start("board")
        page = agreed.come_in()
        assert len(page.tree.css(".own-ways a")) == 3
        for kind in ("drawing", "photo", "recording"):
            assert begin(client, agreed, page, kind).one(".capture")

    def test_a_drawing_goes_off_by_itself_and_is_seen_when_it_is_shown(self, client: CheckingClient) -> None:
        room = Room(client, **AGREED).start("board")
        mine = room.come_in()
        page = begin(client, room, mine)
        address = page.one(".capture").attributes["data-file-address"] or ""
        for colour in ("red", "blue"):
            assert client.client.put(address, content=picture(colour)).status_code == 200
        [card] = room.cards
        assert (card.form, card.media_type, card.column) == ("drawing", "image/png", "start")
        page = client.submit(client.get(page.path), {"go": "continue"}, text="My quiet place", column="stop")
        assert page.one("[data-own-cards] img")
        assert client.client.get(f"{mine.path}/files/{card.id}").status_code == 200
        shown = f"/board/{board_key(client.parts.secret, room.id)}/files/{card.id}"
        other = room.come_in()
        for refused in (shown, f"{other.path}/files/{card.id}"):
            client.get(refused, status=404)
        room.lead()
        assert client.client.get(f"{room.address}/files/{card.id}").headers["content-type"] == "image/png"
        room.step("show")
        assert f'src="{shown}"' in client.get(other.path).html
        assert client.client.get(shown).status_code == 200
        assert [each.text for each in room.cards] == ["My quiet place"]
        assert len(list((client.settings.data / "files" / "rooms").glob("??/*"))) == 1, "the first drawing is gone"

    def test_it_works_without_scripts_and_is_taken_back_with_its_file(self, client: CheckingClient) -> None:
        room = Room(client, **AGREED).start("board")
        page = begin(client, room, room.come_in(), "photo")
        fields = {**page.form(), "go": "continue", "column": "stop"}
        broken = client.post(page.action(), fields, files={"file": ("a.png", b"no picture")}, status=422)
        assert "We cannot open this as a picture." in broken.problem
        assert "Write a few words" in client.post(page.action(), fields, status=422).problem
        client.post(page.action(), fields, files={"file": ("a.png", picture())})
        assert [card.form for card in room.cards] == ["photo"]
        client.submit(client.get(page.path), {"go": "remove"})
        assert room.cards == []
        assert not list((client.settings.data / "files" / "rooms").glob("??/*"))
