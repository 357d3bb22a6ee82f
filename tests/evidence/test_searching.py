"""Finding voices by words and filters, counting them, and never more than somebody may read."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.bank import TODAY, a_session, voice
from tests.evidence.families import answered
from voice.evidence import quotes, transcripts
from voice.evidence.already import already_known
from voice.evidence.forgetting import forget, forget_what_is_over
from voice.evidence.keeping import NewVoice, keep
from voice.evidence.may_read import MayRead, may_read, nobody_reads
from voice.evidence.reading import read_new_voices
from voice.evidence.searching import A_PAGE, Bank, Found, Search
from voice.evidence.tables import Suggestion, Voice
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store
from voice.storage.files import FileFolder

SAID = {
    "en": "We were waiting for a taxi to school.",
    "pl": "Słuchali nas i pomogli.",
    "ur": "ہمارے اسکول میں شور ہے",
    "bn": "আমাদের স্কুল ভালো",
    "pa": "ਸਕੂਲ ਵਿੱਚ ਰੌਲਾ ਹੈ",
    "ar": "المدرسة بعيدة جدًا",
}
ANALYST = may_read(Role.ANALYST, uuid.uuid4(), today=TODAY)


async def kept(store: Store, *voices: NewVoice) -> None:
    await store.write(lambda: keep(voices))


async def search(store: Store, words: str = "", reader: MayRead = ANALYST, **filters: str) -> Found:
    return await Bank(store).search(Search(words, **filters), reader, today=TODAY)


async def texts(store: Store, words: str, **filters: str) -> list[str | None]:
    return [each.words for each in (await search(store, words, **filters)).voices]


class TestWords:
    async def test_it_finds_words_of_every_script_and_the_beginnings_of_words(self, store: Store) -> None:
        await kept(store, *(voice(text, language=language) for language, text in SAID.items()))
        for language, typed in {
            "en": "WAIT taxi",
            "pl": "sluchali",
            "ur": "اسكول",
            "bn": "স্কুল",
            "pa": "ਸਕੂਲ",
            "ar": "المَدرسة",
        }.items():
            assert await texts(store, typed) == [SAID[language]], typed
        assert await texts(store, '"taxi to school"') == [SAID["en"]]
        assert await texts(store, '"taxi school"') == []
        assert await texts(store, "taxi elephant") == []
        assert await texts(store, "***") == []

    async def test_it_follows_what_is_changed_and_forgotten(self, store: Store) -> None:
        bank = Bank(store)
        first, second = voice("A blue door", term="2026-summer"), voice("A red door")
        await kept(store, first, second)

        async def found(words: str) -> tuple[int | None, dict[str, int | None]]:
            one = await bank.search(Search(words), ANALYST, today=TODAY)
            return one.total, {kind.value: kind.n for kind in one.kinds["term"]}

        assert await found("door") == (2, {"2026-autumn": 1, "2026-summer": 1})
        await kept(store, voice("A green door", id=first.id))
        assert await found("blue") == (0, {})
        assert await found("door") == (2, {"2026-autumn": 2})
        await store.write(lambda: forget([second.id]))
        assert await found("door") == (1, {"2026-autumn": 1})

    async def test_answers_become_voices_and_are_themed_as_all_others(self, store: Store) -> None:
        await answered(store, 2, went_well="They waited with us for a taxi.", felt_listened_to="yes")
        await kept(store, voice("We wait and wait for the taxi."), voice(None, form="drawing"))
        assert await read_new_voices(store) == 3
        found = await search(store, "taxi", theme="waiting")
        assert {(each.source, each.concept) for each in found.voices} >= {("drop_box", "")}
        survey = next(each for each in (await search(store, source="survey")).voices)
        assert (survey.term, survey.said_on, survey.permitted) == ("2026-autumn", "2026-09", "quote")
        assert await store.read(Suggestion.count) == 3

    async def test_a_voice_goes_when_its_time_is_over(self, store: Store, tmp_path: Path) -> None:
        await kept(
            store, voice("For a while", expires_on=TODAY), voice("For a day", expires_on=TODAY - dt.timedelta(1))
        )
        assert await texts(store, "for") == ["For a while"]
        assert (await search(store)).total == 1
        await forget_what_is_over(store, FileFolder(tmp_path), today=TODAY)
        assert await store.read(Voice.count) == 1

    async def test_pages_follow_each_other_and_miss_nothing(self, store: Store) -> None:
        bank = Bank(store)
        many = [voice(f"Number {n}", permitted="count" if n % 3 == 0 else "read") for n in range(3 * A_PAGE)]
        await kept(store, *many)
        seen: list[str | None] = []
        before: int | None = None
        pages = 0
        while pages < 5:
            pages += 1
            found = await bank.search(Search("number"), ANALYST, today=TODAY, before=before)
            seen += [each.words for each in found.voices]
            before = found.after
            if before is None:
                break
        assert pages == 2
        assert sorted(map(str, seen)) == sorted(each.text or "" for each in many if each.permitted == "read")
        assert (found.total, found.readable) == (3 * A_PAGE, 2 * A_PAGE)


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ['"', "'", "*", "-", "NEAR(", "AND", "OR NOT", "{", "}", "{}", ":*", "<->", "\\", "%", ";--", "\x00"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map(" ".join)


class TestHostileWords:
    async def test_nothing_that_is_typed_is_an_error(self, store: Store) -> None:
        await kept(store, voice("a near and or not b"))
        bank = Bank(store)
        typed: list[str] = []

        @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(HOSTILE)
        def gather(words: str) -> None:
            typed.append(words)

        gather()
        for words in typed:
            await bank.search(
                Search(words.replace("\x00", ""), setting=words.replace("\x00", "")), ANALYST, today=TODAY
            )
        assert len(typed) >= 50


class TestWhoMayReadWhat:
    async def test_each_role_reads_only_what_was_promised_to_it(self, store: Store) -> None:
        """Every source, permitted use and decision, for every role."""
        sources = ("survey", "session", "review", "drop_box", "tell_us")
        said: dict[str, NewVoice] = {}

        async def unit() -> uuid.UUID:
            me = await signing_in.add_member("mine@example.org", Role.FACILITATOR)
            own, other = await a_session(me), await a_session(uuid.uuid4())
            for source, permitted, decision in itertools.product(
                sources, ("count", "read", "quote"), ("", "released", "private")
            ):
                for origin in (own, other) if source == "session" else (other,):
                    name = f"{source} {permitted} {decision or 'undecided'} {'own' if origin == own else 'other'}"
                    said[name] = voice(name, source=source, permitted=permitted, origin=origin)
            await keep(list(said.values()))
            for name, each in said.items():
                if "undecided" not in name:
                    await quotes.decide(
                        each.id, "released" if "released" in name else "private", f"… {name}", by=me, today=TODAY
                    )
            return me

        me = await store.write(unit)
        bank = Bank(store)
        everything = {name for name in said if " count " not in name}
        expected = {
            Role.OFFICER: everything,
            Role.ANALYST: everything,
            Role.ADMINISTRATOR: everything,
            Role.FACILITATOR: {name for name in everything if name.startswith("session") and name.endswith("own")},
            Role.LEAD: {f"… {name}" for name in said if " quote released" in name},
            Role.TRANSLATOR: set(),
            Role.SAFEGUARDING: set(),
            Role.GOVERNANCE: set(),
        }
        assert set(expected) == set(Role)
        for role, names in expected.items():
            reader = may_read(role, me, today=TODAY)
            seen: set[str | None] = set()
            before: int | None = None
            while True:
                found = await bank.search(Search(), reader, today=TODAY, before=before)
                seen |= {each.words for each in found.voices}
                before = found.after
                if before is None:
                    break
            assert seen == names, role
            assert found.readable == len(names)
            one_by_one = [await bank.read(each.id, reader) for each in said.values()]
            assert {each.words for each in one_by_one if each} == names, role


class TestCounts:
    async def test_small_numbers_of_people_are_hidden(self, store: Store) -> None:
        """Of needs and places from everybody, of everything from those who see counts only."""
        many = [voice("A", need="autism", setting="Large", person=uuid.uuid4()) for _ in range(12)]
        few = [voice("A", need="hearing", setting="Small", person=uuid.uuid4(), language="ur") for _ in range(9)]
        one = uuid.uuid4()
        chatty = [voice("A", need="speech", setting="Chatty", person=one) for _ in range(30)]
        await kept(store, *many, *few, *chatty)
        found = await search(store)
        assert {kind.value: kind.n for kind in found.kinds["language"]} == {"en": 42, "ur": 9}
        assert {kind.value: kind.n for kind in found.kinds["need"]} == {"autism": None}
        assert [kind.value for kind in found.kinds["setting"]] == ["Large"]
        assert (await search(store, setting="Small")).voices == ()
        assert (await search(store, setting="Large")).total == 12
        lead = may_read(Role.LEAD, uuid.uuid4(), today=TODAY)
        counted = await search(store, reader=lead)
        assert {kind.value: kind.n for kind in counted.kinds["language"]} == {"en": None, "ur": None}
        assert (await search(store, reader=lead, language="ur")).total is None
        assert (await search(store, "nobody", reader=lead)).total == 0

    async def test_it_says_what_is_known_already(self, store: Store) -> None:
        await answered(store, 11, went_well="They rang us back.", could_be_better="Ring us back sooner.")
        await read_new_voices(store)
        bank = Bank(store)
        known = await already_known(store, bank, Search(concept="went_well"), nobody_reads(), today=TODAY)
        assert (known.voices, known.people, known.newest_term) == (11, 11, "2026-autumn")
        [place] = known.places
        assert (place.source, place.n) == ("survey", 11)
        assert known.found.voices == ()
        by_words = await already_known(store, bank, Search("ring us"), ANALYST, today=TODAY)
        assert (by_words.voices, by_words.people) == (11, 11)
        few = await already_known(store, bank, Search("elephants"), ANALYST, today=TODAY)
        assert (few.voices, few.people) == (0, 0)


class TestTranscripts:
    async def test_a_draft_is_no_voice_before_somebody_has_accepted_it(self, store: Store) -> None:
        heard = voice("Beside it", form="audio", file=uuid.uuid4(), source="session")
        await kept(store, heard)
        today = TODAY

        async def draft() -> uuid.UUID:
            await transcripts.keep_draft(heard.id, "the slide is to high", language="en", engine="e", today=today)
            return await signing_in.add_member("a@example.org", Role.ANALYST)

        person = await store.write(draft)
        assert await texts(store, "slide") == []
        await store.write(
            lambda: transcripts.accept(heard.id, "The slide is too high", language="en", by=person, today=today)
        )
        made = await store.read(lambda: transcripts.of(heard.id))
        assert made is not None
        assert (made.made_by, made.accepted_by, made.accepted_on) == ("person", person, today)
        assert await texts(store, "slide") == ["Beside it\n\nThe slide is too high"]
        await kept(store, heard)
        assert await texts(store, "slide") == ["Beside it\n\nThe slide is too high"]
        await store.write(lambda: transcripts.keep_draft(heard.id, "x", language="en", engine="e", today=today))
        await store.write(lambda: transcripts.accept(heard.id, "The slide", language="en", by=person, today=today))
        assert await texts(store, "slide") == ["Beside it\n\nThe slide"]

    async def test_a_draft_that_is_accepted_as_it_is_stays_a_machines(self, store: Store) -> None:
        heard = voice(None, form="audio")
        await kept(store, heard)

        async def unit() -> None:
            await transcripts.keep_draft(heard.id, "the slide is to high", language="en", engine="e", today=TODAY)
            person = await signing_in.add_member("a@example.org", Role.ANALYST)
            await transcripts.accept(heard.id, "the  slide is to high", language="en", by=person, today=TODAY)

        await store.write(unit)
        made = await store.read(lambda: transcripts.of(heard.id))
        assert made is not None
        assert (made.made_by, made.engine) == ("machine", "e")
