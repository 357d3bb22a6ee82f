"""Paper forms typed in: once, or by two people, with what differs looked at again."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.tables import PaperSheet, PaperStack, Submission, SurveyRound
from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from voice import languages
from voice.languages import LANGUAGES
from voice.people import signing_in
from voice.people.roles import Role
from voice.running.tidying import keep_tidy

KEEP = {"go": "keep"}
TYPED = {"line-plan_route": "2", "line-felt_listened_to": "1", "line-went_well": "They rang.\nTwice."}


@pytest.fixture
def paper(client: CheckingClient, link: str) -> str:
    """The address of the page of paper forms; somebody who may type them has signed in."""
    client.sign_in(Role.OFFICER)
    return f"/work/paper{link.removeprefix('/s')}"


def start(client: CheckingClient, paper: str, **fields: str) -> Page:
    return client.submit(client.get(paper), form='main form[action^="/work/paper"]', **fields)


def type_in(client: CheckingClient, page: Page, status: int = 200, **lines: str) -> Page:
    return client.submit(page, KEEP, form="#typing", status=status, **lines)


def sheets(client: CheckingClient) -> int:
    return len(client.unit(lambda: PaperSheet.select()))


class TestFormsToPrint:
    DRAFT = "A machine wrote some of these words. People still have to check them."

    def test_each_says_whether_people_have_checked_its_words(self, client: CheckingClient, paper: str) -> None:
        def marked() -> set[str]:
            items = client.get(paper).tree.css(".forms-to-print li")
            return {item.css("a")[0].attributes["lang"] or "" for item in items if self.DRAFT in item.text()}

        assert marked() == set(LANGUAGES) - {"en"}
        languages.set_checked(["pl"])
        try:
            assert marked() == set(LANGUAGES) - {"en", "pl"}
        finally:
            languages.set_checked(())


class TestTypedOnce:
    def test_it_stores_each_form_as_it_was_written(self, client: CheckingClient, paper: str) -> None:
        page = start(client, paper)
        assert page.h1 == "Type in form 1"
        page = type_in(client, page, **TYPED, **{"who answered": "3"})
        assert page.h1 == "Type in form 2"
        assert "1 typed, 1 taken in" in page.text
        answers = client.answers()
        assert {row["mode"] for row in answers} == {"paper"}
        assert client.answered() == {
            "plan_route": "annual_review",
            "felt_listened_to": "yes",
            "went_well": "They rang.\nTwice.",
        }
        [stored] = client.unit(lambda: Submission.select())
        assert stored["said_by"] == "proxy"
        assert stored["submitted_at"] == "2026-11"

    def test_it_keeps_the_language_for_the_next_form(self, client: CheckingClient, paper: str) -> None:
        page = type_in(client, start(client, paper), language="ur", **TYPED)
        assert page.form("#typing")["language"] == "ur"
        assert {row["language"] for row in client.answers()} == {"ur"}

    def test_it_counts_what_nobody_could_read(self, client: CheckingClient, paper: str) -> None:
        lines = TYPED | {"line-went_well": "?", "line-kept_up_to_date": "?"}
        page = type_in(client, start(client, paper), **lines)
        assert "we could not read 2 answers" in page.text
        assert client.answered().keys() == {"plan_route", "felt_listened_to"}

    def test_it_stores_a_form_that_was_sent_twice_once(self, client: CheckingClient, paper: str) -> None:
        page = start(client, paper)
        for _ in range(2):
            after = type_in(client, page, **TYPED)
        assert len({row["submission"] for row in client.answers()}) == 1
        assert "1 typed, 1 taken in" in after.text

    def test_it_leaves_nothing_that_leads_from_the_stack_to_the_answers(
        self, client: CheckingClient, paper: str
    ) -> None:
        page = start(client, paper)
        sheet = page.form("#typing")["sheet"]
        type_in(client, page, **TYPED)
        [stack] = client.unit(lambda: PaperStack.select())
        [stored] = client.unit(lambda: Submission.select())
        told = {str(value) for value in stored.values()}
        assert str(stored["id"]) != sheet
        assert not told & {sheet, str(stack["id"])}
        assert sheets(client) == 0

    @pytest.mark.parametrize(
        ("name", "line", "words"),
        [
            ("line-plan_route", "3", "There is no such number here. The last one is 2."),
            ("line-plan_route", "first", "Type the number of the box that has a tick."),
            ("who answered", "4", "There is no such number here. The last one is 3."),
            ("line-went_well", "x" * 2001, "Your words are too long for this box."),
        ],
    )
    def test_it_says_what_to_do_about_a_line_and_keeps_the_others(
        self, client: CheckingClient, paper: str, name: str, line: str, words: str
    ) -> None:
        page = type_in(client, start(client, paper), status=422, **(TYPED | {name: line}))
        assert words in page.text
        assert page.form("#typing")["line-felt_listened_to"] == "1"
        assert page.form("#typing")[name] == line
        assert client.answers() == []

    def test_it_takes_no_form_without_answers(self, client: CheckingClient, paper: str) -> None:
        page = type_in(client, start(client, paper), status=422)
        assert "This form has no answers." in page.text
        assert "0 typed, 0 taken in" in page.text

    def test_it_keeps_nothing_when_enter_was_pressed_without_scripts(self, client: CheckingClient, paper: str) -> None:
        page = start(client, paper)
        first = page.tree.css("#typing button")[0].attributes
        page = client.submit(page, {first["name"] or "": first["value"] or ""}, form="#typing", **TYPED)
        assert page.form("#typing")["line-plan_route"] == "2"
        assert client.answers() == []


class TestTheTurnOfTheTerm:
    def test_a_stack_goes_on_with_the_link(self, client: CheckingClient, paper: str, clock: Clock) -> None:
        page = type_in(client, start(client, paper), **TYPED)
        clock.now += dt.timedelta(days=80)
        client.run(lambda: keep_tidy(client.parts))
        client.sign_in(Role.OFFICER)
        stacks = [a.attributes["href"] for a in client.get(paper).tree.css("main a[href^='/work/stacks/']")]
        assert stacks == [page.path]
        again = client.get(page.path)
        back = [a.attributes["href"] for a in again.tree.css("main a[href^='/work/paper/']")]
        assert back == [paper]
        assert "2 typed, 2 taken in" in type_in(client, again, **TYPED).text

    @pytest.mark.parametrize("twice", ["yes", ""])
    def test_it_takes_no_form_that_it_could_never_take_in(
        self, client: CheckingClient, paper: str, clock: Clock, twice: str
    ) -> None:
        page = start(client, paper, twice=twice)

        async def close() -> None:
            await SurveyRound.update({SurveyRound.closes_on: clock.now.date()}).where(SurveyRound.link.is_not_null())

        client.unit(close)
        clock.now += dt.timedelta(days=31)
        client.parts.rounds.forget()
        client.sign_in(Role.OFFICER)
        assert "This survey ended more than 30 days ago" in type_in(client, page, status=422, **TYPED).text
        assert sheets(client) == 0
        assert client.unit(lambda: PaperStack.select())[0]["sheets"] == 0


class TestTypedByTwoPeople:
    def _another(self, client: CheckingClient) -> None:
        """Somebody else with the same work signs in."""

        async def link() -> str:
            await client.parts.store.write(lambda: signing_in.add_member("second@office.example", Role.OFFICER))
            found = await client.parts.store.read(lambda: signing_in.member_by_email("second@office.example"))
            assert found is not None
            return await client.parts.store.write(lambda: signing_in.make_link(found.id, now=client.parts.clock()))

        client.get(f"/sign-in/once/{client.run(link)}")

    def _typed_by_both(self, client: CheckingClient, paper: str, **second: str) -> Page:
        page = type_in(client, start(client, paper, twice="yes"), **TYPED)
        assert client.answers() == []
        self._another(client)
        page = client.get(f"{page.path}/second")
        assert page.h1 == "Type in form 1"
        assert page.form("#typing")["line-plan_route"] == "", "the second person does not see the first"
        return type_in(client, page, **(TYPED | second))

    def test_it_takes_in_what_both_typed_alike(self, client: CheckingClient, paper: str) -> None:
        page = self._typed_by_both(client, paper)
        assert page.h1 == "Nothing to type again"
        assert client.answered()["went_well"] == "They rang.\nTwice."
        assert sheets(client) == 0

    def test_it_gives_nobody_their_own_forms_again(self, client: CheckingClient, paper: str) -> None:
        page = type_in(client, start(client, paper, twice="yes"), **TYPED)
        assert client.get(f"{page.path}/second").h1 == "Nothing to type again"

    def test_it_shows_what_differs_and_stores_what_is_on_the_paper(self, client: CheckingClient, paper: str) -> None:
        second = self._typed_by_both(
            client, paper, **{"line-felt_listened_to": "3", "line-kept_up_to_date": "2", "who answered": "2"}
        )
        assert client.answers() == []
        page = client.get(second.path.replace("/second", "/differences"))
        legends = [" ".join(legend.text().split()) for legend in page.tree.css("legend")]
        assert legends == ["Who is answering?", "3. Did we keep you up to date?", "6. Did you feel listened to?"]
        unsure = client.submit(page, form="form.difference", status=422, **{"choice-who answered": "second"})
        assert "Choose one answer for each question." in unsure.text
        settled = client.submit(
            page,
            form="form.difference",
            **{
                "choice-who answered": "second",
                "choice-felt_listened_to": "other",
                "other-felt_listened_to": "4",
                "choice-kept_up_to_date": "first",
            },
        )
        assert "Nothing differs now." in settled.text
        answered = client.answered()
        assert answered["felt_listened_to"] == "no"
        assert "kept_up_to_date" not in answered
        [stored] = client.unit(lambda: Submission.select())
        assert stored["said_by"] == "supported"
        assert sheets(client) == 0

    def test_it_says_when_what_was_chosen_cannot_be_meant(self, client: CheckingClient, paper: str) -> None:
        second = self._typed_by_both(client, paper, **{"line-felt_listened_to": "3"})
        page = client.get(second.path.replace("/second", "/differences"))
        wrong = {"choice-felt_listened_to": "other", "other-felt_listened_to": "9"}
        page = client.submit(page, form="form.difference", status=422, **wrong)
        assert "There is no such number here. The last one is 4." in page.text
        assert client.answers() == []

    def test_two_people_at_once_type_one_form_once(self, client: CheckingClient, paper: str) -> None:
        page = type_in(client, start(client, paper, twice="yes"), **TYPED)
        self._another(client)
        page = client.get(f"{page.path}/second")
        for _ in range(2):
            last = type_in(client, page, **TYPED)
        assert last.h1 == "Nothing to type again"
        assert len({row["submission"] for row in client.answers()}) == 1


class TestThePages:
    def test_they_list_the_stacks_of_the_survey(self, client: CheckingClient, paper: str) -> None:
        type_in(client, start(client, paper), **TYPED)
        assert "1 typed, 1 taken in" in client.get(paper).text

    def test_they_know_no_stack_that_was_made_up(self, client: CheckingClient, paper: str) -> None:
        for token in ("x", "00000000-0000-0000-0000-000000000001"):
            for page in ("", "/second", "/differences"):
                client.get(f"/work/stacks/{token}{page}", status=404)

    @pytest.mark.parametrize("language", ["ur", "pl"])
    def test_they_are_in_the_language_of_whoever_types(self, client: CheckingClient, paper: str, language: str) -> None:
        page = start(client, paper)
        assert client.get(f"{page.path}?lang={language}").language == language
