"""Words counted for a cloud."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.words import word_counts


def counted(texts: list[str], lang: str, floor: int = 1) -> dict[str, tuple[int, int]]:
    frame = word_counts(texts, lang, floor=floor)
    return {word: (voices, mentions) for word, voices, mentions in frame.itertuples(index=False)}


class TestCounting:
    def test_it_counts_voices_apart_from_mentions(self) -> None:
        assert counted(["taxi taxi taxi", "The taxi driver"], "en") == {"taxi": (2, 4), "driver": (1, 1)}

    def test_it_drops_words_below_the_floor(self) -> None:
        assert counted(["taxi driver", "taxi"], "en", floor=2) == {"taxi": (2, 2)}

    def test_it_puts_the_most_said_first(self) -> None:
        assert word_counts(["bus taxi", "taxi", "bus bus"], "en")["word"].tolist() == ["bus", "taxi"]

    def test_it_joins_spellings_and_possessives(self) -> None:
        assert counted(["School", "school's", "SCHOOL", "EHCP"], "en") == {"school": (3, 3), "EHCP": (1, 1)}

    @pytest.mark.parametrize(
        ("text", "lang", "words"),
        [
            ("سکول میں بہت انتظار ہے", "ur", {"سکول", "انتظار"}),
            ("nasza szkoła nie odpowiada na nasze listy", "pl", {"szkoła", "odpowiada", "listy"}),
            ("ਬੱਚਾ ਖੁਸ਼", "pa", {"ਬੱਚਾ", "ਖੁਸ਼"}),
            ("সন্তান খুশি", "bn", {"সন্তান", "খুশি"}),
            ("школа далеко", "uk", {"школа", "далеко"}),
        ],
    )
    def test_it_reads_every_script_without_its_stop_words(self, text: str, lang: str, words: set[str]) -> None:
        assert set(counted([text], lang)) == words

    def test_it_has_no_words_without_texts(self) -> None:
        assert word_counts([], "en").columns.tolist() == ["word", "voices", "mentions"]

    @settings(deadline=None)  # the first example loads what is needed
    @given(st.lists(st.text(max_size=40), max_size=12), st.integers(1, 4))
    def test_it_never_counts_more_voices_than_there_are(self, texts: list[str], floor: int) -> None:
        frame = word_counts(texts, "en", floor=floor)
        assert frame["voices"].between(floor, len(texts)).all()
        assert (frame["mentions"] >= frame["voices"]).all()
