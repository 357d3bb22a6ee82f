"""Other words keep a concept, another meaning makes a new one, and every change stays in its history."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec
import pytest

from surveys.bank import changing, reading
from surveys.bank.changing import ChangedMeanwhile, changed_meaning, fingerprint
from surveys.bank.checking import BankProblem, check_wording, is_whole
from surveys.bank.concepts import Concept, Explained, OfferedOption, Wording
from surveys.tables import ConceptChange, ConceptWording
from voice.storage import Store

NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
SOMEBODY = uuid.UUID(int=7)

LABELS: Mapping[str, str] = {"yes": "Yes", "no": "No"}
LISTENED = Concept(
    "listened",
    "single_choice",
    options=(OfferedOption("yes", "yes"), OfferedOption("no", "no")),
    wordings={"easy_read": {"en": Wording("Did we listen?", "", LABELS), "ur": Wording("کیا ہم نے سنا؟", "", LABELS)}},
)
NOISE = msgspec.structs.replace(LISTENED, code="noise")


@pytest.fixture
async def bank(store: Store) -> Store:
    async def unit() -> None:
        await changing.add(LISTENED, by=SOMEBODY, now=NOW)
        await changing.add(NOISE, by=SOMEBODY, now=NOW)

    await store.write(unit)
    return store


async def reword(store: Store, wording: Wording, *, language: str = "en", seen: str | None = None) -> int:
    changes = await store.write(
        lambda: changing.change_wording("listened", "easy_read", language, wording, by=SOMEBODY, now=NOW, seen=seen)
    )
    return len(changes)


async def in_bank(store: Store, code: str = "listened") -> Concept:
    found = await store.read(lambda: reading.concept(code))
    assert found is not None
    return found


class TestTheRule:
    def test_it_takes_other_words_for_the_same_meaning(self) -> None:
        other = {"easy_read": {"en": Wording("Did you feel listened to?", "Think.", {"yes": "Yes!", "no": "No!"})}}
        assert changed_meaning(LISTENED, msgspec.structs.replace(LISTENED, wordings=other)) == ()

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"kind": "multiple_choice"}, ("kind",)),
            ({"audience": "young_person"}, ("audience",)),
            ({"period": "last_year"}, ("period",)),
            ({"options": (OfferedOption("yes"), OfferedOption("never"))}, ("options",)),
            ({"options": (OfferedOption("yes"),)}, ("options",)),
            ({"places": (OfferedOption("good"),)}, ("places",)),
            ({"most": 2}, ("most",)),
            ({"kind": "faces", "period": "now"}, ("kind", "period")),
            ({"options": (OfferedOption("no", "sun"), OfferedOption("yes", "", "picture"))}, ()),
            ({"also_asked_of": ("school",)}, ()),
            ({"owner": "EHCP team", "good_for_months": 1, "headings": ("x",), "i_statements": ("I am heard.",)}, ()),
        ],
    )
    def test_it_knows_what_is_meaning_and_what_is_not(
        self, change: dict[str, object], expected: tuple[str, ...]
    ) -> None:
        assert changed_meaning(LISTENED, msgspec.structs.replace(LISTENED, **change)) == expected


class TestChangingWords:
    async def test_it_keeps_the_concept_and_writes_down_what_was_and_is(self, bank: Store) -> None:
        wording = Wording("Did you feel listened to?", "Think.", {"yes": "Yes", "no": "Never"})
        assert await reword(bank, wording) == 3
        assert (await in_bank(bank)).wording("easy_read", "en") == wording
        changes = await bank.read(lambda: reading.history("listened"))
        assert [(each.what, each.option, each.before, each.after) for each in reversed(changes)] == [
            ("added", "", "", "Did we listen?"),
            ("title", "", "Did we listen?", "Did you feel listened to?"),
            ("help", "", "", "Think."),
            ("label", "no", "No", "Never"),
        ]
        assert {each.by for each in changes} == {SOMEBODY}
        assert {(each.edition, each.language) for each in changes} == {("", ""), ("easy_read", "en")}
        assert changes[0].at == NOW

    async def test_it_leaves_other_languages_and_concepts_alone(self, bank: Store) -> None:
        await reword(bank, Wording("Did you feel listened to?", "", LABELS))
        assert (await in_bank(bank)).wording("easy_read", "ur") == LISTENED.wording("easy_read", "ur")
        assert (await in_bank(bank, "noise")).wordings == NOISE.wordings
        assert len(await bank.read(lambda: reading.history("noise"))) == 1

    async def test_it_adds_a_language(self, bank: Store) -> None:
        polish = Wording("Czy słuchaliśmy?", "", {"yes": "Tak", "no": "Nie"})
        await reword(bank, polish, language="pl")
        assert (await in_bank(bank)).languages("easy_read") == {"en", "ur", "pl"}

    async def test_it_writes_nothing_down_when_nothing_changed(self, bank: Store) -> None:
        assert await reword(bank, Wording("Did we listen?", "", LABELS)) == 0
        assert len(await bank.read(lambda: reading.history("listened"))) == 1

    async def test_it_overwrites_nothing_that_was_changed_meanwhile(self, bank: Store) -> None:
        seen = fingerprint((await in_bank(bank)).wording("easy_read", "en"))
        await reword(bank, Wording("Did you feel listened to?", "", LABELS), seen=seen)
        with pytest.raises(ChangedMeanwhile):
            await reword(bank, Wording("Did they listen?", "", LABELS), seen=seen)
        assert (await in_bank(bank)).title("en") == "Did you feel listened to?"

    async def test_it_keeps_one_of_two_that_come_at_once(self, bank: Store) -> None:
        seen = fingerprint((await in_bank(bank)).wording("easy_read", "en"))
        tries = [reword(bank, Wording(f"Did we listen {n}?", "", LABELS), seen=seen) for n in range(8)]
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
        assert sorted(type(each).__name__ for each in outcomes) == ["ChangedMeanwhile"] * 7 + ["int"]
        assert len(await bank.read(lambda: reading.history("listened"))) == 2

    async def test_it_keeps_changes_of_two_languages_that_come_at_once(self, bank: Store) -> None:
        codes = ["pl", "ro", "so", "pt", "uk"]
        await asyncio.gather(*(reword(bank, Wording(f"{code}?", "", LABELS), language=code) for code in codes))
        assert (await in_bank(bank)).languages("easy_read") == {"en", "ur", *codes}

    @pytest.mark.parametrize(
        ("wording", "problem"),
        [
            (Wording(" ", "", LABELS), "no_title"),
            (Wording("x" * 301, "", LABELS), "too_long"),
            (Wording("Did we?", "", {"yes": "Yes"}), "no_label"),
            (Wording("Did we?", "", {**LABELS, "maybe": "Maybe"}), "other_options"),
            (Wording("Did we?", "", LABELS, hard_words=(Explained("panel", " ", "panel"),)), "half_hard_word"),
            (Wording("Did we?", "", LABELS, {"maybe": "A question mark"}), "other_options"),
        ],
    )
    async def test_it_refuses_words_that_do_not_fit(self, bank: Store, wording: Wording, problem: str) -> None:
        with pytest.raises(BankProblem) as raised:
            await reword(bank, wording)
        assert raised.value.code == problem
        assert await in_bank(bank) == msgspec.structs.replace(LISTENED, created_on=NOW.date())


class TestChangingTheFacts:
    async def test_it_writes_each_down(self, bank: Store) -> None:
        after = msgspec.structs.replace(
            await in_bank(bank), owner="EHCP team", i_statements=("I am heard.", "I matter.")
        )
        await bank.write(lambda: changing.change_about(after, by=None, now=NOW))
        assert await in_bank(bank) == after
        changes = await bank.read(lambda: reading.history("listened"))
        assert [(each.what, each.before, each.after, each.by) for each in changes[:2]] == [
            ("i_statements", "", "I am heard.\nI matter.", None),
            ("owner", "", "EHCP team", None),
        ]

    async def test_it_refuses_another_meaning(self, bank: Store) -> None:
        after = msgspec.structs.replace(await in_bank(bank), period="last_year")
        with pytest.raises(BankProblem) as raised:
            await bank.write(lambda: changing.change_about(after, by=None, now=NOW))
        assert (raised.value.code, raised.value.field) == ("another_meaning", "period")

    async def test_it_overwrites_nothing_that_was_changed_meanwhile(self, bank: Store) -> None:
        seen = await bank.read(lambda: reading.last_about("listened"))
        before = await in_bank(bank)

        async def change(owner: str) -> object:
            after = msgspec.structs.replace(before, owner=owner)
            return await bank.write(lambda: changing.change_about(after, by=None, now=NOW, seen=seen))

        outcomes = await asyncio.gather(*(change(f"Team {n}") for n in range(6)), return_exceptions=True)
        assert sorted(type(each).__name__ for each in outcomes) == ["ChangedMeanwhile"] * 5 + ["tuple"]


class TestWhatTheBankTakes:
    @pytest.mark.parametrize("places", [(), (OfferedOption("near"),)])
    async def test_it_takes_no_sorting_with_nowhere_to_sort_to(
        self, bank: Store, places: tuple[OfferedOption, ...]
    ) -> None:
        said = Wording("Where?", labels={"park": "Park", "shop": "Shop"}, places={"near": "Near", "far": "Far"})
        options = (OfferedOption("park"), OfferedOption("shop"))
        concept = Concept("where", "sorting", options=options, places=places, wordings={"easy_read": {"en": said}})
        with pytest.raises(BankProblem) as raised:
            await bank.write(lambda: changing.add(concept, by=None, now=NOW))
        assert (raised.value.code, raised.value.field) == ("too_few_places", "places")
        both = msgspec.structs.replace(concept, places=(OfferedOption("near"), OfferedOption("far")))
        assert (await bank.write(lambda: changing.add(both, by=None, now=NOW))).code == "where"


class TestWordsThatAreWhole:
    @pytest.mark.parametrize(
        ("concept", "wording", "problem"),
        [
            (Concept("c", "number_scale"), Wording("How?"), "no_ends"),
            (Concept("c", "number_scale"), Wording("How?", ends=("Bad", " ")), "no_ends"),
            (Concept("c", "number_scale"), Wording("How?", ends=("Bad", "Good")), None),
            (Concept("c", "sorting", places=(OfferedOption("near"),)), Wording("Where?"), "no_place_words"),
            (
                Concept("c", "sorting", places=(OfferedOption("near"),)),
                Wording("Where?", places={"near": "Near"}),
                None,
            ),
        ],
    )
    def test_they_have_ends_and_places(self, concept: Concept, wording: Wording, problem: str | None) -> None:
        assert is_whole(concept, wording) == (problem is None)
        if problem:
            with pytest.raises(BankProblem) as raised:
                check_wording(concept, wording)
            assert raised.value.code == problem

    async def test_a_hard_word_that_was_kept_without_a_code_has_its_place_for_one(self, bank: Store) -> None:
        said = '{"en": {"title": "Did we?", "hard_words": [["panel", "People."], ["draft", "A first try."]]}}'
        await bank.write(
            lambda: ConceptWording.update({ConceptWording.wordings: said}).where(ConceptWording.concept == "listened")
        )
        found = (await in_bank(bank)).wording("easy_read", "en")
        assert found is not None
        assert [each.code for each in found.hard_words] == ["0", "1"]


class TestAnotherMeaning:
    async def test_it_makes_a_new_concept_and_retires_the_old_one(self, bank: Store) -> None:
        new = msgspec.structs.replace(LISTENED, code="listened_last_year", period="last_year")
        await bank.write(lambda: changing.replace("listened", new, by=SOMEBODY, now=NOW))
        assert (await in_bank(bank, "listened_last_year")).follows == "listened"
        assert (await in_bank(bank)).retired_on == NOW.date()
        assert await bank.read(lambda: reading.followed_by("listened")) == "listened_last_year"
        assert [each.code for each in await bank.read(reading.concepts)] == ["listened_last_year", "noise"]
        assert len(await bank.read(lambda: reading.concepts(retired=True))) == 3

    async def test_it_changes_nothing_of_what_has_retired(self, bank: Store) -> None:
        await bank.write(lambda: changing.retire("listened", by=None, now=NOW))
        after = await in_bank(bank)
        new = msgspec.structs.replace(LISTENED, code="other")
        for unit in (
            lambda: changing.change_wording("listened", "easy_read", "en", Wording("x?", "", LABELS), by=None, now=NOW),
            lambda: changing.change_about(msgspec.structs.replace(after, owner="x"), by=None, now=NOW),
            lambda: changing.replace("listened", new, by=None, now=NOW),
            lambda: changing.retire("listened", by=None, now=NOW),
        ):
            with pytest.raises(BankProblem) as raised:
                await bank.write(unit)
            assert raised.value.code == "retired"
        assert await in_bank(bank) == after
        assert await bank.read(lambda: reading.concept("other")) is None

    async def test_it_never_uses_a_code_again(self, bank: Store) -> None:
        await bank.write(lambda: changing.retire("listened", by=None, now=NOW))
        with pytest.raises(BankProblem) as raised:
            await bank.write(lambda: changing.add(LISTENED, by=None, now=NOW))
        assert raised.value.code == "code_taken"

    async def test_it_retires_nothing_when_the_new_one_is_refused(self, bank: Store) -> None:
        with pytest.raises(BankProblem):
            await bank.write(lambda: changing.replace("listened", NOISE, by=None, now=NOW))
        assert not (await in_bank(bank)).is_retired

    async def test_it_knows_when_there_is_nothing_to_change(self, bank: Store) -> None:
        with pytest.raises(BankProblem) as raised:
            await bank.write(lambda: changing.retire("nothing", by=None, now=NOW))
        assert raised.value.code == "unknown"


class TestTheHistory:
    async def test_it_only_grows(self, bank: Store) -> None:
        for unit in (
            ConceptChange.update({ConceptChange.after: "x"}).where(ConceptChange.concept == "listened").run,
            ConceptChange.delete().where(ConceptChange.concept == "listened").run,
        ):
            with pytest.raises(Exception, match="the history of a concept"):
                await bank.write(unit)
        [only] = await bank.read(lambda: reading.history("listened"))
        assert only.after == "Did we listen?"
