"""A small survey with branches, in English alone."""

from __future__ import annotations

import pytest

from surveys.building.editing import conditioned
from surveys.document import OnlyIf
from tests.pages import CheckingClient
from tests.surveys.building.drawn_surveys import question_of, survey_of


@pytest.fixture
def branching(client: CheckingClient) -> str:
    """The address of a survey. Its second and third question are for those who say yes to the first, its fourth for
    those who say yes to the second, and the last is for everybody."""
    yes_to = {number: OnlyIf(f"question_{number}", ("yes",)) for number in (1, 2)}
    document = survey_of(
        question_of("single_choice", 1),
        conditioned(question_of("single_choice", 2), [yes_to[1]]),
        conditioned(question_of("date", 3), [yes_to[1]]),
        conditioned(question_of("free_text", 4), [yes_to[2]]),
        question_of("free_text", 5),
    )
    return client.open_survey(document, "branching")
