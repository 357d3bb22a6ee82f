"""Copies of one text, counted once."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.campaigns import Campaign, Copies, find_campaigns

LETTER = "Please keep the resource base at our school open because the children need it every single day"
OTHER = [
    "The bus was late three times this week and nobody rang to tell us why",
    "She finally has a reader pen and the teacher sits with her after lunch",
    "Nobody has asked him what he would like to do when he leaves college",
]


def campaigns(texts: list[str]) -> tuple[Campaign, ...]:
    return find_campaigns(pd.DataFrame({"said": texts}, dtype="str"), text="said")


class TestCampaigns:
    def test_it_finds_copies_among_others_and_says_how_they_differ(self) -> None:
        (found,) = campaigns([OTHER[0], LETTER, OTHER[1], LETTER.upper(), f"{LETTER}. My own Tom does!", OTHER[2]])
        assert found.rows == (1, 3, 4)
        assert found.text == LETTER
        assert found.wordings == 2
        assert set(found.added) == {"my", "own", "tom", "does"}
        assert found.left_out == ()

    def test_short_ordinary_answers_are_no_campaign(self) -> None:
        assert campaigns(["Very good thank you"] * 50 + ["The staff were kind"] * 50) == ()

    def test_two_who_send_the_same_are_no_campaign(self) -> None:
        assert campaigns([LETTER, LETTER, *OTHER]) == ()

    def test_the_largest_comes_first(self) -> None:
        found = campaigns([OTHER[0]] * 3 + [LETTER] * 4)
        assert [len(campaign.rows) for campaign in found] == [4, 3]

    def test_ten_thousand_lines_alike_are_one(self) -> None:
        (found,) = campaigns([LETTER] * 10_000 + OTHER)
        assert (len(found.rows), found.wordings) == (10_000, 1)


class TestCopies:
    def test_pieces_give_the_same_as_the_whole(self) -> None:
        texts = [OTHER[0], LETTER, LETTER, OTHER[1], f"{LETTER} please", "Thanks", "thanks!", ""]
        whole, pieces = Copies(), Copies()
        whole.add(texts)
        for text in texts:
            pieces.add([text])
        assert whole.campaign_of_each().tolist() == pieces.campaign_of_each().tolist() == [-1, 0, 0, -1, 0, -1, -1, -1]
        assert whole.same_text == pieces.same_text == 2

    def test_nothing_has_no_copies(self) -> None:
        assert (Copies().campaign_of_each().tolist(), Copies().same_text) == ([], 0)

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.text(max_size=80), max_size=20))
    def test_whatever_is_written_has_a_number_or_none(self, texts: list[str]) -> None:
        copies = Copies()
        copies.add(texts)
        numbers = copies.campaign_of_each().tolist()
        assert len(numbers) == len(texts)
        assert all(numbers.count(number) >= 3 for number in set(numbers) - {-1})
