"""Forms of the question bank: what stands in their fields, and what the fields say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import msgspec

from surveys.bank.checking import (
    LONGEST_LIMIT,
    MOST_OPTIONS,
    SHORTEST_LIMIT,
    WITH_OPTIONS,
    BankProblem,
    proposed_code,
    proposed_option_code,
)
from surveys.bank.concepts import EDITIONS, Concept, OfferedOption, Wording
from surveys.bank.headings import FRAMEWORK
from surveys.document import Edition, Option, RespondentKind
from surveys.question_types import sorting
from voice.languages import SOURCE, words
from voice.web.pages import built_symbols
from voice.web.work.bank_word_forms import end_fields, ends_in, hard_word_fields, hard_words_in
from voice.web.work.usual_answers import USUAL

ROWS = 6
MORE_ROWS = 4
MOST_MONTHS = 120

USUAL_SYMBOL = "views"
"""Beside a question for which nobody chose a symbol: every page that asks has one."""

HAS_A_LIMIT = frozenset(("free_text", "recording", "drawing", "photo"))
"""Kinds that are answered with words, or can be."""

RESPONDENTS: tuple[RespondentKind, ...] = get_args(RespondentKind)

Fields = Mapping[str, str]


def rows_of(form: Fields) -> int:
    """How many rows for answers the form has, more when somebody asked for more."""
    used = [int(name.rpartition("-")[2]) for name, value in form.items() if name.startswith("option-") and value]
    asked = form.get("rows", "")
    rows = max(ROWS, int(asked) if asked.isdecimal() and len(asked) < 3 else 0, *used, 0)
    return min(rows + (MORE_ROWS if form.get("go") == "more" else 0), MOST_OPTIONS)


def fields_of(concept: Concept) -> dict[str, str]:
    """The fields of a form for a new question that is to follow this one."""
    filled = {
        "kind": concept.kind,
        "audience": concept.audience,
        "period": concept.period,
        "most": str(concept.most),
        **about_fields(concept),
    }
    for edition in EDITIONS:
        if said := concept.wording(edition, SOURCE):
            filled |= words_of(said, concept, edition)
    for place, option in enumerate(concept.options, start=1):
        filled |= {f"option-code-{place}": option.code, f"option-symbol-{place}": option.symbol}
    return filled


def words_of(said: Wording, concept: Concept, edition: Edition) -> dict[str, str]:
    """The fields of the form for a new question that hold these words."""
    filled = {
        f"title-{edition}": said.title,
        f"help-{edition}": said.help,
        f"picture-alt-{edition}": said.picture_alt,
        **end_fields(said, f"-{edition}"),
        **hard_word_fields((), said.hard_words, f"-{edition}"),
    }
    for place, option in enumerate(concept.options, start=1):
        filled[f"option-{edition}-{place}"] = said.labels.get(option.code, "")
        filled[f"option-alt-{edition}-{place}"] = said.alts.get(option.code, "")
    return filled


def kept_unseen(form: Fields) -> dict[str, str]:
    """Fields that the form for a new question has without showing them: what pictures show."""
    return {
        name: value
        for name, value in form.items()
        if name.startswith(("option-alt-", "picture-alt-")) and value.strip()
    }


def about_fields(concept: Concept) -> dict[str, str]:
    others = [heading for heading in concept.headings if heading not in FRAMEWORK]
    return {
        "owner": concept.owner,
        "good_for_months": str(concept.good_for_months),
        "other_headings": "\n".join(others),
        "i_statements": "\n".join(concept.i_statements),
        "symbol": concept.symbol,
        "limit": str(concept.limit),
        **{f"heading-{heading}": "yes" for heading in concept.headings if heading in FRAMEWORK},
        **{f"also-{audience}": "yes" for audience in concept.also_asked_of},
    }


def offered_fields(concept: Concept) -> dict[str, str]:
    """The fields for the order and the symbols of the answers."""
    return {
        name: value
        for place, option in enumerate(concept.options, start=1)
        for name, value in ((f"order-{option.code}", str(place)), (f"offered-{option.code}", option.symbol))
    }


def offered_in(form: Fields, concept: Concept) -> Concept:
    """The concept with its answers in the order and with the symbols of the form. Their codes and pictures stay."""

    def rank(place: int, option: OfferedOption) -> tuple[int, int]:
        """Where it goes; an answer that was moved pushes on the one that stood there."""
        asked = form.get(f"order-{option.code}", "")
        wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 3 else place
        return wanted, (wanted > place) - (wanted < place)

    ranked = sorted((rank(place, option), place, option) for place, option in enumerate(concept.options, start=1))
    return msgspec.structs.replace(
        concept,
        options=tuple(
            msgspec.structs.replace(option, symbol=_symbol(form, f"offered-{option.code}", option.symbol))
            for _, _, option in ranked
        ),
    )


def _symbol(form: Fields, name: str, before: str) -> str:
    chosen = form.get(name, before)
    return chosen if not chosen or chosen in built_symbols() else before


Row = tuple[Option, Mapping[Edition, str], Mapping[Edition, str]]
"""An answer, with its words and what its picture shows."""


def concept_in(form: Fields, *, codes: set[str], before: Concept | None = None) -> Concept:
    """The new question that a form describes; ``codes`` are taken. Raises ``BankProblem``.

    From ``before``, which it is to follow, it has the pictures, and the places that pictures are sorted to. A
    recording or a film says the words of before: it comes along only with the same words.
    """
    try:
        described = msgspec.convert(
            {"code": "", "kind": form.get("kind", ""), "audience": form.get("audience"), "period": form.get("period")},
            Concept,
        )
    except msgspec.ValidationError as problem:
        raise BankProblem("no_kind", "kind") from problem
    before = before or described
    kind = described.kind
    rows = _rows(form) if kind in WITH_OPTIONS else []
    if not rows and kind in USUAL:
        rows = [(option, dict.fromkeys(EDITIONS, option.label[SOURCE]), {}) for option in USUAL[kind](words)]
    pictures = {option.code: option.picture for option in before.options}
    described = msgspec.structs.replace(
        described,
        most=_number(form, "most", 0, least=0, limit=MOST_OPTIONS),
        picture=before.picture,
        options=tuple(OfferedOption(each.code, each.symbol, pictures.get(each.code, "")) for each, _, _ in rows),
        places=_places(kind, before),
    )
    wordings: dict[Edition, dict[str, Wording]] = {
        edition: {SOURCE: _worded(form, edition, described, rows, before.wording(edition, SOURCE))}
        for edition in EDITIONS
        if form.get(f"title-{edition}", "").strip()
    }
    title = next((worded[SOURCE].title for worded in wordings.values()), "")
    was = {edition: worded[SOURCE] for edition, worded in before.wordings.items() if SOURCE in worded}
    is_as_before = was.keys() == wordings.keys() and all(
        _says_the_same(was[edition], worded[SOURCE]) for edition, worded in wordings.items()
    )
    return about_in(
        form,
        msgspec.structs.replace(
            described,
            code=form.get("code", "").strip() or proposed_code(title, codes),
            bsl=before.bsl if is_as_before else "",
            wordings=wordings,
        ),
    )


def _places(kind: str, before: Concept) -> tuple[OfferedOption, ...]:
    if kind != "sorting":
        return ()
    return before.places or tuple(OfferedOption(place.code, place.symbol) for place in sorting.places(words))


def _worded(form: Fields, edition: Edition, concept: Concept, rows: list[Row], before: Wording | None) -> Wording:
    def said(name: str) -> str:
        return form.get(f"{name}-{edition}", "").strip()

    usual = {place.code: place.label[SOURCE] for place in sorting.places(words)}
    old = before or Wording("")
    ends = (ends_in(form, f"-{each}") for each in (edition, *EDITIONS))
    wording = Wording(
        title=said("title"),
        help=said("help"),
        labels={option.code: labels[edition] for option, labels, _ in rows},
        alts={option.code: alts[edition] for option, _, alts in rows if alts.get(edition)},
        places={place.code: old.places.get(place.code) or usual.get(place.code, "") for place in concept.places},
        ends=next(filter(None, ends), None) if concept.kind == "number_scale" else None,
        hard_words=hard_words_in(form, (), f"-{edition}"),
        picture_alt=said("picture-alt"),
    )
    return msgspec.structs.replace(wording, audio=old.audio) if _says_the_same(old, wording) else wording


def _says_the_same(before: Wording, after: Wording) -> bool:
    """Whether a recording of the one can be heard with the other."""
    return all(getattr(before, part) == getattr(after, part) for part in ("title", "help", "labels", "places", "ends"))


def _rows(form: Fields) -> list[Row]:
    """The answers that were written, with their words; a version that was left empty has the words of the other."""
    found: list[Row] = []
    for place in range(1, rows_of(form) + 1):
        said = {edition: form.get(f"option-{edition}-{place}", "").strip() for edition in EDITIONS}
        label = said["easy_read"] or said["standard"]
        if not label:
            continue
        taken = {option.code for option, _, _ in found}
        code = form.get(f"option-code-{place}", "").strip() or proposed_option_code(label, taken)
        option = Option(code, _symbol(form, f"option-symbol-{place}", ""), {})
        alts = {edition: form.get(f"option-alt-{edition}-{place}", "").strip() for edition in EDITIONS}
        found.append((option, {edition: said[edition] or label for edition in EDITIONS}, alts))
    return found


def about_in(form: Fields, concept: Concept) -> Concept:
    """The concept with what the form says about it. Raises ``BankProblem`` for a number that is none, or too large."""
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
        symbol=_symbol(form, "symbol", concept.symbol) or concept.symbol or USUAL_SYMBOL,
        limit=_number(form, "limit", concept.limit, least=SHORTEST_LIMIT, limit=LONGEST_LIMIT),
    )


def _number(form: Fields, name: str, before: int, *, least: int, limit: int) -> int:
    said = form.get(name, "").strip() or str(before)
    if not (said.isascii() and said.isdecimal() and len(said) < 6 and least <= int(said) <= limit):
        raise BankProblem("bad_number", name, least=least, limit=limit)
    return int(said)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (line.strip()[:200] for line in text.splitlines()))))
