"""Words for figures of who there is: dimensions, groups, what a column is used for, and what is wrong with a row."""

from __future__ import annotations

from babel import Locale

from voice.languages import LANGUAGES, current, in_digits_of
from voice.languages import gettext as _
from voice.unheard.categories import AGE_BANDS
from voice.unheard.reading import DIMENSION_NAMES, FigureProblem
from voice.web import voice_words, wordings

written = {code: names[0] for code, names in DIMENSION_NAMES.items()}
"""The English words by which a file can name each dimension."""


def dimension(code: str) -> str:
    return {
        "need": _("Need"),
        "stage": _("Stage of support"),
        "age_band": _("Age"),
        "setting": _("School, college or club"),
        "area": _("Area"),
        "language": _("Language"),
        "seldom": _("Seldom-heard groups"),
    }[code]


def category(dimension: str, code: str, name: str = "") -> str:
    """A group in words; ``name`` is what a file calls one that is none of ours."""
    if code == "others":
        return _("Others")
    if dimension == "language":
        # In the reader's own words: the page has no letters of other scripts.
        known = Locale.parse(current().locale).languages
        return str(known[code]) if code in LANGUAGES and code in known else name or code
    return {"need": _need, "stage": _stage, "age_band": _age, "seldom": _seldom}.get(dimension, _nothing)(code) or (
        name or code
    )


def _nothing(code: str) -> str:  # noqa: ARG001 - one shape
    return ""


def _need(code: str) -> str:
    return {
        "asd": _("Autism"),
        "semh": _("Feelings and mental health (SEMH)"),
        "slcn": _("Speech and language (SLCN)"),
        "spld": _("Dyslexia and the like (SpLD)"),
        "mld": _("Moderate learning difficulty (MLD)"),
        "sld": _("Severe learning difficulty (SLD)"),
        "pmld": _("Profound and multiple learning difficulty (PMLD)"),
        "hi": _("Hearing"),
        "vi": _("Sight"),
        "msi": _("Hearing and sight"),
        "pd": _("Physical disability"),
        "ds": _("Down’s syndrome"),
        "nsa": _("No specialist has looked yet"),
    }.get(code, "")


def _stage(code: str) -> str:
    return {
        "sen_support": _("SEN Support"),
        "ehc_plan": _("EHC plan"),
        "early_years": _("Early years"),
        "post_16": _("After 16"),
    }.get(code, "")


def _age(code: str) -> str:
    return voice_words.age(code) if code in AGE_BANDS else ""


def _seldom(code: str) -> str:
    return {
        "youth_justice": _("In touch with youth justice"),
        "inpatient": _("In a hospital unit"),
        "residential": _("In a residential school"),
        "fostered_elsewhere": _("Fostered in another area"),
        "not_in_school": _("Educated elsewhere or not in school"),
        "primary_age": _("Primary age"),
        "non_verbal": _("Do not speak with words"),
    }.get(code, "")


def meaning(dimension: str, code: str) -> str:
    return {"total": _("The total"), "leave_out": _("Leave it out"), "itself": _("Keep the name")}.get(
        code
    ) or category(dimension, code)


def use(code: str) -> str:
    return {
        "": _("Do not use"),
        "dimension": _("What the row counts"),
        "category": _("Group"),
        "count": _("How many people"),
        "year": _("Year"),
        "source": _("Source"),
        "over": _("Take it all together"),
    }.get(code) or dimension(code)


def columns_problem(code: str) -> str:
    return {
        "used_twice": _("Two columns cannot be used for this. Choose one of them."),
        "count_missing": _("Choose the column that says how many people."),
        "groups_missing": _("Choose the column with the groups."),
        "half_a_form": _("Choose two columns: what the row counts, and the group."),
        "two_forms": _("Choose one column with groups, or the two columns that say what the row counts. Not both."),
    }[code]


def file_problem(code: str) -> str:
    return {
        "rows": _("Put these rows right in your file. Then send it in again. We have kept nothing."),
        "nothing": _("We know none of these groups. Choose what they mean."),
        "hidden": _("Tick the box if we may keep these numbers as not known."),
        "year": _("Write of which year the figures are."),
    }[code]


def row_problem(problem: FigureProblem) -> str:
    told = {
        "negative": _("This number is below zero."),
        "not_a_number": _("This is no number."),
        "not_whole": _("Count people in whole numbers."),
        "too_many": _("This number is too large."),
        "no_count": _("There is no number."),
        "no_group": _("The group has no name."),
        "too_long": _("The name has more than 120 letters."),
        "duplicate": _("The same group stands in row %(other)s."),
        "unknown_dimension": _("We do not know what this row counts. Use one of the words on the page before."),
        "total_wrong": _("This total is wrong. The groups together make %(other)s."),
        "more_than_total": _("This group is larger than the total, which is %(other)s."),
        "two_totals": _("This is a second total. The first stands in row %(other)s."),
        "hidden_by_source": _("The source hides this number. So we do not know it."),
        "older_years": _("We use the newest year only. Rows we leave out: %(other)s."),
    }[problem.code]
    return told % {"other": wordings.number(problem.other)} if "%(other)s" in told else told


def year(written: str) -> str:
    """A year as its source writes it, in the reader's digits."""
    return in_digits_of(written, current().code)
