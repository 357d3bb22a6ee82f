"""A concept and its wordings, and the question that a survey makes of it."""

from __future__ import annotations

import msgspec
import pytest

from surveys.bank.checking import BankProblem, check, proposed_code, proposed_option_code
from surveys.bank.concepts import Concept, OfferedOption, Wording, concept_of, question_of
from surveys.document import HardWord, Option, Question, SurveyDocument, Words
from surveys.templates import TEMPLATES
from voice.languages import LANGUAGES, words

EVERY_SURVEY = [template(words, tuple(LANGUAGES)) for template in TEMPLATES.values()]

LISTENED = Concept(
    "listened",
    "single_choice",
    options=(OfferedOption("yes", "yes"), OfferedOption("no", "no", "picture-1")),
    wordings={
        "easy_read": {
            "en": Wording("Did we listen?", "We asked.", {"yes": "Yes", "no": "No"}, {"no": "A thumb down"}),
            "pl": Wording("Czy słuchaliśmy?", "", {"yes": "Tak", "no": "Nie"}, audio="recording-1"),
        },
        "standard": {"en": Wording("Did you feel listened to?", "", {"yes": "Yes", "no": "No"})},
    },
)


def worded(question: Question) -> Question:
    """The question as the bank has it: without conditions, and only in languages that its title is in."""

    def said(words: Words) -> Words:
        return {language: each for language, each in words.items() if language in question.title}

    def choices(options: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(msgspec.structs.replace(option, label=said(option.label)) for option in options)

    return msgspec.structs.replace(
        question,
        help=said(question.help),
        options=choices(question.options),
        places=choices(question.places),
        hard_words=tuple(HardWord(said(each.word), said(each.meaning)) for each in question.hard_words),
        ends=(said(question.ends[0]), said(question.ends[1])) if question.ends else None,
        only_if=None,
        also_if=(),
    )


class TestTheQuestionOfASurvey:
    def test_it_has_the_words_of_the_languages_that_were_chosen(self) -> None:
        question = question_of(LISTENED, "easy_read", ("en", "pl"))
        assert question.title == {"en": "Did we listen?", "pl": "Czy słuchaliśmy?"}
        assert question.options == (
            Option("yes", "yes", {"en": "Yes", "pl": "Tak"}),
            Option("no", "no", {"en": "No", "pl": "Nie"}, "picture-1", {"en": "A thumb down"}),
        )
        assert question.audio == {"pl": "recording-1"}

    def test_it_leaves_out_what_is_not_worded_yet(self) -> None:
        assert question_of(LISTENED, "easy_read", ("ur",)).title == {}
        assert question_of(LISTENED, "standard", ("en", "pl")).title == {"en": "Did you feel listened to?"}

    def test_it_has_the_other_edition_where_one_has_no_words_at_all(self) -> None:
        easy = concept_of(
            question_of(LISTENED, "easy_read", ("en",)), audience="other", edition="easy_read", period="now"
        )
        assert question_of(easy, "standard", ("en",)).title == {"en": "Did we listen?"}

    @pytest.mark.parametrize("survey", EVERY_SURVEY, ids=lambda survey: survey.slug)
    def test_it_is_the_question_that_the_concept_was_made_of(self, survey: SurveyDocument) -> None:
        for question in survey.questions:
            concept = concept_of(question, audience=survey.audience, edition=survey.edition, period="this_time")
            asked = worded(question)
            assert question_of(concept, survey.edition, question.title) == asked

    def test_it_keeps_hard_words_together_across_languages(self) -> None:
        hard = HardWord(
            {"en": "panel", "pl": "komisja"}, {"en": "People who decide.", "pl": "Ludzie, którzy decydują."}
        )
        asked = Question(
            "q", "free_text", "", {"en": "Was the panel fair?", "pl": "Czy komisja była fair?"}, {}, (), (hard,)
        )
        concept = concept_of(asked, audience="parent_carer", edition="easy_read", period="now")
        assert question_of(concept, "easy_read", ("en", "pl")).hard_words == (hard,)

    def test_it_keeps_hard_words_apart_where_a_language_lacks_one(self) -> None:
        ehcp, senco = (
            HardWord({"en": "EHCP"}, {"en": "A plan."}),
            HardWord({"en": "SENCO", "pl": "SENCO"}, {"en": "A teacher.", "pl": "Nauczyciel."}),
        )
        asked = Question("q", "free_text", "", {"en": "Why?", "pl": "Czemu?"}, {}, (), (ehcp, senco))
        concept = concept_of(asked, audience="parent_carer", edition="easy_read", period="now")
        assert question_of(concept, "easy_read", ("pl", "en")).hard_words == (senco, ehcp)
        assert question_of(concept, "easy_read", ("en", "pl")).hard_words == (ehcp, senco)


class TestHowStaffSeeItNamed:
    def test_it_is_easy_read_in_their_language(self) -> None:
        assert LISTENED.title("pl") == "Czy słuchaliśmy?"

    def test_it_is_english_where_their_language_has_no_words(self) -> None:
        assert LISTENED.title("ur") == "Did we listen?"

    def test_it_is_any_language_or_the_code_else(self) -> None:
        assert Concept("x", "free_text", wordings={"standard": {"so": Wording("Ma?")}}).title("en") == "Ma?"
        assert Concept("x", "free_text").title("en") == "x"


class TestChecking:
    def test_it_takes_the_concepts_of_our_surveys(self) -> None:
        for survey in EVERY_SURVEY:
            for question in survey.questions:
                check(concept_of(question, audience=survey.audience, edition=survey.edition, period="now"))

    @pytest.mark.parametrize(
        ("code", "taken", "expected"),
        [
            ("Did you feel listened to?", (), "feel_listened"),
            ("Did you feel listened to?", ("feel_listened", "feel_listened_2"), "feel_listened_3"),
            ("Did your child's school not reply?", (), "child_school_not_reply"),
            ("Czy czuliście się wysłuchani?", (), "czy_czuliscie_sie_wysluchani"),
            ("کیا آپ خوش ہیں؟", (), "question"),
            ("?", ("question",), "question_2"),
            ("x" * 300, (), "x" * 76),
        ],
    )
    def test_it_proposes_a_code_that_it_would_take(self, code: str, taken: tuple[str, ...], expected: str) -> None:
        proposed = proposed_code(code, taken)
        assert proposed == expected
        check(Concept(proposed, "free_text", wordings={"standard": {"en": Wording("Why?")}}))

    def test_it_proposes_codes_of_answers(self) -> None:
        assert proposed_option_code("Not at all!", ()) == "not_at_all"
        assert proposed_option_code("5 to 10", ()) == "5_to_10"
        assert proposed_option_code("Tak", ("tak",)) == "tak_2"
        assert proposed_option_code("ہاں", ()) == "answer"

    def test_it_refuses_an_answer_code_that_every_question_has(self) -> None:
        options = (OfferedOption("yes"), OfferedOption("rather_not_say"))
        with pytest.raises(BankProblem) as raised:
            check(Concept("x", "single_choice", options=options, wordings={"standard": {"en": Wording("Why?")}}))
        assert (raised.value.code, raised.value.option) == ("bad_option_code", "rather_not_say")
