"""Every page of staff says how it is recorded, and is: before anybody sees what is on it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from tests.pages import CheckingClient
from voice.audit.entry import Row
from voice.audit.sealing import noted_seals
from voice.audit.tables import AuditEntry
from voice.audit.verifying import rows_after, verify
from voice.people.roles import ALLOWED, Audience, Role
from voice.people.tables import Member
from voice.programs import tokens
from voice.programs.tokens import Scope
from voice.storage import StoreUnavailable
from voice.web.recorded import noting
from voice.web.recorded.doing import DONE, UNDONE
from voice.web.recorded.noting import RULES, rule_of
from voice.web.recorded.reading import SEEN, TAKEN_AWAY, UNSEEN
from voice.web.recorded.rules import NotRecorded, Recorded


def routes(client: CheckingClient) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in client.client.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.opt.get("audience") in {*ALLOWED, Audience.PROGRAM}
        for method in handler.http_methods - {"OPTIONS", "HEAD"}
    }


def record_of(client: CheckingClient) -> list[Row]:
    async def read() -> list[Row]:
        return [row async for row in rows_after(client.parts.store, 0)]

    found: list[Row] = client.run(read)
    return found


def told(client: CheckingClient) -> list[tuple[str, str, str, str]]:
    """What was recorded, without who came in."""
    return [(row.act, row.kind, row.key, row.detail) for row in record_of(client) if row.act != "signed_in"]


def id_of(client: CheckingClient, role: Role) -> uuid.UUID:
    row: dict[str, Any] = client.run(
        lambda: client.parts.store.read(lambda: Member.select(Member.id).where(Member.role == role.value).first())
    )
    return uuid.UUID(str(row["id"]))


class TestTheRules:
    def test_there_is_one_for_every_page_of_staff_and_every_call(self, client: CheckingClient) -> None:
        """A new page must say what the record says of it, or why it says nothing: voice/web/recorded/."""
        found = routes(client)
        assert found - set(RULES) == set(), "say in voice/web/recorded/ how these are recorded"
        assert set(RULES) - found == set(), "these are no pages any more"

    def test_there_is_only_one(self) -> None:
        lists = (SEEN, TAKEN_AWAY, UNSEEN, DONE, UNDONE)
        assert sum(map(len, lists)) == len(RULES)

    def test_what_changes_something_is_recorded_unless_there_is_a_reason(self) -> None:
        for route, rule in RULES.items():
            if not route.startswith("GET ") and isinstance(rule, NotRecorded):
                assert rule is not NotRecorded.NOTHING_OF_ANYBODY, route

    def test_a_page_that_nobody_thought_of_is_recorded(self) -> None:
        for method, act in (("GET", "saw"), ("POST", "changed"), ("DELETE", "changed")):
            rule = rule_of(method, "/work/new/{id}")
            assert isinstance(rule, Recorded)
            assert (rule.act, rule.kind) == (act, "unclassified")


class TestWhatIsRecorded:
    def test_who_saw_what_and_when(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        client.get("/work/voices?q=Zachariah")
        row = record_of(client)[-1]
        assert (row.actor, row.who, row.at) == ("member", id_of(client, Role.ANALYST), "2026-11-18T12:00:00Z")
        assert (row.act, row.kind, row.key, row.detail) == ("saw", "voice", "", "")

    def test_what_somebody_looked_for_stays_with_them(self, client: CheckingClient) -> None:
        """A name in the address is nobody's business, and nothing of it is in the record."""
        client.sign_in(Role.ANALYST)
        client.get("/work/voices?q=Zachariah&theme=Zachariah")
        client.client.get("/work/voices/Zachariah")
        client.client.get("/lead/themes/file?term=Zachariah")
        assert not [row for row in record_of(client) if "Zachariah" in repr(row)]
        assert client.run(lambda: verify(client.parts.store)).wrong == ""

    def test_who_gave_whom_which_role(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        lead = id_of(client, Role.LEAD)
        person = client.get(f"/manage/people/{lead}")
        client.submit(person, form="form[action$='/role']", role="translator")
        assert told(client)[-3:] == [
            ("saw", "member", str(lead), ""),
            ("changed", "member", str(lead), "role=translator"),
            ("saw", "member", "", ""),
        ]

    def test_what_was_refused_or_not_there_was_not_seen(self, client: CheckingClient) -> None:
        client.get("/work/voices", status=401)
        client.sign_in(Role.ADMINISTRATOR)
        before = len(record_of(client))
        client.get("/work/worries", status=403)
        client.get(f"/manage/people/{uuid.uuid4()}", status=404)
        page = client.get(f"/manage/people/{id_of(client, Role.ADMINISTRATOR)}")
        client.submit(page, form="form[action$='/role']", role="lead", status=422)
        client.client.head("/manage/people")
        client.get("/work/worries", status=403)
        refused, seen = record_of(client)[before:]
        assert (refused.act, refused.detail, refused.actor) == ("refused", "/work", "member"), "once in ten minutes"
        assert seen.act == "saw", "the page that was opened, and no more"

    def test_what_left_as_a_file(self, client: CheckingClient, link: str) -> None:
        client.answer_all(client.begin(link))
        client.sign_in(Role.ANALYST)
        client.client.cookies.set("language", "en")
        page = client.get("/work/answers")
        form = {**page.form(), "survey": "post-ehcp", "layout": "wide", "format": "csv", "term": ""}
        assert client.client.post("/work/answers", data=form).status_code == 200
        client.client.get("/lead/packs/file")
        assert told(client)[-1] == ("exported", "answers", "post-ehcp", "layout=wide,format=csv")

    def test_a_program_is_named_by_its_token(self, client: CheckingClient) -> None:
        administrator = id_of(client, Role.ADMINISTRATOR)
        expires = client.parts.today + dt.timedelta(days=31)
        token = client.unit(
            lambda: tokens.make("Dashboard", [Scope.READ_ANSWERS], expires_on=expires, by=administrator)
        )
        answer = client.client.get("/api/v1/answers?survey=post-ehcp", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        row = record_of(client)[-1]
        assert (row.actor, row.act, row.kind, row.key) == ("program", "exported", "answers", "post-ehcp")
        assert row.who not in (None, administrator)

    def test_that_somebody_took_down_an_answer_is_not(self, client: CheckingClient) -> None:
        """Its second would stand beside an answer that keeps the day alone."""
        client.sign_in(Role.OFFICER)
        before = told(client)
        page = client.get("/work/telephone")
        client.submit(page)
        assert told(client) == before


class TestTheHead:
    def test_what_was_added_since_the_last_seal_cannot_be_cut_off_unseen(self, client: CheckingClient) -> None:
        """By somebody who has the database: the file beside it says how far the record went."""
        client.sign_in(Role.ADMINISTRATOR)
        for _turn in range(3):
            client.get("/manage/people")
        last = record_of(client)[-1].number
        trigger = "audit_entry_is_not_deleted"
        on = "" if client.parts.store.dialect == "sqlite" else ' ON "audit_entry"'

        async def cut_off() -> None:
            await AuditEntry.raw(f'DROP TRIGGER "{trigger}"{on}')
            await AuditEntry.raw('DELETE FROM "audit_entry" WHERE "number" = {}', last)

        client.unit(cut_off)
        store = client.parts.store
        assert client.run(lambda: verify(store)).wrong == ""
        verdict = client.run(lambda: verify(store, noted_seals(client.settings.data)))
        assert (verdict.wrong, verdict.number) == ("cut_short", last)


class TestWhenItCannotBeRecorded:
    def test_nothing_is_shown(self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        assert "lead@" in client.get("/manage/people").text

        async def fails(*_: object, **__: object) -> int:
            raise StoreUnavailable("the disk is full")

        monkeypatch.setattr(noting, "record", fails)
        page = client.get("/manage/people", status=503)
        assert "lead@" not in page.html
        client.get("/account")
