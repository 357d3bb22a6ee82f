"""Which surveys of a term are laid beside each other, and what is known of how they were asked."""

from __future__ import annotations

import msgspec
import pytest

from analysis.comparing.reasons import Explains, Unknown
from surveys.document import Series
from surveys.publishing import rounds
from surveys.tables import BankConcept
from tests.comparing.asked import FORUM, TODAY, asked, round_of, say, send_to, some, survey, two_surveys
from voice.comparing.disagreeing import address, compared, disagreement, disagreements
from voice.storage import Store


class TestPairs:
    async def test_it_is_nothing_while_no_two_surveys_ask_the_same(self, store: Store) -> None:
        await store.write(lambda: _one(40, 10, "one", "felt_listened_to"))
        assert await compared(store, None, today=TODAY) is None
        assert await disagreements(store, None, TODAY) == ()

    async def test_it_finds_the_pair_with_how_each_was_asked(self, store: Store) -> None:
        await store.write(two_surveys)
        found = await compared(store, None, today=TODAY)
        assert found
        (pair,) = found.disagree
        team, forum = pair.sides
        assert (team.share.share, forum.share.share) == (0.8, 0.4)
        assert pair.judged.difference == pytest.approx(-0.4)
        assert pair.judged.looked_at == 2
        assert [each.concept for each in found.agree] == ["felt_listened_to"]
        assert found.hidden == 1, "five people spoke of the plan itself"
        assert (forum.how.asked, forum.how.ways, forum.how.sent_to_a_list) == (200, {"paper": 60}, True)
        assert forum.silent
        assert (forum.silent.low, forum.silent.high) == (0.12, 0.82)
        assert team.how.asked is None
        assert team.silent is None
        codes = {each.code for each in pair.reasons}
        assert {Explains.WAY, Explains.EDITION, Explains.SILENT} <= codes
        assert codes & {Explains.WORDS, Explains.TURNED}
        assert (Unknown.HOW_MANY_ASKED, 0) in pair.unknown
        assert await disagreement(store, pair.key, TODAY) == pair
        assert await disagreement(store, "never~given", TODAY) is None
        assert address(pair, found.term) == f"/lead/disagreements?term=2026-autumn#{pair.anchor}"
        with pytest.raises(KeyError):
            await compared(store, "2020-spring", today=TODAY)

    async def test_who_answers_nearly_all_are_not_told_apart_from_those_who_did_not(self, store: Store) -> None:
        await store.write(two_surveys)
        await store.write(lambda: send_to("post-ehcp", 105))
        (pair,) = await disagreements(store, None, TODAY)
        assert pair.sides[0].how.asked is None, "five people did not answer"

    async def test_a_survey_of_the_year_before_stands_in_and_an_older_one_does_not(self, store: Store) -> None:
        await store.write(lambda: _one(40, 10, "one", "felt_listened_to", term="2025-autumn"))
        await store.write(lambda: _one(10, 40, "two", "felt_listened_to", term="2026-spring"))
        (pair,) = await disagreements(store, "2026-spring", TODAY)
        assert [side.term for side in pair.sides] == ["2025-autumn", "2026-spring"]
        assert Explains.TIME in {each.code for each in pair.reasons}
        await store.write(lambda: _one(10, 40, "three", "felt_listened_to", term="2027-spring"))
        assert [side.term for each in await disagreements(store, "2027-spring", TODAY) for side in each.sides] == []

    async def test_before_and_after_are_no_disagreement(self, store: Store) -> None:
        for slug, yes, moment in (("one", 40, "before"), ("two", 10, "after")):
            series = Series("course", moment)  # type: ignore[arg-type]
            await store.write(lambda s=slug, y=yes, m=series: _one(y, 50 - y, s, "felt_listened_to", series=m))  # type: ignore[misc]
        found = await compared(store, None, today=TODAY)
        assert found
        assert (found.disagree, found.agree) == ((), ())

    async def test_a_concept_that_replaced_another_is_compared_with_it(self, store: Store) -> None:
        await store.write(lambda: _one(40, 10, "one", "listened_first"))
        await store.write(lambda: _one(10, 40, "two", "listened_since"))
        assert await disagreements(store, None, TODAY) == ()
        for code, follows in (("listened_first", None), ("listened_since", "listened_first")):
            row = BankConcept(
                code=code,
                kind="single_choice",
                audience="parent_carer",
                period="now",
                owner="",
                good_for_months=12,
                details="{}",
                created_on=TODAY,
                follows=follows,
            )
            await store.write(lambda row=row: BankConcept.insert(row).run())  # type: ignore[misc]
        (pair,) = await disagreements(store, None, TODAY)
        assert {side.question.concept for side in pair.sides} == {"listened_first", "listened_since"}

    async def test_a_survey_in_two_versions_is_one_survey(self, store: Store) -> None:
        await store.write(two_surveys)
        newer = msgspec.structs.replace(FORUM, minutes=9)

        async def again() -> None:
            await say(await round_of(newer), some(4, 36, "kept_up_to_date"))

        await store.write(again)
        (pair,) = await disagreements(store, None, TODAY)
        assert (pair.sides[1].share.good, pair.sides[1].share.answered) == (28, 100)
        assert len({each.survey for each in await store.read(rounds)}) == 2


async def _one(
    yes: int, no: int, slug: str, concept: str, *, term: str = "2026-autumn", series: Series | None = None
) -> None:
    document = survey(slug, f"Survey {slug}", asked(concept, "Did people listen?"), series=series)
    await say(await round_of(document, term=term), some(yes, no, concept))
