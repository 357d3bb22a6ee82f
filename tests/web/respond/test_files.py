"""Recordings, drawings and photos as answers: sent in, replayed, replaced, taken away, and sent."""

from __future__ import annotations

import datetime as dt
import shutil
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from surveys import stored_files
from surveys.publishing import open_round, publish
from surveys.tables import Answer, StoredFile
from tests.capture.test_pictures import SVG, bomb
from tests.conftest import Clock
from tests.pages import BACK, CONTINUE, SKIP, CheckingClient, Page, draft_of
from tests.surveys import with_files
from tests.surveys.with_files import heard, picture, sound
from voice.capture import arriving
from voice.capture.arriving import remove_unused
from voice.languages import LANGUAGES
from voice.running.tidying import keep_tidy
from voice.running.turns import Turns
from voice.storage import StoreUnavailable
from voice.storage.files import AN_HOUR, FileFolder
from voice.web.limits import PER_MINUTE
from voice.web.stored_files import wanted

REMOVE = {"go": "remove"}
FORM = "#page-form"
TONE = sound(2)


@pytest.fixture
def survey(client: CheckingClient) -> str:
    """The address of the survey that asks for a recording, a drawing and a photo."""

    async def opened() -> None:
        version = await publish(with_files.document(tuple(LANGUAGES)), today=client.parts.today)
        await open_round(
            version, term="2026-autumn", identity_mode="anonymous", link="files", opens_on=None, closes_on=None
        )

    client.unit(opened)
    return "/s/files"


def folder(client: CheckingClient) -> FileFolder:
    return FileFolder(client.settings.data)


def on_disk(client: CheckingClient) -> list[uuid.UUID]:
    return [*folder(client).all()]


def known(client: CheckingClient) -> set[uuid.UUID]:
    async def ids() -> set[uuid.UUID]:
        return {row["id"] for row in await StoredFile.select(StoredFile.id)}

    found: set[uuid.UUID] = client.run(ids)
    return found


def put(client: CheckingClient, page: Page, content: bytes) -> httpx.Response:
    """What ``deliver.js`` does."""
    return client.client.put(page.one(".capture").attributes["data-file-address"] or "", content=content)


def with_form(
    client: CheckingClient,
    page: Page,
    content: bytes,
    *,
    status: int = 200,
    button: dict[str, str] = CONTINUE,
    **typed: str,
) -> Page:
    """What a browser without scripts does when a file was chosen."""
    fields = {**page.form(FORM), **typed, **button}
    return client.post(page.action(FORM), fields, files={"file": ("Anna at home.webm", content)}, status=status)


def replay(client: CheckingClient, page: Page, **headers: str) -> httpx.Response:
    return client.client.get(f"{page.path.removesuffix('/with-file')}/file", headers=headers)


class TestSendingAFileIn:
    def test_it_is_the_answer_at_once(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        answer = put(client, page, TONE)
        assert (answer.status_code, answer.json()) == (200, {"seconds": 2})
        again = client.get(page.path)
        assert again.one("audio").attributes["src"].startswith(f"{page.path}/file?v=")  # type: ignore[union-attr]
        replayed = replay(client, page)
        assert replayed.headers["content-type"] == "audio/webm"
        assert heard(replayed.content) == pytest.approx(2, abs=0.1)
        assert len(on_disk(client)) == 1
        assert {*on_disk(client)} == known(client)

    def test_it_takes_the_place_of_the_one_before(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        first = on_disk(client)
        put(client, page, sound(1))
        assert len(on_disk(client)) == 1
        assert on_disk(client) != first
        assert {*on_disk(client)} == known(client)
        assert heard(replay(client, page).content) == pytest.approx(1, abs=0.1)

    def test_sent_twice_it_is_there_once(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        for _ in range(3):
            assert put(client, page, TONE).status_code == 200
        assert len(on_disk(client)) == len(known(client)) == 1

    def test_it_goes_with_the_form_where_there_is_no_script(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        following = with_form(client, page, TONE, text="It was sunny.")
        assert following.h1 == "Draw your best place"
        back = client.get(page.path)
        assert back.written == "It was sunny."
        assert back.tree.css("audio")
        assert len(on_disk(client)) == 1

    def test_words_alone_are_an_answer_too(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "look")
        head = 'Content-Disposition: form-data; name="'
        parts = [f'{head}file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n']
        parts += [f'{head}text"\r\n\r\nMy ear defenders.', f'{head}go"\r\n\r\ncontinue']
        body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"  # no file was chosen
        headers = {"content-type": "multipart/form-data; boundary=b"}
        check = client.post(page.action(FORM), status=200, content=body, headers=headers)
        assert "My ear defenders." in check.text
        assert on_disk(client) == []

    def test_it_keeps_the_words_that_were_given_before(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        client.submit(page, CONTINUE, form=FORM, text="It was sunny.")
        put(client, page, TONE)
        again = client.get(page.path)
        assert again.written == "It was sunny."
        assert client.submit(again, CONTINUE, form=FORM).h1 == "Draw your best place"
        assert len(on_disk(client)) == 1

    @pytest.mark.parametrize("concept", ["show_us", "look"])
    def test_a_picture_is_shown_again(self, client: CheckingClient, survey: str, concept: str) -> None:
        page = client.begin_at(survey, concept)
        assert put(client, page, picture("PNG")).json() == {"seconds": None}
        shown = client.get(page.path).one(".given img").attributes
        assert shown["alt"]
        assert client.client.get(shown["src"] or "").headers["content-type"] == "image/png"

    @pytest.mark.parametrize(("concept", "status"), [("nothing", 404), ("tell_us", 200)])
    def test_it_takes_files_for_questions_that_ask_for_one(
        self, client: CheckingClient, survey: str, concept: str, status: int
    ) -> None:
        draft = draft_of(client.begin(survey))
        assert client.client.put(f"{draft}/q/{concept}/file", content=TONE).status_code == status

    def test_it_takes_no_file_for_a_choice(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        assert client.client.put(f"{page.path}/file", content=TONE).status_code == 404
        client.post(f"{page.path}/with-file", {"go": "continue"}, files={"file": ("x", TONE)}, status=404)
        assert on_disk(client) == []

    def test_it_takes_no_file_that_somebody_else_gave(self, client: CheckingClient, survey: str) -> None:
        put(client, client.begin_at(survey, "tell_us"), TONE)
        (theirs,) = known(client)
        page = client.begin_at(survey, "tell_us")
        for address in (page.path, page.action(FORM)):
            refused = client.post(address, {"go": "continue", "file": str(theirs)}, status=422)
            assert refused.problem == "Record what you want to say. You can also write it, or choose Skip."
        assert replay(client, page).status_code == 404


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestADiskThatIsNearlyFull:
    async def test_files_leave_room_for_words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a picture"

        free = shutil.disk_usage(tmp_path)._replace(free=arriving.KEPT_FREE - 1)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
        with pytest.raises(StoreUnavailable):
            await arriving.take_in(pieces(), "photo", FileFolder(tmp_path))
        assert everything_in(tmp_path) == []


class TestFilesThatCannotBeKept:
    @pytest.mark.parametrize(
        ("concept", "content", "problem"),
        [
            ("tell_us", b"This is a letter.", "We cannot hear anything in this file."),
            ("tell_us", picture(), "We cannot hear anything in this file."),
            ("tell_us", SVG, "We cannot hear anything in this file."),
            ("tell_us", TONE[:300], "We cannot hear anything in this file."),
            ("tell_us", sound(200), "This is too long for us. You can record up to 3 minutes."),
            ("tell_us", bytes(15_000_001), "This file is too big for us."),
            ("look", b"This is a letter.", "We cannot open this as a picture."),
            ("look", SVG, "We cannot open this as a picture."),
            ("look", TONE, "We cannot open this as a picture."),
            ("look", bomb(60_000), "This picture is too big to open."),
            ("look", bomb(500), "Only a part of this picture is here."),
            ("show_us", SVG, "We cannot open this as a picture."),
            ("show_us", b"<html><script>alert(1)</script>", "We cannot open this as a picture."),
            ("show_us", bytes(12_000_001), "This file is too big for us."),
        ],
        ids=lambda value: None if isinstance(value, bytes) else str(value).split()[-1],
    )
    def test_it_says_what_to_do_and_keeps_all_that_was_given_before(
        self, client: CheckingClient, survey: str, concept: str, content: bytes, problem: str
    ) -> None:
        page = client.begin_at(survey, concept)
        good = TONE if concept == "tell_us" else picture()
        put(client, page, good)
        before = on_disk(client)
        answer = put(client, page, content)
        assert answer.status_code == 422
        assert answer.json()["words"].startswith(problem)
        refused = with_form(client, page, content, status=422, text="Some words.")
        assert refused.problem.startswith(problem)
        assert refused.problem_field.attributes["type"] == "file"
        assert refused.written == "Some words."
        assert refused.tree.css(".given")
        assert on_disk(client) == before
        assert client.submit(refused, CONTINUE, form=FORM).status == 200
        assert on_disk(client) == before

    def test_it_says_when_there_is_nothing_in_a_file(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        assert put(client, page, b"").json()["problem"] == "file_empty"

    def test_it_says_so_in_the_readers_language(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us", language="pl")
        assert put(client, page, b"x").json()["problem"] == "not_a_recording"
        assert client.post(page.action(FORM), {"go": "continue"}, status=422).language == "pl"

    @pytest.mark.parametrize(
        ("concept", "problem"),
        [
            ("tell_us", "Record what you want to say. You can also write it, or choose Skip."),
            ("show_us", "Draw a picture. You can also write, or choose Skip."),
            ("look", "Choose a photo. You can also write, or choose Skip."),
        ],
    )
    def test_it_says_what_to_do_about_an_empty_page(
        self, client: CheckingClient, survey: str, concept: str, problem: str
    ) -> None:
        page = client.begin_at(survey, concept)
        assert client.submit(page, CONTINUE, form=FORM, status=422).problem == problem
        assert client.submit(page, BACK, form=FORM).status == 200, "who goes elsewhere is asked for nothing"

    def test_it_asks_which_when_there_is_a_file_and_rather_not_say(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        refused = client.submit(page, CONTINUE, form=FORM, answer="rather_not_say", status=422)
        assert refused.problem.startswith("You gave an answer and also chose")
        assert refused.tree.css("audio"), "it can be heard, and taken away"
        assert len(on_disk(client)) == 1

    def test_one_address_keeps_nobody_else_waiting(
        self, client: CheckingClient, survey: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PER_MINUTE, "files", 2)
        page = client.begin_at(survey, "show_us")
        assert put(client, page, picture()).status_code == 200
        with_form(client, page, picture())
        assert put(client, page, picture()).status_code == 429
        with_form(client, page, picture(), status=429)
        assert client.submit(page, CONTINUE, form=FORM).status == 200, "what is no file goes on"

    def test_who_cannot_get_a_turn_is_told_to_send_it_again(
        self, client: CheckingClient, survey: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(arriving, "_TURNS", Turns(at_once=0, seconds_to_wait=0.01))
        assert put(client, client.begin_at(survey, "show_us"), picture()).status_code == 503
        assert not on_disk(client)

    def test_a_file_is_too_big_for_the_wire(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        assert put(client, page, bytes(61_000_000)).status_code == 413
        assert on_disk(client) == []


class TestTakingAFileAway:
    def test_it_can_be_deleted_and_the_words_stay(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        after = client.submit(client.get(page.path), REMOVE, form=FORM, text="I say it in words.")
        assert after.h1 == "Tell us about a good day"
        assert after.written == "I say it in words."
        assert not after.tree.css("audio")
        assert (on_disk(client), known(client)) == ([], set())
        assert replay(client, page).status_code == 404

    def test_to_skip_takes_it_away(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        client.submit(page, SKIP, form=FORM)
        assert (on_disk(client), known(client)) == ([], set())

    def test_an_empty_paper_takes_the_drawing_away(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "show_us")
        put(client, page, picture("PNG"))
        assert client.submit(page, CONTINUE, form=FORM, empty_paper="yes", status=422).problem.startswith("Draw")
        assert (on_disk(client), known(client)) == ([], set())

    def test_to_go_elsewhere_keeps_it(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        for button in (BACK, {"go": "later"}, {"language": "ur"}, {"display": "size.2"}):
            client.submit(page, button, form=FORM)
        assert len(on_disk(client)) == 1
        assert client.get(page.path).tree.css("audio")


class TestReplaying:
    @pytest.mark.parametrize(
        ("asked", "status", "part"),
        [
            ("", 200, slice(None)),
            ("bytes=0-", 206, slice(None)),
            ("bytes=0-1", 206, slice(0, 2)),
            ("bytes=100-199", 206, slice(100, 200)),
            ("bytes=-100", 206, slice(-100, None)),
            ("bytes=100-99999999", 206, slice(100, None)),
            ("bytes=99999999-", 416, slice(0, 0)),
            ("bytes=-0", 416, slice(0, 0)),
        ],
    )
    def test_it_sends_the_part_that_a_player_asks_for(
        self, client: CheckingClient, survey: str, asked: str, status: int, part: slice
    ) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        whole = replay(client, page).content
        answer = replay(client, page, **({"range": asked} if asked else {}))
        assert (answer.status_code, answer.content) == (status, whole[part])
        if status == 206:
            start = part.indices(len(whole))[0]
            assert answer.headers["content-range"] == f"bytes {start}-{start + len(answer.content) - 1}/{len(whole)}"

    @pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=5-2"])
    def test_it_makes_sense_of_strange_wishes(self, asked: str) -> None:
        assert wanted(asked, 10) == (None if asked == "bytes=5-2" else (0, 9))

    @pytest.mark.parametrize("digits", ["9" * 19, "0" * 5000, "٣"])
    def test_numbers_without_end_ask_for_the_whole(self, digits: str) -> None:
        for asked in (f"bytes={digits}-", f"bytes=-{digits}", f"bytes=0-{digits}"):
            assert wanted(asked, 10) == (0, 9)

    def test_nobody_keeps_a_copy_and_nothing_in_it_can_run(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        headers = replay(client, page).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert headers["content-disposition"] == 'inline; filename="answer.webm"'
        assert headers["accept-ranges"] == "bytes"
        assert "last-modified" not in headers

    def test_a_shared_device_does_not_replay_it(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us", shared_device="yes")
        assert put(client, page, TONE).status_code == 200
        again = client.get(page.path)
        assert not again.tree.css("audio")
        assert "You answered this before." in again.text
        assert replay(client, page).status_code == 404
        assert client.submit(again, CONTINUE, form=FORM).h1 == "Draw your best place", "an empty page: as it was"
        assert len(on_disk(client)) == 1
        assert "Answered. We hide it on this device." in client.get(f"{draft_of(page)}/check").text

    def test_rather_not_say_replaces_what_a_shared_device_hides(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us", shared_device="yes")
        put(client, page, TONE)
        client.submit(page, CONTINUE, form=FORM, answer="rather_not_say")
        assert (on_disk(client), known(client)) == ([], set())

    def test_nobody_opens_it_with_another_key(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        other = client.begin_at(survey, "tell_us")
        assert replay(client, other).status_code == 404


class TestTheCheckPage:
    def test_it_plays_and_shows_what_was_given(self, client: CheckingClient, survey: str) -> None:
        draft = draft_of(client.begin(survey))
        for concept, content in (("tell_us", TONE), ("show_us", picture("PNG")), ("look", picture())):
            put(client, client.get(f"{draft}/q/{concept}"), content)
        client.submit(client.get(f"{draft}/q/look"), CONTINUE, form=FORM, text="My chair.")
        check = client.get(f"{draft}/check")
        sources = [node.attributes["src"] or "" for node in check.tree.css("dd audio, dd img")]
        assert [client.client.get(each).status_code for each in sources] == [200, 200, 200]
        assert [node.attributes["alt"] for node in check.tree.css("dd img")] == ["Your drawing", "Your photo"]
        assert "My chair." in check.text


class TestWhatWasSent:
    @pytest.fixture
    def sent(self, client: CheckingClient, survey: str) -> str:
        """The id of a recording that was sent."""
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        client.submit(client.get(f"{draft_of(page)}/check"))
        assert replay(client, page).status_code == 409
        (id,) = on_disk(client)
        return str(id)

    def test_it_stays_with_the_answers(self, client: CheckingClient, sent: str) -> None:
        async def stored() -> list[dict[str, Any]]:
            return await Answer.select(Answer.concept, Answer.file, Answer.text)

        assert client.run(stored) == [{"concept": "tell_us", "file": uuid.UUID(sent), "text": None}]


class TestTidying:
    def test_files_of_drafts_that_are_over_go(self, client: CheckingClient, survey: str, clock: Clock) -> None:
        kept = client.begin_at(survey, "tell_us")
        put(client, kept, TONE)
        client.submit(client.get(f"{draft_of(kept)}/check"))
        sent = on_disk(client)
        clock.now += dt.timedelta(days=20)
        put(client, client.begin_at(survey, "tell_us"), sound(1))
        drafted = {*on_disk(client)} - {*sent}
        clock.now -= dt.timedelta(days=20)
        put(client, client.begin_at(survey, "tell_us"), sound(1))
        clock.now += dt.timedelta(days=31)
        client.run(lambda: keep_tidy(client.parts))
        assert len(on_disk(client)) == 3, "an hour has not gone by"
        client.run(lambda: remove_unused(client.parts.store, folder(client), time.time() + AN_HOUR + 1))
        assert {*on_disk(client)} == {*sent} | drafted == known(client)

    def test_a_file_whose_draft_was_sent_meanwhile_leaves_nothing(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        address = page.one(".capture").attributes["data-file-address"] or ""
        client.submit(page, CONTINUE, form=FORM, text="In words.")
        client.submit(client.get(f"{draft_of(page)}/check"))
        assert client.client.put(address, content=TONE).status_code == 409
        assert (on_disk(client), known(client)) == ([], set())

    def test_every_file_that_an_answer_names_is_there(self, client: CheckingClient, survey: str) -> None:
        page = client.begin_at(survey, "tell_us")
        put(client, page, TONE)
        client.submit(client.get(f"{draft_of(page)}/check"))
        client.run(lambda: remove_unused(client.parts.store, folder(client), time.time() + AN_HOUR + 1))
        (id,) = on_disk(client)
        found = client.run(lambda: stored_files.find_sent(id))
        assert (found.media_type, found.seconds) == ("audio/webm", 2)
        assert found.bytes == folder(client).path(id).stat().st_size
