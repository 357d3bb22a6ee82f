"""`voice ledger hash`: a contact history without names, made by partners on their own machine."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from surveys.ledger.keys import family_key, key_bytes, ledger_key, person_key
from voice.commands import main

KEY = ledger_key(b"k" * 32)
LIST = """Family name,Postcode,E-mail,survey,kind,asked_at,Notes
Khan,B91 3QJ,amina@example.org,Transport,invitation,2026-10-05T09:00Z,cried on the phone
O’Connor,b91 3qk,,Transport,reminder,2026-10-12T09:00Z,
,B91 3QL,x@example.org,Transport,invitation,2026-10-05T09:00Z,
"""
BY = ["--family", "surname=Family name,postcode=Postcode", "--person", "email=E-mail"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    given, key = tmp_path / "list.csv", tmp_path / "key.txt"
    given.write_text(LIST, encoding="utf-8")
    key.write_text(KEY + "\n")
    return given, key, tmp_path / "out.csv"


def hash_list(files: tuple[Path, Path, Path], *more: str) -> int:
    given, key, out = files
    return main(["ledger", "hash", str(given), "--key", str(key), "--out", str(out), *(more or BY)])


class TestHashing:
    def test_keys_stand_in_place_of_names_and_nothing_else_goes_on(
        self, files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert hash_list(files) == 0
        text = files[2].read_text()
        rows = list(csv.DictReader(text.splitlines()))
        key = key_bytes(KEY)
        assert [*rows[0]] == ["family", "person", "survey", "kind", "asked_at"]
        assert rows[0]["family"] == family_key(key, {"surname": "KHAN", "postcode": "B913QJ"})
        assert rows[0]["person"] == person_key(key, {"email": "Amina@example.org"})
        assert rows[1]["person"] == ""
        for name in ("Khan", "amina", "B91", "cried", "Connor"):
            assert name not in text
        assert "3 rows read, 2 written. Left out: 1 without a surname" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (["--family", "shoe_size=Postcode"], "“shoe_size” is nothing to know anybody by"),
            (["--family", "surname=Surname"], "has no column “Surname”; it has: Family name, Postcode"),
        ],
    )
    def test_what_cannot_be_meant_is_one_clear_line(
        self, files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str], more: list[str], said: str
    ) -> None:
        assert hash_list(files, *more) == 2
        assert said in capsys.readouterr().err
        assert not files[2].exists()

    def test_without_the_key_there_is_nothing(
        self, files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        files[1].write_text("gtk1-oops")
        assert hash_list(files) == 2
        assert "holds no ledger key" in capsys.readouterr().err

    def test_a_list_of_nobody_leaves_no_file(
        self, files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        files[0].write_text("Family name,Postcode,E-mail,survey\n,,,x\n")
        assert hash_list(files) == 2
        assert not files[2].exists()
        assert "says who was asked" in capsys.readouterr().err

    def test_the_key_of_an_installation_is_written_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["ledger", "key", "--out", str(tmp_path / "key.txt"), "--data", str(tmp_path / "data")]
        assert main(arguments) == 0
        assert key_bytes((tmp_path / "key.txt").read_text())
        assert (tmp_path / "key.txt").stat().st_mode & 0o077 == 0
        assert main(arguments) == 2
        assert "is there already" in capsys.readouterr().err
