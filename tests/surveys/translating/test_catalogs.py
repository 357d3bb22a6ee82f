"""Catalogs: what a message says, who confirmed it, and the words of a message whose English has changed."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import Translations

from surveys.translating.catalogs import Check, Entry, read_catalog, write_catalog
from surveys.translating.messages import catalog_message
from surveys.translating.state import translations

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)

OLD = "You can stop at any time. Nobody asks you why, and “nothing” happens to what you said so far, we promise."
NEW = OLD.replace("at any time", "whenever you like")
OLD_ROWS = ("%(num)s row of this table.", "%(num)s rows of this table.")
NEW_ROWS = ("%(num)s row of the table.", "%(num)s rows of the table.")


def words_made(folder: Path, catalog: Path, said: list[str | tuple[str, str]]) -> bytes:
    """The catalog after ``make words``, when the code and the pages say this; the options are those of the Makefile."""
    template = Catalog()
    for each in said:
        template.add(each)
    with (folder / "messages.pot").open("wb") as file:
        write_po(file, template)
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    options = re.search(r"pybabel --quiet update (.*?) \|\|", recipe)
    assert options is not None
    kept = [each for each in shlex.split(options[1]) if not each.startswith(("--input", "--output", "--locale"))]
    files = [f"--input-file={folder / 'messages.pot'}", f"--output-file={catalog}", "--locale=pl"]
    CommandLineInterface().run(["pybabel", "--quiet", "update", *kept, *files])
    return catalog.read_bytes()


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    entries = [
        Entry(catalog_message([OLD]), ("Można przerwać.",)),
        Entry(catalog_message(OLD_ROWS), ("jeden", "kilka", "wiele")),
        Entry(catalog_message(["Yes"]), ("Tak",)),
    ]
    path = tmp_path / "messages.po"
    path.write_bytes(write_catalog(entries, "pl", drafted_by="machine", now=NOW))
    return path


class TestChangedEnglish:
    def test_the_former_words_stay_with_the_english_they_were_made_for(self, tmp_path: Path, catalog: Path) -> None:
        made = words_made(tmp_path, catalog, [NEW, NEW_ROWS, "Yes"])
        again = words_made(tmp_path, catalog, [NEW, NEW_ROWS, "Yes"])
        for content in (made, again):
            found = {each.message.forms: each for each in translations(read_catalog(content, "pl"), {}, {}, "pl")}
            assert {forms: each.state for forms, each in found.items()} == {
                (NEW,): "stale",
                NEW_ROWS: "stale",
                ("Yes",): "unconfirmed",
            }
            assert found[NEW,].before == ((OLD,), ("Można przerwać.",))
            assert found[NEW_ROWS].before == (OLD_ROWS, ("jeden", "kilka", "wiele"))

    def test_pages_never_say_them(self, tmp_path: Path, catalog: Path) -> None:
        made = read_po(BytesIO(words_made(tmp_path, catalog, [NEW, NEW_ROWS, "Yes"])), locale="pl")
        compiled = BytesIO()
        write_mo(compiled, made)
        compiled.seek(0)
        spoken = Translations(compiled)
        assert spoken.gettext(NEW) == NEW
        assert spoken.gettext("Yes") == "Tak"

    def test_a_new_message_like_one_that_is_still_said_has_no_words_yet(self, tmp_path: Path, catalog: Path) -> None:
        made = words_made(tmp_path, catalog, [OLD, NEW, OLD_ROWS, "Yes"])
        states = {e.message.forms: e.state for e in translations(read_catalog(made, "pl"), {}, {}, "pl")}
        assert states[NEW,] == "missing"
        assert states[OLD,] == "unconfirmed"

    def test_they_go_out_in_a_file_as_they_came(self, tmp_path: Path, catalog: Path) -> None:
        read = read_catalog(words_made(tmp_path, catalog, [NEW, NEW_ROWS, "Yes"]), "pl")
        written = write_catalog(read, "pl", drafted_by="machine", now=NOW)
        assert sorted(read_catalog(written, "pl"), key=repr) == sorted(read, key=repr)


class TestWhoConfirmed:
    def test_a_long_name_stays_in_one_line(self) -> None:
        check = Check(" ".join(["Zofia"] * 13), NOW.date())
        entry = Entry(catalog_message(["Yes"]), ("Tak",), check)
        assert read_catalog(write_catalog([entry], "pl", drafted_by="machine", now=NOW), "pl") == [entry]
