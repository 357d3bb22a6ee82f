"""A survey as an XLSForm, for ODK, Kobo and their kin.

What XLSForm has no word for stands in columns whose names begin with ``gt_``: other tools pass over them, and
:mod:`surveys.exchange.xlsform_reading` makes the same survey of it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from surveys.building.codes import ONE_OF
from surveys.document import RATHER_NOT_SAY, Option, Question, SurveyDocument, Words, wording
from surveys.exchange.carried import Left
from surveys.exchange.expressions import written
from surveys.exchange.language_names import language_name
from surveys.exchange.sheets import write_sheets
from surveys.question_types.consent import YES
from surveys.question_types.number_scale import NUMBERS
from surveys.question_types.sorting import places_of

Row = dict[str, str]

ABOUT = ("title", "about", "who_reads", "what_happens_next", "series_note")
"""What a survey says of itself; each is a note at the start, and its kind is ``survey_`` and this."""

TYPES = {
    "ranking": "rank",
    "multiple_choice": "select_multiple",
    "feelings": "select_multiple",
    "free_text": "text",
    "postcode_area": "text",
    "recording": "audio",
    "drawing": "image",
    "photo": "image",
    "date": "date",
    "information": "note",
}
APPEARANCES = {"free_text": "multiline", "drawing": "draw", "number_scale": "horizontal"}
NOT_BOTH = f"not(selected(., '{RATHER_NOT_SAY}') and count-selected(.) > 1)"
AN_AREA = "regex(., '^[A-Za-z]{1,2}[0-9][0-9A-Za-z]?$')"


def write_xlsform(document: SurveyDocument, words: Callable[[str], Words]) -> tuple[bytes, tuple[Left, ...]]:
    """The workbook, and what of the survey it cannot hold. ``words`` words our own choices in every language."""
    writing = _Writing(document, words)
    return writing.workbook(), tuple(writing.left)


class _Writing:
    def __init__(self, document: SurveyDocument, words: Callable[[str], Words]) -> None:
        self.document = document
        self.left: list[Left] = []
        self.rather_not = Option(RATHER_NOT_SAY, "rather-not-say", words("I would rather not say"))
        self.rows: list[Row] = []
        self.choices: list[Row] = []
        self._names: dict[str, str] = {}
        self._taken: set[str] = {"survey_" + part for part in ABOUT}

    def workbook(self) -> bytes:
        document = self.document
        for question in document.questions:
            self._names[question.concept] = self._free_name(question.concept)
        series = document.series
        note = series.note if series else {}
        for part in ABOUT:
            said: Words = note if part == "series_note" else getattr(document, part)
            if any(said.values()):
                self._row(type="note", name="survey_" + part, gt_kind="survey_" + part, **self._said("label", said))
        open_groups = 0
        for question in document.questions:
            self._question(question)
            if question.kind == "consent":
                name = self._names[question.concept]
                self._row(
                    type="begin_group",
                    name=self._free_name(f"{name}_agreed"),
                    relevant=f"${{{name}}} = '{YES}'",
                    gt_kind="agreed",
                )
                open_groups += 1
        for _ in range(open_groups):
            self._row(type="end_group")
        settings = {
            "form_title": document.title.get("en") or next(iter(document.title.values()), "") or document.slug,
            "form_id": document.slug,
            "default_language": language_name(document.languages[0]),
            "gt_audience": document.audience,
            "gt_edition": document.edition,
            "gt_minutes": str(document.minutes),
            "gt_kept_months": str(document.kept_months),
            **({"gt_series": series.code, "gt_series_moment": series.moment} if series else {}),
        }
        languages = [language_name(language) for language in document.languages]
        labels = [f"label::{language}" for language in languages]
        hints = [f"hint::{language}" for language in languages]
        ours = ["gt_kind", "gt_symbol", "gt_name"]
        return write_sheets(
            {
                "survey": (
                    ["type", "name", *labels, *hints, "relevant", "constraint", "appearance", "parameters", *ours],
                    self.rows,
                ),
                "choices": (["list_name", "name", *labels, "gt_symbol"], self.choices),
                "settings": (list(settings), [settings]),
            }
        )

    def _question(self, question: Question) -> None:
        if question.kind == "sorting":
            self._sorting(question)
        else:
            row = self._about(question)
            if question.kind in ONE_OF or question.kind == "number_scale":
                row["type"] = f"select_one {row['name']}"
            elif question.kind in ("multiple_choice", "feelings", "ranking"):
                row["type"] = f"{TYPES[question.kind]} {row['name']}"
            else:
                row["type"] = TYPES[question.kind]
            self._choices_of(question, row["name"])
            row |= self._said("hint", question.help)
            row["constraint"] = _constraint(question)
            row["parameters"] = "max-pixels=2000" if TYPES.get(question.kind) == "image" else ""
            row["appearance"] = APPEARANCES.get(question.kind, "")
            self.rows.append(row)
        self._leave(question)

    def _about(self, question: Question) -> Row:
        name = self._names[question.concept]
        return {
            "name": name,
            "relevant": self._relevant(question),
            "gt_kind": question.kind,
            "gt_symbol": question.symbol,
            "gt_name": question.concept if name != question.concept else "",
            **self._said("label", question.title),
        }

    def _sorting(self, question: Question) -> None:
        """A group with a choice of places for each picture."""
        row = self._about(question) | {"type": "begin_group", "appearance": "field-list"}
        self.rows.append(row)
        if any(question.help.values()):
            name = self._free_name(f"{row['name']}_help")
            self._row(type="note", name=name, gt_kind="help", **self._said("label", question.help))
        places = self._free_name(f"{row['name']}_places")
        self._list(places, (*places_of(question), self.rather_not))
        for option in question.options:
            self._row(
                type=f"select_one {places}",
                name=self._free_name(f"{row['name']}_{option.code}"),
                gt_kind="picture",
                gt_symbol=option.symbol,
                gt_name=option.code,
                **self._said("label", option.label),
            )
        self._row(type="end_group")

    def _choices_of(self, question: Question, name: str) -> None:
        if question.kind == "number_scale":
            first, last = question.ends or ({}, {})
            ends = {"0": first, "10": last}
            scale = [Option(n, "", self._number_label(n, ends.get(n, {}))) for n in NUMBERS]
            self._list(name, (*scale, self.rather_not))
        elif question.kind == "ranking":
            self._list(name, question.options)
        elif question.options:
            self._list(name, (*question.options, self.rather_not))

    def _number_label(self, number: str, end: Words) -> Words:
        return {
            language: f"{number} – {end[language]}" if end.get(language) else number
            for language in self.document.languages
        }

    def _list(self, name: str, options: Sequence[Option]) -> None:
        for option in options:
            row = {"list_name": name, "name": option.code, "gt_symbol": option.symbol}
            self.choices.append(row | self._said("label", option.label))

    def _relevant(self, question: Question) -> str:
        said = []
        for condition in question.conditions:
            asked = self.document.question(condition.concept)
            text = written(condition, asked, self._names[asked.concept]) if asked else None
            if text is None:
                self._leave_out("condition_left_out", question, condition.concept, ahead=1)
            else:
                said.append(text)
        return " and ".join(said)

    def _leave(self, question: Question) -> None:
        """Puts into ``left`` what the question has and the form has not."""
        if question.kind in ("ranking", "free_text", "recording", "drawing", "photo", "date", "postcode_area"):
            self._leave_out("rather_not_say_left_out", question)
        for hard in question.hard_words:
            self._leave_out("hard_word_left_out", question, wording(hard.word, self.document.languages[0]))
        files = [*question.audio.values(), question.bsl, question.picture]
        files += [option.picture for option in (*question.options, *question.places)]
        if any(files):
            self._leave_out("file_left_out", question)
        if any(question.picture_alt.values()) or any(
            any(option.alt.values()) for option in (*question.options, *question.places)
        ):
            self._leave_out("alt_left_out", question)

    def _leave_out(self, reason: str, question: Question, about: str = "", ahead: int = 0) -> None:
        at = len(self.rows) + 1 + ahead  # the header is row 1
        self.left.append(Left(reason, "survey", at, question.concept, about))  # type: ignore[arg-type]

    def _said(self, what: str, said: Words) -> Row:
        return {
            # A reference to an answer would stand for somebody's words here.
            f"{what}::{language_name(language)}": said.get(language, "").replace("${", "$ {")
            for language in self.document.languages
        }

    def _row(self, **cells: str) -> None:
        self.rows.append(cells)

    def _free_name(self, named: str) -> str:
        """A name that XML allows and nothing else has."""
        plain = re.sub(r"[^A-Za-z0-9_-]", "_", named)
        plain = plain if re.match(r"[A-Za-z_]", plain) else f"q_{plain}"
        free, number = plain, 2
        while free.casefold() in self._taken:
            free = f"{plain}_{number}"
            number += 1
        self._taken.add(free.casefold())
        return free


def _constraint(question: Question) -> str:
    if question.kind in ("multiple_choice", "feelings"):
        return f"count-selected(.) <= {question.most} and {NOT_BOTH}" if question.most else NOT_BOTH
    if question.kind == "free_text":
        return f"string-length(.) <= {question.limit}"
    return AN_AREA if question.kind == "postcode_area" else ""
