"""What a session left behind, the report the group corrects, and the voices that come of it when they agree."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import pytest

from tests.capture.sessions import rooms
from voice.capture.sessions import approving, forums, planning
from voice.capture.sessions.record import load_record
from voice.capture.sessions.report import (
    Addition,
    Corrected,
    Correction,
    Line,
    ReportProblem,
    with_addition,
    with_correction,
)
from voice.evidence.tables import QuoteDecision, Suggestion, Voice
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

TODAY = dt.date(2026, 11, 18)


async def approve(id: uuid.UUID, *, permitted: str = "read") -> int:
    return await approving.approve(id, by="the group", permitted=permitted, files=(), today=TODAY)


async def voices(id: uuid.UUID) -> dict[str, dict[str, object]]:
    rows = await Voice.select().where(Voice.origin == id)
    return {row["text"] or row["form"]: row for row in rows}


class TestTheRecord:
    async def test_it_holds_what_the_room_has_seen_and_no_name(self, store: Store) -> None:
        id, _ = await store.write(lambda: rooms.a_whole_session(by=uuid.uuid4()))
        record = await store.read(lambda: load_record(id))
        board = record.activities[1]
        assert [card.text for card in board.cards] == ["More staff at lunch", "A quiet room", "Shouting"]
        assert (board.folded, record.folded) == (1, 1)
        written = msgspec.json.encode(record).decode()
        assert not [word for word in ("Zebedee", "secret", "Never mind", str(rooms.TABLET)) if word in written]
        feelings = {each.choice.code: each.count for each in record.activities[0].counts if each.count}
        assert feelings == {"happy": 12, "sad": 1}
        assert [(each.choice.label, each.count) for each in record.activities[2].counts][:2] == [
            ("Calm", 9),
            ("More staff at lunch", 5),
        ]
        assert record.activities[3].counts[0].choice.label == "Buses"
        assert {(each.who, each.people) for each in record.heads} == {("young_people", 14), ("staff", 3)}


class TestCorrecting:
    async def test_what_the_group_agreed_to_becomes_voices_and_nothing_before(self, store: Store) -> None:
        id, cards = await store.write(lambda: rooms.a_whole_session(by=uuid.uuid4()))
        report, corrected = await store.read(lambda: approving.load_report(id))
        by_id = {line.id: line for line in report.lines}
        corrected = with_correction(corrected, by_id[cards["staff"]], Correction(text="More helpers at lunch"))
        corrected = with_correction(corrected, by_id[cards["shout"]], Correction(left_out=True))
        added = Addition(uuid.uuid4(), "board", "stop", "Cold rooms")
        corrected = with_addition(report, corrected, added)
        await store.write(lambda: approving.keep_corrections(id, corrected))
        assert await store.read(lambda: voices(id)) == {}

        await store.write(lambda: approve(id, permitted="quote"))
        found = await store.read(lambda: voices(id))
        assert set(found) == {
            *("More helpers at lunch", "A quiet room", "Cold rooms", "When do we hear back?", "symbols"),
        }
        voice = found["More helpers at lunch"]
        assert voice["id"] == cards["staff"]
        assert (voice["source"], voice["concept"], voice["asked"]) == ("session", "start", "What should change?")
        assert (voice["respondent_kind"], voice["said_by"], voice["permitted"]) == (
            "young_person",
            "own_words",
            "quote",
        )
        assert (voice["said_on"], voice["term"], voice["person"]) == ("2026-11-12", "2026-autumn", None)
        assert (await store.read(lambda: planning.load(id))).stage == "approved"
        report, _ = await store.read(lambda: approving.load_report(id))
        assert (report.approved_on, report.approved_by) == (TODAY, "the group")
        assert [line.text for line in report.asks] == ["More helpers at lunch", "A quiet room", "When do we hear back?"]
        await store.write(lambda: rooms.card(id, "Unfolded late"))
        assert (await store.read(lambda: approving.load_report(id)))[0].approved_on is None
        labels = [each.choice.label for each in report.sections[2].counts]
        assert labels[:2] == ["Calm", "More helpers at lunch"]

    async def test_correcting_after_they_agreed_takes_back_at_once_and_replaces_when_they_agree_again(
        self, store: Store
    ) -> None:
        id, cards = await store.write(lambda: rooms.a_whole_session(by=uuid.uuid4()))
        await store.write(lambda: approve(id))

        async def decide() -> None:
            member = await signing_in.add_member("a@example.org", Role.ANALYST)
            for card in (cards["staff"], cards["quiet"]):
                await Suggestion.insert(Suggestion(voice=card, engine="e", themes="", outcome="none_fits"))
                await QuoteDecision.insert(
                    QuoteDecision(voice=card, decision="released", shown="x", decided_by=member, decided_on=TODAY)
                )

        await store.write(decide)
        report, corrected = await store.read(lambda: approving.load_report(id))
        line = next(line for line in report.lines if line.id == cards["staff"])
        changed = with_correction(corrected, line, Correction(text="Kind staff"))
        await store.write(lambda: approving.keep_corrections(id, changed))
        assert set(await store.read(lambda: voices(id))) == {
            *("A quiet room", "Shouting", "When do we hear back?", "symbols"),
        }
        assert [row["voice"] for row in await store.read(lambda: QuoteDecision.select())] == [cards["quiet"]]
        assert [row["voice"] for row in await store.read(lambda: Suggestion.select())] == [cards["quiet"]]
        assert (await store.read(lambda: planning.load(id))).stage == "ended"
        await store.write(lambda: approve(id))
        assert "Kind staff" in await store.read(lambda: voices(id))
        assert len(await store.read(lambda: QuoteDecision.select())) == 1
        await store.write(lambda: approve(id, permitted="count"))
        assert await store.read(lambda: QuoteDecision.select()) == []

    async def test_it_is_agreed_to_only_when_the_session_has_ended_and_by_somebody(self, store: Store) -> None:
        id, _ = await store.write(lambda: rooms.a_whole_session(by=uuid.uuid4()))
        for by, permitted, code in (("Zebedee", "read", "who_agreed"), ("the group", "sell", "permitted")):
            with pytest.raises(ReportProblem) as raised:
                await store.write(
                    lambda by=by, permitted=permitted: approving.approve(  # type: ignore[misc]
                        id, by=by, permitted=permitted, files=(), today=TODAY
                    )
                )
            assert raised.value.code == code
        session = await store.read(lambda: planning.load(id))
        await store.write(lambda: planning.keep_running(session, session.running, "running"))
        with pytest.raises(ReportProblem, match="not_ended"):
            await store.write(lambda: approve(id))
        assert await store.read(lambda: voices(id)) == {}

    def test_a_line_is_neither_endless_nor_empty(self) -> None:
        line = Line(
            id=uuid.uuid4(),
            column="",
            group="",
            text="a",
            as_said="a",
            picture="",
            file=None,
            language="en",
            said_by="own_words",
            left_out=False,
            asked_for=False,
        )
        for text, code in (("x" * 2001, "line_long"), ("", "line_empty")):
            with pytest.raises(ReportProblem, match=code):
                with_correction(Corrected(), line, Correction(text=text))


class TestAForum:
    async def test_it_adds_up_only_what_was_agreed_to_and_asks_what_happened_since(self, store: Store) -> None:
        me, other = uuid.uuid4(), uuid.uuid4()

        async def three_sessions() -> list[uuid.UUID]:
            ids = []
            for day, heads in ((dt.date(2026, 6, 3), 20), (dt.date(2026, 10, 1), 14), (dt.date(2026, 11, 1), 4)):
                id = await rooms.held(by=me, day=day, forum="our  VOICES" if heads == 20 else "Our Voices")
                await rooms.card(id, f"Ask of {day}", activity="ask", column="")
                await rooms.keep_heads(id, {("11_to_15", "young_people"): heads})
                ids.append(id)
            await rooms.held(by=other, forum="Not ours")
            return ids

        ids = await store.write(three_sessions)
        for id in ids[:2]:
            await store.write(lambda id=id: approve(id))  # type: ignore[misc]
        terms = await store.read(lambda: forums.forum_terms(by=me, sees=()))
        assert [(each.term, each.approved, each.waiting) for each in terms] == [
            ("2026-autumn", 1, 1),
            ("2026-summer", 1, 0),
        ]
        key = terms[0].key
        assert await store.read(lambda: forums.load_forum(key, "2026-autumn", by=other, sees=())) is None
        report = await store.read(lambda: forums.load_forum(key, "2026-autumn", by=me, sees=()))
        assert report is not None
        assert [line.text for line in report.asks] == ["Ask of 2026-10-01"]
        assert [(ask.line.text, ask.happened) for ask in report.asked_before] == [("Ask of 2026-06-03", "")]
        line = report.asked_before[0].line.id
        for words in ("We wrote to the school", "They answered"):
            now = await store.read(lambda: forums.load_forum(key, "2026-autumn", by=me, sees=ids))
            assert now is not None
            await store.write(
                lambda now=now, words=words: forums.keep_happened(now, {line: words}, today=TODAY)  # type: ignore[misc]
            )
        await store.write(lambda: approve(ids[2]))
        report = await store.read(lambda: forums.load_forum(key, "2026-autumn", by=me, sees=()))
        assert report is not None
        assert report.asked_before[0].happened == "They answered"
        # The four of November stay hidden, and the sum would tell them.
        assert report.people() == ((14, None), None)
