"""The columns of an XLSForm: which of them we read, and which hold words in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from surveys.document import Words
from surveys.exchange.carried import Left
from surveys.exchange.language_names import language_code
from surveys.exchange.sheets import FormRow

SURVEY_READ = {
    *("type", "name", "relevant", "relevance", "bind::relevant", "constraint", "bind::constraint", "appearance"),
    *("body::appearance", "parameters", "required", "bind::required", "disabled", "gt_kind", "gt_symbol", "gt_name"),
}
CHOICES_READ = {"list_name", "list name", "name", "value", "gt_symbol"}
SETTINGS_READ = {
    *("form_title", "title", "form_id", "id_string", "default_language", "version", "style"),
    *("gt_audience", "gt_edition", "gt_minutes", "gt_kept_months", "gt_series", "gt_series_moment"),
}
MESSAGES = ("constraint_message", "required_message", "bind::jr:constraintmsg", "bind::jr:requiredmsg")
"""What to say about a wrong answer. Ours say that for themselves, so these stay behind with their check."""

WORDS_OF = ("label", "hint")


class Cells(msgspec.Struct, frozen=True):
    """A row as it is read: ``own`` by the column's name in small letters, words by ``label`` or ``hint``."""

    number: int
    own: Mapping[str, str]
    label: Words
    hint: Words
    others: Mapping[str, str]

    def one(self, *names: str) -> str:
        return next((self.own[name] for name in names if name in self.own), "")


class Columns:
    """Reads the rows of a sheet. ``languages`` are those of its columns, in their order."""

    def __init__(self, rows: Iterable[FormRow], read: set[str], default: str) -> None:
        self._read = read
        self._known: dict[str, tuple[str, str]] = {}
        self.languages: list[str] = []
        for header in dict.fromkeys(name for row in rows for name in row.cells):
            said, _, language = header.replace("::", ":").partition(":")
            if said.strip().casefold() in WORDS_OF:
                code = language_code(language) if language.strip() else default
                if code:
                    self._known[header] = (said.strip().casefold(), code)
                    if said.strip().casefold() == "label" and code not in self.languages:
                        self.languages.append(code)

    def cells(self, row: FormRow) -> Cells:
        own: dict[str, str] = {}
        words: dict[str, dict[str, str]] = {"label": {}, "hint": {}}
        others: dict[str, str] = {}
        for header, cell in row.cells.items():
            name = header.strip().casefold().replace(" ::", "::").replace(":: ", "::")
            if header in self._known:
                what, language = self._known[header]
                words[what].setdefault(language, cell)
            elif name in self._read:
                own[name] = cell
            elif header:
                others[header] = cell
        return Cells(row.number, own, words["label"], words["hint"], others)


def missing_words(cells: Cells, languages: Iterable[str], sheet: str) -> list[Left]:
    """The languages in which a row says nothing, though it does in another."""
    return [
        Left("words_missing", sheet, cells.number, what, language)
        for what, words in (("label", cells.label), ("hint", cells.hint))
        if words
        for language in languages
        if language not in words
    ]
