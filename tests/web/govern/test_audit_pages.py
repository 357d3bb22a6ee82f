"""The pages on which information governance reads the record of who did what."""

from __future__ import annotations

import csv
import io
import uuid

import pytest

from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from voice.audit import keeping
from voice.audit.chain import FIRST, hash_of
from voice.audit.entry import Act, Entry, Row
from voice.audit.recording import record
from voice.audit.sealing import SEALS
from voice.audit.tables import AuditEntry, AuditKeeping
from voice.people.roles import Role
from voice.web.govern import audit, audit_words
from voice.web.recorded.noting import RULES
from voice.web.recorded.rules import Recorded

THEME = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"
CHECK = "form[method=post][action='/govern/audit']"


def add(client: CheckingClient, *entries: Entry) -> None:
    async def unit() -> None:
        for entry in entries:
            await record(entry, now=client.parts.clock())

    client.unit(unit)


def shown(page: Page) -> list[str]:
    return [" ".join(row.text(separator=" ").split()) for row in page.tree.css("tbody tr")]


class TestLooking:
    def test_it_shows_who_did_what_and_when(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        client.get("/manage/people")
        page = client.sign_in(Role.GOVERNANCE)
        assert page.path == "/govern/audit"
        newest = shown(page)
        assert newest[0].endswith(
            "18 November 2026 12:00:00 governance@first-start.invalid Signed in one_factor People"
        )
        assert newest[1].endswith("18 November 2026 12:00:00 administrator@first-start.invalid Looked at it People")

    def test_to_look_at_it_is_recorded_too(self, client: CheckingClient) -> None:
        client.sign_in(Role.GOVERNANCE)
        assert shown(client.get("/govern/audit"))[0].endswith(
            "governance@first-start.invalid Looked at it Who did what"
        )

    def test_nobody_else_reads_it(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        for address in ("/govern/audit", "/govern/audit/file", "/govern/audit/keeping"):
            client.get(address, status=403)

    def test_it_finds_by_who_what_when_and_object(self, client: CheckingClient, clock: Clock) -> None:
        client.sign_in(Role.GOVERNANCE)
        add(client, Entry(Act.RELEASED, "theme", key=f"{THEME}/2026-autumn", actor="command"))
        clock.now = clock.now.replace(day=20)
        add(client, Entry(Act.CHANGED, "theme", key=THEME, actor="command"), Entry(Act.SAW, "voice", actor="nobody"))
        client.sign_in(Role.GOVERNANCE)  # the session of two days ago is over
        noise = Entry(Act.CHANGED, "survey", key=OTHER, actor="program")
        add(client, noise)
        for query, many in (
            ("kind=theme", 2),
            ("act=released", 1),
            ("who=command", 2),
            ("who=nobody", 1),
            (f"key={THEME}", 2),
            (f"key={THEME}&from=2026-11-20", 1),
            (f"key={THEME}&to=2026-11-19", 1),
            (f"key={OTHER}&act=changed", 1),
            ("key=00000000", 0),
            ("key=%25", 0),
            ("key=' OR 1=1 --", 0),
            ("kind=theme&from=2026-11-21", 0),
        ):
            page = client.get(f"/govern/audit?{query}")
            assert len(shown(page)) == many, query
        every = len(shown(client.get("/govern/audit")))
        for query in ("kind=nothing", "act=nothing", "who=nobody-known", "from=yesterday", "before=-1", "before=99x"):
            assert len(shown(client.get(f"/govern/audit?{query}"))) > every - 1, query

    def test_it_goes_back_page_by_page(self, client: CheckingClient) -> None:
        client.sign_in(Role.GOVERNANCE)
        add(client, *[Entry(Act.SAW, "quote", key=f"q{number}", actor="program") for number in range(205)])
        page, seen = client.get("/govern/audit?kind=quote"), []
        while True:
            seen += [line.rpartition(" ")[2] for line in shown(page)]
            older = [a.attributes["href"] for a in page.tree.css("main a.button") if a.text() == "Older ones"]
            if not older:
                break
            page = client.get(f"/govern/audit{older[0]}")
        assert seen == [f"q{number}" for number in reversed(range(205))]

    def test_it_has_words_for_whatever_is_recorded(self) -> None:
        kinds = {rule.kind for rule in RULES.values() if isinstance(rule, Recorded)}
        assert kinds <= set(audit_words.KINDS)
        assert all(audit_words.kind(kind) != kind for kind in audit_words.KINDS)
        assert all(audit_words.act(act.value) != act.value for act in Act)


class TestTakingItAway:
    def test_a_stranger_can_work_out_the_hashes(self, client: CheckingClient) -> None:
        """And no spreadsheet runs what stands in it."""
        client.sign_in(Role.GOVERNANCE)
        add(client, Entry(Act.SAW, "theme", key="=1+1", actor="program"))
        answer = client.client.get("/govern/audit/file")
        assert answer.headers["content-disposition"] == 'attachment; filename="who-did-what.csv"'
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[-1]["act"] == "exported", "the taking away itself comes before the file"
        assert "'=1+1" in {row["key"] for row in rows}
        before = FIRST
        for row in rows:
            content = {name: row[name].removeprefix("'") for name in Row.__struct_fields__}
            whole = Row(
                **{**content, "number": int(row["number"])},  # type: ignore[arg-type]
            )
            before = hash_of(whole, before)
            assert before == row["hash"]

    def test_it_holds_only_what_was_chosen(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit, "A_BATCH", 10)
        client.sign_in(Role.GOVERNANCE)
        add(client, *[Entry(Act.SAW, "theme", key=f"t{number}", actor="program") for number in range(25)])
        answer = client.client.get("/govern/audit/file?kind=theme")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["key"] for row in rows] == [f"t{number}" for number in range(25)]


class TestChecking:
    def test_it_says_that_all_is_whole_or_what_is_not(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.GOVERNANCE)
        add(client, *[Entry(Act.SAW, "theme", actor="program")] * 4)
        assert "The record is whole." in client.submit(page, form=CHECK).text
        trigger = "audit_entry_is_not_deleted"
        on = "" if client.parts.store.dialect == "sqlite" else ' ON "audit_entry"'

        async def damage() -> None:
            await AuditEntry.raw(f'DROP TRIGGER "{trigger}"{on}')
            await AuditEntry.raw('DELETE FROM "audit_entry" WHERE "number" = 3')

        client.unit(damage)
        told = client.submit(page, form=CHECK)
        assert told.one(".problem-summary").text(strip=True).startswith("Entry 3 is missing.")

    def test_it_knows_the_seals_beside_the_data(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.GOVERNANCE)
        (client.settings.data / SEALS).write_text("anything\n")
        assert "Somebody else wrote the seal of entry 0." in client.submit(page, form=CHECK).text

    def test_it_knows_who_said_how_long_it_is_kept(self, client: CheckingClient) -> None:
        page = client.sign_in(Role.GOVERNANCE)
        forged = f"1, 0, 'x', '2026-11-18T12:00:00Z', '{uuid.uuid4()}', 'x'"
        client.unit(lambda: AuditKeeping.raw(f'INSERT INTO "audit_keeping" VALUES ({forged})'))
        told = client.submit(page, form=CHECK)
        assert "Somebody else changed how long we keep the record. Save it again." in told.text
        client.submit(client.get("/govern/audit/keeping"), years="6", why="Our retention schedule")
        assert "The record is whole." in client.submit(page, form=CHECK).text


class TestHowLong:
    def test_the_partnership_says_so_with_a_reason(self, client: CheckingClient) -> None:
        client.sign_in(Role.GOVERNANCE)
        page = client.get("/govern/audit/keeping")
        assert page.form()["years"] == str(keeping.YEARS)
        for years, why, field in (("0", "x", "years"), ("26", "x", "years"), ("six", "x", "years"), ("7", " ", "why")):
            refused = client.submit(page, years=years, why=why, status=422)
            assert refused.problem_field.attributes["id"] == field
        kept = client.submit(page, years="7", why="Our retention schedule")
        assert "7 years · governance@first-start.invalid · 18 November 2026" in kept.text
        assert kept.form()["why"] == "Our retention schedule"
        newest = shown(client.get("/govern/audit?act=changed"))[0]
        assert newest.endswith("Changed it years=7 Who did what")
