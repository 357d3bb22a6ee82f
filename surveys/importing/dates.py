"""Dates as survey tools and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal

from surveys.importing.sheet import Cell

DateOrder = Literal["day_first", "month_first"]

_TIME = r"""(?: (?:,?[ ]+|T) (?P<hour>\d{1,2}) [:.](?P<minute>\d{2}) (?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?
             (?:[ ]?(?P<half>[ap])\.?m\.?)?
             (?:[ ]? (?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d{2})?)?))? )?"""
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ ]+)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FLAGS = re.VERBOSE | re.IGNORECASE

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _TIME, _FLAGS)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4}|\d{2})" + _TIME, _FLAGS)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[- ]" + _MONTH + r",?[- ](?P<year>\d{4}|\d{2})" + _TIME,
    _FLAGS,
)
_MONTH_DAY = re.compile(_WEEKDAY + _MONTH + r"[ ](?P<day>\d{1,2})(?:st|nd|rd|th)?,?[ ](?P<year>\d{4})" + _TIME, _FLAGS)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 80_000)  # 1954 to 2119: other numbers are no dates


def read_date(cell: Cell, order: DateOrder) -> date | None:
    """The calendar day a cell names, as written (time zones do not move it), or None when it names none.

    Read are dates and date-times of a spreadsheet and their serial numbers (also as text), ISO 8601,
    Google's 2025/06/03 2:14:05 pm GMT+1, numbers with the year last in the given order, and English month
    names. A time that is no time of day makes the whole cell unreadable.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _from_serial(float(cell))
    if _SERIAL.fullmatch(cell):
        return _from_serial(float(cell.replace(",", ".")))
    for form in (_YEAR_FIRST, _YEAR_LAST, _DAY_MONTH, _MONTH_DAY):
        if found := form.fullmatch(cell):
            return _from_parts(found, order)
    return None


def date_order(texts: Iterable[str], usual: DateOrder) -> DateOrder:
    """In which order a column writes day and month: a column is read in one order throughout.

    A part over 12 can only be a day. Without such a value, or with values that contradict each other, it is
    the usual order of the tool that wrote the file.
    """
    orders: set[DateOrder] = set()
    for text in texts:
        found = _YEAR_LAST.fullmatch(text)
        if found and int(found["one"]) > 12:
            orders.add("day_first")
        elif found and int(found["two"]) > 12:
            orders.add("month_first")
    return orders.pop() if len(orders) == 1 else usual


def _from_serial(serial: float) -> date | None:
    return _EXCEL_DAY_ZERO + timedelta(days=int(serial)) if serial // 1 in _EXCEL_SERIALS else None


def _from_parts(found: re.Match[str], order: DateOrder) -> date | None:
    parts = found.groupdict()
    if "one" in parts:
        day, month = (parts["one"], parts["two"]) if order == "day_first" else (parts["two"], parts["one"])
    else:
        day, month = parts["day"], parts["month"]
    month_number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    try:
        if parts["hour"]:
            _check_time(int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0), parts["half"])
        return date(year, month_number, int(day))
    except ValueError:
        return None


def _check_time(hour: int, minute: int, second: int, half: str | None) -> None:
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    time(hour, minute, second)
