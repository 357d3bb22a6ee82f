"""Forms for the words of a question of the bank: what stands in their fields, and what the fields say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from analysis.questions.differences import Differs, differences
from surveys.bank.checking import BankProblem, proposed_option_code
from surveys.bank.concepts import EDITIONS, Concept, Explained, Wording, edition_used
from surveys.document import Edition
from surveys.question_types import sorting
from voice.languages import SOURCE, words
from voice.web.work.usual_answers import USUAL

Fields = Mapping[str, str]

HARD_WORDS = 3
"""Rows for hard words that a form has at least."""

MOST_HARD_WORDS = 30

TURNS_THE_MEANING = frozenset((Differs.NEGATION, Differs.TIME, Differs.NUMBER, Differs.WHOM))


def wording_fields(concept: Concept, edition: Edition, language: str) -> dict[str, str]:
    """The fields of a form for one wording. Where there is none yet, the answers are those of the other edition, or
    our usual ones. Each hard word that this edition has in English or in the language has its row.
    """
    wording = concept.wording(edition, language)
    hard = hard_word_fields(said_in_english(concept, edition), wording.hard_words if wording else ())
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
            **hard,
        }
    return {
        "title": wording.title,
        "help": wording.help,
        **{f"label-{code}": label for code, label in wording.labels.items()},
        **{f"alt-{code}": alt for code, alt in wording.alts.items()},
        **{f"place-{code}": label for code, label in wording.places.items()},
        **end_fields(wording),
        "picture-alt": wording.picture_alt,
        **hard,
    }


def said_in_english(concept: Concept, edition: Edition) -> tuple[Explained, ...]:
    """The hard words of the edition, or of the other where it has no words yet."""
    wording = concept.wording(edition_used(concept, edition), SOURCE)
    return wording.hard_words if wording else ()


def end_fields(wording: Wording, of: str = "") -> dict[str, str]:
    low, high = wording.ends or ("", "")
    return {f"end-low{of}": low, f"end-high{of}": high}


def ends_in(form: Fields, of: str = "") -> tuple[str, str] | None:
    low, high = form.get(f"end-low{of}", "").strip(), form.get(f"end-high{of}", "").strip()
    return (low, high) if low or high else None


def hard_word_fields(source: Iterable[Explained], said: Iterable[Explained], of: str = "") -> dict[str, str]:
    """A row for each word of ``source`` or of ``said``, filled in where it is ``said``; its code goes with it."""
    own = {each.code: each for each in said}
    codes = dict.fromkeys((*(each.code for each in source), *own))
    filled: dict[str, str] = {}
    for row, code in enumerate(codes, start=1):
        filled[f"hard-code{of}-{row}"] = code
        if code in own:
            filled |= {f"hard-word{of}-{row}": own[code].word, f"hard-meaning{of}-{row}": own[code].meaning}
    return filled


def with_rows_for(now: Wording | None, form: Fields) -> dict[str, str]:
    """What was typed, with rows for the hard words that somebody else added, so that saving it takes none away."""
    rows = range(1, hard_rows(form))
    there = {form.get(f"hard-code-{row}") for row in rows}
    added = [each for each in (now.hard_words if now else ()) if each.code not in there]
    filled = dict(form)
    for row, each in enumerate(added, start=1 + max((row for row in rows if any(_row(form, "", row))), default=0)):
        filled |= {f"hard-code-{row}": each.code, f"hard-word-{row}": each.word, f"hard-meaning-{row}": each.meaning}
    return filled


def hard_rows(form: Fields, least: int = HARD_WORDS, of: str = "") -> int:
    """How many rows for hard words the form has: those that are used, and room for one more."""
    used = [row for row in range(1, MOST_HARD_WORDS + 1) if any(_row(form, of, row))]
    return max(least, *(row + 1 for row in used), 0)


def hard_words_in(form: Fields, taken: Collection[str], of: str = "") -> tuple[Explained, ...]:
    """The hard words that the form says. A row keeps its code; one without gets a code that is not ``taken``."""
    rows = [found for row in range(1, hard_rows(form, of=of) + 1) if any((found := _row(form, of, row))[1:])]
    said: dict[str, Explained] = {}
    for kept, word, meaning in rows:
        code = kept if kept and kept not in said else proposed_option_code(word, {*taken, *said})
        said[code] = Explained(word, meaning, code)
    return tuple(said.values())


def _row(form: Fields, of: str, row: int) -> tuple[str, str, str]:
    """Code, word and meaning."""
    code, word, meaning = (form.get(f"hard-{what}{of}-{row}", "").strip() for what in ("code", "word", "meaning"))
    return code, word, meaning


def wording_in(form: Fields, concept: Concept, before: Wording | None) -> Wording:
    """The words of a form; recordings stay as they are."""

    def said(name: str) -> str:
        return form.get(name, "").strip()

    taken = {
        each.code for known in concept.wordings.values() for wording in known.values() for each in wording.hard_words
    }
    return Wording(
        title=said("title"),
        help=said("help"),
        labels={each.code: said(f"label-{each.code}") for each in concept.options},
        alts={each.code: said(f"alt-{each.code}") for each in concept.options if said(f"alt-{each.code}")},
        places={each.code: said(f"place-{each.code}") for each in concept.places},
        ends=ends_in(form),
        hard_words=hard_words_in(form, taken),
        audio=before.audio if before else "",
        picture_alt=said("picture-alt"),
    )


def field_of(problem: BankProblem, form: Fields, concept: Concept) -> str:
    """The id of the field of the wording form that a problem is about."""
    if problem.field == "label":
        return f"label-{problem.option or concept.options[0].code}"
    if problem.field == "place":
        return f"place-{problem.option}"
    if problem.field == "ends":
        return "end-high" if form.get("end-low", "").strip() else "end-low"
    if problem.field == "hard_word":
        for row in range(1, hard_rows(form) + 1):
            _, word, meaning = _row(form, "", row)
            if bool(word) != bool(meaning):
                return f"hard-meaning-{row}" if word else f"hard-word-{row}"
    return problem.field


def looks_different(before: Wording | None, after: Wording) -> bool:
    """Whether the new question has or lacks words that mostly change what is asked. Told for English alone."""
    return before is not None and any(each.kind in TURNS_THE_MEANING for each in differences(before.title, after.title))
