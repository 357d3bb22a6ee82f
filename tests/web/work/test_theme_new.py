"""New themes are offered with examples; what people decide about them is kept, and goes into the draft."""

from __future__ import annotations

import uuid

from tests.evidence.bank import TODAY, voice
from tests.pages import CheckingClient, Page
from voice.evidence.keeping import keep
from voice.evidence.tables import Suggestion
from voice.people import signing_in
from voice.people.roles import Role
from voice.themes import offers
from voice.themes.looking import Group, Groups

NEW = "/work/themes/new"

ABOUT = {
    "parking": "The parking outside is full and the car park costs money",
    "food": "The food in the canteen was cold and the menu never changes",
    "heating": "The heating in the hall is broken, it is cold in winter",
}


def unthemed(client: CheckingClient, *texts: str, **said: str) -> list[uuid.UUID]:
    made = [voice(text, **said) for text in texts]

    async def unit() -> None:
        await keep(made)
        for each in made:
            await Suggestion.insert(
                Suggestion(
                    voice=each.id,
                    engine="tested",
                    themes="",
                    confidence=0.0,
                    confidences="",
                    why="",
                    outcome="none_fits",
                    needs_person=True,
                    sentiment="neutral",
                    sentiment_why="",
                    urgent=False,
                    urgent_why="",
                )
            )

    client.unit(unit)
    return [each.id for each in made]


def offered(client: CheckingClient, *groups: Group, remainder: int = 0) -> None:
    """As a look would: what it found is kept."""

    async def unit() -> None:
        by = next(each.id for each in await signing_in.members() if each.role is Role.ANALYST)
        many = sum(len(each.voices) for each in groups) + remainder
        await offers.keep(Groups(groups, remainder), "", many, by=by, today=TODAY)

    client.unit(unit)


def group(name: str, ids: list[uuid.UUID]) -> Group:
    return Group(name, (name, "cost"), tuple(ids), tuple(ids[:1]), tuple(ids[-1:]))


def decide(page: Page, client: CheckingClient, group: str, go: str, *, status: int = 200, **fields: str) -> Page:
    number = [h3.text() for h3 in page.tree.css("article h3")].index(group)
    form = page.tree.css("article form")[number].attributes["action"]
    return client.submit(page, {"go": go}, form=f'form[action="{form}"]', status=status, **fields)


class TestOffers:
    def test_each_is_decided_and_what_was_decided_stays(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        assert "Groups will be here" in client.get(NEW).text
        ids = unthemed(client, *(f"{text} {n}" for text in ABOUT.values() for n in range(3)))
        unread = unthemed(client, "Only counted", permitted="count")
        groups = group("parking", ids[:3]), group("food", ids[3:6]), group("heating", [*ids[6:9], *unread])
        offered(client, *groups, remainder=2)
        page = client.get(NEW)
        assert "We last looked on 18 November 2026. All terms: 12 voices that no theme fits." in page.text
        assert "3 groups" in page.text
        assert "2 more voices are in no group." in page.text
        assert "The parking outside is full" in page.text
        assert "Only counted" not in page.text, "an example that nobody may read"
        taken = decide(page, client, "parking", "accept", name="Waiting", status=422)
        assert taken.problem == "Another theme has this name. Please choose another name."
        page = decide(taken, client, "parking", "accept", name="Getting a parking space", keywords="parking; car park")
        page = decide(page, client, "food", "merge", into="breaks_and_fun")
        page = decide(page, client, "heating", "rename", name="Cold rooms")
        page = decide(page, client, "Cold rooms", "reject")
        assert not page.tree.css("article")
        for told in ("Getting a parking space", "It is a theme.", "Its keywords went to:", "It is no theme."):
            assert told in page.text
        draft = client.get("/work/themes/frame/draft").text.replace("“ ", "“").replace(" ”", "”")
        assert "“Getting a parking space” is new." in draft
        assert "“Breaks, clubs and things to do” has a new description or new keywords." in draft

        offered(client, group("heating", ids[5:9]), group("food", ids[3:6]))
        page = client.get(NEW)
        assert [h3.text() for h3 in page.tree.css("article h3")] == ["food"], "what was rejected is not offered again"
        assert "Cold rooms" in page.text
