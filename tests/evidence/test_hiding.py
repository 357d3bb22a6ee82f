"""What is hidden in quotes: found by the machine, confirmed or changed by a person, known again later."""

from __future__ import annotations

import pytest

from tests.evidence.bank import TODAY, voice
from voice.evidence import quotes
from voice.evidence.hidden_words import hidden_words, place_in_quote
from voice.evidence.keeping import keep
from voice.evidence.known_names import Known, known_names
from voice.evidence.private_details import Found, Texts, look
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage import Store

TEXT = "Ann Lee of Oak School rang. Then Ann Lee left."


class TestHiding:
    def test_it_hides_what_was_found_and_what_a_person_adds(self) -> None:
        found = [Found(0, 7, "[name]"), Found(33, 40, "[name]")]
        assert quotes.hiding(TEXT, found, "oak school, lee") == "[name] of […] rang. Then [name] left."
        assert quotes.hiding(TEXT, found[:1]) == "[name] of Oak School rang. Then Ann Lee left."
        assert quotes.hiding(TEXT, ()) == TEXT
        with pytest.raises(quotes.WordsNotFound):
            quotes.hiding(TEXT, found, "Bob")

    def test_it_knows_which_words_are_hidden(self) -> None:
        shown = "[name] of […] rang. Then [name] left."
        hidden = hidden_words(TEXT, shown)
        assert hidden is not None
        assert [TEXT[each.start : each.end] for each in hidden] == ["Ann Lee", "Oak School", "Ann Lee"]
        sentence = slice(place_in_quote(hidden, 28, is_end=False), place_in_quote(hidden, len(TEXT), is_end=True))
        assert shown[sentence] == "Then [name] left."
        assert hidden_words(TEXT, "[name] said something else.") is None
        assert hidden_words(TEXT, TEXT) == ()

    def test_it_looks_with_the_names_that_are_known(self) -> None:
        (found,) = look(Texts((Known("Zog Brightly", "PERSON"),), ("zog brightly helped us a lot",)))
        assert found == (Found(0, 12, "[name]"),)


class TestKnownNames:
    async def test_they_come_from_places_staff_and_what_was_hidden_before(self, store: Store) -> None:
        async def unit() -> tuple[Known, ...]:
            by = await signing_in.add_member("priya.nair@known.example", Role.ANALYST)
            await signing_in.add_member("analyst@known.example", Role.ANALYST)
            said = [voice(TEXT, setting="Elm House"), voice("We waited for help there."), voice("Kim helped.")]
            await keep(said)
            for each, shown in zip(
                said,
                ("[name] of […] rang. Then [name] left.", "We waited for [name] there.", "Kim helped."),
                strict=True,
            ):
                await quotes.decide(each.id, "released", shown, by=by, today=TODAY)
            return await known_names()

        assert {each.words for each in await store.write(unit)} == {
            "Elm House",
            "Priya",
            "Nair",
            "Priya Nair",
            "Ann Lee",
        }
