"""Notes on paper come in, the group corrects its report and agrees, and the report is taken away as files."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import docx
import pypdfium2
from PIL import Image

from tests.capture.sessions import rooms
from tests.pages import CheckingClient, Page
from voice.capture.sessions import approving
from voice.capture.sessions.tables import Session, SessionCard
from voice.evidence.tables import Voice
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage.files import FileFolder

BOARD = (
    "id,column,text\n"
    "h1,Start,Let schools borrow staff\n"
    "h2,start,Say when you cannot help\n"
    "h3,Continue,The Friday drop-in\n"
    "h4,Stop,Letters nobody can read\n"
    "h5,Barriers,No money for buildings\n"
)
MEETING = {"title": "Heads in November", "day": "2026-11-11", "respondent_kind": "school", "said_by": "own_words"}


def bring_in(client: CheckingClient, content: str | bytes = BOARD, name: str = "board.csv", **typed: str) -> Page:
    """The page that says what was read."""
    data = {**client.get("/work/sessions/notes").form(), **MEETING, **typed}
    sent = content.encode() if isinstance(content, str) else content
    return client.post("/work/sessions/notes", data, files={"file": (name, sent, "text/csv")})


def photo(colour: str = "teal") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(written, "JPEG")
    return written.getvalue()


def member(client: CheckingClient, role: Role) -> uuid.UUID:
    members = client.run(lambda: client.parts.store.read(signing_in.members))
    return next(each.id for each in members if each.role == role)


def voices(client: CheckingClient) -> dict[str, dict[str, Any]]:
    rows = client.unit(lambda: Voice.select().where(Voice.source == "session"))
    return {row["text"] or row["form"]: row for row in rows}


def agree(client: CheckingClient, page: Page, **chosen: str) -> Page:
    return client.submit(page, {"by": "the group", "permitted": "read", **chosen}, form="main form")


class TestNotesOnPaper:
    def test_a_file_is_recognised_and_its_notes_wait_for_the_group(self, client: CheckingClient) -> None:
        client.sign_in(Role.FACILITATOR)
        page = bring_in(client)
        assert "5 notes are new" in page.text
        assert [each.text() for each in page.tree.css("main h2 bdi")] == [
            *("Start doing", "Continue doing", "Stop doing", "Barriers"),
        ]
        report = client.submit(page)
        assert report.h1 == "Heads in November"
        for words in ("Let schools borrow staff", "No money for buildings", "Nobody counted", "This is a draft."):
            assert words in report.text
        assert voices(client) == {}

        again = bring_in(client, title="Heads, once more", day="2026-11-12")
        assert "We have 5 notes already" in again.text
        client.submit(again)
        longer = client.submit(bring_in(client, BOARD + "h6,Start,Phone us back\n"))
        assert longer.path == report.path
        assert "Phone us back" in longer.text
        assert client.unit(lambda: Session.count()) == 1
        assert client.unit(lambda: SessionCard.count()) == 6

    def test_pasted_notes_that_are_the_same_stand_once_and_twice_said_stands_twice(
        self, client: CheckingClient
    ) -> None:
        client.sign_in(Role.FACILITATOR)
        lines = "Start\nMore time\nMore time\n"
        for _ in range(2):
            page = client.submit(client.get("/work/sessions/notes"), **MEETING, lines=lines)
            client.submit(page)
        page = client.submit(client.get("/work/sessions/notes"), **MEETING | {"day": "2026-10-01"}, lines=lines)
        assert "We have 2 notes already" in page.text
        assert client.unit(lambda: SessionCard.count()) == 2

    def test_somebody_elses_notes_are_known_and_not_shown(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        report = client.submit(bring_in(client))
        client.sign_in(Role.FACILITATOR)
        page = bring_in(client)
        assert "We have 5 notes already" in page.text
        assert not page.tree.css(f"a[href='{report.path}']")
        assert client.submit(page).path == page.path
        assert client.unit(lambda: Session.count()) == 1

    def test_what_is_wrong_is_said_kindly_and_nothing_typed_is_lost(self, client: CheckingClient) -> None:
        client.sign_in(Role.FACILITATOR)
        start = client.get("/work/sessions/notes")
        for typed, words in (
            ({"title": " "}, "Write the name of the meeting"),
            ({"day": "2027-01-01"}, "It cannot be after today"),
            ({"lines": "Start:\n\n"}, "Paste the notes"),
        ):
            page = client.submit(start, **{**MEETING, "lines": "Stop\nKept", **typed}, status=422)
            assert words in page.problem
            assert page.written == typed.get("lines", "Stop\nKept")
        page = client.submit(start, **MEETING, lines="Stop\nEarly meetings\n" + "x" * 100_000)
        assert "1 note is too long" in page.text
        back = client.get(page.one(".buttons a").attributes["href"] or "")
        assert len(back.written) > 100_000
        assert back.form()["title"] == MEETING["title"]
        data = {**start.form(), **MEETING}
        for content, words in (
            (b"\x81\x8d\xff\xfe" * 50, "We cannot read the letters in this file"),
            (b"when,where,who\na,b,c\n", "We cannot find the notes in this table"),
            (b"", "This file is empty"),
        ):
            page = client.post(start.path, data, files={"file": ("a.csv", content)}, status=422)
            assert words in page.problem

    def test_a_photo_of_the_board_is_kept_beside_the_report_until_the_group_wants_it(
        self, client: CheckingClient
    ) -> None:
        client.sign_in(Role.FACILITATOR)
        page = bring_in(client)
        files = {"photo": ("board.jpg", photo(), "image/jpeg")}
        refused = client.post(page.path, page.form(), files=files, status=422)
        assert "only the board" in refused.problem
        broken = {"photo": ("board.jpg", b"no photo", "image/jpeg")}
        refused = client.post(page.path, {**page.form(), "only_board": "yes"}, files=broken, status=422)
        assert "We cannot open this as a picture" in refused.problem
        report = client.post(page.path, {**page.form(), "only_board": "yes"}, files=files)
        assert not report.tree.css(".report-picture")
        lines = client.get(f"{report.path}/lines/board-photo")
        [tick] = [each for each in lines.form() if each.startswith("out-")]
        form = {name: value for name, value in lines.form().items() if name != tick}
        report = client.post(lines.action(), {**form, "go": "save"})
        source = report.one(".report-picture").attributes["src"] or ""
        assert client.client.get(source).headers["content-type"] == "image/jpeg"
        agree(client, report)
        [voice] = [each for each in voices(client).values() if each["file"]]
        assert (voice["form"], voice["text"]) == ("photo", None)
        client.sign_in(Role.ANALYST)
        way = client.get(f"/work/voices/{voice['id']}")
        seen = client.client.get(way.one('main a[href$="/file"]').attributes["href"] or "")
        assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
        client.sign_in(Role.FACILITATOR)
        again = bring_in(client)
        client.post(again.path, {**again.form(), "only_board": "yes"}, files=files)
        folder = FileFolder(client.settings.data, "rooms")
        assert list(folder.all()) == [voice["file"]]


class TestTheReport:
    def a_session(self, client: CheckingClient, role: Role = Role.FACILITATOR) -> tuple[str, dict[str, uuid.UUID]]:
        by = member(client, role)
        id, cards = client.unit(lambda: rooms.a_whole_session(by=by))
        return f"/work/sessions/{id}/report", cards

    def test_it_is_corrected_line_by_line_and_counts_when_the_group_agrees(self, client: CheckingClient) -> None:
        address, cards = self.a_session(client)
        client.sign_in(Role.FACILITATOR)
        report = client.get(address)
        assert "The room never saw 1 card" in report.text
        assert not [word for word in ("Zebedee", "My secret", "Never mind me") if word in report.html]
        lines = client.get(f"{address}/lines/board")
        changed = {f"text-{cards['staff']}": "More helpers", f"out-{cards['shout']}": "yes"}
        lines = client.submit(lines, {"go": "add"}, **changed, added="Cold rooms", column="stop")
        assert "It said: More staff at lunch" in lines.text
        assert "Cold rooms" in lines.html
        report = client.submit(lines, {"go": "save"})
        assert "More helpers" in report.text
        assert "Shouting" not in report.text
        assert voices(client) == {}
        unchosen = client.submit(report, {"permitted": "read"}, status=422)
        assert "Choose who agrees" in unchosen.problem
        client.unit(lambda: rooms.card(uuid.UUID(address.split("/")[3]), "A late thought", place=9))
        unread = client.submit(report, {"by": "the group"}, status=422)
        assert "Please read it again." in unread.problem
        report = agree(client, unread)
        assert "The group agreed to this report on 18 November 2026." in report.text
        assert {"More helpers", "Cold rooms", "A quiet room"} < set(voices(client))
        client.submit(client.get(f"{address}/lines/board"), {"go": "save"}, **{f"text-{cards['quiet']}": "A calm room"})
        assert "A quiet room" not in voices(client)
        agree(client, client.get(address))
        assert "A calm room" in voices(client)

    def test_two_people_correct_two_lines_at_once(self, client: CheckingClient) -> None:
        address, cards = self.a_session(client)
        client.sign_in(Role.FACILITATOR)
        lines = client.get(f"{address}/lines/board")
        for which, words in (("staff", "More helpers"), ("quiet", "A calm room")):
            client.submit(lines, {"go": "save"}, **{f"text-{cards[which]}": words})
        page = client.get(address).text
        assert "More helpers" in page
        assert "A calm room" in page

    def test_a_line_that_is_too_long_comes_back_as_it_was_typed(self, client: CheckingClient) -> None:
        address, cards = self.a_session(client)
        client.sign_in(Role.FACILITATOR)
        lines = client.get(f"{address}/lines/board")
        page = client.submit(lines, {"go": "save"}, **{f"text-{cards['staff']}": "x" * 2001}, status=422)
        assert "It can hold 2,000 letters. Yours has 2,001." in page.problem
        assert page.problem_field.text().strip() == "x" * 2001

    def test_the_files_hold_the_report_and_hide_small_numbers(self, client: CheckingClient) -> None:
        address, _ = self.a_session(client)
        client.sign_in(Role.FACILITATOR)
        page = client.get(address).text
        assert "People who work with them · 26 or older 3" in page
        made = {kind: client.client.get(f"{address}/as/{kind}") for kind in ("pdf", "word", "text")}
        document = pypdfium2.PdfDocument(made["pdf"].content)
        texts = {"pdf": "\n".join(each.get_textpage().get_text_range() for each in document)}
        document.close()
        word = docx.Document(io.BytesIO(made["word"].content))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        texts["word"] = "\n".join([*(each.text for each in word.paragraphs), *cells])
        texts["text"] = made["text"].text
        for text in texts.values():
            for words in ("Thursday group", "More staff at lunch", "When do we hear back?", "Start doing", "hidden"):
                assert words in text
            assert not [word for word in ("Zebedee", "My secret") if word in text]
        assert "People who work with them · 26 or older: hidden" in texts["text"]
        assert "Happy: hidden" in texts["text"]
        assert "Calm: 9" in texts["text"]
        assert made["word"].headers["content-disposition"] == 'attachment; filename="thursday-group.docx"'
        assert client.client.get(f"{address}/as/exe").status_code == 404

    def test_it_is_said_in_urdu_with_the_words_as_they_were_said(self, client: CheckingClient) -> None:
        address, _ = self.a_session(client)
        client.sign_in(Role.FACILITATOR)
        page = client.get(address, params={"lang": "ur"})
        assert "More staff at lunch" in [each.text() for each in page.tree.css("li span[lang=en][dir=auto]")]
        word = docx.Document(io.BytesIO(client.client.get(f"{address}/as/word", params={"lang": "ur"}).content))
        assert word.core_properties.language == "ur-PK"

    def test_nobody_else_learns_that_it_exists(self, client: CheckingClient) -> None:
        address, cards = self.a_session(client, Role.OFFICER)
        client.sign_in(Role.FACILITATOR)
        for path in ("", "/as/pdf", "/lines/board", f"/files/{cards['staff']}"):
            client.get(address + path, status=404)
        by = member(client, Role.FACILITATOR)
        own = f"/work/sessions/{client.unit(lambda: rooms.held(by=by))}/report"
        client.get(f"{own}/lines/nothing", status=404)
        client.get(f"{own}/files/{cards['staff']}", status=404)
        client.get("/work/sessions/not-a-session/report", status=404)
        client.sign_in(Role.ADMINISTRATOR)
        client.get(own)


class TestAForumsTerm:
    def test_it_says_what_it_is_made_from_and_what_happened_since(self, client: CheckingClient) -> None:
        by = member(client, Role.FACILITATOR)

        async def sessions() -> None:
            for day, said in ((dt.date(2026, 6, 3), "A ramp"), (dt.date(2026, 10, 1), "Later buses")):
                id = await rooms.held(by=by, day=day)
                await rooms.card(id, said, activity="ask", column="")
                await rooms.keep_heads(id, {("11_to_15", "young_people"): 14})
                await approving.approve(id, by="the group", permitted="read", files=(), today=day)
            await rooms.held(by=by, day=dt.date(2026, 11, 1))

        client.unit(sessions)
        client.sign_in(Role.FACILITATOR)
        forums = client.get("/work/forums")
        page = client.get(forums.one("tbody tr:first-child a").attributes["href"] or "")
        assert page.h1 == "Our Voices – Autumn 2026"
        for words in (
            "This report holds 1 session that the group agreed to.",
            "1 more session is not in it.",
            "Later buses",
            "A ramp We do not know yet.",
        ):
            assert words in page.text
        [since] = [each for each in page.form() if each.startswith("since-")]
        page = client.submit(page, **{since: "The school has built it."})
        assert "A ramp The school has built it." in page.text
        too_long = client.submit(page, **{since: "x" * 2001}, status=422)
        assert "Please make it shorter." in too_long.problem
        text = client.client.get(f"{page.path}/as/text").text
        assert "A ramp: The school has built it." in text
        assert client.client.get(f"{page.path}/as/pdf").content.startswith(b"%PDF")
        client.sign_in(Role.OFFICER)
        client.get(page.path)
        client.get("/work/forums/0123456789abcdef/2026-autumn", status=404)
        client.get(page.path.replace("autumn", "winter"), status=404)
