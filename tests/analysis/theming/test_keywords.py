"""The keywords of a frame in a text."""

import io

import pytest

from analysis.code_frame import read_code_frame
from analysis.theming.keywords import KeywordFinder
from analysis.tokens import normalised

FRAME = """theme_id,theme,description,keywords
waiting,Waiting,How long it takes,wait;list;delay;czeka;انتظار
heard,Being heard,Being listened to,listen;took me seriously
travel,Travel,Getting there,bus;taxi;OT
food,Food,What is eaten,café;school dinner
"""


@pytest.fixture(scope="module")
def finder() -> KeywordFinder:
    return KeywordFinder(read_code_frame(io.StringIO(FRAME)))


def found(text: str, finder: KeywordFinder) -> str:
    return ";".join(dict.fromkeys(mention.theme_id for mention in finder.mentions(normalised(text))))


class TestKeywords:
    @pytest.mark.parametrize(
        ("text", "themes"),
        [
            ("We WAITED all year", "waiting"),
            ("waiting lists", "waiting"),
            ("They took me seriously", "heard"),
            ("They took  me\nseriously", "heard"),
            ("took him seriously", ""),
            ("The cafe was shut", "food"),
            ("THE CAFÉS", "food"),
            ("school dinners were cold", "food"),
            ("awaiting", ""),
            ("بہت انتظار کیا", "waiting"),
            ("Czekamy od roku", "waiting"),
        ],
    )
    def test_it_finds_word_beginnings_and_phrases(self, text: str, themes: str, finder: KeywordFinder) -> None:
        assert found(text, finder) == themes

    @pytest.mark.parametrize("text", ["too busy", "business as usual", "another one", "other"])
    def test_it_takes_short_words_and_abbreviations_whole(self, text: str, finder: KeywordFinder) -> None:
        assert found(text, finder) == ""

    @pytest.mark.parametrize("text", ["two buses", "the bus", "our OT", "the ot's room", "the OTs"])
    def test_it_finds_their_plurals(self, text: str, finder: KeywordFinder) -> None:
        assert found(text, finder) == "travel"

    def test_it_lets_the_longest_beginning_speak_for_a_word(self, finder: KeywordFinder) -> None:
        assert found("they listened", finder) == "heard"

    def test_it_shows_the_words_as_they_were_written(self, finder: KeywordFinder) -> None:
        assert [mention.words for mention in finder.mentions("Die CAFÉ-Frau")] == ["CAFÉ"]
