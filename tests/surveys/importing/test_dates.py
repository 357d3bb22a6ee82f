from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.dates import date_order, read_date
from surveys.importing.sheet import Cell

THIRD_OF_JUNE = date(2025, 6, 3)


class TestReadingADate:
    @pytest.mark.parametrize(
        "cell",
        [
            datetime.fromisoformat("2025-06-03 14:05"),
            THIRD_OF_JUNE,
            "2025-06-03",
            "2025-06-03T14:05:00Z",
            "2025-06-03 14:05:00.123+01:00",
            "2025/06/03 2:14:05 pm GMT+1",
            "2025/06/03 11:02:59 am EET",
            "03/06/2025",
            "3/6/25",
            "03.06.2025 14:05",
            "03-06-2025, 14:05:59",
            "3 June 2025",
            "03-Jun-2025 14:05",
            "Tue 3rd Jun 2025",
            "June 3, 2025 2:14 PM",
            45811,
            45811.59,
            "45811",
            "45811.59",
        ],
    )
    def test_it_reads_what_tools_in_britain_write(self, cell: Cell) -> None:
        assert read_date(cell, "day_first") == THIRD_OF_JUNE

    def test_it_reads_the_american_order_when_told(self) -> None:
        assert read_date("06/03/2025 02:14:05 PM", "month_first") == THIRD_OF_JUNE

    @pytest.mark.parametrize(
        "cell",
        [
            "",
            "soon",
            "31/02/2025",
            "13/13/2025",
            "03/06/2025 25:00",
            "03/06/2025 13:05 pm",
            5,
            3.0,
            True,
            None,
        ],
    )
    def test_it_reads_nothing_else(self, cell: Cell) -> None:
        assert read_date(cell, "day_first") is None

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    def test_it_reads_every_day_in_both_orders(self, day: date) -> None:
        assert read_date(day.strftime("%d/%m/%Y"), "day_first") == day
        assert read_date(day.strftime("%m/%d/%Y %I:%M:%S %p"), "month_first") == day
        assert read_date(day.isoformat(), "month_first") == day


class TestOrderOfAColumn:
    def test_it_follows_the_values_that_leave_no_doubt(self) -> None:
        assert date_order(["03/06/2025", "06/13/2025"], "day_first") == "month_first"
        assert date_order(["03/06/2025", "13/06/2025"], "month_first") == "day_first"

    def test_it_is_the_usual_one_without_such_values_or_when_they_contradict(self) -> None:
        assert date_order(["03/06/2025"], "month_first") == "month_first"
        assert date_order(["13/06/2025", "06/13/2025"], "day_first") == "day_first"
