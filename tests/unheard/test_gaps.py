"""People heard in a term by every way there is, and held against how many there are."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from msgspec.structs import replace

from analysis.representation.comparing import Standing
from surveys import submissions
from surveys.answers import GivenAnswer, Part
from surveys.document import Option, Question
from surveys.publishing import open_round, publish
from surveys.submissions import SentAnswers
from surveys.tables import Submission
from surveys.templates import post_ehcp
from tests.conftest import NOON
from tests.evidence.families import answered
from voice.capture.sessions.attending import keep_heads
from voice.capture.sessions.tables import Session
from voice.demonstration.population import FAMILIES, THERE_ARE, TOLD, load_population
from voice.evidence.keeping import NewVoice, keep
from voice.first_start import begin_with
from voice.storage import Store
from voice.unheard import figures
from voice.unheard.gaps import Dimension, Unheard, gaps
from voice.unheard.heard import heard, terms_with_people
from voice.unheard.meaning import Figure
from voice.unheard.weighting import weigh

TODAY = NOON.date()
TERM = "2026-autumn"


@pytest.fixture
async def millbrook(store: Store) -> Store:
    await store.write(lambda: begin_with(today=TODAY))
    await load_population(store, today=TODAY)
    return store


def of(found: Unheard, code: str) -> Dimension:
    return next(each for each in found.dimensions if each.code == code)


def voice(source: str = "drop_box", kind: str = "young_person", **other: object) -> NewVoice:
    fields = {
        **{"id": uuid.uuid4(), "source": source, "origin": uuid.uuid4(), "said_on": "2026-11-10", "language": "en"},
        **{"respondent_kind": kind, "said_by": "own_words", "asked": "", "text": "A kind school."},
    }
    return NewVoice(**{**fields, **other})  # type: ignore[arg-type]


async def session(
    heads: dict[tuple[str, str], int], *, stage: str = "ended", day: dt.date = TODAY, **fields: str
) -> None:
    id = uuid.uuid4()
    texts = dict.fromkeys(
        ("forum", "purpose", "invited", "what_happens_next", "asked_anyway", "setting", "heard_by", "consent_asked"), ""
    )
    flags = dict.fromkeys(("pictures_agreed", "named", "thanks_wanted"), False)
    known = {"title": "", "kind": "youth_forum", "respondent_kind": "young_person", "language": "en", **fields}
    row = Session(
        **{**texts, **flags, **known},
        id=id,
        held_on=day,
        agenda="[]",
        running="{}",
        stage=stage,
        revision=1,
        code_hash=id.hex,
        planned_by=id,
    )
    await Session.insert(row)
    await keep_heads(id, heads)


class TestHeard:
    async def test_it_counts_people_by_every_way_and_nobody_who_works_with_them(self, store: Store) -> None:
        await answered(store, 12, felt_listened_to="yes")
        person = uuid.uuid4()

        async def said() -> None:
            await session({("11_to_15", "young_people"): 14, ("over_25", "parent_carers"): 3, ("over_25", "staff"): 5})
            await session({("11_to_15", "young_people"): 99}, stage="planned")
            await session({("11_to_15", "young_people"): 99}, day=dt.date(2026, 6, 1))
            await session({("16_to_18", "young_people"): 11}, forum="Youth Justice group", language="pl")
            await keep(
                [
                    voice(person=person, age_band="5_to_10", need="autism"),
                    voice(person=person, concept="other", age_band="5_to_10", need="autism"),
                    voice("tell_us", kind="parent_carer", age_band="over_25"),
                    voice(kind="school"),
                    voice("review", said_by="supported", setting="Alder Lane Primary"),
                    voice(said_on="2026-02-10"),
                ]
            )

        await store.write(said)
        found = await store.read(lambda: heard(TERM))
        assert found.sources == {"survey": 12, "session": 28, "drop_box": 1, "tell_us": 1, "review": 1}
        assert found.everyone == 43
        assert found.by["age_band"] == {"11_to_15": 14, "16_to_18": 11, "5_to_10": 1}
        assert found.by["need"] == {"asd": 1}
        assert found.by["stage"] == {"ehc_plan": 12}, "the survey goes out with a plan"
        assert found.by["language"] == {"en": 32, "pl": 11}
        assert found.by["setting"] == {"alder lane primary": 1}
        assert found.named == {"youth_justice": 11}
        assert found.said_by == {"own_words": 14, "": 28, "supported": 1}
        assert await store.read(terms_with_people) == [TERM, "2026-summer", "2026-spring"]

    async def test_it_counts_anew_when_somebody_answers(self, store: Store) -> None:
        for people in (10, 20):
            await answered(store, 10, felt_listened_to="yes")
            assert (await store.read(lambda: heard(TERM))).everyone == people


class TestGaps:
    async def test_the_groups_nobody_heard_come_first(self, millbrook: Store) -> None:
        await load_population(millbrook, today=TODAY)
        assert await millbrook.read(Submission.count) == FAMILIES, "begun again, it adds nothing"
        found = await millbrook.read(lambda: gaps(TERM))
        need = of(found, "need")
        standing = {group.category: group.standing for group in need.groups}
        assert need.groups[0].category == "sld"
        assert standing["hi"] is Standing.NOBODY
        assert standing["msi"] is Standing.HIDDEN
        assert standing["asd"] is Standing.MORE
        semh = next(group for group in need.groups if group.category == "semh")
        assert (semh.heard, semh.population, semh.standing) == (TOLD["semh"], 768, Standing.FEWER)
        assert (need.known, need.not_known, found.everyone) == (FAMILIES, 0, FAMILIES)
        assert need.file is not None
        assert need.file.source == "Millbrook Vale SEND register"

    async def test_what_we_do_not_ask_is_not_known_and_not_none(self, millbrook: Store) -> None:
        found = await millbrook.read(lambda: gaps(TERM))
        stage = {group.category: group.standing for group in of(found, "stage").groups}
        assert stage["sen_support"] is Standing.NOT_ASKED
        seldom = {group.category: group for group in of(found, "seldom").groups}
        assert seldom["non_verbal"].standing is Standing.NOT_ASKED
        assert (seldom["inpatient"].population, seldom["inpatient"].heard) == (None, None), "seven people"
        assert seldom["primary_age"].heard is not None
        await millbrook.write(lambda: session({("11_to_15", "young_people"): 12}, title="Residential school council"))
        seldom = {group.category: group for group in of(await millbrook.read(lambda: gaps(TERM)), "seldom").groups}
        assert (seldom["residential"].standing, seldom["residential"].heard) == (Standing.AT_LEAST, 12)

    async def test_the_largest_are_at_most_three_and_lead_to_their_row(self, millbrook: Store) -> None:
        found = await millbrook.read(lambda: gaps(TERM))
        assert [(each.dimension, each.category, each.heard) for each in found.largest] == [
            ("language", "ur", 0),
            ("language", "pl", 0),
            ("language", "pa", 0),
        ]
        urdu = found.largest[0]
        assert urdu.population == THERE_ARE["language"]["Urdu"]
        assert urdu.expected == pytest.approx(FAMILIES * 402 / sum(THERE_ARE["language"].values()))
        assert urdu.link.startswith(f"/lead/unheard?term={TERM}#language-")

    async def test_groups_that_are_none_of_ours_are_held_against_what_we_cannot_place(self, store: Store) -> None:
        there_are = [Figure("need", "asd", "Autism", 500), Figure("need", "others", "Sensory", 500)]

        async def unit() -> None:
            await figures.take_in(there_are, filename="f", source="", year="2026", by=uuid.uuid4(), today=TODAY)
            await keep([voice(need="asd") for _ in range(30)] + [voice(need="rare") for _ in range(12)])

        await store.write(unit)
        need = of(await store.read(lambda: gaps(TERM)), "need")
        assert {group.category: group.heard for group in need.groups} == {"asd": 30, "others": 12}
        assert need.names["others"] == "Sensory"


class TestWeights:
    async def test_nobody_speaks_for_groups_that_were_not_heard(self, millbrook: Store) -> None:
        found = await millbrook.read(lambda: weigh(TERM, ("need",)))
        assert (found.problem, found.weights, found.measures) == ("no_answers", None, ())
        assert {"hi", "vi"} <= set(found.categories)

    async def test_they_move_the_answers_towards_who_there_is(self, millbrook: Store) -> None:
        there_are = [Figure("need", need, need, 100 if need != "semh" else 900) for need in TOLD]
        ages = [Figure("age_band", band, band, 500) for band in ("5_to_10", "11_to_15")]
        await millbrook.write(
            lambda: figures.take_in(
                [*there_are, *ages], filename="f", source="", year="2026", by=uuid.uuid4(), today=TODAY
            )
        )
        found = await millbrook.read(lambda: weigh(TERM, ("need",)))
        assert found.weights is not None
        assert found.weights.people == FAMILIES
        assert found.weights.effective < FAMILIES / 2
        assert found.weights.is_weak
        assert found.measures
        assert any(abs(each.share.weighted - each.share.plain) > 0.02 for each in found.measures)
        both = await millbrook.read(lambda: weigh(TERM, ("age_band", "language")))
        assert (both.problem, both.place) == ("no_answers", 1), "all of them answered in English"
        with pytest.raises(ValueError, match="theme"):
            await millbrook.read(lambda: weigh(TERM, ("theme",)))

    async def test_without_figures_it_says_so(self, store: Store) -> None:
        found = await store.read(lambda: weigh(TERM, ("need",)))
        assert (found.problem, found.place) == ("no_figures", 0)


class TestWhatAnswersTell:
    async def test_somebody_may_be_in_several_seldom_heard_groups_and_is_counted_in_each(self, store: Store) -> None:
        async def unit() -> None:
            document = post_ehcp.document(lambda message: {"en": message}, ("en",))
            options = tuple(Option(code, "", {"en": code}) for code in ("youth_justice", "non_verbal", "none_of_these"))
            asked = Question("seldom_heard", "multiple_choice", "people", {"en": "Who?"}, {"en": ""}, options=options)
            version = await publish(replace(document, slug="yearly", questions=(asked,)), today=TODAY)
            round = await open_round(
                version, term=TERM, identity_mode="anonymous", link=None, opens_on=None, closes_on=None
            )
            given = [("youth_justice", "non_verbal")] * 11 + [("none_of_these",)] * 20
            for codes in given:
                await submissions.store(
                    SentAnswers(
                        id=uuid.uuid4(),
                        round=round,
                        language="en",
                        mode="own_device",
                        respondent_kind="young_person",
                        submitted_at="2026-11",
                        answers={"seldom_heard": GivenAnswer("en", parts=tuple(Part(code) for code in codes))},
                    )
                )
            there_are = [Figure("seldom", group, group, 40) for group in ("youth_justice", "non_verbal", "residential")]
            total = Figure("seldom", "total", "Total", 400)
            await figures.take_in(
                [*there_are, total], filename="f", source="", year="2026", by=uuid.uuid4(), today=TODAY
            )

        await store.write(unit)
        seldom = {group.category: group for group in of(await store.read(lambda: gaps(TERM)), "seldom").groups}
        assert {code: group.heard for code, group in seldom.items()} == {
            "youth_justice": 11,
            "non_verbal": 11,
            "residential": 0,
        }
        assert seldom["youth_justice"].expected == pytest.approx(31 * 40 / 400)
        assert seldom["residential"].standing is Standing.NOBODY
