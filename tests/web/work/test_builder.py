from __future__ import annotations

import re

import pytest

from surveys.bank.seeding import seed
from surveys.building.drafting import drafts
from surveys.templates import TEMPLATES
from tests.pages import CheckingClient, Page
from voice.languages import LANGUAGES, words
from voice.people.roles import Role


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    """The application with its bank filled, and an officer signed in."""
    documents = [made(words, tuple(LANGUAGES)) for made in TEMPLATES.values()]
    client.unit(lambda: seed(documents, now=client.parts.clock()))
    client.sign_in(Role.OFFICER)
    return client


def begin(client: CheckingClient, origin: str = "template:post-ehcp", title: str = "") -> Page:
    return client.submit(client.get("/work/builder"), **{"from": origin, "title": title})


def questions(page: Page) -> list[str]:
    return [(item.attributes["id"] or "").removeprefix("q-") for item in page.tree.css(".question-list > li")]


def press(client: CheckingClient, page: Page, go: str, **fields: str) -> Page:
    return client.submit(page, {"go": go}, form="#questions", **fields)


class TestBeginning:
    def test_it_begins_with_a_template(self, officer: CheckingClient) -> None:
        page = begin(officer)
        assert page.h1 == "How was getting your child’s plan?"
        assert questions(page)[:2] == ["plan_route", "reply_within_five_working_days"]
        assert "We are still writing it" in page.text

    def test_it_begins_empty(self, officer: CheckingClient) -> None:
        page = begin(officer, "empty", "How is the bus?")
        assert page.h1 == "How is the bus?"
        assert questions(page) == []
        assert "There is no question yet. Add one." in page.text

    def test_it_asks_for_a_title(self, officer: CheckingClient) -> None:
        page = officer.submit(officer.get("/work/builder"), status=422, **{"from": "empty", "title": " "})
        assert page.problem == "Write a title. It can be short."

    def test_it_begins_with_every_template(self, officer: CheckingClient) -> None:
        for slug in TEMPLATES:
            page = begin(officer, f"template:{slug}")
            assert questions(page), slug
            assert not page.tree.css(".problem"), slug

    def test_it_begins_with_a_published_survey(self, officer: CheckingClient) -> None:
        assert len(questions(begin(officer, "survey:post-ehcp"))) == 12

    def test_it_begins_a_new_survey_with_an_earlier_one(self, officer: CheckingClient) -> None:
        page = begin(officer, "copy:post-ehcp", "My other survey")
        assert page.h1 == "My other survey"
        assert len(questions(page)) == 12
        [draft] = officer.unit(drafts)
        assert draft.document.slug == "my-other-survey"
        assert begin(officer, "survey:post-ehcp").h1 == "How was getting your child’s plan?"

    def test_it_asks_for_the_title_of_a_new_survey(self, officer: CheckingClient) -> None:
        page = officer.submit(officer.get("/work/builder"), status=422, **{"from": "copy:post-ehcp", "title": ""})
        assert page.problem == "Write a title. It can be short."
        assert page.form()["from"] == "copy:post-ehcp"

    def test_it_throws_a_draft_away_after_asking(self, officer: CheckingClient) -> None:
        page = begin(officer)
        asked = officer.get(f"{page.path}/discard")
        assert len(officer.unit(drafts)) == 1
        assert officer.submit(asked).path == "/work/builder"
        assert officer.unit(drafts) == []
        assert "Somebody threw this survey away." in officer.get(page.path).text
        officer.submit(asked, status=409)

    def test_it_goes_on_with_the_draft_that_there_is(self, officer: CheckingClient) -> None:
        assert begin(officer).path == begin(officer).path
        assert len(officer.unit(drafts)) == 1

    def test_it_knows_no_other_beginning(self, officer: CheckingClient) -> None:
        begin_page = officer.get("/work/builder")
        officer.submit(begin_page, status=404, **{"from": "template:none"})
        officer.submit(begin_page, status=404, **{"from": ""})


class TestOrder:
    def test_it_moves_a_question_and_keeps_the_focus_on_it(self, officer: CheckingClient) -> None:
        page = press(officer, begin(officer), "down:plan_route")
        assert questions(page)[:2] == ["reply_within_five_working_days", "plan_route"]
        assert str(page.url).endswith("#down-plan_route")
        assert page.one("#down-plan_route").tag == "button"
        assert page.one("[role=status]").text() == "“What kind of plan was it?” is now number 2 of 12."

    def test_it_stays_at_the_end_of_the_list(self, officer: CheckingClient) -> None:
        page = press(officer, begin(officer), "up:plan_route")
        assert questions(page)[0] == "plan_route"

    def test_it_says_so_when_a_question_comes_before_what_it_waits_for(self, officer: CheckingClient) -> None:
        page = begin(officer)
        for _ in range(3):
            page = press(officer, page, "up:knew_next_steps")
        assert questions(page)[0] == "knew_next_steps"
        assert page.one("#q-knew_next_steps .problem").text().endswith("Move it down, or take that out.")


class TestRemoving:
    def test_it_removes_a_question(self, officer: CheckingClient) -> None:
        page = press(officer, begin(officer), "remove:went_well")
        assert "went_well" not in questions(page)
        assert "Removed “What went well?”" in page.text

    def test_it_asks_what_becomes_of_those_that_wait_for_it(self, officer: CheckingClient) -> None:
        page = press(officer, begin(officer), "remove:plan_route")
        assert page.h1 == "Other questions wait for this one"
        assert "Did you know what would happen at each step?" in page.text
        assert "Did your child take part in the review in their own way?" in page.text
        page = officer.submit(page, {"others": "keep"})
        assert "plan_route" not in questions(page)
        assert "knew_next_steps" in questions(page)
        assert not page.tree.css(".only-if"), "they are asked of everybody now"

    def test_it_removes_them_too_when_asked_to(self, officer: CheckingClient) -> None:
        page = officer.submit(press(officer, begin(officer), "remove:plan_route"), {"others": "remove"})
        assert {"plan_route", "knew_next_steps", "child_took_part"}.isdisjoint(questions(page))
        assert len(questions(page)) == 9

    def test_it_says_so_when_the_question_is_gone(self, officer: CheckingClient) -> None:
        page = officer.submit(begin(officer), {"go": "remove:no_such"}, form="#questions", status=409)
        assert "This question is not in the survey now." in page.text


class TestTheBank:
    def test_it_finds_a_question_by_its_words_and_adds_it(self, officer: CheckingClient) -> None:
        page = begin(officer, "empty", "How is the bus?")
        found = officer.get(f"{page.path}/add?q=listened to")
        assert "Did you feel listened to?" in found.text
        added = officer.submit(found, {"concept": "felt_listened_to"}, form="main form[method=post]")
        assert "Added: “Did you feel listened to?”. It is number 1." in added.text
        assert "In this survey already" in added.text
        assert questions(officer.get(page.path)) == ["felt_listened_to"]

    def test_it_adds_a_question_after_another(self, officer: CheckingClient) -> None:
        page = begin(officer)
        found = officer.get(f"{page.path}/add?q=")
        button = next(b for b in found.tree.css("button[name=concept]"))
        code = button.attributes["value"] or ""
        officer.submit(found, {"concept": code}, form="main form[method=post]", after="plan_route")
        assert questions(officer.get(page.path))[:2] == ["plan_route", code]

    def test_it_adds_no_question_twice(self, officer: CheckingClient) -> None:
        page = begin(officer)
        found = officer.get(f"{page.path}/add?q=listened")
        said = officer.submit(found, {"concept": "felt_listened_to"}, form="main form[method=post]", status=409)
        assert "This question is in the survey already." in said.text


class TestWordsAndConditions:
    def test_it_changes_the_words_in_one_language(self, officer: CheckingClient) -> None:
        page = begin(officer)
        address = f"{page.path}/questions/went_well"
        words_form = "main form:has(textarea)"
        saved = officer.submit(
            officer.get(f"{address}?in=pl"), {"go": "words"}, form=words_form, title="Co poszło dobrze tym razem?"
        )
        assert "Saved." in saved.text
        assert saved.one("#title").text().strip() == "Co poszło dobrze tym razem?"
        assert officer.get(f"{address}?in=en").one("#title").text().strip() == "What went well?"

    def test_it_asks_a_question_only_of_some(self, officer: CheckingClient) -> None:
        page = begin(officer)
        address = f"{page.path}/questions/could_be_better"
        box = "if-0-overall_satisfaction.unhappy"
        form = "main form:has(details)"
        saved = officer.submit(officer.get(address), {"go": "conditions"}, form=form, **{box: "yes"})
        assert "checked" in saved.one(f'[id="{box}"]').attributes
        listed = officer.get(page.path).one("#q-could_be_better .only-if").text()
        assert listed == "Only if: Question 9: Unhappy"
        without = {name: text for name, text in saved.form(form).items() if name != box}
        officer.post(saved.action(form), {**without, "go": "conditions"})
        assert not officer.get(page.path).tree.css("#q-could_be_better .only-if")

    def test_it_keeps_two_conditions_on_the_same_question_apart(self, officer: CheckingClient) -> None:
        page = begin(officer)
        shown = officer.get(f"{page.path}/questions/knew_next_steps")
        form = "main form:has(details)"
        box = "if-0-reply_within_five_working_days.no"
        officer.submit(shown, {"go": "conditions"}, form=form, **{box: "yes"})
        lines = [each.text() for each in officer.get(page.path).tree.css("#q-knew_next_steps .only-if")]
        assert lines == ["Only if: Question 1: Our first EHC plan", "Only if: Question 2: No"]


class TestSettings:
    def test_it_changes_settings(self, officer: CheckingClient) -> None:
        page = begin(officer)
        settings = officer.get(f"{page.path}/settings")
        saved = officer.submit(settings, title="How was it?", kept_months="24", identity_mode="confidential")
        assert "Saved." in saved.text
        assert saved.form()["kept_months"] == "24"
        assert officer.get(page.path).h1 == "How was it?"
        assert saved.form()["identity_mode"] == "confidential"

    @pytest.mark.parametrize(
        ("field", "text", "problem"),
        [
            ("minutes", "0", "Write the minutes as a number from 1 to 120."),
            ("kept_months", "for ever", "Write the months as a number from 1 to 120."),
            ("title", "x" * 2001, "This is too long."),
        ],
    )
    def test_it_says_what_to_do_about_a_bad_setting(
        self, officer: CheckingClient, field: str, text: str, problem: str
    ) -> None:
        page = begin(officer)
        shown = officer.submit(officer.get(f"{page.path}/settings"), status=422, **{field: text, "about": "My words"})
        assert shown.problem.startswith(problem)
        assert shown.problem_field.attributes["name"] == field
        assert shown.form()["about"] == "My words", "nothing that was written is lost"

    def test_it_says_what_the_code_keeps(self, officer: CheckingClient) -> None:
        page = officer.get(f"{begin(officer).path}/settings")
        assert "We keep the month they send their answers, such as November 2026. We do not keep the day." in page.text
        assert re.search(
            r"We keep the day and the time they send their answers, such as 18/11/2026, 12:00\.", page.text
        )


class TestPaths:
    def test_it_draws_what_the_list_says(self, officer: CheckingClient) -> None:
        page = officer.get(f"{begin(officer).path}/paths")
        drawn = [
            (line.attributes["data-from"], line.attributes["data-to"]) for line in page.tree.css("svg [data-from]")
        ]
        listed = [(line.attributes["data-from"], line.attributes["data-to"]) for line in page.tree.css("li[data-from]")]
        assert drawn == listed == [("plan_route", "knew_next_steps"), ("plan_route", "child_took_part")]
        boxes = [box.attributes["data-question"] for box in page.tree.css("svg g[data-question]")]
        assert boxes == [each.attributes["data-question"] for each in page.tree.css(".paths-list > li")]
        assert len(boxes) == 12


class TestReaders:
    @pytest.mark.parametrize("role", [Role.LEAD, Role.ANALYST])
    def test_it_lets_them_look_and_change_nothing(self, officer: CheckingClient, role: Role) -> None:
        page = begin(officer)
        officer.sign_in(role)
        for path in ("", "/settings", "/paths", "/add", "/questions/went_well", "/readiness", "/preview"):
            shown = officer.get(f"{page.path}{path}")
            said = [" ".join(b.text().split()) for b in shown.tree.css("main form[method=post] button")]
            assert said == [], path
        assert not officer.get("/work/builder").tree.css("main form")


class TestWithoutADraft:
    def test_it_finds_nothing(self, officer: CheckingClient) -> None:
        gone = "/work/builder/00000000-0000-4000-8000-000000000000"
        for path in ("", "/settings", "/paths", "/add", "/readiness", "/preview"):
            officer.get(f"{gone}{path}", status=404)
        officer.get("/work/builder/none", status=404)
