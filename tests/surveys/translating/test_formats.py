"""Files for translators: what goes out comes back the same, in each format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.translating import plurals
from surveys.translating.catalogs import Check, Entry
from surveys.translating.comparing import compare
from surveys.translating.formats import po, sheets, xliff
from surveys.translating.lines import FileProblem, Line
from surveys.translating.messages import catalog_message
from surveys.translating.state import Translation, translations

NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
Written = Callable[[list[Translation], str], bytes]
Read = Callable[[bytes, str], list[Line]]

FORMATS: dict[str, tuple[Written, Read]] = {
    "po": (lambda found, code: po.write(found, code, drafted_by="machine", now=NOW), po.read),
    "xliff": (xliff.write, xliff.read),
    "csv": (sheets.write_csv, lambda content, code: sheets.read(content, "words.csv", code)),
    "xlsx": (sheets.write_xlsx, lambda content, code: sheets.read(content, "words.xlsx", code)),
}

SCRIPTS = {
    "ur": "آپ کے بچے کا پلان، “نیا”؟",
    "pa": "ਤੁਹਾਡੇ ਬੱਚੇ ਦਾ ਪਲਾਨ।",
    "pl": "Zażółć gęślą jaźń — „cytat”\u00a0i spacja",
    "ro": "Învățătoarea știe țara",
    "ar": "خطة طفلكم؛ هل تعرفونها؟",
    "bn": "আপনার সন্তানের প্ল্যান ক্\u200dষ",
    "so": "Ilmahaaga qorshihiisa, su’aal",
    "uk": "План вашої дитини: ґанок, їжак",
    "pt": "O plano da sua criança não é fácil",
}


def entries(code: str) -> list[Entry]:
    family = catalog_message(["%(num)s family.", "%(num)s families."], notes=["Shown to leads."])
    return [
        Entry(catalog_message(['Hello & <goodbye>, "you"']), (SCRIPTS[code],)),
        Entry(catalog_message(["Line one\nline two"]), (f"{SCRIPTS[code]}\n{SCRIPTS[code]}",)),
        Entry(catalog_message(["=not a formula"]), ("=1+1 to nie formuła",)),
        Entry(catalog_message(["May"], context="month"), ("-5",)),
        Entry(catalog_message(["Not there yet"]), ("",)),
        Entry(family, tuple(f"%(num)s {n} {SCRIPTS[code]}" for n in range(plurals.form_count(code)))),
    ]


@pytest.mark.parametrize("code", SCRIPTS)
@pytest.mark.parametrize("kind", FORMATS)
class TestThereAndBack:
    def test_every_word_comes_back_as_it_went(self, kind: str, code: str) -> None:
        write, read = FORMATS[kind]
        found = translations(entries(code), {}, {}, code)
        lines = {line.message: line for line in read(write(found, code), code)}
        assert len(lines) == len(found)
        for each in found:
            line = lines[each.message.id]
            assert line.source == each.message.forms
            assert line.forms == each.forms
            assert not line.has_formula

    def test_it_would_change_nothing(self, kind: str, code: str) -> None:
        write, read = FORMATS[kind]
        found = translations(entries(code), {}, {}, code)
        compared = compare(read(write(found, code), code), found, code)
        assert {each.outcome for each in compared.lines} == {"same", "empty"}
        assert compared.missing == ()


@pytest.mark.parametrize("kind", FORMATS)
class TestChecks:
    CHECK = Check("Zoë O’Neill-Ćwik", dt.date(2026, 11, 2))

    def checked(self) -> list[Translation]:
        return translations([Entry(each.message, each.forms, self.CHECK) for each in entries("pl")[:2]], {}, {}, "pl")

    def test_who_checked_the_words_goes_with_them(self, kind: str) -> None:
        write, read = FORMATS[kind]
        assert {line.check for line in read(write(self.checked(), "pl"), "pl")} == {self.CHECK}


@pytest.mark.parametrize("kind", ["po", "xliff", "csv"])
class TestWhoseChecks:
    def test_a_check_in_another_language_does_not_hold(self, kind: str) -> None:
        write, read = FORMATS[kind]
        found = translations([Entry(catalog_message(["PDF"]), ("PDF",), TestChecks.CHECK)], {}, {}, "pl")
        content = write(found, "pl")
        note = f"Checked by {TestChecks.CHECK.name}, 2026-11-02, "
        assert [line.check for line in read(content, "pl")] == [TestChecks.CHECK]
        ukrainian = content.replace(b"Language: pl", b"Language: uk").replace(
            b'target-language="pl"', b'target-language="uk"'
        )
        ukrainian = ukrainian.replace(b"words_pl_1", b"words_uk_1")
        assert note.encode() in ukrainian
        assert [line.check for line in read(ukrainian, "uk")] == [None]


@pytest.mark.parametrize("kind", ["po", "xliff", "csv"])
class TestWordsChangedInTheFile:
    def test_a_check_does_not_hold_for_them(self, kind: str) -> None:
        write, read = FORMATS[kind]
        found = translations(
            [Entry(each.message, each.forms, TestChecks.CHECK) for each in entries("pl")[:2]], {}, {}, "pl"
        )
        content = write(found, "pl").replace("jaźń".encode(), b"noc")
        assert {line.check for line in read(content, "pl")} == {None}


@pytest.mark.parametrize("kind", FORMATS)
class TestStaleWords:
    OLD = Entry(catalog_message(["Stop at any time."]), ("Można przerwać.",), is_old=True, before=("You can stop.",))

    def test_a_file_that_nobody_changed_leaves_them_stale(self, kind: str) -> None:
        write, read = FORMATS[kind]
        found = translations([self.OLD], {}, {}, "pl")
        compared = compare(read(write(found, "pl"), "pl"), found, "pl")
        assert [each.is_taken for each in compared.lines] == [False]


class TestAnyWords:
    @given(
        st.text(
            st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
            min_size=1,
            max_size=60,
        ).filter(lambda text: text == text.strip() and text.strip())
    )
    def test_any_letters_come_back_from_each_format_of_text(self, words: str) -> None:
        found = translations([Entry(catalog_message(["Hello"]), (words,))], {}, {}, "pl")
        for kind in ("po", "xliff", "csv"):
            write, read = FORMATS[kind]
            assert [line.forms for line in read(write(found, "pl"), "pl")] == [(words,)], kind


class TestBadFiles:
    @pytest.mark.parametrize("attack", ["billion laughs", "a file of the machine"])
    def test_xml_that_is_made_to_do_harm_is_refused(self, attack: str) -> None:
        inside = (
            '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
            if attack == "billion laughs"
            else '<!ENTITY b SYSTEM "/etc/passwd">'
        )
        content = f'<?xml version="1.0"?><!DOCTYPE x [{inside}]><xliff><file><body>&b;</body></file></xliff>'
        with pytest.raises(FileProblem, match="not_this_format"):
            xliff.read(content.encode(), "pl")

    def test_a_file_of_another_language_is_refused(self) -> None:
        found = translations(entries("ur"), {}, {}, "ur")
        for write, read in FORMATS.values():
            with pytest.raises(FileProblem, match="other_language"):
                read(write(found, "ur"), "pl")

    def test_a_file_that_does_not_say_its_language_did_not_come_from_here(self) -> None:
        found = translations(entries("ur"), {}, {}, "ur")
        plain = FORMATS["po"][0](found, "ur").replace(b"Language: ur", b"Sprache: ur")
        with pytest.raises(FileProblem, match="not_this_format"):
            po.read(plain, "ur")
        bare = xliff.write(found, "ur").replace(b' target-language="ur"', b"")
        with pytest.raises(FileProblem, match="not_this_format"):
            xliff.read(bare, "ur")
        with pytest.raises(FileProblem, match="no_words"):
            sheets.read(b"id,words_1\na,b\n", "words.csv", "ur")

    def test_columns_may_stand_in_another_order_and_others_beside_them(self) -> None:
        yes = catalog_message(["Yes"]).id
        content = f"remarks;words_pl_1;ID\nfine;Tak;{yes}\n".encode()
        assert sheets.read(content, "words.csv", "pl") == [Line(2, yes, (), ("Tak",))]

    def test_a_cell_that_a_spreadsheet_would_compute_is_marked(self) -> None:
        yes = catalog_message(["Yes"]).id
        content = f'id,words_pl_1\n{yes},"=HYPERLINK(""http://x"")"\n'.encode()
        assert [line.has_formula for line in sheets.read(content, "words.csv", "pl")] == [True]
