"""A room for tests: a session that was planned and started, and people who came in."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec

from tests.pages import CheckingClient, Page
from voice.capture.sessions import cards, planning
from voice.capture.sessions.cards import Card
from voice.capture.sessions.planning import RoomSession
from voice.people.roles import Role


class Room:
    """A session of the facilitator. Its pages are asked for as whoever is signed in."""

    def __init__(self, client: CheckingClient, kind: str = "youth_forum", **plan: Any) -> None:
        self.client = client
        client.sign_in(Role.FACILITATOR)
        made = client.submit(client.get("/work/sessions/new"), title="Forum in May", kind=kind)
        self.address = made.path
        self.id = uuid.UUID(made.path.rpartition("/")[2])
        if plan:
            changed = msgspec.structs.replace(self.session.plan, **plan)
            client.unit(lambda: planning.change(self.id, changed))

    @property
    def session(self) -> RoomSession:
        found: RoomSession = self.client.unit(lambda: planning.load(self.id))
        return found

    @property
    def cards(self) -> list[Card]:
        found: list[Card] = self.client.unit(lambda: cards.cards(self.id))
        return found

    @property
    def code(self) -> str:
        return planning.code_of(self.client.parts.secret, self.id)

    def kind(self, kind: str) -> str:
        """The id of the activity of this kind."""
        return next(each.id for each in self.session.agenda if each.kind == kind)

    def step(self, go: str, *, status: int = 200, **fields: str) -> Page:
        """A step of whoever leads."""
        page = self.client.get(f"{self.address}/run")
        return self.client.post(
            f"{self.address}/run", {"_csrf_token": token_on(page), "go": go, **fields}, status=status
        )

    def start(self, kind: str = "") -> Room:
        """Starts, and goes on to the activity of this kind."""
        self.step("start")
        while kind and self.session.now and self.session.now.kind != kind:
            self.step("next")
        return self

    def lead(self, role: Role = Role.FACILITATOR) -> Page:
        """The screen of whoever leads."""
        self.client.sign_in(role)
        return self.client.get(f"{self.address}/run")

    def come_in(self, **fields: str) -> Page:
        """Somebody joins on a device of their own; returns their page."""
        self.client.client.cookies.clear()
        page = self.client.submit(self.client.get("/join"), {"code": self.code})
        return self.client.submit(page, {"go": "in"}, **fields)


def token_on(page: Page) -> str:
    return page.tree.css("input[name=_csrf_token]")[0].attributes["value"] or ""
