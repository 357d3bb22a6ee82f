"""The translators' pages: words beside their English, confirmed by name, and files that go out and come back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from surveys.bank import changing
from surveys.bank.concepts import Concept, OfferedOption, Wording
from surveys.translating import keeping
from surveys.translating.catalogs import Check
from surveys.translating.checking import wording_problem
from surveys.translating.messages import catalog_message
from surveys.translating.state import counts
from tests.conftest import NOON
from tests.pages import CheckingClient, Page
from voice import languages
from voice.people.roles import Role
from voice.translators import TRANSLATED, counted, entries, translations_in
from voice.web.translate import words as in_words

YES = catalog_message(("Yes",)).id
FAMILIES = catalog_message(("%(num)s person has answered.", "%(num)s people have answered.")).id
COUNTS = catalog_message(("{waiting} waiting, {sent} sent",)).id
LINK = catalog_message(("Your link to sign in",)).id


@pytest.fixture
def translator(client: CheckingClient) -> Iterator[CheckingClient]:
    client.sign_in(Role.TRANSLATOR)
    yield client
    for code in languages.LANGUAGES:
        if code != languages.SOURCE:
            languages.lay_over(code, [])
    languages.set_checked(())


def words(code: str, id: str, query: str = "show=all") -> str:
    return f"/work/translating/{code}/words/{id}?{query}"


def said(code: str, message: str) -> str:
    return languages.catalog(code).gettext(message)


class TestTheLanguages:
    def test_it_shows_how_far_each_is(self, translator: CheckingClient) -> None:
        page = translator.get("/work/translating")
        names = [link.text() for link in page.tree.css("tbody th a")]
        assert names == [each.name for each in languages.LANGUAGES.values() if each.code != "en"]
        figures = [int(cell.text().split()[0].replace(",", "")) for cell in page.tree.css("tbody tr:first-child td")]
        assert figures[0] == 0, "nobody has checked anything yet"
        assert sum(figures) > 400

    def test_it_counts_what_was_done_since_somebody_looked(self, translator: CheckingClient) -> None:
        before = translator.run(lambda: counted(translator.parts.store))
        assert translator.run(lambda: counted(translator.parts.store)) == before
        check = Check("Ewa", NOON.date())
        yes = next(each for each in entries("pl") if each.message.id == YES)
        translator.unit(lambda: keeping.confirm("pl", yes.message, yes.forms, check))
        after = translator.run(lambda: counted(translator.parts.store))
        assert after["pl"]["confirmed"] == before["pl"]["confirmed"] + 1
        assert after["ur"] == before["ur"]
        for code in ("pl", "ur"):
            each = translator.run(lambda code=code: translations_in(translator.parts.store, code))  # type: ignore[misc]
            assert after[code] == counts(each)

    def test_it_is_for_translators_and_those_who_build_surveys(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        client.get("/work/translating", status=403)
        client.client.cookies.clear()
        client.sign_in(Role.OFFICER)
        client.get("/work/translating")

    def test_it_knows_no_other_language(self, translator: CheckingClient) -> None:
        for code in ("en", "xx"):
            translator.get(f"/work/translating/{code}/import", status=404)


class TestTheList:
    def test_it_holds_what_is_not_checked_and_leads_to_each(self, translator: CheckingClient) -> None:
        page = translator.get("/work/translating/ur")
        assert page.h1 == "Words in اردو"
        assert len(page.tree.css("tbody tr")) == 25
        cell = page.tree.css("tbody td .said-in")[0]
        assert (cell.attributes["lang"], cell.attributes["dir"]) == ("ur", "rtl")
        link = page.tree.css("tbody a")[0]
        assert link.text() in translator.get(str(page.url.join(link.attributes["href"] or ""))).text

    def test_it_can_be_of_one_survey_only(self, translator: CheckingClient) -> None:
        whole = translator.get("/work/translating/pl?show=all")
        one = translator.get("/work/translating/pl?show=all&survey=post-ehcp")
        assert "texts in this list" in one.text
        assert one.text.split(" texts in this list")[0] != whole.text.split(" texts in this list")[0]
        missing = one.one('.tabs a[href*="show=missing"]').attributes["href"] or ""
        assert translator.get(str(one.url.join(missing))).form()["survey"] == "post-ehcp"
        translator.get("/work/translating/pl?survey=not-a-survey", status=404)
        translator.get("/work/translating/pl?show=nonsense", status=404)


class TestOneMessage:
    def test_it_stands_beside_its_english_with_its_picture(self, translator: CheckingClient) -> None:
        page = translator.get(words("pl", YES))
        assert page.one("section blockquote").text() == "Yes"
        assert page.written == "Tak"
        assert page.tree.css("section img.symbol")

    @pytest.mark.parametrize(
        ("message", "places"),
        [
            (("Check your answers",), ["Pages where people answer"]),
            (("of %(num)s family", "of %(num)s families"), ["The page of the lead"]),
            (("Choose a file first.",), ["Pages for staff"]),
            (("I would rather not say",), ["Pages where people answer"]),
        ],
    )
    def test_it_says_in_words_where_people_meet_it(
        self, translator: CheckingClient, message: tuple[str, ...], places: list[str]
    ) -> None:
        page = translator.get(words("pl", catalog_message(message).id))
        found = [" ".join(each.text().split()) for each in page.tree.css("section h3 + ul li")]
        assert set(places) <= {each.partition(" templates/")[0].partition(" voice/")[0] for each in found}

    def test_words_that_officers_wrote_stand_beside_their_picture(self, translator: CheckingClient) -> None:
        concept = Concept(
            "swing_near_by",
            "single_choice",
            symbol="tree",
            options=(OfferedOption("yes", "sun"), OfferedOption("no")),
            wordings={"easy_read": {"en": Wording("Is there a swing?", labels={"yes": "There is", "no": "None"})}},
        )
        translator.unit(lambda: changing.add(concept, by=None, now=NOON))
        for part, words_of, picture in (("title", "Is there a swing?", "tree"), ("label:yes", "There is", "sun")):
            context = f"question bank / swing_near_by / easy_read / {part}"
            page = translator.get(words("pl", catalog_message((words_of,), context=context).id))
            assert "Question bank: Is there a swing?" in page.text
            shown = page.one("section img.symbol").attributes["src"] or ""
            assert f"/symbols/{picture}.svg" in shown

    def test_it_names_the_numbers_of_each_plural_form_and_shows_what_is_filled_in(
        self, translator: CheckingClient
    ) -> None:
        page = translator.get(words("pl", FAMILIES))
        labels = [" ".join(label.text().split()) for label in page.tree.css("section form label")][:3]
        assert labels == ["Words for 1", "Words for 2, 3, 4, 22 …", "Words for 0, 5, 6, 7 …"]
        assert [chip.text() for chip in page.tree.css(".chips code")] == ["{num}"]
        assert len(translator.get(words("ar", FAMILIES)).tree.css("textarea")) == 6

    def test_it_is_confirmed_by_a_named_reader_and_goes_on_to_the_next(self, translator: CheckingClient) -> None:
        first = translator.get("/work/translating/pl").one("p.buttons a.button:not(.plain)").attributes["href"] or ""
        page = translator.get(first)
        after = translator.submit(page, {"go": "confirm"}, name="Ewa Nowak")
        assert after.path != page.path
        assert after.form()["name"] == "Ewa Nowak", "the name is remembered on this device"
        checked = translator.get("/work/translating/pl?show=confirmed")
        assert "1 text in this list" in checked.text
        assert checked.one("tbody bdi").text() == "Ewa Nowak"
        assert "18 November 2026" in checked.text

    def test_it_asks_for_the_name(self, translator: CheckingClient) -> None:
        page = translator.submit(translator.get(words("pl", YES)), {"go": "confirm"}, status=422, name="  ")
        assert page.problem_field.attributes["id"] == "name"

    def test_it_is_said_in_the_changed_words_from_now_on(self, translator: CheckingClient) -> None:
        page = translator.get(words("pl", LINK))
        translator.submit(page, {"go": "save"}, **{"form-0": "Inne słowa", "name": "Ewa"})
        assert said("pl", "Your link to sign in") == "Inne słowa"
        assert said("pl", "Yes") == "Tak"
        again = translator.get(words("pl", LINK))
        assert again.written == "Inne słowa"
        assert "Not checked yet" in again.text

    def test_it_changes_what_is_kept_of_pages_at_once(self, translator: CheckingClient, link: str) -> None:
        assert "Inaczej" not in translator.get(f"{link}?lang=pl").html
        start = catalog_message(("Start",)).id
        translator.submit(translator.get(words("pl", start) + "&lang=en"), **{"form-0": "Inaczej", "name": "Ewa"})
        assert "Inaczej" in translator.get(f"{link}?lang=pl").html

    def test_a_check_is_gone_when_the_words_change(self, translator: CheckingClient) -> None:
        translator.submit(translator.get(words("pl", YES)), {"go": "confirm"}, name="Ewa")
        assert "Checked: Ewa" in translator.get(words("pl", YES)).text
        translator.submit(translator.get(words("pl", YES)), {"go": "save"}, **{"form-0": "No tak", "name": "Ewa"})
        assert "Checked: Ewa" not in translator.get(words("pl", YES)).text

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ("rodziny odpowiedziały", "Put {num} back into the words."),
            ("{num} {name} odpowiedziały", "Take {name} out."),
            ("100 % z {num}", "Take % out."),
            ("  ", "Write the words in each box."),
        ],
    )
    def test_it_keeps_no_words_that_a_page_could_not_show(
        self, translator: CheckingClient, form: str, said: str
    ) -> None:
        page = translator.submit(translator.get(words("pl", FAMILIES)), status=422, **{"form-1": form, "name": "Ewa"})
        assert said in page.problem
        assert page.problem_field.attributes["id"] == "form-1"

    def test_every_message_of_every_catalog_can_be_confirmed_as_it_is_shown(self) -> None:
        wrong = []
        for code in TRANSLATED:
            for entry in entries(code):
                forms = tuple(in_words.as_written(in_words.shown(form), entry.message) for form in entry.forms)
                same = [form.strip() for form in forms] == [form.strip() for form in entry.forms]
                if not same or wording_problem(entry.message, forms, code):
                    wrong.append((code, entry.message.forms))
        assert wrong == []

    def test_it_keeps_the_spaces_that_stand_around_the_english(self) -> None:
        assert in_words.as_written("lub\r\n", catalog_message((" or ",))) == " lub "
        assert in_words.as_written(" Tak ", catalog_message(("Yes",))) == "Tak"
        assert in_words.as_written("  ", catalog_message((" or ",))) == ""

    def test_one_that_a_script_fills_in_too(self, translator: CheckingClient) -> None:
        page = translator.get(words("pl", COUNTS))
        assert [chip.text() for chip in page.tree.css(".chips code")] == ["{sent}", "{waiting}"]
        translator.submit(page, {"go": "confirm"}, name="Ewa")
        again = translator.get(words("pl", COUNTS))
        assert "Checked: Ewa" in again.text
        assert again.written == "{waiting} czeka, {sent} wysłano"
        refused = translator.submit(again, status=422, **{"form-0": "{waiting} czeka", "name": "Ewa"})
        assert "Put {sent} back into the words." in refused.problem

    def test_it_holds_no_html(self, translator: CheckingClient) -> None:
        page = translator.get(words("pl", LINK))
        link = '<a href="https://evil.example">Dalej</a>'
        refused = translator.submit(page, status=422, **{"form-0": link, "name": "Ewa"})
        assert "out. Write words only." in refused.problem
        assert not refused.tree.css('a[href^="https://evil"]')

    def test_a_form_for_one_number_may_leave_the_number_out(self, translator: CheckingClient) -> None:
        page = translator.get(words("ar", FAMILIES))
        translator.submit(page, **{"form-2": "عائلتان", "name": "سلمى"})
        assert languages.catalog("ar").ngettext("%(num)s person has answered.", "%(num)s people have answered.", 2) == (
            "عائلتان"
        )


class TestChangedEnglish:
    def test_the_former_words_are_shown_as_stale_beside_the_english_they_were_made_for(
        self, translator: CheckingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = languages.catalog_file("pl").read_text(encoding="utf-8")
        stale = tmp_path / "messages.po"
        stale.write_text(
            kept.replace('msgid "Your link to sign in"', '#, fuzzy\n#| msgid "Your key"\nmsgid "Your link to sign in"')
        )
        real = languages.catalog_file
        (tmp_path / "messages.mo").symlink_to(real("pl").with_suffix(".mo"))
        monkeypatch.setattr(languages, "catalog_file", lambda code: stale if code == "pl" else real(code))
        listed = translator.get("/work/translating/pl?show=stale")
        assert "1 text in this list" in listed.text
        page = translator.get(words("pl", LINK, "show=stale"))
        assert "The English has changed" in page.text
        before = [quote.text() for quote in page.tree.css("h3 + blockquote, h3 + blockquote + blockquote")]
        assert before == ["Your key", page.written], "the former words are what one begins from"
        translator.submit(page, {"go": "confirm"}, name="Ewa")
        assert "Checked: Ewa" in translator.get(words("pl", LINK)).text


class TestTwoTranslators:
    def test_the_second_sees_what_the_first_wrote_and_replaces_nothing(self, translator: CheckingClient) -> None:
        opened = translator.get(words("pl", YES))
        translator.submit(translator.get(words("pl", YES)), {"go": "save"}, **{"form-0": "Owszem", "name": "Ewa Nowak"})
        both = translator.submit(opened, {"go": "confirm"}, status=409, **{"form-0": "No tak", "name": "Jan"})
        assert both.problem == "Somebody else changed these words just now. Please look at both."
        assert "Owszem" in both.one("section.note").text()
        assert both.one("section.note bdi").text() == "Ewa Nowak"
        assert both.written == "No tak", "their own words stay in the form"
        assert said("pl", "Yes") == "Owszem"
        assert "Checked" not in both.one("section.note").text()

        translator.submit(both, {"go": "confirm"})
        assert said("pl", "Yes") == "No tak", "somebody who has seen both may choose"
        assert "Checked: Jan" in translator.get(words("pl", YES)).text

    def test_words_that_somebody_confirmed_meanwhile_are_not_replaced_unseen(self, translator: CheckingClient) -> None:
        opened = translator.get(words("pl", YES))
        translator.submit(translator.get(words("pl", YES)), {"go": "confirm"}, name="Ewa Nowak")
        both = translator.submit(opened, status=409, **{"form-0": "No tak", "name": "Jan"})
        assert "Checked: Ewa Nowak" in " ".join(both.one("section.note").text().split())

    def test_two_who_wrote_the_same_need_not_look(self, translator: CheckingClient) -> None:
        opened = translator.get(words("pl", YES))
        for page in (translator.get(words("pl", YES)), opened):
            translator.submit(page, {"go": "confirm"}, **{"form-0": "No tak", "name": "Ewa"})
        assert said("pl", "Yes") == "No tak"


class TestALanguageThatIsWhollyChecked:
    def test_it_is_no_longer_said_to_be_a_draft(self, translator: CheckingClient, link: str) -> None:
        marked = languages.gettext(
            languages.catalog("pl").gettext("A machine wrote some of these words. People still have to check them.")
        )
        assert marked in translator.client.get("/safe?lang=pl").text
        languages.set_checked(["pl"])
        assert marked not in translator.client.get("/safe?lang=pl").text


def send(client: CheckingClient, code: str, name: str, content: bytes, *, status: int = 200) -> Page:
    page = client.get(f"/work/translating/{code}/import")
    return client.post(page.action(), page.form(), files={"file": (name, content)}, status=status)


def get_file(client: CheckingClient, code: str, kind: str) -> bytes:
    answer = client.client.get(f"/work/translating/{code}/file?as={kind}")
    assert answer.status_code == 200
    return answer.content


KINDS = [("po", "words.po"), ("xliff", "words.xlf"), ("csv", "words.csv"), ("xlsx", "words.xlsx")]


class TestFiles:
    @pytest.mark.parametrize(
        "database", ["sqlite"], indirect=True
    )  # thousands of messages; nothing differs by database
    @pytest.mark.parametrize(
        ("code", "kind", "name"), [*(("ur", *each) for each in KINDS), ("ar", *KINDS[0]), ("pl", *KINDS[1])]
    )
    def test_a_file_that_comes_back_as_it_was_changes_nothing(
        self, translator: CheckingClient, code: str, kind: str, name: str
    ) -> None:
        preview = send(translator, code, name, get_file(translator, code, kind))
        assert "0 messages get other words." in preview.text
        assert "0 messages get their first words." in preview.text
        assert "0 messages are not in the file." in preview.text
        assert "0 lines stay out." in preview.text
        assert not [button for button in preview.tree.css("main button") if "Take them in" in button.text()]

    @pytest.mark.parametrize(
        "database", ["sqlite"], indirect=True
    )  # thousands of messages; nothing differs by database
    @pytest.mark.parametrize(("kind", "name"), KINDS)
    def test_who_has_checked_goes_out_with_the_words_and_comes_back(
        self, translator: CheckingClient, kind: str, name: str
    ) -> None:
        translator.submit(translator.get(words("pl", FAMILIES)), {"go": "confirm"}, name="Ewa Nowak")
        content = get_file(translator, "pl", kind)
        preview = send(translator, "pl", name, content)
        assert "1 message comes with the name of a person who checked it." in preview.text
        done = translator.submit(preview)
        assert "A person has checked 1 message." in done.text

    @pytest.mark.parametrize(
        "database", ["sqlite"], indirect=True
    )  # thousands of messages; nothing differs by database
    @pytest.mark.parametrize(("kind", "name"), KINDS)
    def test_a_file_of_another_language_is_refused(self, translator: CheckingClient, kind: str, name: str) -> None:
        page = send(translator, "pl", name, get_file(translator, "ur", kind), status=422)
        assert page.problem == "This file is for another language. Choose the page of that language first."

    def test_changed_words_are_shown_first_and_then_taken_in(self, translator: CheckingClient) -> None:
        content = get_file(translator, "pl", "po").replace(b'"Tak"', b'"No tak"')
        preview = send(translator, "pl", "words.po", content)
        assert "1 message gets other words." in preview.text
        assert said("pl", "Yes") == "Tak", "nothing is kept before it was seen"
        assert "1 message has new words now." in translator.submit(preview).text
        assert said("pl", "Yes") == "No tak"
        assert translator.get(preview.path, status=404).h1 == "This file is no longer here"

    def test_a_bad_line_stays_out_with_the_reason_and_the_others_go_in(self, translator: CheckingClient) -> None:
        book = openpyxl.load_workbook(io.BytesIO(get_file(translator, "pl", "xlsx")))
        sheet = book.active
        assert sheet is not None
        rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        sheet.cell(rows[YES], 4).value = "Owszem"
        sheet.cell(rows[FAMILIES], 5).value = "rodziny odpowiedziały"
        sheet.cell(rows[LINK], 4).value = '=CONCATENATE("a","b")'
        next_row = sheet.max_row + 1
        sheet.cell(next_row, 1).value = "not-a-message"
        sheet.cell(next_row, 4).value = "Coś"
        extra = catalog_message(("Continue",)).id
        sheet.cell(rows[extra], 4).value = "Dalej %(name)s"
        old = catalog_message(("Back",)).id
        sheet.cell(rows[old], 2).value = "Back to the page before"
        sheet.cell(rows[old], 4).value = "Cofnij"
        plain = catalog_message(("Skip",)).id
        sheet.cell(rows[plain], 5).value = "Druga forma"
        out = io.BytesIO()
        book.save(out)
        preview = send(translator, "pl", "words.xlsx", out.getvalue())
        for reason in (
            "Put {num} back into the words. The product fills it in.",
            "Take {name} out. It does not stand in the English.",
            "A cell in this row is a formula. Write the words themselves.",
            "We do not know this message. Leave the id as it was.",
            "The English is not the same any more. Get a new file for this line.",
            "This line needs another number of forms: 1.",
        ):
            assert reason in preview.text
        assert "6 lines stay out." in preview.text
        assert "1 message has new words now." in translator.submit(preview).text
        assert said("pl", "Yes") == "Owszem"
        assert said("pl", "Continue") == "Dalej"

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("words.po", b"This is a letter.", "We cannot read this file."),
            ("words.xlf", b"<xliff><unclosed>", "We cannot read this file."),
            (
                "words.xlf",
                b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>',
                "We cannot read this file.",
            ),
            ("words.csv", b"name,words_pl_1\na,b\n", "This table has no column called"),
            ("words.csv", b"id,meaning\na,b\n", "This table has no column called"),
            ("words.xlsx", b"no workbook", "We cannot read this file."),
            (
                "words.po",
                b'msgid ""\nmsgstr ""\n"Language: ur\\n"\n\nmsgid "Yes"\nmsgstr "x"\n',
                "This file is for another language.",
            ),
        ],
    )
    def test_what_is_no_file_of_translations_is_refused_with_a_sentence(
        self, translator: CheckingClient, name: str, content: bytes, reason: str
    ) -> None:
        page = send(translator, "pl", name, content, status=422)
        assert reason in page.problem
        assert page.problem_field.attributes["id"] == "file"

    def test_it_asks_for_a_file(self, translator: CheckingClient) -> None:
        page = translator.get("/work/translating/pl/import")
        assert translator.submit(page, status=422).problem == "Choose a file first."

    def test_nobody_else_opens_a_file_that_waits(self, translator: CheckingClient) -> None:
        content = get_file(translator, "pl", "po").replace(b'"Tak"', b'"No tak"')
        preview = send(translator, "pl", "words.po", content)
        translator.client.cookies.clear()
        translator.sign_in(Role.OFFICER)
        translator.get(preview.path, status=404)

    def test_a_catalog_for_the_repository_is_whole(self, translator: CheckingClient) -> None:
        translator.submit(translator.get(words("pl", YES)), {"go": "confirm"}, name="Ewa Nowak")
        text = get_file(translator, "pl", "po").decode()
        assert "# Checked by Ewa Nowak, 2026-11-18, " in text
        assert '"Last-Translator: machine' in text
        assert dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT") not in text, "its day is the clock's"
