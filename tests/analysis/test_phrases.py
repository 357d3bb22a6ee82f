"""Phrases in every script, counted in voices."""

from __future__ import annotations

import math

import pytest

from analysis.phrases import distinctive, phrase_table, phrases_of, telling_words


class TestPhrases:
    def test_it_counts_voices_and_not_mentions(self) -> None:
        assert phrases_of(["Bus, bus and bus!", "the bus"]).voices["bus"] == 2

    def test_words_without_content_stand_at_neither_end(self) -> None:
        said = phrases_of(["He moved to college in the autumn"]).voices
        assert "moved to college" in said
        assert not any(phrase.split()[0] in ("to", "in", "the") for phrase in said)

    def test_a_phrase_ends_where_the_sentence_does(self) -> None:
        assert "late taxi" not in phrases_of(["The bus was late. Taxi came."]).voices

    @pytest.mark.parametrize(
        ("lang", "text", "phrase"),
        [
            ("ur", "اسکول بس دیر سے آتی ہے۔ اچھا استاد", "اسکول بس"),
            ("pa", "ਸਕੂਲ ਬੱਸ ਦੇਰ ਨਾਲ ਆਉਂਦੀ ਹੈ", "ਸਕੂਲ ਬੱਸ"),
            ("bn", "স্কুল বাস দেরিতে আসে", "স্কুল বাস"),
            ("pl", "Szkolny autobus się spóźnia", "szkolny autobus"),
        ],
    )
    def test_it_reads_every_script(self, lang: str, text: str, phrase: str) -> None:
        from analysis.tokens import folded, normalised

        assert folded(normalised(phrase)) in phrases_of([text], lang).voices


class TestTable:
    def test_what_the_others_do_not_say_comes_first(self) -> None:
        bus = ["The taxi was late again and school noticed"] * 6
        rest = ["school was kind about the form"] * 20
        table = phrase_table(bus, rest)
        assert table.iloc[0]["elsewhere"] == 0
        assert "taxi" in " ".join(table["phrase"].head(3))
        school = table[table["phrase"] == "school"]
        assert school.empty or float(school["distinctive"].iloc[0]) < float(table["distinctive"].iloc[0])

    def test_a_word_that_only_stands_in_a_phrase_is_left_out(self) -> None:
        table = phrase_table(["the resource base", "our resource base"], floor=2)
        assert table["phrase"].tolist() == ["resource base"]
        assert (table["voices"].tolist(), table["share"].tolist()) == ([2], [1.0])

    def test_names_stay_as_they_are_written(self) -> None:
        assert phrase_table(["The EHCP arrived", "an EHCP!"], floor=2)["phrase"].tolist() == ["EHCP"]

    def test_nothing_said_is_an_empty_table(self) -> None:
        assert phrase_table([], []).empty
        assert phrase_table(["…", "😀"], ["x"]).empty


class TestDistinctive:
    def test_it_is_the_published_measure(self) -> None:
        """By hand: 5 of 10 say it here and 1 of 10 there; the prior holds 0.6 of 2."""
        expected = (math.log(5.6 / (12 - 5.6)) - math.log(1.6 / (12 - 1.6))) / math.sqrt(1 / 5.6 + 1 / 1.6)
        assert distinctive({"bus": 5}, 10, {"bus": 6}, 20)["bus"] == pytest.approx(expected)

    def test_telling_words_do_not_repeat_each_other(self) -> None:
        assert telling_words(["car park", "park", "full", "car"], 3) == ["car park", "full"]
