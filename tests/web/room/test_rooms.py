"""A session in a room: planned, joined, run, and said in, by people whom nobody can tell apart afterwards."""

from __future__ import annotations

import uuid

from tests.conftest import Clock
from tests.pages import CheckingClient, Page
from tests.web.room.rooms import Room, token_on
from voice.capture.sessions.keys import board_key
from voice.people.roles import Role
from voice.web.limits import PER_MINUTE

BY_SCRIPT = {"x-golden-thread": "keep"}


def send_card(client: CheckingClient, page: Page, text: str = "Longer lunch breaks", **fields: str) -> Page:
    column = {} if "column" in fields or not page.tree.css("[name=column]") else {"column": "start"}
    return client.submit(page, form=".own-card", text=text, **column, **fields)


def board_of(room: Room) -> str:
    return f"/board/{board_key(room.client.parts.secret, room.id)}"


class TestPlanning:
    def test_it_begins_from_a_template_and_says_what_is_missing(self, client: CheckingClient) -> None:
        client.sign_in(Role.FACILITATOR)
        page = client.submit(client.get("/work/sessions/new"), status=422)
        assert page.problem == "Give the session a name."
        page = client.submit(page, title="Forum", held_on="soon", status=422)
        assert page.problem == "Choose the day of the session."
        page = client.submit(page, title="Forum", held_on="2026-11-18", kind="lets_talk")
        agenda = client.get(f"{page.path}/agenda")
        assert [each.text() for each in agenda.tree.css(".agenda a bdi")][1] == "People listen to me."
        page = client.submit(page, form="main form", pictures_agreed="yes", status=422)
        assert page.problem_field.attributes["name"] == "consent_asked"
        client.submit(page, form="main form", consent_asked="A letter home, and each of them said yes.")
        assert "Forum" in client.get("/work/sessions").text

    def test_it_moves_removes_and_adds_activities(self, client: CheckingClient) -> None:
        room = Room(client)
        before = [each.kind for each in room.session.agenda]
        first = room.session.agenda[0].id
        page = client.get(f"{room.address}/agenda")
        page = client.submit(page, {"go": f"up-{first}"}, form="form:has(.agenda)")
        page = client.submit(page, {"go": f"down-{first}"}, form="form:has(.agenda)")
        assert [each.kind for each in room.session.agenda][:2] == [before[1], before[0]]
        page = client.submit(page, {"go": f"remove-{first}"}, form="form:has(.agenda)")
        assert len(room.session.agenda) == len(before) - 1
        page = client.submit(page, {"go": "add"}, form=".add-activity", kind="ranking")
        page = client.submit(page, options="One thing", status=422)
        assert page.problem == "Write two or more choices, one a line."
        client.submit(page, options="Quiet room\nLonger lunch", minutes="5")
        assert [choice.label for choice in room.session.agenda[-1].options] == ["Quiet room", "Longer lunch"]

    def test_another_facilitator_does_not_learn_of_it(self, client: CheckingClient) -> None:
        room = Room(client)
        for role in (Role.OFFICER, Role.ADMINISTRATOR):
            client.sign_in(role)
            client.get(room.address)
        another = client.unit(lambda: _another_facilitator(client))
        client.get(f"/sign-in/once/{another}")
        for page in ("", "/agenda", "/run", "/attendance"):
            client.get(f"{room.address}{page}", status=404)
        assert "Forum in May" not in client.get("/work/sessions").text


async def _another_facilitator(client: CheckingClient) -> str:
    from voice.people import signing_in

    member = await signing_in.add_member("another@forum.example", Role.FACILITATOR)
    return await signing_in.make_link(member, now=client.parts.clock())


class TestJoining:
    def test_it_knows_the_code_however_it_is_written(self, client: CheckingClient) -> None:
        room = Room(client).start()
        for written in (room.code, room.code.lower(), " ".join(room.code)):
            page = client.get("/join", params={"code": written})
            assert "Forum in May" in page.text
        assert room.come_in().h1 == "How do you feel today?"

    def test_a_guessed_code_gets_a_kind_word_and_soon_nothing(self, client: CheckingClient) -> None:
        page = client.submit(client.get("/join"), {"code": "ABCD EFGH"}, status=422)
        assert page.problem.startswith("We do not know this code.")
        assert client.submit(page, {"code": " "}, status=422).problem == "Write your code in the box."
        for _ in range(PER_MINUTE["room"] - 1):
            client.client.post("/join", data={"code": "ABCDEFGH"})
        client.post("/join", {"code": "ABCDEFGH"}, status=429)
        room = Room(client).start()
        client.client.cookies.clear()
        client.post("/join", {"code": room.code}, status=429)

    def test_a_made_up_address_opens_nothing(self, client: CheckingClient) -> None:
        Room(client).start()
        for address in ("/room/" + "A" * 22, "/room/x", "/board/x", "/board/" + "A" * 43):
            client.get(address, status=404)

    def test_it_waits_for_the_start_and_says_when_it_is_over(self, client: CheckingClient) -> None:
        room = Room(client)
        client.client.cookies.clear()
        assert "has not started yet" in client.get("/join", params={"code": room.code}).text
        room.lead()
        room.start()
        room.step("end")
        client.submit(client.get("/join"), {"code": room.code}, status=410)


class TestCards:
    def test_they_are_folded_until_they_are_shown(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        mine = send_card(client, room.come_in(), column="barriers")
        assert "Longer lunch breaks" in mine.one("[data-own-cards]").text()
        other = room.come_in()
        assert "Longer lunch" not in other.html
        leading = room.lead()
        assert "Longer lunch breaks" in leading.one("#leading").text()
        room.step("board_join")
        assert "open" in client.get(board_of(room)).one(".screen-join").attributes
        room.step("board_activity")
        assert len(client.get(board_of(room)).tree.css(".column-barriers .folded")) == 1
        room.step("show")
        for page in (client.get(board_of(room)), client.get(other.path)):
            assert "Longer lunch breaks" in page.one(".column-barriers").text()
        room.step("hide")
        assert "Longer lunch" not in client.get(other.path).html

    def test_one_card_is_shown_and_put_with_others_by_buttons(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        for text in ("Longer lunch", "A longer break"):
            page = send_card(client, page, text)
        first, second = room.cards
        page = room.lead()
        token = {"_csrf_token": token_on(page)}
        client.post(f"{room.address}/cards/{first.id}", {**token, "go": "group", "new_group": "Breaks"})
        client.post(f"{room.address}/cards/{second.id}", {**token, "new_group": "", "group": "Breaks"})
        page = client.post(f"{room.address}/cards/{first.id}", {**token, "go": "show"})
        assert page.one("[data-group-name]").css("li")
        assert page.one(".card-group h4").text() == "Breaks"
        assert [card.revealed for card in room.cards] == [True, False]
        client.post(f"{room.address}/cards/{second.id}", {**token, "go": "ungroup", "group": ""})
        assert [card.group for card in room.cards] == ["Breaks", ""]

    def test_a_card_sent_twice_is_stored_once_and_other_content_refused(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        fields = {**page.form(".own-card"), "text": "Once", "column": "stop"}
        for _ in range(3):
            answer = client.client.post(page.action(".own-card"), data=fields, headers=BY_SCRIPT)
            assert answer.json() == {"stored": True}
        other = client.client.post(page.action(".own-card"), data={**fields, "text": "Other"}, headers=BY_SCRIPT)
        assert (other.status_code, other.json()["words"]) == (
            409,
            "We have this card already, with other words. The first one stays.",
        )
        assert [card.text for card in room.cards] == ["Once"]

    def test_a_card_that_is_far_too_long_stays_whole_in_the_form(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        text = "Ö" * 100_000
        page = send_card(client, room.come_in(), text, status=422)
        assert page.written == text
        assert "It can hold 2,000 letters. Yours has 100,000." in page.problem
        assert room.cards == []

    def test_it_asks_for_a_column_and_for_something_on_it(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        assert client.submit(page, form=".own-card", text="Hm", status=422).problem == "Choose where your card goes."
        assert send_card(client, page, "", status=422).problem == "Write a few words, or choose a picture."
        page = send_card(client, page, "", picture="bus", said_by="proxy")
        [card] = room.cards
        assert (card.picture, card.form, card.said_by) == ("bus", "symbols", "proxy")

    def test_it_can_be_taken_back_by_who_sent_it_alone(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = send_card(client, room.come_in())
        other = room.come_in()
        [card] = room.cards
        client.post(f"{other.path}/cards/{card.id}/take-back")
        assert len(room.cards) == 1
        page = client.submit(page, form="[data-op=take-back]")
        assert room.cards == []
        again = {**page.form(".own-card"), "id": str(card.id), "text": "Longer lunch breaks", "column": "start"}
        client.post(page.action(".own-card"), again)
        assert room.cards == [], "what was taken back stays so, even when a tablet sends it again"

    def test_a_pause_and_an_end_stop_cards_and_keep_their_words(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        room.lead()
        room.step("pause")
        assert send_card(client, page, "Wait", status=409).written == "Wait"
        room.lead()
        room.step("end")
        late = send_card(client, page, "Too late", status=410)
        assert late.written == "Too late"
        assert "They can still add it." in late.problem
        said = {"text": "Too late", "column": "stop", "said_by": "supported"}
        client.submit(room.lead(), form=".run-enter form", **said)
        assert [(card.text, card.said_by, card.tablet) for card in room.cards] == [("Too late", "supported", None)]

    def test_a_card_written_without_a_connection_arrives_at_its_activity(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        room.lead()
        room.step("next")
        send_card(client, page, "Written in the basement")
        assert [card.activity for card in room.cards] == [room.kind("board")]

    def test_a_feeling_is_chosen_or_not_and_an_answer_is_one(self, client: CheckingClient) -> None:
        room = Room(client, "lets_talk").start()
        page = room.come_in()
        for feeling in ("happy", "tired", "calm", "happy"):
            pressed = page
            page = client.submit(page, {"column": feeling}, form=".own-answers")
        client.submit(pressed, {"column": "happy"}, form=".own-answers")
        assert sorted(card.column for card in room.cards) == ["calm", "tired"], "a second press takes it back, once"
        room.lead()
        room.step("next")
        page = client.get(page.path)
        for answer in ("not_yet", "yes"):
            page = client.submit(page, {"column": answer}, form=".own-answers")
        assert page.one(".pick[aria-pressed=true]").attributes["value"] == "yes"
        room.lead()
        room.step("show")
        shown = client.get(board_of(room))
        assert [each.text() for each in shown.tree.css(".result-count")] == ["0", "0", "1"]


class TestVoting:
    def test_dots_are_limited_and_can_be_taken_back(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        for text in ("Quiet room", "More trips"):
            page = send_card(client, page, text)
        room.lead()
        room.step("show")
        room.step("next")
        page = client.get(page.path)
        quiet, trips = room.cards
        for card in (quiet, quiet, trips):
            page = client.submit(client.get(page.path), {"go": f"give-{card.id.hex}"}, form=".own-dots")
        assert "You have 0 dots left." in page.text
        page = client.submit(client.get(page.path), {"go": f"give-{trips.id.hex}"}, form=".own-dots", status=422)
        assert page.problem == "You have no dots left. Take one back first."
        client.submit(page, {"go": f"take-{quiet.id.hex}"}, form=".own-dots")
        room.lead()
        room.step("show")
        shown = client.get(board_of(room))
        assert sorted(each.text() for each in shown.tree.css(".result-count")) == ["1", "1"]

    def test_a_dot_sent_twice_is_one_dot(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = send_card(client, room.come_in())
        room.lead()
        room.step("show")
        room.step("next")
        page = client.get(page.path)
        fields = {**page.form(".own-dots"), "go": f"give-{room.cards[0].id.hex}"}
        for _ in range(2):
            client.post(page.action(".own-dots"), fields)
        assert "You have 2 dots left." in client.get(page.path).text

    def test_an_order_is_made_by_buttons(self, client: CheckingClient) -> None:
        room = Room(client, "other")
        page = client.submit(client.get(f"{room.address}/agenda"), {"go": "add"}, form=".add-activity", kind="ranking")
        client.submit(page, options="Buses\nClubs\nQuiet")
        room.start()
        page = room.come_in()
        last = room.session.agenda[0].options[2].code
        for _ in range(2):
            page = client.submit(page, {"go": f"up-{last}"}, form=".own-ranking")
        assert [each.text() for each in page.tree.css(".ranking .spoken")] == ["Quiet", "Buses", "Clubs"]
        room.lead()
        room.step("show")
        assert client.get(board_of(room)).tree.css(".results .result-name")[0].text() == "Quiet"

    def test_one_question_takes_one_answer(self, client: CheckingClient) -> None:
        room = Room(client).start("question")
        page = room.come_in()
        yes, no, _ = room.session.agenda[-1].options
        for choice in (yes, no, no):
            page = client.submit(page, {"go": f"answer-{choice.code}"}, form=".own-answers")
        room.lead()
        leading = room.step("show")
        assert [each.text() for each in leading.tree.css(".run-results td")] == ["0", "1", "0"]
        client.submit(page, {"go": "answer-made-up"}, form=".own-answers", status=422)


class TestNames:
    def test_who_spoke_is_never_on_the_big_screen(self, client: CheckingClient) -> None:
        room = Room(client, named=True).start("board")
        page = send_card(client, room.come_in(name="Amina Q"))
        leading = room.lead()
        assert "Amina Q" in leading.one("#leading").text()
        room.step("board_activity")
        room.step("show")
        for address in (board_of(room), room.come_in(name="").path):
            assert "Amina Q" not in client.get(address).html
        assert "Amina" not in client.client.get(f"{board_of(room)}/news").text
        assert page.one("#name").attributes["value"] == "Amina Q"

    def test_whoever_leads_sees_whose_answer_it_is_where_the_group_chose_so(self, client: CheckingClient) -> None:
        room = Room(client, named=True).start("question")
        yes = room.session.agenda[-1].options[0]
        page = client.submit(room.come_in(name="Amina Q"), {"go": f"answer-{yes.code}"}, form=".own-answers")
        room.lead()
        leading = room.step("show")
        assert "Amina Q" in leading.one(".run-results").text()
        assert "Amina Q" not in client.get(board_of(room)).html
        assert "Amina Q" not in client.get(page.path).one("#shared").text()

    def test_no_name_is_kept_where_the_group_did_not_choose_names(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in(name="Amina Q")
        send_card(client, page)
        client.post(f"{page.path}/name", {"name": "Amina Q"})
        assert "Amina" not in room.lead().html


class TestASharedTablet:
    def test_the_next_person_finds_an_empty_page(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        first = send_card(client, room.come_in(shared="yes"), "Said by the first")
        second = client.submit(first, form="[data-op=next]")
        assert second.path != first.path
        assert "Said by the first" not in second.html
        assert "Said by the first" not in client.get(first.path).html, "the button Back shows nothing either"
        send_card(client, second, "Said by the second")
        assert len({card.tablet for card in room.cards}) == 2

    def test_a_tablet_without_a_connection_names_the_next_page_itself(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        first = room.come_in(shared="yes")
        key = "A" * 21 + "Q"
        for _ in range(2):
            answer = client.client.post(f"{first.path}/next", data={"new_key": key}, headers=BY_SCRIPT)
            assert answer.json() == {"stored": True, "next": f"/room/{key}"}
        client.get(f"/room/{key}")
        client.post(f"{first.path}/next", {"new_key": "short"}, status=400)


class TestNews:
    def test_it_comes_at_once_when_a_screen_is_behind(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = room.come_in()
        seen = room.session.revision
        send_card(client, page)
        news = client.client.get(f"{page.path}/news", params={"seen": seen}).json()
        assert news["revision"] == seen + 1
        assert "1 person has answered." in news["parts"]["shared"]
        assert "Longer lunch" not in news["parts"]["shared"]

    def test_it_is_in_the_language_of_each_screen(self, client: CheckingClient) -> None:
        page = Room(client).start("board").come_in()
        english, urdu = (client.client.get(f"{page.path}/news?lang={code}").json() for code in ("en", "bn"))
        assert "0 people have answered." in english["parts"]["shared"]
        assert english["revision"] == urdu["revision"]
        assert english["parts"] != urdu["parts"]

    def test_the_timer_goes_by_the_server_and_can_be_held(self, client: CheckingClient, clock: Clock) -> None:
        room = Room(client).start("board")
        clock.now = clock.now.replace(minute=4)
        left = client.client.get(f"{board_of(room)}/news").json()["seconds"]
        assert left == 6 * 60
        room.step("pause")
        clock.now = clock.now.replace(minute=30)
        assert client.client.get(f"{board_of(room)}/news").json()["seconds"] == 6 * 60
        room.step("go_on")
        clock.now = clock.now.replace(minute=33)
        assert client.client.get(f"{board_of(room)}/news").json()["seconds"] == 3 * 60


class TestAttendance:
    def test_it_counts_and_asks_for_numbers(self, client: CheckingClient) -> None:
        room = Room(client)
        page = client.get(f"{room.address}/attendance")
        page = client.submit(page, **{"young_people-11_to_15": "many"}, status=422)
        assert page.problem == "Write a number, such as 12."
        page = client.submit(page, **{"young_people-11_to_15": "12", "staff-over_25": "2"})
        assert page.one("[name=young_people-11_to_15]").attributes["value"] == "12"

    def test_the_thank_you_list_is_for_who_planned_it_alone(self, client: CheckingClient) -> None:
        room = Room(client)
        assert not client.get(f"{room.address}/attendance").tree.css("[name=names]")
        wanted = Room(client, thanks_wanted=True)
        page = client.get(f"{wanted.address}/attendance")
        page = client.submit(page, form="form[action$=thanks]", names="Amina Q\nBen T")
        assert page.written == "Amina Q\nBen T"
        token = {"_csrf_token": token_on(page)}
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get(f"{wanted.address}/attendance")
        assert "Amina" not in page.html
        client.post(f"{wanted.address}/thanks", {**token, "_csrf_token": token_on(page), "names": ""}, status=404)
        sealed = client.unit(_sealed)
        assert len(sealed) == 1
        assert "Amina" not in sealed[0]


async def _sealed() -> list[str]:
    from voice.capture.sessions.tables import SessionThanks

    return [row["sealed"] for row in await SessionThanks.select()]


class TestWorries:
    def test_it_goes_to_the_safeguarding_lead_and_nowhere_else(self, client: CheckingClient) -> None:
        room = Room(client).start("board")
        page = client.get(room.come_in().one(".worry-link").attributes["href"] or "")
        assert "Nobody reads this right now." in page.text
        assert client.submit(page, status=422).problem == "Write what you are worried about."
        sent = client.submit(page, text="Somebody hurts me at the bus stop.")
        assert "The safeguarding lead will read it." in sent.text
        client.submit(page, text="Somebody hurts me at the bus stop.")
        assert room.cards == []
        assert "bus stop" not in room.lead().html
        client.sign_in(Role.SAFEGUARDING)
        [line] = client.get("/work/worries").tree.css(".promise-line")
        assert "Forum in May" in line.text()
        told = client.get(line.css_first("a").attributes["href"] or "")
        assert told.one("blockquote").text() == "Somebody hurts me at the bus stop."

    def test_a_session_that_is_over_stops_no_worry(self, client: CheckingClient) -> None:
        room = Room(client).start()
        page = room.come_in()
        room.lead()
        room.step("end")
        client.submit(client.get(f"{page.path}/worry"), text=str(uuid.uuid4()))
