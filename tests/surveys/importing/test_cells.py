from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.cells import comparable, comparable_value, is_blank, slug, text_of
from surveys.importing.sheet import Cell


class TestText:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (None, ""),
            ("\u00a0\u200b \n", ""),
            ('="0123"', "0123"),
            ('="say ""no"""', 'say "no"'),
            ("'0123", "0123"),
            ("'=SUM(A1)", "=SUM(A1)"),
            ("'-nothing", "-nothing"),
            ("'Tis the school that decides", "'Tis the school that decides"),
            ("“They’re kind”", "“They’re kind”"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("kept\u00a0up\u200b to\u2003date", "kept up to date"),
            ("می\u200cخواہم", "می\u200cخواہم"),
            (3.0, "3"),
            (3.5, "3.5"),
            (118110000001.0, "118110000001"),
            (7, "7"),
            (True, "TRUE"),
            (date(2025, 6, 3), "2025-06-03"),
            (datetime.fromisoformat("2025-06-03 14:05"), "2025-06-03 14:05:00"),
        ],
    )
    def test_it_is_what_a_person_typed(self, cell: Cell, text: str) -> None:
        assert text_of(cell) == text

    @given(st.text())
    def test_it_is_empty_exactly_when_nothing_can_be_seen(self, text: str) -> None:
        assert not (is_blank(text) and text_of(text))

    @given(st.text())
    def test_tidying_a_second_time_changes_little_but_protection(self, text: str) -> None:
        once = text_of(text)
        assert once == text_of(once) or once.startswith(("'", '="'))


class TestComparing:
    @pytest.mark.parametrize(
        "wording", ["very happy", " Very  happy. ", "VERY HAPPY 😀", "“Very happy”", "Very happy;"]
    )
    def test_it_disregards_what_makes_no_difference(self, wording: str) -> None:
        assert comparable(wording) == "very happy"

    @pytest.mark.parametrize(("one", "other"), [("-1", "1"), ("+", "-"), ("happy", "unhappy"), ("5%", "5")])
    def test_it_keeps_what_makes_one(self, one: str, other: str) -> None:
        assert comparable(one) != comparable(other)

    def test_it_takes_whole_decimals_for_numbers(self) -> None:
        assert comparable_value("3.0") == comparable_value("3") != comparable_value("3.5")


class TestSlugs:
    @pytest.mark.parametrize(
        ("wording", "name"),
        [
            ("What was good?", "what_was_good"),
            ("What's  next", "whats_next"),
            ("Co było dobre", "co_bylo_dobre"),
            ("Zażółć", "zazolc"),
        ],
    )
    def test_it_is_made_of_the_words(self, wording: str, name: str) -> None:
        assert slug(wording) == name

    def test_it_tells_long_wordings_apart(self) -> None:
        start = "Please describe anything about the service that you were particularly "
        assert slug(start + "satisfied with") != slug(start + "dissatisfied with")
        assert len(slug(start + "satisfied with")) <= 60

    def test_it_names_wordings_of_other_scripts(self) -> None:
        assert slug("کیا اچھا تھا؟") != slug("کیا بہتر ہو سکتا ہے؟")
        assert slug("کیا اچھا تھا؟").isascii()

    @given(st.text(max_size=200))
    def test_it_is_never_empty_nor_too_long(self, wording: str) -> None:
        assert 0 < len(slug(wording)) <= 60
        assert set(slug(wording)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
