"""The drop box: a partner adds what it heard, looks at it once more, and only then it counts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from surveys.terms import term_of
from tests.capture.drop_box import files
from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from voice.capture.drop_box.mail_intake import Intake
from voice.capture.drop_box.senders import add_sender
from voice.capture.drop_box.tables import Contribution, ContributionPart
from voice.evidence.keeping import NewVoice, keep
from voice.evidence.tables import Voice
from voice.people.roles import Role
from voice.running.tidying import keep_tidy

ABOUT = {
    "partner": "Elm Tree School",
    "partner_kind": "school",
    "heard_month": "11",
    "heard_year": "2026",
    "respondent_kind": "parent_carer",
    "permitted": "read",
}
WORDS = "They rang us the day they said they would.\n- The bus is late every single day of the week."


def add(
    client: CheckingClient,
    words: str = WORDS,
    *,
    file: tuple[str, bytes] | None = None,
    role: Role | None = Role.FACILITATOR,
    status: int = 200,
    **about: str,
) -> Page:
    if role:
        client.sign_in(role)
    page = client.get("/work/drop-box")
    data = {**page.form("main form[enctype]"), **ABOUT, "words": words, **about}
    options: dict[str, Any] = {"files": {"file": file}} if file else {"files": {"file": ("", b"")}}
    return client.post("/work/drop-box", data, status=status, **options)


def decide(client: CheckingClient, page: Page, go: str = "keep", *, status: int = 200, **fields: str) -> Page:
    form = "main form#splitting" if go == "split" else "main form:not(#splitting)"
    return client.post(str(page.url), {**page.form(form), **fields, "go": go}, status=status)


def voices(client: CheckingClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.unit(lambda: Voice.select().order_by(Voice.text))
    return found


def known_voice(client: CheckingClient, text: str, permitted: Any = "read") -> uuid.UUID:
    id = uuid.uuid4()
    voice = NewVoice(
        id=id,
        source="session",
        origin=uuid.uuid4(),
        said_on="2026-10",
        language="en",
        respondent_kind="young_person",
        said_by="own_words",
        asked="What should stop?",
        text=text,
        permitted=permitted,
    )
    client.unit(lambda: keep([voice]))
    return id


class TestAdding:
    def test_it_counts_only_after_a_look(self, client: CheckingClient) -> None:
        page = add(client, heard_day="3", expires_on="2027-01-31", age_band="11_to_15", setting="Elm Tree School")
        assert page.h1 == "Look before it counts"
        assert voices(client) == []
        page = decide(client, page, "split", splitting="lines")
        assert [each.text().strip() for each in page.tree.css("article blockquote")] == [
            "They rang us the day they said they would.",
            "The bus is late every single day of the week.",
        ]
        page = decide(client, page)
        assert "2 voices count now." in page.text
        voice = voices(client)[0]
        wanted = {
            "source": "drop_box",
            "text": "The bus is late every single day of the week.",
            "heard_by": "Elm Tree School",
            "said_on": "2026-11-03",
            "term": term_of(dt.date(2026, 11, 3)),
            "respondent_kind": "parent_carer",
            "permitted": "read",
            "expires_on": dt.date(2027, 1, 31),
            "age_band": "11_to_15",
            "setting": "Elm Tree School",
            "person": None,
        }
        assert {name: voice[name] for name in wanted} == wanted
        assert {row["text"] for row in client.unit(lambda: ContributionPart.select())} == {None}

    def test_it_asks_for_what_is_missing_and_loses_nothing(self, client: CheckingClient) -> None:
        page = add(client, partner=" ", heard_month="13", permitted="", status=422)
        assert page.problem == "Write who heard it: the name of the partner."
        assert page.written.startswith("They rang us")
        assert len(page.tree.css("p.problem")) == 3
        assert add(client, heard_year="2027", status=422).problem == "This day is still to come. Please check it."
        assert add(client, expires_on="2026-01-01", status=422).problem.startswith("Choose a last day")
        assert add(client, " ", status=422).problem == "Write what people said, or choose a file."

    @pytest.mark.parametrize(
        ("file", "status", "said"),
        [
            (("scan.pdf", files.pdf_of_pictures()), 422, "There are only pictures of words in this file."),
            (("large.pdf", b"%PDF" + bytes(21_000_000)), 413, "This file is too big for us."),
            (("old.doc", files.OLD_OFFICE), 422, "This is an old kind of file."),
        ],
    )
    def test_it_says_what_is_wrong_with_a_file_and_keeps_what_was_typed(
        self, client: CheckingClient, file: tuple[str, bytes], status: int, said: str
    ) -> None:
        page = add(client, "", file=file, status=status)
        assert page.problem.startswith(said)
        assert page.one("#partner").attributes["value"] == "Elm Tree School"

    def test_a_file_of_pictures_is_attached_with_a_summary(self, client: CheckingClient) -> None:
        page = add(client, "The letter says that the bus is late.", file=("scan.pdf", files.pdf_of_pictures()))
        assert "scan.pdf : only pictures of words" in page.text
        assert "1 voice" in page.text

    def test_a_row_of_the_chosen_column_is_a_voice(self, client: CheckingClient) -> None:
        rows = (("Mood", "What they said"), ("good", "They rang us"), ("bad", "It took a very long time"))
        page = add(client, "", file=("said.xlsx", files.workbook(*rows)))
        assert len(page.tree.css("article.voice")) == 2
        page = decide(client, page, "split", **{"column-0": "0"})
        assert [each.text().strip() for each in page.tree.css("article blockquote")] == ["good", "bad"]
        decide(client, page, "split", status=422, **{"column-0": ""})

    def test_sent_twice_it_is_there_once(self, client: CheckingClient) -> None:
        client.sign_in(Role.FACILITATOR)
        data = {**client.get("/work/drop-box").form("main form[enctype]"), **ABOUT}
        first = client.post("/work/drop-box", {**data, "words": "First words"}, files={"file": ("", b"")})
        again = client.post("/work/drop-box", {**data, "words": "Better words"}, files={"file": ("", b"")})
        assert first.path == again.path
        assert "Better words" in again.text
        decide(client, again)
        third = client.post("/work/drop-box", {**data, "words": "Other words"}, files={"file": ("", b"")})
        assert third.path != first.path

    def test_too_many_voices_are_no_voices(self, client: CheckingClient) -> None:
        page = add(client, "\n".join(f"Line number {number}" for number in range(301)))
        page = decide(client, page, "split", splitting="lines", status=422)
        assert page.problem.startswith("This makes more than 300 voices.")
        assert len(page.tree.css("article.voice")) == 1


class TestHiding:
    def test_it_points_out_personal_details_and_hides_what_is_ticked(self, client: CheckingClient) -> None:
        page = add(client, "My son Adam was seen by Mrs O’Brien. Ring 07700 900123. He likes Xandrel a lot.")
        assert [each.text() for each in page.tree.css("mark")] == ["Adam", "O’Brien", "07700 900123", "Xandrel"]
        decide(client, page, **{"hide-1": "a lot"})
        (voice,) = voices(client)
        assert voice["text"] == "My son […] was seen by Mrs […]. Ring […]. He likes Xandrel […]."

    def test_it_says_when_words_to_hide_are_not_there(self, client: CheckingClient) -> None:
        page = decide(client, add(client), status=422, **{"hide-1": "Zebra"})
        assert "“Zebra”" in page.problem
        assert page.problem_field.attributes["value"] == "Zebra"
        assert voices(client) == []

    def test_it_leaves_lines_out(self, client: CheckingClient) -> None:
        page = decide(client, add(client), "split", splitting="lines")
        assert decide(client, page, status=422, **{"leave-1": "yes", "leave-2": "yes"}).problem.startswith("You left")
        decide(client, page, **{"leave-1": "yes"})
        assert [voice["text"] for voice in voices(client)] == ["The bus is late every single day of the week."]


class TestWhatWasSaidBefore:
    SAID = "The bus is late every single day of the week!"

    def test_it_is_shown_beside_and_a_person_decides(self, client: CheckingClient) -> None:
        known_voice(client, self.SAID)
        page = decide(client, add(client, role=Role.OFFICER), "split", splitting="lines")
        (alike,) = page.tree.css(".alike")
        assert "We have the same words already" in alike.text()
        assert decide(client, page, status=422).problem.startswith("Please choose for each voice")
        decide(client, page, **{"alike-2": "same"})
        assert len(voices(client)) == 2, "the one that was there, and the line that was new"
        fates = {row["place"]: row["fate"] for row in client.unit(lambda: ContributionPart.select())}
        assert fates == {1: "kept", 2: "same"}

    def test_another_person_may_have_said_it_too(self, client: CheckingClient) -> None:
        known_voice(client, "The bus is late nearly every single day of the week")
        page = decide(client, add(client, role=Role.OFFICER), "split", splitting="lines")
        assert "We have nearly the same words already" in page.text
        decide(client, page, **{"alike-2": "another"})
        assert len(voices(client)) == 3

    def test_it_shows_nobody_words_that_they_may_not_read(self, client: CheckingClient) -> None:
        known_voice(client, "The bus is late nearly every single day of the week", "count")
        for role in (Role.OFFICER, Role.FACILITATOR):
            page = decide(client, add(client, role=role), "split", splitting="lines")
            assert "We have nearly the same words already" in page.text
            assert "nearly every single day" not in page.text

    def test_it_knows_lines_that_repeat_each_other(self, client: CheckingClient) -> None:
        page = decide(client, add(client, "The bus is late again\nThe bus is late, again."), "split", splitting="lines")
        assert "Voice 1" in page.one(".alike").text()
        decide(client, page, all_alike="same", **{"alike-2": "same"})
        assert len(voices(client)) == 1


class TestWhoSeesWhat:
    def test_a_draft_is_its_own_persons_alone(self, client: CheckingClient) -> None:
        mine = add(client).path
        assert "Not finished yet" in client.get("/work/drop-box").text
        for role in (Role.OFFICER, Role.ADMINISTRATOR):
            client.sign_in(role)
            assert "Not finished yet" not in client.get("/work/drop-box").text
            client.get(mine, status=404)
            token = client.client.cookies["csrf"]
            client.post(mine, {"go": "keep", "_csrf_token": token}, status=404)
            client.get(mine.replace("drop-box/", "drop-box/waiting/"), status=404)
        assert voices(client) == []

    def test_it_is_thrown_away_whole(self, client: CheckingClient) -> None:
        page = add(client)
        decide(client, page, "refuse")
        client.get(page.path, status=404)
        assert not client.unit(lambda: Contribution.exists())
        assert not client.unit(lambda: ContributionPart.exists())

    def test_decided_once_it_is_decided(self, client: CheckingClient) -> None:
        page = add(client)
        decide(client, page)
        decide(client, page, status=404)
        assert len(voices(client)) == 1

    def test_what_was_split_meanwhile_is_looked_at_again(self, client: CheckingClient) -> None:
        page = add(client)
        decide(client, page, "split", splitting="lines")
        assert decide(client, page, status=422).problem.startswith("This was split in another way")


class TestEmailThatWaits:
    @pytest.fixture
    def waiting(self, client: CheckingClient) -> Page:
        client.unit(lambda: add_sender("anna@elmtree.example", "Elm Tree School", "school"))
        parts = client.parts
        intake = Intake(parts.store, secret=parts.secret, clock=parts.clock)
        many = {"old.doc": files.OLD_OFFICE}
        client.run(lambda: intake.take_in(bytes(files.letter("The bus is late each day.", attachments=many))))
        stranger = files.letter("Buy this.", sender="who@spam.example", message_id="<2@x>")
        client.run(lambda: intake.take_in(bytes(stranger)))
        client.sign_in(Role.OFFICER)
        return client.get("/work/drop-box/waiting")

    def test_it_is_described_and_taken_in(self, client: CheckingClient, waiting: Page) -> None:
        assert "old.doc : an old kind of file" in waiting.text
        assert "E-mail from senders that we do not know" in waiting.text
        page = client.get(waiting.tree.css("article a")[0].attributes["href"] or "")
        assert page.one("#partner").attributes["value"] == "Elm Tree School"
        assert decide(client, page, respondent_kind="", status=422).problem == "Choose who said it."
        page = decide(client, page, respondent_kind="young_person", permitted="quote", words_in="pl")
        assert page.path == "/work/drop-box/waiting"
        (voice,) = voices(client)
        assert (voice["respondent_kind"], voice["permitted"], voice["language"]) == ("young_person", "quote", "pl")
        assert (voice["heard_by"], voice["said_on"]) == ("Elm Tree School", "2026-11-18")

    def test_the_same_letter_from_two_people_is_decided_on_when_one_counts(
        self, client: CheckingClient, waiting: Page
    ) -> None:
        parts = client.parts
        intake = Intake(parts.store, secret=parts.secret, clock=parts.clock)
        again = files.letter("The bus is late, each day.", message_id="<3@elmtree.example>")
        client.run(lambda: intake.take_in(bytes(again)))
        first, second = [
            a.attributes["href"] or ""
            for a in client.get("/work/drop-box/waiting").tree.css("article a")
            if "bus" in a.text()
        ]
        page = client.get(first)
        assert "It waits in the drop box too." in page.text
        decide(client, page, respondent_kind="school", permitted="read")
        page = client.get(second)
        assert "We have the same words already" in page.text
        decide(client, page, respondent_kind="school", permitted="read", **{"alike-1": "same"})
        (voice,) = voices(client)
        assert voice["text"].startswith("The bus is late")

    def test_what_is_not_for_us_loses_its_words(self, client: CheckingClient, waiting: Page) -> None:
        page = client.get(waiting.tree.css("article a")[1].attributes["href"] or "")
        page = decide(client, page, "refuse")
        assert "Not for us" in page.text
        assert "Buy this" not in page.text
        rows = client.unit(lambda: Contribution.select().where(Contribution.stage == "refused"))
        assert [(row["pieces"], row["decided_on"]) for row in rows] == [("[]", dt.date(2026, 11, 18))]
        assert voices(client) == []


class TestForgetting:
    def test_what_may_be_used_no_longer_goes_with_its_voices(self, client: CheckingClient, clock: Clock) -> None:
        decide(client, add(client, expires_on="2026-11-20"))
        decide(client, add(client, "This stays for good.", role=None))
        clock.now += dt.timedelta(days=2)
        client.run(lambda: keep_tidy(client.parts))
        assert len(voices(client)) == 2, "the last day counts"
        clock.now += dt.timedelta(days=1)
        client.run(lambda: keep_tidy(client.parts))
        assert [voice["text"] for voice in voices(client)] == ["This stays for good."]
        assert client.unit(lambda: Contribution.count()) == 1

    def test_drafts_go_after_thirty_days(self, client: CheckingClient, clock: Clock) -> None:
        add(client)
        clock.now += dt.timedelta(days=30)
        client.run(lambda: keep_tidy(client.parts))
        assert client.unit(lambda: Contribution.exists())
        clock.now += dt.timedelta(days=1)
        client.run(lambda: keep_tidy(client.parts))
        assert not client.unit(lambda: Contribution.exists())
