"""Where a message stands: missing, stale, not yet confirmed, confirmed."""

from __future__ import annotations

import datetime as dt

from surveys.translating.catalogs import Check, Entry
from surveys.translating.messages import Message, catalog_message, text_hash
from surveys.translating.state import Change, KeptCheck, Translation, counts, translations

YES = catalog_message(["Yes"])
CHECK = Check("Ewa Nowak", dt.date(2026, 11, 18))


def kept(message: Message, *forms: str) -> dict[str, KeptCheck]:
    return {message.id: KeptCheck(message.id, text_hash(message, forms, "pl"), CHECK)}


def changed(message: Message, *forms: str, source: tuple[str, ...] = ()) -> dict[str, Change]:
    return {message.id: Change(message.id, source or message.forms, forms, "Ewa Nowak")}


def only(found: list[Translation]) -> Translation:
    assert len(found) == 1
    return found[0]


class TestStates:
    def test_a_machines_words_are_unconfirmed(self) -> None:
        assert only(translations([Entry(YES, ("Tak",))], {}, {}, "pl")).state == "unconfirmed"

    def test_no_words_are_missing(self) -> None:
        assert only(translations([Entry(YES, ("",))], {}, {}, "pl")).state == "missing"

    def test_a_reader_confirms_just_the_words_they_read(self) -> None:
        entry = Entry(YES, ("Tak",))
        found = only(translations([entry], {}, kept(YES, "Tak"), "pl"))
        assert (found.state, found.check) == ("confirmed", CHECK)
        assert only(translations([entry], {}, kept(YES, "Owszem"), "pl")).state == "unconfirmed"

    def test_changed_words_take_the_place_of_the_catalogs_and_of_its_check(self) -> None:
        entry = Entry(YES, ("Tak",), CHECK)
        assert only(translations([entry], {}, {}, "pl")).state == "confirmed"
        found = only(translations([entry], changed(YES, "Owszem"), {}, "pl"))
        assert (found.forms, found.state, found.changed_by) == (("Owszem",), "unconfirmed", "Ewa Nowak")

    def test_a_reader_who_checked_the_whole_catalog_has_not_checked_later_changes(self) -> None:
        entry = Entry(YES, ("Tak",))
        assert only(translations([entry], {}, {}, "pl", whole_is_checked=True)).state == "confirmed"
        later = translations([entry], changed(YES, "Owszem"), {}, "pl", whole_is_checked=True)
        assert only(later).state == "unconfirmed"

    def test_it_counts_every_state(self) -> None:
        found = translations([Entry(YES, ("Tak",)), Entry(catalog_message(["No"]), ("",))], {}, kept(YES, "Tak"), "pl")
        assert counts(found) == {"missing": 1, "stale": 0, "unconfirmed": 0, "confirmed": 1}


class TestAChangedSource:
    def test_it_makes_the_words_stale_and_shows_what_they_were_made_for(self) -> None:
        change = changed(YES, "Tak", source=("Yes!",))
        found = only(translations([Entry(YES, ("",))], change, {}, "pl"))
        assert (found.state, found.before) == ("stale", (("Yes!",), ("Tak",)))

    def test_a_new_wording_finds_what_the_old_one_said(self) -> None:
        old, new = catalog_message(["You can stop at any time."]), catalog_message(["You can stop any time you like."])
        found = only(translations([Entry(new, ("",))], changed(old, "Można przerwać."), {}, "pl"))
        assert (found.state, found.before) == ("stale", (old.forms, ("Można przerwać.",)))

    def test_words_of_another_message_are_not_shown_as_earlier_ones(self) -> None:
        other = catalog_message(["How we keep you safe"])
        assert only(translations([Entry(YES, ("",))], changed(other, "Jak dbamy"), {}, "pl")).state == "missing"

    def test_what_the_catalog_calls_fuzzy_is_stale(self) -> None:
        assert only(translations([Entry(YES, ("Tak",), is_old=True)], {}, {}, "pl")).state == "stale"
