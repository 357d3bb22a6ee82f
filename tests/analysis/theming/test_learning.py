"""Learning from decisions."""

import io

import numpy as np
import pandas as pd
import pytest

from analysis.code_frame import read_code_frame
from analysis.themes import learn, suggest_themes
from analysis.theming.deciding import best_bars
from analysis.theming.examples import fields

FRAME = read_code_frame(
    io.StringIO("theme_id,theme,description,keywords\ngreen,Growing things,Plants,garden\nloud,Din,Noise,noise\n")
)
SAID = ["The zorbles need water", "zorbles everywhere", "So many zorbles", "A fribble woke me", "fribble at night"]


def decided() -> tuple[pd.DataFrame, "pd.Series[str]"]:
    texts = [f"{said} {end}" for said in SAID for end in ("today", "again", "in May", "as ever", "I think")]
    labels = ["green" if "zorbles" in text else "loud" for text in texts]
    return pd.DataFrame({"text": texts}), pd.Series(labels)


class TestLearning:
    def test_it_learns_words_that_no_frame_has_and_the_same_again(self) -> None:
        comments, labels = decided()
        asked = pd.DataFrame({"text": ["More zorbles please", "That fribble was back"]})
        learned = learn(comments, labels, FRAME, text="text")
        assert learned is not None
        found = suggest_themes(asked, FRAME, text="text", learned=learned)
        assert found["themes"].tolist() == ["green", "loud"]
        again = suggest_themes(asked, FRAME, text="text", learned=learn(comments, labels, FRAME, text="text"))
        pd.testing.assert_frame_equal(found, again)

    def test_it_counts_labels_that_the_frame_does_not_know(self) -> None:
        comments, labels = decided()
        labels[0], labels[1], labels[2] = "purple", "purple;green", "Growing things"
        learned = learn(comments, labels, FRAME, text="text")
        assert learned is not None
        assert learned.unknown == (("purple", 2),)
        assert learned.decisions == len(comments) - 1

    def test_it_learns_nothing_from_too_little(self) -> None:
        comments, labels = decided()
        assert learn(comments[:3], labels[:3], FRAME, text="text") is None


class TestExamples:
    def test_each_label_is_a_concept(self) -> None:
        assert all(field.labels.any(axis=0).all() for field in fields())


class TestBars:
    def test_a_theme_of_which_little_is_said_keeps_to_the_bar_of_all(self) -> None:
        labels = np.zeros((2000, 3), dtype=np.bool_)
        labels[:900, 0], labels[:4, 1], labels[900:1400, 2] = True, True, True
        likely = np.where(labels, [0.6, 0.3, 0.3], [0.4, 0.1, 0.1])
        common, rare, often = best_bars(likely, labels).each
        assert 0.4 < common < 0.6
        assert rare == pytest.approx(common, abs=0.01)
        assert often < 0.31
