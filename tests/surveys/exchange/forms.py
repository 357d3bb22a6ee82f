"""Survey files of other tools, made up here."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Mapping[str, object]]


def xlsform(survey: Rows, choices: Rows = (), settings: Mapping[str, object] | None = None) -> bytes:
    """A workbook with these rows, each by its columns' names."""
    sheets = {"survey": survey, "choices": choices}
    if settings is not None:
        sheets["settings"] = (settings,)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])  # type: ignore[misc]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(table: str) -> list[dict[str, str]]:
    """A table drawn with ``|``, the first line being its header; an empty cell is not there."""
    header, *lines = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return [{name: cell for name, cell in zip(header, line, strict=False) if cell} for line in lines]


def section(name: str, *rows: Mapping[str, object]) -> str:
    written = "".join(
        "<row>" + "".join(f"<{field}>{escape(str(value))}</{field}>" for field, value in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{written}</rows></{name}>"


def lss(*sections: str, languages: Sequence[str] = ("en",), kind: str = "Survey") -> bytes:
    spoken = "".join(f"<language>{language}</language>" for language in languages)
    survey = section("surveys", {"sid": "77", "language": languages[0]})
    body = "".join((survey, *sections))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>{kind}</LimeSurveyDocType>'
        f"<DBVersion>623</DBVersion><languages>{spoken}</languages>{body}</document>"
    ).encode()
