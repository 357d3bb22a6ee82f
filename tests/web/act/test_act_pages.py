"""From a theme to an action, to what came of it: by those who act, and by whoever looks after it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid

from tests.actions.acting import TODAY, WAITING, added, made
from tests.capture.sessions import rooms
from tests.pages import CheckingClient, Page
from tests.themes.said import many
from voice.actions.listing import promises
from voice.capture.sessions import approving
from voice.people import signing_in
from voice.people.roles import Role
from voice.people.tables import Member
from voice.themes.tables import FrameVersion

FORM = 'main form[method=post]:not([action="/work/published"])'
DUE = "2026-12-01"


def member(client: CheckingClient, role: Role) -> uuid.UUID:
    members = client.run(lambda: client.parts.store.read(signing_in.members))
    return next(each.id for each in members if each.role == role)


def begun(client: CheckingClient, address: str = "from=theme&key=waiting&term=2026-autumn") -> Page:
    return client.get(f"/work/actions/new?{address}")


class TestMakingOne:
    def test_a_lead_makes_one_of_a_theme_and_finds_it_with_the_theme(self, client: CheckingClient) -> None:
        client.sign_in(Role.LEAD)
        client.unit(lambda: many(12, "We waited {n} months.", "waiting"))
        assert "We have promised nothing yet." in client.get("/work/actions").text
        page = begun(client)
        assert "12 of 12 people spoke about this. How sure: between 76% and 100%." in page.text
        assert page.form(FORM)["heard"].startswith("Waiting. 12 of 12 people")
        words = {"heard": "Families wait.", "decided": "We ring. <b>", "partner": "Plans team"}
        advised = client.submit(
            page, {"go": "check"}, form=FORM, decided="The plan will be finalised by us. We will liaise with them."
        )
        assert {" ".join(each.text().split()) for each in advised.tree.css(".hard-to-read")} >= {"! Say who does it."}
        no_day = client.submit(page, form=FORM, status=422, **words)
        assert (no_day.problem, no_day.form(FORM)["decided"]) == ("Choose the day by which it is done.", "We ring. <b>")
        assert no_day.problem_field.attributes["id"] == "due_on"
        over = client.submit(page, form=FORM, status=422, **words, due_on="2026-11-01")
        assert over.problem == "This day is over. Choose a day from today on."
        for due_on in ("soon", "2026-02-31"):
            client.submit(page, form=FORM, status=422, **words, due_on=due_on)
        nobody = client.submit(page, form=FORM, status=422, heard="a", decided="b", due_on=DUE)
        assert nobody.problem == "Choose somebody who looks after it, or write the team."
        client.submit(page, form=FORM, status=422, **words, due_on=DUE, owner="me")
        long = client.submit(page, form=FORM, status=422, **{**words, "heard": "x" * 2001}, due_on=DUE)
        assert "2,000" in long.problem

        made_one = client.submit(page, form=FORM, **words, due_on=DUE)
        assert made_one.h1 == "Action: Waiting"
        assert "We ring. <b>" in made_one.text
        assert client.submit(page, form=FORM, **words, due_on=DUE).path == made_one.path, "pressed twice"
        assert "There is an action about this already" in begun(client).text
        listed = client.get("/work/actions")
        assert [each.text() for each in listed.tree.css(".promise-line h2")] == ["We ring. <b>"]
        assert "Planned, by 1 December 2026 · Plans team" in listed.text
        assert client.get("/work/actions?state=done").tree.css(".promise-line") == []
        for gone in ("from=theme&key=none&term=2026-autumn", "from=summary&key=waiting&term=x", "from=session&key=x"):
            client.get(f"/work/actions/new?{gone}", status=404)
        assert "Something else" in begun(client, "").text

    def test_a_theme_that_few_speak_about_shows_no_number(self, client: CheckingClient) -> None:
        client.unit(lambda: many(9, "We waited {n} months.", "waiting"))
        client.sign_in(Role.OFFICER)
        page = begun(client)
        assert "We show no number here." in page.text
        assert not any(digit in page.one(".known").text() for digit in ("9", "0 of"))

    def test_what_a_group_asked_for_is_answered_in_one_place(self, client: CheckingClient) -> None:
        me = member(client, Role.FACILITATOR)

        async def asked() -> uuid.UUID:
            lines = []
            for day in (dt.date(2026, 6, 3), dt.date(2026, 10, 7)):
                session = await rooms.held(by=me, day=day)
                lines.append(await rooms.card(session, f"Come to us in {day:%B}", activity="ask", column=""))
                await approving.approve(session, by="the group", permitted="read", files=(), today=TODAY)
            return lines[0]

        client.sign_in(Role.LEAD)
        line = client.unit(asked)
        address = f"/work/actions/new?from=session&key={line}&term="
        assert "Come to us" not in client.get(address).text, "nor does a lead read reports of sessions"
        client.sign_in(Role.OFFICER)
        forum = client.get(client.get("/work/forums").one("tbody tr:first-child a").attributes["href"])
        assert f"since-{line}" in forum.form(FORM)
        assert forum.tree.css("a.make-action")[0].attributes["href"] == address
        page = client.get(address)
        assert "Come to us in June" in page.one(".known").text()
        assert page.form(FORM)["heard"] == "", "the group did not agree that others may show its words"
        done = client.submit(
            page,
            form=FORM,
            heard="Come to them.",
            decided="We come.",
            partner="Leads",
            due_on=DUE,
            since="One of us came.",
        )
        assert "7 October" not in done.text
        assert "3 June 2026" in done.text
        again = client.get(forum.path)
        assert f"since-{line}" not in again.form(FORM) if again.tree.css(FORM) else True
        assert again.text.count("One of us came.") == 2, "in the report and where it is said what happened"
        client.post(forum.path, {**again.form(FORM), f"since-{line}": "Nothing."})
        assert "Nothing." not in client.get(forum.path).text
        client.sign_in(Role.FACILITATOR)
        theirs = client.get(forum.path)
        assert "We come." in theirs.text
        assert not theirs.tree.css("a.make-action, a[href^='/work/actions']")


class TestWhoMayOpenOne:
    def test_whoever_looks_after_it_adds_to_it_and_nobody_else_learns_of_it(self, client: CheckingClient) -> None:
        owner, officer = member(client, Role.FACILITATOR), member(client, Role.OFFICER)

        async def unit() -> tuple[uuid.UUID, uuid.UUID]:
            return await made(by=officer, owner=owner), await made(by=officer)

        theirs, other = client.unit(unit)
        client.sign_in(Role.FACILITATOR)
        assert len(client.get("/work/actions").tree.css(".promise-line")) == 1
        for address in (f"/work/actions/{other}", f"/work/actions/{other}/words", f"/work/actions/{uuid.uuid4()}"):
            client.get(address, status=404)
        client.get("/work/actions/new", status=403)
        assert client.client.get("/work/actions/file").status_code == 403
        page = client.get(f"/work/actions/{theirs}")
        assert not page.tree.css("#owner, #due_on")
        added_to = client.submit(page, form=FORM, since="We rang ten.", state="under_way", owner="", due_on="")
        assert "We rang ten." in added_to.one(".promise-thread").text()
        stands = client.run(lambda: client.parts.store.read(lambda: promises(TODAY)))
        assert {each.owner for each in stands.open} == {owner, officer}
        stale = client.submit(page, form=FORM, status=422, since="We rang nobody.", state="under_way")
        assert stale.problem.startswith("Somebody else has added something.")
        assert client.submit(stale, form=FORM).tree.css_first(".promise-thread .said:last-child") is not None
        client.sign_in(Role.ANALYST)
        client.get(f"/work/actions/{theirs}", status=404)
        assert client.get("/work/actions").tree.css(".promise-line") == []

    def test_an_action_of_somebody_who_left_waits_for_somebody_else(self, client: CheckingClient) -> None:
        officer, analyst = member(client, Role.OFFICER), member(client, Role.ANALYST)

        async def unit() -> uuid.UUID:
            id = await made(by=officer, owner=analyst)
            await Member.update({Member.ended_on: TODAY}).where(Member.id == analyst)
            return id

        id = client.unit(unit)
        client.sign_in(Role.LEAD)
        listed = client.get("/work/actions")
        assert "Nobody here looks after 1 action." in listed.text
        assert len(client.get("/work/actions?state=nobody").tree.css(".promise-line")) == 1
        page = client.get(f"/work/actions/{id}")
        assert "Whoever looked after it has left." in page.text
        assert page.form(FORM)["owner"] == ""
        given = client.submit(page, form=FORM, owner=str(officer))
        assert "has left" not in given.text
        assert len(client.get("/work/actions?who=mine").tree.css(".promise-line")) == 0


class TestOneAction:
    def test_it_draws_the_thread_and_keeps_what_was_said(self, client: CheckingClient) -> None:
        me = member(client, Role.OFFICER)

        async def unit() -> uuid.UUID:
            id = await made(by=me, today=TODAY - dt.timedelta(days=30), due_on=TODAY - dt.timedelta(days=3))
            await added(id, by=me, since="We rang ten.", still="Ring the others.", state="under_way")
            return id

        id = client.unit(unit)
        client.sign_in(Role.OFFICER)
        page = client.get(f"/work/actions/{id}")
        assert "We are doing it, 3 days late" in page.text
        heads = [each.text() for each in page.tree.css(".promise-thread h2")]
        assert heads == [
            *("What we heard", "What we decided", "What has happened since", "What still needs to happen"),
            "What shows that it worked",
        ]
        assert "27 of 40 people spoke about this." in page.text
        assert client.submit(page, form=FORM, status=422).problem.startswith("Nothing is new here.")
        for wrong, field in (
            ({"evidence_link": "javascript:alert(1)"}, "evidence_link"),
            ({"measure": "felt_listened_to"}, "measure"),
            ({"state": "cannot"}, "cannot"),
        ):
            found = client.submit(page, form=FORM, status=422, **{"since": "We rang.", **wrong})
            assert found.problem_field.attributes["id"] == field
        done = client.submit(
            page,
            form=FORM,
            since="We rang all.",
            state="done",
            evidence="They said so.",
            evidence_link="https://example.org/x",
        )
        assert "What still needs to happen" not in done.one(".promise-thread").text()
        assert "We rang ten." in done.one(".history").text()
        assert done.one('.promise-thread a[href="https://example.org/x"]').attributes["rel"] == "noreferrer"

        words = client.get(f"/work/actions/{id}/words?in=ur")
        assert words.one(f"#heard-{id}").attributes["dir"] == "rtl"
        kept = client.submit(words, form=FORM, **{f"heard-{id}": "خاندان انتظار کرتے ہیں۔"})
        assert kept.form(FORM)[f"heard-{id}"] == "خاندان انتظار کرتے ہیں۔"
        english = client.get(f"/work/actions/{id}/words")
        empty = client.submit(english, form=FORM, status=422, **{f"heard-{id}": " "})
        assert empty.problem == "Please write something here."
        client.submit(english, form=FORM, **{f"heard-{id}": "Families wait."})
        assert client.get(f"/work/actions/{id}/words?in=ur").form(FORM)[f"heard-{id}"] == ""
        assert "خاندان" in client.get(f"/work/actions/{id}").text, "among the words that stood here before"
        client.get(f"/work/actions/{id}/words?in=xx", status=404)
        client.client.cookies.set("language", "ur")
        client.get(f"/work/actions/{id}")
        client.get("/work/actions?state=all")

    def test_the_file_has_every_action_and_runs_nothing(self, client: CheckingClient) -> None:
        me = member(client, Role.OFFICER)

        async def unit() -> None:
            await made(by=me, decided="=cmd|' /C calc'!A0", partner="@team")
            await made(by=me, decided="", state="cannot", cannot="No money.", figures=None)

        client.unit(unit)
        client.sign_in(Role.LEAD)
        text = client.client.get("/work/actions/file").text.removeprefix("\ufeff")
        first, second = csv.DictReader(io.StringIO(text))
        assert (first["decided"], first["partner"], first["people"]) == ("'=cmd|' /C calc'!A0", "'@team", "27")
        assert (second["state"], second["cannot"], second["people"]) == ("cannot", "No money.", "")

    def test_a_theme_that_was_retired_keeps_its_name_here(self, client: CheckingClient) -> None:
        me = member(client, Role.OFFICER)

        async def unit() -> uuid.UUID:
            await FrameVersion.insert(
                FrameVersion(number=1, state="in_use", themes="[]", note="", made_by=me, made_on=TODAY)
            )
            return await made(by=me, origin=WAITING)

        id = client.unit(unit)
        client.sign_in(Role.OFFICER)
        page = client.get(f"/work/actions/{id}")
        assert page.h1 == "Action: Waiting"
        assert "This theme is not in the list of themes any more." in page.text
        assert "any more" in begun(client).text
