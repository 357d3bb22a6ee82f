"""Pages of the evidence bank: finding what was said, a voice's way, what is known already."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from surveys.bank.seeding import seed
from surveys.building import drafting
from surveys.tables import StoredFile
from surveys.templates import post_ehcp
from tests.evidence.bank import TODAY, a_session, voice
from tests.evidence.families import families
from tests.pages import CheckingClient
from voice.capture.sessions.tables import Session
from voice.evidence import quotes, speech
from voice.evidence.keeping import NewVoice, keep
from voice.evidence.reading import read_new_voices
from voice.languages import LANGUAGES, words
from voice.people import signing_in
from voice.people.roles import Role
from voice.storage.files import FileFolder


def member(client: CheckingClient, role: Role) -> uuid.UUID:
    members = client.run(lambda: client.parts.store.read(signing_in.members))
    found: uuid.UUID = next(each.id for each in members if each.role is role)
    return found


def kept(client: CheckingClient, *voices: NewVoice) -> None:
    client.unit(lambda: keep(voices))


def a_recording(client: CheckingClient, **said: Any) -> NewVoice:
    """A recording of a session, with its file."""
    heard = voice(None, form="audio", file=uuid.uuid4(), source="session", **said)
    folder = FileFolder(client.settings.data, "rooms")
    arrived = folder.place_to_arrive()
    arrived.write_bytes(b"sound")
    assert heard.file is not None
    folder.keep(arrived, heard.file)
    row = StoredFile(id=heard.file, media_type="audio/webm", bytes=5, seconds=1)
    client.unit(lambda: StoredFile.insert(row).run())
    kept(client, heard)
    return heard


class Engine:
    name = "an engine"

    def understands(self, language: str) -> bool:
        return language == "en"

    async def hear(self, recording: Path, language: str) -> str:
        assert (recording.stat().st_size, language) == (len(b"sound"), "en")  # noqa: ASYNC240
        return "the slide is to high"


class TestFinding:
    def test_it_finds_words_with_filters_that_stay_filled_in(self, client: CheckingClient) -> None:
        kept(
            client,
            voice("The bus is loud.", source="session", said_on="2026-05"),
            voice("The bus is late.", respondent_kind="parent_carer"),
            voice("بس میں شور ہے", language="ur"),
        )
        client.sign_in(Role.ANALYST)
        page = client.get("/work/voices?q=bus")
        assert "2 voices" in page.text
        assert [quote.text() for quote in page.tree.css("blockquote")] == ["The bus is late.", "The bus is loud."]
        assert "nonsense (0)" in client.get("/work/voices?term=nonsense&source=x").one("#term").text()
        page = client.get("/work/voices?q=bus&term=2026-summer")
        assert page.form("form.search")["term"] == "2026-summer"
        assert "1 voice" in page.text
        assert client.get("/work/voices?language=ur").one("blockquote").attributes["lang"] == "ur"
        assert "Nobody said this yet." in client.get("/work/voices?q=%00%22*&before=99999999999").text

    def test_a_lead_sees_numbers_of_many_and_released_quotes_alone(self, client: CheckingClient) -> None:
        secret, shown = voice("My name is Ann and I like art."), voice("Mr Bell is kind.")
        kept(client, secret, shown)
        lead = member(client, Role.LEAD)
        client.unit(lambda: quotes.decide(shown.id, "released", "[…] is kind.", by=lead, today=TODAY))
        client.sign_in(Role.LEAD)
        page = client.get("/work/voices")
        assert "Fewer than 10 people said this." in page.text
        assert [quote.text() for quote in page.tree.css("blockquote")] == ["[…] is kind."]
        way = client.get(f"/work/voices/{shown.id}")
        assert "Bell" not in way.html
        assert "Ann" not in page.html
        client.get(f"/work/voices/{secret.id}", status=404)
        client.get("/work/voices/nonsense", status=404)


class TestQuotesOfEverySource:
    def test_only_words_that_may_be_quoted_are_listed(self, client: CheckingClient) -> None:
        kept(client, voice("From a session", source="session"), voice("For reading only", permitted="read"))
        client.sign_in(Role.ANALYST)
        page = client.get("/work/quotes")
        assert [quote.text() for quote in page.tree.css("blockquote")] == ["From a session"]
        released = client.submit(page, {"go": "release"}, form=".voice > form")
        assert "There is nothing in this list." in released.text
        assert "From a session" in client.get("/work/quotes?show=released").text


class TestTheWay:
    def test_it_tells_who_decided_what(self, client: CheckingClient) -> None:
        officer = member(client, Role.OFFICER)
        session = client.unit(lambda: a_session(officer, title="Hall, in May"))
        said = voice("The dinner hall is loud.", source="session", origin=session, heard_by="Youth team")
        kept(client, said)
        client.unit(lambda: quotes.decide(said.id, "released", said.text or "", by=officer, today=TODAY))
        client.run(lambda: read_new_voices(client.parts.store))
        client.sign_in(Role.ANALYST)
        way = client.get(f"/work/voices/{said.id}")
        for told in ("A session: Hall, in May", "Youth team", "Released", "18 November 2026", "themes-1-"):
            assert told in way.text
        assert "What was done about it There is nothing here yet." in way.text


class TestTranscripts:
    def test_a_machines_draft_is_nothing_before_a_person_accepts_it(
        self, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(speech.ENGINES, client.parts.settings.speech, Engine())
        heard = a_recording(client)
        client.sign_in(Role.ANALYST)
        way = client.get(f"/work/voices/{heard.id}")
        sound = client.client.get(way.one("audio").attributes["src"] or "")
        assert (sound.status_code, sound.content) == (200, b"sound")
        assert "A machine listens now." in client.submit(way, {"go": "listen"}).text
        way = client.get(f"/work/voices/{heard.id}")
        assert way.written == "the slide is to high"
        assert "It makes mistakes." in way.text
        assert not client.get("/work/voices?q=slide").tree.css("blockquote")
        assert client.submit(way, {"go": "accept"}, text=" ", status=422).problem == "Write what the recording says."
        way = client.submit(way, {"go": "accept"}, text="The slide is too high.")
        assert "Checked by" in way.text
        assert client.get("/work/voices?q=slide").one("blockquote").text() == "The slide is too high."

    def test_nobody_hears_what_they_may_not(self, client: CheckingClient) -> None:
        heard = a_recording(client, origin=uuid.uuid4())
        for role in (Role.FACILITATOR, Role.LEAD):
            client.sign_in(role)
            client.get(f"/work/voices/{heard.id}", status=404)
            assert client.client.get(f"/work/voices/{heard.id}/file").status_code == 404
            refused = client.client.post(f"/work/voices/{heard.id}/transcript", data={"go": "accept", "text": "x"})
            assert refused.status_code == 403


class TestAlreadyAsked:
    def test_it_says_what_is_known_and_keeps_why_it_is_asked_anyway(self, client: CheckingClient) -> None:
        client.unit(lambda: families(12, went_well="They rang us back.", felt_listened_to="yes"))
        client.run(lambda: read_new_voices(client.parts.store))
        client.sign_in(Role.OFFICER)
        asked = [post_ehcp.document(words, tuple(LANGUAGES))]
        client.unit(lambda: seed(asked, now=client.parts.clock()))
        started = client.submit(client.get("/work/builder"), **{"from": "empty", "title": "Again"})
        draft = uuid.UUID(started.path.split("/")[3])
        added = client.get(f"/work/builder/{draft}/add?q=listened")
        link = added.one("a[href*='concept=felt_listened_to']").attributes["href"] or ""
        page = client.get(link)
        assert "12 people" in page.text
        page = client.get(f"/work/already-asked?draft={draft}&concept=went_well")
        assert "12 people told us." in page.text
        assert "The newest are from Autumn 2026." in page.text
        form = "form[method=post][action*=already-asked]"
        assert client.submit(page, form=form, reason=" ", status=422).problem == "Say why you ask again."
        page = client.submit(page, form=form, reason="The service has changed.")
        assert page.form(form)["reason"] == "The service has changed."
        said = client.run(lambda: client.parts.store.read(lambda: drafting.reasons(draft)))
        assert [each.reason for each in said.values()] == ["The service has changed."]

    def test_a_session_keeps_its_reason(self, client: CheckingClient) -> None:
        facilitator = member(client, Role.FACILITATOR)
        own, other = (client.unit(lambda by=by: a_session(by)) for by in (facilitator, uuid.uuid4()))
        client.sign_in(Role.FACILITATOR)
        form = "form[method=post][action*=already-asked]"
        assert not client.get(f"/work/already-asked?q=buses&session={other}").tree.css(form)
        client.submit(client.get(f"/work/already-asked?q=buses&session={own}"), form=form, reason="New buses")
        rows = client.run(lambda: client.parts.store.read(Session.select().run))
        assert {row["id"]: row["asked_anyway"] for row in rows} == {own: "New buses", other: ""}


class TestAlreadySaid:
    def test_everybody_sees_many_and_never_a_few(self, client: CheckingClient) -> None:
        many = [voice(f"Loud halls {n}", person=uuid.uuid4(), age_band="11_to_15") for n in range(17)]
        kept(client, *many, *(voice("Quiet elephants", person=uuid.uuid4()) for _ in range(9)))
        page = client.get("/already-said?q=loud")
        assert "At least 10 people told us about this." in page.text
        assert "11 to 15" in page.text
        assert "Loud halls" not in page.html
        few, none = client.get("/already-said?q=elephants"), client.get("/already-said?q=giraffes")
        assert few.text.replace("elephants", "") == none.text.replace("giraffes", "")
        assert client.get("/already-said").h1 == "What do people say already?"
