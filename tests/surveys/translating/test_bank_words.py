"""Words that officers wrote for the question bank, translated part by part."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.bank import changing, reading
from surveys.bank.concepts import Concept, Explained, OfferedOption, Wording
from surveys.translating import keeping
from surveys.translating.bank_words import bank_entries, parts_of, picture_beside, place_of, wording_of
from surveys.translating.catalogs import Check, Entry
from surveys.translating.state import State, translations
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
ENGLISH = Wording(
    title="Is there a swing you can use?",
    help="In the park nearest to you.",
    labels={"yes": "Yes, there is", "no": "No"},
    hard_words=(Explained("Swing", "A seat on ropes.", "0"),),
    ends=("Low", "High"),
)


class TestPictures:
    CONCEPT = Concept(
        "swing_near_by",
        "sorting",
        symbol="tree",
        options=(OfferedOption("yes", "yes"), OfferedOption("no", picture="a-file"), OfferedOption("bare")),
        places=(OfferedOption("yes", "house"),),
    )

    @pytest.mark.parametrize(
        ("part", "symbol", "picture"),
        [
            ("title", "tree", ""),
            ("label:yes", "yes", ""),
            ("alt:no", "", "a-file"),
            ("place:yes", "house", ""),
            ("label:bare", "tree", ""),
            ("label:gone", "tree", ""),
        ],
    )
    def test_it_is_the_options_own_or_the_questions(self, part: str, symbol: str, picture: str) -> None:
        assert picture_beside(self.CONCEPT, part) == (symbol, picture)


@pytest.fixture
async def bank(store: Store) -> Store:
    concept = Concept(
        "swing_near_by",
        "single_choice",
        options=(OfferedOption("yes"), OfferedOption("no")),
        wordings={"easy_read": {"en": ENGLISH}},
    )
    await store.write(lambda: changing.add(concept, by=None, now=NOW))
    return store


async def entries(store: Store) -> dict[str, Entry]:
    found = await store.read(lambda: bank_entries("pl", {"No"}))
    return {place.part: entry for entry in found if (place := place_of(entry.message))}


async def said(store: Store, words: str, part: str) -> None:
    entry = (await entries(store))[part]
    await store.write(lambda: keeping.keep_words("pl", entry.message, (words,), by="Ewa", member=None, now=NOW))


async def in_bank(store: Store) -> Wording | None:
    concept = await store.read(lambda: reading.concept("swing_near_by"))
    assert concept is not None
    return concept.wording("easy_read", "pl")


async def state(store: Store, part: str) -> State:
    entry = (await entries(store))[part]
    checks = await store.read(lambda: keeping.checks("pl"))
    return translations([entry], {}, checks, "pl")[0].state


async def put_all(store: Store) -> None:
    await said(store, "Czy jest huśtawka?", "title")
    await said(store, "Tak, jest", "label:yes")
    concept = await store.read(lambda: reading.concept("swing_near_by"))
    assert concept is not None
    wording = Wording(title="Czy jest huśtawka?", labels={"yes": "Tak, jest", "no": "Nie"})
    await store.write(lambda: changing.change_wording("swing_near_by", "easy_read", "pl", wording, by=None, now=NOW))


class TestParts:
    def test_they_make_the_wording_again(self) -> None:
        assert wording_of(parts_of(ENGLISH)) == ENGLISH


class TestWordsOfTheBank:
    async def test_they_are_messages_of_their_own_but_for_what_the_catalogs_translate(self, bank: Store) -> None:
        found = await entries(bank)
        assert found.keys() == {"title", "help", "label:yes", "word:0", "meaning:0", "end:0", "end:1"}
        assert {entry.forms for entry in found.values()} == {("",)}

    async def test_they_wait_until_the_bank_can_take_the_question(self, bank: Store) -> None:
        await said(bank, "Czy jest huśtawka?", "title")
        assert await in_bank(bank) is None, "an option has no words yet"
        kept = await bank.read(lambda: keeping.changes("pl"))
        assert [change.forms for change in kept.values()] == [("Czy jest huśtawka?",)]

    async def test_the_bank_takes_them_with_those_that_waited(self, bank: Store) -> None:
        await put_all(bank)
        await said(bank, "W parku.", "help")
        wording = await in_bank(bank)
        assert wording is not None
        assert (wording.title, wording.help) == ("Czy jest huśtawka?", "W parku.")
        assert wording.labels == {"yes": "Tak, jest", "no": "Nie"}
        assert await bank.read(lambda: keeping.changes("pl")) == {}


class TestChangedEnglish:
    async def change_title(self, store: Store) -> None:
        wording = Wording(title="Can you use a swing?", labels=ENGLISH.labels)
        await store.write(
            lambda: changing.change_wording("swing_near_by", "easy_read", "en", wording, by=None, now=NOW)
        )

    async def test_it_makes_just_that_part_stale_with_what_stood_there(self, bank: Store) -> None:
        await put_all(bank)
        assert await state(bank, "title") == "unconfirmed"
        await self.change_title(bank)
        assert await state(bank, "title") == "stale"
        assert (await entries(bank))["title"].before == ("Is there a swing you can use?",)
        assert await state(bank, "label:yes") == "unconfirmed"

    async def test_new_words_or_a_reader_who_confirms_the_old_ones_end_it(self, bank: Store) -> None:
        await put_all(bank)
        await self.change_title(bank)
        entry = (await entries(bank))["title"]
        check = Check("Ewa", NOW.date())
        await bank.write(lambda: keeping.confirm("pl", entry.message, entry.forms, check))
        assert await state(bank, "title") == "confirmed"
        await said(bank, "Czy możesz się huśtać?", "title")
        assert await state(bank, "title") == "unconfirmed"
