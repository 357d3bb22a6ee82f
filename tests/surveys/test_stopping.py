"""Where people stop is counted once, along the way they were led, and by nobody who wanted nothing kept."""

from __future__ import annotations

import datetime as dt

from surveys.answers import GivenAnswer
from surveys.building.editing import conditioned
from surveys.document import OnlyIf
from surveys.stopping import Stopped, stopped_in, way_of
from surveys.tables import Draft
from tests.conftest import Clock
from tests.pages import CONTINUE, CheckingClient, draft_of
from tests.surveys.building.drawn_surveys import question_of, survey_of
from voice.running.tidying import keep_tidy

YES = GivenAnswer("en", code="yes")
NO = GivenAnswer("en", code="no")
DOCUMENT = survey_of(
    question_of("yes_no", 1),
    conditioned(question_of("yes_no", 2), [OnlyIf("question_1", ("yes",))]),
    question_of("yes_no", 3),
    question_of("yes_no", 4),
)


class TestTheWay:
    def test_it_ends_after_the_last_answer(self) -> None:
        assert way_of(DOCUMENT, {"question_1": YES}) == (("question_1", "question_2"), "question_2")
        assert way_of(DOCUMENT, {}) == (("question_1",), "question_1")

    def test_who_was_led_past_a_question_did_not_get_to_it(self) -> None:
        assert way_of(DOCUMENT, {"question_1": NO}) == (("question_1", "question_3"), "question_3")

    def test_a_question_left_out_is_not_where_somebody_stopped(self) -> None:
        assert way_of(DOCUMENT, {"question_3": NO})[1] == "question_4"

    def test_after_the_last_question_nobody_stopped_at_any(self) -> None:
        reached, stopped = way_of(DOCUMENT, {"question_1": NO, "question_4": YES})
        assert (reached, stopped) == (("question_1", "question_3", "question_4"), None)


class TestRunningOut:
    def test_each_is_counted_once_when_the_answers_go(self, client: CheckingClient, clock: Clock) -> None:
        link = client.open_survey(DOCUMENT, "stopping")
        for answer in ("yes", "no", "no"):
            client.submit(client.begin(link), CONTINUE, answer=answer)
        thrown_away = draft_of(client.submit(client.begin(link), CONTINUE, answer="yes"))
        client.post(f"{thrown_away}/stop", {"go": "throw_away"})
        (round,) = {row["round"] for row in client.unit(lambda: Draft.select(Draft.round))}
        clock.now += dt.timedelta(days=31)
        for _ in range(2):
            client.run(lambda: keep_tidy(client.parts))
        assert client.unit(lambda: stopped_in(round)) == {
            "question_1": Stopped(3, 0),
            "question_2": Stopped(1, 1),
            "question_3": Stopped(2, 2),
        }
        assert {row["answers"] for row in client.unit(lambda: Draft.select(Draft.answers))} == {"{}"}
