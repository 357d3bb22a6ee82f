"""Who was erased does not come back with an older backup, and is not asked again after it."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from surveys.ledger import choices, recording, sensitive
from surveys.ledger.recording import NewAsk
from surveys.ledger.tables import Ask, SensitiveTime
from surveys.tables import Survey
from surveys.translating.tables import TranslatedText
from tests.conftest import NOON
from tests.evidence.bank import voice
from tests.pages import CheckingClient
from tests.privacy.asked import EMAIL, answer, governance, invited_to
from voice.backups import erased
from voice.backups.restoring import restore
from voice.backups.taking import take
from voice.evidence import translated
from voice.evidence.keeping import keep
from voice.evidence.reading import read_new_voices
from voice.evidence.tables import Voice
from voice.evidence.translated import Translated
from voice.safeguarding.flagging import somebody_should_look
from voice.safeguarding.tables import Worry, WorryEvent
from voice.settings import Settings
from voice.storage import Store, bind_tables, open_store

TODAY = NOON.date()
TOMORROW = TODAY + dt.timedelta(days=1)
IN_URDU = Translated("ur", "الائچی", "person", "A reader", TODAY)
BY = uuid.UUID(int=7)


def person(number: int) -> str:
    return f"p1-{number:032x}"


def family(number: int) -> str:
    return f"f1-{number:032x}"


async def left_alone(number: int, day: dt.date = TODAY) -> None:
    await sensitive.leave_alone(family(number), reason="other", last_day=TOMORROW, by=BY, today=day)


class TestAfterARequest:
    def test_nothing_of_them_comes_back_and_nobody_asks_them_again(
        self, client: CheckingClient, settings: Settings, tmp_path: Path
    ) -> None:
        tokens = invited_to(client, "confidential", 7, 8)
        answer(client, tokens[0], "Cardamom")
        answer(client, tokens[1], "Nutmeg")
        client.run(lambda: read_new_voices(client.parts.store))
        client.unit(self.what_hangs_on_it)
        assert {name: len(rows) for name, rows in client.unit(self.kept).items()} == dict.fromkeys(self.TABLES, 2)
        client.run(lambda: take(settings, tmp_path / "older", now=NOON))
        self.erase(client)
        client.unit(lambda: self.somebody_else_says_stop(client.parts.secret))
        client.run(lambda: take(settings, tmp_path / "later", now=NOON))

        new = Settings(data=tmp_path / "new")
        restored = asyncio.run(restore(new, tmp_path / "older", now=NOON, later=tmp_path / "later"))
        assert restored.erased == 3, "what they sent, that they sent it, and their entry of a register"
        kept = asyncio.run(self.read(new))
        bind_tables(client.parts.store.engine)
        assert len(kept.pop("worry")) == 2, "the record of what was done about a worry stays"
        assert {(row["person"], bool(row["stopped"])) for row in kept.pop("contact_person")} == {
            (person(7), True),
            (person(8), False),
            (person(9), True),
        }
        assert {name: len(rows) for name, rows in kept.items()} == dict.fromkeys(kept, 1)
        assert "Nutmeg" in str(kept)
        assert "Cardamom" not in str(kept)

    TABLES = (
        "submission", "answer", "who_answered", "voice", "translated_text", "worry", "register_entry", "ask",
        "sensitive_time", "contact_person",
    )  # fmt: skip

    @staticmethod
    async def what_hangs_on_it() -> None:
        for row in await Voice.select(Voice.id):
            await translated.record(row["id"], IN_URDU)
            await somebody_should_look(row["id"], by=BY, today=TODAY)
        for number in (7, 8):
            await left_alone(number)

    @staticmethod
    def erase(client: CheckingClient) -> None:
        governance(client)
        asked = {"kind": "erasure", "way": "contact", "written": EMAIL}
        page = client.submit(client.get("/govern/requests"), form='main form[action="/govern/requests"]', **asked)
        client.submit(page, {"go": "erase"}, form="main form:has(#sure)", sure="yes")

    @staticmethod
    async def somebody_else_says_stop(secret: bytes) -> None:
        """Somebody of whom the older backup knows nothing."""
        await choices.introduce({person(9): family(9)}, secret=secret)
        await choices.stop(person(9), today=TODAY)

    async def read(self, settings: Settings) -> dict[str, list[dict[str, Any]]]:
        store = await open_store(settings)
        try:
            return await store.read(self.kept)
        finally:
            await store.close()

    async def kept(self) -> dict[str, list[dict[str, Any]]]:
        return {name: [*await Survey.raw(f'SELECT * FROM "{name}"')] for name in self.TABLES}


class TestErasingAgain:
    async def test_a_voice_takes_its_translations_along_and_leaves_what_was_done_about_it(self, store: Store) -> None:
        gone, stays = voice("Cardamom"), voice("Nutmeg")

        async def unit() -> None:
            await keep([gone, stays])
            for each in (gone, stays):
                await translated.record(each.id, IN_URDU)
                await somebody_should_look(each.id, by=BY, today=TODAY)
            await erased.note("voice", [gone.id], today=TODAY)
            assert await erased.erase_again([], store.dialect) == 1

        await store.write(unit)
        [left] = await store.read(Voice.select(Voice.id).run)
        [translation] = await store.read(TranslatedText.select(TranslatedText.answer).run)
        assert left["id"] == translation["answer"] == stays.id
        assert await store.read(Worry.count().run) == await store.read(WorryEvent.count().run) == 2

    async def test_what_was_told_of_somebody_after_the_erasure_stays(self, store: Store) -> None:
        def ask(number: int, day: dt.datetime) -> NewAsk:
            return NewAsk(family(number), person(number), "post-ehcp", "Solihull Council", "statutory", day)

        async def unit() -> None:
            await recording.record([ask(7, NOON), ask(7, NOON + dt.timedelta(days=1)), ask(8, NOON)])
            for number, day in ((7, TODAY), (8, TODAY), (9, TOMORROW)):
                await left_alone(number, day)
            await erased.note("person", [person(7)], today=TODAY)
            await erased.note("family", [family(7), family(9)], today=TODAY)
            await erased.erase_again([], store.dialect)

        await store.write(unit)
        asks = await store.read(Ask.select(Ask.person, Ask.asked_on).order_by(Ask.person).run)
        assert [(row["person"], row["asked_on"]) for row in asks] == [(person(7), TOMORROW), (person(8), TODAY)]
        families = await store.read(SensitiveTime.select(SensitiveTime.family).run)
        assert {row["family"] for row in families} == {family(8), family(9)}
