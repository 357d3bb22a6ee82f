"""Files as survey tools write them, with words of our own, and the questions they are matched with."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from surveys.importing.mapping import KnownOption, KnownQuestion

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 1, 15)

YES_NO = (
    KnownOption("yes", ("Yes", "Tak", "جی ہاں")),
    KnownOption("no", ("No", "Nie", "نہیں")),
    KnownOption("rather_not_say", ("I would rather not say", "Wolę nie mówić")),
)
QUESTIONS = (
    KnownQuestion(
        "kept_up_to_date",
        ("Did we keep you up to date?", "Czy informowaliśmy na bieżąco?"),
        "choice",
        YES_NO,
    ),
    KnownQuestion("felt_listened_to", ("Did you feel listened to?",), "choice", YES_NO),
    KnownQuestion(
        "overall_satisfaction",
        ("How happy are you with how it went?",),
        "choice",
        (
            KnownOption("very_happy", ("Very happy", "Bardzo zadowolona")),
            KnownOption("happy", ("Happy",)),
            KnownOption("in_between", ("In between",)),
            KnownOption("unhappy", ("Unhappy",)),
            KnownOption("very_unhappy", ("Very unhappy",)),
        ),
    ),
    KnownQuestion("went_well", ("What went well?", "Co poszło dobrze?"), "text"),
    KnownQuestion("could_be_better", ("What could be better?",), "text"),
)


def csv_bytes(
    rows: Iterable[Sequence[Any]],
    encoding: str = "utf-8",
    delimiter: str = ",",
    quoting: Any = csv.QUOTE_MINIMAL,
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def comment_rows() -> list[tuple[str, ...]]:
    """Hundreds of comments as people write them, with a reference each; every tenth says the same as others."""
    with (ROOT / "analysis" / "examples" / "services.csv").open(encoding="utf-8", newline="") as file:
        said = [(row["question"], row["text"]) for row in csv.DictReader(file)]
    rows = [
        (f"PTS {number} - Q1", "Transport", question, text if number % 10 else "Did not answer", "")
        for number, (question, text) in enumerate(said)
    ]
    return [("id", "service", "question", "text", "labels"), *rows]


def xlsx_bytes(rows: Iterable[Sequence[Any]], *, first_row: int = 1) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=first_row):
        for place, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, place, value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def microsoft_forms(answers: int = 3) -> bytes:
    headers = [
        *("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
        "Did we keep\u00a0you up to date?\n",
        "How happy are you with how it went?",
        "What went well?\u00a0",
        "Anything else to tell us?",
    ]
    rows = [
        [
            number,
            datetime.fromisoformat(f"2025-06-03 14:{number:02}"),
            datetime.fromisoformat(f"2025-06-03 15:{number:02}"),
            "anonymous",
            None,
            None,
            ("Yes", "No", "Yes;")[number % 3],
            ("Very happy", "Unhappy", None)[number % 3],
            f"The officer rang me back on day {number} and explained each step.",
            None,
        ]
        for number in range(1, answers + 1)
    ]
    return xlsx_bytes([headers, *rows])


def google_forms() -> bytes:
    return csv_bytes(
        [
            ["Timestamp", "Email address", "Did you feel listened to?", "What could be better?"],
            ["2025/06/03 2:14:05 pm GMT+1", "one@example.org", "Yes", "Shorter letters, please."],
            ["2025/06/13 11:02:59 am GMT+1", "two@example.org", "No", "Ring when you say\nyou will ring."],
        ]
    )


def surveymonkey() -> bytes:
    return csv_bytes(
        [
            [
                *(
                    "Respondent ID",
                    "Collector ID",
                    "Date Created",
                    "Date Modified",
                    "IP Address",
                    "Email Address",
                ),
                *("First Name", "Last Name", "Custom Data 1"),
                *("How happy are you with how it went?", "What went well?", "Who helped you?", "", ""),
            ],
            [""] * 9 + ["Response", "Open-Ended Response", "Plan officer", "School", "Other (please specify)"],
            [
                *(
                    "118110000001",
                    "400100",
                    "06/03/2025 02:14:05 PM",
                    "06/03/2025 02:20:00 PM",
                    "203.0.113.9",
                    "",
                ),
                *("", "", "", "Very happy", "They listened to both of us.", "Plan officer", "", ""),
            ],
            [
                *(
                    "118110000002",
                    "400100",
                    "06/04/2025 09:00:11 AM",
                    "06/04/2025 09:03:40 AM",
                    "203.0.113.10",
                    "",
                ),
                *("", "", "", "Unhappy", "", "", "School", "A neighbour"),
            ],
        ]
    )
