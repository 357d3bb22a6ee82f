"""An XLSForm (sheets ``survey``, ``choices`` and ``settings``) as a survey of ours."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from surveys.document import RATHER_NOT_SAY, Option, Question, Words
from surveys.exchange.assembling import (
    Expression,
    Found,
    assemble,
    concept_name,
    option_symbol,
    symbol_of,
    unlike,
)
from surveys.exchange.carried import Carried, FormProblem, Left, Reason
from surveys.exchange.language_names import language_code
from surveys.exchange.sheets import FormRow, read_sheets
from surveys.exchange.xlsform_columns import (
    CHOICES_READ,
    SETTINGS_READ,
    SURVEY_READ,
    Cells,
    Columns,
    missing_words,
)
from surveys.exchange.xlsform_kinds import LOOKS, RowType, checks_of, kind_of, row_type
from surveys.exchange.xlsform_settings import ABOUT, survey_of
from surveys.importing.sheet import Limits
from surveys.question_types import complete
from surveys.question_types.consent import YES

USUAL_LIMIT = 2000
LONGEST_LIMIT = 10_000
_YES = ("yes", "true", "true()", "1")
_DISABLED = ("yes", "true", "1")
_ACKNOWLEDGED = re.compile(r"(\$\{[^}]+\}\s*=\s*)(['\"])OK\2", re.IGNORECASE)


def read_xlsform(content: bytes, words: Callable[[str], Words], limits: Limits | None = None) -> Carried:
    """The survey in a workbook. ``words`` gives our own words for kinds that bring their answers with them.

    Raises :class:`FormProblem` for a file that holds no survey.
    """
    sheets = read_sheets(content, limits or Limits())
    if "survey" not in sheets:
        raise FormProblem("no_survey_sheet")
    return _Reading(sheets, words).carried()


class _Group(msgspec.Struct):
    """A group that is open. What stands in a repeat is not carried over; pictures to sort become one question."""

    kind: str
    row: int
    when: tuple[Expression, ...] = ()
    sorting: Question | None = None


class _Reading:
    def __init__(self, sheets: dict[str, list[FormRow]], words: Callable[[str], Words]) -> None:
        self.left: list[Left] = []
        self._settings = self._read_settings(sheets.get("settings", []))
        self._ours = "gt_audience" in self._settings
        default = language_code(self._settings.get("default_language", "")) or "en"
        self._columns = Columns(sheets["survey"], SURVEY_READ, default)
        self._rows = [self._columns.cells(row) for row in sheets["survey"]]
        self.languages = tuple(self._columns.languages) or (default,)
        self._words: Callable[[str], Words] = lambda message: {
            language: said for language, said in words(message).items() if language in self.languages
        }
        self._lists = self._read_choices(sheets.get("choices", []), default)
        self._found: list[Found] = []
        self._groups: list[_Group] = []
        self._about: dict[str, Words] = {}
        for sheet in sorted(sheets.keys() - {"survey", "choices", "settings"}):
            if sheets[sheet]:
                self._leave("column_left_out", 0, "", sheet=sheet)

    def carried(self) -> Carried:
        for cells in self._rows:
            self._row(cells)
        for group in self._groups:
            self._leave("group_not_closed", group.row, "type")
            self._close(group)
        questions = assemble(self._found, self.left)
        if not questions:
            raise FormProblem("no_questions")
        document = survey_of(self._settings, self._about, self.languages, questions)
        return Carried(document, tuple(self.left))

    def _leave(self, reason: Reason, row: int, column: str, about: str = "", *, sheet: str = "survey") -> None:
        self.left.append(Left(reason, sheet, row, column, about))

    def _read_settings(self, rows: list[FormRow]) -> dict[str, str]:
        settings: dict[str, str] = {}
        for row in rows[:1]:
            for header, cell in row.cells.items():
                name = header.strip().casefold()
                if name in SETTINGS_READ:
                    settings[name] = cell
                else:
                    self._leave("setting_left_out", row.number, header, cell, sheet="settings")
        return settings

    def _read_choices(self, rows: list[FormRow], default: str) -> dict[str, list[Option]]:
        columns = Columns(rows, CHOICES_READ, default)
        lists: dict[str, list[Option]] = {}
        for row in rows:
            cells = columns.cells(row)
            list_name, code = cells.one("list_name", "list name"), cells.one("name", "value")
            if not list_name or not code:
                self._leave("no_name", row.number, "name", next(iter(cells.label.values()), ""), sheet="choices")
                continue
            self._note_words(cells, "choices")
            symbol = cells.one("gt_symbol") or ("" if self._ours else option_symbol(code))
            lists.setdefault(list_name, []).append(Option(code, symbol, cells.label))
        return {name: list(unlike(options, self.left, "choices", 0)) for name, options in lists.items()}

    def _note_words(self, cells: Cells, sheet: str) -> None:
        """Lists the words that are missing or name an answer, and the columns that we do not read."""
        self.left += missing_words(cells, self.languages, sheet)
        if any("${" in said for said in (*cells.label.values(), *cells.hint.values())):
            self._leave("words_name_an_answer", cells.number, "label", sheet=sheet)
        for header, cell in cells.others.items():
            media = header.casefold().startswith(("media::", "image", "audio", "video", "big-image"))
            self._leave("picture_left_out" if media else "column_left_out", cells.number, header, cell, sheet=sheet)

    def _row(self, cells: Cells) -> None:
        type = row_type(cells.one("type"))
        if cells.one("disabled").casefold() in _DISABLED:
            self._leave("row_switched_off", cells.number, "disabled", cells.one("name"))
        elif type.word in ("end_group", "end_repeat"):
            self._end(type, cells)
        elif any(group.kind == "repeat" for group in self._groups):
            if type.word.startswith("begin_"):
                self._groups.append(_Group("repeat", cells.number))
            self._leave("in_repeat", cells.number, "type", cells.one("name"))
        elif type.word in ("begin_group", "begin_repeat"):
            self._begin(type, cells)
        elif cells.one("gt_kind") in ABOUT:
            self._about[ABOUT[cells.one("gt_kind")]] = cells.label
        else:
            self._question(type, cells)

    def _when(self, cells: Cells) -> tuple[Expression, ...]:
        column = next((name for name in ("relevant", "relevance", "bind::relevant") if name in cells.own), "")
        if not column:
            return ()
        text = _ACKNOWLEDGED.sub(rf"\1'{YES}'", cells.own[column])
        return (Expression(text, "survey", cells.number, column),)

    def _begin(self, type: RowType, cells: Cells) -> None:
        kind = cells.one("gt_kind")
        if type.word == "begin_repeat":
            self._leave("repeat_left_out", cells.number, "type", cells.one("name"))
            self._groups.append(_Group("repeat", cells.number))
        elif kind == "agreed":  # asking for consent says so itself
            self._groups.append(_Group("group", cells.number))
        elif kind == "sorting":
            concept = self._concept(cells)
            question = Question(concept, "sorting", cells.one("gt_symbol"), cells.label, {})
            self._note_words(cells, "survey")
            self._groups.append(_Group("sorting", cells.number, self._when(cells), question))
        else:
            self._leave(
                "group_flattened", cells.number, "type", cells.one("name") or next(iter(cells.label.values()), "")
            )
            self._note_words(cells, "survey")
            self._groups.append(_Group("group", cells.number, self._when(cells)))

    def _end(self, type: RowType, cells: Cells) -> None:
        if not self._groups:
            self._leave("group_not_open", cells.number, "type", type.word)
            return
        self._close(self._groups.pop())

    def _close(self, group: _Group) -> None:
        if group.sorting is not None:
            question = complete(group.sorting, self._words)
            self._found.append(Found(question, (question.concept,), (*self._when_of_groups(), *group.when)))

    def _when_of_groups(self) -> tuple[Expression, ...]:
        return tuple(expression for group in self._groups for expression in group.when)

    def _picture(self, sorting: Question, type: RowType, cells: Cells) -> Question:
        """A question for sorting with one more of what its group holds: its help, or a picture."""
        if cells.one("gt_kind") == "help":
            return msgspec.structs.replace(sorting, help=cells.label)
        code = cells.one("gt_name") or cells.one("name")
        option = Option(code, cells.one("gt_symbol"), cells.label)
        places = tuple(o for o in self._lists.get(type.list_name, []) if o.code != RATHER_NOT_SAY)
        return msgspec.structs.replace(sorting, options=(*sorting.options, option), places=sorting.places or places)

    def _question(self, type: RowType, cells: Cells) -> None:
        group = self._groups[-1] if self._groups else None
        if group is not None and group.sorting is not None and cells.one("gt_kind") in ("picture", "help"):
            self._note_words(cells, "survey")
            group.sorting = self._picture(group.sorting, type, cells)
            return
        constraint = cells.one("constraint", "bind::constraint")
        read = kind_of(type, cells, constraint)
        for reason in read.reasons:
            self._leave(reason, cells.number, "type", cells.one("type") if read.kind is None else cells.one("name"))
        if read.kind is None:
            return
        options = [
            msgspec.structs.replace(option, label=dict.fromkeys(self.languages, option.label[""]))
            for option in read.options
        ]
        ends: tuple[Words, Words] | None = None
        if type.word in ("select_one", "select_multiple", "rank"):
            listed = self._lists.get(type.list_name)
            if not listed:
                self._leave("choices_missing", cells.number, "type", type.list_name or cells.one("name"))
                return
            if read.kind == "number_scale":
                ends = _ends(listed)
            else:
                options = [option for option in listed if option.code != RATHER_NOT_SAY]
        if type.or_other:
            words = self._words
            options.append(Option("other", option_symbol("other"), words("Something else")))
            self._leave("other_words_left_out", cells.number, "type", cells.one("name"))
        self._note_words(cells, "survey")
        checks = checks_of(constraint, USUAL_LIMIT)
        if checks.rest:
            self._leave("check_left_out", cells.number, "constraint", checks.rest)
        if cells.one("required", "bind::required").casefold() in _YES:
            self._leave("required_left_out", cells.number, "required", cells.one("name"))
        looks = cells.one("appearance", "body::appearance").casefold().split()
        if unknown := [look for look in looks if look not in LOOKS]:
            self._leave("look_left_out", cells.number, "appearance", " ".join(unknown))
        concept = self._concept(cells)
        question = Question(
            concept=concept,
            kind=read.kind,
            symbol=cells.one("gt_symbol") or ("" if self._ours else symbol_of(read.kind)),
            title=cells.label,
            help=cells.hint,
            options=tuple(options),
            limit=min(max(checks.limit, 1), LONGEST_LIMIT),
            most=checks.most if checks.most < len(options) or self._ours else 0,
            ends=ends,
        )
        names = tuple(dict.fromkeys((cells.one("name"), concept)))
        if any(name in each.names for each in self._found for name in names[:1]):
            names = (concept,)  # the first of a name is the one that expressions mean
        self._found.append(Found(complete(question, self._words), names, (*self._when_of_groups(), *self._when(cells))))

    def _concept(self, cells: Cells) -> str:
        named = cells.one("gt_name") or cells.one("name")
        taken = [each.question.concept for each in self._found]
        taken += [group.sorting.concept for group in self._groups if group.sorting]
        if not named:
            self._leave("no_name", cells.number, "name", next(iter(cells.label.values()), ""))
            return concept_name(f"question_{cells.number}", taken)
        concept = concept_name(named, taken)
        if cells.one("gt_name"):
            return concept
        if concept != named:
            reason: Reason = "name_twice" if concept_name(named, ()) == named else "name_changed"
            self._leave(reason, cells.number, "name", named)
        return concept


def _ends(listed: list[Option]) -> tuple[Words, Words] | None:
    """The words at both ends of a scale, which stand after its numbers."""
    by_code = {option.code: option.label for option in listed}
    first, last = (
        {
            language: said.removeprefix(f"{code} – ")
            for language, said in by_code.get(code, {}).items()
            if said.startswith(f"{code} – ")
        }
        for code in ("0", "10")
    )
    return (first, last) if first or last else None
