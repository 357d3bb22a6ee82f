"""One question of every kind, from the first page to what is stored, on both databases."""

from __future__ import annotations

import msgspec
import pytest

from surveys import contact_wishes
from surveys.contact_wishes import Wish
from surveys.document import Option, Question
from surveys.publishing import open_round, publish
from tests.pages import BACK, CONTINUE, SKIP, CheckingClient, Page, draft_of
from tests.surveys import every_type
from voice.languages import LANGUAGES

STOP = {"go": "stop"}

ANSWERS = {
    "take_part": {"answer": "yes"},
    "year": {"answer": "year_5"},
    "age": {"answer": "5_to_10"},
    "travel": {"option-taxi": "yes", "option-bus": "yes"},
    "like_taxi": {"answer": "not_sure"},
    "best_way": {"rank-bus": "3", "rank-walk": "1", "rank-car": "4", "rank-taxi": "2"},
    "day": {"sort-lessons": "not_good", "sort-playground": "good", "sort-lunch": "not_sure"},
    "feelings": {"option-worried": "yes", "option-happy": "yes"},
    "heard": {"answer": "agree"},
    "belong": {"answer": "10"},
    "happy": {"answer": "in_between"},
    "help": {"answer": "never"},
    "started": {"day": "4", "month": "September", "year": "2023"},
    "area": {"area": "b91 3qb"},
    "better": {"text": "More time outside."},
    "contact": {"answer": "phone", "reach": "0121 496 0000"},
}
STORED = {
    "take_part": "yes",
    "year": "year_5",
    "age": "5_to_10",
    "travel": "bus;taxi",
    "like_taxi": "not_sure",
    "best_way": "walk;taxi;bus;car",
    "day": "lessons=not_good;playground=good;lunch=not_sure",
    "feelings": "happy;worried",
    "heard": "agree",
    "belong": "10",
    "happy": "in_between",
    "help": "never",
    "started": "2023-09-04",
    "area": "B91",
    "better": "More time outside.",
    "contact": "phone",
}


@pytest.fixture
def survey(client: CheckingClient) -> str:
    """The address of the survey with every kind of question."""

    async def opened() -> None:
        version = await publish(every_type.document(every_type.spoken, tuple(LANGUAGES)), today=client.parts.today)
        await open_round(
            version, term="2026-autumn", identity_mode="anonymous", link="every", opens_on=None, closes_on=None
        )

    client.unit(opened)
    client.parts.rounds.forget()
    return "/s/every"


def answer(client: CheckingClient, page: Page, fields: dict[str, str], button: dict[str, str] = CONTINUE) -> Page:
    """Sends the page as somebody would who changed it to say this and nothing else."""
    kept = {name: value for name, value in page.form().items() if name.startswith("rank-")}
    return client.post(page.action(), {**kept, **fields, **button})


def walk(client: CheckingClient, page: Page, answers: dict[str, dict[str, str]]) -> Page:
    """Goes through the survey; what ``answers`` do not name is skipped. Returns the page after the last."""
    while "/q/" in page.path:
        concept = page.path.rpartition("/")[2]
        fields = answers.get(concept)
        nothing_to_say = concept == "welcome"
        page = answer(client, page, fields or {}, CONTINUE if fields or nothing_to_say else SKIP)
    return page


def at(client: CheckingClient, survey: str, concept: str, **begin: str) -> Page:
    """Agrees to take part, and goes straight to one question."""
    page = client.begin(survey, **begin)
    client.submit(client.get(f"{draft_of(page)}/q/take_part"), CONTINUE, answer="yes")
    if concept == "like_taxi":
        client.post(f"{draft_of(page)}/q/travel", {"option-taxi": "yes", **CONTINUE})
    return client.get(f"{draft_of(page)}/q/{concept}")


def line(page: Page, title: str) -> str:
    """What the check page says was answered to a question."""
    rows = [row for row in page.tree.css("dl.answers > div") if row.css_first("dt").text().strip() == title]
    assert len(rows) == 1
    return " | ".join(
        " ".join(each.text().split()) for each in rows[0].css("dd:not(.change) li") or rows[0].css("dd:not(.change)")
    )


class TestTheWayThrough:
    def test_it_stores_what_each_kind_was_given(self, client: CheckingClient, survey: str) -> None:
        check = walk(client, client.begin(survey), ANSWERS)
        assert check.h1 == "Check your answers"
        receipt = client.submit(check)
        assert receipt.h1 == "Thank you. We have your answers."
        assert client.answered() == STORED

    def test_it_sums_up_each_answer(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        check = walk(client, page, ANSWERS)
        assert line(check, "How do you get to school?") == "Bus | Taxi"
        assert line(check, "Which way is best?") == "1. On foot | 2. Taxi | 3. Bus | 4. Car"
        assert (
            line(check, "What is your day like?") == "Good: The playground | Not sure: Lunch time | Not good: Lessons"
        )
        assert line(check, "How do you feel at school?") == "Happy | Worried"
        assert line(check, "When did you start at this school?") == "4 September 2023"
        assert line(check, "Where do you live?").startswith("B91")
        assert "We keep this first part alone." in check.text
        assert line(check, "How may we tell you what happens next?") == "By phone | 0121 496 0000"
        assert "We lock this away, apart from your answers." in check.text
        assert "Some things to know first" not in check.text, "an information page has no answer to check"
        area = client.get(f"{draft_of(page)}/q/area?from=check")
        check = client.submit(area, CONTINUE, area="", answer="rather_not_say")
        assert check.h1 == "Check your answers"
        assert "We keep this first part alone." not in check.text

    def test_it_shows_each_answer_again(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        draft = draft_of(page)
        check = walk(client, page, ANSWERS)
        for concept in ANSWERS:
            again = client.get(f"{draft}/q/{concept}?from=check")
            assert client.submit(again, CONTINUE).path == check.path
        client.submit(check)
        assert client.answered() == STORED

    def test_it_takes_rather_not_say_at_every_question(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        while "/q/" in page.path:
            concept = page.path.rpartition("/")[2]
            if concept not in ("welcome", "take_part"):
                assert page.codes[-1] == "rather_not_say"
                assert page.tree.css(".card")[-1].css_first("input[value=rather_not_say]")
                page = answer(client, page, {"answer": "rather_not_say", "untouched": "yes"})
            else:
                page = answer(client, page, ANSWERS.get(concept, {}))
        client.submit(page)
        assert client.answered() == {
            concept: "yes" if concept == "take_part" else "rather_not_say"
            for concept in STORED
            if concept != "like_taxi"
        }

    @pytest.mark.parametrize("language", ["ur", "pl"])
    def test_it_is_the_same_in_another_language(self, client: CheckingClient, survey: str, language: str) -> None:
        page = client.submit(client.get(f"{survey}?lang={language}"))
        client.submit(walk(client, page, ANSWERS))
        assert client.answered() == STORED

    def test_it_sums_up_in_the_digits_of_the_language(self, client: CheckingClient, survey: str) -> None:
        page = client.submit(client.get(f"{survey}?lang=bn"))
        check = walk(client, page, ANSWERS)
        assert "১০" in line(check, "How much do you feel part of your school?")
        assert "২০২৩" in line(check, "When did you start at this school?")
        assert "0121 496 0000" in check.text, "what has to be called stays as it is"


class TestAnswersThatCannotBeKept:
    @pytest.mark.parametrize(
        ("concept", "fields", "problem"),
        [
            ("year", {"answer": "year_14"}, "Choose one answer, or choose Skip."),
            ("like_taxi", {}, "Choose one answer, or choose Skip."),
            ("heard", {"answer": "yes"}, "Choose one answer, or choose Skip."),
            ("travel", {}, "Choose one or more answers, or choose Skip."),
            ("travel", {"option-rocket": "yes"}, "Choose one or more answers, or choose Skip."),
            (
                "travel",
                {f"option-{code}": "yes" for code in ("bus", "walk", "car", "taxi")},
                "You chose 4. You can choose up to 3. Please take some away.",
            ),
            (
                "travel",
                {"option-bus": "yes", "answer": "rather_not_say"},
                "You gave an answer and also chose “I would rather not say”. Please keep one of them.",
            ),
            ("belong", {"answer": "11"}, "Choose one answer, or choose Skip."),
            ("belong", {"answer": "-1"}, "Choose one answer, or choose Skip."),
            ("best_way", {}, "Put each one in its place, or choose Skip."),
            (
                "best_way",
                {"rank-bus": "1", "rank-walk": "1", "rank-car": "2", "rank-taxi": "3"},
                "Each one needs a place of its own. Please look at the order again.",
            ),
            ("best_way", {"rank-bus": "1"}, "Each one needs a place of its own. Please look at the order again."),
            (
                "best_way",
                {
                    **{"rank-bus": "1", "rank-walk": "2", "rank-car": "3", "rank-taxi": "4"},
                    **{"answer": "rather_not_say", "ticked_before": "yes"},
                },
                "You gave an answer and also chose “I would rather not say”. Please keep one of them.",
            ),
            ("day", {}, "Put each one in its place, or choose Skip."),
            (
                "day",
                {"sort-lunch": "good"},
                "Choose for each picture, or choose Skip. If you do not know, choose “Not sure”.",
            ),
            ("day", {"sort-lunch": "tasty"}, "Choose one or more answers, or choose Skip."),
            ("feelings", {"option-hungry": "yes"}, "Choose one or more answers, or choose Skip."),
            ("started", {}, "Write a day, a month and a year, or choose Skip."),
            ("started", {"day": "4", "year": "2023"}, "Write all three: a day, a month and a year."),
            (
                "started",
                {"day": "31", "month": "2", "year": "2023"},
                "There is no such day. Please check the day and the month.",
            ),
            (
                "started",
                {"day": "4", "month": "Smarch", "year": "2023"},
                "There is no such day. Please check the day and the month.",
            ),
            (
                "started",
                {"day": "4", "month": "9", "year": "23"},
                "Write the year with 4 numbers, such as 2015.",
            ),
            ("area", {}, "Write the first part of your postcode, or choose Skip."),
            ("area", {"area": "Solihull"}, "We do not know this postcode. Write its first part, such as B91."),
            (
                "contact",
                {"reach": "0121 496 0000"},
                "Choose how we can reach you. Or take out the number or address.",
            ),
            (
                "contact",
                {"answer": "no_contact", "reach": "0121 496 0000"},
                "Choose how we can reach you. Or take out the number or address.",
            ),
            (
                "contact",
                {"answer": "phone", "reach": "12"},
                "Write all of your phone number. Or leave the box empty.",
            ),
            (
                "contact",
                {"answer": "email", "reach": "me at home"},
                "Please check your email address. It looks like name@example.org. Or leave the box empty.",
            ),
            (
                "contact",
                {"answer": "letter", "reach": "a" * 301},
                "This is too long for the box. It can hold 300 letters. Please make it shorter.",
            ),
        ],
    )
    def test_it_says_what_to_do_and_shows_what_was_given(
        self, client: CheckingClient, survey: str, concept: str, fields: dict[str, str], problem: str
    ) -> None:
        page = at(client, survey, concept)
        refused = client.post(page.url, {**CONTINUE, **fields}, status=422)
        assert refused.problem == problem
        assert refused.problem_field.tag in ("input", "button")
        shown = refused.form()
        offered = {each.attributes.get("name") for each in refused.tree.css("main input")}
        codes = {each.attributes.get("value") for each in refused.tree.css("main input")}
        for name, value in fields.items():
            typed = name in ("area", "reach", "day", "month", "year")
            if typed or (name in offered and value in codes and not name.startswith("rank-")):
                assert shown[name] == value
        again = client.get(page.path)
        assert {name for name in again.form() if name not in page.form()} == set(), "nothing was kept"

    def test_it_leads_to_the_first_picture_that_is_missing(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "day")
        refused = client.post(page.url, {**CONTINUE, "sort-lessons": "good"}, status=422)
        assert refused.problem_field.attributes["name"] == "sort-playground"

    def test_it_leads_to_the_number_that_is_too_short(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "contact")
        refused = client.post(page.url, {**CONTINUE, "answer": "phone", "reach": "12"}, status=422)
        assert refused.problem_field.attributes["name"] == "reach"

    def test_a_half_filled_page_changes_its_language_and_keeps_what_it_holds(
        self, client: CheckingClient, survey: str
    ) -> None:
        page = at(client, survey, "started")
        polish = client.submit(page, {"language": "pl"}, day="4", month="9")
        assert polish.language == "pl"
        assert (polish.form()["day"], polish.form()["month"]) == ("4", "9")
        assert not polish.tree.css(".problem-summary")
        assert client.submit(polish, CONTINUE, year="2023").language == "pl"

    @pytest.mark.parametrize(
        ("concept", "half"),
        [
            ("travel", {"option-bus": "yes", "answer": "rather_not_say"}),
            ("day", {"sort-lessons": "good"}),
            ("started", {"day": "4"}),
            ("area", {"area": "nowhere at all"}),
            ("better", {"text": "a" * 2001}),
            ("contact", {"answer": "phone", "reach": "12"}),
        ],
    )
    def test_a_half_filled_page_is_no_reason_not_to_come_back_later(
        self, client: CheckingClient, survey: str, concept: str, half: dict[str, str]
    ) -> None:
        page = at(client, survey, concept)
        later = client.submit(page, {"go": "later"}, **half)
        assert later.h1 == "Your answers are saved"
        assert len(later.one(".code").text().replace(" ", "")) == 8
        assert "could not keep all" in later.text
        posted = {"go": "later", **half}
        told = client.client.post(page.path, data=posted, headers={"X-Golden-Thread": "keep"})
        assert told.json()["next"].partition("?")[0] == later.path
        assert "could not keep" not in client.submit(client.get(page.path), {"go": "later"}).text


class TestDates:
    @pytest.mark.parametrize(
        ("fields", "stored"),
        [
            ({"day": "29", "month": "2", "year": "2024"}, "2024-02-29"),
            ({"day": " 1 ", "month": "sept", "year": "2020"}, "2020-09-01"),
            ({"day": "٣", "month": "١٢", "year": "٢٠٢١"}, "2021-12-03"),
        ],
    )
    def test_it_reads_days_as_people_write_them(
        self, client: CheckingClient, survey: str, fields: dict[str, str], stored: str
    ) -> None:
        page = at(client, survey, "started")
        client.submit(page, CONTINUE, **fields)
        client.submit(client.get(f"{draft_of(page)}/check"))
        assert client.answered()["started"] == stored

    def test_it_reads_months_by_their_names_in_the_persons_language(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "started", language="pl")
        client.submit(page, CONTINUE, day="4", month="września", year="2023")
        assert client.get(page.path).form()["month"] == "9"


class TestPicturesOfASurvey:
    def test_they_stand_in_place_of_ours_with_what_they_show(self, client: CheckingClient) -> None:
        def options(question: Question) -> tuple[Option, ...]:
            return tuple(
                msgspec.structs.replace(option, picture=f"0000-{option.code}", alt={"en": f"A drawing: {option.code}"})
                for option in question.options
            )

        survey = every_type.document(every_type.spoken, tuple(LANGUAGES))
        questions = tuple(msgspec.structs.replace(each, options=options(each)) for each in survey.questions)

        async def opened() -> None:
            drawn = msgspec.structs.replace(survey, questions=questions)
            version = await publish(drawn, today=client.parts.today)
            await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link="drawn", opens_on=None, closes_on=None
            )

        client.unit(opened)
        client.parts.rounds.forget()
        for concept in ("year", "travel", "best_way", "day", "contact"):
            page = at(client, "/s/drawn", concept)
            question = next(each for each in questions if each.concept == concept)
            shown = {
                image.attributes["src"]: image.attributes["alt"] for image in page.tree.css("main img[src^='/asked']")
            }
            assert shown == {f"/asked/{each.picture}": each.alt["en"] for each in question.options}


class TestPostcodes:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [("B91", "B91"), ("b91 3qb", "B91"), ("B1 1BB", "B1"), ("sw1a1aa", "SW1A"), ("BA14", "BA14"), ("m 1", "M1")],
    )
    def test_it_keeps_the_first_part_alone(self, client: CheckingClient, survey: str, written: str, kept: str) -> None:
        page = at(client, survey, "area")
        assert "we keep the first part alone" in page.text
        client.submit(page, CONTINUE, area=written)
        assert client.get(page.path).form()["area"] == kept


class TestRankingWithoutScripts:
    def order(self, page: Page) -> list[str]:
        return [each.attributes["name"] or "" for each in page.tree.css("ol.ranking input")]

    def test_it_shows_the_page_again_in_the_new_order(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "best_way")
        assert self.order(page) == ["rank-bus", "rank-walk", "rank-car", "rank-taxi"]
        moved = client.submit(page, {"move": "up-taxi"})
        assert self.order(moved) == ["rank-bus", "rank-walk", "rank-taxi", "rank-car"]
        assert moved.one("[autofocus]").attributes["value"] == "up-taxi", "the next press needs no searching"
        moved = client.submit(client.submit(moved, {"move": "up-taxi"}), {"move": "down-bus"})
        assert self.order(moved) == ["rank-taxi", "rank-bus", "rank-walk", "rank-car"]
        client.submit(moved, CONTINUE)
        assert self.order(client.get(page.path)) == self.order(moved)

    def test_it_stays_as_it_is_at_both_ends_and_for_moves_that_are_none(
        self, client: CheckingClient, survey: str
    ) -> None:
        page = at(client, survey, "best_way")
        for move in ("up-bus", "down-taxi", "sideways-bus", "up-rocket", ""):
            assert self.order(client.submit(page, {"move": move})) == self.order(page)

    def test_it_takes_the_order_as_it_is_when_somebody_goes_on(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "best_way")
        client.submit(page, CONTINUE)
        client.submit(client.get(f"{draft_of(page)}/check"))
        assert client.answered()["best_way"] == "bus;walk;car;taxi"

    def test_it_keeps_no_order_that_nobody_chose(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "best_way")
        client.submit(page, BACK)
        client.submit(page, {"language": "pl"})
        assert "untouched" in client.get(page.path).form()

    def test_it_tells_a_script_to_send_the_form_as_it_is(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "best_way")
        told = client.client.post(page.path, data={"move": "up-taxi"}, headers={"X-Golden-Thread": "keep"})
        assert told.status_code == 422


class TestASharedDevice:
    def test_it_keeps_hidden_answers_when_pages_are_left_as_they_are(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey, shared_device="yes")
        draft = draft_of(page)
        check = walk(client, page, ANSWERS)
        assert "0121" not in check.html
        for concept in ANSWERS:
            again = client.get(f"{draft}/q/{concept}?from=check")
            assert "0121" not in again.html
            assert not again.tree.css("input[checked]")
            client.submit(again, CONTINUE)
        client.submit(check)
        assert client.answered() == STORED


class TestContactWishes:
    def wishes(self, client: CheckingClient) -> list[contact_wishes.SealedWish]:
        found: list[contact_wishes.SealedWish] = client.unit(lambda: contact_wishes.wishes(client.parts.secret))
        return found

    def rows(self, client: CheckingClient) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = client.unit(lambda: contact_wishes.ContactWish.raw('SELECT * FROM "contact_wish"'))
        return rows

    def test_it_keeps_the_number_sealed_and_apart(self, client: CheckingClient, survey: str) -> None:
        client.submit(walk(client, client.begin(survey), ANSWERS))
        [found] = self.wishes(client)
        assert (found.survey, found.month) == (every_type.SLUG, "2026-11")
        assert found.wish == Wish(way="phone", reach="0121 496 0000", language="en")
        [row] = self.rows(client)
        assert row.keys() == {"id", "survey", "month", "sealed"}
        submission = client.answers()[0]["submission"]
        assert str(row["id"]) != submission
        assert "0121" not in row["sealed"]
        assert [each.wish for each in client.unit(lambda: contact_wishes.wishes(b"another secret"))] == [None]

    def test_it_says_nothing_of_the_day(self, client: CheckingClient, survey: str) -> None:
        client.submit(walk(client, client.begin(survey), ANSWERS))
        [row] = self.rows(client)
        first_of_month = 1793491200  # 1 November 2026, 00:00 UTC
        assert contact_wishes.sealed_at(row["sealed"], client.parts.secret) == first_of_month

    def test_it_keeps_no_wish_without_a_number_and_none_before_it_is_sent(
        self, client: CheckingClient, survey: str
    ) -> None:
        walk(client, client.begin(survey), ANSWERS)
        client.submit(walk(client, client.begin(survey), {**ANSWERS, "contact": {"answer": "letter"}}))
        assert self.wishes(client) == []

    def test_it_is_nowhere_among_the_answers(self, client: CheckingClient, survey: str) -> None:
        client.submit(walk(client, client.begin(survey), ANSWERS))
        everything: list[dict[str, object]] = []
        for table in ("draft", "submission", "answer", "answer_part"):
            everything += client.unit(lambda table=table: contact_wishes.ContactWish.raw(f'SELECT * FROM "{table}"'))
        assert everything
        assert "0121" not in str(everything)

    def test_it_forgets_them_after_six_months(self, client: CheckingClient, survey: str) -> None:
        client.submit(walk(client, client.begin(survey), ANSWERS))
        today = client.parts.today
        client.unit(lambda: contact_wishes.clear_old(today=today.replace(year=2027, month=5)))
        assert len(self.wishes(client)) == 1
        client.unit(lambda: contact_wishes.clear_old(today=today.replace(year=2027, month=6)))
        assert self.wishes(client) == []


class TestConsent:
    def test_it_asks_nothing_more_without_it(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        assert "Page 1 of 17" in page.text
        consent = client.submit(page, CONTINUE)
        assert consent.h1 == "Do you want to take part?"
        assert "Question 2 of 17" in consent.text
        draft = draft_of(page)
        client.get(f"{draft}/q/year", status=404)
        client.post(f"{draft}/q/year", {"answer": "year_5", **CONTINUE}, status=404)
        refused = client.submit(client.get(f"{draft}/check"), status=422)
        assert refused.h1 == "Check your answers"

    @pytest.mark.parametrize("code", ["no", "rather_not_say"])
    def test_no_ends_on_a_kind_page_and_leaves_nothing_behind(
        self, client: CheckingClient, survey: str, code: str
    ) -> None:
        page = client.begin(survey)
        draft = draft_of(page)
        end = client.submit(client.get(f"{draft}/q/take_part"), CONTINUE, answer=code)
        assert end.h1 == "That is fine"
        assert "We kept nothing" in end.text
        client.get(f"{draft}/q/take_part", status=404)
        assert client.answers() == []

    def test_no_makes_way_for_the_next_person_on_a_shared_device(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey, shared_device="yes")
        end = client.submit(client.get(f"{draft_of(page)}/q/take_part"), CONTINUE, answer="no")
        assert end.one("main a.button").attributes["href"] == f"{survey}?shared=yes"
        page = client.begin(survey, shared_device="yes")
        stop = client.get(f"{draft_of(page)}/stop")
        assert client.submit(stop, {"go": "throw_away"}).one("main a.button").text() == "Next person"

    def test_a_change_of_mind_throws_away_what_was_said(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        draft = draft_of(page)
        walk(client, page, ANSWERS)
        end = client.submit(client.get(f"{draft}/q/take_part?from=check"), CONTINUE, answer="no")
        assert end.h1 == "That is fine"
        client.get(f"{draft}/check", status=404)

    def test_yes_alone_is_nothing_to_send(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "year")
        refused = client.submit(client.get(f"{draft_of(page)}/check"), status=422)
        assert refused.problem == "You have not answered a question yet. Answer one, then send."


class TestStopping:
    def test_it_is_offered_on_every_later_page(self, client: CheckingClient, survey: str) -> None:
        page = client.begin(survey)
        offered = {}
        while "/q/" in page.path:
            concept = page.path.rpartition("/")[2]
            offered[concept] = [each.text().strip() for each in page.tree.css("main .buttons .stop")]
            page = answer(client, page, ANSWERS.get(concept, {}))
        offered["check"] = [each.text().strip() for each in page.tree.css("main .buttons .stop")]
        later = client.get(page.path.replace("/check", "/later"))
        offered["later"] = [each.text().strip() for each in later.tree.css("main .buttons .stop")]
        assert {name for name, buttons in offered.items() if buttons == []} == {"welcome", "take_part"}
        assert {name for name, buttons in offered.items() if buttons == ["Stop"]} == offered.keys() - {
            "welcome",
            "take_part",
        }

    def test_it_is_not_offered_where_nobody_was_asked_for_consent(self, client: CheckingClient, link: str) -> None:
        page = client.begin(link)
        assert not page.tree.css(".stop")
        assert not client.get(f"{draft_of(page)}/check").tree.css(".stop")

    def test_it_sends_what_was_said_so_far(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "travel")
        asked = client.post(page.path, {"option-bus": "yes", **STOP})
        assert asked.h1 == "Do you want to stop?"
        receipt = client.submit(asked, {"go": "send"})
        assert receipt.h1 == "Thank you. We have your answers."
        assert client.answered() == {"take_part": "yes", "travel": "bus"}

    def test_it_throws_all_of_it_away(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "travel")
        asked = client.post(page.path, {"option-bus": "yes", **STOP})
        end = client.submit(asked, {"go": "throw_away"})
        assert end.h1 == "That is fine"
        client.get(f"{draft_of(page)}/check", status=404)
        assert client.answers() == []
        assert client.get(end.path).h1 == "That is fine", "the page can be loaded again"

    def test_it_lets_people_go_on_after_all(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "travel")
        asked = client.post(page.path, {"option-bus": "yes", **STOP})
        on = client.get(asked.tree.css_first("main a.button").attributes["href"] or "")
        assert "/q/" in on.path
        client.submit(asked, {"go": "what"})
        assert client.get(page.path).form()["option-bus"] == "yes"
        assert client.get(f"{draft_of(page)}/stopped").path == on.path, "nothing was thrown away"

    def test_it_stops_on_a_page_that_cannot_be_kept(self, client: CheckingClient, survey: str) -> None:
        page = at(client, survey, "started")
        asked = client.submit(page, STOP, day="31", month="2", year="2023")
        assert asked.h1 == "Do you want to stop?"
        assert "Send what I said so far" not in asked.text, "there is nothing to send yet"
        client.submit(asked, {"go": "send"})
        assert client.answers() == []


class TestChangingOnesMind:
    TO_WRITE = ("text", "area", "day", "month", "year", "reach")

    def emptied(self, page: Page) -> dict[str, str]:
        """The page's form with all boxes emptied and unticked; what was put in a place or an order cannot be."""
        left = {name: value for name, value in page.form().items() if not name.startswith("option-")}
        return {name: "" if name in self.TO_WRITE else value for name, value in left.items() if name != "answer"}

    @pytest.mark.parametrize("concept", [concept for concept in ANSWERS if concept != "take_part"])
    def test_it_turns_into_rather_not_say_and_back(self, client: CheckingClient, survey: str, concept: str) -> None:
        page = at(client, survey, concept)
        address = str(page.url)
        answer(client, page, ANSWERS[concept])
        said = client.get(address)
        client.post(said.action(), {**self.emptied(said), "answer": "rather_not_say", **CONTINUE})
        unsaid = client.get(address)
        assert unsaid.chosen == "rather_not_say"
        client.submit(unsaid, CONTINUE)
        assert client.get(address).chosen == "rather_not_say", "going on again changes nothing"
        client.post(unsaid.action(), {**self.emptied(unsaid), **ANSWERS[concept], **CONTINUE})
        again = client.get(address)
        assert again.chosen == ANSWERS[concept].get("answer")
        assert {**again.form(), "answer": ""} == {**said.form(), "answer": ""}

    @pytest.mark.parametrize("concept", ["best_way", "day"])
    def test_it_asks_once_when_both_are_meant(self, client: CheckingClient, survey: str, concept: str) -> None:
        page = at(client, survey, concept)
        address = str(page.url)
        client.submit(page, CONTINUE, answer="rather_not_say")
        both = {name: value for name, value in client.get(address).form().items() if name != "untouched"}
        asked = client.post(page.action(), {**both, **ANSWERS[concept], **CONTINUE}, status=422)
        assert asked.problem.endswith("Please keep one of them.")
        client.submit(asked, CONTINUE)
        assert client.get(address).chosen == "rather_not_say"
