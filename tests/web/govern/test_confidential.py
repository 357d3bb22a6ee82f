"""Who gave confidential answers is apart from them, sealed, and opened with a reason and a note that stays."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from surveys import who_answered
from surveys.field_sealing import Locked
from surveys.publishing import rounds
from surveys.tables import Submission, WhoAnswered
from tests.conftest import NOON, Clock
from tests.pages import CheckingClient, Page
from tests.privacy.asked import EMAIL, answer, governance, invited_to, reference_on
from tests.privacy.traces import everything_kept, found_in
from voice.evidence.reading import read_new_voices
from voice.evidence.tables import Voice
from voice.privacy import opening
from voice.privacy.tables import ConfidentialOpening
from voice.settings import Settings
from voice.storage import Store

MOMENT = NOON + dt.timedelta(hours=1, minutes=47, seconds=21)
WHY = "The answer says that a child is not safe at home."


def look(client: CheckingClient, written: str, reason: str = WHY, *, status: int = 200) -> Page:
    governance(client)
    page = client.get("/govern/confidential")
    return client.submit(page, written=written, reason=reason, status=status)


def openings(client: CheckingClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.unit(lambda: ConfidentialOpening.select())
    return found


class TestApart:
    def test_no_byte_ties_a_person_or_a_minute_to_answers(
        self, client: CheckingClient, clock: Clock, settings: Settings
    ) -> None:
        tokens = invited_to(client, "confidential", 7)
        clock.now = MOMENT
        answer(client, tokens[0], "Cardamom went well")
        [sent] = client.unit(lambda: Submission.select())
        [row] = client.unit(lambda: WhoAnswered.select())
        assert sent["submitted_at"] == "2026-11-18"
        assert row["id"] != sent["id"]
        kept = client.run(lambda: everything_kept(settings))
        assert found_in(kept, ["Cardamom"])
        assert found_in(kept, ["13:47", ":47:21", EMAIL, tokens[0], "Person 7"]) == []

    def test_an_anonymous_survey_keeps_no_such_row(self, client: CheckingClient) -> None:
        tokens = invited_to(client, "anonymous", 7)
        mine = reference_on(answer(client, tokens[0], "Cardamom"))
        assert not client.unit(lambda: WhoAnswered.exists())
        assert "This survey has no names. Nobody can tell who answered." in look(client, mine).text

    async def test_another_secret_or_another_row_opens_nothing(self, store: Store) -> None:
        from tests.inviting.invited import open_a_round

        await open_a_round(store, mode="confidential")
        [round], one, other = await store.read(rounds), uuid.uuid4(), uuid.uuid4()

        async def keep() -> None:
            for each in (one, other):
                await who_answered.keep(each, round, "", now=MOMENT, secret=b"s" * 32)

        await store.write(keep)
        found = await store.read(lambda: who_answered.who(one, secret=b"s" * 32))
        assert found == who_answered.Who("2026-11-18T13:47Z")
        assert await store.read(lambda: who_answered.who(one, secret=b"t" * 32)) is None
        ids = [who_answered.found_by(b"s" * 32, each) for each in (one, other)]

        async def swap() -> None:
            [row] = await WhoAnswered.select().where(WhoAnswered.id == ids[0])
            await WhoAnswered.update({WhoAnswered.sealed: row["sealed"]}).where(WhoAnswered.id == ids[1])

        await store.write(swap)
        with pytest.raises(Locked):
            await store.read(lambda: who_answered.who(other, secret=b"s" * 32))


class TestOpening:
    def test_it_shows_who_and_notes_who_looked_and_why(self, client: CheckingClient) -> None:
        tokens = invited_to(client, "confidential", 7, 8)
        mine = reference_on(answer(client, tokens[0], "Cardamom"))
        page = look(client, mine)
        assert "We know who it was." in page.text
        assert EMAIL in page.text
        assert "2026-11-18T12:00Z" in page.text
        [noted] = openings(client)
        assert (noted["reference"], noted["reason"], noted["found"], noted["role"]) == (mine, WHY, "who", "governance")
        again = client.get("/govern/confidential")
        assert EMAIL not in again.text
        assert WHY in again.text

    def test_a_voice_leads_to_who_said_it(self, client: CheckingClient) -> None:
        answer(client, invited_to(client, "confidential", 7)[0], "Cardamom")
        client.run(lambda: read_new_voices(client.parts.store))
        [voice] = client.unit(lambda: Voice.select(Voice.id))
        assert EMAIL in look(client, f"http://testserver.local/work/voices/{voice['id']}").text

    def test_by_the_link_for_everybody_only_the_time_is_known(self, client: CheckingClient) -> None:
        invited_to(client, "confidential", 7)
        mine = reference_on(answer(client, "", "Cardamom"))
        page = look(client, mine)
        assert "They came with the link for everybody. We know only when." in page.text
        assert EMAIL not in page.text

    def test_without_a_reason_nothing_is_looked_up(self, client: CheckingClient) -> None:
        mine = reference_on(answer(client, invited_to(client, "confidential", 7)[0], "Cardamom"))
        page = look(client, mine, "because", status=422)
        assert page.problem == "Write why you look, in a sentence."
        assert EMAIL not in page.text
        assert openings(client) == []
        assert look(client, " ", status=422).problem == "Write the reference or the address of the page."
        assert "We cannot find these answers." in look(client, "ABCD-EFGH").text
        assert [each["found"] for each in openings(client)] == ["nothing"]

    def test_what_cannot_be_noted_is_not_shown(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
        mine = reference_on(answer(client, invited_to(client, "confidential", 7)[0], "Cardamom"))

        def fails(*_: object, **__: object) -> None:
            raise RuntimeError("no note")

        monkeypatch.setattr(opening, "ConfidentialOpening", fails)
        monkeypatch.setattr(opening, "openings", _none)
        governance(client)
        answered = client.submit(client.get("/govern/confidential"), written=mine, reason=WHY, status=500)
        assert EMAIL not in answered.html

    def test_the_database_refuses_to_change_or_delete_the_note(self, client: CheckingClient) -> None:
        look(client, "ABCD-EFGH")
        for change in (
            'UPDATE "confidential_opening" SET "reason" = \'none\'',
            'DELETE FROM "confidential_opening"',
        ):
            with pytest.raises(Exception, match="never"):
                client.unit(lambda change=change: ConfidentialOpening.raw(change))
        assert [each["reason"] for each in openings(client)] == [WHY]


async def _none() -> list[Any]:
    return []
