"""What families said in a term: every number counted right, small numbers hidden."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.bank import TODAY
from tests.evidence.families import answered, families
from voice.evidence import quotes
from voice.evidence.reading import read_new_voices
from voice.evidence.tables import Suggestion
from voice.evidence.voices import voices
from voice.findings.of_term import Findings, findings
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.themes.learning import engine_now

WAITING = "We waited far too long. Terrible."
KIND = "The plan writer was kind and lovely."


async def found(store: Store, term: str | None = None) -> Findings:
    told = await findings(store, term, today=TODAY)
    assert told is not None
    return told


class TestNothingYet:
    async def test_it_finds_nothing_before_anybody_answered(self, store: Store) -> None:
        assert await findings(store, None, today=TODAY) is None

    async def test_it_knows_no_term_without_answers(self, store: Store) -> None:
        await answered(store, 1, kept_up_to_date="yes")
        with pytest.raises(KeyError):
            await findings(store, "1999-spring", today=TODAY)


class TestTheFloor:
    async def test_it_shows_no_number_of_nine_people(self, store: Store) -> None:
        await answered(store, 9, kept_up_to_date="yes", went_well=KIND)
        await read_new_voices(store)
        told = await found(store)
        assert told.people is None
        assert (told.written.comments, told.written.people) == (None, None)
        assert all(theme.n is None for theme in told.themes)
        assert (told.sentiments, told.outcomes, told.quotes) == ((), (), ())
        assert [line.now.hidden for line in told.measures if line.now] == [True]
        assert all(count is None for _, count in told.sources)

    async def test_it_shows_ten(self, store: Store) -> None:
        await answered(store, 10, kept_up_to_date="yes", went_well=KIND)
        await read_new_voices(store)
        told = await found(store)
        (line,) = told.measures
        assert line.now is not None
        assert (told.people, told.written.comments, told.unread) == (10, 10, 0)
        assert (line.concept, line.now.answered, line.now.favourable) == ("kept_up_to_date", 10, 10)

    async def test_it_hides_a_small_part_and_what_would_tell_it(self, store: Store) -> None:
        await answered(store, 30, went_well=KIND)
        await answered(store, 12, could_be_better=WAITING)
        await answered(store, 3, language="pl", went_well="Wszystko poszło bardzo dobrze, dziękujemy za pomoc.")
        await read_new_voices(store)
        told = await found(store)
        shown = {said.key: said.n for said in told.sentiments}
        assert shown == {"positive": 30, "negative": None, "neither": None}

    async def test_it_counts_people_and_not_their_comments(self, store: Store) -> None:
        await answered(store, 5, went_well=KIND, could_be_better=WAITING)
        await read_new_voices(store)
        told = await found(store)
        assert (told.written.comments, told.written.people) == (None, None)
        await answered(store, 7, went_well=KIND, could_be_better=KIND)
        await read_new_voices(store)
        told = await found(store)
        assert (told.written.comments, told.written.people) == (24, 12)
        waiting = next(theme for theme in told.themes if theme.theme_id == "waiting")
        assert (waiting.n, waiting.sentiments) == (None, ())
        largest = told.themes[0]
        assert largest.n == 12, "seven of them wrote two comments about it"
        assert [said.n for said in told.sentiments if said.key == "negative"] == [0]

    async def test_it_tells_no_share_of_one_family(self, store: Store) -> None:
        await answered(store, 1, felt_listened_to="yes")
        await answered(store, 11, felt_listened_to="no")
        (line,) = (await found(store)).measures
        assert line.now is not None
        assert (line.now.answered, line.now.share, line.now.roughly) == (12, None, "few")


class TestWhoseWordsTheyAre:
    async def test_it_keeps_apart_what_was_written_with_help_or_for_somebody(self, store: Store) -> None:
        async def work() -> None:
            await families(12, went_well=KIND)
            await families(11, said_by="supported", could_be_better=WAITING)
            await families(9, said_by="proxy", could_be_better=WAITING)

        await store.write(work)
        await read_new_voices(store)
        told = await found(store)
        assert (told.written.comments, told.written.people) == (12, 12)
        assert [(each.said_by, each.people) for each in told.apart] == [("supported", 11), ("proxy", None)]
        assert {said.key: said.n for said in told.sentiments} == {"positive": 12, "negative": 0, "neither": 0}
        waiting = next(theme for theme in told.themes if theme.theme_id == "waiting")
        assert (waiting.n, [said.n for said in waiting.apart]) == (0, [11, None])


class TestMeasures:
    async def test_it_keeps_apart_what_was_said_with_help_or_for_somebody(self, store: Store) -> None:
        async def work() -> None:
            await families(20, felt_listened_to="yes")
            await families(12, said_by="supported", felt_listened_to="no")
            await families(9, said_by="proxy", felt_listened_to="no")

        await store.write(work)
        (line,) = (await found(store)).measures
        assert line.now is not None
        assert (line.now.answered, line.now.share) == (20, 1.0)
        apart = dict(line.apart)
        assert (apart["supported"].answered, apart["supported"].share) == (12, 0.0)
        assert apart["proxy"].hidden

    async def test_it_counts_each_term_apart_and_compares(self, store: Store) -> None:
        await answered(store, 12, term="2026-summer", felt_listened_to="no")
        await answered(store, 15, felt_listened_to="mostly")
        await answered(store, 10, felt_listened_to="a_little")
        await answered(store, 11, felt_listened_to="rather_not_say")
        told = await found(store)
        (line,) = told.measures
        assert line.now is not None
        assert line.before is not None
        assert (line.now.answered, line.now.favourable, line.now.rather_not_say) == (25, 15, 11)
        assert (line.before.answered, line.before.favourable) == (12, 0)
        assert told.terms == ("2026-autumn", "2026-summer")
        assert (await found(store, "2026-summer")).people == 12

    async def test_it_leaves_out_those_to_whom_the_question_did_not_apply(self, store: Store) -> None:
        await answered(store, 10, reply_within_five_working_days="yes")
        await answered(store, 10, reply_within_five_working_days="sometimes")
        await answered(store, 30, reply_within_five_working_days="did_not_get_in_touch")
        (line,) = (await found(store)).measures
        assert line.now is not None
        assert (line.now.answered, line.now.favourable) == (20, 10)


class TestThemesAndSentiment:
    async def test_it_counts_comments_by_theme_and_feeling(self, store: Store) -> None:
        await answered(store, 14, could_be_better=WAITING)
        await answered(store, 11, went_well=KIND)
        await answered(store, 40, term="2026-summer", could_be_better=WAITING)
        await read_new_voices(store)
        told = await found(store)
        waiting = next(theme for theme in told.themes if theme.theme_id == "waiting")
        assert waiting.n == 14
        assert {said.key: said.n for said in waiting.sentiments}["negative"] == 14
        assert {said.key: said.n for said in told.sentiments} == {
            "positive": 11,
            "negative": 14,
            "neither": 0,
        }

    async def test_it_says_how_many_are_unread(self, store: Store) -> None:
        await answered(store, 10, went_well=KIND)
        told = await found(store)
        assert (told.written.comments, told.unread) == (10, 10)


class TestQuotes:
    async def test_it_shows_only_what_a_person_released(self, store: Store) -> None:
        await answered(store, 10, went_well=KIND)
        assert (await found(store)).quotes == ()
        ids = [voice.voice for voice in await voices(store)]

        async def decide() -> None:
            member = await signing_in.add_member("analyst@example.org", Role.ANALYST)
            day = dt.date(2026, 11, 18)
            await quotes.decide(ids[0], "released", "The plan writer was […].", by=member, today=day)
            await quotes.decide(ids[1], "private", "", by=member, today=day)
            await quotes.decide(ids[2], "released", KIND, by=member, today=day)
            await quotes.decide(ids[2], "private", "", by=member, today=day)

        await store.write(decide)
        assert (await found(store)).quotes == (("The plan writer was […].", "en", "parent_carer", "own_words"),)


class TestReading:
    async def test_it_reads_only_what_is_new(self, store: Store) -> None:
        await answered(store, 3, went_well=KIND)
        assert await read_new_voices(store) == 3
        assert await read_new_voices(store) == 0
        await answered(store, 2, could_be_better=WAITING, went_well=KIND)
        assert await read_new_voices(store) == 4
        assert await store.read(Suggestion.count) == 7

    async def test_it_reads_anew_what_an_earlier_engine_read(self, store: Store) -> None:
        await answered(store, 2, could_be_better=WAITING)
        await read_new_voices(store)

        async def grow_old() -> None:
            await Suggestion.update({Suggestion.engine: "keywords-0", Suggestion.themes: "old"}, force=True)

        await store.write(grow_old)
        assert await read_new_voices(store) == 2
        rows = await store.read(Suggestion.select().run)
        engine = await store.read(engine_now)
        assert {(row["engine"], row["themes"]) for row in rows} == {(engine.name, "waiting")}


class TestHidingWords:
    def test_it_hides_whole_words_whatever_their_case(self) -> None:
        said = "Ann told ANN that Anna knows Mr. O'Neil (Ann)."
        assert quotes.with_words_hidden(said, "ann, Mr. O'Neil") == "[…] told […] that Anna knows […] ([…])."

    def test_it_hides_words_in_urdu(self) -> None:
        assert quotes.with_words_hidden("ہمیں احمد نے بتایا", "احمد، بتایا") == "ہمیں […] نے […]"

    def test_it_says_which_words_are_not_there(self) -> None:
        with pytest.raises(quotes.WordsNotFound) as raised:
            quotes.with_words_hidden("Ann told us.", "Ann, Bob")
        assert raised.value.words == "Bob"

    def test_it_takes_hidden_words_as_they_are(self) -> None:
        assert quotes.with_words_hidden("It cost (a.b) 5 \\1", "(a.b)") == "It cost […] 5 \\1"
