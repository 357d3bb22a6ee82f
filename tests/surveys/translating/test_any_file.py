"""Whatever a file of translations holds, reading it ends in lines or in a problem that has words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.translating.comparing import compare
from surveys.translating.formats import po, sheets, xliff
from surveys.translating.lines import FileProblem
from surveys.translating.messages import text_hash
from surveys.translating.state import translations
from tests.surveys.translating.test_formats import FORMATS, entries

FOUND = translations(entries("pl"), {}, {}, "pl")
WHOLE = {kind: write(FOUND, "pl") for kind, (write, _) in FORMATS.items()}


@pytest.mark.parametrize("kind", WHOLE)
class TestDamagedFiles:
    @settings(deadline=None, max_examples=60)
    @given(
        st.integers(0, 10_000),
        st.binary(max_size=8)
        | st.sampled_from([b"<![x[", b'\n#| msgid "', b"\nmsgid_plural ", b"msgstr[9]", b'""', b"%("]),
        st.integers(0, 20),
    )
    def test_they_are_refused_or_read(self, kind: str, place: int, put_in: bytes, taken_out: int) -> None:
        whole, read = WHOLE[kind], FORMATS[kind][1]
        place %= len(whole)
        try:
            lines = read(whole[:place] + put_in + whole[place + taken_out :], "pl")
        except FileProblem:
            return
        compare(lines, FOUND, "pl")


class TestFilesMadeToStumble:
    @pytest.mark.parametrize(
        ("read", "content"),
        [
            (xliff.read, b'<?xml version="1.0" encoding="no-such"?><xliff/>'),
            (po.read, b'msgid ""\nmsgstr "Language: pl\\nContent-Type: text/plain; charset=no-such\\n"\n'),
            (
                po.read,
                b'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"POT-Creation-Date: never\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            ),
        ],
    )
    def test_they_are_refused(self, read: Callable[[bytes, str], object], content: bytes) -> None:
        with pytest.raises(FileProblem, match="not_this_format"):
            read(content, "pl")

    def test_groups_within_groups_are_read_however_deep(self) -> None:
        unit = '<trans-unit id="a"><source>Yes</source><target>Tak</target></trans-unit>'
        inside = "<group>" * 5000 + unit + "</group>" * 5000
        head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file target-language="pl"><body>'
        lines = xliff.read(f"{head}{inside}</body></file></xliff>".encode(), "pl")
        assert [line.forms for line in lines] == [("Tak",)]

    def test_a_day_that_is_none_confirms_nothing(self) -> None:
        yes = FOUND[0].message
        note = f"Checked by Ewa, 2026-13-45, {text_hash(yes, FOUND[0].forms, 'pl')}"
        content = WHOLE["po"].replace(b'msgid "Hello', f'# {note}\nmsgid "Hello'.encode())
        assert [line.check for line in po.read(content, "pl") if line.message == yes.id] == [None]

    def test_a_formula_on_the_sheet_that_is_read_is_found(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(WHOLE["xlsx"]))
        book.create_sheet("hidden", 0).sheet_state = "hidden"
        book.worksheets[1]["D2"] = "=1+1"
        book.active = 1
        out = io.BytesIO()
        book.save(out)
        assert [line.place for line in sheets.read(out.getvalue(), "words.xlsx", "pl") if line.has_formula] == [2]

    @pytest.mark.parametrize("row", [10_000_000_000_000, 3_000_000])
    def test_a_row_behind_a_gap_without_end_is_not_waited_for(self, row: int) -> None:
        """On a sheet behind the one with the words."""
        book = openpyxl.load_workbook(io.BytesIO(WHOLE["xlsx"]))
        book.create_sheet("more")["A1"] = "a"
        out = io.BytesIO()
        book.save(out)
        far = io.BytesIO()
        with zipfile.ZipFile(out) as good, zipfile.ZipFile(far, "w") as bad:
            for name in good.namelist():
                part = good.read(name)
                if name.endswith("sheet2.xml"):
                    part = part.replace(b'<row r="1"', b'<row r="%d"' % row).replace(b'r="A1"', b'r="A%d"' % row)
                bad.writestr(name, part)
        with pytest.raises(FileProblem) as raised:
            sheets.read(far.getvalue(), "words.xlsx", "pl")
        assert raised.value.code == "too_many_lines"
