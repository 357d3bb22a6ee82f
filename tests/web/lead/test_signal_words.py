"""Signals in words, and series as charts that can be read without looking at them."""

from __future__ import annotations

import dataclasses
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from analysis.process_control.charts import chart
from analysis.process_control.results import Point, Signal, Watched
from analysis.process_control.watching import watch
from voice.web.lead import signal_words
from voice.web.pages import environment

TERMS = [f"{year}-{name}" for year in (2024, 2025, 2026) for name in ("spring", "summer", "autumn")]


def series(*parts: int) -> list[Point]:
    return [Point(term, part, 100) for term, part in zip(TERMS, parts, strict=False)]


def signal(*parts: int) -> Signal:
    (found,) = watch({"listened": series(*parts)}).signals
    return found


class TestSignals:
    def test_it_says_which_rule_since_when_and_how_often_in_vain(self) -> None:
        said = signal_words.rule(signal(75, 77, 73, 76, 74, 75, 58))
        assert said.startswith("This one term is outside of what chance explains. It began in Spring 2026.")
        assert re.search(r"by chance in about 1 of (19|20|21) terms\.", said)
        assert "less sure" not in said
        both = signal_words.rule(signal(75, 77, 73, 76, 74, 75, 68, 66))
        assert both.startswith("The last two terms together are outside of what chance explains. It began in Spring")

    def test_it_says_how_clear_it_is_and_whether_it_stands(self) -> None:
        clear = signal(75, 77, 73, 76, 74, 75, 40)
        assert signal_words.as_clear(clear) == "By chance alone, terms look like this about once in 10,000."
        assert signal_words.stands(clear) == "It stands, with all that we looked at."
        assert "may be chance" in signal_words.stands(dataclasses.replace(clear, holds=False))

    def test_it_says_when_answers_always_swing(self) -> None:
        swinging = dataclasses.replace(signal(75, 77, 73, 76, 74, 75, 58), spread=1.7)
        assert "always go up and down a lot" in signal_words.rule(swinging)

    @pytest.mark.parametrize(
        ("looked_at", "expected", "said"),
        [
            (40, 2.4, "We looked at 40 lines of answers. By chance alone, about 2 of them would look changed."),
            (1, 0.06, "We looked at 1 line of answers. By chance alone, most likely none of them would look changed."),
        ],
    )
    def test_it_says_how_many_chance_alone_would_tell_of(self, looked_at: int, expected: float, said: str) -> None:
        assert signal_words.looked_at(Watched((), looked_at, expected)) == said

    @pytest.mark.parametrize(
        ("chance", "times"), [(0.9, "2"), (0.05, "20"), (0.0123, "81"), (0.00123, "810"), (0.0, "10,000")]
    )
    def test_chances_are_rounded_to_what_people_can_picture(self, chance: float, times: str) -> None:
        assert signal_words.one_of(chance) == times


def drawn(points: list[Point], *breaks: str) -> LexborHTMLParser:
    template = '{% from "lead/control_chart.html" import control_chart %}{{ control_chart(chart, "Listened & heard") }}'
    return LexborHTMLParser(environment().from_string(template).render(chart=chart(points, breaks=breaks)))


class TestTheChart:
    def test_it_tells_in_words_what_it_draws(self) -> None:
        found = drawn(series(75, 77, 73, 76, 74, 75, 58))
        picture = found.css_first("svg")
        assert picture.attributes["aria-label"] == "Listened & heard. Spring 2026: 58%"
        assert [text.text() for text in picture.css("text")] == [
            *("90%", "50%", "usual: 75%", "58%", "Spring 2024", "Spring 2026")
        ]
        assert len(picture.css(".control-point")) == 6
        assert len(picture.css(".control-outside")) == 1
        assert len(picture.css(".control-band")) == 5, "two terms are too few to tell where the third will be"
        rows = [row.text(separator=" ").split() for row in found.css("tbody tr")]
        assert rows[0] == ["Spring", "2024", "75%", "100"]
        assert rows[-1][:4] == ["Spring", "2026", "58%", "100"]
        assert rows[-1][-1] == "outside"

    def test_a_new_beginning_breaks_the_line_and_is_told(self) -> None:
        found = drawn(series(40, 42, 75, 77, 73, 76), "2024-autumn")
        assert (found.css_first(".control-line").attributes["d"] or "").count("M") == 2
        assert "We compare from Autumn 2024 on." in found.css_first("figcaption").text()

    def test_one_term_has_no_band_and_none_no_chart(self) -> None:
        one = drawn(series(75))
        assert "band" not in one.css_first("figcaption").text()
        assert "Nothing to count yet." in drawn([]).text()

    def test_everything_lies_within_the_picture(self) -> None:
        for parts in ((100, 100, 100, 0), (0, 0, 1, 0), (50, 100, 0, 50), (97, 98, 96, 20)):
            found = drawn(series(*parts))
            for point in found.css("circle"):
                assert 20 <= float(point.attributes["cy"] or "") <= 152
            for band in found.css(".control-band"):
                top = float(band.attributes["y"] or "")
                assert 20 <= top <= top + float(band.attributes["height"] or "") <= 152.2
