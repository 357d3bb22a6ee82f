"""Every English word on a page, in a problem or in a survey is easy to read."""

from __future__ import annotations

import re

import pytest

from analysis.readability import problem_codes
from surveys.document import SurveyDocument
from surveys.templates import post_ehcp
from surveys.translating.messages import markup
from tests.house.test_catalogs import said

EXPLAINED = ("EHC",)
"""The survey explains it on the pages that use it."""

TOLD = "Would you like to be told what happens next?"

EXCEPTIONS: dict[str, str] = {
    TOLD: "families ask to be told; saying who tells them would make it longer",
    "They would like to be told what happens next": "the measure of that question",
    "Being heard and believed": "the name of a theme",
    "Being kept in touch": "the name of a theme",
    "Let’s Talk SEND": "the name of the events",
    "It is an indicator of how we ask, and no score of families.": "for staff: what such a measure is called",
    "SEN Support": "the name of a stage",
    "Facilitator": "the name of a role",
    "Strategic lead": "the name of a role",
    "Please send something smaller. A file can have 20 MB.": "for staff: MB is what their computer shows",
    "The file (CSV or Excel, up to 20 MB)": "for staff: MB is what their computer shows",
    "This file is larger than 20 MB. Split it into smaller files.": "for staff: MB is what their computer shows",
    "The file (PO, XLIFF, CSV or Excel, up to 20 MB)": "for translators: what their programs call files",
    "We cannot read this file. Choose a PO, XLIFF, CSV or Excel file that came from here.": "for translators too",
    "We cannot read the letters in this file. Save it again as “CSV UTF-8”.": "for staff: what Excel calls it",
}
"""Messages that fail the check and stay as they are, with the reason."""


def plain(message: str) -> str:
    return re.sub(r"%\(\w+\)[sd]", "7", message).replace("%%", "%")


def messages() -> list[str]:
    return sorted({form for forms in said().values() for form in forms})


class TestMessages:
    def test_it_is_easy_to_read(self) -> None:
        hard = {m: codes for m in messages() if (codes := problem_codes(plain(m), explained=EXPLAINED))}
        assert {m: codes for m, codes in hard.items() if m not in EXCEPTIONS} == {}

    def test_it_is_words_and_no_html(self) -> None:
        assert [message for message in messages() if markup(message)] == [], "pages show tags as they are written"

    def test_a_place_to_fill_in_is_shown_in_one_way_only(self) -> None:
        both = [m for m in messages() if "{" in m and "%(" in m]
        assert both == [], "translators could not tell them apart"

    def test_it_makes_no_exception_without_need(self) -> None:
        needless = [m for m in EXCEPTIONS if m not in messages() or not problem_codes(plain(m), explained=EXPLAINED)]
        assert needless == []


class TestSurveys:
    @pytest.mark.parametrize("document", [post_ehcp.document(lambda message: {"en": message}, ("en",))])
    def test_it_asks_in_easy_words(self, document: SurveyDocument) -> None:
        asked = [document.title, document.about, document.who_reads, document.what_happens_next]
        for question in document.questions:
            asked += [question.title, question.help, *(option.label for option in question.options)]
            asked += [hard.meaning for hard in question.hard_words]
        hard = {w["en"]: codes for w in asked if (codes := problem_codes(w["en"], explained=EXPLAINED))}
        assert hard == {TOLD: ("passive",)}

    def test_it_measures_what_it_must(self) -> None:
        concepts = {q.concept for q in post_ehcp.document(lambda message: {"en": message}, ("en",)).questions}
        assert concepts >= {
            "reply_within_five_working_days",
            "kept_up_to_date",
            "felt_listened_to",
            "child_views_heard",
            "plan_describes_child",
            "overall_satisfaction",
            "went_well",
            "could_be_better",
            "told_what_happens_next",
        }
