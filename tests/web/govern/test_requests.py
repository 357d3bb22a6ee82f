"""What people ask for: found by what they have in hand, copied for them, or taken away with a report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from surveys.asking_less.presending import PreSendCheck, check_send
from surveys.invitations.tables import InvitationReply, RegisterEntry
from surveys.ledger.tables import Ask, ContactPerson
from surveys.tables import Submission
from tests.conftest import Clock
from tests.inviting import invited
from tests.pages import CheckingClient, Page
from tests.privacy.asked import EMAIL, answer, governance, invited_to, reference_on, wish
from tests.privacy.traces import everything_kept, found_in
from tests.web.views import families
from voice.people.roles import Role
from voice.privacy import opening
from voice.privacy.requests import month_after
from voice.privacy.tables import ConfidentialOpening
from voice.running.tidying import keep_tidy
from voice.settings import Settings

MINE, OTHERS = "Cardamom went well", "Nutmeg went well"


def take(client: CheckingClient, kind: str, way: str, written: str, *, status: int = 200) -> Page:
    governance(client)
    fields = {"kind": kind, "way": way, "written": written}
    return client.submit(
        client.get("/govern/requests"), form='main form[action="/govern/requests"]', status=status, **fields
    )


def press(client: CheckingClient, page: Page, go: str, *, status: int = 200, **fields: str) -> Page:
    token = page.tree.css("input[name=_csrf_token]")[0].attributes["value"] or ""
    return client.post(page.path, {"_csrf_token": token, "go": go, **fields}, status=status)


def table(page: Page) -> dict[str, list[str]]:
    """What stands in the table, by what it is."""
    rows = [[cell.text().strip() for cell in row.css("td")] for row in page.tree.css("main tbody tr")]
    return {row[0]: row[1:] for row in rows}


class TestByReference:
    def test_what_was_said_goes_with_a_report_and_the_others_stay(
        self, client: CheckingClient, settings: Settings
    ) -> None:
        tokens = invited_to(client, "anonymous", 7, 8)
        mine = reference_on(answer(client, tokens[0], MINE))
        answer(client, tokens[1], OTHERS)
        page = take(client, "erasure", "reference", mine.lower().replace("-", " "))
        assert table(page) == {"Surveys that they answered": ["1", ""], "Answers": ["1", ""]}
        assert press(client, page, "erase", status=422).problem == "Tick that you are sure."
        page = press(client, page, "erase", sure="yes")
        assert table(page) == {"Surveys that they answered": ["1", "1", ""], "Answers": ["1", "1", ""]}
        assert "Done" in page.text
        client.run(lambda: keep_tidy(client.parts))
        kept = client.run(lambda: everything_kept(settings))
        assert found_in(kept, ["Cardamom", mine]) == []
        assert found_in(kept, ["Nutmeg"])
        went = client.get("/govern/retention").tree.css("table")[-1].text(separator=" ")
        assert "A person asked for it" in went
        assert "Within an hour" not in went

    def test_a_reference_of_two_people_takes_nobodys(self, client: CheckingClient) -> None:
        tokens = invited_to(client, "anonymous", 7, 8)
        mine = reference_on(answer(client, tokens[0], MINE))
        answer(client, tokens[1], OTHERS)
        client.unit(lambda: Submission.update({Submission.reference: mine}, force=True))
        page = press(client, take(client, "erasure", "reference", mine), "erase", sure="yes")
        assert table(page)["A reference that two people have"][:2] == ["1", "0"]
        assert client.unit(lambda: Submission.count()) == 2

    def test_it_is_refused_with_a_reason(self, client: CheckingClient) -> None:
        page = take(client, "access", "reference", "ABCD-EFGH")
        assert "It leads to nothing." in page.text
        assert press(client, page, "refuse", status=422).problem == "Write why. The person may ask."
        page = press(client, page, "refuse", because="We could not be sure who asks.")
        assert "We could not be sure who asks." in page.text
        assert "ABCD" not in page.text
        client.post(page.path, {"_csrf_token": "x", "go": "refuse"}, status=403)


class TestByContact:
    def test_everything_that_is_kept_of_somebody_is_copied(self, client: CheckingClient) -> None:
        tokens = invited_to(client, "confidential", 7, 8)
        answer(client, tokens[0], MINE)
        answer(client, tokens[1], OTHERS)
        wish(client, "07700 900007")
        page = take(client, "access", "contact", " Person7@Example.org ")
        assert table(page) == {
            "Surveys that they answered": ["1"],
            "Answers": ["1"],
            "Lists with their contact details": ["1"],
            "Times that we asked them": ["1"],
            "How often we may ask them": ["1"],
        }
        page = press(client, page, "add", way="contact", written="+44 7700 900007")
        assert table(page)["Wishes to hear from us"] == ["1"]
        text = client.get(f"{page.path}/copy").text
        assert all(each in text for each in (MINE, EMAIL, "Person 7", "07700 900007"))
        assert "Nutmeg" not in text
        copy = client.client.get(f"{page.path}/copy.json")
        assert "attachment" in copy.headers["content-disposition"]
        assert copy.json()["sent"][0]["answers"][0]["answer"] == [MINE]
        page = press(client, page, "given")
        assert "Done" in page.text
        client.get(f"{page.path}/copy", status=404)

    def test_it_goes_and_nobody_asks_again(self, client: CheckingClient, settings: Settings) -> None:
        tokens = invited_to(client, "confidential", 7, 8)
        answer(client, tokens[0], MINE)
        answer(client, tokens[1], OTHERS)
        wish(client, EMAIL)
        page = take(client, "erasure", "contact", EMAIL)
        seeds = ["Cardamom", EMAIL, self.person(client)]
        page = press(client, page, "erase", sure="yes")
        assert table(page)["How often we may ask them"] == [
            "1", "0", "We keep one mark without a name, so that nobody asks them again.",
        ]  # fmt: skip
        client.run(lambda: keep_tidy(client.parts))
        kept = client.run(lambda: everything_kept(settings))
        assert {each.partition(" in ")[2].partition(" (")[0] for each in found_in(kept, seeds[2:])} <= {
            "contact_person", "contact_person_pkey", "golden-thread.sqlite",
        }  # fmt: skip
        assert found_in(kept, seeds[:2]) == []
        [stopped] = client.unit(lambda: ContactPerson.select().where(ContactPerson.person == seeds[2]))
        assert stopped["stopped"]
        assert client.unit(lambda: Ask.count()) == 1
        assert table(take(client, "access", "contact", EMAIL)) == {}
        assert table(take(client, "access", "contact", "person8@example.org"))["Answers"] == ["1"]
        assert not client.unit(lambda: InvitationReply.exists())

    def test_each_look_at_confidential_answers_is_noted_with_the_request(self, client: CheckingClient) -> None:
        tokens = invited_to(client, "confidential", 7, 8)
        mine = reference_on(answer(client, tokens[0], MINE))
        answer(client, tokens[1], OTHERS)
        page = take(client, "access", "contact", EMAIL)
        assert self.looks(client) == [], "a number of answers says nothing that they said"
        client.get(f"{page.path}/copy")
        client.client.get(f"{page.path}/copy.json")
        assert self.looks(client) == [(mine, "short-breaks", "R1", "who", "governance")] * 2
        assert "R1" in client.get("/govern/confidential").tree.css("main tbody")[0].text()
        press(client, take(client, "erasure", "contact", EMAIL), "erase", sure="yes")
        assert [each for each in self.looks(client) if each[2] == "R2"] == [
            ("", "short-breaks", "R2", "who", "governance")
        ]

    def test_what_cannot_be_noted_is_neither_shown_nor_erased(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer(client, invited_to(client, "confidential", 7)[0], MINE)
        copied, erased = (take(client, kind, "contact", EMAIL) for kind in ("access", "erasure"))

        def fails(*_: object, **__: object) -> None:
            raise RuntimeError("no note")

        monkeypatch.setattr(opening, "ConfidentialOpening", fails)
        for name in ("copy", "copy.json"):
            assert "Cardamom" not in client.client.get(f"{copied.path}/{name}").text
        press(client, erased, "erase", sure="yes", status=500)
        assert client.unit(lambda: Submission.count()) == 1

    def test_an_anonymous_answer_found_by_its_receipt_is_no_look(self, client: CheckingClient) -> None:
        mine = reference_on(answer(client, invited_to(client, "anonymous", 7)[0], MINE))
        assert MINE in client.get(f"{take(client, 'access', 'reference', mine).path}/copy").text
        assert self.looks(client) == []

    @staticmethod
    def looks(client: CheckingClient) -> list[tuple[str, ...]]:
        names = ("reference", "survey", "reason", "found", "role")
        rows = client.unit(lambda: ConfidentialOpening.select())
        return [tuple(row[name] for name in names) for row in rows]

    def test_nobody_asks_who_was_never_invited_either(self, client: CheckingClient) -> None:
        store, secret, rows = client.parts.store, client.parts.secret, [invited.person(7), invited.person(8)]
        client.run(lambda: invited.register_of(store, secret, rows))
        page = take(client, "erasure", "contact", EMAIL)
        assert table(page) == {"Lists with their contact details": ["1", ""]}
        page = press(client, page, "erase", sure="yes")
        assert table(page)["How often we may ask them"] == [
            "1", "0", "We keep one mark without a name, so that nobody asks them again.",
        ]  # fmt: skip

        async def in_the_next_file() -> PreSendCheck:
            register = await invited.register_of(store, secret, rows)
            send = await invited.invite(store, secret, await invited.open_a_round(store), register)
            return await store.read(lambda: check_send(send.id, today=client.parts.today))

        checked = client.run(in_the_next_file)
        assert [*checked.left_out.values()] == ["stopped"]
        assert len(checked.asked) == 1

    @staticmethod
    def person(client: CheckingClient) -> str:
        rows: list[dict[str, Any]] = client.unit(lambda: RegisterEntry.select(RegisterEntry.person))
        return min(row["person"] for row in rows)


class TestByCode:
    def test_a_private_space_is_counted_never_shown_and_goes(self, client: CheckingClient) -> None:
        address = families.begin(client)
        families.say(client, address, "like", MINE)
        code = families.code_on(client.get(f"{address}/code"))
        page = take(client, "access", "space", code)
        assert table(page) == {"Things in My views": ["1"]}
        assert "Cardamom" not in client.get(f"{page.path}/copy").text
        page = press(client, take(client, "erasure", "space", code), "erase", sure="yes")
        assert table(page) == {"Things in My views": ["1", "1", ""]}
        client.get(address, status=404)


class TestTheMonth:
    def test_it_is_the_same_day_of_the_next_or_its_last(self) -> None:
        assert month_after(dt.date(2026, 11, 18)) == dt.date(2026, 12, 18)
        assert month_after(dt.date(2026, 12, 31)) == dt.date(2027, 1, 31)
        assert month_after(dt.date(2028, 1, 31)) == dt.date(2028, 2, 29)

    def test_who_waits_longer_is_marked(self, client: CheckingClient, clock: Clock) -> None:
        take(client, "access", "reference", "ABCD-EFGH")
        assert "Late" not in client.get("/govern/requests").text
        clock.now += dt.timedelta(days=31)
        governance(client)
        assert "Late" in client.get("/govern/requests").text

    def test_nobody_else_sees_any_of_it(self, client: CheckingClient) -> None:
        request = take(client, "access", "reference", "ABCD-EFGH").path
        for role in set(Role) - {Role.GOVERNANCE}:
            client.client.cookies.clear()
            client.sign_in(role)
            for address in (
                "/govern/requests",
                request,
                f"{request}/copy",
                "/govern/confidential",
                "/govern/retention",
            ):
                client.get(address, status=403)
