from __future__ import annotations

from msgspec.structs import replace

from surveys.building.editing import with_words, without
from surveys.building.stale import LookedAt, StaleWords, stale_after
from surveys.document import SurveyDocument
from tests.surveys.building.drawn_surveys import question_of, survey_of

BOTH = {"en": "How was it?", "pl": "Jak było?", "ur": "کیسا رہا؟"}
DOCUMENT = survey_of(
    replace(question_of("yes_no", 1), title=BOTH), replace(question_of("free_text", 2), title=BOTH, help=BOTH)
)
OLD = frozenset({StaleWords("question_1", "title", "pl"), StaleWords("question_1", "title", "ur")})


def reworded(document: SurveyDocument = DOCUMENT, language: str = "en", text: str = "Was it good?") -> SurveyDocument:
    return with_words(document, "question_1", language, {"title": text})


class TestStale:
    def test_it_finds_every_translation_of_what_was_changed(self) -> None:
        assert stale_after((), DOCUMENT, reworded()) == OLD
        assert stale_after((), DOCUMENT, DOCUMENT) == frozenset()

    def test_it_stays_until_somebody_looks(self) -> None:
        assert stale_after(OLD, reworded(), reworded()) == OLD
        left = stale_after(OLD, reworded(), reworded(), LookedAt("question_1", "pl"))
        assert left == {StaleWords("question_1", "title", "ur")}
        assert stale_after(OLD, reworded(), reworded(), LookedAt("question_1")) == frozenset()
        assert stale_after(OLD, reworded(), reworded(), LookedAt("question_2")) == OLD

    def test_it_ends_with_other_words_or_none(self) -> None:
        for text in ("Czy było dobrze?", ""):
            left = stale_after(OLD, reworded(), reworded(reworded(), "pl", text))
            assert left == {StaleWords("question_1", "title", "ur")}

    def test_it_ends_with_its_question(self) -> None:
        assert stale_after(OLD, reworded(), without(reworded(), "question_1")) == frozenset()

    def test_it_counts_words_that_change_with_their_english_as_new(self) -> None:
        after = reworded(reworded(), "pl", "Czy było dobrze?")
        assert stale_after((), DOCUMENT, after) == {StaleWords("question_1", "title", "ur")}

    def test_it_needs_an_english_that_was_there_before(self) -> None:
        before = with_words(DOCUMENT, "question_1", "en", {"help": ""})
        with_help = with_words(before, "question_1", "pl", {"help": "Powiedz."})
        assert stale_after((), with_help, with_words(with_help, "question_1", "en", {"help": "Say."})) == frozenset()
