"""A draft of the code frame, put into use: nothing is lost, neither of another analyst nor of what people decided."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.evidence.bank import voice
from voice.evidence.keeping import keep
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.themes import deciding, drafting, versions
from voice.themes.changes import Change, ChangeProblem
from voice.themes.counting import counted
from voice.themes.frames import FrameTheme, first_frame, frame_in_use
from voice.themes.naming import theme_names
from voice.themes.tables import FrameVersion, ThemeHeading, VoiceCoding

TODAY = dt.date(2026, 11, 18)
SPLIT = Change(
    "split",
    ("waiting",),
    (FrameTheme("long_waits", "Long waits", ""), FrameTheme("late_answers", "Late answers", "")),
)
MERGE = Change("merge", ("friends", "breaks_and_fun"), (FrameTheme("friends", "Friends and clubs", ""),))
REMOVE = Change("remove", ("thanks",))


@pytest.fixture
async def analyst(store: Store) -> uuid.UUID:
    return await store.write(lambda: signing_in.add_member("an@alyst.example", Role.ANALYST))


async def begun(store: Store, by: uuid.UUID) -> drafting.Draft:
    await store.write(lambda: drafting.begin(by=by, today=TODAY))
    return await now(store)


async def now(store: Store) -> drafting.Draft:
    found = await store.read(drafting.draft)
    assert found is not None
    return found


async def coded(store: Store, by: uuid.UUID, themes: str, **other: Any) -> uuid.UUID:
    id = uuid.uuid4()
    row = {"sentiment": "", "urgent": "", "quotable": "", "settled": True, "frame": 0, **other}
    made = VoiceCoding(voice=id, themes=themes, decided_by=by, decided_on=TODAY, **row)
    await store.write(lambda: VoiceCoding.insert(made).run())
    return id


class TestDrafting:
    async def test_two_analysts_share_one_draft_and_the_later_is_told(self, store: Store, analyst: uuid.UUID) -> None:
        shown = await begun(store, analyst)
        assert (await begun(store, analyst)).version == shown.version
        await store.write(lambda: drafting.make([MERGE], seen=shown.seen))
        with pytest.raises(drafting.ChangedMeanwhile) as told:
            await store.write(lambda: drafting.make([REMOVE], seen=shown.seen))
        assert [each.change for each in told.value.made] == [MERGE]
        later = await now(store)
        await store.write(lambda: drafting.make([REMOVE], seen=later.seen))
        assert [each.change.kind for each in (await now(store)).changes] == ["merge", "remove"]

    async def test_any_change_is_undone_unless_another_builds_on_it(self, store: Store, analyst: uuid.UUID) -> None:
        shown = await begun(store, analyst)
        describe = Change("describe", ("late_answers",), (FrameTheme("late_answers", "", "Late", ("late",)),))
        with pytest.raises(ChangeProblem, match="no_name"):
            await store.write(lambda: drafting.make([SPLIT, describe], seen=shown.seen))
        named = FrameTheme("late_answers", "Late answers", "Late", ("late",))
        describe = Change("describe", ("late_answers",), (named,))
        await store.write(lambda: drafting.make([MERGE, SPLIT, describe], seen=shown.seen))
        shown = await now(store)
        with pytest.raises(ChangeProblem, match="needed"):
            await store.write(lambda: drafting.undo(shown.changes[1].id, seen=shown.seen))
        await store.write(lambda: drafting.undo(shown.changes[0].id, seen=shown.seen))
        after = await now(store)
        assert after.find("breaks_and_fun") is not None
        assert after.find("late_answers") == named
        await store.write(lambda: drafting.discard(seen=after.seen))
        assert await store.read(drafting.draft) is None

    async def test_a_former_id_is_never_used_again(self, store: Store, analyst: uuid.UUID) -> None:
        shown = await begun(store, analyst)
        again = Change("add", (), (FrameTheme("thanks", "Something else", ""),))
        with pytest.raises(ChangeProblem, match="id_taken"):
            await store.write(lambda: drafting.make([REMOVE, again], seen=shown.seen))


class TestPuttingIntoUse:
    async def test_decided_voices_are_read_through_the_lineage(self, store: Store, analyst: uuid.UUID) -> None:
        moved = await coded(store, analyst, "breaks_and_fun;getting_there")
        split = await coded(store, analyst, "waiting;breaks_and_fun")
        only = await coded(store, analyst, "thanks")
        none = await coded(store, analyst, "")
        filed = [
            ThemeHeading(id=uuid.uuid4(), framework="sef", heading="3", theme_id=theme_id)
            for theme_id in ("friends", "breaks_and_fun", "waiting", "thanks")
        ]
        await store.write(lambda: ThemeHeading.insert(*filed).run())
        shown = await begun(store, analyst)
        with pytest.raises(versions.NothingChanged):
            await store.write(lambda: versions.put_into_use("", seen=shown.seen, by=analyst, today=TODAY))
        await store.write(lambda: drafting.make([SPLIT, MERGE, REMOVE], seen=shown.seen))
        shown = await now(store)
        told = await store.read(lambda: versions.effect(shown))
        assert (told.decided, told.moved, told.again) == (4, 1, 2)
        assert dict(told.reasons) == {"waiting": 1, "thanks": 1}

        await store.write(lambda: versions.put_into_use("Split", seen=shown.seen, by=analyst, today=TODAY))
        rows = await store.read(lambda: VoiceCoding.select().run())
        assert {row["voice"]: (row["themes"], row["frame"]) for row in rows} == {
            moved: ("friends;getting_there", 1),
            split: ("waiting;friends", 0),
            only: ("thanks", 0),
            none: ("", 1),
        }
        headings = await store.read(lambda: ThemeHeading.select(ThemeHeading.theme_id).run())
        assert sorted(row["theme_id"] for row in headings) == ["friends", "late_answers", "long_waits"]
        frame = await store.read(frame_in_use)
        assert frame.version == 1
        assert frame.named("friends") == "Friends and clubs"
        names = await store.read(theme_names)
        assert names.named("waiting") == "Waiting"
        assert names.is_former("waiting")
        assert not names.is_former("long_waits")

    async def test_an_undo_leads_back_to_what_is_meant_now(self, store: Store, analyst: uuid.UUID) -> None:
        said, seen = voice("The club is far away."), 0
        await store.write(lambda: keep([said]))
        frame = await store.read(frame_in_use)

        async def decide(themes: tuple[str, ...]) -> None:
            history = (await deciding.decisions_about([said.id]))[said.id]
            place = history[-1].place if history else seen
            choice = deciding.Choice(said.id, place, settled=True, themes=themes)
            await deciding.decide(choice, frame, by=analyst, today=TODAY)

        await store.write(lambda: decide(("breaks_and_fun",)))
        shown = await begun(store, analyst)
        await store.write(lambda: drafting.make([MERGE], seen=shown.seen))
        shown = await now(store)
        frame = await store.write(lambda: versions.put_into_use("M", seen=shown.seen, by=analyst, today=TODAY))
        await store.write(lambda: decide(("getting_there",)))

        async def undo() -> None:
            history = (await deciding.decisions_about([said.id]))[said.id]
            await deciding.undo(said.id, frame, seen=history[-1].place, by=analyst, today=TODAY)

        await store.write(undo)
        row = await store.read(lambda: VoiceCoding.select().first().run())
        assert row is not None
        assert (row["themes"], row["frame"]) == ("friends", 1)

    async def test_versions_follow_each_other_and_lines_lead_through_them(
        self, store: Store, analyst: uuid.UUID
    ) -> None:
        for changes in ([SPLIT], [Change("merge", ("late_answers", "friends"), (FrameTheme("x", "X", ""),))]):
            shown = await begun(store, analyst)
            await store.write(lambda s=shown, c=changes: drafting.make(c, seen=s.seen))  # type: ignore[misc]
            shown = await now(store)
            await store.write(
                lambda s=shown: versions.put_into_use("N", seen=s.seen, by=analyst, today=TODAY)  # type: ignore[misc]
            )
        listed = await store.read(versions.versions)
        assert [(each.number, each.in_use, each.changes, each.breaks) for each in listed] == [
            (2, True, 1, 0),
            (1, False, 1, 1),
            (0, False, 0, 0),
        ]
        found = await store.read(lambda: versions.lineage_between(0, 2))
        assert found.ancestors("x") == ("waiting", "friends")
        assert found.begins("x")
        assert found.begins("long_waits")
        assert len((await store.read(lambda: versions.version(0))).themes) == len(first_frame().themes)
        states = await store.read(lambda: FrameVersion.select(FrameVersion.state).run())
        assert sorted(row["state"] for row in states) == ["former", "in_use"]

    async def test_it_counts_nothing_where_nobody_said_anything(self, store: Store) -> None:
        found = await store.read(lambda: counted(0, today=TODAY))
        assert (found.themes, found.again) == ({}, 0)
