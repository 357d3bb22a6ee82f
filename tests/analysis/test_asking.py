"""What a question asks for."""

import pytest

from analysis.asking import Asks, what_is_asked


class TestQuestions:
    @pytest.mark.parametrize(
        ("question", "asks"),
        [
            ("What could be better?", Asks.FAULTS),
            ("could_be_better", Asks.FAULTS),
            ("How could we improve?", Asks.FAULTS),
            ("Co mogło być lepsze?", Asks.FAULTS),
            ("What went well?", Asks.GOOD),
            ("went_well", Asks.GOOD),
            ("What do you like about college?", Asks.GOOD),
            ("What one thing would help?", Asks.WISHES),
            ("What is hard at school?", Asks.HARD),
            ("What went well, and what was difficult?", Asks.OPEN),
            ("Is there anything else you want to tell us?", Asks.ANYTHING_ELSE),
            ("Did you feel heard?", Asks.YES_NO),
            ("Tell us about your journey.", Asks.OPEN),
            ("", Asks.OPEN),
            (None, Asks.OPEN),
        ],
    )
    def test_it_tells_what_they_ask_for(self, question: str | None, asks: Asks) -> None:
        assert what_is_asked(question) is asks
