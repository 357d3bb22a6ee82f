"""Which questions of a survey tell to what group somebody belongs."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.document import SurveyDocument
from voice.unheard.categories import AGE_BANDS, meant

BY_NAME = {"need": "need", "stage": "stage", "seldom_heard": "seldom"}
"""A concept that is called so, or ends so (``main_need``), tells the dimension."""

BY_KIND = {"age_band": "age_band", "postcode_area": "area"}


def told_by(document: SurveyDocument) -> dict[str, str]:
    """By dimension, the concept that tells it. A school year tells the age where nothing else does, and is ``year``."""
    found: dict[str, str] = {}
    for question in document.questions:
        if dimension := BY_KIND.get(question.kind, ""):
            found.setdefault(dimension, question.concept)
        if question.kind == "year_group":
            found.setdefault("year", question.concept)
        for name, dimension in BY_NAME.items():
            is_called = question.concept == name or question.concept.endswith(f"_{name}")
            # Of groups that overlap, one person may choose several; of needs, the main one alone can be compared.
            if is_called and question.kind in (
                "single_choice",
                *(["multiple_choice"] if dimension == "seldom" else []),
            ):
                found.setdefault(dimension, question.concept)
    return found


def category_of(dimension: str, code: str) -> str:
    """The category that an answer's code means; the code itself where it is none of ours."""
    return meant(dimension, code.replace("_", " ")) or code


def ages(by_band: Mapping[str, int], by_year: Mapping[str, int], *, has_bands: bool) -> dict[str, int]:
    """How many people are of each age band; by their school year where they were not asked how old they are."""
    found: dict[str, int] = {}
    for code, people in (by_band if has_bands else by_year).items():
        band = category_of("age_band", code)
        if band in AGE_BANDS:
            found[band] = found.get(band, 0) + people
    return found
