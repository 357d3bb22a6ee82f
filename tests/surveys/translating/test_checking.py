"""What can be wrong with words, and the numbers that take each form."""

from __future__ import annotations

import pytest

from surveys.translating import plurals
from surveys.translating.checking import LONGEST, wording_problem
from surveys.translating.messages import catalog_message

ROWS = catalog_message(["%(num)s row of %(name)s.", "%(num)s rows of %(name)s."])
COUNTS = catalog_message(["{waiting} waiting, {sent} sent"])
HALF = catalog_message(["100 %% of %(name)s"])


def code(message: object, *forms: str, language: str = "pl") -> str:
    problem = wording_problem(message, forms, language)  # type: ignore[arg-type]
    return problem.code if problem else ""


class TestWordingProblems:
    @pytest.mark.parametrize(
        ("forms", "expected"),
        [
            (("%(num)s %(name)s", "%(name)s %(num)s", "%(num)s %(name)s"), ""),
            (("%(name)s", "%(num)s %(name)s", "%(num)s %(name)s"), ""),
            (("%(num)s", "%(num)s %(name)s", "%(num)s %(name)s"), "placeholder_missing"),
            (("%(num)s %(name)s", "%(name)s", "%(num)s %(name)s"), "placeholder_missing"),
            (("%(num)s %(name)s", "%(num)s %(name)s", "%(num)s %(name)s %(name)s"), "placeholder_extra"),
            (("%(num)s %(name)s", "%(num)s %(name)s", "%(num)s %(name)s %(day)s"), "placeholder_extra"),
            (("%(num)s %(name)s", "%(num)s %(name)s", "%(num)s %(name)s 5%"), "placeholder_extra"),
            (("%(num)s %(name)s", "%(num)s %(name)s", " "), "empty"),
            (("%(num)s %(name)s", "%(num)s %(name)s"), "wrong_number_of_forms"),
            (("%(num)s %(name)s",) * 4, "wrong_number_of_forms"),
        ],
    )
    def test_it_finds_what_a_page_could_not_show(self, forms: tuple[str, ...], expected: str) -> None:
        assert code(ROWS, *forms) == expected

    def test_the_sign_of_per_cent_stands_twice_as_in_the_english(self) -> None:
        assert code(HALF, "100 %% z %(name)s") == ""
        assert code(HALF, "100 % z %(name)s") == "placeholder_missing"

    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("{waiting} czeka, {sent} wysłano", ""),
            ("czeka, wysłano", "placeholder_missing"),
            ("{waiting} czeka, {sent} wysłano {sent}", "placeholder_extra"),
            ("%(waiting)s czeka, {sent} wysłano", "placeholder_missing"),
        ],
    )
    def test_braces_are_filled_in_as_well(self, form: str, expected: str) -> None:
        assert code(COUNTS, form) == expected

    @pytest.mark.parametrize(
        "form",
        ['<a href="https://evil.example">Dalej</a>', "Dalej<script>", "<!-- a -->Dalej", "Dalej&nbsp;", "&#60;b"],
    )
    def test_words_hold_no_html(self, form: str) -> None:
        assert code(catalog_message(["Continue"]), form) == "markup"

    def test_signs_that_begin_no_tag_are_words(self) -> None:
        assert code(catalog_message(["Continue"]), 'Dalej <3 & 2 > 1, "tak"; R&D') == ""
        assert code(catalog_message(["Press <Enter>"]), "Naciśnij <Enter>") == ""

    def test_it_takes_no_novel(self) -> None:
        assert code(catalog_message(["Yes"]), "a" * (LONGEST + 1)) == "too_long"

    def test_forms_of_one_number_are_told_apart(self) -> None:
        assert plurals.examples("pl") == ((1,), (2, 3, 4, 22), (0, 5, 6, 7))
        assert plurals.forms_of_one_number("pl") == {0}
        assert plurals.forms_of_one_number("ar") == {0, 1, 2}
        assert plurals.forms_of_one_number("uk") == frozenset()
