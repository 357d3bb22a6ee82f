"""A partner's history comes into the ledger whole or not at all, nothing twice, and never in clear."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from surveys.importing.reading import read_sheet
from surveys.ledger import sensitive
from surveys.ledger.frames import frame
from surveys.ledger.recording import clear_old
from surveys.ledger.tables import Ask
from surveys.ledger.taking_in import History, HistoryProblem, TakenIn, read_history, take_back, take_in, uploads
from voice.storage import Store

HEADER = "family,person,survey,partner,kind,asked_at,outcome,minutes,Name\n"
TODAY = dt.date(2026, 11, 18)
BY = uuid.UUID(int=1)


def family(number: int) -> str:
    return f"f1-{number:032x}"


def row(
    number: int, *, day: str = "2026-10-05T09:00+01:00", partner: str = "", kind: str = "invitation", **more: str
) -> str:
    person = more.get("person", f"p1-{number:032x}")
    survey, outcome = more.get("survey", "Transport"), more.get("outcome", "none")
    return f"{more.get('family', family(number))},{person},{survey},{partner},{kind},{day},{outcome},6,Amina Khan\n"


def read(*rows: str, partner: str = "NHS", header: str = HEADER) -> History:
    return read_history(read_sheet((header + "".join(rows)).encode(), "history.csv"), partner=partner)


async def taken(store: Store, history: History, partner: str = "NHS") -> TakenIn:
    return await store.write(lambda: take_in(history, partner=partner, by=BY, today=TODAY))


class TestReading:
    def test_columns_of_names_are_not_looked_at(self) -> None:
        (ask,) = read(row(1)).asks
        assert (ask.family, ask.survey, ask.partner, ask.minutes) == (family(1), "Transport", "NHS", 6)
        assert "Amina" not in repr(ask)

    def test_addresses_by_mistake_keep_the_whole_file_out(self) -> None:
        for rows in ([row(1), row(2, person="amina@example.org")], [row(1, survey="for a@b.org"), row(2)]):
            with pytest.raises(HistoryProblem) as problem:
                read(*rows)
            assert problem.value.code == "clear_text"

    def test_names_in_place_of_keys_keep_it_out_too(self) -> None:
        with pytest.raises(HistoryProblem) as problem:
            read(row(1, family="Khan B91 3QJ"))
        assert (problem.value.code, problem.value.about) == ("clear_text", ("family",))

    def test_one_key_in_another_form_is_counted_and_left_out(self) -> None:
        history = read(row(1), row(2, family="12345"))
        assert (len(history.asks), history.left_out) == (1, {"family_wrong_form": 1})

    def test_a_missing_column_is_named(self) -> None:
        with pytest.raises(HistoryProblem) as problem:
            read("x\n", header="family\n")
        assert problem.value.about == ("survey", "kind", "asked_at")

    def test_what_is_doubtful_is_kept_and_said(self) -> None:
        history = read(row(1, day="2026-10-05 09:00"), row(2, day="2026-10-25 01:30"), row(3, day="soon"))
        assert history.doubts == {"time_without_zone": 2, "time_twice_that_night": 1}
        assert history.left_out == {"time_unreadable": 1}
        assert history.asks[0].asked_at == dt.datetime(2026, 10, 5, 8, 0, tzinfo=dt.UTC)


class TestTakingIn:
    async def test_the_same_file_twice_changes_nothing(self, store: Store) -> None:
        history = read(row(1), row(2), row(2, kind="reminder", day="2026-10-12T09:00Z"))
        assert await taken(store, history) == TakenIn(3, 0)
        assert await taken(store, history) == TakenIn(0, 3)
        assert len(await store.read(frame)) == 3

    async def test_a_send_that_two_partners_tell_of_is_one_ask(self, store: Store) -> None:
        await taken(store, read(row(1)))
        again = read(row(1, day="2026-10-05T16:00Z"), row(3), partner="Council")
        assert await taken(store, again, "Council") == TakenIn(1, 1)

    async def test_nothing_is_stored_by_half(self, store: Store) -> None:
        with pytest.raises(HistoryProblem):
            await taken(store, read(row(1, day="soon")))
        assert not await store.read(lambda: Ask.exists())
        assert await store.read(uploads) == []

    async def test_a_file_can_be_taken_out_again(self, store: Store) -> None:
        await taken(store, read(row(1), row(2)))
        await taken(store, read(row(3)), "Council")
        found = await store.read(uploads)
        nhs = next(each for each in found if each.partner == "NHS")
        await store.write(lambda: take_back(nhs.id))
        left = await store.read(frame)
        assert left["family"].tolist() == [family(3)]

    async def test_the_frame_has_times_in_utc(self, store: Store) -> None:
        await taken(store, read(row(1)))
        asked = (await store.read(frame))["asked_at"]
        assert str(asked.dtype).endswith("UTC]")
        assert asked[0] == dt.datetime(2026, 10, 5, 8, 0, tzinfo=dt.UTC)


class TestForgetting:
    async def test_what_nobody_looks_back_to_goes(self, store: Store) -> None:
        await taken(store, read(row(1), row(2, day="2023-10-05T09:00Z")))
        await store.write(lambda: clear_old(today=TODAY))
        assert (await store.read(frame))["family"].tolist() == [family(1)]


class TestLeavingAlone:
    async def test_it_ends_and_is_then_forgotten(self, store: Store) -> None:
        async def note() -> None:
            for days in (1, 30):
                await sensitive.leave_alone(
                    family(days), reason="tribunal", last_day=TODAY + dt.timedelta(days=days), by=BY, today=TODAY
                )

        await store.write(note)
        assert await store.read(lambda: sensitive.how_many(TODAY)) == 2
        later = TODAY + dt.timedelta(days=2)
        assert await store.read(lambda: sensitive.how_many(later)) == 1
        await store.write(lambda: sensitive.forget_over(today=later))
        assert await store.read(lambda: sensitive.how_many(TODAY)) == 1
        assert await store.write(lambda: sensitive.end(family(30)))
        assert not await store.write(lambda: sensitive.end(family(30)))
