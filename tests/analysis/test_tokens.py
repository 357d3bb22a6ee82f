"""Words in every script that families write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tokens import folded, normalised, word_texts, words_of


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Can't fault them, 10/10!", ["Can't", "fault", "them", "10", "10"]),
            ("the staff’s ‘help’", ["the", "staff’s", "help"]),
            ("dziękuję, proszę", ["dziękuję", "proszę"]),
            ("کچھ نہیں، شکریہ۔", ["کچھ", "نہیں", "شکریہ"]),
            ("ਬੱਚਾ ਖੁਸ਼ ਹੈ।", ["ਬੱਚਾ", "ਖੁਸ਼", "ਹੈ"]),
            ("আমার সন্তান খুশি", ["আমার", "সন্তান", "খুশি"]),
            ("дитина щаслива", ["дитина", "щаслива"]),
            ("می\u200cخواہم", ["می\u200cخواہم"]),
        ],
    )
    def test_it_keeps_words_whole(self, text: str, words: list[str]) -> None:
        assert word_texts(text) == words

    @given(st.text(max_size=60))
    def test_it_says_where_each_word_stands(self, text: str) -> None:
        assert all(text[word.start : word.end] == word.text for word in words_of(text))

    @given(st.text(alphabet="ab1' -.,_?", max_size=30))
    def test_it_cuts_plain_text_as_it_cuts_any_other(self, text: str) -> None:
        plain = word_texts(text)
        assert plain == word_texts(text + " é")[: len(plain)] or "_" in text


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("CAFÉ", "cafe"), ("Łódź", "lodz"), ("can’t", "can't"), ("يقين", "یقین"), ("مُدَد", "مدد")],
    )
    def test_it_makes_spellings_of_one_word_the_same(self, one: str, other: str) -> None:
        assert folded(normalised(one)) == folded(normalised(other))

    def test_it_drops_what_copying_leaves_behind(self) -> None:
        assert normalised("\u200bhel\u00adlo\ufeff") == "hello"
