"""People who answer do the steps in any order, twice, with the back button, from two windows: what was acknowledged
stays, is stored once, and no step ends with a fault of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import hypothesis
import numpy as np  # noqa: F401 - whole before hypothesis looks for it: the application loads it meanwhile
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule, run_state_machine_as_test

from surveys.exporting.cells import plain_cell
from tests.attack.conftest import Tell
from tests.attack.sizes import size
from tests.pages import CheckingClient, Page

RUNS = size(short=12, full=600)
STEPS = size(short=15, full=30)
QUESTIONS = ("kept_up_to_date", "went_well", "could_be_better")
WORDS = st.sampled_from(("Fine.", "<b>bold</b>", "نہیں", "=1+1", "x" * 2000, "\u202egone", "two\nlines"))
CHOICES = st.sampled_from(("yes", "mostly", "no", "rather_not_say", "nothing_like_it"))


def submissions(client: CheckingClient) -> dict[str, dict[str, str]]:
    """The answers of everybody who has sent some, by submission and concept."""
    found: dict[str, dict[str, str]] = {}
    for row in client.answers():
        found.setdefault(row["submission"], {})[row["concept"]] = row["code"] or plain_cell(row["text"])
    return found


def kept(answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Answers in a form that can be counted: the words as they are stored, without the spaces around them."""
    plain = {concept: given.replace("\r\n", "\n").strip() for concept, given in answers.items()}
    return tuple(sorted((concept, given) for concept, given in plain.items() if given))


class Answering(RuleBasedStateMachine):
    """Several drafts of one survey. ``expected`` is what was acknowledged for each of them."""

    client: CheckingClient
    link: str
    asked = 0

    drafts = Bundle("drafts")

    def __init__(self) -> None:
        super().__init__()
        self.expected: dict[str, dict[str, str]] = {}
        self.sent: set[str] = set()
        self.sent_before = submissions(self.client).keys()

    def request(self, method: str, url: str, **options: object) -> Page:
        type(self).asked += 1
        answer = self.client.client.request(method, url, **options)  # type: ignore[arg-type]
        assert answer.status_code < 500, (method, url, answer.status_code)
        return Page(answer)

    @rule(target=drafts, language=st.sampled_from(("en", "ur", "pl")))
    def begin(self, language: str) -> str:
        start = Page(self.client.client.get(self.link))
        page = self.request("POST", self.link, data={**start.form("main form"), "language": language})
        place = page.path.split("/q/")[0]
        self.expected[place] = {}
        return place

    @rule(place=drafts, choice=CHOICES)
    def choose(self, place: str, choice: str) -> None:
        page = self.request("POST", f"{place}/q/kept_up_to_date", data={"answer": choice, "go": "continue"})
        if page.status == 200 and page.path != f"{place}/q/kept_up_to_date" and place not in self.sent:
            self.expected[place]["kept_up_to_date"] = choice

    @rule(place=drafts, concept=st.sampled_from(QUESTIONS[1:]), words=WORDS)
    def write(self, place: str, concept: str, words: str) -> None:
        page = self.request("POST", f"{place}/q/{concept}", data={"text": words, "go": "continue"})
        if page.status == 200 and page.path != f"{place}/q/{concept}" and place not in self.sent:
            self.expected[place][concept] = words

    @rule(
        place=drafts, concept=st.sampled_from(QUESTIONS), where=st.sampled_from(("skip", "back", "later", "stop", "x"))
    )
    def go(self, place: str, concept: str, where: str) -> None:
        self.request("POST", f"{place}/q/{concept}", data={"go": where})
        if where == "skip" and place not in self.sent:  # which takes an answer back
            self.expected[place].pop(concept, None)

    @rule(place=drafts, page=st.sampled_from(("", "/check", "/receipt", "/later", "/stop", "/stopped")))
    def look(self, place: str, page: str) -> None:
        self.request("GET", place + page)

    @rule(place=drafts, language=st.sampled_from(("en", "ur", "xx")))
    def change_language(self, place: str, language: str) -> None:
        self.request("GET", f"{place}/q/went_well?lang={language}")

    @rule(place=drafts)
    def send(self, place: str) -> None:
        page = self.request("POST", f"{place}/check", data={})
        if "/receipt" in page.path and page.status == 200:
            self.sent.add(place)

    def teardown(self) -> None:
        """What was sent is in the store once each, as it was acknowledged, however often it was sent again."""
        stored = [
            kept(answers)
            for submission, answers in submissions(self.client).items()
            if submission not in self.sent_before
        ]
        wanted = [kept(self.expected[place]) for place in self.sent]
        assert Counter(stored) == Counter(wanted)

    @rule(place=drafts)
    def shown_again(self, place: str) -> None:
        """What was acknowledged stands in the box as it was written."""
        if place in self.sent:
            return
        for concept in set(self.expected[place]) & set(QUESTIONS[1:]):
            page = self.request("GET", f"{place}/q/{concept}")
            assert page.written.replace("\r\n", "\n") == self.expected[place][concept].strip()


class TestAnsweringInAnyOrder:
    @pytest.fixture
    def database(self) -> str:
        return ""

    def test_what_was_acknowledged_is_stored_once(self, client: CheckingClient, link: str, tell: Tell) -> None:
        Answering.client, Answering.link, Answering.asked = client, link, 0
        run_state_machine_as_test(
            Answering,
            settings=hypothesis.settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                database=None,
                deadline=None,
                suppress_health_check=list(hypothesis.HealthCheck),
            ),
        )
        tell("people answer in any order (state machine)", f"{RUNS} people and more, {Answering.asked:,} requests")
