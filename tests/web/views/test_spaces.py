"""A private space in use: begun, written in, shared, and closed to everybody without a key."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import Clock
from tests.pages import CheckingClient
from tests.web.views.families import begin, code_on, invite, say, view_of
from voice.backups.tables import Erased
from voice.capture.views.tables import View, ViewKey, ViewSpace
from voice.evidence.tables import VoiceNumber
from voice.people.roles import Role
from voice.privacy import forgotten
from voice.running.tidying import keep_tidy
from voice.storage.tables import TABLES

SECRET_WORDS = "My pet snail is called Zebulon"


class TestBeginning:
    def test_it_gives_a_code_that_opens_the_space_again(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "important", SECRET_WORDS)
        code = code_on(client.get(f"{space}/code"))
        assert len(code.replace(" ", "")) == 12
        page = client.submit(client.get("/my-views"), form='main form[action="/my-views"]', code=code.lower())
        assert page.path == space
        assert SECRET_WORDS in page.text

    def test_it_says_kindly_that_a_guessed_code_opens_nothing(self, client: CheckingClient) -> None:
        begin(client)
        for guessed in ("7K3M Q2PX 9T4B", "short", ""):
            page = client.post("/my-views", {"code": guessed}, status=422)
            assert page.problem_field.attributes["value"] == guessed

    def test_it_lets_nobody_guess_for_long(self, client: CheckingClient) -> None:
        for _ in range(120):
            client.client.post("/my-views", data={"code": "short"})
        assert client.post("/my-views", {"code": "short"}, status=429).h1 == "That was a lot of tries"

    def test_it_finds_nothing_behind_a_made_up_link(self, client: CheckingClient) -> None:
        begin(client)
        for address in ("/my-views/" + "A" * 22, "/my-views/x", "/my-views/" + "A" * 22 + "/people"):
            client.get(address, status=404)


class TestLetters:
    def test_it_opens_a_space_once_and_never_for_whoever_printed_it(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        page = client.get("/work/reviews")
        letters = client.submit(page, form='form[action$="/letters"]', many="2")
        codes = [each.text() for each in letters.tree.css(".review-letter .code")]
        assert len(set(codes)) == 2
        start = client.post("/my-views", {"code": codes[0]})
        assert start.path == "/my-views/new"
        space = client.submit(start).path.removesuffix("/code")
        say(client, space, "important", SECRET_WORDS)
        again = client.submit(client.post("/my-views", {"code": codes[1]}), role="parent_carer")
        assert again.h1 == "My code"
        client.post("/my-views", {"code": codes[0]}, status=422)
        assert "used this letter already" in client.post("/my-views/new", {"letter": codes[0]}, status=410).text
        counted = client.get("/work/reviews")
        assert "Zebulon" not in counted.html
        assert [cell.text() for cell in counted.tree.css(".counts td")] == ["2", "–"], "so few are not told apart"

    def test_it_keeps_the_letter_in_another_language(self, client: CheckingClient) -> None:
        page = client.get("/my-views/new?letter=7K3MQ2PX9T4B")
        polish = client.get(str(page.url.join(page.one("a.language[hreflang=pl]").attributes["href"] or "")))
        assert polish.language == "pl"
        assert polish.form()["letter"] == "7K3MQ2PX9T4B"

    def test_it_says_how_many_letters_can_be_made(self, client: CheckingClient) -> None:
        client.sign_in(Role.OFFICER)
        page = client.get("/work/reviews")
        for wrong in ("0", "31", "many", ""):
            told = client.submit(page, form='form[action$="/letters"]', many=wrong, status=422)
            assert told.problem == "Write a number from 1 to 30."


class TestSaying:
    def test_it_shows_whose_view_it_is_and_when(self, client: CheckingClient) -> None:
        space = begin(client)
        parent, _ = invite(client, space, "parent_carer")
        say(client, space, "support", "Tell me before things change", said_by="supported")
        page = say(client, parent, "support", "He needs time to answer")
        whose = [" ".join(each.text().split()) for each in page.tree.css("#support .whose")]
        assert whose == ["The child or young person · November 2026 · With help", "Parent carer · November 2026"]

    def test_it_keeps_pictures_and_sorted_pictures(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.post(f"{space}/add/important/words/1", {"go": "continue", "picture": "dog", "text": ""})
        assert [each.text() for each in page.tree.css("#important .chosen-picture")] == ["Animals"]
        sort = client.get(f"{space}/sort")
        page = client.submit(sort, **{"sort-bus": "not_working", "sort-lunch": "working", "sort-loud": "made-up"})
        assert [each.text() for each in page.tree.css("#sorted dt")] == ["Working", "Not working"]
        assert [each.text() for each in page.tree.css("#sorted .chosen-picture")] == [
            "Food and lunch",
            "Getting around",
        ]

    def test_it_keeps_what_is_sent_twice_once(self, client: CheckingClient) -> None:
        space = begin(client)
        page = client.get(f"{space}/add/like")
        for _ in range(2):
            shown = client.submit(page, {"go": "continue"}, text="I am kind to cats")
        assert len(shown.tree.css("#like article")) == 1
        shown = client.submit(page, {"go": "continue"}, text="I tell good jokes")
        assert len(shown.tree.css("#like article")) == 2, "another answer from the same page is not lost"

    def test_it_keeps_words_that_are_too_long_in_the_box(self, client: CheckingClient) -> None:
        space = begin(client)
        empty = client.get(f"{space}/add/next")
        page = client.submit(empty, {"go": "continue"}, text="x" * 100_000, status=422)
        assert "It can hold 4,000 letters. Yours has 100,000." in page.problem
        assert page.written == "x" * 100_000

    def test_it_asks_for_something_when_nothing_was_said(self, client: CheckingClient) -> None:
        space = begin(client)
        for how in ("words", "drawing", "recording", "photo"):
            page = client.get(f"{space}/add/next?how={how}")
            told = client.submit(page, {"go": "continue"}, status=422)
            assert told.problem.startswith("Say something first.")
        assert "Choose a place" in client.submit(client.get(f"{space}/sort"), status=422).problem

    def test_it_knows_no_other_question(self, client: CheckingClient) -> None:
        space = begin(client)
        for path in ("add/nothing", "add/like/dancing/1", "add/like/words/x", "sheet/review.exe", "sheet/x.pdf"):
            client.get(f"{space}/{path}", status=404)


class TestSharing:
    def test_it_shows_an_invited_person_their_own_and_what_is_shared(self, client: CheckingClient) -> None:
        space = begin(client)
        say(client, space, "important", SECRET_WORDS)
        say(client, space, "support", "Show me pictures")
        teacher, _ = invite(client, space, "invited", "my teacher")
        nurse, _ = invite(client, space, "invited", "the nurse")
        say(client, teacher, "like", "You help the little ones")
        whole = client.get(space)
        assert "You help the little ones" in whole.text
        assert "my teacher · November 2026" in whole.text
        client.post(space, {"view": view_of(whole, "Show me pictures"), "go": "share"})
        seen = client.get(teacher).text
        assert "You help the little ones" in seen
        assert "Show me pictures" in seen
        assert SECRET_WORDS not in seen
        assert "You help the little ones" not in client.get(nurse).text
        client.post(space, {"view": view_of(whole, "Show me pictures"), "go": "keep"})
        assert "Show me pictures" not in client.get(teacher).text

    def test_it_keeps_an_invited_person_out_of_what_the_family_chooses(self, client: CheckingClient) -> None:
        space = begin(client)
        page = say(client, space, "important", SECRET_WORDS)
        teacher, _ = invite(client, space, "invited", "my teacher")
        view = view_of(page, SECRET_WORDS)
        for path in ("people", "meeting", "learn", "heard", "end", "sheet/review.pdf", f"files/{view}"):
            client.get(f"{teacher}/{path}", status=404)
        for go in ("share", "take_away"):
            client.post(teacher, {"view": view, "go": go}, status=404)
        for path in ("people", "meeting", "learn", "heard", "end"):
            client.post(f"{teacher}/{path}", {"view": view, "go": "invite", "seen": view}, status=404)
        client.post(space, {"view": view, "go": "share"})
        client.post(teacher, {"view": view, "go": "take_away"}, status=404)
        assert SECRET_WORDS in client.get(space).text

    def test_it_needs_a_name_for_whom_it_invites(self, client: CheckingClient) -> None:
        space = begin(client)
        for called in ("", "x" * 61):
            page = client.post(f"{space}/people", {"go": "invite", "role": "invited", "called": called}, status=422)
            assert page.one("#called").attributes["value"] == called

    def test_it_ends_an_invitation_and_keeps_what_was_said(self, client: CheckingClient) -> None:
        space = begin(client)
        teacher, code = invite(client, space, "invited", "my teacher")
        say(client, teacher, "like", "You help the little ones")
        people = client.get(f"{space}/people")
        keys = [each.attributes["value"] or "" for each in people.tree.css(".key-holders input[name=key]")]
        client.post(f"{space}/people", {"go": "end", "key": keys[1]})
        client.get(teacher, status=404)
        client.post("/my-views", {"code": code}, status=422)
        assert "You help the little ones" in client.get(space).text
        page = client.post(f"{space}/people", {"go": "end", "key": keys[0]}, status=422)
        assert page.problem == "You cannot end your own code."


class TestALostCode:
    def test_it_is_made_anew_by_somebody_else_who_holds_a_key(self, client: CheckingClient) -> None:
        child = begin(client)
        parent, _ = invite(client, child, "parent_carer")
        teacher, _ = invite(client, child, "invited", "my teacher")
        say(client, teacher, "like", "You help the little ones")
        people = client.get(f"{parent}/people")
        keys = [each.attributes["value"] or "" for each in people.tree.css(".key-holders input[name=key]")]
        assert len(keys) == 3
        fresh = [client.post(f"{parent}/people", {"go": "renew", "key": key}) for key in (keys[0], keys[2])]
        client.get(child, status=404)
        client.get(teacher, status=404)
        again = client.post("/my-views", {"code": code_on(fresh[0])})
        assert "You help the little ones" in again.text
        theirs = client.post("/my-views", {"code": code_on(fresh[1])})
        assert "You help the little ones" in theirs.text
        say(client, theirs.path, "like", "And you sing well")
        assert "And you sing well" in client.get(parent).text


class TestEnding:
    def test_it_leaves_nothing(self, client: CheckingClient) -> None:
        space = begin(client)
        teacher, _ = invite(client, space, "invited", "my teacher")
        page = say(client, space, "important", SECRET_WORDS)
        client.post(f"{space}/learn", {f"learn-{view_of(page, SECRET_WORDS)}": "read"})
        assert client.submit(client.get(f"{space}/end")).h1 == "It is all gone"
        client.get(space, status=404)
        client.get(teacher, status=404)
        left = {
            table._meta.tablename: client.unit(lambda table=table: table.count())
            for table in TABLES
            if table._meta.tablename.startswith(("view", "voice")) and table is not VoiceNumber
        }
        assert left == dict.fromkeys(left, 0)
        noted = client.unit(lambda: Erased.select(Erased.kind).order_by(Erased.kind))
        assert [row["kind"] for row in noted] == ["view_space", "voice"], "a backup from before must not bring it back"
        # The number says only that something has gone, for those who count.
        assert client.unit(lambda: VoiceNumber.select(VoiceNumber.voice)) == [{"voice": None}]


class TestTime:
    def test_it_takes_a_space_that_nobody_opens(self, client: CheckingClient, clock: Clock) -> None:
        left, used = begin(client), begin(client)
        say(client, left, "important", SECRET_WORDS)
        began = clock.now
        clock.now = began + dt.timedelta(days=700)
        client.get(used)
        client.run(lambda: keep_tidy(client.parts))
        assert SECRET_WORDS in client.get(left).text, "a visit keeps it, too"
        clock.now = began + dt.timedelta(days=700 + 600)
        client.get(used)
        client.run(lambda: keep_tidy(client.parts))
        clock.now = began + dt.timedelta(days=700 + 800)
        client.run(lambda: keep_tidy(client.parts))
        client.get(left, status=404)
        client.get(used)
        [line] = client.unit(forgotten.gone)
        assert (line.what, line.about, line.people) == ("time", "private spaces", 1), "its traces go too"
        client.sign_in(Role.GOVERNANCE)
        assert "private spaces" in client.get("/govern/retention").text


class TestStaff:
    @pytest.mark.parametrize("role", Role)
    def test_no_role_opens_a_space_or_learns_that_it_is_there(self, client: CheckingClient, role: Role) -> None:
        space = begin(client)
        say(client, space, "important", SECRET_WORDS)
        client.sign_in(role)
        made_up = "/my-views/" + "A" * 22
        ids = client.unit(lambda: _ids())
        for id in ids:
            assert client.client.get(f"/my-views/{id}").status_code == 404
            assert client.client.get(f"/work/voices/{id}/file").status_code in (403, 404)
        answers = [client.client.get(f"{address}/meeting") for address in (made_up, made_up)]
        assert {answer.status_code for answer in answers} == {404}
        offered = [a.attributes["href"] or "" for a in client.get("/account").tree.css("nav.places a")]
        for address in offered:
            assert "Zebulon" not in client.get(address).html


async def _ids() -> list[str]:
    found: list[str] = []
    for table in (View, ViewKey, ViewSpace):
        found += [str(row["id"]) for row in await table.select(table.id)]
    keys = await ViewKey.select(ViewKey.link_hash, ViewKey.code_hash)
    return [*found, *(value for row in keys for value in row.values())]


class TestTheDatabase:
    def test_it_holds_nothing_that_can_be_read(self, client: CheckingClient) -> None:
        space = begin(client)
        teacher, code = invite(client, space, "invited", "Mrs Quillfeather")
        say(client, space, "important", SECRET_WORDS)
        page = say(client, teacher, "like", "Kind to hedgehogs")
        client.post(space, {"view": view_of(client.get(space), "hedgehogs"), "go": "share"})
        client.post(f"{space}/heard", {"space": "yes", "text": "Nobody asked about Zebulon"})
        assert page.status == 200
        stored = client.unit(_everything)
        own = code_on(client.get(f"{space}/code")).replace(" ", "")
        links = [address.rpartition("/")[2] for address in (space, teacher)]
        for secret in ("Zebulon", "hedgehogs", "Quillfeather", code.replace(" ", ""), own, *links):
            assert secret not in stored
        if not client.settings.database_url:
            raw = b"".join(path.read_bytes() for path in client.settings.data.rglob("*") if path.is_file())
            assert b"view_space" in raw, "it is the file with our tables"
            assert b"Zebulon" not in raw
            assert b"hedgehogs" not in raw


async def _everything() -> str:
    """All values of all tables that private spaces write to."""
    found = []
    for table in TABLES:
        if table._meta.tablename.startswith(("view", "voice", "heard", "review")):
            found += [str(row) for row in await table.select()]
    assert any("young_person" in row for row in found), "the counts are here"
    return "\n".join(found)
