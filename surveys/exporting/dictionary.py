"""The data dictionary: what each column of a table of answers means, in every language, and how many it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from surveys.document import Words
from surveys.exporting.columns import Cell, Column, Row


class Numbered(msgspec.Struct, frozen=True):
    """How a format that counts its codes writes a column: under which name, and which number stands for a code."""

    name: str
    numbers: Mapping[str, int]


class Counts:
    """How many people have which value in a column, and how many have none for which reason."""

    def __init__(self) -> None:
        self.people = 0
        self._values: Counter[str] = Counter()
        self._codes: Counter[tuple[str, str]] = Counter()
        self._why: Counter[tuple[str, str]] = Counter()

    def add(self, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        counted = {column.name for column in columns if column.codes or column.measure == "yes_no"}
        for row in rows:
            self.people += 1
            self._values.update(row.values.keys())
            self._codes.update((name, _code(row.values[name])) for name in counted & row.values.keys())
            self._why.update(row.why.items())

    def answered(self, column: Column, code: str | None = None) -> int:
        return self._values[column.name] if code is None else self._codes[column.name, code]

    def without(self, column: Column, why: str) -> int:
        return self._why[column.name, why]

    def codes(self, column: Column) -> tuple[str, ...]:
        """The codes of a column; those too that nobody has worded but somebody has given."""
        known = ["true", "false"] if column.measure == "yes_no" else [code for code, _ in column.codes]
        met = sorted(code for name, code in self._codes if name == column.name) if column.measure == "code" else []
        return (*known, *(code for code in met if code not in known))


def header(languages: Sequence[str]) -> tuple[str, ...]:
    """The columns of the dictionary.

    A line without a ``code`` is about a variable: its question's words, how many people were ``asked``,
    ``answered`` with a value, would ``rather_not_say``, ``skipped`` it, or were ``not_asked``. The lines below it are
    its codes, with their words and how many people gave them. ``number`` is what SPSS files write for the code.
    """
    return (
        *("survey", "variable", "spss_name", "concept", "kind", "measure", "versions", "code", "number"),
        *("people", "asked", "answered", "rather_not_say", "skipped", "not_asked"),
        *(f"words_{language}" for language in languages),
    )


def lines(
    survey: str,
    columns: Sequence[Column],
    counts: Counts,
    languages: Sequence[str],
    numbered: Mapping[str, Numbered],
) -> list[tuple[str, ...]]:
    """The dictionary of a survey's columns, in the shape of :func:`header`."""
    found = []
    for column in columns:
        written = numbered.get(column.name, Numbered("", {}))
        without = {why: counts.without(column, why) for why in ("rather_not_say", "skipped", "not_asked")}
        known = (survey, column.name, written.name, column.concept, column.kind, column.measure, _joined(column))
        figures = (str(count) if column.concept else "" for count in without.values())
        asked = str(counts.people - without["not_asked"])
        answered = str(counts.answered(column))
        found.append((*known, "", "", str(counts.people), asked, answered, *figures, *_said(column.label, languages)))
        labels = dict(column.codes)
        for code in counts.codes(column):
            number = str(written.numbers.get(code, ""))
            many = str(counts.answered(column, code))
            words = _said(labels.get(code, {}), languages)
            found.append((*known, code, number, "", "", many, "", "", "", *words))
    return found


def _code(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _joined(column: Column) -> str:
    return " ".join(map(str, column.versions))


def _said(words: Words, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(words.get(language, "") for language in languages)


def languages_of(columns: Iterable[Column]) -> tuple[str, ...]:
    """Every language that the columns speak, English first."""
    spoken = {
        language
        for column in columns
        for words in (column.label, *(words for _, words in column.codes))
        for language in words
    }
    return tuple(sorted(spoken, key=lambda language: (language != "en", language)))
