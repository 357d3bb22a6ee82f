"""Recording, drawing and taking a photo in a real browser, with a microphone that hums."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, async_playwright, expect

from surveys.tables import Answer
from tests.journeys.conftest import LOCALES, PATIENCE_MS
from tests.journeys.looking import Look
from tests.journeys.serving import Server, open_survey, running
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.surveys import with_files
from tests.surveys.with_files import heard, picture, sound
from voice.clock import now
from voice.first_start import begin_with
from voice.languages import LANGUAGES
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.files import FileFolder

Visit = Callable[..., Awaitable[Visitor]]

SAVED = "Your recording is saved. Nobody hears it until you send your answers."
WAITING = "There is no connection just now. This device keeps your recording. We save it when the connection is back."
_PARTS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("given-files", 1);
  opening.onsuccess = () => {
    const counting = opening.result.transaction("parts").objectStore("parts").count();
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
  };
})"""


async def _prepare(store: Store) -> None:
    today = now().date()

    async def unit() -> None:
        await begin_with(today=today)
        await open_survey(with_files.document(tuple(LANGUAGES)), "files", today)

    await store.write(unit)


@pytest.fixture(scope="module")
def files_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose second survey asks for a recording, a drawing and a photo."""
    with running("run", tmp_path_factory.mktemp("capturing"), _prepare) as opened:
        yield opened


@pytest.fixture(scope="module")
async def humming_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ],
        )
        yield opened
        await opened.close()


@pytest.fixture
async def visit_files(humming_browser: Browser, files_server: Server) -> AsyncIterator[Visit]:
    """Makes visitors at one question of the survey; their browsers must not complain."""
    visitors: list[Visitor] = []

    async def come(
        concept: str, language: str = "en", size: tuple[int, int] = PHONE, *, scripts: bool = True, **options: Any
    ) -> Visitor:
        context = await humming_browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES.get(language, language),
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        visitor = Visitor(context, await context.new_page(), files_server.address, language)
        visitors.append(visitor)
        await visitor.begin(f"/s/files?lang={language}")
        return await visitor.open(f"{visitor.draft}/q/{concept}")

    yield come
    for visitor in visitors:
        await visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def button(visitor: Visitor, name: str) -> Any:
    return visitor.page.locator(f'.capture-button[data-do="{name}"]')


async def record(visitor: Visitor, seconds: int, start: str = "record") -> None:
    """Records until the page says that so much was said, then presses Stop."""
    await button(visitor, start).click()
    await time_reaches(visitor, seconds)
    await button(visitor, "stop").click()


async def time_reaches(visitor: Visitor, seconds: int) -> None:
    """Waits until the page says that so much was recorded."""
    later = "|".join(str(each) for each in range(seconds, seconds + 20))
    await expect(visitor.page.locator(".recorder-time")).to_have_text(re.compile(f"^({later}) seconds?$"))


async def says(visitor: Visitor, text: str) -> None:
    await expect(visitor.page.locator(".capture-says")).to_have_text(text)


async def replayed(visitor: Visitor) -> bytes:
    answer = await visitor.context.request.get(f"{visitor.page.url.partition('?')[0]}/file")
    return await answer.body() if answer.ok else b""


def files_of(server: Server) -> int:
    return len([*FileFolder(server.data).all()])


async def sent_files(server: Server) -> list[Any]:
    store = await open_store(Settings(data=server.data))
    rows = await Answer.select(Answer.file).where(Answer.file.is_not_null())
    await store.close()
    return [row["file"] for row in rows]


class TestRecording:
    async def test_it_records_replays_redoes_and_sends(self, visit_files: Visit, files_server: Server) -> None:
        visitor = await visit_files("tell_us")
        before = files_of(files_server)
        await says(visitor, "Press “Record”. Then say what you want to say. You have 3 minutes.")
        await record(visitor, 1)
        await says(visitor, SAVED)
        assert 1 <= heard(await replayed(visitor)) <= 3
        await button(visitor, "play").click()
        await expect(button(visitor, "pause")).to_be_visible()
        await expect(button(visitor, "play")).to_be_visible()
        await record(visitor, 2, "again")
        await says(visitor, SAVED)
        assert 2 <= heard(await replayed(visitor)) <= 4
        assert await visitor.ask(_PARTS) == 0
        assert files_of(files_server) == before + 1, "the first one is gone"
        await visitor.go("continue")
        assert visitor.concept == "show_us"
        await visitor.open(f"{visitor.draft}/check")
        long = await visitor.ask(
            """async () => { const sound = document.querySelector("audio");
               if (sound.readyState < 1) await new Promise((done) => { sound.onloadedmetadata = done; sound.load(); });
               sound.currentTime = 1; await new Promise((done) => { sound.onseeked = done; });
               return [sound.duration, sound.currentTime]; }"""
        )
        assert 2 <= long[0] <= 4
        assert long[1] == pytest.approx(1, abs=0.2)
        sent = len(await sent_files(files_server))
        await visitor.press("Send my answers")
        assert await visitor.heading() == "Thank you. We have your answers."
        assert len(await sent_files(files_server)) == sent + 1

    async def test_a_page_killed_while_it_sends_is_taken_up_again_and_arrives_once(
        self, visit_files: Visit, files_server: Server
    ) -> None:
        visitor = await visit_files("tell_us")
        before = files_of(files_server)
        slow = await visitor.devtools()
        await slow.send("Network.enable")
        await slow.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500},
        )
        address = visitor.page.url
        async with visitor.page.expect_request(lambda request: request.method == "PUT"):
            await record(visitor, 3)
        await visitor.page.close()
        assert files_of(files_server) == before
        visitor.page = await visitor.context.new_page()
        await visitor.page.goto(address)
        await says(visitor, SAVED)
        assert heard(await replayed(visitor)) >= 2.5
        assert files_of(files_server) == before + 1
        await visitor.page.reload()
        await says(visitor, SAVED)
        assert files_of(files_server) == before + 1
        assert await visitor.ask(_PARTS) == 0

    async def test_a_page_killed_while_somebody_speaks_keeps_what_they_said(
        self, visit_files: Visit, files_server: Server
    ) -> None:
        visitor = await visit_files("tell_us")
        address = visitor.page.url
        await button(visitor, "record").click()
        await time_reaches(visitor, 4)
        await visitor.page.close()
        visitor.page = await visitor.context.new_page()
        await visitor.page.goto(address)
        await says(visitor, SAVED)
        assert heard(await replayed(visitor)) >= 2

    async def test_a_lost_connection_holds_the_page_until_it_is_back(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us")
        visitor.offline = True
        await visitor.context.set_offline(True)
        await record(visitor, 1)
        await says(visitor, WAITING)
        await visitor.page.locator('main button[name="go"][value="continue"]').click()
        await says(visitor, WAITING)
        assert visitor.concept == "tell_us"
        await visitor.context.set_offline(False)
        await visitor.page.wait_for_url("**/q/show_us")
        await visitor.go("back")
        assert 1 <= heard(await replayed(visitor)) <= 3

    async def test_going_on_while_recording_keeps_what_was_said(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us")
        await button(visitor, "record").click()
        await time_reaches(visitor, 1)
        await visitor.page.locator('main button[name="go"][value="continue"]').click()
        await visitor.page.wait_for_url("**/q/show_us")
        await visitor.go("back")
        assert heard(await replayed(visitor)) >= 1

    async def test_delete_takes_it_away(self, visit_files: Visit, files_server: Server) -> None:
        visitor = await visit_files("tell_us")
        before = files_of(files_server)
        await record(visitor, 1)
        await says(visitor, SAVED)
        async with visitor.page.expect_event("load"):
            await button(visitor, "remove").click()
        await expect(button(visitor, "record")).to_be_visible()
        assert files_of(files_server) == before

    async def test_without_a_microphone_a_file_can_be_chosen(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us")
        await visitor.ask(
            "() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no') } }"
        )
        await button(visitor, "record").click()
        await says(visitor, "We cannot use the microphone. You can choose a recording, or write.")
        chooser = visitor.page.locator("#first-field")
        await expect(chooser).to_be_focused()
        await chooser.set_input_files(FilePayload(name="letter.txt", mimeType="audio/webm", buffer=b"no sound"))
        await expect(visitor.page.locator(".capture-says")).to_contain_text("We cannot hear anything in this file.")
        await chooser.set_input_files(FilePayload(name="a.webm", mimeType="audio/webm", buffer=sound(2)))
        await says(visitor, SAVED)
        assert heard(await replayed(visitor)) == pytest.approx(2, abs=0.1)

    async def test_three_minutes_stop_by_themselves(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us")
        await visitor.page.clock.install()
        await visitor.page.reload()
        await button(visitor, "record").click()
        await expect(button(visitor, "stop")).to_be_visible()
        await visitor.page.clock.fast_forward(180_500)
        await expect(button(visitor, "play")).to_be_visible()
        await expect(visitor.page.locator(".recorder-time")).to_have_text("3 minutes")

    async def test_without_scripts_a_recording_goes_with_the_form(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us", scripts=False)
        await visitor.page.locator("#first-field").set_input_files(
            FilePayload(name="Anna.m4a", mimeType="audio/mp4", buffer=sound(2, codec="aac", container="mp4"))
        )
        await visitor.go("continue")
        assert visitor.concept == "show_us"
        await visitor.go("back")
        await expect(visitor.page.locator("audio")).to_be_visible()

    async def test_a_shared_device_keeps_nothing(self, visit_files: Visit) -> None:
        visitor = await visit_files("tell_us")
        await visitor.begin("/s/files", shared=True)
        await visitor.open(f"{visitor.draft}/q/tell_us")
        visitor.offline = True
        await visitor.context.set_offline(True)
        await record(visitor, 1)
        await says(visitor, WAITING)
        assert await visitor.ask("() => indexedDB.databases().then((all) => all.length)") in (0, 1)
        await visitor.context.set_offline(False)
        await says(visitor, SAVED)
        await visitor.page.reload()
        await expect(button(visitor, "record")).to_be_visible()
        assert await replayed(visitor) == b""


def dots(content: bytes, colour: tuple[int, int, int]) -> int:
    """How many dots of a picture have about this colour."""
    shown = Image.open(io.BytesIO(content)).convert("RGB")
    return sum(
        count
        for count, found in shown.getcolors(shown.width * shown.height) or []
        if max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 12  # type: ignore[arg-type, call-overload]
    )


RED, INK, BLUE = (200, 16, 46), (31, 36, 48), (10, 95, 180)
DRAWN = "Your drawing is saved. Nobody sees it until you send your answers."


async def draw(visitor: Visitor, *places: tuple[float, float]) -> None:
    """Moves a finger over the paper: places are parts of its width and height."""
    canvas = visitor.page.locator("#canvas")
    await canvas.scroll_into_view_if_needed()
    frame = await canvas.bounding_box()
    assert frame is not None
    mouse = visitor.page.mouse
    for number, (x, y) in enumerate(places):
        await mouse.move(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"], steps=8)
        if number == 0:
            await mouse.down()
    await mouse.up()


class TestDrawing:
    async def test_it_draws_takes_back_and_sends(self, visit_files: Visit) -> None:
        visitor = await visit_files("show_us", size=DESKTOP)
        await visitor.page.get_by_label("Red", exact=True).check()
        await draw(visitor, (0.2, 0.2), (0.8, 0.2))
        await says(visitor, DRAWN)
        red = dots(await replayed(visitor), RED)
        assert red > 5000
        await visitor.page.get_by_label("Blue", exact=True).check()
        await visitor.page.get_by_label("Thick line", exact=True).check()
        await draw(visitor, (0.2, 0.7), (0.8, 0.7))
        await visitor.page.reload()
        await button(visitor, "undo").click()
        await visitor.go("continue")
        await visitor.go("back")
        kept = await replayed(visitor)
        assert dots(kept, RED) == red
        assert dots(kept, BLUE) == 0

    async def test_it_can_be_done_with_keys_alone(self, visit_files: Visit) -> None:
        visitor = await visit_files("show_us")
        page = visitor.page
        await page.locator("#canvas").focus()
        await page.keyboard.press("2")
        await page.keyboard.press("Space")
        await says(visitor, "The pen is down. Arrow keys draw.")
        for _ in range(12):
            await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Space")
        for _ in range(12):
            await page.keyboard.press("Shift+ArrowDown")
        await page.locator('[name="tool-stamp"][value="heart"]').focus()
        await page.keyboard.press("Space")
        await page.locator("#canvas").focus()
        await page.keyboard.press("Enter")
        await says(visitor, DRAWN)
        first = await replayed(visitor)
        assert dots(first, RED) > 1000
        await page.keyboard.press("Backspace")
        await visitor.go("continue")
        await visitor.go("back")
        assert len(await replayed(visitor)) < len(first), "the heart was taken back"

    async def test_an_empty_paper_is_no_answer_and_can_be_taken_back(
        self, visit_files: Visit, files_server: Server
    ) -> None:
        visitor = await visit_files("show_us")
        before = files_of(files_server)
        await draw(visitor, (0.2, 0.2), (0.8, 0.8))
        await says(visitor, DRAWN)
        await button(visitor, "clear").click()
        await visitor.page.locator('main button[name="go"][value="continue"]').click()
        await expect(visitor.page.locator(".problem-summary")).to_contain_text("Draw a picture.")
        assert files_of(files_server) == before
        await button(visitor, "undo").click()
        await visitor.go("continue")
        assert visitor.concept == "look"
        assert files_of(files_server) == before + 1

    async def test_it_goes_on_from_what_the_server_has(self, visit_files: Visit) -> None:
        visitor = await visit_files("show_us")
        await draw(visitor, (0.2, 0.2), (0.8, 0.2))
        await says(visitor, DRAWN)
        ink = dots(await replayed(visitor), INK)
        await visitor.ask("() => sessionStorage.clear()")
        await visitor.page.reload()
        await visitor.page.get_by_label("Red", exact=True).check()
        await draw(visitor, (0.2, 0.6), (0.8, 0.6))
        await visitor.go("continue")
        await visitor.go("back")
        kept = await replayed(visitor)
        assert dots(kept, INK) == ink
        assert dots(kept, RED) > 5000


class TestPhotos:
    async def test_it_is_shown_made_smaller_and_sent(self, visit_files: Visit, files_server: Server) -> None:
        visitor = await visit_files("look")
        before = files_of(files_server)
        chooser = visitor.page.locator("#first-field")
        photo = picture(size=(3000, 1500))
        await chooser.set_input_files(FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=photo))
        await says(visitor, "Your photo is saved. Nobody sees it until you send your answers.")
        await expect(visitor.page.locator(".given canvas")).to_be_visible()
        kept = await replayed(visitor)
        assert Image.open(io.BytesIO(kept)).size == (2000, 1000)
        assert b"Anna" not in kept
        async with visitor.page.expect_response(lambda answer: answer.request.method == "PUT"):
            await chooser.set_input_files(FilePayload(name="IMG_2.jpg", mimeType="image/jpeg", buffer=picture()))
        await expect(visitor.page.locator(".given canvas")).to_have_attribute("width", "60")
        assert files_of(files_server) == before + 1
        await visitor.go("continue")
        await expect(visitor.page.locator("dd img")).to_be_visible()

    async def test_it_says_what_to_do_about_what_is_no_photo(self, visit_files: Visit) -> None:
        visitor = await visit_files("look")
        await visitor.page.locator("textarea").fill("My chair.")
        await visitor.page.locator("#first-field").set_input_files(
            FilePayload(name="a.svg", mimeType="image/svg+xml", buffer=b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        )
        await expect(visitor.page.locator(".capture-says")).to_contain_text("We cannot open this as a picture.")
        assert await visitor.page.locator("textarea").input_value() == "My chair."


class TestForEverybody:
    async def test_the_pages_are_accessible(self, visit_files: Visit) -> None:
        for language in ("en", "ur"):
            visitor = await visit_files("tell_us", language, DESKTOP, device_scale_factor=2)
            look = Look(visitor, answering=True, colours=("cream", "blue", "dark") if language == "en" else ())
            await look("nothing recorded")
            await record_in(visitor)
            await look("recorded")
            await visitor.go("continue")
            await draw(visitor, (0.2, 0.2), (0.8, 0.8))
            await visitor.page.locator("#canvas").focus()
            await visitor.page.keyboard.press("Space")
            await look("drawn")
            await visitor.go("continue")
            await visitor.page.locator("#first-field").set_input_files(
                FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=picture(size=(800, 400)))
            )
            await expect(visitor.page.locator(".given canvas")).to_be_visible()
            await look("photographed")
            await visitor.go("continue")
            await look("check")
            assert look.found == []


async def record_in(visitor: Visitor) -> None:
    """Records for a second, whatever the language."""
    await button(visitor, "record").click()
    await expect(visitor.page.locator(".recorder-time")).to_contain_text(re.compile("[1-9]"))
    await button(visitor, "stop").click()
    await expect(button(visitor, "play")).to_be_visible()
