"""Concepts are found by their words in any language, and where each is asked and answered."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from surveys import submissions
from surveys.answers import GivenAnswer, Part
from surveys.bank import changing, results, using
from surveys.bank.concepts import Concept, OfferedOption, Wording
from surveys.bank.results import CodeCount, TermResult, term_result
from surveys.bank.searching import search
from surveys.building import drafting
from surveys.document import RATHER_NOT_SAY
from surveys.publishing import open_round, publish
from surveys.submissions import SentAnswers
from surveys.templates import post_ehcp
from voice.languages import LANGUAGES, words
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
LINE = ("2026-autumn", "parent_carer", "own_words")
YES_NO = (OfferedOption("yes"), OfferedOption("no"))


def a_concept(code: str, **titles: str) -> Concept:
    said = {language: Wording(title, "", {"yes": "Yes", "no": "100 % no"}) for language, title in titles.items()}
    return Concept(code, "single_choice", options=YES_NO, wordings={"easy_read": said})


@pytest.fixture
async def bank(store: Store) -> Store:
    found = [
        a_concept("listened", en="Did we LISTEN?", pl="Czy Was wysłuchano?", ur="کیا ہم نے سنا؟"),
        a_concept("time", en="Was it on time?", pa="ਕੀ ਇਹ ਸਮੇਂ ਸਿਰ ਸੀ?", bn="এটা কি সময়মতো ছিল?", uk="Чи це було вчасно?"),
        a_concept("school", en="Is school good?", ar="هل المَدرسة جيدة؟", ro="Este școala bună?"),
    ]
    await store.write(lambda: changing.add_all(found, by=None, now=NOW))
    return store


class TestSearching:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("listen", {"listened"}),
            ("LISTEN we", {"listened"}),
            ("wysluchano", {"listened"}),
            ("WYSŁUCHANO", {"listened"}),
            ("سنا", {"listened"}),
            ("ਸਮੇਂ", {"time"}),
            ("সময়", {"time"}),
            ("ВЧАСНО", {"time"}),
            ("المدرسة", {"school"}),
            ("Scoala buna", {"school"}),
            ("on time", {"time"}),
            ("school time", set()),
            ("100 %", {"listened", "time", "school"}),
            ("100_%", set()),
            ("%", {"listened", "time", "school"}),
            ("_", set()),
            ("!", set()),
            ("", set()),
            ("  ", set()),
            ("listen\x00", {"listened"}),
            ("'; DROP TABLE concept; --", set()),
        ],
    )
    async def test_it_finds_whatever_the_case_accents_and_script(
        self, bank: Store, text: str, expected: set[str]
    ) -> None:
        assert await bank.read(lambda: search(text)) == expected

    async def test_it_finds_new_words_and_not_those_they_replaced(self, bank: Store) -> None:
        wording = Wording("Did we hear you?", "", {"yes": "Yes", "no": "No"})
        await bank.write(lambda: changing.change_wording("listened", "easy_read", "en", wording, by=None, now=NOW))
        assert await bank.read(lambda: search("hear")) == {"listened"}
        assert await bank.read(lambda: search("listen?")) == set()


class TestWhereItIsUsed:
    async def test_it_names_versions_rounds_and_drafts(self, store: Store) -> None:
        document = post_ehcp.document(words, tuple(LANGUAGES))

        async def unit() -> None:
            version = await publish(document, today=TODAY)
            for term in ("2025-autumn", "2026-autumn"):
                await open_round(
                    version, term=term, identity_mode="anonymous", link=None, opens_on=None, closes_on=None
                )
            await drafting.begin(document, based_on="empty", by=None, now=NOW)

        await store.write(unit)
        [used] = await store.read(lambda: using.where_used("felt_listened_to"))
        assert (used.survey, used.number, used.published_on) == ("post-ehcp", 1, TODAY)
        assert used.question == document.question("felt_listened_to")
        assert [round.term for round in used.rounds] == ["2026-autumn", "2025-autumn"]
        [draft] = await store.read(lambda: using.drafts_using("felt_listened_to"))
        assert draft.title == document.title

    async def test_it_names_none_for_what_only_looks_like_it(self, store: Store) -> None:
        await store.write(lambda: publish(post_ehcp.document(words, tuple(LANGUAGES)), today=TODAY))
        for code in ("feltXlistened_to", "listened_to", "felt_listened", "%"):
            assert await store.read(lambda code=code: using.where_used(code)) == []


class TestResults:
    def result(self, apart: tuple[tuple[str, ...], ...] = (), **counts: int) -> TermResult:
        options = tuple(map(OfferedOption, ("yes", "mostly", "a_little", "no")))
        return term_result(Concept("c", "single_choice", options=options), LINE, counts, {}, apart)

    def test_it_shows_numbers_that_tell_of_nobody(self) -> None:
        assert self.result(yes=10, mostly=0, no=30) == TermResult(
            *LINE,
            40,
            (CodeCount("yes", 10), CodeCount("mostly", 0), CodeCount("a_little", 0), CodeCount("no", 30)),
            0,
        )

    def test_it_hides_a_small_number_with_another(self) -> None:
        shown = {each.code: each.n for each in self.result(yes=40, mostly=9, a_little=12, no=30).counts}
        assert shown == {"yes": 40, "mostly": None, "a_little": None, "no": 30}

    def test_it_shows_no_number_at_all_for_few(self) -> None:
        assert self.result(yes=9, rather_not_say=40) == TermResult(*LINE, None, (), None)

    def test_it_keeps_apart_who_would_rather_not_say(self) -> None:
        assert self.result(yes=30, rather_not_say=9).rather_not_say is None
        assert self.result(yes=30, rather_not_say=9).answered == 30
        assert self.result(yes=30, rather_not_say=10).rather_not_say == 10

    def test_it_gives_no_part_of_a_sum_away_that_is_shown_elsewhere(self) -> None:
        found = self.result((("yes", "mostly"),), yes=50, mostly=8, a_little=20, no=30)
        shown = {each.code: each.n for each in found.counts}
        assert shown["yes"] is None, "it would follow from the sum of yes and mostly"

    async def test_it_counts_each_of_several_choices(self, store: Store) -> None:
        async def unit() -> None:
            version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=TODAY)
            round = await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link=None, opens_on=None, closes_on=None
            )
            for n in range(40):
                parts = (Part("yes"), Part("no")) if n < 15 else (Part("yes"),) if n < 38 else (Part("no"),)
                answers = {"help_used": GivenAnswer("en", parts=parts), "noise": GivenAnswer("en", code="yes")}
                if n == 0:
                    answers["help_used"] = GivenAnswer("en", code=RATHER_NOT_SAY)
                await submissions.store(
                    SentAnswers(uuid.uuid4(), round, "en", "own_device", "parent_carer", "2026-11", answers)
                )

        await store.write(unit)
        concept = Concept("help_used", "multiple_choice", options=(*YES_NO, OfferedOption("never_chosen")))
        [term] = await store.read(lambda: results.results(concept))
        assert (term.term, term.answered, term.rather_not_say) == ("2026-autumn", 39, None)
        assert term.counts == (
            CodeCount("yes", None),  # all but two chose it, and those two are nobody's business
            CodeCount("no", 16),
            CodeCount("never_chosen", 0),
        )

    async def test_it_tells_only_how_many_wrote(self, store: Store) -> None:
        async def unit() -> None:
            version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=TODAY)
            for term in ("2026-summer", "2026-autumn"):
                round = await open_round(
                    version, term=term, identity_mode="anonymous", link=None, opens_on=None, closes_on=None
                )
                for _ in range(12 if term == "2026-autumn" else 3):
                    answers = {"went_well": GivenAnswer("en", text="They rang.")}
                    await submissions.store(
                        SentAnswers(uuid.uuid4(), round, "en", "own_device", "parent_carer", "2026-11", answers)
                    )

        await store.write(unit)
        found = await store.read(lambda: results.results(Concept("went_well", "free_text")))
        assert found == [
            TermResult(*LINE, 12, (), 0),
            TermResult("2026-summer", "parent_carer", "own_words", None, (), None),
        ]

    async def test_it_keeps_apart_who_answered_and_whose_words_they_are(self, store: Store) -> None:
        people = (
            ("young_person", "own_words", "yes", 12),
            ("parent_carer", "own_words", "yes", 20),
            ("parent_carer", "own_words", "no", 15),
            ("parent_carer", "supported", "yes", 14),
            ("parent_carer", "supported", "no", 3),
            ("parent_carer", "proxy", "no", 9),
            ("school", "own_words", "no", 11),
        )

        async def unit() -> None:
            version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=TODAY)
            round = await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link=None, opens_on=None, closes_on=None
            )
            for who, said_by, code, times in people:
                for _ in range(times):
                    answers = {"listened": GivenAnswer("en", code=code), "noise": GivenAnswer("en", code="no")}
                    await submissions.store(
                        SentAnswers(uuid.uuid4(), round, "en", "own_device", who, "2026-11", answers, said_by)  # type: ignore[arg-type]
                    )

        await store.write(unit)
        concept = Concept("listened", "single_choice", options=YES_NO)
        found = await store.read(lambda: results.results(concept))
        assert [(each.who, each.said_by, each.answered, tuple(count.n for count in each.counts)) for each in found] == [
            ("parent_carer", "own_words", 35, (20, 15)),
            ("parent_carer", "supported", 17, (None, None)),
            ("parent_carer", "proxy", None, ()),
            ("young_person", "own_words", 12, (12, 0)),
            ("school", "own_words", 11, (0, 11)),
        ]
