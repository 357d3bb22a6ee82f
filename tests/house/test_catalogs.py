"""Every catalog is current and whole: what the pages and the code say, it says in its language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from surveys.templates import post_ehcp
from surveys.translating import plurals
from surveys.translating.checking import wording_problem
from surveys.translating.completeness import complete_languages
from surveys.translating.messages import catalog_message
from voice.languages import LANGUAGES, SOURCE, catalog, words

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


@cache
def said() -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Every message in the code and the pages, fresh from them: by context and id, with its forms."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for folder in ("surveys", "voice", "templates"):
        here = {pattern.removeprefix(f"{folder}/"): options[pattern] for pattern in options if folder in pattern}
        for _, _, ids, _, context in extract_from_dir(
            ROOT / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if folder in pattern],
            here,
            keywords={**DEFAULT_KEYWORDS, "words": None},
        ):
            forms = (ids,) if isinstance(ids, str) else tuple(ids)
            found[context, forms[0]] = max(forms, found.get((context, forms[0]), ()), key=len)
    return found


def read_catalog(code: str) -> Catalog:
    with (ROOT / "locales" / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(code: str) -> list[Message]:
    return [message for message in read_catalog(code) if message.id]


def forms_of(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def translated(code: str) -> list[Message]:
    return [message for message in messages(code) if all(form.strip() for form in forms_of(message.string))]


class TestWhatIsSaid:
    def test_it_is_found_in_code_surveys_and_pages(self) -> None:
        ids = {id for _, id in said()}
        assert {
            "Check your answers",
            "What kind of plan was it?",
            "Choose a file first.",
            "Your link to sign in",
        } <= ids
        assert said()[None, "%(num)s row."] == ("%(num)s row.", "%(num)s rows.")


@pytest.mark.parametrize("code", TRANSLATED)
class TestEachCatalog:
    def test_it_has_every_message_and_no_other(self, code: str) -> None:
        known = {(message.context, forms_of(message.id)[0]): forms_of(message.id) for message in messages(code)}
        missing, stale = said().keys() - known.keys(), known.keys() - said().keys()
        assert (missing, stale) == (set(), set()), "run 'make words', then translate"
        assert known == said()

    def test_it_leaves_nothing_fuzzy_and_nothing_out(self, code: str) -> None:
        stale = [message.id for message in messages(code) if message.fuzzy]
        assert stale == [], "stale: their English has changed. Translate anew, then take out 'fuzzy' and the '#|' lines"
        assert [m.id for m in messages(code) if any(c.startswith("|") for c in m.user_comments)] == []
        done = {(message.context, message.id) for message in translated(code)}
        assert [message.id for message in messages(code) if (message.context, message.id) not in done] == []

    def test_it_has_all_words_of_the_survey_on_the_letter(self, code: str) -> None:
        assert code in complete_languages(post_ehcp.document(words, tuple(LANGUAGES)))

    def test_it_has_all_plural_forms(self, code: str) -> None:
        expected = plurals.form_count(code)
        assert read_catalog(code).num_plurals == expected
        assert {len(forms_of(m.string)) for m in messages(code) if not isinstance(m.id, str)} == {expected}

    def test_it_fills_in_the_same_places_in_every_form(self, code: str) -> None:
        wrong = [
            (message.id, problem)
            for message in translated(code)
            if (problem := wording_problem(catalog_message(forms_of(message.id)), forms_of(message.string), code))
        ]
        assert wrong == []

    def test_it_says_who_drafted_it(self, code: str) -> None:
        assert str(read_catalog(code).last_translator).strip()
        assert not str(read_catalog(code).last_translator).startswith("FULL NAME")

    def test_it_is_in_its_own_letters(self, code: str) -> None:
        same = [m.id for m in messages(code) if isinstance(m.id, str) and m.id == m.string and len(m.id) > 13]
        assert same == []

    def test_it_is_compiled_as_it_stands(self, code: str) -> None:
        compiled = catalog(code)
        behind = [
            message.id
            for message in translated(code)
            if isinstance(message.id, str) and not message.context and compiled.gettext(message.id) != message.string
        ]
        assert behind == [], "run 'make install'"
