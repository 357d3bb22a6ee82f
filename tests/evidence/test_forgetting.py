"""Answers whose time is over go with all that hangs on them; the others stay."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import msgspec

from surveys import paper_stacks, submissions
from surveys.answers import GivenAnswer, Part
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.retention import AT_ONCE, kept_until
from surveys.submissions import SentAnswers
from surveys.tables import Answer, AnswerPart, ImportedFile, PaperSheet, StoredFile, Submission
from surveys.templates import post_ehcp
from surveys.translating.tables import TranslatedText
from tests.paper.forms import round_of
from voice.evidence import quotes, transcripts
from voice.evidence.forgetting import forget_what_is_over
from voice.evidence.reading import read_new_voices
from voice.evidence.tables import QuoteDecision, Suggestion, Transcript, Voice
from voice.evidence.translated import Translated, record
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.storage.files import FileFolder

LAST_DAY = dt.date(2026, 10, 31)
KEPT_UNTIL = dt.date(2027, 4, 30)
A_DAY = dt.timedelta(days=1)
SURVEY = msgspec.structs.replace(post_ehcp.document(words, tuple(LANGUAGES)), kept_months=6)
HANGING = (
    *(Submission, Answer, AnswerPart, StoredFile, PaperSheet),
    *(Voice, Suggestion, QuoteDecision, TranslatedText, Transcript),
)


async def a_round(closes_on: dt.date | None, link: str | None = None) -> uuid.UUID:
    version = await publish(SURVEY, today=dt.date(2026, 9, 1))
    return await open_round(
        version,
        term="2026-autumn",
        identity_mode="anonymous",
        link=link,
        opens_on=dt.date(2026, 9, 1),
        closes_on=closes_on,
    )


async def somebody(round: uuid.UUID, file: uuid.UUID | None = None) -> uuid.UUID:
    sent = SentAnswers(
        id=uuid.uuid4(),
        round=round,
        language="en",
        mode="own_device",
        respondent_kind="parent_carer",
        submitted_at="2026-10",
        answers={
            "went_well": GivenAnswer("en", text="They listened to us."),
            "helped": GivenAnswer("en", parts=(Part("school"), Part("friends"))),
            "look": GivenAnswer("en", file=str(file) if file else None, text="A photo"),
        },
    )
    await submissions.store(sent)
    if file:
        await StoredFile.insert(StoredFile(id=file, media_type="image/png", bytes=3, seconds=None))
    return sent.id


async def all_that_hangs(store: Store, round: uuid.UUID, folder: FileFolder) -> uuid.UUID:
    """Answers with a file, a suggestion, a decision, a translation; and a form on paper. Returns the file."""
    file = uuid.uuid4()
    arrived = folder.place_to_arrive()
    arrived.write_bytes(b"png")
    folder.keep(arrived, file)

    async def unit() -> None:
        person = await somebody(round, file)
        [voice] = await Answer.select(Answer.id).where(Answer.submission == person, Answer.concept == "went_well")
        member = await signing_in.add_member("a@example.org", Role.ANALYST)
        today = dt.date(2026, 11, 1)
        await quotes.decide(voice["id"], "released", "They listened.", by=member, today=today)
        await record(voice["id"], Translated("pl", "Słuchali nas.", "person", "Jo", today))
        stack = await paper_stacks.start(round, typed_twice=True, today=today)
        await PaperSheet.insert(PaperSheet(id=uuid.uuid4(), stack=stack, number=1, first="{}", first_by=member))

    await store.write(unit)
    await read_new_voices(store)
    [recorded] = await store.read(Voice.select(Voice.id).where(Voice.file == file).run)
    await store.write(
        lambda: transcripts.keep_draft(recorded["id"], "A photo", language="en", engine="e", today=dt.date(2026, 11, 1))
    )
    return file


async def counts(store: Store) -> list[int]:
    async def counted() -> list[int]:
        return [await table.count() for table in HANGING]

    return await store.read(counted)


class TestForgetting:
    async def test_all_goes_that_hangs_on_an_answer(self, store: Store, tmp_path: Path) -> None:
        folder = FileFolder(tmp_path)
        over = await store.write(lambda: a_round(LAST_DAY))
        stays = await store.write(lambda: a_round(LAST_DAY + A_DAY))
        kept = await all_that_hangs(store, stays, folder)
        before = await counts(store)
        assert all(before), "each table has what stays"
        gone = await all_that_hangs(store, over, folder)
        assert await forget_what_is_over(store, folder, today=KEPT_UNTIL) == 0
        assert await forget_what_is_over(store, folder, today=KEPT_UNTIL + A_DAY) == 1
        assert await counts(store) == before
        assert list(folder.all()) == [kept] != [gone]
        assert len(await store.read(rounds)) == 2

    async def test_many_go_in_several_units(self, store: Store, tmp_path: Path) -> None:
        over = await store.write(lambda: a_round(LAST_DAY))

        async def unit() -> None:
            for _ in range(AT_ONCE + 1):
                await somebody(over)

        await store.write(unit)
        assert await forget_what_is_over(store, FileFolder(tmp_path), today=KEPT_UNTIL + A_DAY) == AT_ONCE + 1
        assert await counts(store) == [0] * len(HANGING)

    async def test_answers_from_elsewhere_count_from_the_day_they_came(self, store: Store, tmp_path: Path) -> None:
        elsewhere = await store.write(lambda: a_round(None))
        came = dt.date(2028, 1, 31)

        async def unit() -> None:
            await somebody(elsewhere)
            await ImportedFile.insert(
                ImportedFile(
                    id=uuid.uuid4(),
                    survey=SURVEY.slug,
                    filename="old.csv",
                    imported_on=came,
                    rows=1,
                    added=1,
                    known_already=0,
                    not_read=0,
                )
            )

        await store.write(unit)
        folder = FileFolder(tmp_path)
        assert await forget_what_is_over(store, folder, today=dt.date(2028, 7, 31)) == 0
        assert await forget_what_is_over(store, folder, today=dt.date(2028, 8, 1)) == 1


class TestKeptUntil:
    def of(self, **changed: object) -> OpenRound:
        return msgspec.structs.replace(round_of(SURVEY), **changed)

    def test_it_counts_from_the_last_day_of_the_round_or_of_its_term(self) -> None:
        assert kept_until(self.of(closes_on=LAST_DAY)) == KEPT_UNTIL
        assert kept_until(self.of()) == dt.date(2027, 6, 30)
        assert kept_until(self.of(term="2026-spring")) == dt.date(2026, 9, 30)

    def test_an_import_changes_nothing_for_a_round_of_ours(self) -> None:
        late = dt.date(2030, 1, 1)
        assert kept_until(self.of(closes_on=LAST_DAY, link=None), late) == KEPT_UNTIL
        assert kept_until(self.of(), late) == dt.date(2027, 6, 30)

    def test_it_is_not_said_by_every_survey(self) -> None:
        assert kept_until(self.of(document=msgspec.structs.replace(SURVEY, kept_months=0))) is None
