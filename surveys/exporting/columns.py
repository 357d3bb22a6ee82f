"""The columns of a table of answers: what each holds, in which versions it was asked, and the names it goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from surveys.document import RATHER_NOT_SAY, SurveyDocument, Words
from surveys.question_types import type_of
from surveys.question_types.variables import Measure, Variable

Why = Literal["rather_not_say", "skipped", "not_asked"]
"""Why a person has no value: they would rather not say; they were asked and left it; or they were never asked,
because of what they answered before or because their version had no such question."""

RATHER_NOT: Why = RATHER_NOT_SAY  # type: ignore[assignment]

Cell = str | int | bool | dt.date

LABEL, WHY = "_label", "_missing"
"""What the names of the columns beside a column end with: one holds the words of its code, one why it is empty."""


class Column(msgspec.Struct, frozen=True):
    """A column. ``codes`` are what it can hold, with their words; those of a scale of numbers name its ends.

    ``label_name`` and ``why_name`` are the columns beside it, and empty when it has none. ``concept``, ``kind``
    and ``versions`` are empty for what is known of a person's answers as a whole.
    """

    name: str
    label: Words
    measure: Measure
    codes: tuple[tuple[str, Words], ...] = ()
    concept: str = ""
    kind: str = ""
    versions: tuple[int, ...] = ()
    label_name: str = ""
    why_name: str = ""

    def words_of(self, code: object, language: str) -> str:
        """What a code means; the code itself where nobody has worded it."""
        words = dict(self.codes).get(str(code), {})
        return words.get(language) or words.get("en") or str(code)


class Row(msgspec.Struct, frozen=True):
    """What stands in the columns, by their names, and why nothing stands in the others."""

    values: Mapping[str, Cell]
    why: Mapping[str, Why]


class SurveyColumns(msgspec.Struct, frozen=True):
    """The columns of a survey, and which of them hold a version's variables, by the variable's name."""

    columns: tuple[Column, ...]
    of_version: Mapping[int, Mapping[str, Column]]


def about_answers(words: Callable[[str], Words]) -> tuple[Column, ...]:
    """The columns that every table has, whatever was asked. ``words`` gives an English message in every language."""
    return _named(
        [
            Column("submission", words("The number of one person’s answers"), "text"),
            Column("survey", words("The survey"), "text"),
            Column("version", words("The version of the survey"), "number"),
            Column("round", words("The term"), "text"),
            Column("language", words("The language"), "text"),
            Column(
                "mode",
                words("How the answers came to us"),
                "code",
                (
                    ("own_device", words("On their own phone or computer")),
                    ("shared_device", words("On a shared tablet")),
                    ("class", words("With a whole class")),
                    ("telephone", words("By phone")),
                    ("paper", words("On paper")),
                    ("offline", words("On a tablet without internet")),
                    ("api", words("From another system")),
                    ("imported", words("From a file")),
                ),
            ),
            Column("submitted_at", words("When they came"), "text"),
            Column(
                "said_by",
                words("Whose words they are"),
                "code",
                (
                    ("own_words", words("Their own words")),
                    ("supported", words("Their own words, with help")),
                    ("proxy", words("Somebody answered for them")),
                ),
            ),
            Column(
                "respondent_kind",
                words("Who answered"),
                "code",
                (
                    ("parent_carer", words("Parent carer")),
                    ("young_person", words("Young person")),
                    ("school", words("School")),
                    ("health", words("Health service")),
                    ("other", words("Somebody else")),
                ),
            ),
            Column("setting", words("The school or group that answered together"), "text"),
        ]
    )


def columns_of(
    versions: Sequence[tuple[int, SurveyDocument]],
    elsewhere: Iterable[tuple[int, str]],
    first: tuple[Column, ...],
) -> SurveyColumns:
    """The columns of a survey over all ``versions``, after those of ``first``; the words are the newest version's.

    ``elsewhere`` names what a version was answered to that its document does not ask: columns of imported
    files. They become columns of text.
    """
    found: dict[tuple[str, Measure], Column] = {}
    keys: dict[int, dict[str, tuple[str, Measure]]] = {}
    asked_elsewhere: dict[int, list[str]] = {}
    for number, concept in elsewhere:
        asked_elsewhere.setdefault(number, []).append(concept)
    for number, document in sorted(versions, key=lambda version: version[0]):
        asked = [(q.concept, q.kind, variable) for q in document.questions for variable in type_of(q).variables(q)]
        known = {question.concept for question in document.questions}
        asked += [(c, "free_text", Variable(c, {}, "text")) for c in asked_elsewhere.get(number, []) if c not in known]
        for concept, kind, variable in asked:
            key = (variable.name, variable.measure)
            earlier = found.get(key, Column(variable.name, {}, variable.measure))
            newest = dict(variable.labels)
            found[key] = Column(
                name=variable.name,
                label=variable.label or earlier.label,
                measure=variable.measure,
                # A code keeps its place in later versions: tables that number the codes stay comparable.
                codes=(
                    *((code, newest.get(code, words)) for code, words in earlier.codes),
                    *((code, words) for code, words in newest.items() if code not in dict(earlier.codes)),
                ),
                concept=concept,
                kind=kind,
                versions=(*earlier.versions, number),
            )
            keys.setdefault(number, {})[variable.name] = key
    named = _named(list(found.values()), after=first)
    by_key = dict(zip(found, named[len(first) :], strict=True))
    return SurveyColumns(
        columns=named,
        of_version={
            number: {name: by_key[key] for name, key in keys.get(number, {}).items()} for number, _ in versions
        },
    )


def _named(columns: list[Column], after: tuple[Column, ...] = ()) -> tuple[Column, ...]:
    """The columns with those beside them, none named like another, whatever the case of its letters."""
    taken = {name.casefold() for column in after for name in (column.name, column.label_name, column.why_name)}

    def free(name: str) -> str:
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        return name

    own = [msgspec.structs.replace(column, name=free(column.name)) for column in columns]
    return (
        *after,
        *(
            msgspec.structs.replace(
                column,
                label_name=free(column.name + LABEL) if column.measure == "code" else "",
                why_name=free(column.name + WHY) if column.concept else "",
            )
            for column in own
        ),
    )
