"""Themes suggested by keywords."""

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.code_frame import CodeFrame, read_code_frame, send_code_frame
from analysis.themes import Suggester, suggest_themes

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


class TestSuggestions:
    def test_it_gives_several_themes_each_with_its_words(self, frame: CodeFrame) -> None:
        found = themed("The taxi was late, a delay, and we wait and wait. They listened.", frame)
        assert sorted(found["themes"].split(";")) == ["heard", "travel", "waiting"]
        why = dict(reason.split(": ") for reason in found["why"].split("; "))
        assert why == {"waiting": "delay, wait", "travel": "taxi", "heard": "listened"}
        sure = [float(confidence) for confidence in found["confidences"].split(";")]
        assert sure == sorted(sure, reverse=True)

    def test_it_knows_the_field_beyond_the_keywords_of_the_frame(self) -> None:
        frame = read_code_frame(
            io.StringIO("theme_id,theme,description,keywords\nF,Food and drink,Meals,\nP,Parking,Places for cars,\n")
        )
        found = themed("My dinner was stone cold and the soup had no taste", frame)
        assert found["themes"] == "F"
        words = found["why"].removeprefix("F: ").split(", ")
        assert {"dinner", "soup"} & set(words)
        assert all(word in "My dinner was stone cold and the soup had no taste" for word in words)

    def test_it_does_not_depend_on_ids(self) -> None:
        rows = [
            f"T{number},{theme.theme},{theme.description},{';'.join(theme.keywords)}"
            for number, theme in enumerate(read_code_frame(io.StringIO(FRAME)).themes)
        ]
        renamed = read_code_frame(io.StringIO("theme_id,theme,description,keywords\n" + "\n".join(rows)))
        text = "We wait for a bus"
        plain = themed(text, read_code_frame(io.StringIO(FRAME)))
        assert themed(text, renamed)["confidences"] == plain["confidences"]

    def test_it_judges_another_language_by_its_translation(self, frame: CodeFrame) -> None:
        found = themed(
            "Autobusul a întârziat iar astăzi la școală",
            frame,
            translation="The bus to school was late again",
        )
        assert "travel" in found["themes"].split(";")
        assert found["language"] == "ro"

    def test_it_says_the_same_of_a_file_in_pieces(self, frame: CodeFrame) -> None:
        comments = pd.DataFrame(
            {"text": ["We wait. The bus never came.", "n/a", "The soup was cold", "They ignored me"]}
        )
        whole = suggest_themes(comments, frame, text="text")
        suggester = Suggester(frame)
        pieces = pd.concat([suggester.suggest(comments[:2], text="text"), suggester.suggest(comments[2:], text="text")])
        columns = ["themes", "confidence", "confidences", "why", "outcome"]
        pd.testing.assert_frame_equal(pieces[columns], whole[columns])

    def test_it_asks_a_person_about_the_least_sure(self, frame: CodeFrame) -> None:
        texts = [
            "The bus was late",
            "We wait and wait",
            "Hm, so so",
            "They listened",
            "Well",
            "A taxi",
            "The delay",
            "n/a",
            "ok",
            "café",
        ]
        found = suggest_themes(pd.DataFrame({"text": texts}), frame, text="text")
        read = found[found["outcome"].isin(["themed", "none_fits"])]
        assert read["needs_person"].sum() == int(len(read) * 0.3)
        assert read.loc[read["needs_person"], "confidence"].max() <= read.loc[~read["needs_person"], "confidence"].min()


class TestMentions:
    def test_it_says_which_sentence_speaks_of_what(self, frame: CodeFrame) -> None:
        comments = pd.DataFrame({"text": ["n/a", "They listened to us. The taxi never came."]}, index=["a", "b"])
        suggester = Suggester(frame)
        judged = suggester.judge(comments, text="text")
        found = suggester.mentions(judged, comments.index).set_index("theme_id")
        assert found.loc["travel", "sentence"] == "The taxi never came."
        assert found.loc["travel", "start"] == 21
        assert found.loc["heard", "words"] == "listened"
        assert set(found["row"]) == {"b"}


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
