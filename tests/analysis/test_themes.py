"""Themes suggested by keywords."""

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.code_frame import CodeFrame, read_code_frame, send_code_frame
from analysis.themes import suggest_themes, theme_counts

FRAME = """theme_id,theme,description,keywords
waiting,Waiting,How long it takes,wait;list;delay;czeka;انتظار
heard,Being heard,Being listened to,listen;took me seriously
travel,Travel,Getting there,bus;taxi;OT
food,Food,What is eaten,café;school dinner
"""


@pytest.fixture(scope="module")
def frame() -> CodeFrame:
    return read_code_frame(io.StringIO(FRAME))


def themed(text: str, frame: CodeFrame, **columns: str) -> "pd.Series[str]":
    comments = pd.DataFrame({"text": [text], **{name: [value] for name, value in columns.items()}})
    named = {name: name for name in columns}
    return suggest_themes(comments, frame, text="text", **named).iloc[0]


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
    def test_it_finds_word_beginnings_and_phrases(self, text: str, themes: str, frame: CodeFrame) -> None:
        assert themed(text, frame)["themes"] == themes

    @pytest.mark.parametrize("text", ["too busy", "business as usual", "another one", "other"])
    def test_it_takes_short_words_and_abbreviations_whole(self, text: str, frame: CodeFrame) -> None:
        assert themed(text, frame)["themes"] == ""

    @pytest.mark.parametrize("text", ["two buses", "the bus", "our OT", "the ot's room", "the OTs"])
    def test_it_finds_their_plurals(self, text: str, frame: CodeFrame) -> None:
        assert themed(text, frame)["themes"] == "travel"

    def test_it_lets_the_longest_beginning_speak_for_a_word(self, frame: CodeFrame) -> None:
        assert themed("they listened", frame)["themes"] == "heard"

    def test_it_gives_several_themes_the_strongest_first(self, frame: CodeFrame) -> None:
        found = themed("The taxi was late, a delay, and we wait and wait. They listened.", frame)
        assert found["themes"] == "waiting;travel;heard"
        assert found["why"] == "waiting: delay, wait; travel: taxi; heard: listened"

    def test_it_shows_the_words_as_they_were_written(self, frame: CodeFrame) -> None:
        assert themed("Die CAFÉ-Frau", frame)["why"] == "food: CAFÉ"


class TestOutcomes:
    @pytest.mark.parametrize(
        ("text", "outcome"),
        [
            ("The bus was late", "themed"),
            ("The garden has chickens in it", "none_fits"),
            ("n/a", "stock_answer"),
            ("🙂", "unreadable"),
            ("Am fost foarte mulțumiți de toate acestea", "other_language"),
            ("Czekamy bardzo długo na odpowiedź z urzędu", "themed"),
        ],
    )
    def test_it_says_what_became_of_each(self, text: str, outcome: str, frame: CodeFrame) -> None:
        assert themed(text, frame)["outcome"] == outcome

    def test_it_keeps_nothing_where_nothing_is_an_answer(self, frame: CodeFrame) -> None:
        assert themed("Nothing", frame, question="What could be better?")["outcome"] == "none_fits"

    @settings(deadline=None)  # the first example loads what is needed
    @given(st.lists(st.text(max_size=50), max_size=15))
    def test_it_drops_nothing_and_changes_nothing(self, texts: list[str]) -> None:
        comments = pd.DataFrame({"text": pd.Series(texts, dtype="str")}, index=[f"row {n}" for n in range(len(texts))])
        before = comments.copy(deep=True)
        found = suggest_themes(comments, send_code_frame(), text="text")
        assert found.index.equals(comments.index)
        assert set(found["outcome"]) <= {
            "themed",
            "none_fits",
            "stock_answer",
            "other_language",
            "unreadable",
        }
        assert ((found["themes"] != "") == (found["outcome"] == "themed")).all()
        assert ((found["why"] != "") == (found["themes"] != "")).all()
        pd.testing.assert_frame_equal(comments, before)

    def test_it_reads_a_very_long_comment(self, frame: CodeFrame) -> None:
        assert themed("we wait for the bus " * 100_000, frame)["outcome"] == "themed"


class TestCounts:
    def test_it_counts_a_voice_once_for_each_theme(self, frame: CodeFrame) -> None:
        suggested = pd.DataFrame(
            {"themes": ["waiting;travel", "waiting", ""], "feels": ["negative", "mixed", "positive"]}
        )
        counts = theme_counts(suggested, frame, sentiment="feels").set_index("theme_id")
        assert counts["voices"].tolist() == [2, 0, 1, 0]
        assert counts.loc["waiting", ["negative", "mixed", "positive"]].tolist() == [1, 1, 0]
