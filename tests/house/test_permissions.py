"""Every route × role × organisation: what belongs to another organisation is not there, and nothing of it changes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from pathlib import Path

import pytest

from surveys import paper_stacks
from surveys.asking_less import plans
from surveys.building import drafting, starting
from surveys.invitations import registers, sends
from surveys.invitations.sends import SendChoice
from tests.house.test_routes import Route, cross_site_token, routes_of
from tests.pages import CheckingClient
from voice.capture.sessions import planning
from voice.capture.sessions.planning import Plan
from voice.commands import main
from voice.commands.permissions import permissions
from voice.people import organisations, signing_in
from voice.people.permissions import HOST_ID, RULES, Kind, NotYours, Reach, Thing, belongs, may
from voice.people.roles import ALLOWED, WHOLE_PARTNERSHIP, Audience, Role
from voice.people.signing_in import SignedIn
from voice.people.tables import Member, Membership
from voice.storage.tables import TABLES
from voice.web import things
from voice.web.permission_table import COLUMNS

NEVER_MIND = {"sign_in_session", "sign_in_link", "known_device", "audit_entry"}
"""Tables that change because somebody signs in and looks, or is refused."""


class Two:
    """Two organisations with somebody in each role and one thing of each kind in both."""

    def __init__(self, client: CheckingClient) -> None:
        self._client = client
        self.people: dict[tuple[uuid.UUID, Role], uuid.UUID] = {}
        self.things: dict[tuple[uuid.UUID, Kind], str] = {}
        self.drafts: dict[uuid.UUID, str] = {}
        self.theirs = client.unit(lambda: organisations.add("Northfield School", "school"))
        for organisation in (HOST_ID, self.theirs):
            for role in Role:
                email = f"{role.value}@{'ours' if organisation == HOST_ID else 'theirs'}.example"
                self.people[organisation, role] = client.unit(
                    lambda email=email, role=role, of=organisation: self._take_on(email, role, of)
                )
            client.unit(lambda of=organisation: self._fill(of))

    def other(self, organisation: uuid.UUID) -> uuid.UUID:
        return self.theirs if organisation == HOST_ID else HOST_ID

    async def _take_on(self, email: str, role: Role, of: uuid.UUID) -> uuid.UUID:
        if of == HOST_ID or role not in WHOLE_PARTNERSHIP:
            return await organisations.take_on(email, role, of)
        # Nobody can be given this today: so it could stand there from before.
        member = await organisations.take_on(email, Role.TRANSLATOR, of)
        await Membership.update({Membership.role: role.value}).where(Membership.member == member)
        await Member.update({Member.role: role.value}).where(Member.id == member)
        return member

    async def _fill(self, of: uuid.UUID) -> None:
        parts, by = self._client.parts, self.people[of, Role.OFFICER]
        today, slug = parts.today, f"survey-{of}"[:40]
        round = (await parts.rounds.with_link(now=parts.clock()))[0].id
        draft = await drafting.begin(
            starting.empty("Lunch", slug=slug, language="en", languages=("en",)),
            based_on=starting.EMPTY,
            by=by,
            now=parts.clock(),
        )
        register = await registers.add((), name="Families", partner="A", by=by, today=today)
        plan = plans.read_plan(
            {
                **{"partner": "A", "survey": "B", "audience": "parent_carer", "families": "5", "minutes": "5"},
                **{"opens_on": str(today), "closes_on": str(today + dt.timedelta(days=9))},
            },
            audiences=("parent_carer",),
            today=today,
        )
        await plans.add(plan, by=by, today=today)
        session = Plan(title="Forum", kind="youth_forum", held_on=today, respondent_kind="young_person", language="en")
        self.drafts[of] = str(draft.id)
        made = {
            Kind.SURVEY: slug,
            Kind.STACK: await paper_stacks.start(round, typed_twice=False, today=today),
            Kind.SESSION: await planning.create(session, (), by=self.people[of, Role.FACILITATOR], secret=parts.secret),
            Kind.REGISTER: register,
            Kind.SEND: await sends.plan(
                round=round,
                register=register,
                kind="invitation",
                way="letter",
                minutes=5,
                goes_on=today,
                choice=SendChoice(seed="x"),
                by=by,
                today=today,
            ),
            Kind.CONTACTS: uuid.uuid4(),
            Kind.PLAN: plan.id,
            Kind.PERSON: self.people[of, Role.TRANSLATOR],
            Kind.ORGANISATION: of,
            Kind.GROUP: await organisations.make_group("A team", of),
        }
        for kind, key in made.items():
            self.things[of, kind] = str(key)
            await belongs(kind, key, of)

    def address(self, route: Route, of: uuid.UUID) -> str | None:
        """The address of a thing of this organisation; nothing where there is only the host's."""
        about = things.about(route.path)
        assert about is not None
        if not about.parameter:
            return route.address("/s/none") if of == HOST_ID else None
        key = self.drafts[of] if about.kind is Kind.SURVEY else self.things[of, about.kind]
        path = re.sub(rf"{{{about.parameter}:\w+}}", key, route.path)
        return Route(route.method, path, route.handler).address("/s/none")

    def sign_in(self, organisation: uuid.UUID, role: Role) -> None:
        client, member = self._client, self.people[organisation, role]
        client.client.cookies.clear()
        token = client.unit(lambda: signing_in.make_link(member, now=client.parts.clock()))
        # Not ``client.get``: what a role from before starts with may not be there.
        client.client.get(f"/sign-in/once/{token}")

    def stored(self) -> dict[str, list[str]]:
        """All rows there are."""

        async def unit() -> dict[str, list[str]]:
            return {
                table._meta.tablename: sorted(map(repr, await table.select()))
                for table in TABLES
                if table._meta.tablename not in NEVER_MIND
            }

        found: dict[str, list[str]] = self._client.unit(unit)
        return found


def about_things(client: CheckingClient, *methods: str) -> list[Route]:
    found = [
        route
        for route in routes_of(client.client.app)
        if route.handler.opt["audience"] in ALLOWED and route.method in methods and things.about(route.path)
    ]
    assert found
    return found


def should_be_hidden(route: Route, role: Role, organisation: uuid.UUID) -> bool:
    """Whether a role that may use the route must not find the thing of another organisation there."""
    about = things.about(route.path)
    assert about is not None
    rule = RULES[about.kind]
    looks = route.method == "GET" or route.handler.opt["audience"] is Audience.SURVEYS
    reach = rule.look if looks else rule.change
    return reach is Reach.OWN and not (organisation == HOST_ID and role in rule.host_too)


class TestEveryRouteIsClassified:
    def test_what_an_address_names_is_owned_or_shared_for_a_reason(self, client: CheckingClient) -> None:
        for route in routes_of(client.client.app):
            if route.handler.opt["audience"] in ALLOWED and "{" in route.path:
                assert things.declared(route.path), f"{route.path}: say in voice/web/things.py whose it is"

    def test_nothing_is_declared_that_is_not_served(self, client: CheckingClient) -> None:
        paths = [route.path for route in routes_of(client.client.app)]
        for declared in (*things.THINGS, *things.MINE, *things.ASKED, *things.SHARED):
            assert any(path.startswith(declared) for path in paths), declared

    def test_every_kind_has_a_rule(self) -> None:
        assert set(RULES) == set(Kind)


class TestWhatBelongsToOthers:
    @pytest.fixture
    def database(self) -> str:
        """SQLite alone: some thousand pages are asked for; ``TestTheTable`` asks the same rules on both."""
        return ""

    def test_nobody_opens_it_or_changes_it(self, client: CheckingClient) -> None:
        two = Two(client)
        before, tried = two.stored(), 0
        for organisation in (HOST_ID, two.theirs):
            for role in Role:
                two.sign_in(organisation, role)
                token = {"_csrf_token": cross_site_token(client)}
                for route in about_things(client, "GET", "POST", "PUT"):
                    allowed = role in ALLOWED[route.handler.opt["audience"]]
                    address = two.address(route, two.other(organisation))
                    if address is None or (allowed and not should_be_hidden(route, role, organisation)):
                        continue
                    answer = client.client.request(route.method, address, data=token, follow_redirects=False)
                    expected = 404 if allowed else 403
                    assert answer.status_code == expected, (role, organisation, route.name, answer.status_code)
                    tried += 1
        assert tried > 500
        assert two.stored() == before

    def test_its_own_people_open_it(self, client: CheckingClient) -> None:
        two = Two(client)
        for organisation in (HOST_ID, two.theirs):
            for role in Role:
                two.sign_in(organisation, role)
                for route in about_things(client, "GET"):
                    address = two.address(route, organisation)
                    if address is None or role not in ALLOWED[route.handler.opt["audience"]]:
                        continue
                    if route.path == things.declared(route.path):
                        answer = client.client.get(address)
                        assert answer.status_code == 200, (role, organisation, route.name, answer.status_code)

    def test_lists_do_not_name_it(self, client: CheckingClient) -> None:
        two = Two(client)
        for organisation in (HOST_ID, two.theirs):
            foreign = {key for (of, kind), key in two.things.items() if of != organisation and kind in HIDDEN}
            for role in Role:
                two.sign_in(organisation, role)
                for route in routes_of(client.client.app):
                    audience = route.handler.opt["audience"]
                    if (
                        route.method == "GET"
                        and audience in ALLOWED
                        and role in ALLOWED[audience]
                        and "{" not in route.path
                    ):
                        text = client.client.get(route.path).text
                        assert not [key for key in foreign if key in text], (role, organisation, route.path)


HIDDEN = (Kind.STACK, Kind.SESSION, Kind.REGISTER, Kind.SEND)


class TestWhatIsShared:
    @pytest.mark.parametrize("through_a_group", [False, True])
    def test_it_is_open_to_whoever_it_was_shared_with_and_to_nobody_else(
        self, client: CheckingClient, through_a_group: bool
    ) -> None:
        two = Two(client)
        session = two.things[HOST_ID, Kind.SESSION]
        two.sign_in(HOST_ID, Role.ADMINISTRATOR)
        page = client.get(f"/manage/access/session/{session}")
        if through_a_group:
            client.submit(client.get("/manage/groups"), form="#make", name="Forum team")
            made = client.unit(lambda: organisations.groups(HOST_ID))
            team = str(next(each.id for each in made if each.name == "Forum team"))
            groups = client.get("/manage/groups")
            client.submit(groups, {"go": "join"}, form=f"#group-{team}", email="analyst@theirs.example")
            page = client.get(page.path)
            client.submit(page, form="#share", group=team, role="facilitator")
        else:
            client.submit(page, form="#share", email="analyst@theirs.example", role="facilitator")
        two.sign_in(two.theirs, Role.ANALYST)
        assert client.get(f"/work/sessions/{session}").status == 200
        client.get(f"/work/sessions/{two.things[two.theirs, Kind.SESSION]}", status=403)
        client.get("/work/registers", status=403)
        assert session in client.client.get("/account/work-as").text
        two.sign_in(two.theirs, Role.LEAD)
        client.get(f"/work/sessions/{session}", status=403)
        two.sign_in(HOST_ID, Role.ADMINISTRATOR)
        page = client.get(page.path)
        client.submit(page, {"take_back": page.one("button[name=take_back]").attributes["value"] or ""}, form="#shared")
        two.sign_in(two.theirs, Role.ANALYST)
        client.get(f"/work/sessions/{session}", status=403)

    def test_nobody_shares_what_is_not_theirs(self, client: CheckingClient) -> None:
        two = Two(client)
        two.sign_in(two.theirs, Role.ADMINISTRATOR)
        for kind in (Kind.SESSION, Kind.REGISTER, Kind.SURVEY):
            client.get(f"/manage/access/{kind.value}/{two.things[HOST_ID, kind]}", status=404)


class TestOneHatAtATime:
    def test_who_has_two_roles_works_as_one_of_them_with_a_new_session(self, client: CheckingClient) -> None:
        two = Two(client)
        client.unit(lambda: organisations.take_on("lead@ours.example", Role.OFFICER, two.theirs))
        two.sign_in(HOST_ID, Role.LEAD)
        assert client.get("/lead").status == 200
        client.get("/work/registers", status=403)
        before = client.client.cookies["session"]
        page = client.get("/account/work-as")
        client.submit(page, {"organisation": str(two.theirs)})
        assert client.client.cookies["session"] != before
        theirs = two.things[two.theirs, Kind.REGISTER]
        assert theirs in client.client.get("/work/registers").text
        client.client.cookies.set("session", before)
        client.get("/account", status=401)


class TestTheTable:
    def test_it_has_every_route_and_says_what_the_guard_does(self, client: CheckingClient) -> None:
        two = Two(client)
        rows = {(row[0], row[1]): dict(zip(COLUMNS, row, strict=True)) for row in permissions()}
        routes = {(route.method, route.path): route for route in routes_of(client.client.app)}
        assert set(rows) == set(routes)
        for place, row in rows.items():
            audience = routes[place].handler.opt["audience"]
            for role in Role if audience in ALLOWED else ():
                assert (row[role.value] == "-") == (role not in ALLOWED[audience])
                about = things.about(place[1])
                if about is None or row[role.value] == "-" or not about.parameter:
                    continue
                person = SignedIn(two.people[two.theirs, role], "", role, "en", two.theirs)
                thing = Thing(about.kind, two.things[HOST_ID, about.kind])
                reached = client.unit(lambda p=person, a=audience, t=thing, m=place[0]: self.reaches(p, a, t, m))
                assert reached == (row[role.value] == "all"), place

    @staticmethod
    async def reaches(person: SignedIn, audience: Audience, thing: Thing, method: str) -> bool:
        try:
            return await may(person, audience, thing, change=things.changes(method, audience))
        except NotYours:
            return False

    def test_it_is_printed_and_written(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        assert main(["permissions"]) == 0
        printed = capsys.readouterr().out.splitlines()
        assert printed[0].split()[:4] == ["method", "path", "for", "about"]
        assert main(["permissions", "--out", str(tmp_path / "table.csv")]) == 0
        written = list(csv.reader(io.StringIO((tmp_path / "table.csv").read_text())))
        assert len(written) == len(printed)
        assert main(["permissions", "--out", str(tmp_path / "nowhere" / "table.csv")]) == 2
