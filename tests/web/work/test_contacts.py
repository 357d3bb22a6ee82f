"""Officers bring in whom partners asked, and leave families in a hard time alone."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.ledger.keys import family_key, key_bytes, ledger_key
from surveys.ledger.tables import Ask, SensitiveTime
from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from voice.people.roles import Role
from voice.running.tidying import keep_tidy

HEADER = "family,person,survey,kind,asked_at\n"
FAMILY = "f1-" + "a" * 32


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def bring(client: CheckingClient, content: str, *, status: int = 200, partner: str = "NHS trust") -> Page:
    form = client.get("/work/contacts").form("#bring-form")
    form.pop("file", None)
    return client.post(
        "/work/contacts",
        {**form, "partner": partner},
        files={"file": ("history.csv", content.encode(), "text/csv")},
        status=status,
    )


class TestBringingIn:
    def test_a_history_comes_in_and_can_go_again(self, officer: CheckingClient) -> None:
        page = bring(officer, f"{HEADER}{FAMILY},,Transport,invitation,2026-10-05 09:00\n")
        assert "The time had no zone." in page.text
        row = page.one("#known ~ .scroll tbody tr").text(separator=" ", strip=True)
        assert row == "NHS trust 1 few"
        officer.post(page.action('form[action$="take-back"]'), page.form('form[action$="take-back"]'))
        assert not officer.unit(lambda: Ask.exists())

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (f"{HEADER}amina@example.org,,Transport,invitation,2026-10-05\n", "We have kept nothing."),
            ("family\nx\n", "These columns are missing: survey, kind, asked_at."),
            (f"{HEADER}{FAMILY},,Transport,telepathy,2026-10-05\n", "No row of this file can be used."),
        ],
    )
    def test_what_cannot_be_used_is_told_kindly_and_kept_out(
        self, officer: CheckingClient, content: str, said: str
    ) -> None:
        page = bring(officer, content, status=422)
        assert said in page.problem
        assert page.form("#bring-form")["partner"] == "NHS trust"
        assert not officer.unit(lambda: Ask.exists())


class TestLeavingAlone:
    def test_what_was_typed_becomes_a_key_and_is_kept_nowhere(self, officer: CheckingClient) -> None:
        form = officer.get("/work/contacts").form("#alone-form")
        given = {**form, "surname": "Khan", "postcode": "B91 3QJ", "reason": "bereavement", "last_day": "2027-02-01"}
        page = officer.post("/work/contacts/left-alone", {**given, "go": "alone"})
        assert page.one("[role=status]").text() == "We leave this family alone until then."
        (row,) = officer.unit(lambda: SensitiveTime.select())
        key = key_bytes(ledger_key(officer.parts.secret))
        assert row["family"] == family_key(key, {"surname": "khan", "postcode": "b913qj"})
        assert "khan" not in str(row).lower()
        officer.post("/work/contacts/left-alone", {**given, "go": "end"})
        assert not officer.unit(lambda: SensitiveTime.exists())

    def test_it_is_forgotten_when_it_is_over(self, officer: CheckingClient, clock: Clock) -> None:
        form = officer.get("/work/contacts").form("#alone-form")
        given = {**form, "surname": "Khan", "postcode": "B91 3QJ", "reason": "tribunal", "last_day": "2026-11-30"}
        officer.post("/work/contacts/left-alone", {**given, "go": "alone"})
        officer.run(lambda: keep_tidy(officer.parts))
        assert officer.unit(lambda: SensitiveTime.exists())
        clock.now += dt.timedelta(days=13)
        officer.run(lambda: keep_tidy(officer.parts))
        assert not officer.unit(lambda: SensitiveTime.exists())

    @pytest.mark.parametrize(("field", "written"), [("surname", " "), ("last_day", "2020-01-01")])
    def test_what_is_missing_is_asked_for(self, officer: CheckingClient, field: str, written: str) -> None:
        form = officer.get("/work/contacts").form("#alone-form")
        given = {**form, "surname": "Khan", "postcode": "B91 3QJ", "last_day": "2027-02-01", field: written}
        page = officer.post("/work/contacts/left-alone", {**given, "go": "alone"}, status=422)
        assert page.problem_field.attributes["id"] == field


class TestTheKey:
    def test_an_administrator_fetches_it_and_the_page_for_partners_can_send_nothing(
        self, client: CheckingClient
    ) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        fetched = client.client.get("/work/contacts/key")
        assert fetched.text.strip() == ledger_key(client.parts.secret)
        page = client.client.get("/ledger-keys")
        assert "connect-src 'none'" in page.headers["content-security-policy"]
        assert client.get("/ledger-keys").h1 == "Make keys"
