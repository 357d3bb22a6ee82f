"""Files of figures: what is understood, what is said of every row that is wrong, and what is kept."""

from __future__ import annotations

import uuid

import pytest

from surveys.importing.reading import read_sheet
from tests.conftest import NOON
from voice.storage import Store
from voice.unheard import figures
from voice.unheard.categories import KNOWN, meant
from voice.unheard.meaning import Understood, understand
from voice.unheard.reading import ReadFigures, columns_problem, guessed, read_figures

LONG = """dimension,category,count,year,source
need,Autistic Spectrum Disorder,900,2025/26,Register
need,"Social, Emotional and Mental Health","1,700",2025/26,Register
need,Sensory and other,40,2025/26,Register
need,Total,2640,2025/26,Register
Age band,Year 7,300,2025/26,Register
age,Age 12,200,2025/26,Register
"""
WIDE = """time_period,geographic_level,phase,primary_need,headcount
202324,Local authority,Total,Total,90
202425,Local authority,Total,Total,100
202425,Local authority,Total,Autistic spectrum disorder,70
202425,Local authority,Total,Hearing impairment,30
202425,Local authority,State-funded primary,Total,60
202425,Local authority,State-funded primary,Autistic spectrum disorder,45
202425,Local authority,State-funded primary,Hearing impairment,c
"""


def read(text: str) -> tuple[ReadFigures, Understood]:
    sheet = read_sheet(text.encode(), "figures.csv")
    found = read_figures(sheet, guessed(sheet.headers))
    return found, understand(found.lines, {})


def problems(text: str) -> set[tuple[int, str]]:
    found, understood = read(text)
    return {(each.row, each.code) for each in (*found.problems, *understood.problems)}


class TestReading:
    def test_it_understands_a_row_for_each_group(self) -> None:
        found, understood = read(LONG)
        assert [(f.dimension, f.category, f.people) for f in understood.figures] == [
            ("need", "asd", 900),
            ("need", "semh", 1700),
            ("need", "others", 40),
            ("need", "total", 2640),
            ("age_band", "11_to_15", 300),
            ("age_band", "11_to_15", 200),
        ]
        assert [line.wording for line in understood.unknown] == ["Sensory and other"]
        assert (found.year, found.source, found.problems, understood.problems) == ("2025/26", "Register", (), ())

    def test_it_understands_a_file_of_the_government(self) -> None:
        found, understood = read(WIDE)
        assert {(f.category, f.people) for f in understood.figures} == {("asd", 70), ("hi", 30), ("total", 100)}
        assert found.year == "202425"
        assert [each.code for each in found.problems] == ["older_years", "hidden_by_source"]

    def test_it_adds_up_what_has_no_total(self) -> None:
        text = "phase,primary_need,count\nPrimary,Autism,40\nSecondary,Autism,30\nSpecial,Autism,5\n"
        assert [line.people for line in read(text)[0].lines] == [75]

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("-5", "negative"),
            ("−5", "negative"),
            ("(5)", "negative"),
            ("many", "not_a_number"),
            ("12.5", "not_whole"),
            ("", "no_count"),
            ("99999999999", "too_many"),
            ("c", "hidden_by_source"),
            ("x", "hidden_by_source"),
            ("z", "hidden_by_source"),
            (":", "hidden_by_source"),
            ("<5", "hidden_by_source"),
        ],
    )
    def test_what_is_no_number_of_people_is_said_with_its_row(self, cell: str, code: str) -> None:
        text = f"dimension,category,count\nneed,Autism,900\nneed,Hearing,{cell}\n"
        assert problems(text) == {(3, code)}

    def test_nothing_is_added_up_wrong(self) -> None:
        assert problems(LONG.replace("2640", "2650")) == {(5, "total_wrong")}
        assert problems(LONG.replace("need,Sensory and other,40", "need,Sensory and other,c")) == {
            (4, "hidden_by_source")
        }, "the hidden group may be the difference"
        assert (5, "total_wrong") in problems(LONG.replace("2640", "2000").replace("other,40", "other,c"))

    def test_what_stands_twice_or_nowhere_is_said(self) -> None:
        text = "dimension,category,count\nneed,Autism,900\nneed,AUTISM,901\nshoe size,40,3\nneed,,7\n"
        assert problems(text) == {(3, "duplicate"), (4, "unknown_dimension"), (5, "no_group")}
        wide = "primary_need,headcount\nAutism,900\nAutism,901\n"
        assert problems(wide) == {(3, "duplicate")}

    def test_a_stage_need_not_add_up_but_is_no_larger_than_all(self) -> None:
        text = "dimension,category,count\nstage,SEN Support,600\nstage,Post 16,500\nstage,Total,1000\n"
        assert problems(text) == set()
        assert problems(text.replace("600", "1600")) == {(2, "more_than_total")}

    @pytest.mark.parametrize(
        ("headers", "code"),
        [
            (("dimension", "category", "count"), ""),
            (("primary_need", "headcount"), ""),
            (("category", "count"), "half_a_form"),
            (("dimension", "category", "need", "count"), "two_forms"),
            (("count",), "groups_missing"),
            (("need",), "count_missing"),
        ],
    )
    def test_it_says_what_the_columns_lack(self, headers: tuple[str, ...], code: str) -> None:
        assert columns_problem(guessed(headers)) == code

    def test_every_category_is_known_by_its_own_name(self) -> None:
        for dimension, known in KNOWN.items():
            assert {code: meant(dimension, code) for code in known} == {code: code for code in known}

    @pytest.mark.parametrize(
        ("dimension", "wording", "category"),
        [
            *(("language", name, code) for name, code in (("Urdu", "ur"), ("Panjabi", "pa"), ("Bengali", "bn"))),
            ("language", "Klingon", ""),
            ("age_band", "reception", "under_5"),
            ("age_band", "year_13", "16_to_18"),
            ("age_band", "26", ""),
            ("need", "Profound & Multiple Learning Difficulty", "pmld"),
            ("seldom", "EOTAS", "not_in_school"),
            ("setting", " Alder  Lane Primary", "alder lane primary"),
        ],
    )
    def test_it_knows_what_others_call_our_groups(self, dimension: str, wording: str, category: str) -> None:
        assert meant(dimension, wording) == category


class TestKeeping:
    async def test_the_newest_file_of_a_dimension_counts_and_the_one_before_after_it_is_removed(
        self, store: Store
    ) -> None:
        first, newer = read(LONG)[1], read(WIDE)[1]

        async def keep(understood: Understood, name: str) -> uuid.UUID:
            return await store.write(
                lambda: figures.take_in(
                    understood.figures, filename=name, source="", year="2025", by=uuid.uuid4(), today=NOON.date()
                )
            )

        await keep(first, "first.csv")
        second = await keep(newer, "second.csv")
        found = await store.read(figures.populations)
        assert found["need"].people == {"asd": 70, "hi": 30}
        assert found["need"].total == 100
        assert found["age_band"].people == {"11_to_15": 500}
        assert [each.in_use for each in await store.read(figures.files)] == [("need",), ("age_band",)]
        await store.write(lambda: figures.remove(second))
        found = await store.read(figures.populations)
        assert found["need"].people == {"asd": 900, "semh": 1700, "others": 40}
        assert found["need"].names["others"] == "Sensory and other"
        with pytest.raises(figures.NoSuchFigures):
            await store.write(lambda: figures.remove(second))

    async def test_what_words_mean_is_remembered_for_the_next_file(self, store: Store) -> None:
        headers = ("What", "Who", "How many")
        assert await store.read(lambda: figures.remembered_columns(headers)) is None
        means = {("need", "sensory and other"): "msi"}
        for columns in (("dimension", "", "count"), ("dimension", "category", "count")):
            await store.write(lambda columns=columns: figures.remember(headers, columns, means))  # type: ignore[misc]
            assert await store.read(lambda: figures.remembered_columns(headers)) == columns
        assert await store.read(figures.remembered_meanings) == means
