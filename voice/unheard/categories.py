"""The groups we know, and what files and answers call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from surveys.importing.cells import comparable
from voice.languages import LANGUAGES

OTHERS = "others"
"""Groups of a file that are none of ours."""

TOTAL = "total"
LEAVE_OUT = "leave_out"

NEEDS: Mapping[str, tuple[str, ...]] = {
    "asd": ("asd", "autism", "autistic", "autistic spectrum disorder", "autism spectrum disorder", "autism spectrum"),
    "semh": ("semh", "social emotional and mental health", "social emotional mental health", "mental health"),
    "slcn": (
        *("slcn", "speech language and communication needs", "speech language and communications needs"),
        *("speech language and communication", "speech and language", "communication"),
    ),
    "spld": ("spld", "specific learning difficulty", "specific learning difficulties", "dyslexia"),
    "mld": ("mld", "moderate learning difficulty", "moderate learning difficulties"),
    "sld": ("sld", "severe learning difficulty", "severe learning difficulties"),
    "pmld": (
        *("pmld", "profound and multiple learning difficulty", "profound and multiple learning difficulties"),
        "profound and multiple learning disability",
    ),
    "hi": ("hi", "hearing impairment", "deaf", "hearing"),
    "vi": ("vi", "visual impairment", "vision impairment", "sight", "blind"),
    "msi": ("msi", "multi sensory impairment", "multisensory impairment", "deafblind"),
    "pd": ("pd", "physical disability", "physical disabilities", "physical"),
    "ds": ("ds", "down syndrome", "downs syndrome", "down s syndrome"),
    "nsa": (
        *("nsa", "no specialist assessment", "sen support but no specialist assessment of type of need"),
        "sen support no specialist assessment of need",
    ),
}
STAGES: Mapping[str, tuple[str, ...]] = {
    "sen_support": (
        *("sen support", "send support", "k", "sen without an ehc plan", "sen support sen without an ehc plan"),
        "pupils with sen support",
    ),
    "ehc_plan": (
        *("ehc plan", "ehc plans", "ehcp", "e", "ehc", "education health and care plan", "statement or ehc plan"),
        *("education health and care plans", "statements or ehc plans", "pupils with an ehc plan"),
    ),
    "early_years": (
        "early years",
        "early years or nursery",
        "nursery",
        "pre school",
        "under 5",
        "state funded nursery",
    ),
    "post_16": ("post 16", "post16", "16 plus", "further education", "sixth form", "college", "16 to 25"),
}
AGE_BANDS: Mapping[str, tuple[str, ...]] = {
    "under_5": ("under 5", "0 to 4", "0 4", "aged under 5"),
    "5_to_10": ("5 to 10", "5 10", "aged 5 to 10"),
    "11_to_15": ("11 to 15", "11 15", "aged 11 to 15"),
    "16_to_18": ("16 to 18", "16 18", "aged 16 to 18"),
    "19_to_25": ("19 to 25", "19 25", "aged 19 to 25"),
}
SELDOM: Mapping[str, tuple[str, ...]] = {
    "youth_justice": ("youth justice", "youth offending", "yot", "yjs", "youth justice service", "in custody"),
    "inpatient": ("inpatient", "inpatient unit", "inpatient units", "in hospital", "tier 4", "hospital"),
    "residential": ("residential", "residential school", "residential schools", "residential special school"),
    "fostered_elsewhere": (
        *("fostered in another area", "fostered elsewhere", "placed out of area", "looked after out of area"),
        *("children in care placed out of area", "in care in another area"),
    ),
    "not_in_school": (
        *("not in school", "educated elsewhere", "educated elsewhere or not in school", "eotas", "eotis", "eote"),
        *("elective home education", "electively home educated", "home educated", "children missing education", "ehe"),
    ),
    "primary_age": ("primary age", "primary", "primary school age"),
    "non_verbal": ("non verbal", "nonverbal", "non speaking", "do not speak"),
}
LANGUAGE_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("english",),
    "ur": ("urdu",),
    "pa": ("panjabi", "punjabi", "panjabi gurmukhi", "panjabi any other"),
    "pl": ("polish",),
    "ro": ("romanian", "romanian romania"),
    "ar": ("arabic", "arabic any other"),
    "bn": ("bengali", "bangla", "bengali any other"),
    "so": ("somali",),
    "uk": ("ukrainian",),
    "pt": ("portuguese", "portuguese any other"),
}
"""What schools call the languages that we speak."""

KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "need": NEEDS,
    "stage": STAGES,
    "age_band": AGE_BANDS,
    "language": {code: (language.name, *LANGUAGE_NAMES.get(code, ())) for code, language in LANGUAGES.items()},
    "seldom": SELDOM,
}
"""By dimension: our categories, and the words that mean each."""

OPEN = ("setting", "area")
"""Dimensions whose groups are called by the names that a file gives them."""

DIMENSIONS = ("need", "stage", "age_band", "setting", "area", "language", "seldom")
OVERLAPPING = ("stage", "seldom")
"""Dimensions in which somebody may belong to several groups, or to none."""

TOTALS = (
    *("total", "all", "all pupils", "all children", "everybody", "all types", "all needs", "all ages", "grand total"),
    *("total all pupils", "all schools", "all areas", "all languages", "england", "state funded total"),
)

PHRASES: Mapping[str, tuple[str, ...]] = {
    "youth_justice": ("youth justice", "youth offending", "young offender", "secure children"),
    "inpatient": ("inpatient", "hospital school", "hospital ward", "tier 4"),
    "residential": ("residential school", "residential special school", "residential college"),
    "fostered_elsewhere": ("fostered in another", "fostered elsewhere"),
    "not_in_school": ("home educat", "not in school", "eotas", "eotis", "missing education"),
    "non_verbal": ("non-verbal", "nonverbal", "non verbal", "non-speaking"),
}
"""What the name of a session, a forum, a setting or a partner says about who was there."""


def meant(dimension: str, wording: str) -> str:
    """Which of our categories a wording or the code of an answer means; empty for one that we do not know.

    Settings and areas are called as they are: whatever is not a total means itself.
    """
    plain = _plain(wording)
    if plain in _totals():
        return TOTAL
    if dimension in OPEN:
        return named(wording)
    found = _by_wording(dimension).get(plain, "")
    return found or (age_band_of(plain) if dimension == "age_band" else "")


def named(wording: str) -> str:
    """A name of a setting or an area in the form in which two of them are the same."""
    return comparable(wording)[:120]


def age_band_of(plain: str) -> str:
    """The band of one age (``age 7``) or school year (``year_7``), the age being that of 31 August as schools count
    it.
    """
    plain = plain.replace("_", " ")
    if plain in ("reception", "year r", "nursery"):
        return "under_5"
    found = re.fullmatch(r"(?:(?P<year>year|yr|y|nc year)|age|aged)? ?(?P<number>\d{1,2})(?: years?(?: old)?)?", plain)
    if found is None:
        return ""
    age = int(found["number"]) + (4 if found["year"] else 0)
    bands = ((5, "under_5"), (11, "5_to_10"), (16, "11_to_15"), (19, "16_to_18"), (26, "19_to_25"))
    return next((band for above, band in bands if age < above), "")


def groups_named_in(*texts: str) -> set[str]:
    """The seldom-heard groups that some names speak of."""
    said = " ".join(texts).casefold()
    return {group for group, phrases in PHRASES.items() if any(phrase in said for phrase in phrases)}


def _plain(wording: str) -> str:
    words = re.sub(r"[\W_]+", " ", wording.replace("&", " and ").casefold())
    return " ".join(words.split())


@cache
def _totals() -> frozenset[str]:
    return frozenset(TOTALS)


@cache
def _by_wording(dimension: str) -> dict[str, str]:
    known = KNOWN[dimension]
    return {_plain(word): code for code, words in known.items() for word in (code, *words)}
