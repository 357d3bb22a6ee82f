from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from surveys.bank import changing
from surveys.bank.concepts import Concept, Wording
from surveys.building.asked_before import asked_before
from surveys.building.editing import with_words
from surveys.building.readiness import Facts, ReadinessProblem, advice, problems, what_is_left
from surveys.document import Option, SurveyDocument
from surveys.publishing import open_round, publish
from tests.surveys.building.drawn_surveys import question_of, said, survey_of
from voice.storage import Store

READY = Facts(identity_mode="anonymous", has_help_contact=True, symbols={"sun"})
DOCUMENT = survey_of(question_of("yes_no", 1), question_of("free_text", 2))


def found(document: SurveyDocument, facts: Facts = READY) -> list[tuple[str, str, str, str]]:
    return [(each.code, each.concept, each.field, each.language) for each in what_is_left(document, facts)]


class TestWhatBlocks:
    def test_it_lets_a_good_survey_out(self) -> None:
        assert found(DOCUMENT) == []

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            (replace(READY, identity_mode=None), "no_identity_mode"),
            (replace(READY, has_help_contact=False), "no_help_contact"),
            (replace(READY, incomplete_languages=("en",)), "language_not_complete"),
        ],
    )
    def test_it_asks_for_what_the_installation_must_have(self, facts: Facts, code: str) -> None:
        assert [each[0] for each in found(DOCUMENT, facts)] == [code]

    def test_it_asks_for_languages_and_for_how_long_answers_stay(self) -> None:
        assert ("no_language", "", "language-en", "") in found(replace(DOCUMENT, languages=()))
        assert found(replace(DOCUMENT, kept_months=0)) == [("no_retention", "", "kept_months", "")]

    def test_it_asks_for_every_piece_of_words_in_every_language(self) -> None:
        left = found(replace(DOCUMENT, languages=("en", "pl")))
        assert {each[3] for each in left} == {"pl"}
        assert {(each[1], each[2]) for each in left} == {
            ("", "title"),
            ("", "about"),
            ("", "who_reads"),
            ("", "what_happens_next"),
            *((concept, field) for concept in ("question_1", "question_2") for field in ("title", "help")),
            *(("question_1", f"label-{code}") for code in ("yes", "no", "not_sure")),
        }

    def test_it_finds_english_words_that_stand_in_for_others(self) -> None:
        document = replace(DOCUMENT, languages=("en", "pl"), title={"en": "How are you?", "pl": "How are you?"})
        assert ("words_in_english", "", "title", "pl") in found(document)

    def test_it_needs_a_help_line_nowhere_or_everywhere(self) -> None:
        bare = replace(question_of("yes_no", 1), help={})
        assert found(survey_of(bare)) == []
        half = replace(bare, help={"pl": "Powiedz."})
        assert ("words_missing", "question_1", "help", "en") in found(replace(survey_of(half), languages=("en", "pl")))

    def test_it_finds_pictures_that_we_do_not_have(self) -> None:
        question = question_of("single_choice", 1)
        wrong = replace(question, symbol="none", options=(replace(question.options[0], symbol=""), question.options[1]))
        assert found(survey_of(wrong)) == [
            ("picture_missing", "question_1", "", ""),
            ("picture_missing", "question_1", "label-yes", ""),
        ]
        own = replace(wrong, picture="file", options=(replace(wrong.options[0], picture="file"), wrong.options[1]))
        assert found(survey_of(own)) == [
            ("words_missing", "question_1", "picture_alt", "en"),
            ("words_missing", "question_1", "alt-yes", "en"),
        ]

    def test_it_lets_an_answer_without_a_picture_out_when_somebody_says_why(self) -> None:
        question = question_of("single_choice", 1)
        bare = survey_of(replace(question, options=(replace(question.options[0], symbol=""), *question.options[1:])))
        [problem] = problems(bare, READY)
        assert problem.may_stay
        assert what_is_left(bare, replace(READY, accepted={problem.digest})) == ()

    def test_it_asks_for_the_words_at_both_ends_of_a_scale(self) -> None:
        bare = survey_of(replace(question_of("number_scale", 1), ends=None))
        assert found(bare) == [("words_missing", "question_1", f"end-{end}", "en") for end in (0, 1)]
        one = with_words(bare, "question_1", "en", {"end-0": "Bad"})
        assert found(one) == [("words_missing", "question_1", "end-1", "en")]
        assert found(with_words(one, "question_1", "en", {"end-1": "Good"})) == []

    def test_it_asks_for_the_words_of_every_place(self) -> None:
        places = (Option("good", "sun", said("Good")), Option("not_good", "sun", {}))
        sorting = replace(question_of("sorting", 1), places=places)
        assert found(survey_of(sorting)) == [("words_missing", "question_1", "place-not_good", "en")]

    def test_it_counts_the_minutes(self) -> None:
        long = survey_of(*(question_of("free_text", number) for number in range(1, 9)))
        assert found(replace(long, minutes=2)) == [("too_few_minutes", "", "minutes", "")]

    def test_it_finds_broken_paths(self) -> None:
        assert found(survey_of()) == [("path", "", "", "")]

    def test_it_checks_easy_words_in_easy_editions_alone(self) -> None:
        hard = survey_of(replace(question_of("yes_no", 1), title=said("Was provision commenced?")))
        assert {each[0] for each in found(hard)} == {"hard_to_read"}
        assert advice(hard) == ()
        standard = replace(hard, edition="standard")
        assert found(standard) == []
        assert [(each.concept, each.field, each.found) for each in advice(standard)] == [
            (each.concept, each.field, each.found) for each in problems(hard, READY)
        ]


class TestReasons:
    HARD = survey_of(replace(question_of("yes_no", 1), title=said("What was said when it was sent?")))

    def accepted(self, document: SurveyDocument, left: Sequence[ReadinessProblem]) -> Facts:
        return replace(READY, accepted=frozenset(each.digest for each in left))

    def test_it_leaves_what_somebody_gave_a_reason_for(self) -> None:
        facts = self.accepted(self.HARD, problems(self.HARD, READY))
        assert what_is_left(self.HARD, READY) != ()
        assert what_is_left(self.HARD, facts) == ()

    def test_it_asks_again_when_the_words_change(self) -> None:
        facts = self.accepted(self.HARD, problems(self.HARD, READY))
        other = survey_of(replace(question_of("yes_no", 1), title=said("What was said when it was sent today?")))
        assert [each.code for each in what_is_left(other, facts)] == ["hard_to_read"]

    def test_it_takes_no_reason_for_what_must_be_done(self) -> None:
        broken = replace(DOCUMENT, kept_months=0)
        assert what_is_left(broken, self.accepted(broken, problems(broken, READY))) != ()


class TestAskedBefore:
    async def earlier(self, store: Store, closes_on: dt.date | None, **changes: object) -> None:
        document = replace(DOCUMENT, slug="earlier", **changes)

        async def unit() -> None:
            version = await publish(document, today=dt.date(2025, 1, 1))
            await open_round(
                version,
                term="2025-autumn",
                identity_mode="anonymous",
                link="link",
                opens_on=dt.date(2025, 9, 1),
                closes_on=closes_on,
            )

        await store.write(unit)

    async def concepts(
        self, store: Store, today: dt.date, document: SurveyDocument = DOCUMENT
    ) -> list[tuple[str, ...]]:
        return [each.concepts for each in await store.read(lambda: asked_before(document, today=today))]

    async def test_it_finds_a_round_whose_answers_are_still_good(self, store: Store) -> None:
        await self.earlier(store, dt.date(2025, 12, 18))
        assert await self.concepts(store, dt.date(2026, 12, 17)) == [("question_1", "question_2")]
        assert await self.concepts(store, dt.date(2026, 12, 18)) == []

    async def test_it_knows_how_long_an_answer_is_good_whoever_the_question_was_made_for(self, store: Store) -> None:
        short = Concept(
            "question_1",
            "free_text",
            audience="young_person",
            also_asked_of=("parent_carer",),
            good_for_months=2,
            wordings={"easy_read": {"en": Wording("Did we?")}},
        )
        await store.write(lambda: changing.add_all([short], by=None, now=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)))
        await self.earlier(store, dt.date(2025, 12, 18))
        assert await self.concepts(store, dt.date(2026, 2, 17)) == [("question_1", "question_2")]
        assert await self.concepts(store, dt.date(2026, 2, 18)) == [("question_2",)]

    async def test_it_finds_a_round_that_is_still_open(self, store: Store) -> None:
        await self.earlier(store, None)
        assert await self.concepts(store, dt.date(2030, 1, 1)) == [("question_1", "question_2")]

    async def test_it_looks_at_the_same_audience_and_the_same_questions_alone(self, store: Store) -> None:
        await self.earlier(store, None, audience="young_person")
        assert await self.concepts(store, dt.date(2026, 1, 1)) == []
        other = replace(DOCUMENT, audience="young_person", questions=(question_of("yes_no", 1), question_of("date", 3)))
        assert await self.concepts(store, dt.date(2026, 1, 1), other) == [("question_1",)]

    async def test_it_lets_every_survey_ask_who_answers(self, store: Store) -> None:
        about_you = replace(DOCUMENT, questions=(question_of("age_band", 1), question_of("consent", 2)))
        await self.earlier(store, None, questions=about_you.questions)
        assert await self.concepts(store, dt.date(2026, 1, 1), about_you) == []
