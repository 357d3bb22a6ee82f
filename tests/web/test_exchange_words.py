"""Whatever cannot be carried over has words, and every word belongs to something that can happen."""

from __future__ import annotations

from typing import get_args

from surveys.exchange.carried import Left, Reason
from tests.house.test_imports import sources
from voice.web import exchange_words


class TestWords:
    def test_it_has_words_for_every_reason(self) -> None:
        said = [exchange_words.left(Left(reason)) for reason in get_args(Reason)]
        assert len(set(said)) == len(get_args(Reason)), "no two say the same"

    def test_it_has_no_reason_that_never_comes(self) -> None:
        written = "".join(path.read_text() for path in sources("surveys/exchange") if path.name != "carried.py")
        assert [reason for reason in get_args(Reason) if f'"{reason}"' not in written] == []

    def test_it_says_where_something_is(self) -> None:
        assert exchange_words.where(Left("no_name", "survey", 4, "name")) == "survey, row 4, name"
        assert exchange_words.where(Left("language_left_out", about="fr")) == ""
