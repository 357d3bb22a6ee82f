"""Terms: which one a day falls in, and their order in time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.terms import first_day, is_term, term_of, term_order, terms_between

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


class TestTerms:
    @pytest.mark.parametrize(
        ("day", "term"),
        [
            (dt.date(2026, 1, 1), "2026-spring"),
            (dt.date(2026, 3, 31), "2026-spring"),
            (dt.date(2026, 4, 1), "2026-summer"),
            (dt.date(2026, 8, 31), "2026-summer"),
            (dt.date(2026, 9, 1), "2026-autumn"),
            (dt.date(2026, 12, 31), "2026-autumn"),
        ],
    )
    def test_it_knows_the_term_of_a_day(self, day: dt.date, term: str) -> None:
        assert term_of(day) == term

    @given(DAYS)
    def test_it_begins_on_its_first_day(self, day: dt.date) -> None:
        begins = first_day(term_of(day))
        assert begins <= day
        assert term_of(begins) == term_of(day)
        assert term_of(begins - dt.timedelta(days=1)) != term_of(day)

    @given(DAYS, DAYS)
    def test_it_puts_terms_in_time(self, one: dt.date, two: dt.date) -> None:
        assert (term_order(term_of(one)) < term_order(term_of(two))) == (
            first_day(term_of(one)) < first_day(term_of(two))
        )

    def test_it_lists_terms_between_two_days(self) -> None:
        found = terms_between(dt.date(2025, 9, 1), dt.date(2026, 4, 1))
        assert found == ("2025-autumn", "2026-spring", "2026-summer")
        assert terms_between(dt.date(2026, 2, 1), dt.date(2026, 2, 1)) == ("2026-spring",)

    @pytest.mark.parametrize("key", ["", "autumn", "2026-winter", "26-autumn", "2026-autumn ", "2026-AUTUMN"])
    def test_it_knows_what_is_no_term(self, key: str) -> None:
        assert not is_term(key)
        with pytest.raises(ValueError, match="not a term"):
            term_order(key)
