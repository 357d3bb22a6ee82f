"""The question bank's pages: finding a question, reading all about it, adding and changing."""

from __future__ import annotations

import uuid

import pytest
from selectolax.lexbor import LexborNode

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.bank import changing, reading
from surveys.bank.concepts import Concept, Explained, OfferedOption, Wording, question_of
from surveys.document import RATHER_NOT_SAY
from surveys.submissions import SentAnswers
from tests.conftest import NOON
from tests.pages import CheckingClient, Page
from voice.capture.open_rounds import OpenRounds
from voice.first_start import own_surveys
from voice.people.roles import Role

BANK = "/work/bank"
FELT = f"{BANK}/felt_listened_to"
WORDS = f"{FELT}/words/easy_read/en"
OFFICER = "officer@first-start.invalid"


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def listed(page: Page) -> list[str]:
    """The codes of the questions in the list."""
    return [(a.attributes["href"] or "").rpartition("/")[2] for a in page.tree.css(".bank-line a")]


def plain(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def in_bank(client: CheckingClient, code: str) -> Concept:
    found: Concept | None = client.run(lambda: client.parts.store.read(lambda: reading.concept(code)))
    assert found is not None
    return found


def answered(client: CheckingClient, concept: str, codes: dict[str, int]) -> None:
    """People answer a concept, so many with each code."""

    async def unit() -> None:
        [round] = await OpenRounds(client.parts.store).with_link(now=NOON)
        for code, people in codes.items():
            for _ in range(people):
                answers = {concept: GivenAnswer("en", code=code)}
                await submissions.store(
                    SentAnswers(uuid.uuid4(), round.id, "en", "own_device", "parent_carer", "2026-11", answers)
                )

    client.unit(unit)


class TestBrowsing:
    def test_it_lists_every_question_of_our_surveys(self, officer: CheckingClient) -> None:
        page = officer.get(BANK)
        assert page.h1 == "Question bank"
        found = set(listed(page))
        while following := [a for a in page.tree.css(".buttons a") if a.text() == "More questions"]:
            page = officer.get(f"{BANK}{following[0].attributes['href']}")
            found |= set(listed(page))
        assert found >= {question.concept for survey in own_surveys() for question in survey.questions}

    @pytest.mark.parametrize("search", ["LISTENED", "feel  listened", "کیا آپ کو لگا", "wysluchani", "felt_listened"])
    def test_it_finds_words_in_any_language_and_case(self, officer: CheckingClient, search: str) -> None:
        assert listed(officer.get(BANK, params={"q": search})) == ["felt_listened_to"]

    def test_it_says_what_to_do_when_nothing_is_found(self, officer: CheckingClient) -> None:
        page = officer.get(BANK, params={"q": "no%such_words"})
        assert listed(page) == []
        assert "Try fewer words, or show all." in page.text
        assert page.one("#q").attributes["value"] == "no%such_words"

    def test_it_narrows_the_list_down(self, officer: CheckingClient) -> None:
        assert listed(officer.get(BANK, params={"kind": "faces"})) == ["overall_satisfaction"]
        valued = listed(officer.get(BANK, params={"heading": "valued_and_included", "kind": "single_choice"}))
        assert "felt_listened_to" in valued
        assert "plan_describes_child" not in valued
        assert listed(officer.get(BANK, params={"audience": "health", "kind": "faces"})) == []

    def test_it_keeps_the_search_when_the_language_changes(self, officer: CheckingClient) -> None:
        page = officer.get(BANK, params={"q": "listened"})
        polish = next(a for a in page.tree.css(".languages a") if a.attributes["hreflang"] == "pl")
        assert listed(officer.get(f"{BANK}{polish.attributes['href']}")) == ["felt_listened_to"]

    def test_it_shows_a_page_at_a_time(self, officer: CheckingClient) -> None:
        async def unit() -> None:
            many = [
                Concept(f"many_{n}", "free_text", wordings={"standard": {"en": Wording(f"Many {n}?")}})
                for n in range(65)
            ]
            await changing.add_all(many, by=None, now=NOON)

        officer.unit(unit)
        first = officer.get(BANK, params={"q": "many_"})
        assert len(listed(first)) == 30
        following = [a for a in first.tree.css(".buttons a") if "from=" in (a.attributes["href"] or "")]
        second = officer.get(f"{BANK}{following[0].attributes['href']}")
        assert len(listed(second)) == 30
        assert not set(listed(first)) & set(listed(second))


class TestNarrowing:
    def test_it_finds_what_a_team_looks_after_and_what_an_i_statement_is_served_by(
        self, officer: CheckingClient
    ) -> None:
        assert not officer.get(BANK).tree.css("#owner, #statement"), "nobody has written any"
        for code, owner, statements in (
            ("felt_listened_to", "EHCP team", "I am listened to.\nI help to choose."),
            ("went_well", "EHCP team", ""),
            ("child_took_part", "School team", "I help to choose."),
        ):
            page = officer.get(f"{BANK}/{code}/about")
            officer.submit(page, {"go": "save"}, owner=owner, i_statements=statements)
        page = officer.get(BANK, params={"owner": "EHCP team"})
        assert set(listed(page)) == {"felt_listened_to", "went_well"}
        assert page.one("#owner option[selected]").text() == "EHCP team"
        page = officer.get(BANK, params={"statement": "I help to choose."})
        assert set(listed(page)) == {"felt_listened_to", "child_took_part"}
        both = {"statement": "I help to choose.", "owner": "School team"}
        assert listed(officer.get(BANK, params=both)) == ["child_took_part"]


class TestAQuestion:
    def test_it_shows_its_words_in_every_language(self, officer: CheckingClient) -> None:
        page = officer.get(FELT)
        assert page.h1 == "Did you feel listened to?"
        said = {node.attributes["lang"]: node for node in page.tree.css(".wording .said-in")}
        assert {"en", "ur", "pl"} <= set(said)
        assert said["ur"].attributes["dir"] == "rtl"
        assert "ہاں" in said["ur"].text()

    def test_it_shows_where_it_is_asked(self, officer: CheckingClient) -> None:
        page = officer.get(FELT)
        assert "How was getting your child’s plan? Version 1, from 18 November 2026 · Autumn 2026" in page.text

    def test_it_is_not_there_for_a_code_that_nobody_has_used(self, officer: CheckingClient) -> None:
        officer.get(f"{BANK}/nothing_here", status=404)
        officer.get(f"{BANK}/nothing_here/about", status=404)
        officer.get(f"{BANK}/nothing_here/words/easy_read/en", status=404)
        officer.get(f"{FELT}/words/fancy/en", status=404)
        officer.get(f"{FELT}/words/easy_read/tlh", status=404)

    def test_it_offers_changes_only_to_those_who_may_make_them(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        page = client.get(FELT)
        assert not page.tree.css('main a[href*="/about"], main a[href*="/words/"], main a[href*="/new"]')
        assert not client.get(BANK).tree.css('main a[href$="/new"]')

    def test_it_shows_which_other_question_asks_nearly_the_same(self, officer: CheckingClient) -> None:
        async def unit() -> None:
            twin = Wording("Did you never feel listened to in 2024?")
            await changing.add(
                Concept("never_heard", "free_text", wordings={"standard": {"en": twin}}), by=None, now=NOON
            )

        officer.unit(unit)
        [text] = [said for node in officer.get(FELT).tree.css(".near-one") if "2024?" in (said := plain(node))]
        assert "Did you never feel listened to in 2024?" in text
        assert "Not or never: there never" in text
        assert "Numbers and years: there 2024" in text


def put_in_bank(client: CheckingClient, concept: Concept) -> None:
    client.unit(lambda: changing.add(concept, by=None, now=NOON))


WAITED = Concept(
    "waited",
    "number_scale",
    also_asked_of=("school",),
    limit=500,
    most=3,
    bsl="film",
    wordings={
        "easy_read": {
            "en": Wording(
                "How long did you wait?",
                ends=("Not long", "Very long"),
                audio="recording",
                picture_alt="A clock",
                hard_words=tuple(
                    Explained(word, f"{word} explained.", word.lower()) for word in ("EHCP", "SENCO", "Panel", "Draft")
                ),
            ),
        },
        "standard": {"en": Wording("How long was your wait?", ends=("No time", "Too long"))},
    },
)


class TestNothingIsLost:
    """What a form does not show, or shows unchanged, is there after it was saved."""

    def test_it_keeps_every_hard_word_of_unchanged_words(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        before = in_bank(officer, "waited")
        officer.submit(officer.get(f"{BANK}/waited/words/easy_read/en"), meaning="no")
        assert in_bank(officer, "waited") == before

    def test_it_keeps_all_of_a_question_that_another_takes_the_place_of(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        page = officer.get(f"{BANK}/new?follows=waited")
        officer.submit(page, {"go": "add"}, code="waited_last_year", period="last_year", looked="yes")
        after = in_bank(officer, "waited_last_year")
        kept = ("kind", "audience", "also_asked_of", "limit", "most", "bsl", "wordings", "headings", "good_for_months")
        assert {name: getattr(after, name) for name in kept} == {name: getattr(WAITED, name) for name in kept}
        assert (after.period, after.follows) == ("last_year", "waited")

    def test_it_leaves_behind_a_recording_and_a_film_of_other_words(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        page = officer.get(f"{BANK}/new?follows=waited")
        other = {"title-easy_read": "How long did your child wait?", "code": "child_waited", "looked": "yes"}
        officer.submit(page, {"go": "add"}, **other)
        after = in_bank(officer, "child_waited")
        said = after.wording("easy_read", "en")
        assert said is not None
        assert (after.bsl, said.audio, said.picture_alt) == ("", "", "A clock")

    def test_it_keeps_pictures_and_places_to_sort_to(self, officer: CheckingClient) -> None:
        places = (OfferedOption("near", "sun"), OfferedOption("far", "moon"))
        said = Wording(
            "Where are these?",
            labels={"park": "Park", "shop": "Shop"},
            alts={"park": "A tree"},
            places={"near": "Near me", "far": "Far away"},
        )
        options = (OfferedOption("park", "sun", "picture-1"), OfferedOption("shop"))
        put_in_bank(
            officer,
            Concept(
                "where", "sorting", options=options, places=places, picture="own", wordings={"easy_read": {"en": said}}
            ),
        )
        page = officer.get(f"{BANK}/new?follows=where")
        officer.submit(page, {"go": "add"}, code="where_now", period="now", looked="yes")
        after = in_bank(officer, "where_now")
        assert (after.options, after.places, after.picture) == (options, places, "own")
        assert after.wording("easy_read", "en") == said

    def test_it_takes_along_all_that_was_typed_as_other_words(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        page = officer.submit(
            officer.get(f"{BANK}/waited/words/easy_read/en"),
            meaning="yes",
            **{"title": "How long do you wait now?", "end-low": "A day", "hard-meaning-2": "A teacher."},
        )
        form = page.form()
        assert form["title-easy_read"] == "How long do you wait now?"
        assert (form["end-low-easy_read"], form["end-low-standard"]) == ("A day", "No time")
        assert form["hard-meaning-easy_read-2"] == "A teacher."
        assert form["hard-word-easy_read-4"] == "Draft"

    def test_it_pairs_hard_words_by_what_they_are(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        page = officer.get(f"{BANK}/waited/words/easy_read/pl")
        assert "In English: SENCO" in page.one("#hard-word-2-hint").text()
        polish = {"title": "Jak długo?", "end-low": "Krótko", "end-high": "Długo"}
        officer.submit(page, **polish, **{"hard-word-2": "SENCO (pl)", "hard-meaning-2": "Nauczyciel."})
        asked = question_of(in_bank(officer, "waited"), "easy_read", ("en", "pl"))
        assert [dict(each.word) for each in asked.hard_words] == [
            {"en": "EHCP"},
            {"en": "SENCO", "pl": "SENCO (pl)"},
            {"en": "Panel"},
            {"en": "Draft"},
        ]
        again = officer.get(f"{BANK}/waited/words/easy_read/pl")
        assert again.one("#hard-word-2").text().strip() == "SENCO (pl)"
        english = officer.get(f"{BANK}/waited/words/easy_read/en")
        officer.submit(english, meaning="no", **{"hard-word-1": "", "hard-meaning-1": ""})
        asked = question_of(in_bank(officer, "waited"), "easy_read", ("en", "pl"))
        assert {"en": "SENCO", "pl": "SENCO (pl)"} in [dict(each.word) for each in asked.hard_words]

    def test_it_asks_for_both_halves_of_a_hard_word(self, officer: CheckingClient) -> None:
        page = officer.submit(officer.get(WORDS), status=422, meaning="no", **{"hard-word-1": "panel"})
        assert page.problem == "Please write both: the hard word and what it means."
        assert page.problem_field.attributes["id"] == "hard-meaning-1"

    def test_it_shows_hard_words_that_somebody_else_added_meanwhile(self, officer: CheckingClient) -> None:
        put_in_bank(officer, WAITED)
        first, second = (officer.get(f"{BANK}/waited/words/easy_read/en") for _ in range(2))
        officer.submit(first, meaning="no", **{"hard-word-5": "Tribunal", "hard-meaning-5": "A court."})
        page = officer.submit(second, status=409, meaning="no", help="Think of the last time.")
        assert f"Changed by {OFFICER}" in plain(page.one(".note"))
        officer.submit(page, meaning="no")
        said = in_bank(officer, "waited").wording("easy_read", "en")
        assert said is not None
        assert [each.word for each in said.hard_words] == ["EHCP", "SENCO", "Panel", "Draft", "Tribunal"]
        assert said.help == "Think of the last time."


class TestAnswersSoFar:
    def rows(self, page: Page) -> dict[str, list[str]]:
        return {
            row.css_first("th").text(): [cell.text() for cell in row.css("td")]
            for row in page.tree.css(".counts tbody tr")
        }

    def test_it_counts_them_by_term(self, officer: CheckingClient) -> None:
        answered(officer, "felt_listened_to", {"yes": 20, "mostly": 20, "no": 40, RATHER_NOT_SAY: 3})
        page = officer.get(FELT)
        assert "80 people answered." in page.text
        assert self.rows(page) == {
            "Yes": ["20", "25%"],
            "Mostly": ["20", "25%"],
            "A little": ["0", "0%"],
            "No": ["40", "50%"],
        }
        assert "would rather not say" not in page.text

    def test_it_hides_small_numbers_and_what_gives_them_away(self, officer: CheckingClient) -> None:
        answered(officer, "felt_listened_to", {"yes": 30, "mostly": 20, "a_little": 4, "no": 40})
        rows = self.rows(officer.get(FELT))
        assert rows["A little"] == ["hidden", "–"]
        assert [cells[0] for cells in rows.values()].count("hidden") > 1

    def test_it_shows_no_number_for_few_people(self, officer: CheckingClient) -> None:
        answered(officer, "felt_listened_to", {"yes": 9})
        page = officer.get(FELT)
        assert "Fewer than 10 people answered." in page.text
        assert self.rows(page) == {}

    def test_it_shows_them_to_no_facilitator(self, client: CheckingClient) -> None:
        answered(client, "felt_listened_to", {"yes": 30})
        client.sign_in(Role.FACILITATOR)
        page = client.get(FELT)
        assert not page.tree.css("#results")
        assert "30" not in page.text


class TestChangingTheWords:
    def change(self, client: CheckingClient, *, status: int = 200, address: str = WORDS, **fields: str) -> Page:
        return client.submit(client.get(address), status=status, **fields)

    def test_it_keeps_the_question_and_says_who_changed_what(self, officer: CheckingClient) -> None:
        page = self.change(officer, title="Did you feel that we listened?", meaning="no")
        assert page.path == FELT
        assert page.h1 == "Did you feel that we listened?"
        entry = plain(page.tree.css(".history li")[0])
        assert f"Changed by {OFFICER} on 18 November 2026" in entry
        assert "Did you feel listened to?" in entry
        assert not in_bank(officer, "felt_listened_to").is_retired

    def test_it_asks_whether_the_meaning_changes(self, officer: CheckingClient) -> None:
        page = self.change(officer, title="Did you feel that we listened?", status=422)
        assert page.problem == "Does this change what we ask? Please choose yes or no."
        assert page.one("#title").text().strip() == "Did you feel that we listened?"
        assert in_bank(officer, "felt_listened_to").title("en") == "Did you feel listened to?"

    def test_it_shows_words_that_turn_the_meaning_before_it_believes(self, officer: CheckingClient) -> None:
        page = self.change(officer, title="Did you never feel listened to?", meaning="no", status=422)
        assert "Please look at what is different." in page.problem
        assert "Not or never: there never" in plain(page.one(".differences"))
        assert officer.submit(page, looked="yes").h1 == "Did you never feel listened to?"

    def test_it_makes_a_new_question_of_another_meaning(self, officer: CheckingClient) -> None:
        page = self.change(officer, title="Did your child feel listened to?", meaning="yes")
        assert page.h1 == "A question in place of another"
        assert page.one("#title-easy_read").text().strip() == "Did your child feel listened to?"
        new = officer.submit(page, {"go": "add"}, audience="young_person", looked="yes")
        assert new.path == f"{BANK}/child_feel_listened"
        assert in_bank(officer, "child_feel_listened").follows == "felt_listened_to"
        old = officer.get(FELT)
        assert "We stopped asking this on 18 November 2026." in old.text
        assert "Did your child feel listened to?" in old.one(".note").text()
        assert not old.tree.css('main a[href*="/words/"]')
        officer.get(WORDS, status=404)
        assert "felt_listened_to" not in listed(officer.get(BANK, params={"q": "listened"}))
        assert "felt_listened_to" in listed(officer.get(BANK, params={"q": "listened", "show": "retired"}))

    def test_it_overwrites_nothing_that_somebody_else_wrote_meanwhile(self, officer: CheckingClient) -> None:
        mine = officer.get(WORDS)
        self.change(officer, title="Did you feel that we listen well?", meaning="no")
        page = officer.submit(mine, status=409, title="Did you feel that we listened?", meaning="no")
        assert page.problem == "Somebody else changed these words just now. Please look at both."
        assert "Did you feel that we listen well?" in page.one(".note").text()
        assert page.one("#title").text().strip() == "Did you feel that we listened?"
        assert officer.submit(page, meaning="no").h1 == "Did you feel that we listened?"

    def test_it_adds_a_version_that_was_not_there(self, officer: CheckingClient) -> None:
        address = f"{BANK}/child_took_part/words/standard/en"
        page = self.change(officer, address=address, title="Did your child participate in the review?")
        assert page.path == f"{BANK}/child_took_part"
        concept = in_bank(officer, "child_took_part")
        assert concept.editions == ("easy_read", "standard")
        assert concept.title("en") == "Did your child take part in the review in their own way?"

    def test_it_keeps_hard_words_and_what_pictures_show(self, officer: CheckingClient) -> None:
        fields = {
            "alt-yes": "A thumb up",
            "hard-word-1": "panel",
            "hard-meaning-1": "People who decide.",
            "meaning": "no",
        }
        self.change(officer, **fields)
        wording = in_bank(officer, "felt_listened_to").wording("easy_read", "en")
        assert wording is not None
        assert wording.alts == {"yes": "A thumb up"}
        assert wording.hard_words == (Explained("panel", "People who decide.", "panel"),)

    @pytest.mark.parametrize(
        ("fields", "problem", "id"),
        [
            ({"title": " "}, "Please write the question.", "title"),
            ({"label-mostly": ""}, "Please write words for each answer.", "label-mostly"),
            ({"help": "x" * 1001}, "This text is too long. It can have 1,000 letters.", "help"),
        ],
    )
    def test_it_says_what_is_missing(
        self, officer: CheckingClient, fields: dict[str, str], problem: str, id: str
    ) -> None:
        page = self.change(officer, status=422, meaning="no", **fields)
        assert page.problem == problem
        assert page.problem_field.attributes["id"] == id

    def test_it_shows_what_is_hard_to_read(self, officer: CheckingClient) -> None:
        self.change(officer, help="The decision was made by the multi-agency LA panel.", meaning="no")
        said = [plain(node) for node in officer.get(FELT).tree.css(".hard-to-read")]
        assert "! Say who does it." in said
        assert officer.get(WORDS).tree.css(".hard-to-read")


class TestTheFactsAboutAQuestion:
    def test_it_keeps_them(self, officer: CheckingClient) -> None:
        page = officer.submit(
            officer.get(f"{FELT}/about"),
            {"go": "save"},
            owner="EHCP team",
            good_for_months="6",
            other_headings="Our own heading",
            i_statements="I am listened to.\nI help to choose.",
        )
        concept = in_bank(officer, "felt_listened_to")
        assert (concept.owner, concept.good_for_months) == ("EHCP team", 6)
        assert concept.headings == ("valued_and_included", "Our own heading")
        assert concept.i_statements == ("I am listened to.", "I help to choose.")
        assert "I help to choose." in page.text
        assert listed(officer.get(BANK, params={"heading": "Our own heading"})) == ["felt_listened_to"]

    @pytest.mark.parametrize("months", ["-1", "121", "a year", "12.5", "١٢"])
    def test_it_asks_for_a_number_of_months(self, officer: CheckingClient, months: str) -> None:
        page = officer.submit(officer.get(f"{FELT}/about"), {"go": "save"}, good_for_months=months, status=422)
        assert page.problem_field.attributes["value"] == months
        assert in_bank(officer, "felt_listened_to").good_for_months == 12

    def test_it_asks_others_too_and_then_goes_on_asking_them(self, officer: CheckingClient) -> None:
        address = f"{BANK}/child_took_part"
        page = officer.submit(officer.get(f"{address}/about"), {"go": "save"}, **{"also-school": "yes"})
        assert "Parent carers; Schools" in page.text
        form = officer.get(f"{address}/about")
        fields = {name: value for name, value in form.form().items() if name != "also-school"}
        refused = officer.post(f"{address}/about", {**fields, "go": "save"}, status=422)
        assert refused.problem == "We ask these people already. To ask them no more makes it a new question."
        assert in_bank(officer, "child_took_part").audiences == ("parent_carer", "school")

    def test_it_sets_the_order_and_the_pictures_of_the_answers(self, officer: CheckingClient) -> None:
        before = in_bank(officer, "felt_listened_to").options
        assert [each.code for each in before] == ["yes", "mostly", "a_little", "no"]
        page = officer.get(f"{FELT}/about")
        officer.submit(page, {"go": "save"}, **{"order-no": "1", "offered-mostly": "sun"})
        after = in_bank(officer, "felt_listened_to").options
        assert [each.code for each in after] == ["no", "yes", "mostly", "a_little"]
        assert {each.code: each.symbol for each in after} == {each.code: each.symbol for each in before} | {
            "mostly": "sun"
        }
        [change, *_] = officer.run(lambda: officer.parts.store.read(lambda: reading.history("felt_listened_to")))
        assert (change.what, change.before.split()[0], change.after.split()[0]) == ("options", "yes", "no")

    def test_it_changes_nothing_when_it_is_saved_as_it_is(self, officer: CheckingClient) -> None:
        before = in_bank(officer, "felt_listened_to")
        officer.submit(officer.get(f"{FELT}/about"), {"go": "save"})
        assert in_bank(officer, "felt_listened_to") == before

    def test_it_sets_how_long_own_words_can_be(self, officer: CheckingClient) -> None:
        address = f"{BANK}/went_well"
        page = officer.submit(officer.get(f"{address}/about"), {"go": "save"}, limit="500")
        assert in_bank(officer, "went_well").limit == 500
        assert "How many letters people can write 500" in plain(page.one(".facts"))
        refused = officer.submit(officer.get(f"{address}/about"), {"go": "save"}, limit="5", status=422)
        assert refused.problem == "Write a number from 20 to 5,000."
        assert refused.problem_field.attributes["id"] == "limit"

    def test_it_overwrites_nothing_and_shows_what_somebody_else_changed(self, officer: CheckingClient) -> None:
        mine, theirs = (officer.get(f"{FELT}/about") for _ in range(2))
        officer.submit(theirs, {"go": "save"}, owner="EHCP team")
        page = officer.submit(mine, {"go": "save"}, good_for_months="6", status=409)
        assert page.problem == (
            "Somebody else changed these facts just now. Please look at what is new, then save yours."
        )
        told = plain(page.one("#changed"))
        assert "Who looks after it" in told
        assert "After EHCP team" in told
        assert f"Changed by {OFFICER} on 18 November 2026" in told
        concept = in_bank(officer, "felt_listened_to")
        assert (concept.owner, concept.good_for_months) == ("EHCP team", 12)
        officer.submit(page, {"go": "save"}, owner="EHCP team")
        concept = in_bank(officer, "felt_listened_to")
        assert (concept.owner, concept.good_for_months) == ("EHCP team", 6)

    def test_new_words_do_not_stand_in_the_way(self, officer: CheckingClient) -> None:
        form = officer.get(f"{FELT}/about")
        officer.submit(officer.get(WORDS), meaning="no", help="Think of the meeting.")
        officer.submit(form, {"go": "save"}, owner="EHCP team")
        assert in_bank(officer, "felt_listened_to").owner == "EHCP team"

    def test_it_stops_asking(self, officer: CheckingClient) -> None:
        officer.submit(officer.get(f"{FELT}/about"), {"go": "retire"})
        assert in_bank(officer, "felt_listened_to").retired_on == NOON.date()
        officer.get(f"{BANK}/new?follows=felt_listened_to", status=404)


NEW = {
    "title-easy_read": "Was the meeting at a good time for you?",
    "help-easy_read": "Think of the day and the hour.",
    "option-easy_read-1": "Yes",
    "option-easy_read-2": "Not at all",
    "option-standard-2": "No",
    "option-code-2": "no",
}
"""A question that is like no other."""


class TestAdding:
    def test_it_proposes_codes_from_the_words(self, officer: CheckingClient) -> None:
        page = officer.submit(officer.get(f"{BANK}/new"), {"go": "add"}, **NEW)
        assert page.path == f"{BANK}/meeting_good_time"
        concept = in_bank(officer, "meeting_good_time")
        assert [option.code for option in concept.options] == ["yes", "no"]
        assert concept.editions == ("easy_read",)
        assert concept.created_on == NOON.date()

    def test_it_takes_both_versions(self, officer: CheckingClient) -> None:
        both = {**NEW, "title-standard": "Was the meeting held at a time that suited you?", "code": "meeting_time"}
        officer.submit(officer.get(f"{BANK}/new"), {"go": "add"}, **both)
        standard = in_bank(officer, "meeting_time").wording("standard", "en")
        assert standard is not None
        assert standard.labels == {"yes": "Yes", "no": "No"}

    def test_it_shows_questions_that_ask_nearly_the_same_first(self, officer: CheckingClient) -> None:
        twin = {**NEW, "title-easy_read": "Did you not feel listened to?"}
        page = officer.submit(officer.get(f"{BANK}/new"), {"go": "add"}, status=422, **twin)
        assert page.problem == "We have questions that ask nearly the same. Please look at them first."
        assert "Not or never: here not" in plain(page.tree.css(".alike .differences")[0])
        assert officer.submit(page, {"go": "add"}, looked="yes").h1 == "Did you not feel listened to?"

    def test_it_has_usual_answers(self, officer: CheckingClient) -> None:
        page = officer.submit(
            officer.get(f"{BANK}/new"), {"go": "add"}, **{"title-easy_read": "Was the building warm?", "kind": "yes_no"}
        )
        assert [option.code for option in in_bank(officer, "building_warm").options] == ["yes", "no", "not_sure"]
        assert "Not sure" in page.one(".wording").text()

    def test_it_says_how_many_can_be_chosen(self, officer: CheckingClient) -> None:
        several = {**NEW, "kind": "multiple_choice", "most": "1"}
        page = officer.submit(officer.get(f"{BANK}/new"), {"go": "add"}, **several)
        assert in_bank(officer, "meeting_good_time").most == 1
        assert "How many answers people can choose 1" in plain(page.one(".facts"))

    def test_it_makes_room_for_more_answers(self, officer: CheckingClient) -> None:
        page = officer.submit(officer.get(f"{BANK}/new"), {"go": "more"}, **NEW)
        assert page.tree.css("#option-easy_read-10")
        assert page.one("#option-easy_read-2").attributes["value"] == "Not at all"

    @pytest.mark.parametrize(
        ("fields", "id"),
        [
            ({"title-easy_read": ""}, "title-easy_read"),
            ({"code": "felt_listened_to"}, "code"),
            ({"code": "Not A Code"}, "code"),
            ({"code": "new"}, "code"),
            ({"option-easy_read-2": "", "option-standard-2": ""}, "option-easy_read-1"),
            ({"option-code-2": "yes"}, "option-easy_read-1"),
            ({"option-code-2": RATHER_NOT_SAY}, "option-easy_read-1"),
            ({"kind": "magic"}, "kind"),
            ({"most": "many"}, "most"),
            ({"limit": "5001"}, "limit"),
            ({"kind": "number_scale", "end-low-easy_read": "Bad"}, "end-low-easy_read"),
            ({"audience": "everyone"}, "kind"),
        ],
    )
    def test_it_says_what_to_do(self, officer: CheckingClient, fields: dict[str, str], id: str) -> None:
        before = officer.get(BANK).one("#found").text()
        page = officer.submit(officer.get(f"{BANK}/new"), {"go": "add"}, status=422, **{**NEW, **fields})
        assert page.problem_field.attributes["id"] == id
        assert officer.get(BANK).one("#found").text() == before
