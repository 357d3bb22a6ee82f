"""Forms of the question bank: what stands in their fields, and what the fields say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

import msgspec

from analysis.question_overlap import Differs, differences
from surveys.bank.checking import WITH_OPTIONS, BankProblem, proposed_code, proposed_option_code
from surveys.bank.concepts import EDITIONS, Concept, OfferedOption, Wording
from surveys.bank.headings import FRAMEWORK
from surveys.document import Edition, Option, RespondentKind, Words
from surveys.question_types import age_band, agree, consent, contact, feelings, sorting, year_group, yes_no
from voice.languages import SOURCE, words
from voice.web.pages import built_symbols

ROWS = 6
MORE_ROWS = 4
MOST_MONTHS = 120


def _faces(words: Callable[[str], Words]) -> tuple[Option, ...]:
    return (
        Option("very_happy", "face-very-happy", words("Very happy")),
        Option("happy", "face-happy", words("Happy")),
        Option("in_between", "face-in-between", words("In between")),
        Option("unhappy", "face-unhappy", words("Unhappy")),
        Option("very_unhappy", "face-very-unhappy", words("Very unhappy")),
    )


USUAL: Mapping[str, Callable[[Callable[[str], Words]], tuple[Option, ...]]] = {
    "yes_no": yes_no.options,
    "agree": agree.options,
    "feelings": feelings.options,
    "contact": contact.options,
    "year_group": year_group.options,
    "age_band": age_band.options,
    "consent": consent.options,
    "faces": _faces,
}
"""The answers of a kind of question when nobody writes others."""

USUAL_SYMBOL = "views"
"""Beside a question for which nobody chose a symbol: every page that asks has one."""

TURNS_THE_MEANING = frozenset((Differs.NEGATION, Differs.TIME, Differs.NUMBER, Differs.WHOM))

RESPONDENTS: tuple[RespondentKind, ...] = get_args(RespondentKind)

Fields = Mapping[str, str]


def rows_of(form: Fields) -> int:
    """How many rows for answers the form has, more when somebody asked for more."""
    used = [int(name.rpartition("-")[2]) for name, value in form.items() if name.startswith("option-") and value]
    asked = form.get("rows", "")
    rows = max(ROWS, int(asked) if asked.isdecimal() and len(asked) < 3 else 0, *used, 0)
    return min(rows + (MORE_ROWS if form.get("go") == "more" else 0), 30)


def fields_of(concept: Concept) -> dict[str, str]:
    """The fields of a form for a new question that is to follow this one."""
    filled = {
        "kind": concept.kind,
        "audience": concept.audience,
        "period": concept.period,
        "symbol": concept.symbol,
        **about_fields(concept),
    }
    for edition in EDITIONS:
        said = concept.wording(edition, SOURCE)
        if said is None:
            continue
        filled |= {f"title-{edition}": said.title, f"help-{edition}": said.help}
        for place, option in enumerate(concept.options, start=1):
            filled |= {
                f"option-{edition}-{place}": said.labels.get(option.code, ""),
                f"option-code-{place}": option.code,
                f"option-symbol-{place}": option.symbol,
            }
    return filled


def about_fields(concept: Concept) -> dict[str, str]:
    others = [heading for heading in concept.headings if heading not in FRAMEWORK]
    return {
        "owner": concept.owner,
        "good_for_months": str(concept.good_for_months),
        "other_headings": "\n".join(others),
        "i_statements": "\n".join(concept.i_statements),
        "symbol": concept.symbol,
        **{f"heading-{heading}": "yes" for heading in concept.headings if heading in FRAMEWORK},
        **{f"also-{audience}": "yes" for audience in concept.also_asked_of},
    }


def concept_in(form: Fields, *, codes: set[str]) -> Concept:
    """The new question that a form describes; ``codes`` are taken. Raises ``BankProblem``."""
    said = {edition: form.get(f"title-{edition}", "").strip() for edition in EDITIONS}
    title = said["easy_read"] or said["standard"]
    kind = form.get("kind", "")
    usual = [*USUAL[kind](words)] if kind in USUAL else []
    rows = _rows(form) if kind in WITH_OPTIONS else []
    rows = rows or [(option, dict.fromkeys(EDITIONS, option.label[SOURCE])) for option in usual]
    places = sorting.places(words) if kind == "sorting" else ()
    wordings: dict[Edition, dict[str, Wording]] = {
        edition: {
            SOURCE: Wording(
                title=said[edition],
                help=form.get(f"help-{edition}", "").strip(),
                labels={option.code: labels[edition] for option, labels in rows},
                places={place.code: place.label[SOURCE] for place in places},
                ends=_ends(form) if kind == "number_scale" else None,
            )
        }
        for edition in EDITIONS
        if said[edition]
    }
    try:
        described = msgspec.convert(
            {"code": "", "kind": kind, "audience": form.get("audience"), "period": form.get("period")}, Concept
        )
    except msgspec.ValidationError as problem:
        raise BankProblem("no_kind", "kind") from problem
    return about_in(
        form,
        msgspec.structs.replace(
            described,
            code=form.get("code", "").strip() or proposed_code(title, codes),
            options=tuple(OfferedOption(option.code, option.symbol) for option, _ in rows),
            places=tuple(OfferedOption(place.code, place.symbol) for place in places),
            wordings=wordings,
        ),
    )


def _rows(form: Fields) -> list[tuple[Option, Mapping[Edition, str]]]:
    """The answers that were written, with their words; a version that was left empty has the words of the other."""
    found: list[tuple[Option, Mapping[Edition, str]]] = []
    for place in range(1, rows_of(form) + 1):
        said = {edition: form.get(f"option-{edition}-{place}", "").strip() for edition in EDITIONS}
        label = said["easy_read"] or said["standard"]
        if not label:
            continue
        taken = {option.code for option, _ in found}
        code = form.get(f"option-code-{place}", "").strip() or proposed_option_code(label, taken)
        symbol = form.get(f"option-symbol-{place}", "")
        symbol = symbol if symbol in built_symbols() else ""
        found.append((Option(code, symbol, {}), {edition: said[edition] or label for edition in EDITIONS}))
    return found


def _ends(form: Fields) -> tuple[str, str] | None:
    low, high = form.get("end-low", "").strip(), form.get("end-high", "").strip()
    return (low, high) if low or high else None


def about_in(form: Fields, concept: Concept) -> Concept:
    """The concept with what the form says about it. Raises ``BankProblem`` for a number of months that is none."""
    months = form.get("good_for_months", "").strip() or str(concept.good_for_months)
    if not (months.isascii() and months.isdecimal() and len(months) < 4 and int(months) <= MOST_MONTHS):
        raise BankProblem("bad_months", "good_for_months")
    return msgspec.structs.replace(
        concept,
        also_asked_of=tuple(
            each
            for each in dict.fromkeys((*concept.also_asked_of, *RESPONDENTS))
            if form.get(f"also-{each}") and each != concept.audience
        ),
        owner=form.get("owner", "").strip()[:120],
        good_for_months=int(months),
        headings=(
            *(heading for heading in FRAMEWORK if form.get(f"heading-{heading}")),
            *_lines(form.get("other_headings", "")),
        ),
        i_statements=_lines(form.get("i_statements", "")),
        symbol=symbol if (symbol := form.get("symbol", "")) in built_symbols() else concept.symbol or USUAL_SYMBOL,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (line.strip()[:200] for line in text.splitlines()))))


def wording_fields(concept: Concept, wording: Wording | None, language: str) -> dict[str, str]:
    """The fields of a form for one wording. Where there is none yet, the answers are those of the other edition, or
    our usual ones.
    """
    if wording is None:
        usual = {option.code: option.label for option in USUAL[concept.kind](words)} if concept.kind in USUAL else {}
        places = {place.code: place.label for place in sorting.places(words)}
        other = next((said for each in EDITIONS if (said := concept.wording(each, language))), Wording(""))
        return {
            **{
                f"label-{each.code}": other.labels.get(each.code) or usual.get(each.code, {}).get(language, "")
                for each in concept.options
            },
            **{f"place-{each.code}": places.get(each.code, {}).get(language, "") for each in concept.places},
        }
    return {
        "title": wording.title,
        "help": wording.help,
        **{f"label-{code}": label for code, label in wording.labels.items()},
        **{f"alt-{code}": alt for code, alt in wording.alts.items()},
        **{f"place-{code}": label for code, label in wording.places.items()},
        "end-low": wording.ends[0] if wording.ends else "",
        "end-high": wording.ends[1] if wording.ends else "",
        "picture-alt": wording.picture_alt,
        **{f"hard-word-{place}": word for place, (word, _) in enumerate(wording.hard_words, start=1)},
        **{f"hard-meaning-{place}": meaning for place, (_, meaning) in enumerate(wording.hard_words, start=1)},
    }


HARD_WORDS = 3


def wording_in(form: Fields, concept: Concept, before: Wording | None) -> Wording:
    """The words of a form; recordings stay as they are."""

    def said(name: str) -> str:
        return form.get(name, "").strip()

    return Wording(
        title=said("title"),
        help=said("help"),
        labels={each.code: said(f"label-{each.code}") for each in concept.options},
        alts={each.code: said(f"alt-{each.code}") for each in concept.options if said(f"alt-{each.code}")},
        places={each.code: said(f"place-{each.code}") for each in concept.places},
        ends=_ends(form),
        hard_words=tuple(
            (said(f"hard-word-{place}"), said(f"hard-meaning-{place}"))
            for place in range(1, HARD_WORDS + 1)
            if said(f"hard-word-{place}") and said(f"hard-meaning-{place}")
        ),
        audio=before.audio if before else "",
        picture_alt=said("picture-alt"),
    )


def looks_different(before: Wording | None, after: Wording) -> bool:
    """Whether the new question has or lacks words that mostly change what is asked. Told for English alone."""
    return before is not None and any(each.kind in TURNS_THE_MEANING for each in differences(before.title, after.title))
