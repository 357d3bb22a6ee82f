"""The ten languages: how each is written, and the words that translators changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from babel import Locale

from surveys.translating.messages import catalog_message
from voice import languages
from voice.languages import LANGUAGES
from voice.web import wordings


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    languages.lay_over("pl", [])
    languages.set_checked(())
    languages.speak("en")


class TestTheLanguages:
    def test_it_has_the_ten(self) -> None:
        assert list(LANGUAGES) == ["en", "ur", "pa", "pl", "ro", "ar", "bn", "so", "uk", "pt"]

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_it_is_written_as_its_speakers_write_it(self, code: str) -> None:
        language = LANGUAGES[code]
        locale = Locale.parse(language.locale)
        assert locale.language == code
        assert language.direction == locale.character_order.replace("right-to-left", "rtl").replace(
            "left-to-right", "ltr"
        )
        script = locale.script or {"ur": "Arab", "ar": "Arab", "bn": "Beng", "uk": "Cyrl"}.get(code, "Latn")
        assert language.script == script


class TestNumbersAndDates:
    @pytest.mark.parametrize(
        ("code", "number", "day"),
        [
            ("en", "1,234", "18 November 2026"),
            ("bn", "১,২৩৪", "১৮ নভেম্বর, ২০২৬"),
            ("ur", "1,234", "18 نومبر، 2026"),
            ("ar", "1,234", "18 نوفمبر 2026"),
            ("pa", "1,234", "18 ਨਵੰਬਰ 2026"),
            ("uk", "1\u00a0234", "18 листопада 2026\u202fр."),
            ("pl", "1\u00a0234", "18 listopada 2026"),
            ("ro", "1.234", "18 noiembrie 2026"),
            ("pt", "1\u00a0234", "18 de novembro de 2026"),
            ("so", "1,234", "Noofeembar 18, 2026"),
        ],
    )
    def test_they_are_in_the_digits_and_words_of_the_language(self, code: str, number: str, day: str) -> None:
        languages.speak(code)
        assert wordings.number(1234).replace("\u202f", "\u00a0") == number
        said = wordings.date(dt.date(2026, 11, 18))
        assert said.replace("\u00a0", " ").replace("\u202f", " ") == day.replace("\u202f", " ")

    @pytest.mark.parametrize(
        ("code", "month", "term"),
        [
            ("ro", "mai 2026", "Toamna 2026"),
            ("pt", "maio de 2026", "Outono de 2026"),
            ("so", "Maayo 2026", "Dayrta 2026"),
        ],
    )
    def test_months_and_terms_are_said_in_it(self, code: str, month: str, term: str) -> None:
        languages.speak(code)
        assert (wordings.month("2026-05"), wordings.term("2026-autumn")) == (month, term)

    def test_a_share_and_a_term_too(self) -> None:
        languages.speak("bn")
        assert "২০২৬" in wordings.term("2026-autumn")
        assert "৫" in wordings.month("2025-05")


class TestChangedWords:
    YES = catalog_message(["Yes"])
    ROWS = catalog_message(["%(num)s row.", "%(num)s rows."])

    def test_they_are_said_in_place_of_the_catalogs(self) -> None:
        languages.lay_over("pl", [(self.YES, ("Owszem",)), (self.ROWS, ("a", "b", "c"))])
        languages.speak("pl")
        assert languages.gettext("Yes") == "Owszem"
        assert [languages.ngettext("%(num)s row.", "%(num)s rows.", n) for n in (1, 2, 5)] == ["a", "b", "c"]
        assert languages.gettext("No") == "Nie"
        assert languages.words("Yes")["pl"] == "Owszem"

    def test_the_catalogs_come_back_when_nothing_is_changed_any_more(self) -> None:
        languages.lay_over("pl", [(self.YES, ("Owszem",))])
        languages.lay_over("pl", [])
        assert languages.catalog("pl").gettext("Yes") == "Tak"
        assert languages.words("Yes")["pl"] == "Tak"

    def test_what_is_kept_of_pages_can_tell(self) -> None:
        before = languages.turn("pl")
        languages.lay_over("pl", [(self.YES, ("Owszem",))])
        assert languages.turn("pl") > before

    def test_a_draft_stays_a_draft_until_every_message_is_confirmed(self) -> None:
        assert languages.is_machine_draft("pl")
        languages.lay_over("pl", [(self.YES, ("Owszem",))])
        assert languages.is_machine_draft("pl")
        languages.set_checked(["pl"])
        assert not languages.is_machine_draft("pl")


class TestWordsForDocuments:
    def test_a_language_without_the_message_is_left_out(self) -> None:
        assert languages.words("Nobody has translated this.") == {"en": "Nobody has translated this."}
        assert set(languages.words("Yes")) == set(LANGUAGES)


class TestWhatALanguageSays:
    def test_it_tells_words_from_english_that_stands_in(self) -> None:
        new = catalog_message(("Nobody has translated this.",))
        rows = catalog_message(("%(num)s thing nobody counts", "%(num)s things nobody counts"))
        month = catalog_message(("May",), context="month")
        assert not any(languages.says("pl", each) for each in (new, rows, month))
        languages.lay_over("pl", [(new, ("Już jest.",)), (rows, ("a", "b", "c")), (month, ("maj",))])
        assert all(languages.says("pl", each) for each in (new, rows, month))
        assert languages.says("en", new)
        assert languages.says("pl", catalog_message(("Yes",)))
