"""Asks from a partner's file: what is left out, what is read with a doubt, and what is refused."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from analysis.fatigue.reading import AsksRead, ClearText, read_asks
from tests.analysis.fatigue.asked import text

GOOD = "f1,p1,annual,council,invitation,2025-10-01T09:00:00Z,completed,10"


def left_out(read: AsksRead) -> dict[str, tuple[int, int]]:
    return {each.code: (each.rows, each.first) for each in read.left_out}


def in_doubt(read: AsksRead) -> dict[str, tuple[int, int]]:
    return {each.code: (each.rows, each.first) for each in read.in_doubt}


class TestWhatCannotBeUsed:
    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (",p1,annual,council,invitation,2025-10-01T09:00:00Z,none,1", "family_missing"),
            (f"{'f' * 200},p1,annual,council,invitation,2025-10-01T09:00:00Z,none,1", "family_wrong_form"),
            ("f\x07,p1,annual,council,invitation,2025-10-01T09:00:00Z,none,1", "family_wrong_form"),
            ("f2,p1,annual,council,invitation,yesterday,none,1", "time_unreadable"),
            ("f2,p1,annual,council,invitation,now,none,1", "time_unreadable"),
            ("f2,p1,annual,council,invitation,,none,1", "time_unreadable"),
            ("f2,p1,annual,council,invitation,01/10/2025 09:00,none,1", "time_unreadable"),
            ("f2,p1,annual,council,invitation,2025-13-01T09:00:00Z,none,1", "time_unreadable"),
            ("f2,p1,annual,council,invitation,0999-10-01,none,1", "time_unreadable"),
            ("f2,p1,annual,council,phone,2025-10-01T09:00:00Z,none,1", "kind_unknown"),
            ("f2,p1,annual,council,invitation,2025-10-01T09:00:00Z,maybe,1", "outcome_unknown"),
        ],
    )
    def test_it_is_left_out_and_counted(self, row: str, code: str) -> None:
        read = read_asks(text(GOOD, row))
        assert left_out(read) == {code: (1, 3)}
        assert (read.rows, len(read.asks)) == (2, 1)

    def test_a_key_that_is_no_digest_among_digests_is_of_the_wrong_form(self) -> None:
        digests = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(5)]
        rows = [GOOD.replace("f1", key) for key in [*digests, "the Smiths", digests[0][:40]]]
        read = read_asks(text(*rows))
        assert left_out(read) == {"family_wrong_form": (2, 7)}

    def test_digests_in_capitals_are_the_same_family(self) -> None:
        key = hashlib.sha256(b"one").hexdigest()
        later = GOOD.replace("10-01", "11-01")
        read = read_asks(text(GOOD.replace("f1", key), later.replace("f1", key.upper())))
        assert read.asks["family"].nunique() == 1

    @pytest.mark.parametrize("place", ["f1", "p1", "annual"])
    def test_addresses_in_clear_text_are_refused(self, place: str) -> None:
        with pytest.raises(ClearText) as refused:
            read_asks(text(GOOD, GOOD.replace(place, "amina@example.org")))
        assert (refused.value.rows, refused.value.first) == (1, 3)


class TestOneSendToldTwice:
    def test_it_counts_once_with_the_furthest_outcome_and_the_most_minutes(self) -> None:
        other = "f1,p1,annual,health,Invitation,2025-10-01T10:00:30+01:00,opened,12"
        read = read_asks(text(other, GOOD, GOOD, GOOD.replace("f1", "f2"), GOOD.replace("p1", "p2")))
        assert left_out(read) == {"same_send_by_two_partners": (1, 3), "same_send_twice": (1, 4)}
        kept = read.asks.iloc[0]
        assert (kept["partner"], kept["outcome"], kept["minutes"]) == ("health", "completed", 12)
        assert len(read.asks) == 3

    def test_rows_that_cannot_be_used_are_no_sends(self) -> None:
        read = read_asks(text(GOOD.replace("completed", "maybe"), GOOD))
        assert left_out(read) == {"outcome_unknown": (1, 2)}
        assert len(read.asks) == 1


class TestTimes:
    @pytest.mark.parametrize(
        ("written", "meant", "doubts"),
        [
            ("2025-10-01T09:00:00Z", "2025-10-01T09:00", set()),
            ("2025-10-01t09:00z", "2025-10-01T09:00", set()),
            ("2025-10-01T09:00:00+05:30", "2025-10-01T03:30", set()),
            ("2025-07-01T09:00:00", "2025-07-01T08:00", {"time_without_zone"}),
            ("2025-12-01 09:00:00.25", "2025-12-01T09:00", {"time_without_zone"}),
            ("2025-07-01", "2025-06-30T23:00", {"time_without_zone"}),
            ("2025-10-26T01:30:00", "2025-10-26T00:30", {"time_without_zone", "time_twice_that_night"}),
            ("2026-03-29T01:30:00", "2026-03-29T01:00", {"time_without_zone", "time_never_was"}),
        ],
    )
    def test_it_reads_iso_8601_and_says_what_it_had_to_assume(self, written: str, meant: str, doubts: set[str]) -> None:
        read = read_asks(text(GOOD.replace("2025-10-01T09:00:00Z", written)))
        assert read.asks["asked_at"].iloc[0] == dt.datetime.fromisoformat(meant).replace(tzinfo=dt.UTC)
        assert set(in_doubt(read)) == doubts


class TestDoubts:
    def test_it_says_what_it_read_with_a_doubt(self) -> None:
        read = read_asks(
            text(
                "f1,,annual,council,Invitation,2025-10-01T09:00:00Z,,-4",
                "f2,p1,annual,council,invitation,2025-10-01T09:00:00Z,Opted out,1e9",
                "f3,p1,annual,council,invitation,2025-10-01T09:00:00Z,bounced,",
                "f4,p1,annual,council,invitation,2025-10-01T09:00:00Z,none,long",
            )
        )
        assert in_doubt(read) == {
            "person_missing": (1, 2),
            "outcome_missing": (1, 2),
            "minutes_missing": (1, 4),
            "minutes_unusable": (3, 2),
            "bounced": (1, 4),
        }
        assert read.asks["outcome"].tolist() == ["none", "opted_out", "bounced", "none"]
        assert read.asks["minutes"].isna().all()

    def test_it_counts_reminders_after_the_answer(self) -> None:
        read = read_asks(
            text(
                "f1,p1,annual,council,invitation,2025-10-01T09:00:00Z,none,1",
                "f1,p1,annual,council,reminder,2025-10-05T09:00:00Z,completed,1",
                "f1,p1,annual,council,reminder,2025-10-09T09:00:00Z,none,1",
                "f1,p2,annual,council,reminder,2025-10-09T09:00:00Z,none,1",
                "f1,p1,annual,council,invitation,2026-10-09T09:00:00Z,none,1",
                "f1,p1,annual,council,reminder,2026-10-19T09:00:00Z,none,1",
            )
        )
        assert in_doubt(read) == {"asked_after_answer": (1, 4)}

    def test_it_changes_nothing_it_was_given(self) -> None:
        raw = text(GOOD, GOOD)
        before = raw.copy(deep=True)
        read_asks(raw)
        assert raw.equals(before)
