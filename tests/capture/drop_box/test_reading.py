"""Files of every kind, as partners have them, and files that nobody should have to open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.capture.drop_box import files
from voice.capture.drop_box import reading
from voice.capture.drop_box.opening import MOST_ATTACHMENTS, read_in
from voice.capture.drop_box.pieces import DropBoxProblem, LeftOut

REPORT = """#set page(width: 9cm)
= What families said
The bus was late each day of the week, and nobody rang us about it until we had been waiting for an hour.
- The school listened.
- The forms are long.
"""


class TestReading:
    async def test_it_reads_the_paragraphs_and_tables_of_word(self) -> None:
        found = await read_in("notes.docx", files.word("They rang us.", "", "It took long.", cells=("Start", "Stop")))
        assert found.pieces[0].text == "They rang us.\n\nIt took long.\nStart\nStop"
        assert found.left_out == ()

    async def test_it_reads_words_and_no_programs(self) -> None:
        found = await read_in("notes.docm", files.word_with_programs("They rang us."))
        assert found.pieces[0].text == "They rang us."
        assert found.left_out == (LeftOut("notes.docm", "programs"),)

    async def test_it_joins_the_lines_of_a_pdf(self) -> None:
        found = await read_in("report.pdf", files.pdf(REPORT))
        lines = found.pieces[0].text.splitlines()
        assert lines[1].startswith("The bus was late")
        assert lines[1].endswith("for an hour.")
        assert [line.lstrip("• ") for line in lines[2:]] == ["The school listened.", "The forms are long."]

    async def test_it_leaves_out_columns_of_personal_details(self) -> None:
        rows = (("Name", "What they said", "E-mail"), ("Ann", "They rang us", "a@x.org"), ("Bo", "Too long", "b@x.org"))
        for name, content in (
            ("said.xlsx", files.workbook(*rows)),
            ("said.csv", "\n".join(",".join(row) for row in rows).encode()),
        ):
            found = await read_in(name, content)
            (piece,) = found.pieces
            assert [column.header for column in piece.columns] == ["What they said"]
            assert piece.columns[0].cells == ("They rang us", "Too long")
            assert {each.what for each in found.left_out} == {"Name", "E-mail"}

    async def test_it_reads_an_email_file_with_what_hangs_on_it(self) -> None:
        mail = files.letter("Please see this.", attachments={"notes.docx": files.word("They rang us.")})
        found = await read_in("heard.eml", bytes(mail))
        assert [(piece.name, piece.text) for piece in found.pieces] == [
            ("", "Please see this."),
            ("notes.docx", "They rang us."),
        ]

    async def test_it_takes_the_first_of_forty_attachments_and_names_the_others(self) -> None:
        many = {f"{n:02}.txt": f"Words of file {n}".encode() for n in range(1, 39)}
        mail = files.letter("All of it.", attachments={"scan.pdf": files.pdf_of_pictures(), "x.exe": b"MZ", **many})
        found = await read_in("heard.eml", bytes(mail))
        assert len(found.pieces) == 1 + MOST_ATTACHMENTS
        assert found.left_out[:2] == (LeftOut("scan.pdf", "only_pictures"), LeftOut("x.exe", "not_this_kind"))
        assert [each.why for each in found.left_out[2:]] == ["too_many"] * 28


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("scan.pdf", files.pdf_of_pictures, "only_pictures"),
            ("locked.pdf", lambda: files.pdf_of_pictures("secret"), "locked"),
            ("locked.docx", lambda: files.OLD_OFFICE, "locked"),
            ("notes.doc", lambda: files.OLD_OFFICE, "old_kind"),
            ("notes.pdf", lambda: files.word("a"), "not_what_its_name_says"),
            ("notes.docx", lambda: files.workbook(("a",), ("b",)), "not_what_its_name_says"),
            ("notes.txt", files.pdf_of_pictures, "not_what_its_name_says"),
            ("film.mp4", lambda: b"ftyp", "not_this_kind"),
            ("broken.pdf", lambda: files.pdf(REPORT)[:700], "unreadable"),
            ("broken.docx", lambda: files.word("a")[:-400], "not_what_its_name_says"),
            ("empty.txt", lambda: b" \n", "empty"),
            ("empty.docx", files.word, "empty"),
            ("bomb.docx", files.zip_bomb, "too_big"),
            ("long.txt", lambda: b"words " * 40_000, "too_long"),
        ],
    )
    def test_it_says_why(self, name: str, content: Callable[[], bytes], code: str) -> None:
        assert reading.read(name, content()).problem == code

    async def test_it_opens_nothing_that_is_too_big(self) -> None:
        with pytest.raises(DropBoxProblem) as found:
            await read_in("large.txt", b"x" * 20_000_001)
        assert (found.value.code, found.value.name) == ("too_big", "large.txt")

    async def test_what_a_file_does_to_the_process_happens_to_the_process_alone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("voice.capture.drop_box.opening.SECONDS_TO_WAIT", 0.05)
        with pytest.raises(DropBoxProblem) as found:
            await read_in("slow.docx", files.word("They rang us."))
        assert found.value.code == "unreadable"
