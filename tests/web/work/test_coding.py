"""Deciding on themes, page by page, without a script."""

from __future__ import annotations

import csv
import io
import uuid

from tests.evidence.bank import voice
from tests.pages import CheckingClient, Page
from tests.themes.test_deciding import suggested
from voice.evidence.keeping import keep
from voice.evidence.tables import Suggestion
from voice.people import signing_in
from voice.people.roles import Role
from voice.safeguarding import worries
from voice.themes.deciding import Choice, decide, decisions_about
from voice.themes.frames import first_frame
from voice.themes.learning import engine_now

FORM = "#coding"
SAID = "We waited nine months. =HYPERLINK(1) She says she wants to hurt herself."


def said(client: CheckingClient, *suggestions: tuple[str, float], urgent: bool = False) -> list[uuid.UUID]:
    """Voices that the machine has read, so that it leaves them alone."""

    async def unit() -> list[uuid.UUID]:
        new = [voice(SAID if n == 0 else f"Words number {n}") for n, _ in enumerate(suggestions)]
        await keep(new)
        engine = (await engine_now()).name
        for each, (themes, sure) in zip(new, suggestions, strict=True):
            row = suggested(each.id, themes, sure, engine)
            row.urgent, row.urgent_why, row.why = urgent, "hurt herself" if urgent else "", "waiting: waited, months"
            await Suggestion.insert(row)
        return [each.id for each in new]

    found: list[uuid.UUID] = client.unit(unit)
    return found


def current(page: Page) -> uuid.UUID:
    return uuid.UUID(page.one("#coding [name=voice]").attributes["value"])


class TestCoding:
    def test_it_says_what_will_be_here(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        for address in ("/work/themes", "/work/themes/coding", "/work/themes/export"):
            assert "There is nothing yet." in client.get(address).text

    def test_it_shows_why_the_machine_thinks_so(self, client: CheckingClient) -> None:
        said(client, ("waiting;friends", 0.35), urgent=True)
        client.sign_in(Role.ANALYST)
        page = client.get("/work/themes/coding")
        assert [mark.text() for mark in page.tree.css("blockquote mark")] == ["waited", "months", "hurt herself"]
        assert "not sure, 35% · because of: waited, months" in page.text
        assert "The machine thinks so. It can be wrong." in page.text
        assert not page.tree.css("#themes input[checked]"), "somebody has to say yes"

    def test_it_keeps_a_decision_goes_on_and_takes_it_back(self, client: CheckingClient) -> None:
        first, second = said(client, ("waiting", 0.2), ("friends", 0.6))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/themes/coding")
        assert current(page) == first
        page = client.submit(page, {"go": "settle"}, form=FORM, status=422)
        assert page.problem == "Tick a theme, or tick “No theme fits”."
        page = client.submit(page, {"go": "add"}, form=FORM, other="moving on AND growing up")
        page = client.submit(page, {"go": "settle"}, form=FORM, sentiment="mixed")
        assert current(page) == second
        assert "a person decided on 1 of 2 texts" in page.text
        assert "the machine had the themes just right in 0 of 1 texts." in page.text
        page = client.submit(page, {"go": "accept"}, form=FORM)
        assert "Nothing is left in this list." in page.text
        page = client.get("/work/themes/coding?show=mine&done=" + str(first))
        assert "Kept: Moving on and growing up" in page.text
        page = client.submit(page, {"go": "undo"}, form="form.done")
        assert current(page) == first
        assert "a person decided on 1 of 2 texts" in page.text
        history = client.unit(lambda: decisions_about([first]))[first]
        assert [each.kind for each in history] == ["sentiment", "add", "reject", "settled", "undone"]

    def test_it_shows_what_somebody_else_decided_meanwhile(self, client: CheckingClient) -> None:
        (id,) = said(client, ("waiting", 0.2))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/themes/coding")

        async def other() -> None:
            officer = next(each for each in await signing_in.members() if each.role is Role.OFFICER)
            choice = Choice(id, 0, settled=True, themes=("friends",))
            await decide(choice, first_frame(), by=officer.id, today=client.parts.today)

        client.unit(other)
        page = client.submit(page, {"go": "settle"}, form=FORM, status=422, theme="waiting")
        assert "has decided on this text in the meantime" in page.problem
        assert "Decided by officer@" in page.text
        page = client.submit(page, {"go": "settle"}, form=FORM, theme="waiting")
        assert "a person decided on 1 of 1 texts" in page.text

    def test_what_is_urgent_goes_to_the_safeguarding_lead(self, client: CheckingClient) -> None:
        said(client, ("waiting", 0.2), urgent=True)
        client.sign_in(Role.OFFICER)
        page = client.get("/work/themes")
        assert "Somebody should look at 1 text today." in page.text
        page = client.get("/work/themes/coding?show=urgent")
        client.submit(page, {"go": "later"}, form=FORM, urgent="yes")
        [told] = client.run(lambda: client.parts.store.read(worries.waiting))
        assert (told.way, told.due_on) == ("staff", client.parts.today)
        client.sign_in(Role.SAFEGUARDING)
        assert client.get(f"/work/worries/{told.id}").one("blockquote").text() == SAID

    def test_it_finds_no_list_and_no_voice_that_is_not_there(self, client: CheckingClient) -> None:
        said(client, ("waiting", 0.2))
        client.sign_in(Role.ANALYST)
        for query in ("term=1999-spring", "show=nothing", f"voice={uuid.uuid4()}"):
            client.get(f"/work/themes/coding?{query}", status=404)


class TestTheFile:
    def test_it_tells_people_and_machine_apart_and_holds_no_formula(self, client: CheckingClient) -> None:
        first, _ = said(client, ("waiting", 0.2), ("friends", 0.6))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/themes/coding")
        client.submit(page, {"go": "accept"}, form=FORM)
        page = client.get("/work/themes/export")
        answer = client.client.post(page.action(), data={**page.form(), "format": "csv"})
        rows = {row["voice"]: row for row in csv.DictReader(io.StringIO(answer.text))}
        by = [(row["themes"], row["themes_by"], row["confidence"]) for row in rows.values()]
        assert sorted(by) == [("friends", "machine", "0.60"), ("waiting", "person", "1.00")]
        assert rows[str(first)]["decided_on"] == "2026-11-18"
        answer = client.client.post(page.action(), data={**page.form(), "format": "xlsx"})
        assert answer.content.startswith(b"PK")

    def test_a_lead_gets_none_of_it(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        client.get("/work/themes/coding", status=403)
