from __future__ import annotations

import datetime as dt
import re

import pytest

from surveys.bank.changing import retire
from surveys.building.drafting import drafts
from surveys.publishing import rounds
from tests.pages import CONTINUE, CheckingClient, Page
from voice.languages import LANGUAGES
from voice.people.partnership import PartnershipInfo
from voice.people.roles import Role
from voice.people.tables import Member


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.parts.partnership = PartnershipInfo(name="Millbrook Vale", help_phone="01632 960 123")
    client.sign_in(Role.OFFICER)
    return client


def begin(client: CheckingClient, origin: str = "template:post-ehcp", title: str = "") -> Page:
    return client.submit(client.get("/work/builder"), **{"from": origin, "title": title})


def only(client: CheckingClient, page: Page, *languages: str, **settings: str) -> None:
    """Goes out in these languages alone, anonymously."""
    shown = client.get(f"{page.path}/settings")
    kept = {name: text for name, text in shown.form().items() if not name.startswith("language-")}
    chosen = {f"language-{code}": "yes" for code in languages}
    client.post(shown.action(), {**kept, **chosen, "identity_mode": "anonymous", **settings})


def give_every_reason(client: CheckingClient, page: Page) -> Page:
    shown = client.get(f"{page.path}/readiness")
    while shown.tree.css("form.reason"):
        digest = shown.tree.css_first("form.reason input[name=problem]").attributes["value"] or ""
        token = shown.tree.css_first("input[name=_csrf_token]").attributes["value"] or ""
        asked = {"go": "reason", "problem": digest, "reason": "We know, and it is right here.", "_csrf_token": token}
        shown = client.post(f"{page.path}/readiness", asked)
    return shown


def ready(client: CheckingClient) -> Page:
    """A draft in English with nothing left to do."""
    page = begin(client)
    only(client, page, "en")
    shown = give_every_reason(client, page)
    assert "Everything is ready." in shown.text
    return page


def go(client: CheckingClient, page: Page, step: str, *, status: int = 200) -> Page:
    shown = client.get(f"{page.path}/readiness")
    return client.submit(
        shown, {"go": step}, form="main form:has([name=revision]):not([action*=questions])", status=status
    )


class TestTheList:
    def test_it_names_what_is_open_with_a_link_to_it(self, officer: CheckingClient) -> None:
        page = begin(officer, "empty", "How is the bus?")
        shown = officer.get(f"{page.path}/readiness")
        assert "There is no question yet. Add one." in shown.text
        assert "Choose how we keep the answers." in shown.text
        links = {a.attributes["href"] for a in shown.tree.css("#list a")}
        assert f"{page.path}/add" in links
        assert f"{page.path}/settings#identity_mode" in links
        assert f"{page.path}/settings?in=en#about" in links
        for link in links:
            address, _hash, field = (link or "").partition("#")
            assert officer.get(address).tree.css_first(f"#{field or 'main'}") is not None, link

    def test_it_leads_to_every_piece_of_words(self, officer: CheckingClient) -> None:
        page = begin(officer)
        shown = officer.get(f"{page.path}/questions/went_well")
        officer.submit(shown, {"go": "words"}, form="main form:has(textarea)", help="")
        only(officer, page, "en", who_reads="")
        shown = officer.get(f"{page.path}/readiness")
        links = [a.attributes["href"] or "" for a in shown.tree.css("#list a")]
        assert f"{page.path}/settings?in=en#who_reads" in links
        for link in links:
            address, _hash, field = link.partition("#")
            assert officer.get(address).tree.css_first(f'[id="{field or "main"}"]') is not None, link

    def test_it_finds_words_that_are_not_translated(self, officer: CheckingClient) -> None:
        page = begin(officer, "empty", "How is the bus?")
        only(officer, page, "en", "pl")
        assert LANGUAGES["pl"].name in officer.get(f"{page.path}/readiness").text

    def test_it_finds_that_families_were_asked_before(self, officer: CheckingClient) -> None:
        page = begin(officer)
        shown = officer.get(f"{page.path}/readiness")
        assert "We asked these people the same a short while ago." in shown.text
        assert "How was getting your child’s plan?, Autumn 2026." in shown.text

    def test_it_advises_on_words_in_a_standard_edition_and_blocks_nothing(self, officer: CheckingClient) -> None:
        page = begin(officer)
        only(officer, page, "en", edition="standard", who_reads="Provision was commenced by the panel.")
        shown = officer.get(f"{page.path}/readiness")
        assert "commenced" not in shown.one("#list").text()
        advice = shown.one("details.advice")
        assert "commenced" in advice.text()
        assert f"{page.path}/settings?in=en#who_reads" in [a.attributes["href"] for a in advice.css("a")]
        assert not advice.css("form")
        only(officer, page, "en", edition="easy_read", who_reads="Provision was commenced by the panel.")
        shown = officer.get(f"{page.path}/readiness")
        assert "commenced" in shown.one("#list").text()
        assert not shown.tree.css("details.advice")

    def test_it_asks_for_a_contact_for_help(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        page = begin(client)
        assert "Families need a phone number" in client.get(f"{page.path}/readiness").text


class TestTheBank:
    FORM = "main form:has(textarea)"

    def reworded(self, client: CheckingClient) -> Page:
        page = begin(client)
        only(client, page, "en")
        shown = client.get(f"{page.path}/questions/went_well")
        client.submit(shown, {"go": "words"}, form=self.FORM, title="What was bad?")
        return page

    def test_it_says_so_when_the_words_are_not_those_of_the_bank(self, officer: CheckingClient) -> None:
        page = self.reworded(officer)
        shown = officer.get(f"{page.path}/readiness")
        assert "The words are not those of the question bank." in shown.text
        assert "What was bad?" in shown.text
        assert "What went well?" in shown.text
        assert "The words are not those of the question bank." in give_every_reason(officer, page).one("main").text()
        assert go(officer, page, "ask").status == 200

    def test_it_takes_the_words_of_the_bank(self, officer: CheckingClient) -> None:
        page = self.reworded(officer)
        shown = officer.get(f"{page.path}/readiness")
        form = 'main form[action$="/questions/went_well"]'
        assert officer.submit(shown, {"go": "bank"}, form=form).h1 == "What went well?"
        assert "The words are not those" not in officer.get(f"{page.path}/readiness").text
        assert "Took the words of the question bank for “What went well?”" in officer.get(page.path).text

    def test_it_takes_no_words_for_a_question_that_the_bank_does_not_have(self, officer: CheckingClient) -> None:
        page = self.reworded(officer)
        token = officer.client.cookies["csrf"]
        officer.post(f"{page.path}/questions/none", {"go": "bank", "_csrf_token": token, "revision": "3"}, status=404)

    def test_it_says_so_when_the_bank_asks_no_more_or_not_these_people(self, officer: CheckingClient) -> None:
        page = begin(officer)
        officer.unit(lambda: retire("went_well", by=None, now=officer.parts.clock()))
        only(officer, page, "en", audience="school")
        shown = officer.get(f"{page.path}/readiness")
        assert "The question bank does not ask this any more." in shown.text
        assert "The question bank does not ask this of these people." in shown.text


class TestOldTranslations:
    FORM = "main form:has(textarea)"

    def change(self, client: CheckingClient, address: str, **words: str) -> Page:
        return client.submit(client.get(address), {"go": "words"}, form=self.FORM, **words)

    def test_it_asks_to_look_at_each_after_the_english_changed(self, officer: CheckingClient) -> None:
        page = begin(officer)
        only(officer, page, "en", "pl", "ur")
        address = f"{page.path}/questions/went_well"
        said = "The English changed after somebody wrote this."
        assert said not in officer.get(f"{page.path}/readiness").text
        self.change(officer, address, title="What was good?")
        shown = officer.get(f"{page.path}/readiness")
        assert shown.text.count(said) == 2 * 2, "once for each language, and again for who listens to the link"
        assert go(officer, page, "ask", status=422)
        polish = officer.get(f"{address}?in=pl")
        assert "The English changed after somebody wrote these words." in polish.text
        self.change(officer, f"{address}?in=pl")
        assert "The English changed" not in officer.get(f"{address}?in=pl").text
        self.change(officer, f"{address}?in=ur", title="کیا اچھا رہا؟")
        assert said not in officer.get(f"{page.path}/readiness").text

    def test_it_does_so_for_the_first_page(self, officer: CheckingClient) -> None:
        page = begin(officer)
        only(officer, page, "en", "pl")
        officer.submit(officer.get(f"{page.path}/settings"), about="Tell us about the plan.")
        said = "The English changed after somebody wrote these words."
        polish = officer.get(f"{page.path}/settings?in=pl")
        assert said in polish.text
        assert said not in officer.submit(polish).text


class TestReasons:
    def test_it_keeps_a_reason_with_who_gave_it(self, officer: CheckingClient) -> None:
        page = begin(officer)
        only(officer, page, "en")
        shown = give_every_reason(officer, page)
        assert "What stays, and why" in shown.text
        assert "We know, and it is right here." in shown.text
        assert "officer@first-start.invalid" in shown.text

    def test_it_asks_for_a_few_words(self, officer: CheckingClient) -> None:
        page = begin(officer)
        only(officer, page, "en")
        shown = officer.get(f"{page.path}/readiness")
        digest = shown.tree.css_first("form.reason input[name=problem]").attributes["value"] or ""
        again = officer.post(
            f"{page.path}/readiness",
            {"go": "reason", "problem": digest, "reason": " ", "_csrf_token": officer.client.cookies["csrf"]},
            status=422,
        )
        assert again.problem == "Write a few words: why can it stay?"
        assert again.problem_field.attributes["name"] == "reason"

    def test_it_no_longer_counts_when_the_words_change(self, officer: CheckingClient) -> None:
        page = ready(officer)
        shown = officer.get(f"{page.path}/questions/told_what_happens_next")
        officer.submit(
            shown,
            {"go": "words"},
            form="main form:has(textarea)",
            title="Would you like to be told by us what will happen next?",
        )
        assert "2 things are still open." in officer.get(f"{page.path}/readiness").text

    def test_it_takes_none_for_what_must_be_done(self, officer: CheckingClient) -> None:
        page = begin(officer)
        token = {"_csrf_token": officer.client.cookies["csrf"]}
        officer.post(f"{page.path}/readiness", {"go": "reason", "problem": "x", "reason": "No", **token}, status=404)


class TestTheSecondLook:
    def test_it_does_not_begin_while_something_is_open(self, officer: CheckingClient) -> None:
        page = begin(officer)
        shown = go(officer, page, "ask", status=422)
        assert shown.problem == "Something is still open. Look at the list."
        assert officer.unit(drafts)[0].stage == "draft"

    def test_it_is_taken_by_somebody_else(self, officer: CheckingClient) -> None:
        page = ready(officer)
        asked = go(officer, page, "ask")
        assert "A colleague looks at it" in asked.text
        assert "Publish it" not in asked.text
        refused = go(officer, page, "publish", status=409)
        assert "Somebody else has to take it." in refused.text
        officer.sign_in(Role.ADMINISTRATOR)
        published = go(officer, page, "publish")
        assert published.h1 == "Published surveys"
        assert officer.unit(drafts) == []

    def test_it_may_be_taken_alone_by_somebody_who_is_alone(self, officer: CheckingClient) -> None:
        page = ready(officer)

        async def others_leave() -> None:
            await Member.update({Member.role: "lead"}).where(Member.role == "administrator")

        officer.unit(others_leave)
        go(officer, page, "ask")
        assert go(officer, page, "publish").h1 == "Published surveys"

    def test_it_lets_nobody_change_the_survey_meanwhile(self, officer: CheckingClient) -> None:
        page = ready(officer)
        before = officer.get(page.path)
        settings = officer.get(f"{page.path}/settings")
        go(officer, page, "ask")
        officer.submit(before, {"go": "remove:went_well"}, form="#questions", status=409)
        officer.submit(settings, title="Another", status=409)
        assert officer.unit(drafts)[0].document.question("went_well") is not None
        go(officer, page, "back")
        assert officer.unit(drafts)[0].stage == "draft"


class TestTwoPeople:
    def test_it_shows_what_was_saved_meanwhile_and_loses_nothing(self, officer: CheckingClient) -> None:
        page = begin(officer)
        mine = officer.get(f"{page.path}/settings")
        officer.sign_in(Role.ADMINISTRATOR)
        theirs = officer.get(f"{page.path}/settings")
        officer.submit(theirs, title="Their title", about="Their words")
        officer.sign_in(Role.OFFICER)
        shown = officer.submit(mine, status=409, title="My title", **fresh(officer))
        assert shown.h1 == "Somebody saved a change before you"
        assert "administrator@first-start.invalid" in shown.text
        for words in ("My title", "Their title", "Their words"):
            assert words in shown.text
        assert officer.unit(drafts)[0].document.title["en"] == "Their title"
        officer.submit(shown)
        saved = officer.unit(drafts)[0].document
        assert saved.title["en"] == "My title"
        assert saved.about["en"] == "Their words", "what I did not touch stays as they saved it"
        assert "Their title" in officer.get(page.path).text, "the history has it"

    def test_it_can_keep_what_is_saved(self, officer: CheckingClient) -> None:
        page = begin(officer)
        stale = officer.get(page.path)
        officer.submit(officer.get(page.path), {"go": "remove:went_well"}, form="#questions")
        shown = officer.submit(stale, {"go": "down:plan_route"}, form="#questions", status=409)
        assert "Removed “What went well?”" in shown.text
        keep = next(a for a in shown.tree.css("main .buttons a") if a.text() == "Keep what is saved")
        assert officer.get(keep.attributes["href"] or "").path == page.path
        assert officer.unit(drafts)[0].document.questions[0].concept == "plan_route"

    def test_it_can_put_a_move_on_top(self, officer: CheckingClient) -> None:
        page = begin(officer)
        stale = officer.get(page.path)
        officer.submit(officer.get(page.path), {"go": "remove:went_well"}, form="#questions")
        shown = officer.submit(stale, {"go": "down:plan_route"}, form="#questions", status=409)
        officer.submit(shown)
        saved = officer.unit(drafts)[0].document
        assert saved.questions[1].concept == "plan_route"
        assert saved.question("went_well") is None

    def test_it_does_so_for_the_words_of_a_question(self, officer: CheckingClient) -> None:
        page = begin(officer)
        stale = officer.get(f"{page.path}/questions/went_well")
        form = "main form:has(textarea)"
        officer.submit(officer.get(f"{page.path}/questions/went_well"), {"go": "words"}, form=form, title="Theirs?")
        shown = officer.submit(stale, {"go": "words"}, form=form, status=409, title="Mine?")
        assert "Mine?" in shown.text
        assert "Theirs?" in shown.text

    def test_it_shows_the_words_for_a_question_that_is_gone(self, officer: CheckingClient) -> None:
        page = begin(officer)
        stale = officer.get(f"{page.path}/questions/went_well")
        officer.submit(officer.get(page.path), {"go": "remove:went_well"}, form="#questions")
        form = "main form:has(textarea)"
        shown = officer.submit(stale, {"go": "words"}, form=form, status=409, title="My long thought?")
        assert "My long thought?" in shown.text
        assert "Put mine on top" not in shown.text
        assert "Keep what is saved" not in shown.text
        assert officer.get(shown.one("main .buttons a").attributes["href"] or "").path == page.path


def fresh(client: CheckingClient) -> dict[str, str]:
    client.get("/account")
    return {"_csrf_token": client.client.cookies["csrf"]}


class TestRounds:
    def published(self, client: CheckingClient) -> Page:
        page = ready(client)
        go(client, page, "ask")
        client.sign_in(Role.ADMINISTRATOR)
        return go(client, page, "publish")

    def open_form(self, page: Page) -> str:
        versions = page.tree.css("form[id^=open-]")
        return f'[id="{versions[-1].attributes["id"]}"]'

    def test_it_opens_a_round_that_a_parent_answers(self, officer: CheckingClient) -> None:
        page = self.published(officer)
        assert page.form(self.open_form(page))["identity_mode"] == "anonymous", "as it was chosen when it was built"
        opened = officer.submit(page, {"go": "open"}, form=self.open_form(page), closes_on="2026-12-18")
        links = [a.attributes["href"] or "" for a in opened.tree.css("a.long-link")]
        assert len(links) == 2
        assert "Last day: 18 December 2026" in opened.text

        async def newest() -> str:
            return next(f"/s/{each.link}" for each in await rounds() if each.version == 2)

        link = officer.unit(newest)
        assert link in links
        first = officer.begin(link)
        assert officer.submit(first, CONTINUE, answer="annual_review").status == 200

    def test_it_closes_a_round(self, officer: CheckingClient, link: str) -> None:
        officer.sign_in(Role.OFFICER)
        page = officer.get("/work/rounds")
        closed = officer.submit(page, {"go": "close"}, form="main .one-round form")
        assert "Closed" in closed.text
        officer.get(link, status=410)

    def test_it_lets_who_has_begun_finish(self, officer: CheckingClient, link: str) -> None:
        page = officer.begin(link)
        rounds_page = officer.get("/work/rounds")
        officer.submit(rounds_page, {"go": "close"}, form="main .one-round form")
        assert officer.submit(page, CONTINUE, answer="annual_review").status == 200

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"closes_on": "2026-01-01"}, "The last day is over already."),
            ({"opens_on": "2026-12-24", "closes_on": "2026-12-01"}, "The last day comes before the first day."),
            ({"term": "2027-autumn"}, "These days are not in this term."),
            ({"closes_on": "2027-01-08"}, "These days are not in this term."),
            ({"opens_on": "soon"}, "Write the day like this"),
            ({"term": "2025-spring"}, "This term is over."),
            ({"term": "soon"}, "Choose a term from the list."),
            ({"identity_mode": ""}, "Choose how we keep the answers."),
            ({"version": "none"}, "Choose a survey from the list."),
            ({"version": "00000000-0000-4000-8000-000000000000"}, "Choose a survey from the list."),
        ],
    )
    def test_it_says_what_to_do_about_a_bad_choice(
        self, officer: CheckingClient, fields: dict[str, str], problem: str
    ) -> None:
        page = officer.get("/work/rounds")
        form = {**page.form(self.open_form(page)), "identity_mode": "anonymous", "go": "open", **fields}
        shown = officer.post("/work/rounds", form, status=422)
        assert shown.problem.startswith(problem)
        assert len(officer.unit(rounds)) == 1

    def test_it_opens_a_later_term_on_its_first_day(self, officer: CheckingClient) -> None:
        page = officer.get("/work/rounds")
        opened = officer.submit(
            page, {"go": "open"}, form=self.open_form(page), opens_on="", term="2027-spring", identity_mode="anonymous"
        )
        assert "Opens on 1 January 2027" in opened.text

    def test_it_says_so_when_there_is_nothing_to_close(self, officer: CheckingClient) -> None:
        shown = officer.post("/work/rounds", {"go": "close", "round": "x", **fresh(officer)}, status=422)
        assert shown.problem == "Choose a survey from the list."

    def test_it_goes_on_from_a_published_survey_with_a_new_version(self, officer: CheckingClient) -> None:
        self.published(officer)
        page = begin(officer, "survey:post-ehcp")
        assert "We are still writing it" in page.text


class TestHistory:
    def test_it_says_who_did_what_and_when(self, officer: CheckingClient) -> None:
        page = begin(officer)
        page = officer.submit(page, {"go": "down:plan_route"}, form="#questions")
        history = " ".join(page.one(".changes").text(separator=" ").split())
        assert "Moved “What kind of plan was it?”" in history
        assert "Began this survey" in history
        assert "officer@first-start.invalid" in history
        assert re.search(r"18 Nov 2026", history)
        assert officer.unit(drafts)[0].changed_at == dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
