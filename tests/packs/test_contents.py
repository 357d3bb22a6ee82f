"""What packs are made of: summaries that were released, promises, reviews, and headings with their evidence."""

from __future__ import annotations

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

from tests.evidence.bank import TODAY
from tests.evidence.families import families
from tests.themes.said import an_analyst, many, released
from voice.capture.reviews.tables import Review
from voice.first_start import begin_with
from voice.packs.contents import EVERYTHING, pack_of
from voice.packs.document import ActionCard, Chart, Fact, Hidden, Number, Pack, Quote, Section, Share, Table, Text
from voice.packs.gathering import Gathered, gather
from voice.people.partnership import PartnershipInfo
from voice.settings import Settings
from voice.storage import Store
from voice.themes import excerpts, headings, summaries
from voice.themes.building import build
from voice.themes.summaries import Chosen, Draft

TERM = "2026-autumn"
PROMISE = "We call every family who waits."


async def gathered(store: Store, settings: Settings) -> Gathered:
    parts: Any = SimpleNamespace(
        settings=settings, store=store, today=TODAY, partnership=PartnershipInfo(name="Millbrook Vale")
    )
    found = await gather(parts, None)
    assert found is not None
    return found


async def a_term(store: Store) -> None:
    """A theme with a released summary and a promise, filed under a heading; one of nine people; families; reviews."""

    async def said() -> None:
        by = await an_analyst()
        ids = await many(14, "We waited {n} months.", "waiting")
        await many(9, "They never rang {n}.", "kept_in_touch")
        await many(10, "The school was kind {n}.", "school_welcome", sentiment="positive")
        await released(ids[0], "We waited far too long.", by=by)
        await families(20, felt_listened_to="yes")
        quotes = await excerpts.released(ids, today=TODAY)
        says = Chosen("says", excerpts.whole(quotes[ids[0]]))
        made = await build(TERM, "waiting", today=TODAY)
        assert made is not None
        await summaries.keep_draft(TERM, "waiting", Draft((says,), PROMISE), frame=0)
        await summaries.release(TERM, "waiting", made.built, frame=0, by=by, today=TODAY)
        await headings.file_under("self_evaluation", "needs_found_in_time", {"waiting", "kept_in_touch"})
        for number, way in enumerate(["attended"] * 15 + ["not_asked"] * 11):
            day = dt.date(2026, 10, 1)
            await Review.insert(
                Review(
                    id=uuid.uuid4(),
                    child=f"{number:032}",
                    review_date=day,
                    year_group="year_5",
                    setting="",
                    participation=way,
                )
            )

    await store.write(lambda: begin_with(today=TODAY))
    await store.write(said)


def section(pack: Pack, key: str) -> Section:
    return next(each for each in pack.sections if each.key == key)


def tables(pack: Pack, key: str) -> list[Table]:
    return [block for block in section(pack, key).blocks if isinstance(block, Table)]


class TestSections:
    async def test_they_say_what_was_released_and_hide_the_small(self, store: Store, settings: Settings) -> None:
        await a_term(store)
        found = await gathered(store, settings)
        pack = pack_of("evidence", found, EVERYTHING, language="en")
        assert [each.key for each in pack.sections] == [
            "evidence",
            "who",
            "measures",
            "themes",
            "by_theme",
            "quotes",
            "reviews",
            "promises",
        ]
        assert pack.left_out == (
            *("What matters now", "Who we did not hear", "Where surveys disagree", "Before and after"),
            *("By school or group", "Are families tired?"),
        )

        (about,) = tables(pack, "by_theme")
        assert about.rows[0] == (Text("People who spoke about this"), Number(14))
        assert about.note.base == "33 people"
        assert about.note.address == "http://testserver.local/lead/themes/2026-autumn/waiting"
        assert "We waited far too long." in str(section(pack, "by_theme"))

        (card,) = section(pack, "promises").blocks
        assert isinstance(card, ActionCard)
        assert (card.heard, card.decided, card.owner) == ("Waiting", PROMISE, "Analyst")

        (quote,) = section(pack, "quotes").blocks
        assert quote == Quote("We waited far too long.", "en", "Parent carer")

        under = [row for table in tables(pack, "evidence") for row in table.rows]
        assert (Text("Waiting"), Number(14)) in {row[:2] for row in under}
        assert (Text("Being kept in touch"), Hidden()) in {row[:2] for row in under}
        assert next(row for row in under if row[0] == Text("They felt listened to"))[1] == Share(100)

        themes = {row[0]: row[1] for row in tables(pack, "themes")[0].rows}
        assert themes[Text("Waiting")] == Number(14)
        assert Text("Being kept in touch") not in themes

        everybody = tables(pack, "reviews")[-1].rows[-1]
        assert everybody == (Text("All"), Number(15), Number(11), Number(26), Share(58))
        assert not [block for block in section(pack, "reviews").blocks if isinstance(block, Chart)]

    async def test_it_gathers_nothing_before_anybody_spoke(self, store: Store, settings: Settings) -> None:
        parts: Any = SimpleNamespace(settings=settings, store=store, today=TODAY, partnership=PartnershipInfo())
        assert await gather(parts, None) is None


class TestWhatMatters:
    async def test_it_stands_in_a_pack_as_on_the_first_page(self, store: Store, settings: Settings) -> None:
        async def said() -> None:
            for term in ("2025-spring", "2025-summer", "2025-autumn", "2026-spring", "2026-summer"):
                await families(75, term=term, felt_listened_to="yes")
                await families(25, term=term, felt_listened_to="no")
            await families(40, felt_listened_to="mostly")
            await families(60, felt_listened_to="no")

        await store.write(said)
        found = await gathered(store, settings)
        (fact,) = section(pack_of("board", found, EVERYTHING, language="en"), "matters").blocks
        assert isinstance(fact, Fact)
        assert "“They felt listened to” fell to 40% since Autumn 2026. Before it was 75%." in fact.words
        assert "100 people answered, after 500 in the terms before." in fact.words
        assert fact.note.address == "http://testserver.local/lead/trends/parent_carer/felt_listened_to"
        assert fact.note.base == "Parent carer"
