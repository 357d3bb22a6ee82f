"""A tablet without a connection shows the pictures of a question, reads it out and plays its film."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Iterator

import msgspec
import pytest
from PIL import Image
from playwright.async_api import expect

from surveys.document import Option, Question
from surveys.tables import StoredFile
from tests.journeys.conftest import Visit
from tests.journeys.serving import Server, open_survey, running
from tests.surveys import with_files
from voice.storage import Store
from voice.storage.files import QUESTIONS, FileFolder

TABLET = (1024, 768)
LANGUAGES = ("en", "ur")
PLAYED = """
async (selector) => {
  const player = document.querySelector(selector);
  player.muted = true;
  await player.play();
  player.pause();
  const piece = await fetch(player.getAttribute("src"), { headers: { Range: "bytes=10-19" } });
  return [piece.status, piece.headers.get("Content-Range").split("/")[0], (await piece.arrayBuffer()).byteLength];
}
"""


async def _put(store: Store, folder: FileFolder, media_type: str, content: bytes) -> str:
    id = uuid.uuid4()
    arrived = folder.place_to_arrive()
    arrived.write_bytes(content)
    folder.keep(arrived, id)
    row = StoredFile(id=id, media_type=media_type, bytes=len(content), seconds=None)
    await store.write(lambda: StoredFile.insert(row).run())
    return str(id)


async def _ask(store: Store, folder: FileFolder) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), "gold").save(drawn, "PNG")
    picture = await _put(store, folder, "image/png", drawn.getvalue())
    option = await _put(store, folder, "image/png", drawn.getvalue())
    sound = await _put(store, folder, "audio/webm", with_files.sound(1))
    film = with_files.film(1, with_sound=False, codec="libvpx", container="webm")
    bsl = await _put(store, folder, "video/webm", film)

    def say(english: str) -> dict[str, str]:
        return dict.fromkeys(LANGUAGES, english)

    question = Question(
        "liked",
        "single_choice",
        "sun",
        say("What did you like?"),
        say("Choose one."),
        options=(Option("park", "sun", say("Park"), option), Option("shop", "sun", say("Shop"))),
        picture=picture,
        audio={"ur": sound},
        bsl=bsl,
    )
    document = msgspec.structs.replace(with_files.document(LANGUAGES), questions=(question,))
    await store.write(lambda: open_survey(document, "shown", dt.date(2026, 9, 1)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that asks one question, which has pictures, a recording and a film."""
    folder = tmp_path_factory.mktemp("offline_pictures")
    with running("run", folder, lambda store: _ask(store, FileFolder(folder / "data", QUESTIONS))) as opened:
        yield opened


class TestWithoutAConnection:
    async def test_it_shows_the_pictures_and_plays_the_recording_and_the_film(
        self, visit: Visit, server: Server
    ) -> None:
        visitor = await visit("ur", TABLET)
        await visitor.open("/offline/shown?lang=ur")
        page = visitor.page
        await expect(page.locator("#ready")).to_have_attribute("data-ready", "yes", timeout=30_000)
        kept = (
            "async () => (await (await caches.open('offline shown')).keys()).filter((each) => /asked/.test(each.url))"
        )
        while await page.evaluate(f"async () => (await ({kept})()).length") < 4:
            await page.wait_for_timeout(100)
        visitor.offline = True
        await visitor.context.set_offline(True)
        await page.locator("#begin button.button").click()
        shown = page.locator('form.question img[src^="/asked/"]')
        await expect(shown).to_have_count(2)
        for place in range(2):
            await expect(shown.nth(place)).to_have_js_property("naturalWidth", 30)
        assert await page.evaluate(PLAYED, "form.question audio") == [206, "bytes 10-19", 10]
        folded = page.locator("form.question details:has(video)")
        await expect(folded.locator("video")).to_be_hidden()
        await folded.locator("summary").click()
        await expect(folded.locator("video")).to_be_visible()
        assert await page.evaluate(PLAYED, "form.question video") == [206, "bytes 10-19", 10]
