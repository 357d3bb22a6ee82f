"""Two people decide on the same texts apart, see how well they agree, talk, and decide."""

from __future__ import annotations

import uuid

from tests.evidence.bank import voice
from tests.pages import CheckingClient, Page
from voice.evidence.keeping import keep
from voice.people.roles import Role
from voice.themes.samples import drawn
from voice.themes.tables import ThemeDecision, VoiceCoding

CODERS = "/work/themes/coders"


def bank_of(client: CheckingClient, many: int) -> None:
    kinds = ("parent_carer", "young_person")
    said = [voice(f"Voice number {number} waits.", respondent_kind=kinds[number % 2]) for number in range(many)]
    client.unit(lambda: keep([*said, voice("Only counted", permitted="count"), voice(None, form="drawing")]))


def a_sample(client: CheckingClient) -> str:
    page = client.get(CODERS)
    officer = next(o for o in page.tree.css("#second option") if "officer@" in o.text())
    return client.submit(page, name="First try", size="10", second=officer.attributes["value"] or "").path


def code(client: CheckingClient, sample: str, *ticks: str) -> Page:
    """Gives each voice of the sample the next of these themes; empty for none."""
    page = client.get(f"{sample}/code")
    for tick in ticks:
        assert page.path == f"{sample}/code"
        page = client.submit(page, **{f"theme-{tick}" if tick else "none": "yes"})
    return page


class TestASample:
    def test_it_has_each_kind_of_people_in_proportion_and_can_be_drawn_again(self) -> None:
        pool = [(uuid.uuid5(uuid.NAMESPACE_URL, str(n)), "abcc"[n % 4] if n < 40 else "c") for n in range(100)]
        kinds = dict(pool)
        sample = drawn(pool, 10, "seed")
        assert sample == drawn(pool[::-1], 10, "seed")
        assert sample != drawn(pool, 10, "other")
        assert sorted(kinds[each] for each in sample) == ["a", "b", *"cccccccc"]
        assert len(set(drawn(pool, 100, "seed"))) == len(drawn(pool, 500, "seed")) == 100
        few = [(uuid.uuid4(), str(kind)) for kind in range(30)]
        assert len(drawn(few, 10, "seed")) == 10


class TestTwoCoders:
    def test_they_code_apart_and_what_they_agree_on_is_decided(self, client: CheckingClient) -> None:
        client.sign_in(Role.ANALYST)
        assert "There are only 0 voices to read." in client.submit(client.get(CODERS), name="A", status=422).problem
        bank_of(client, 24)
        refused = client.submit(client.get(CODERS), name="A", size="3", status=422)
        assert refused.problem == "Write a number from 10 to 300."
        sample = a_sample(client)
        assert "0 of 10 done" in client.get(sample).text
        page = client.get(f"{sample}/code")
        assert "We do not show you what the other person or the machine chose." in page.text
        assert client.submit(page, status=422).problem == "Tick a theme, or tick “No theme fits”."
        both = client.submit(page, **{"theme-waiting": "yes", "none": "yes"}, status=422)
        assert "also “No theme fits”" in both.problem
        page = code(client, sample, *["waiting"] * 5, *[""] * 4, "friends")
        assert "You are done." in page.text
        assert "How well they agree" not in page.text
        assert client.get(f"{sample}/code?at=1").form()["theme-waiting"] == "yes", "one's own choice can be changed"
        client.get(f"{sample}/talk", status=404)

        client.sign_in(Role.ADMINISTRATOR)
        client.get(f"{sample}/code", status=404)
        client.sign_in(Role.OFFICER)
        page = code(client, sample, *["waiting"] * 4, *[""] * 5, "thanks")
        assert page.path == sample
        assert "They chose exactly the same themes for 8 of 10 voices." in page.text
        rows = {
            row.css_first("th").text(): " ".join(row.text(separator=" ").split()) for row in page.tree.css("tbody tr")
        }
        assert "5, 4, 4" in rows["Waiting"]
        assert "0.80 (" in rows["Waiting"]
        assert "Nothing to compare" in rows["Getting there"]
        decisions = client.run(lambda: client.parts.store.read(lambda: VoiceCoding.select().run()))
        assert sorted(row["themes"] for row in decisions) == ["", "", "", "", *["waiting"] * 4]

        talk = client.get(f"{sample}/talk")
        assert "The two chose differently for 2 voices." in talk.text
        talk = client.submit(talk, **{"theme-waiting": "yes"})
        talk = client.submit(talk, **{"theme-friends": "yes", "theme-thanks": "yes"})
        assert "There is nothing left to talk about." in talk.text
        decisions = client.run(lambda: client.parts.store.read(lambda: VoiceCoding.select().run()))
        assert len(decisions) == 10
        assert {row["themes"] for row in decisions} == {"", "waiting", "friends;thanks"}
        kinds = client.run(lambda: client.parts.store.read(lambda: ThemeDecision.select(ThemeDecision.kind).run()))
        assert sum(row["kind"] == "settled" for row in kinds) == 10
        client.get(f"{sample}/code", status=404)
