"""What goes out of a private space: sheets for the meeting, voices without anybody, and whether somebody was heard."""

from __future__ import annotations

import io
import uuid

import docx
import pypdf
import pytest

from tests.pages import CheckingClient, Page
from tests.surveys.with_files import picture as a_picture
from tests.surveys.with_files import sound as a_sound
from tests.web.views.families import begin, choose, invite, say, view_of
from voice.capture.views import heard, sealed_files
from voice.capture.views.tables import View, ViewFile, ViewKey, ViewSpace
from voice.evidence.tables import Voice
from voice.people.roles import Role


async def voices() -> list[dict[str, object]]:
    return await Voice.select()


def pdf_words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def word_words(content: bytes) -> str:
    return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


class TestSheets:
    def test_they_hold_what_was_chosen_and_nothing_else(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "important", "My dog Rolo")
        say(client, space, "important", "I hate my old school")
        say(client, space, "next", "I want to swim")
        assert "You did not choose anything" in pdf_words(client.client.get(f"{space}/sheet/review.pdf").content)
        choose(client, space, "My dog Rolo", "I want to swim")
        for read, ending in ((pdf_words, "pdf"), (word_words, "docx")):
            profile = read(client.client.get(f"{space}/sheet/profile.{ending}").content)
            review = read(client.client.get(f"{space}/sheet/review.{ending}").content)
            assert "My one-page profile" in profile
            assert "My dog Rolo" in profile
            assert "I want to swim" not in profile
            assert review.index("What is important to me") < review.index("What I want next")
            assert "I want to swim" in review
            assert "The child or young person · November 2026" in review
            for sheet in (profile, review):
                assert "old school" not in sheet

    def test_they_speak_the_readers_language(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "important", "میرا خاندان")
        choose(client, space, "میرا خاندان")
        client.client.cookies.set("language", "ur")
        content = client.client.get(f"{space}/sheet/review.pdf").content
        root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
        assert root["/Lang"] == "ur"
        assert client.client.get(f"{space}/sheet/review.docx").status_code == 200

    def test_they_keep_what_was_added_while_somebody_chose(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "next", "I want to swim")
        open_page = client.get(f"{space}/meeting")
        say(client, space, "next", "I want to cook")
        choose(client, space, "I want to cook")
        client.post(f"{space}/meeting", {"seen": view_of(open_page, "I want to swim")})
        assert "I want to cook" in pdf_words(client.client.get(f"{space}/sheet/review.pdf").content)


class TestLearning:
    def test_it_makes_a_voice_that_leads_nowhere(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "working", "The quiet room")
        say(client, space, "working", "Nothing else")
        assert client.unit(voices) == []
        page = client.get(f"{space}/learn")
        view = view_of_radio(page, "The quiet room")
        client.post(f"{space}/learn", {f"learn-{view}": "read"})
        (voice,) = client.unit(voices)
        told = (voice["source"], voice["text"], voice["said_on"], voice["permitted"], voice["asked"], voice["person"])
        assert told == ("review", "The quiet room", "2026-11", "read", "What is working", None)
        space_ids = client.unit(_ids_of_spaces)
        assert not {voice["id"], voice["origin"]} & {*space_ids, uuid.UUID(view)}
        client.post(f"{space}/learn", {f"learn-{view}": "count"})
        assert [each["permitted"] for each in client.unit(voices)] == ["count"]
        client.post(f"{space}/learn", {f"learn-{view}": ""})
        assert client.unit(voices) == []

    def test_it_takes_a_voice_back_when_a_view_is_deleted(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "working", "The quiet room")
        view = view_of_radio(client.get(f"{space}/learn"), "The quiet room")
        client.post(f"{space}/learn", {f"learn-{view}": "read"})
        client.post(space, {"view": view, "go": "take_away"})
        assert client.unit(voices) == []

    def test_it_learns_nothing_from_people_who_were_invited(self, client: CheckingClient) -> None:
        space = begin(client)
        teacher, _ = invite(client, space, "invited", "my teacher")
        say(client, teacher, "like", "Kind to others")
        view = view_of(client.get(space), "Kind to others")
        assert "Kind to others" not in client.get(f"{space}/learn").text
        client.post(f"{space}/learn", {f"learn-{view}": "read"})
        assert client.unit(voices) == []


def view_of_radio(page: Page, text: str) -> str:
    for each in page.tree.css("article.one-view"):
        if text in each.text():
            return (each.css("input[type=radio]")[0].attributes["name"] or "").removeprefix("learn-")
    raise AssertionError(text)


async def _ids_of_spaces() -> set[uuid.UUID]:
    return {row["id"] for table in (View, ViewKey, ViewSpace) for row in await table.select(table.id)}


class TestWasIHeard:
    def test_it_counts_answers_once_a_term_and_keeps_words_private(self, client: CheckingClient) -> None:
        space = begin(client)
        client.post(f"{space}/heard", {"space": "yes", "voice": "no", "text": "Nobody asked me"})
        page = client.submit(client.get(f"{space}/heard"), voice="yes")
        assert page.one("#voice-yes").attributes.get("checked", "not") != "not"
        assert client.unit(heard.counts) == {
            ("2026-autumn", "space"): {"yes": 1},
            ("2026-autumn", "voice"): {"no": 0, "yes": 1},
        }
        assert client.unit(voices) == []
        client.submit(page, learn="read")
        assert [(each["asked"], each["text"].partition("\n")[0]) for each in client.unit(voices)] == [  # type: ignore[attr-defined]
            ("Was I heard?", "Nobody asked me")
        ]
        client.post(f"{space}/heard", {"space": "yes"})
        assert client.unit(voices) == [], "taken back with the answers that it came with"

    def test_it_shows_officers_no_number_that_is_small(self, client: CheckingClient) -> None:
        for answer in ("yes",) * 3 + ("no",):
            client.post(f"{begin(client)}/heard", {"influence": answer})
        client.sign_in(Role.OFFICER)
        row = client.get("/work/reviews").tree.css('[aria-labelledby="heard"] tbody tr')[-1]
        assert [cell.text() for cell in row.css("td.figure")] == ["–", "0", "–"]

    def test_it_keeps_a_line_that_is_too_long_in_the_box(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.post(f"{space}/heard", {"space": "yes", "text": "x" * 1001}, status=422)
        assert page.written == "x" * 1001
        client.post(f"{space}/heard", {}, status=422)


class TestFiles:
    def test_a_drawing_is_sealed_on_disk_and_shown_to_the_family_alone(self, client: CheckingClient) -> None:
        space = begin(client)
        teacher, _ = invite(client, space, "invited", "my teacher")
        page = client.get(f"{space}/add/important?how=drawing")
        address = page.one(".capture").attributes["data-file-address"] or ""
        assert client.client.put(address, content=a_picture("PNG")).status_code == 200
        assert client.client.get(f"{address}/file").content.startswith(b"\x89PNG")
        assert client.client.get(f"{address.replace(space, teacher)}/file").status_code == 404
        shown = client.submit(page, {"go": "continue"})
        picture = shown.one("#important img.given-picture").attributes["src"] or ""
        assert client.client.get(picture).content.startswith(b"\x89PNG")
        assert client.client.get(picture.replace(space, teacher)).status_code == 404
        (sealed,) = list(client.settings.data.glob("files/views/*/*"))
        assert not sealed.read_bytes().startswith(b"\x89PNG")
        client.post(space, {"view": picture.rpartition("/")[2], "go": "share"})
        assert client.client.get(picture.replace(space, teacher)).status_code == 200
        client.post(space, {"view": picture.rpartition("/")[2], "go": "take_away"})
        assert not list(client.settings.data.glob("files/views/*/*"))

    def test_a_recording_comes_with_the_form_and_is_played_in_pieces(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.get(f"{space}/add/next?how=recording")
        shown = Page(
            client.client.post(page.action(), data={"go": "continue"}, files={"file": ("said.webm", a_sound(1))})
        )
        sound = shown.one("#next audio").attributes["src"] or ""
        piece = client.client.get(sound, headers={"Range": "bytes=0-9"})
        assert (piece.status_code, len(piece.content)) == (206, 10)

    def test_what_is_no_picture_is_told_and_nothing_stays(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.get(f"{space}/add/next?how=photo")
        address = page.one(".capture").attributes["data-file-address"] or ""
        assert client.client.put(address, content=b"no picture").status_code == 422
        assert not list(client.settings.data.glob("files/views/*/*"))

    def test_a_space_takes_no_more_than_its_part_of_the_disk(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        space, other = begin(client), begin(client)
        page = client.get(f"{space}/add/important?how=drawing")
        address = page.one(".capture").attributes["data-file-address"] or ""
        assert client.client.put(address, content=a_picture("PNG")).status_code == 200
        (bytes,) = client.unit(lambda: ViewFile.select(ViewFile.bytes).output(as_list=True))
        assert bytes > 0
        monkeypatch.setattr(sealed_files, "MOST_BYTES", bytes * 3 // 2)
        assert client.client.put(address, content=a_picture("PNG")).status_code == 200, "in place of the one before"
        next_address = address.replace("drawing/1", "drawing/2")
        refused = client.client.put(next_address, content=a_picture("PNG"))
        assert (refused.status_code, refused.json()["problem"]) == (422, "full")
        with_form = client.client.post(
            next_address, data={"go": "continue"}, files={"file": ("d.png", a_picture("PNG"))}
        )
        assert (with_form.status_code, Page(with_form).h1) == (422, "This place is full")
        assert len(list(client.settings.data.glob("files/views/*/*"))) == 1
        assert client.client.put(address.replace(space, other), content=a_picture("PNG")).status_code == 200

    def test_small_files_without_end_do_not_fit_either(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sealed_files, "MOST_VIEWS", 1)
        space = begin(client)
        page = client.get(f"{space}/add/important?how=drawing")
        address = page.one(".capture").attributes["data-file-address"] or ""
        puts = [address, address.replace("drawing/1", "drawing/2")]
        assert [client.client.put(put, content=a_picture("PNG")).status_code for put in puts] == [200, 422]

    def test_what_was_never_said_goes_within_hours(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.get(f"{space}/add/important?how=drawing")
        client.client.put(page.one(".capture").attributes["data-file-address"] or "", content=a_picture("PNG"))
        folder = sealed_files.folder_of(client.settings)
        later = next(iter(client.settings.data.glob("files/views/*/*"))).stat().st_ctime + 7200
        assert client.run(lambda: sealed_files.remove_unsaid(client.parts.store, folder, later)) == 1
        assert client.unit(lambda: ViewFile.count()) == 0
        assert not list(client.settings.data.glob("files/views/*/*"))
