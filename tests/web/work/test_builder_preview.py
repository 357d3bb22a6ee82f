from __future__ import annotations

import pytest

from surveys.building.drafting import drafts
from surveys.document import RATHER_NOT_SAY, Question
from surveys.templates import TEMPLATES
from tests.pages import CONTINUE, CheckingClient, Page
from voice.languages import LANGUAGES
from voice.people.roles import Role
from voice.web.work.builder_tried import LONGEST_STATE, TRIED_MODES

FORM = "#page-form"
WORDS = "They rang when they said. " * 10


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def begin(client: CheckingClient, template: str = "post-ehcp") -> Page:
    return client.submit(client.get("/work/builder"), **{"from": f"template:{template}", "title": ""})


def start(client: CheckingClient, page: Page, **choice: str) -> Page:
    chosen = {"in": "en", "mode": "own_device", **choice}
    return client.get(f"{page.path}/preview?in={chosen['in']}&mode={chosen['mode']}")


def first(client: CheckingClient, page: Page, **choice: str) -> Page:
    return client.submit(start(client, page, **choice))


def an_answer(question: Question) -> dict[str, str]:
    """What a person could send for this question."""
    codes = [option.code for option in question.options]
    match question.kind:
        case "multiple_choice" | "feelings":
            return {f"option-{codes[0]}": "yes"}
        case "ranking" | "information":
            return {}
        case "sorting":
            return {f"sort-{code}": question.places[0].code for code in codes}
        case "free_text":
            return {"text": WORDS}
        case "recording" | "drawing" | "photo":
            return {"file_given": "yes"}
        case "date":
            return {"day": "3", "month": "9", "year": "2026"}
        case "postcode_area":
            return {"area": "B91"}
        case "number_scale":
            return {"answer": "7"}
        case _:
            return {"answer": codes[0]}


def go_on(client: CheckingClient, page: Page) -> Page:
    """Answers the question that the page shows."""
    [draft] = client.unit(drafts)
    question = draft.document.question(page.path.rpartition("/")[2])
    return client.submit(page, CONTINUE, form=FORM, **an_answer(question))


class TestTheWholeWay:
    @pytest.mark.parametrize("template", TEMPLATES)
    def test_it_goes_from_the_first_page_to_the_receipt(self, officer: CheckingClient, template: str) -> None:
        page = start(officer, begin(officer, template))
        [draft] = officer.unit(drafts)
        assert page.h1 == draft.document.title["en"]
        page = officer.submit(page)
        seen = []
        while "/q/" in page.path:
            seen.append(page.path.rpartition("/")[2])
            assert "You only try this survey. We store nothing." in page.html
            page = go_on(officer, page)
            assert len(page.path) < LONGEST_STATE
        assert page.h1 == "Check your answers"
        assert "Not answered" not in page.text
        asked = [question.concept for question in draft.document.questions]
        assert seen == [concept for concept in asked if concept in seen]
        assert seen[0] == asked[0]
        receipt = officer.submit(page)
        assert receipt.h1 == "Thank you. We have your answers."
        assert receipt.one(".invented a").attributes["href"] == f"/work/builder/{draft.id}/preview"
        assert officer.answers() == []

    @pytest.mark.parametrize("mode", TRIED_MODES)
    def test_it_does_so_in_every_mode(self, officer: CheckingClient, mode: str) -> None:
        page = first(officer, begin(officer), mode=mode)
        while "/q/" in page.path:
            assert not page.tree.css("[data-next-person]"), "nobody is waiting"
            page = go_on(officer, page)
        assert ("We hide it on this device." in page.text) == (mode in ("shared_device", "class"))
        assert officer.submit(page).h1 == "Thank you. We have your answers."

    def test_it_sends_nothing_when_nothing_was_answered(self, officer: CheckingClient) -> None:
        page = first(officer, begin(officer))
        while "/q/" in page.path:
            page = officer.submit(page, {"go": "skip"}, form=FORM)
        assert "You have not answered a question yet." in officer.submit(page, status=422).problem


class TestTheFirstPage:
    def test_it_shows_what_each_mode_begins_with(self, officer: CheckingClient) -> None:
        page = begin(officer)
        assert "checked" not in start(officer, page).one("#shared_device").attributes
        assert "checked" in start(officer, page, mode="shared_device").one("#shared_device").attributes
        assert "You answer with your class." in start(officer, page, mode="class").text
        assert "checked" in start(officer, page, mode="with_help").one("#said-by-supported").attributes

    def test_it_goes_on_in_the_language_and_on_the_device_that_were_chosen(self, officer: CheckingClient) -> None:
        page = start(officer, begin(officer))
        urdu = officer.get(f"{page.path}?lang=ur")
        assert urdu.language == "ur"
        question = officer.submit(urdu, shared_device="yes")
        assert question.language == "ur"
        assert question.one(FORM).attributes["data-shared"] == "yes"

    def test_it_shows_every_language(self, officer: CheckingClient) -> None:
        page = begin(officer)
        for code, language in LANGUAGES.items():
            shown = first(officer, page, **{"in": code})
            assert shown.language == code
            assert shown.one("html").attributes["dir"] == language.direction


class TestQuestions:
    def test_it_goes_back_and_skips(self, officer: CheckingClient) -> None:
        question = first(officer, begin(officer))
        second = officer.submit(question, {"go": "skip"}, form=FORM)
        assert second.path.endswith("/q/reply_within_five_working_days")
        again = officer.submit(second, {"go": "back"}, form=FORM)
        assert again.path.endswith("/q/plan_route")
        assert officer.submit(again, {"go": "back"}, form=FORM).path.endswith("/start")

    def test_it_says_what_is_wrong_like_the_real_page(self, officer: CheckingClient) -> None:
        question = first(officer, begin(officer))
        shown = officer.submit(question, CONTINUE, form=FORM, status=422)
        assert shown.problem == "Choose one answer, or choose Skip."

    def test_it_hides_answers_on_a_shared_device_and_goes_on_with_them(self, officer: CheckingClient) -> None:
        question = first(officer, begin(officer), mode="shared_device")
        second = officer.submit(question, CONTINUE, form=FORM, answer="annual_review")
        again = officer.submit(second, {"go": "back"}, form=FORM)
        assert again.chosen is None
        assert "We hide it because others use this device." in again.text
        assert officer.submit(again, CONTINUE, form=FORM).path.endswith("/q/reply_within_five_working_days")

    def test_it_changes_an_answer_from_the_check(self, officer: CheckingClient) -> None:
        page = first(officer, begin(officer))
        while "/q/" in page.path:
            page = go_on(officer, page)
        change = page.tree.css(".change a")[1].attributes["href"] or ""
        changed = officer.submit(officer.get(change), CONTINUE, form=FORM, answer=RATHER_NOT_SAY)
        assert changed.h1 == "Check your answers"
        assert "I would rather not say" in changed.text

    def test_it_changes_the_language_on_the_page(self, officer: CheckingClient) -> None:
        question = first(officer, begin(officer))
        assert officer.submit(question, {"language": "ur"}, form=FORM).language == "ur"

    def test_it_ends_when_somebody_stops_or_comes_back_later(self, officer: CheckingClient) -> None:
        question = first(officer, begin(officer))
        assert officer.submit(question, {"go": "later"}, form=FORM).h1 == "That was the survey"
        assert officer.submit(question, {"go": "stop"}, form=FORM).h1 == "That was the survey"

    def test_it_finds_nothing_under_a_made_up_address(self, officer: CheckingClient) -> None:
        page = begin(officer)
        for state in ("none", "eJyrVspJzEsvTUxPVbJSSs1TqgUAMwUFdg", "x" * 9000):
            officer.get(f"{page.path}/preview/{state}/q/plan_route", status=404)


class TestFiles:
    def at(self, client: CheckingClient, kind: str) -> Page:
        page = first(client, begin(client, "my-life-young-person"))
        [draft] = client.unit(drafts)
        while draft.document.question(page.path.rpartition("/")[2]).kind != kind:
            page = go_on(client, page)
        return page

    def shown(self, client: CheckingClient, page: Page) -> str:
        """What stands in place of the file: its media type."""
        answer = client.client.get(f"{page.path}/file")
        assert answer.status_code == 200
        assert answer.content
        return answer.headers["content-type"]

    def test_it_takes_a_file_without_a_script_and_lets_it_go(self, officer: CheckingClient) -> None:
        page = self.at(officer, "drawing")
        form = {**page.form(FORM), "go": "back"}
        before = officer.post(page.action(FORM), form, files={"file": ("cat.png", b"a picture")})
        again = officer.submit(before, CONTINUE, form=FORM)
        assert again.tree.css(".given")
        assert self.shown(officer, again) == "image/svg+xml"
        gone = officer.submit(again, {"go": "remove"}, form=FORM)
        assert not gone.tree.css(".given")
        assert officer.submit(gone, CONTINUE, form=FORM, status=422).problem

    def test_it_takes_a_file_from_the_script_and_keeps_nothing(self, officer: CheckingClient) -> None:
        page = self.at(officer, "drawing")
        address = page.one(".capture").attributes["data-file-address"] or ""
        assert officer.client.put(address, content=b"a picture").status_code == 200
        stored = [each for each in (officer.settings.data / "files").rglob("*") if each.is_file()]
        assert stored == []
        on = officer.submit(page, CONTINUE, form=FORM, file_given="yes")
        assert "/with-file" not in on.path

    def test_it_takes_none_for_other_questions(self, officer: CheckingClient) -> None:
        page = first(officer, begin(officer))
        assert officer.client.put(f"{page.path}/file", content=b"x").status_code == 404
        officer.post(f"{page.path}/with-file", {**page.form(FORM), "go": "continue"}, status=404)
        officer.get(f"{page.path}/file", status=404)


class TestOtherWays:
    def test_it_prints_the_draft(self, officer: CheckingClient) -> None:
        page = officer.get(f"{begin(officer).path}/preview")
        links = [a.attributes["href"] or "" for a in page.tree.css("main a") if "(PDF)" in a.text()]
        assert len(links) > 1
        answer = officer.client.get(links[0])
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    def test_it_says_what_a_tablet_without_internet_leaves_out(self, officer: CheckingClient) -> None:
        said = "It does not ask these questions"
        assert said not in officer.get(f"{begin(officer).path}/preview").text
        assert said in officer.get(f"{begin(officer, 'my-life-young-person').path}/preview").text
