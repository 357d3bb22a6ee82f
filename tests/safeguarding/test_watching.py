"""Letters about worries: to the lead, then the deputy, then administrators, each once, and without a word of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from email.message import EmailMessage
from typing import Any

import pytest

from tests.conftest import NOON
from tests.people.stopping import stopped_on_the_way
from voice.people import signing_in
from voice.people.mail import MailNotSent, Post
from voice.people.roles import Role
from voice.running import jobs
from voice.safeguarding import deciding, flagging, worries
from voice.safeguarding.agreement import Agreement, agree
from voice.safeguarding.tables import WorryReminder
from voice.safeguarding.watching import watch_over_worries
from voice.settings import Settings
from voice.storage import Store

SECRET = b"s" * 32
WEDNESDAY = NOON.date()
SAID = "He hits me at the bus stop."


class Watch:
    """A desk with a lead, a deputy and an administrator, on a day that a test moves."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.post = Post(settings)
        self.day, self.asked = WEDNESDAY, 0
        self.people: dict[str, uuid.UUID] = {}

    def clock(self) -> dt.datetime:
        """Goes on a little each time: the outbox names letters by when they went."""
        self.asked += 1
        return dt.datetime.combine(self.day, dt.time(12, microsecond=self.asked), dt.UTC)

    async def begin(self) -> Watch:
        for name, role in (
            ("lead", Role.SAFEGUARDING),
            ("deputy", Role.SAFEGUARDING),
            ("admin", Role.ADMINISTRATOR),
            ("second", Role.ADMINISTRATOR),
            ("officer", Role.OFFICER),
        ):
            self.people[name] = await self.store.write(
                lambda n=name, r=role: signing_in.add_member(f"{n}@council.gov.uk", r)  # type: ignore[misc]
            )
        agreed = Agreement(lead=self.people["lead"], deputy=self.people["deputy"])
        await self.store.write(lambda: agree(agreed, by=self.people["admin"], today=self.day))
        return self

    async def worry(self) -> uuid.UUID:
        id = uuid.uuid4()
        await self.store.write(
            lambda: worries.raise_worry(
                SAID, id=id, source="page", place="Secret place", secret=SECRET, today=self.day, contact="07700 900123"
            )
        )
        return id

    async def told(self) -> set[str]:
        """Who gets a letter now."""
        before = len(self.post.kept())
        sent = await watch_over_worries(self)
        new = self.post.kept()[: len(self.post.kept()) - before]
        assert len(new) == sent
        for each in new:
            self.says_nothing(each)
        return {str(each["To"]).partition("@")[0] for each in new}

    @staticmethod
    def says_nothing(letter: EmailMessage) -> None:
        whole = str(letter) + letter.get_content()
        for private in ("hits", "bus stop", "Secret place", "900123"):
            assert private not in whole


@pytest.fixture
async def watch(store: Store, settings: Settings) -> Watch:
    return await Watch(store, settings).begin()


class TestLetters:
    async def test_a_worry_that_nobody_looks_at_climbs_and_each_letter_goes_once(self, watch: Watch) -> None:
        await watch.worry()
        days = {
            0: {"lead"},
            1: {"lead", "deputy"},
            2: {"admin", "second"},
            3: set(),
            9: set(),
        }
        for after, people in days.items():
            watch.day = WEDNESDAY + dt.timedelta(after)
            assert await watch.told() == people, f"{after} days later"
            assert await watch.told() == set()
        [line] = await watch.store.read(worries.waiting)
        opened = await watch.store.write(
            lambda: worries.open_worry(line.id, by=watch.people["lead"], secret=SECRET, today=watch.day)
        )
        assert sorted(each.detail for each in opened.steps if each.kind == "told") == [
            *("administrator", "administrator", "deputy", "late", "new")
        ]

    async def test_over_a_weekend_nobody_is_late(self, watch: Watch) -> None:
        watch.day = dt.date(2026, 11, 21)
        await watch.worry()
        days = {21: {"lead"}, 22: set(), 23: {"lead"}, 24: {"lead", "deputy"}}
        for day, people in days.items():
            watch.day = dt.date(2026, 11, day)
            assert await watch.told() == people, f"on the {day}th"

    async def test_what_is_looked_into_has_a_new_day_and_what_is_closed_none(self, watch: Watch) -> None:
        looked_into, closed = await watch.worry(), await watch.worry()
        await watch.told()
        lead = watch.people["lead"]
        for id, act, choice in ((looked_into, "looking", "soon"), (closed, "close", "talked")):
            await watch.store.write(
                lambda i=id, a=act, c=choice: deciding.act_on(  # type: ignore[misc]
                    i, a, seen=1, note="", choice=c, by=lead, secret=SECRET, today=watch.day
                )
            )
        days = {19: set(), 20: {"lead"}, 21: {"lead"}, 23: {"deputy"}, 24: {"admin", "second"}}
        for day, people in days.items():
            watch.day = dt.date(2026, 11, day)
            assert await watch.told() == people, f"on the {day}th"
        [left] = await watch.store.read(
            lambda: WorryReminder.select(WorryReminder.worry).where(WorryReminder.step == "deputy")
        )
        assert left["worry"] == looked_into

    async def test_nobodys_leaving_stops_it(self, watch: Watch) -> None:
        await watch.worry()
        for leaving, told in (("lead", {"deputy"}), ("deputy", {"admin", "second"})):
            await watch.store.write(
                lambda who=leaving: signing_in.end_access(watch.people[who], today=watch.day)  # type: ignore[misc]
            )
            assert await watch.told() == told
        watch.day += dt.timedelta(1)
        assert await watch.told() == {"admin", "second"}

    async def test_several_processes_that_watch_at_once_send_one_letter(self, watch: Watch) -> None:
        for _ in range(3):
            await watch.worry()
        sent = await asyncio.gather(*(watch_over_worries(watch) for _ in range(5)))
        assert sum(sent) == 1
        assert await watch.store.read(lambda: WorryReminder.count()) == 3

    async def test_without_a_mail_server_they_wait_and_go_once_it_is_there(
        self, watch: Watch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await watch.worry()

        async def refuses(*_: object, **__: object) -> None:
            raise MailNotSent("no route to host")

        with monkeypatch.context() as patch:
            patch.setattr(watch.post, "send", refuses)
            with pytest.raises(ExceptionGroup) as waiting:  # so that the job counts as failed
                await watch_over_worries(watch)
        assert waiting.group_contains(MailNotSent)
        assert await watch.told() == {"lead"}

    @pytest.mark.parametrize("problem", [MailNotSent("550 no such mailbox"), RuntimeError("nobody knows why")])
    async def test_a_letter_that_somebody_does_not_get_keeps_back_no_other(
        self, watch: Watch, monkeypatch: pytest.MonkeyPatch, problem: Exception
    ) -> None:
        await watch.worry()
        watch.day += dt.timedelta(2)
        send = watch.post.send

        async def the_first_is_refused(to: str, *words: str, **given: Any) -> None:
            if to.startswith("admin"):
                raise problem
            await send(to, *words, **given)

        with monkeypatch.context() as patch:
            patch.setattr(watch.post, "send", the_first_is_refused)
            with pytest.raises(ExceptionGroup):
                await watch_over_worries(watch)
        told = [str(each["To"]).partition("@")[0] for each in watch.post.kept()]
        assert told == ["second", "lead", "deputy"], "by their addresses, the last first"
        assert await watch.told() == {"admin"}


class TestAStop:
    async def test_the_letter_that_is_on_its_way_arrives_and_is_not_sent_again(self, watch: Watch) -> None:
        await watch.worry()
        watch.day += dt.timedelta(2)
        await stopped_on_the_way(watch.post, lambda: watch_over_worries(watch), watch.post.send)
        [letter] = watch.post.kept()
        assert str(letter["To"]).startswith("admin")
        assert await watch.told() == {"second", "lead", "deputy"}

    async def test_one_that_failed_meanwhile_goes_afterwards(self, watch: Watch) -> None:
        await watch.worry()

        async def fails(*_: object, **__: object) -> None:
            raise MailNotSent("no route to host")

        await stopped_on_the_way(watch.post, lambda: watch_over_worries(watch), fails)
        assert await watch.told() == {"lead"}

    async def test_one_that_was_lost_with_the_machine_goes_again(
        self, watch: Watch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Died(BaseException):
            """The machine is off while the letter is on its way."""

        async def die(*_: object, **__: object) -> None:
            raise Died

        await watch.worry()
        with monkeypatch.context() as patch:
            patch.setattr(watch.post, "send", die)
            with pytest.raises(Died):
                await watch_over_worries(watch)
        assert await watch.told() == set(), "nobody knows whether it arrived"
        assert [await jobs.tell_about_worries(watch) for _ in range(2)] == [1, 0]
        assert [str(each["To"]) for each in watch.post.kept()] == ["lead@council.gov.uk"]


class TestFlaggedVoices:
    async def said(self, watch: Watch, text: str, *, urgent: bool) -> uuid.UUID:
        from voice.evidence.tables import Suggestion, Voice

        id = uuid.uuid4()
        voice = Voice(
            id=id,
            source="survey",
            origin=uuid.uuid4(),
            concept="went_well",
            asked="What went well?",
            text=text,
            language="en",
            form="text",
            respondent_kind="parent_carer",
            said_by="own_words",
            term="2026-autumn",
            said_on="2026-11",
            age_band="",
            need="",
            setting="",
            heard_by="",
            permitted="count",
        )
        suggestion = Suggestion(
            voice=id,
            engine="x",
            themes="",
            confidence=0.5,
            confidences="",
            why="",
            outcome="none_fits",
            needs_person=False,
            sentiment="negative",
            sentiment_why="",
            urgent=urgent,
            urgent_why="",
        )

        async def unit() -> None:
            await Voice.insert(voice)
            await Suggestion.insert(suggestion)

        await watch.store.write(unit)
        return id

    async def read(self, watch: Watch, id: uuid.UUID) -> tuple[str | None, str]:
        opened = await watch.store.write(
            lambda: worries.open_worry(id, by=watch.people["lead"], secret=SECRET, today=watch.day)
        )
        return opened.text, opened.words

    async def test_what_the_machine_flags_waits_once_and_less_long_than_what_a_person_says(self, watch: Watch) -> None:
        flagged = await self.said(watch, "He gives his things away.", urgent=True)
        await self.said(watch, "All is well.", urgent=False)
        await watch.worry()
        for _ in range(2):
            await watch_over_worries(watch)
        said, machine = await watch.store.read(worries.waiting)
        assert [said.way, machine.way] == ["somebody", "machine"]
        assert machine.due_on == WEDNESDAY + dt.timedelta(2)
        assert machine.place == "What went well?"
        assert await self.read(watch, machine.id) == ("He gives his things away.", "here")
        from voice.evidence.forgetting import forget

        await watch.store.write(lambda: forget([flagged]))
        assert await self.read(watch, machine.id) == (None, "gone"), "words go with the voice; the record stays"

    async def test_a_person_who_reads_it_settles_what_the_machine_thinks(self, watch: Watch) -> None:
        officer = watch.people["officer"]
        calm, grave, later = [await self.said(watch, f"Words {n}", urgent=True) for n in range(3)]
        await watch.store.write(lambda: flagging.nobody_need_look(later, by=officer, today=watch.day))
        await watch_over_worries(watch)
        for voice in (calm, later):
            await watch.store.write(lambda v=voice: flagging.nobody_need_look(v, by=officer, today=watch.day))  # type: ignore[misc]
        await watch.store.write(lambda: flagging.somebody_should_look(grave, by=officer, today=watch.day))
        [line] = await watch.store.read(worries.waiting)
        assert (line.way, line.due_on) == ("staff", watch.day)
        await watch.store.write(lambda: flagging.nobody_need_look(grave, by=officer, today=watch.day))
        assert len(await watch.store.read(worries.waiting)) == 1, "what a person asked for stays with the lead"
        await watch.store.write(lambda: flagging.somebody_should_look(calm, by=officer, today=watch.day))
        assert len(await watch.store.read(worries.waiting)) == 2, "what was closed is taken up again"
