"""Worries: sealed when they come in, stored once, read by who may, and recorded for good."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hmac
import re
import uuid
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.conftest import NOON
from tests.privacy.traces import everything_kept, found_in
from voice.migrations import m0061_voices, m0077_themes, m0105_safeguarding_queue, m0106_safeguarding_agreed
from voice.people import signing_in
from voice.people.roles import Role
from voice.privacy import forgotten
from voice.safeguarding import deciding, worries
from voice.safeguarding.agreement import Agreement, AgreementProblem, agree, agreement_now, check, working_days_after
from voice.safeguarding.deciding import WorryProblem, act_on
from voice.safeguarding.tables import ContactOpening, Worry, WorryEvent
from voice.safeguarding.worries import OpenedWorry
from voice.settings import Settings
from voice.storage import Store, open_store

SECRET = b"s" * 32
TODAY = NOON.date()
LEAD = uuid.UUID(int=7)


async def raise_one(store: Store, text: str = "He hits me.", id: uuid.UUID | None = None, **given: Any) -> uuid.UUID:
    id = id or uuid.uuid4()
    day = given.pop("day", TODAY)
    await store.write(
        lambda: worries.raise_worry(text, id=id, source="session", place="Forum", secret=SECRET, today=day, **given)
    )
    return id


async def opened(store: Store, id: uuid.UUID, secret: bytes = SECRET, today: dt.date = TODAY) -> OpenedWorry:
    return await store.write(lambda: worries.open_worry(id, by=LEAD, secret=secret, today=today))


async def act(store: Store, id: uuid.UUID, what: Any, choice: str = "", note: str = "", **given: Any) -> None:
    seen = given.get("seen") or (await opened(store, id)).seen
    today = given.get("today", TODAY)
    await store.write(
        lambda: act_on(id, what, seen=seen, note=note, choice=choice, by=LEAD, secret=SECRET, today=today)
    )


class TestRaising:
    async def test_nobody_reads_it_in_the_database(self, store: Store) -> None:
        await raise_one(store, contact="07700 900123")
        [row] = await store.read(lambda: Worry.select())
        assert "hits" not in str(row)
        assert "900123" not in str(row)
        for seal in (row["sealed"], row["key"], row["contact"]):
            made_at = int.from_bytes(base64.urlsafe_b64decode(seal)[1:9])
            assert made_at % 86_400 == 0, "the seal tells the day and no time"

    async def test_the_same_worry_sent_twice_is_one_worry(self, store: Store) -> None:
        id = await raise_one(store, "The first words")
        await raise_one(store, "Other words", id)
        assert (await opened(store, id)).text == "The first words"
        assert await store.read(lambda: WorryEvent.count().where(WorryEvent.kind == "raised")) == 1

    async def test_ten_at_once_are_one_worry_and_nobody_is_refused(self, store: Store) -> None:
        id = uuid.uuid4()
        await asyncio.gather(*(raise_one(store, id=id) for _ in range(10)))
        assert [each.kind for each in (await opened(store, id)).steps] == ["raised", "read"]

    async def test_notes_at_once_leave_no_gap_in_the_record(self, store: Store) -> None:
        id = await raise_one(store, contact="07700 900123")
        people = [uuid.uuid4() for _ in range(8)]
        await asyncio.gather(
            *(
                store.write(lambda by=by: deciding.open_contact(id, by=by, secret=SECRET, today=TODAY))  # type: ignore[misc]
                for by in people
            )
        )
        steps = (await opened(store, id)).steps
        assert [each.number for each in steps] == list(range(1, 11))
        assert {each.by for each in steps if each.kind == "contact"} == set(people)

    async def test_it_keeps_as_many_letters_as_it_says(self, store: Store) -> None:
        id = await raise_one(store, "x" * 5000)
        assert (await opened(store, id)).text == "x" * worries.LONGEST

    async def test_another_secret_opens_nothing_and_hides_no_worry(self, store: Store) -> None:
        id = await raise_one(store)
        found = await opened(store, id, b"t" * 32)
        assert (found.text, found.words) == (None, "locked")
        assert len(await store.read(worries.waiting)) == 1


class TestTheQueue:
    async def test_what_must_be_looked_at_first_stands_on_top(self, store: Store) -> None:
        new, old, done = [await raise_one(store, day=TODAY + dt.timedelta(days)) for days in (2, 1, 0)]
        await act(store, done, "close", "no_concern")
        assert [each.id for each in await store.read(worries.waiting)] == [old, new]
        assert [each.id for each in await store.read(lambda: worries.closed(9))] == [done]

    async def test_reading_is_noted_once_a_day_and_by_name(self, store: Store) -> None:
        id = await raise_one(store)
        for _ in range(2):
            await opened(store, id)
        found = await opened(store, id, today=TODAY + dt.timedelta(1))
        assert [(each.by, each.day) for each in found.steps if each.kind == "read"] == [
            (LEAD, TODAY),
            (LEAD, TODAY + dt.timedelta(1)),
        ]

    async def test_it_goes_through_looking_closing_and_taking_up_again(self, store: Store) -> None:
        id = await raise_one(store)
        await act(store, id, "looking", "week", "I rang the school.")
        [line] = await store.read(worries.waiting)
        assert (line.state, line.due_on) == ("open", TODAY + dt.timedelta(7))
        await act(store, id, "close", "passed_on")
        assert await store.read(worries.waiting) == []
        await act(store, id, "reopen", "soon", "They wrote again.")
        found = await opened(store, id)
        assert (found.line.state, found.line.outcome) == ("open", "")
        told = [(each.kind, each.detail, each.note) for each in found.steps if each.kind != "read"]
        assert told == [
            ("raised", "today", ""),
            ("looking", "week", "I rang the school."),
            ("closed", "passed_on", ""),
            ("reopened", "soon", "They wrote again."),
        ]
        rows = await store.read(lambda: WorryEvent.select())
        assert "school" not in str(rows)

    @pytest.mark.parametrize(
        ("what", "choice", "note", "code"),
        [
            ("close", "forgotten", "", "no_outcome"),
            ("looking", "never", "", "no_urgency"),
            ("note", "", "", "nothing_written"),
            ("note", "", "x" * 2001, "too_long"),
            ("reopen", "soon", "", "not_now"),
        ],
    )
    async def test_what_cannot_be_kept_changes_nothing(
        self, store: Store, what: str, choice: str, note: str, code: str
    ) -> None:
        id = await raise_one(store)
        with pytest.raises(WorryProblem, match=code):
            await act(store, id, what, choice, note)
        assert [each.kind for each in (await opened(store, id)).steps] == ["raised", "read"]

    async def test_two_who_decide_at_once_do_not_overwrite_each_other(self, store: Store) -> None:
        id = await raise_one(store)
        seen = (await opened(store, id)).seen
        await act(store, id, "looking", "soon", seen=seen)
        with pytest.raises(WorryProblem, match="changed_meanwhile"):
            await act(store, id, "close", "no_concern", seen=seen)
        assert (await opened(store, id)).line.state == "open"


class TestTheRecord:
    @pytest.mark.parametrize(
        "attack",
        [
            'UPDATE "worry_event" SET "detail" = \'no_concern\'',
            'UPDATE "worry_event" SET "by" = NULL WHERE "number" = 2',
            'DELETE FROM "worry_event" WHERE "number" = 2',
            'DELETE FROM "worry"',
            'UPDATE "worry" SET "raised_on" = \'2031-01-01\'',
            'UPDATE "worry" SET "voice" = "id"',
            'INSERT INTO "worry_event" ("worry", "number", "kind", "detail", "by", "on_day", "sealed") '
            'SELECT "worry", 9, "kind", "detail", "by", "on_day", "sealed" FROM "worry_event" WHERE "number" = 1',
            {
                "sqlite": 'INSERT OR REPLACE INTO "worry_event" SELECT "place", "worry", 3, \'closed\', '
                '\'no_concern\', "by", "on_day", "sealed" FROM "worry_event" WHERE "number" = 1',
                "postgres": 'TRUNCATE "worry_event"',
            },
            {
                "sqlite": 'INSERT OR REPLACE INTO "worry" SELECT * FROM "worry"',
                "postgres": 'TRUNCATE "worry" CASCADE',
            },
        ],
    )
    async def test_no_statement_changes_or_takes_back_what_was_done(self, store: Store, attack: Any) -> None:
        id = await raise_one(store)
        await act(store, id, "note", note="First.")
        before = await store.read(lambda: WorryEvent.select().order_by(WorryEvent.place))
        statement = attack if isinstance(attack, str) else attack[store.dialect]
        with pytest.raises(Exception, match=r"never|only added|is never"):
            await store.write(lambda: Worry.raw(statement))
        assert await store.read(lambda: WorryEvent.select().order_by(WorryEvent.place)) == before

    async def test_words_go_when_their_time_is_over_and_the_record_stays(self, store: Store) -> None:
        id, other = await raise_one(store, contact="07700 900123"), await raise_one(store)
        await act(store, id, "close", "talked", "She is well.")
        for day, gone in ((TODAY + dt.timedelta(300), 0), (TODAY + dt.timedelta(400), 1)):
            assert await store.write(lambda day=day: deciding.forget_old_words(today=day)) == gone
        found = await opened(store, id)
        assert (found.text, found.words, found.has_contact) == (None, "gone", False)
        assert [each.note for each in found.steps if each.kind == "closed"] == [None]
        assert (await opened(store, other)).text == "He hits me.", "an open one keeps its words"

    async def test_words_that_went_stand_in_no_byte_that_is_kept(self, store: Store, settings: Settings) -> None:
        id = await raise_one(store, contact="07700 900123")
        await act(store, id, "close", "talked", "She is well.")
        [row] = await store.read(lambda: Worry.select())
        seals = [row["key"], row["sealed"], row["contact"]]
        there = found_in(await everything_kept(settings), seals)
        assert len({each.partition(" in ")[0] for each in there}) == 3, "each is found while it is kept"
        later = TODAY + dt.timedelta(400)
        await store.write(lambda: deciding.forget_old_words(today=later))
        [line] = await store.read(forgotten.gone)
        assert (line.what, line.about, line.people, line.traces_gone_on) == ("time", "worries", 1, None)
        await forgotten.take_traces_out(store, today=later)
        assert found_in(await everything_kept(settings), seals) == []
        assert await store.write(lambda: deciding.forget_old_words(today=later)) == 0
        assert len(await store.read(forgotten.gone)) == 1, "where nothing went, nothing is noted"

    async def test_notes_about_a_voice_go_with_a_key_of_their_own(self, store: Store) -> None:
        id, voice = uuid.uuid4(), uuid.uuid4()
        await store.write(
            lambda: worries.put_into_queue(id, way="machine", source="survey", place="", voice=voice, today=TODAY)
        )
        await act(store, id, "close", "talked", "She is well.")
        assert (await opened(store, id)).steps[-1].note == "She is well."
        await store.write(lambda: deciding.forget_old_words(today=TODAY + dt.timedelta(400)))
        await act(store, id, "reopen", "soon", "Again.", today=TODAY + dt.timedelta(401))
        notes = [each.note for each in (await opened(store, id)).steps if each.kind in ("closed", "reopened")]
        assert notes == [None, "Again."]

    async def test_where_another_secret_locked_it_no_note_is_kept_that_nobody_could_open(self, store: Store) -> None:
        id = await raise_one(store)
        with pytest.raises(WorryProblem, match="locked"):
            await store.write(
                lambda: act_on(id, "note", seen=1, note="Hello", choice="", by=LEAD, secret=b"t" * 32, today=TODAY)
            )


class TestContact:
    async def test_it_opens_for_who_may_and_each_opening_is_noted(self, store: Store) -> None:
        id, without = await raise_one(store, contact="07700 900123"), await raise_one(store)
        for each, reach in ((id, "07700 900123"), (without, None)):
            found = await store.write(
                lambda each=each: deciding.open_contact(each, by=LEAD, secret=SECRET, today=TODAY)
            )
            assert found == reach
        [row] = await store.read(lambda: ContactOpening.select())
        assert (row["worry"], row["opened_by"], row["opened"], row["opened_on"]) == (id, LEAD, 1, TODAY)
        assert [each.kind for each in (await opened(store, id)).steps][:2] == ["raised", "contact"]
        with pytest.raises(Exception, match="only added"):
            await store.write(lambda: ContactOpening.raw('DELETE FROM "contact_opening"'))


class TestWhatWasAgreed:
    @pytest.mark.parametrize(
        ("day", "days", "by"),
        [("2026-11-18", 0, "2026-11-18"), ("2026-11-20", 1, "2026-11-23"), ("2026-11-21", 0, "2026-11-23")],
    )
    def test_weekends_are_no_working_days(self, day: str, days: int, by: str) -> None:
        assert working_days_after(dt.date.fromisoformat(day), days) == dt.date.fromisoformat(by)

    async def test_it_counts_from_then_on_and_what_was_agreed_before_stays(self, store: Store) -> None:
        lead = await store.write(lambda: signing_in.add_member("safe@council.example", Role.SAFEGUARDING))
        assert (await store.read(agreement_now)).agreed_on is None
        for days in (0, 1):
            agreed = Agreement(lead=lead, days_today=days)
            await store.write(lambda agreed=agreed: agree(agreed, by=lead, today=TODAY))
        assert (await store.read(agreement_now)).days_today == 1
        await raise_one(store)
        [line] = await store.read(worries.waiting)
        assert line.due_on == TODAY + dt.timedelta(1)
        with pytest.raises(Exception, match="only added"):
            await store.write(lambda: Worry.raw('UPDATE "safeguarding_agreement" SET "days_today" = 90'))

    async def test_it_refuses_what_keeps_nobody_safe(self, store: Store) -> None:
        lead = await store.write(lambda: signing_in.add_member("safe@council.example", Role.SAFEGUARDING))
        officer = await store.write(lambda: signing_in.add_member("officer@council.example", Role.OFFICER))
        members = await store.read(signing_in.members)
        for wrong, code, field in (
            (Agreement(), "no_lead", "lead"),
            (Agreement(lead=officer), "not_a_lead", "lead"),
            (Agreement(lead=lead, deputy=lead), "same_person", "deputy"),
            (Agreement(lead=lead, days_today=5), "no_number", "days_today"),
            (Agreement(lead=lead, days_soon=4, days_week=2), "order", "days_soon"),
            (Agreement(lead=lead, deputy_after=3, administrator_after=3), "order", "administrator_after"),
        ):
            with pytest.raises(AgreementProblem) as problem:
                check(wrong, members)
            assert (problem.value.code, problem.value.field) == (code, field)
        check(Agreement(lead=lead), members)


async def test_worries_of_before_keep_their_words_and_who_looked(settings: Settings) -> None:
    store = await open_store(settings)
    midnight = int(dt.datetime.combine(TODAY, dt.time(), dt.UTC).timestamp())
    key = Fernet(base64.urlsafe_b64encode(hmac.digest(SECRET, b"worry", "sha256")))
    looked_at, not_yet = uuid.uuid4(), uuid.uuid4()

    async def before() -> None:
        for statement in (*m0061_voices.statements(store.dialect), *m0077_themes.statements(store.dialect)):
            if re.match(r'CREATE TABLE "(worry|suggestion)"', statement):
                await Worry.raw(statement)
        await Worry.raw('CREATE TABLE "member" ("id" UUID PRIMARY KEY)')
        for id, day, by in ((looked_at, TODAY, LEAD), (not_yet, None, None)):
            sealed = key.encrypt_at_time(f"Of {id}".encode(), midnight).decode()
            await Worry.raw(
                'INSERT INTO "worry" VALUES ({}, {}, {}, {}, {}, {}, {})', *(id, "session", "", sealed, TODAY, day, by)
            )
        for step in (m0105_safeguarding_queue, m0106_safeguarding_agreed):
            for statement in step.statements(store.dialect):
                await Worry.raw(statement)

    try:
        await store.write(before)
        for id, steps in ((looked_at, ["raised", "closed"]), (not_yet, ["raised"])):
            found = await opened(store, id)
            assert found.text == f"Of {id}"
            assert [each.kind for each in found.steps if each.kind != "read"] == steps
        assert [each.by for each in (await opened(store, looked_at)).steps][:2] == [None, LEAD]
        assert [each.id for each in await store.read(worries.waiting)] == [not_yet]
        await act(store, not_yet, "close", "talked", "Under the key of before.")
        assert (await opened(store, not_yet)).steps[-1].note == "Under the key of before."
    finally:
        await store.close()
