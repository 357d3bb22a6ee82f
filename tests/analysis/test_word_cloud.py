"""A word cloud that is text."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
import wordcloud  # type: ignore[import-untyped]

from analysis.word_cloud import place_words, word_cloud_svg

FONT = str(Path(wordcloud.__file__).parent / "DroidSansMono.ttf")
URDU = "انتظار سکول تھراپسٹ پلان بچے مدد ڈاکٹر ٹیکسی دوست معلومات جائزہ شکریہ فون جواب پریشان".split()  # noqa: SIM905
SVG = "{http://www.w3.org/2000/svg}"


def counts(words: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"word": words, "voices": range(len(words) + 9, 9, -1), "mentions": 40})


def drawn(words: list[str], title: str = "Words", language: str = "en", direction: str = "ltr") -> str:
    return word_cloud_svg(
        counts(words),
        font_path=FONT,
        colours=["#123456", "#654321"],
        title=title,
        language=language,
        direction=direction,
    )


class TestPicture:
    def test_it_writes_every_word_as_text(self) -> None:
        words = [f"word{number}" for number in range(30)]
        found = [text.text for text in ElementTree.fromstring(drawn(words)).iter(f"{SVG}text")]
        assert sorted(str(word) for word in found) == sorted(words)

    def test_it_is_one_picture_with_a_name_for_screen_readers(self) -> None:
        root = ElementTree.fromstring(drawn(["taxi"], title="What families <said>"))
        assert root.get("role") == "img"
        title = root.find(f"{SVG}title")
        assert title is not None
        assert title.text == "What families <said>"
        assert root.get("aria-labelledby") == title.get("id")

    def test_it_has_nothing_a_strict_page_forbids(self) -> None:
        svg = drawn(["taxi", "bus"])
        assert not re.search(r"\bstyle\b|<script|\bon\w+=|href", svg)

    def test_it_says_the_language_and_direction_of_its_words(self) -> None:
        svg = drawn(URDU, language="ur", direction="rtl")
        assert 'lang="ur"' in svg
        assert 'direction="rtl"' in svg
        assert all(f">{word}<" in svg for word in URDU)

    def test_it_is_the_same_each_time(self) -> None:
        assert drawn(URDU) == drawn(URDU)

    def test_it_escapes_words(self) -> None:
        assert "&lt;b&gt;" in drawn(["<b>"])

    def test_it_stands_without_words(self) -> None:
        assert "<title" in drawn([])
        assert "<text" not in drawn([])

    def test_it_needs_a_colour(self) -> None:
        with pytest.raises(ValueError, match="colour"):
            word_cloud_svg(counts(["a"]), font_path=FONT, language="en", direction="ltr", colours=[], title="Words")


class TestPlaces:
    @pytest.mark.parametrize("words", [URDU, [f"{letter}pqgj" * 2 for letter in "abcdefghijklmnopqrstuvwxyz"]])
    def test_it_keeps_words_apart_and_inside(self, words: list[str]) -> None:
        frequencies = {word: 50.0 - 3 * rank for rank, word in enumerate(words[:16])}
        places = place_words(frequencies, font_path=FONT, width=600, height=400, smallest=12)
        assert len(places) == len(frequencies)
        for one, other in combinations([place.box for place in places], 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for left, top, right, bottom in (place.box for place in places):
            assert 0 <= left < right <= 600
            assert 0 <= top < bottom <= 400

    def test_it_makes_the_most_said_the_largest(self) -> None:
        places = place_words({"often": 90.0, "seldom": 10.0}, font_path=FONT, width=600, height=400, smallest=12)
        assert [place.word for place in places] == ["often", "seldom"]
        assert places[0].size > places[1].size

    def test_it_leaves_room_for_accents(self) -> None:
        plain, accented = (
            place_words({word: 1.0}, font_path=FONT, width=600, height=400, smallest=12)[0].box
            for word in ("zolc", "żółć")
        )
        assert accented[3] - accented[1] > plain[3] - plain[1]
        assert accented[2] - accented[0] == plain[2] - plain[0]
