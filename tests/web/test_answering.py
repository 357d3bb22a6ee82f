"""A parent carer's way through the survey, page by page, on both databases."""

from __future__ import annotations

import pytest

from tests.pages import CONTINUE, SKIP, CheckingClient, draft_of


class TestTheWayThrough:
    @pytest.mark.parametrize(
        ("route", "asked", "not_asked"),
        [
            ("new_assessment", "knew_next_steps", "child_took_part"),
            ("annual_review", "child_took_part", "knew_next_steps"),
        ],
    )
    def test_it_goes_from_the_letter_to_the_receipt(
        self, client: CheckingClient, link: str, route: str, asked: str, not_asked: str
    ) -> None:
        page = client.begin(link)
        assert page.h1 == "What kind of plan was it?"
        assert "Question 1 of 11" in page.text
        check = client.answer_all(page, plan_route=route)
        assert check.h1 == "Check your answers"
        assert "They rang when they said." in check.text
        receipt = client.submit(check)
        assert receipt.h1 == "Thank you. We have your answers."
        assert receipt.one(".reference strong").text()
        sent = client.answered()
        assert len(sent) == 11
        assert sent["plan_route"] == route
        assert sent[asked] == "yes"
        assert not_asked not in sent

    def test_it_counts_the_questions_of_the_route(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        places = []
        while "/q/" in page.path:
            places.append(page.one(".where").text())
            page = client.submit(
                page,
                CONTINUE,
                **(
                    {"text": "A"}
                    if page.tree.css("textarea")
                    else {"answer": "yes"}
                    if "yes" in page.codes
                    else {"answer": page.codes[0]}
                ),
            )
        assert places == [f"Question {n} of 11" for n in range(1, 12)]

    def test_it_lets_people_skip_every_question_but_not_send_nothing(self, client: CheckingClient, link: str) -> None:
        page, asked = client.begin(link), 0
        while "/q/" in page.path:
            page, asked = client.submit(page, SKIP), asked + 1
        assert asked == 10, "without a route, neither question of a route is asked"
        assert page.text.count("Not answered") == asked
        refused = client.submit(page, status=422)
        assert refused.problem == "You have not answered a question yet. Answer one, then send."
        assert refused.title == page.title
        assert client.answers() == []
        first = client.submit(client.get(f"{draft_of_check(page.path)}/q/plan_route"), CONTINUE, answer="annual_review")
        assert client.submit(client.get(f"{draft_of(first)}/check")).h1 == "Thank you. We have your answers."
        assert client.answered() == {"plan_route": "annual_review"}

    def test_it_takes_rather_not_say_at_every_question(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        while "/q/" in page.path:
            assert page.codes[-1] == "rather_not_say"
            page = client.submit(page, CONTINUE, answer="rather_not_say")
        assert page.text.count("I would rather not say") == 10
        client.submit(page)
        assert set(client.answered().values()) == {"rather_not_say"}
        assert len(client.answered()) == 10

    @pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("pl", "ltr")])
    def test_it_is_in_the_readers_language_from_start_to_end(
        self, client: CheckingClient, link: str, language: str, direction: str
    ) -> None:
        page = client.get(f"{link}?lang={language}")
        page = client.submit(page)
        pages = [page]
        while "/q/" in page.path:
            page = client.submit(
                page, CONTINUE, **({"text": "آپ"} if page.tree.css("textarea") else {"answer": page.codes[0]})
            )
            pages.append(page)
        pages.append(client.submit(page))
        assert {(each.language, each.one("html").attributes["dir"]) for each in pages} == {(language, direction)}
        english = {"What kind of plan was it?", "Check your answers", "Thank you. We have your answers."}
        assert not english & {each.h1 for each in pages}
        assert {row["language"] for row in client.answers()} == {language}

    def test_it_works_without_any_cookie(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link, language="pl")
        while "/q/" in page.path:
            client.client.cookies.clear()
            page = client.submit(
                page, CONTINUE, **({"text": "Tak"} if page.tree.css("textarea") else {"answer": page.codes[0]})
            )
            assert page.language == "pl"
        client.client.cookies.clear()
        assert client.submit(page).language == "pl"
        assert len(client.answered()) == 11

    def test_it_sets_no_cookie_but_for_language_and_look(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        page = client.press(page, "Large")
        client.get(f"{draft_of(page)}/later")
        client.get("/safe")
        client.get("/continue")
        client.get("/nothing-here", status=404)
        client.submit(client.answer_all(page))
        assert {cookie.name for cookie in client.client.cookies.jar} == {"language", "display"}

    def test_it_says_where_help_is_in_the_same_place_on_every_page(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        draft = draft_of(page)
        check = client.answer_all(page)
        pages = [
            client.get(link),
            page,
            check,
            client.get(f"{draft}/later"),
            client.submit(check),
            client.get("/continue"),
        ]
        assert {each.one("footer h2").text() for each in pages} == {"Do you need help?"}


def draft_of_check(path: str) -> str:
    return path.removesuffix("/check")


class TestBackToTheFirstPage:
    def test_it_goes_on_with_the_same_answers(self, client: CheckingClient, link: str) -> None:
        second = client.submit(client.begin(link), CONTINUE, answer="annual_review")
        first = client.submit(second, {"go": "back"})
        start = client.submit(first, {"go": "back"})
        assert start.path == link
        again = client.submit(start)
        assert again.path == second.path, "begun anew instead of going on"
        assert client.get(first.path).one("input[checked]").attributes["value"] == "annual_review"
