"""Somebody sees what they were asked and chooses, behind a link of their own and without an account."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.asking_less.spared import note_spared
from surveys.ledger import how_much
from surveys.ledger.choices import Chosen, address_for, behind, choices_of, introduce, link_for
from surveys.ledger.recording import NewAsk, record
from surveys.ledger.tables import Ask, HowMuch
from tests.conftest import NOON
from tests.pages import CheckingClient
from voice.languages import LANGUAGES

FAMILY, MOTHER, SOMEBODY_ELSE = "f1-" + "a" * 32, "p1-" + "b" * 32, "p1-" + "c" * 32
TODAY = NOON.date()


def ask(person: str, survey: str, days_ago: int, *, kind: str = "invitation", outcome: str = "none") -> NewAsk:
    return NewAsk(
        family=FAMILY,
        person=person,
        survey=survey,
        partner="Wellham Council",
        kind=kind,
        asked_at=NOON - dt.timedelta(days=days_ago),
        outcome=outcome,
        minutes=5,
    )


@pytest.fixture
def address(client: CheckingClient) -> str:
    """The mother's page. She was asked three times, and somebody else of the family once."""

    async def begin() -> None:
        await introduce({MOTHER: FAMILY, SOMEBODY_ELSE: FAMILY}, secret=client.parts.secret)
        await record(
            [
                ask(MOTHER, "post-ehcp", 3),
                ask(MOTHER, "School transport", 30, kind="reminder"),
                ask(MOTHER, "Short breaks", 200, outcome="completed"),
                ask(SOMEBODY_ELSE, "What a secret", 1),
            ]
        )

    client.run(lambda: client.parts.store.write(begin))
    return address_for(client.parts.secret, MOTHER)


def chosen(client: CheckingClient) -> Chosen:
    found = client.unit(lambda: behind(link_for(client.parts.secret, MOTHER)))
    assert isinstance(found, Chosen)
    return found


class TestWhatSomebodyWasAsked:
    def test_it_shows_their_own_asks_and_nobody_elses(self, client: CheckingClient, address: str) -> None:
        page = client.get(address)
        asked = [each.text() for each in page.tree.css(".asked-list li")]
        assert len(asked) == 3
        assert "15 November 2026" in asked[0]
        assert "School transport" in asked[1]
        assert "a reminder" in asked[1]
        assert "We asked you 2 times this term." in page.text
        assert "secret" not in page.text

    def test_it_names_our_surveys_in_the_persons_language(self, client: CheckingClient, address: str) -> None:
        survey = next(iter(client.run(lambda: client.parts.rounds.with_link(now=NOON))))
        client.run(lambda: client.parts.store.write(lambda: record([ask(MOTHER, survey.survey, 0)])))
        for code in LANGUAGES:
            page = client.get(f"{address}?lang={code}")
            assert page.language == code
            assert survey.document.title.get(code, survey.document.title["en"]) in page.text

    def test_only_their_own_link_opens_it(self, client: CheckingClient, address: str) -> None:
        other = address[:-1] + ("A" if address[-1] != "A" else "B")
        client.get(other, status=404)
        client.get(f"/how-often/{MOTHER}", status=404)
        assert client.get("/how-often").h1 == "How often we ask you"

    def test_it_says_what_was_spared_unless_that_is_little(self, client: CheckingClient, address: str) -> None:
        def spare(families: int) -> None:
            client.run(
                lambda: client.parts.store.write(
                    lambda: note_spared(
                        "merged", survey="x", partner="y", families=families, minutes=families * 6, today=TODAY
                    )
                )
            )

        spare(3)
        assert not client.get(address).tree.css(".spared")
        spare(397)
        assert "we did not ask 400 times. Families kept about 40 hours." in client.get(address).one(".spared").text()


class TestChoosing:
    def test_what_is_chosen_holds_and_is_shown_again(self, client: CheckingClient, address: str) -> None:
        form = client.get(address).form("#choose-form")
        assert (form["pace"], form["pause"], form["way"]) == ("any", "no", "")
        choice = {"pace": "yearly", "pause": "three_months", "way": "letter", "written_in": "ur", "go": "keep"}
        page = client.post(address, {**form, **choice})
        assert (page.language, page.one(".kept-note").attributes["role"]) == ("ur", "status")
        until = TODAY + dt.timedelta(days=91)
        made = chosen(client)
        assert (made.pace, made.way, made.language, made.not_before) == ("yearly", "letter", "ur", until)
        again = client.get(address).form("#choose-form")
        assert (again["pace"], again["pause"], again["written_in"]) == ("yearly", "as_it_is", "ur")
        client.post(address, {**again, "go": "keep"})
        assert chosen(client).not_before == until
        client.post(address, {**again, "pause": "no", "go": "keep"})
        assert chosen(client).not_before is None

    def test_stopping_is_one_tap_and_can_be_undone(self, client: CheckingClient, address: str) -> None:
        page = client.post(address, {"go": "stop"})
        assert "We do not ask you any more." in page.text
        assert client.unit(lambda: choices_of({MOTHER}))[MOTHER].stopped
        rows = client.unit(lambda: Ask.select(Ask.survey, Ask.outcome).where(Ask.person == MOTHER))
        assert {row["survey"]: row["outcome"] for row in rows}["post-ehcp"] == "opted_out"
        assert {row["survey"]: row["outcome"] for row in rows}["Short breaks"] == "completed"
        client.post(address, {**page.form("#choose-form"), "go": "keep"})
        assert not chosen(client).stopped

    def test_a_form_that_was_tampered_with_changes_nothing(self, client: CheckingClient, address: str) -> None:
        form = client.get(address).form("#choose-form")
        page = client.post(address, {**form, "pace": "hourly", "go": "keep"}, status=422)
        assert page.problem == "Choose one answer in each part."
        assert chosen(client).changed_on is None


class TestHowMuch:
    def test_it_is_counted_and_joined_to_nobody(self, client: CheckingClient, address: str) -> None:
        for said in ("too_many", "too_many", "about_right", "nonsense"):
            client.post(address, {"said": said}, status=422 if said == "nonsense" else 200)
        assert client.unit(how_much.counted) == {"too_many": 2, "about_right": 1, "could_be_more": 0}
        (row, _other) = client.unit(lambda: HowMuch.select().order_by(HowMuch.people, ascending=False))
        assert {*row} == {"id", "survey", "term", "said", "people"}
