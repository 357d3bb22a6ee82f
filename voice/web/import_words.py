"""Words for taking in answers from elsewhere: what a column can be, and what can be wrong with a file."""

from __future__ import annotations

from voice.languages import gettext as _


def sheet_problem(code: str) -> str:
    return {
        "no_file": _("Choose a file first."),
        "empty_file": _("This file is empty. Choose another file."),
        "not_what_its_name_says": _(
            "This file is not what its name says. Save it again as CSV or as an Excel workbook (.xlsx)."
        ),
        "too_large": _("This file is larger than 20 MB. Split it into smaller files."),
        "no_rows": _("This file has no rows below its headings. Choose another file."),
        "no_header": _("We cannot find the row of headings. Put the headings in the first row."),
        "unreadable_encoding": _("We cannot read the letters in this file. Save it again as “CSV UTF-8”."),
        "too_many_rows": _("This file has more than 200,000 rows. Split it into smaller files."),
        "too_many_columns": _("This file has more than 500 columns. Take out the columns you do not need."),
    }[code]


def mapping_problem(code: str) -> str:
    return {
        "role_twice": _("Two columns cannot be used for this. Choose one of them."),
        "concept_missing": _("Choose the question that this column answers."),
        "concept_not_known": _("This column cannot answer that question. Choose another use."),
        "code_not_known": _("One of the answers below does not belong to this question. Choose again."),
        "question_without_text": _("Choose the column with people’s own words too."),
        "personal_detail": _("This column holds personal details. We do not take them in."),
        "nothing_to_import": _("Choose at least one column with answers or with people’s own words."),
        "say_who": _("Choose who answered."),
        "explain_values": _("Say below what each value in this column means."),
    }.get(code, _("Choose another use for this column."))


def row_problem(code: str) -> str:
    return {
        "value_not_known": _("We do not know this answer"),
        "date_not_read": _("We cannot read this date"),
        "date_out_of_range": _("This date is in the future or before the year 2000"),
        "text_too_long": _("This text has more than 10,000 letters"),
        "formula_error": _("Excel shows a mistake in this cell"),
        "too_many_cells": _("This row has more cells than there are headings"),
        "quote_left_open": _("A quotation mark opens in this row and never closes"),
        "answered_twice": _("Two columns give different answers to one question"),
        "nothing_answered": _("This row has no answers"),
    }[code]


def use(role: str) -> str:
    return {
        "ignore": _("Do not use"),
        "submitted_at": _("The day of answering"),
        "language": _("The language"),
        "respondent_kind": _("Who answered (parent carer, young person …)"),
        "identifier": _("The number of the answer"),
        "question": _("The question that the words answer"),
        "free_text": _("People’s own words, to the question in the heading"),
    }[role]


def reason(code: str) -> str:
    """Why a column is used as it is, as far as a person may want to know."""
    return {
        "title_same": _("The heading is our question."),
        "title_alike": _("The heading is like our question. Please check."),
        "values_match": _("The answers are like ours. Please check."),
        "personal_detail": _("We never take in personal details."),
        "not_an_answer": _("The survey tool’s own notes."),
        "not_known": _("We do not know what this is."),
        "empty": _("This column is empty."),
    }.get(code, "")
