"""A survey written as an XLSForm and read again is the same survey, and other tools can read it too."""

from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pyxform.xls2xform import convert  # type: ignore[import-untyped]

from surveys.document import HardWord, OnlyIf, SurveyDocument
from surveys.exchange.xlsform_reading import read_xlsform
from surveys.exchange.xlsform_writing import write_xlsform
from surveys.question_types import complete
from surveys.templates import TEMPLATES
from tests.surveys.every_kind import ask, both, document, options
from tests.surveys.exchange.documents import documents, within

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making a failing survey smaller takes minutes: they are small to begin with."""


def everywhere(message: str) -> dict[str, str]:
    return dict.fromkeys(("en", "ur", "pl", "so"), message)


def as_other_tools_see_it(content: bytes) -> str:
    """The XForm that ODK's own converter makes of the workbook; it raises for a form that is not sound."""
    warnings: list[str] = []
    made: str = convert(io.BytesIO(content), warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    return made


class TestEveryKind:
    def test_it_comes_back_as_it_was(self) -> None:
        content, left = write_xlsform(document(), both)
        back = read_xlsform(content, both)
        assert back.document == document()
        assert back.left == ()
        assert {each.reason for each in left} == {"rather_not_say_left_out"}
        assert {each.column for each in left} >= {"own_words", "first_things", "voice_note", "day"}

    def test_it_is_a_form_that_odk_takes(self) -> None:
        content, _ = write_xlsform(document(), both)
        form = as_other_tools_see_it(content)
        assert '<translation lang="Polish (pl)">' in form
        for part in ("odk:rank", 'appearance="draw"', "<select ", 'mediatype="audio/*"', 'type="date"'):
            assert part in form
        assert "I would rather not say" in form

    def test_it_asks_nothing_of_those_who_do_not_agree(self) -> None:
        content, _ = write_xlsform(document(), both)
        form = " ".join(as_other_tools_see_it(content).split())
        assert "relevant=\" /data/takes_part = 'yes'\"" in form


class TestOurTemplates:
    @pytest.mark.parametrize("name", TEMPLATES)
    def test_they_come_back_but_for_what_is_listed(self, name: str) -> None:
        made = TEMPLATES[name](everywhere, ("en", "ur", "pl"))
        template = msgspec.structs.replace(made, questions=tuple(complete(q, everywhere) for q in made.questions))
        content, left = write_xlsform(template, everywhere)
        as_other_tools_see_it(content)
        back = read_xlsform(content, everywhere)
        expected = msgspec.structs.replace(
            template, questions=tuple(msgspec.structs.replace(q, hard_words=()) for q in template.questions)
        )
        assert back.document == within(expected)
        assert {each.reason for each in left} <= {"hard_word_left_out", "rather_not_say_left_out"}
        hard = [each.column for each in left if each.reason == "hard_word_left_out"]
        assert hard == [question.concept for question in template.questions for _ in question.hard_words]


class TestAnySurvey:
    @settings(max_examples=60, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
    @given(documents())
    def test_it_comes_back_as_it_was(self, made: SurveyDocument) -> None:
        content, left = write_xlsform(made, everywhere)
        assert {each.reason for each in left} <= {"rather_not_say_left_out"}
        assert read_xlsform(content, everywhere).document == within(made)

    @settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
    @given(documents())
    def test_it_is_a_form_that_odk_takes(self, made: SurveyDocument) -> None:
        content, _ = write_xlsform(made, everywhere)
        convert(io.BytesIO(content), file_type=".xlsx")


class TestWhatStaysBehind:
    def test_it_lists_what_a_form_cannot_hold(self) -> None:
        route = ask("route", "single_choice", options=options("new", "review"))
        shown = msgspec.structs.replace(
            route.options[0], picture="5f0e6f3a-8d3c-4b57-9d4e-0c4b7f1f2a11", alt=both("A seed")
        )
        asked = document(
            (
                msgspec.structs.replace(
                    route,
                    options=(shown, route.options[1]),
                    hard_words=(HardWord(both("EHC plan"), both("A legal paper.")),),
                    audio={"en": "5f0e6f3a-8d3c-4b57-9d4e-0c4b7f1f2a12"},
                ),
                ask("mat", "sorting", options=options("bus")),
                ask("why", "free_text", only_if=OnlyIf("mat", ("bus",)), also_if=(OnlyIf("route", ("new",)),)),
            )
        )
        content, left = write_xlsform(asked, both)
        assert [(each.reason, each.row, each.column, each.about) for each in left] == [
            ("hard_word_left_out", 6, "route", "EHC plan"),
            ("file_left_out", 6, "route", ""),
            ("alt_left_out", 6, "route", ""),
            ("condition_left_out", 11, "why", "mat"),
            ("rather_not_say_left_out", 11, "why", ""),
        ]
        back = read_xlsform(content, both).document
        assert back.questions[2].conditions == (OnlyIf("route", ("new",)),)

    def test_it_makes_names_that_xml_allows_and_gives_them_back(self) -> None:
        asked = document((ask("imported.naïve q", "single_choice", options=options("yes", "no")), ask("2nd", "yes_no")))
        content, _ = write_xlsform(asked, both)
        assert "<imported_na_ve_q/>" in as_other_tools_see_it(content)
        assert [q.concept for q in read_xlsform(content, both).document.questions] == ["imported_naïve_q", "2nd"]

    def test_it_lets_no_words_stand_for_an_answer(self) -> None:
        asked = document((ask("a", "yes_no"), msgspec.structs.replace(ask("b", "free_text"), title=both("Say ${a}"))))
        content, _ = write_xlsform(asked, both)
        as_other_tools_see_it(content)
        assert read_xlsform(content, both).document.questions[1].title["en"] == "Say $ {a}"
