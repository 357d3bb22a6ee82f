"""A code frame as analysts save it."""

import io
from pathlib import Path

import pytest

from analysis.code_frame import CodeFrameProblem, read_code_frame, send_code_frame

HEADER = "theme_id,theme,description,keywords\n"


def problem_of(content: bytes) -> tuple[str, str, int | None]:
    with pytest.raises(CodeFrameProblem) as raised:
        read_code_frame(io.BytesIO(content))
    return raised.value.code, raised.value.field, raised.value.line


class TestReading:
    def test_it_reads_themes_in_order_with_their_keywords(self) -> None:
        frame = read_code_frame(
            io.StringIO(HEADER + "lunch,Lunch,What is eaten,dinner;packed lunch; ;dinner\nbells,Bells,,\n")
        )
        assert frame.theme_ids == ("lunch", "bells")
        assert frame.themes[0].keywords == ("dinner", "packed lunch")
        assert frame.themes[1].keywords == ()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    def test_it_reads_the_encodings_people_save_in(self, encoding: str, tmp_path: Path) -> None:
        path = tmp_path / "frame.csv"
        path.write_bytes((HEADER + "cafe,Café,Coffee – and cake,café\n").encode(encoding))
        assert read_code_frame(path).themes[0].theme == "Café"

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_it_reads_other_delimiters(self, delimiter: str) -> None:
        rows = [
            ["theme_id", "theme", "description", "keywords"],
            ["bus", "Buses", "Going by bus", '"bus;coach"'],
        ]
        text = "\n".join(delimiter.join(row) for row in rows)
        assert read_code_frame(io.StringIO(text)).themes[0].keywords == ("bus", "coach")


class TestProblems:
    def test_it_names_the_missing_column(self) -> None:
        assert problem_of(b"theme_id,theme,description\na,A,x\n") == ("column_missing", "keywords", 1)

    def test_it_names_the_repeated_id_and_its_line(self) -> None:
        assert problem_of((HEADER + "a,A,,x\nb,B,,y\na,C,,z\n").encode()) == ("id_repeated", "a", 4)

    @pytest.mark.parametrize("theme_id", ["=cmd", "+a", "-a", "@a", "a;b"])
    def test_it_refuses_an_id_that_a_spreadsheet_or_the_list_of_ids_would_take_wrongly(self, theme_id: str) -> None:
        assert problem_of((HEADER + f"{theme_id},A,,x\n").encode()) == ("id_invalid", theme_id, 2)

    def test_it_refuses_a_theme_without_an_id(self) -> None:
        assert problem_of((HEADER + ",A,,x\n").encode())[0] == "id_missing"

    @pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
    def test_it_knows_an_empty_file(self, content: bytes) -> None:
        assert problem_of(content)[0] == "file_empty"

    def test_it_knows_a_frame_without_themes(self) -> None:
        assert problem_of(HEADER.encode())[0] == "no_themes"

    def test_it_refuses_a_file_that_is_no_text(self) -> None:
        assert problem_of(b"PK\x03\x04\x14\x00\x06\x00\x08\x00" * 9)[0] == "file_unreadable"

    def test_it_says_when_there_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(CodeFrameProblem) as raised:
            read_code_frame(tmp_path / "nowhere.csv")
        assert raised.value.code == "file_missing"


class TestOurOwnFrame:
    def test_it_comes_with_the_product(self) -> None:
        frame = send_code_frame()
        assert 10 <= len(frame.themes) <= 18
        assert all(theme.description and len(theme.keywords) >= 10 for theme in frame.themes)

    def test_it_has_keywords_in_urdu_for_every_theme(self) -> None:
        for theme in send_code_frame().themes:
            assert any("\u0600" <= keyword[0] <= "\u06ff" for keyword in theme.keywords), theme.theme_id
