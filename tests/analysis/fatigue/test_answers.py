"""What answers show of tiredness, how long families wait, and what a sample tells."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.fatigue.closing import days_to_an_answer, too_many
from analysis.fatigue.measures import told_apart
from analysis.fatigue.questions import (
    already_known,
    free_text_length,
    item_non_response,
    speeding,
    stopping_by_question,
    straight_lining,
)
from analysis.fatigue.sampling import precision_of_sample, sample_for_precision


def walked(*people: tuple[str, bool]) -> pd.DataFrame:
    """Each person as a letter a question: a answered, s shown and left, r rather not say, - not shown; and finished."""
    return pd.DataFrame(
        [
            (f"p{number}", f"q{place}", place, mark != "-", mark in "ar", mark == "r", finished)
            for number, (marks, finished) in enumerate(people)
            for place, mark in enumerate(marks, start=1)
        ],
        columns=["person", "question", "position", "shown", "answered", "rather_not_say", "finished"],
    )


class TestStopping:
    def test_it_is_of_those_who_got_to_the_question(self) -> None:
        found = stopping_by_question([("q1", 6, 1), ("q2", 3, 0), ("q3", 5, 1), ("q4", 0, 0)])
        assert [(each.question, each.position, each.share.value) for each in found] == [
            ("q1", 0, pytest.approx(1 / 6)),
            ("q2", 1, 0),
            ("q3", 2, pytest.approx(1 / 5)),
            ("q4", 3, None),
        ]
        assert found[-1].still_there == pytest.approx(5 / 6 * 1 * 4 / 5)

    def test_rather_not_say_stands_apart_from_left_empty(self) -> None:
        first, second = item_non_response(walked(("ar", True), ("ss", True), ("a-", True), ("rs", True)))
        assert (first.left_empty.part, first.rather_not_say.part, first.left_empty.n) == (1, 1, 4)
        assert (second.left_empty.part, second.rather_not_say.part, second.left_empty.n) == (2, 1, 3)


class TestManner:
    def test_straight_lines_are_looked_for_on_scales_of_four_items(self) -> None:
        rows = [("p1", "long", n, 3) for n in range(4)] + [("p2", "long", n, n) for n in range(4)]
        rows += [("p3", "long", n, 3) for n in range(3)] + [("p1", "short", n, 3) for n in range(3)]
        (found,) = straight_lining(pd.DataFrame(rows, columns=["person", "scale", "item", "value"]))
        assert (found.scale, found.share.part, found.share.n) == ("long", 1, 2)

    def test_speed_is_looked_at_where_text_is_read(self) -> None:
        rows = [
            ("text", 100, 29.0),
            ("text", 100, 31.0),
            ("sound", 100, 2.0),
            ("text", 100, math.nan),
            ("text", 0, 3.0),
        ]
        found = speeding(pd.DataFrame(rows, columns=["mode", "words", "seconds"]))
        assert (found.share.part, found.share.n, found.not_looked_at) == (1, 2, 3)

    def test_texts_that_get_shorter_with_every_ask(self) -> None:
        chance = np.random.default_rng(5)
        rows = [
            (f"f{family}", "p", ask, max(0, round(np.exp(3 + wordy - 0.2 * ask + chance.normal(0, 0.3)))))
            for family in range(200)
            for wordy in [chance.normal(0, 0.5)]
            # The wordy are asked more often: who compares people with each other sees no decay.
            for ask in range(1, 3 + int(wordy > 0) * 3)
        ]
        found = free_text_length(pd.DataFrame(rows, columns=["family", "person", "ask", "words"]))
        assert found.low < -0.2 < found.high < -0.1
        assert [ask for ask, _ in found.by_ask] == [1, 2, 3, 4, 5]
        first = [words for *_, ask, words in rows if ask == 1]
        assert found.by_ask[0][1].median == np.median(first)

    def test_texts_of_people_who_wrote_once_have_no_slope(self) -> None:
        rows = pd.DataFrame({"family": ["a", "b"], "person": ["p", "p"], "ask": [1, 2], "words": [5, 3]})
        assert (free_text_length(rows).slope, free_text_length(rows).n) == (None, 0)

    def test_what_was_known_is_counted(self) -> None:
        found = already_known(pd.DataFrame({"known": [True, False, True, True]}))
        assert (found.part, found.n, found.value) == (3, 4, 0.75)

    def test_what_was_known_is_told_apart_by_survey(self) -> None:
        rows = pd.DataFrame({"known": [True, False, True], "survey": ["plans", "annual", "plans"]})
        found = told_apart(rows, "survey", already_known)
        assert [(survey, share.part, share.n) for survey, share in found.items()] == [("annual", 0, 1), ("plans", 2, 2)]


class TestClosing:
    def test_those_who_still_wait_count_with_the_days_they_wait(self) -> None:
        day = pd.Timestamp("2026-01-01", tz="UTC")
        told = [10, 20, 30, None, None, 90]
        frame = pd.DataFrame(
            {
                "answered_at": [day] * 6,
                "told_at": [pd.NaT if wait is None else day + pd.Timedelta(days=wait) for wait in told],
            }
        ).assign(told_at=lambda each: pd.to_datetime(each["told_at"], utc=True))
        found = days_to_an_answer(frame, day + pd.Timedelta(days=40))
        assert (found.n, found.told, found.median, found.waiting) == (6, 3, 30, 40)
        assert found.low == 10
        assert found.high is None
        everybody = days_to_an_answer(frame.dropna(), day + pd.Timedelta(days=400))
        assert (everybody.median, everybody.waiting) == (20, None)
        assert days_to_an_answer(frame.iloc[:0], day).median is None

    def test_too_many_is_a_share_of_those_who_say(self) -> None:
        found = too_many(pd.Series(["too_many", "about_right", "rather_not_say", "about_right", "", "too_few"]))
        assert (found.n, found.too_many.value, found.about_right.value, found.rather_not_say) == (4, 0.25, 0.5, 1)


class TestSample:
    def test_it_is_as_precise_as_drawing_shows(self) -> None:
        chance = np.random.default_rng(2)
        families = np.arange(2000) < 1000
        drawn = [chance.choice(families, 600, replace=False).mean() for _ in range(2000)]
        found = precision_of_sample(2000, 1500, 0.4)
        assert found.half_width == pytest.approx(1.96 * np.std(drawn), rel=0.06)
        assert found.spared == 500

    def test_it_finds_the_smallest_that_is_precise_enough(self) -> None:
        found = sample_for_precision(5000, 0.05, 0.5)
        assert found is not None
        assert found.half_width <= 0.05 < precision_of_sample(5000, found.asked - 2, 0.5).half_width
        assert sample_for_precision(50, 0.01, 0.3) is None

    def test_nobody_is_sure_of_everything(self) -> None:
        assert precision_of_sample(100, 100, 1.0).half_width == 0
        assert precision_of_sample(100, 1, 0.2).half_width is None
        with pytest.raises(ValueError, match="part of a population"):
            precision_of_sample(10, 11, 0.5)
