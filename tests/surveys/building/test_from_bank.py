from __future__ import annotations

from msgspec.structs import replace

from surveys.building.editing import conditioned
from surveys.building.from_bank import Difference, InBank, differences, with_bank_words
from surveys.building.readiness import Facts, problems
from surveys.document import OnlyIf
from tests.surveys.building.drawn_surveys import question_of, survey_of

HERE = conditioned(
    replace(question_of("yes_no", 2), title={"en": "Was it bad?", "pl": "Czy źle?", "ur": "برا؟"}),
    [OnlyIf("question_1", ("yes",))],
)
IN_BANK = replace(HERE, only_if=None, title={"en": "Was it good?", "pl": "Czy dobrze?"}, symbol="yes")
DOCUMENT = survey_of(question_of("yes_no", 1), HERE)


class TestDifferences:
    def test_it_names_them_in_the_languages_of_both(self) -> None:
        found = differences(HERE, IN_BANK, ("en", "pl", "ur"))
        assert found == (
            Difference("en", "title", "Was it bad?", "Was it good?"),
            Difference("pl", "title", "Czy źle?", "Czy dobrze?"),
        )
        assert differences(HERE, HERE, ("en", "pl")) == ()

    def test_it_finds_answers_that_only_one_has(self) -> None:
        more = replace(HERE, options=HERE.options[:2])
        assert [each.field for each in differences(HERE, more, ("en",))] == ["label-not_sure"]


class TestTaking:
    def test_it_takes_all_but_who_is_asked(self) -> None:
        taken = with_bank_words(DOCUMENT, IN_BANK).question("question_2")
        assert taken is not None
        assert (taken.title, taken.symbol) == (IN_BANK.title, "yes")
        assert taken.conditions == HERE.conditions

    def test_it_keeps_translations_of_the_same_english_alone(self) -> None:
        same = replace(IN_BANK, title={"en": "Was it bad?"})
        taken = with_bank_words(DOCUMENT, same).question("question_2")
        assert taken is not None
        assert taken.title == HERE.title


class TestReadiness:
    FACTS = Facts(identity_mode="anonymous", has_help_contact=True, symbols={"sun"})

    def codes(self, in_bank: InBank) -> list[str]:
        return [each.code for each in problems(DOCUMENT, replace(self.FACTS, bank={"question_2": in_bank}))]

    def test_it_says_what_the_bank_says_otherwise(self) -> None:
        assert self.codes(InBank(HERE, ("parent_carer",))) == []
        assert self.codes(InBank(IN_BANK, ("parent_carer",))) == ["words_differ"]
        assert self.codes(InBank(HERE, ("school",))) == ["other_audience"]
        assert self.codes(InBank(HERE, ("parent_carer",), is_retired=True)) == ["concept_retired"]

    def test_it_asks_for_another_reason_when_either_changes(self) -> None:
        one, other = (
            problems(DOCUMENT, replace(self.FACTS, bank={"question_2": InBank(question, ("parent_carer",))}))
            for question in (IN_BANK, replace(IN_BANK, title={"en": "Was it very good?"}))
        )
        assert {each.digest for each in one}.isdisjoint(each.digest for each in other)
