"""Tables of answers: which columns there are, over versions and with names that meet."""

from __future__ import annotations

import msgspec
import pytest

from surveys.answers import GivenAnswer
from surveys.document import OnlyIf, Option, Question
from surveys.exporting import COLUMNS, answers
from surveys.exporting.columns import Row
from surveys.exporting.one_a_row import a_page
from surveys.exporting.tables import AnswerTable, NoSuchSurvey, one_answer_a_row, one_person_a_row
from tests.evidence.families import families
from tests.findings.test_by_setting import pupils
from tests.surveys.every_kind import SLUG, a_round, ask, both, document, options, send, three_people
from voice.storage import Store

ROUTE = ask("route", "single_choice", options=options("new", "review"))


async def rows_of(table: AnswerTable) -> list[Row]:
    return [row async for batch in table.rows for row in batch]


class TestVersions:
    async def both_versions(self) -> None:
        first = document((ROUTE, ask("dropped", "free_text")))
        newer = msgspec.structs.replace(
            ROUTE, title=both("Which way?"), options=(Option("other", "yes", both("Other")), *ROUTE.options)
        )
        old = await a_round(first)
        await send(old, {"route": GivenAnswer("en", code="review")}, number=1)
        new = await a_round(document((newer, ask("added", "yes_no"))), term="2027-spring")
        await send(new, {"route": GivenAnswer("en", code="other"), "added": GivenAnswer("en", code="no")}, number=2)

    async def test_it_has_the_columns_of_all_versions(self, store: Store) -> None:
        await store.write(self.both_versions)
        table = await one_person_a_row(SLUG, None, both)
        route, dropped, added = (column for column in table.columns if column.concept)
        assert (route.name, route.versions, route.label["en"]) == ("route", (1, 2), "Which way?")
        assert [code for code, _ in route.codes] == ["new", "review", "other"], "new codes come after the old"
        assert (dropped.versions, added.versions) == ((1,), (2,))
        rows = {row.values["version"]: row for row in await rows_of(table)}
        assert rows[1].why == {"dropped": "skipped", "added": "not_asked"}
        assert rows[2].why == {"dropped": "not_asked"}
        assert rows[2].values["added"] == "no"

    async def test_it_takes_one_term_alone(self, store: Store) -> None:
        await store.write(self.both_versions)
        rows = await rows_of(await one_person_a_row(SLUG, "2027-spring", both))
        assert [row.values["route"] for row in rows] == ["other"]

    async def test_it_keeps_a_question_apart_that_became_another_kind(self, store: Store) -> None:
        async def unit() -> None:
            old = await a_round(document((ask("day", "free_text"),)))
            await send(old, {"day": GivenAnswer("en", text="Monday")}, number=1)
            new = await a_round(document((ask("day", "date"),)), term="2027-spring")
            await send(new, {"day": GivenAnswer("en", code="2027-01-11")}, number=2)

        await store.write(unit)
        table = await one_person_a_row(SLUG, None, both)
        assert [column.name for column in table.columns if column.concept] == ["day", "day_"]
        rows = await rows_of(table)
        assert {str(row.values.get("day", row.values.get("day_"))) for row in rows} == {"Monday", "2027-01-11"}
        assert all(list(row.why.values()) == ["not_asked"] for row in rows)


class TestNames:
    async def test_it_gives_no_two_columns_one_name(self, store: Store) -> None:
        questions = (
            ROUTE,
            ask("route_label", "free_text"),
            ask("language", "free_text"),
            ask("Route", "free_text"),
            ask("route_missing", "free_text"),
        )
        await store.write(lambda: a_round(document(questions)))
        table = await one_person_a_row(SLUG, None, both)
        names = [
            name.casefold()
            for column in table.columns
            for name in (column.name, column.label_name, column.why_name)
            if name
        ]
        assert len(names) == len(set(names))


class TestRouting:
    async def test_it_says_not_asked_of_all_behind_a_refused_consent(self, store: Store) -> None:
        async def unit() -> None:
            round = await a_round(document((ask("agrees", "consent"), ROUTE)))
            await send(round, {"agrees": GivenAnswer("en", code="no")})

        await store.write(unit)
        [row] = await rows_of(await one_person_a_row(SLUG, None, both))
        assert row.why == {"route": "not_asked"}

    async def test_it_takes_somebodys_words_for_words(self, store: Store) -> None:
        async def unit() -> None:
            round = await a_round(document((ask("own_words", "free_text"),)))
            await send(round, {"own_words": GivenAnswer("en", text="rather_not_say")}, number=1)
            await send(round, {"own_words": GivenAnswer("en", code="rather_not_say")}, number=2)

        await store.write(unit)
        rows = await rows_of(await one_person_a_row(SLUG, None, both))
        assert sorted((str(row.values.get("own_words")), str(row.why.get("own_words"))) for row in rows) == [
            ("None", "rather_not_say"),
            ("rather_not_say", "None"),
        ]


class TestAnswersFromElsewhere:
    async def test_it_has_a_column_for_what_no_version_asks(self, store: Store) -> None:
        async def unit() -> None:
            round = await a_round(
                document((Question("a", "yes_no", "sun", both("A?"), {}, only_if=OnlyIf("b", ("c",))),))
            )
            await send(round, {"imported.note": GivenAnswer("en", text="From a file")})

        await store.write(unit)
        table = await one_person_a_row(SLUG, None, both)
        [row] = await rows_of(table)
        assert row.values["imported.note"] == "From a file"
        assert row.why == {"a": "not_asked"}


class TestManySurveys:
    async def test_it_writes_the_answers_to_all_of_them(self, store: Store) -> None:
        await store.write(three_people)
        await store.write(
            lambda: families(2, term="2026-summer", felt_listened_to="yes", went_well="Tea", language="ur")
        )
        rows = await rows_of(await one_answer_a_row(None, None, both, "en"))
        assert {row.values["survey"] for row in rows} == {"every-kind", "post-ehcp"}
        rows = await rows_of(await one_answer_a_row("post-ehcp", None, both, "en"))
        assert sorted((row.values["concept"], row.values.get("label"), row.values["language"]) for row in rows) == [
            ("felt_listened_to", "Yes", "ur"),
            ("felt_listened_to", "Yes", "ur"),
            ("went_well", None, "ur"),
            ("went_well", None, "ur"),
        ]

    async def test_it_names_the_surveys_there_are_when_one_is_not(self, store: Store) -> None:
        await store.write(three_people)
        with pytest.raises(NoSuchSurvey) as refused:
            await one_person_a_row("none-such", None, both)
        assert refused.value.known == ("every-kind",)

    async def test_it_orders_people_by_their_random_ids(self, store: Store) -> None:
        await store.write(lambda: families(450, felt_listened_to="yes"))
        rows = await rows_of(await one_person_a_row("post-ehcp", None, both))
        ids = [str(row.values["submission"]) for row in rows]
        assert len(set(ids)) == 450, "more than one batch"
        assert ids == sorted(ids)


class TestSettingsAndSeries:
    async def test_it_says_where_ten_or_more_answered_together(self, store: Store) -> None:
        async def unit() -> None:
            await pupils(10, "Oak School", safe_at_school="agree")
            await pupils(9, "Elm School", safe_at_school="agree")
            await pupils(1, None, safe_at_school="agree")

        await store.write(unit)
        for table in (
            await one_person_a_row("school-wellbeing", None, both),
            await one_answer_a_row("school-wellbeing", None, both, "en"),
        ):
            assert "setting" in [column.name for column in table.columns]
            said = [row.values.get("setting") for row in await rows_of(table)]
            assert (said.count("Oak School"), said.count(None)) == (10, 10)

        async def plainly() -> list[str]:
            place = COLUMNS.index("setting")
            return [row[place] async for row in answers()]

        plain = await store.read(plainly)
        assert (plain.count("Oak School"), plain.count("")) == (10, 10)
        for asked, some in (("school-wellbeing", 10), ("post-ehcp", 0)):
            rows, _ = await store.read(lambda: a_page(survey=asked, after=("", ""), at_most=50))  # noqa: B023
            assert [row[-1] for row in rows].count("Oak School") == some

    async def test_it_marks_a_series_with_the_note_beside_every_comparison(self, store: Store) -> None:
        await store.write(lambda: pupils(1, None, survey="my-life-young-person"))
        table = await one_person_a_row("my-life-young-person", None, both)
        (series,) = [column for column in table.columns if column.name == "series"]
        assert series.label["en"].startswith("This is a new start.")
        assert [row.values["series"] for row in await rows_of(table)] == ["my-life"]
        ((_, described, _),) = table.described
        assert series in described, "so the dictionary has its words"

    async def test_it_has_no_such_column_for_a_survey_of_no_series(self, store: Store) -> None:
        await store.write(lambda: pupils(1, None))
        table = await one_person_a_row("school-wellbeing", None, both)
        assert "series" not in [column.name for column in table.columns]
