"""In which languages a survey can go out."""

from __future__ import annotations

import msgspec

from surveys.document import SurveyDocument
from surveys.templates import post_ehcp
from surveys.translating.completeness import complete_languages, missing_words
from voice.languages import LANGUAGES, words


def survey(**changed: object) -> SurveyDocument:
    return msgspec.structs.replace(post_ehcp.document(words, tuple(LANGUAGES)), **changed)


class TestCompleteLanguages:
    def test_it_is_all_ten_for_a_survey_of_ours(self) -> None:
        assert complete_languages(survey()) == tuple(LANGUAGES)

    def test_it_leaves_out_a_language_in_which_one_word_is_missing(self) -> None:
        title = {**survey().title, "so": " "}
        assert set(LANGUAGES) - set(complete_languages(survey(title=title))) == {"so"}
        assert missing_words(survey(title=title), "so") == ["title"]

    def test_it_looks_at_options_and_at_what_hard_words_mean(self) -> None:
        document = survey()
        first = document.questions[0]
        option = msgspec.structs.replace(first.options[1], label={"en": "A yearly review"})
        hard = msgspec.structs.replace(first.hard_words[0], meaning={"en": "A legal paper.", "ur": "قانونی کاغذ"})
        changed = msgspec.structs.replace(first, options=(first.options[0], option), hard_words=(hard,))
        document = msgspec.structs.replace(document, questions=(changed, *document.questions[1:]))
        assert complete_languages(document) == ("en",)
        assert missing_words(document, "ur") == ["plan_route.option.annual_review"]
        assert missing_words(document, "pl") == ["plan_route.option.annual_review", "plan_route.meaning.1"]

    def test_it_asks_for_no_words_that_the_survey_does_not_have(self) -> None:
        question = msgspec.structs.replace(survey().questions[0], help={}, picture_alt={"en": "", "ur": ""})
        document = survey(questions=(question,))
        assert complete_languages(document) == tuple(LANGUAGES)

    def test_it_knows_only_the_languages_that_were_chosen(self) -> None:
        assert complete_languages(survey(languages=("pl", "en"))) == ("pl", "en")
