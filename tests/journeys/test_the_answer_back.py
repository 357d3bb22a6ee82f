"""From what matters now to what families read: a lead, who looks after an action, a group that agrees to its words, and
a parent with a receipt."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Awaitable, Callable

from tests.journeys.conftest import Server, Visit
from tests.journeys.visitor import DESKTOP, PHONE, Visitor, say

Colleague = Callable[..., Awaitable[Visitor]]


async def make_action(lead: Visitor, decided: str, owner: str = "officer") -> str:
    """Makes an action on the page that is open, and returns its address."""
    page = lead.page
    await page.locator("#heard").fill("Families wait too long to hear from us.")
    await page.locator("#decided").fill(decided)
    await page.locator("#state-planned").check()
    chosen = page.locator("#owner option").filter(has_text=owner)
    await page.locator("#owner").select_option(await chosen.first.get_attribute("value"))
    await page.locator("#due_on").fill(f"{dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=60)}")
    await lead.press("Make this action")
    return lead.path


class TestTheAnswerBack:
    async def test_a_lead_makes_an_action_of_what_matters_and_its_owner_says_what_happened(
        self, colleague: Colleague
    ) -> None:
        lead = await colleague("lead", size=DESKTOP)
        assert await lead.heading() == "What matters now"
        matters = lead.page.locator(".matter")
        assert await matters.count() == 3
        last = await matters.nth(2).bounding_box()
        assert last is not None
        assert last["y"] < DESKTOP[1], "all three begin on the first screen"
        about_question = lead.page.locator('.matter h3 a[href^="/lead/trends/"]').first
        said = await about_question.inner_text()
        await about_question.click()
        assert await lead.page.get_by_text(said).count() == 1
        assert await lead.page.locator(".control-chart svg").count() == 1
        await lead.press("Make an action from this", "link")
        decided = f"We will ring every family within two days, {uuid.uuid4().hex[:6]}."
        address = await make_action(lead, decided)

        officer = await colleague("officer", size=PHONE)
        await officer.open("/work/actions")
        await officer.page.get_by_role("link", name=decided).first.click()
        assert officer.path == address
        await officer.page.locator("#since").fill("Two people ring families now.")
        await officer.page.locator("#still").fill("We will count how long it takes.")
        await officer.page.locator("#state-under_way").check()
        await officer.press("Save")
        assert await officer.page.get_by_text("Two people ring families now.").count() >= 1

        await lead.open("/lead")
        assert await lead.page.locator(".thread-to").get_by_text(decided).count() == 1, "the thread runs on"

    async def test_a_group_agrees_to_words_and_a_parent_finds_out_what_came_of_it(
        self, colleague: Colleague, visit: Visit, server: Server
    ) -> None:
        lead = await colleague("lead", size=DESKTOP)
        await lead.open("/work/actions/new?from=other")
        decided = f"Young people choose the food at their club, {uuid.uuid4().hex[:6]}."
        address = await make_action(lead, decided)
        await lead.page.locator("#since").fill("They chose pizza. We bought it.")
        await lead.page.locator("#state-done").check()
        await lead.press("Save")
        await lead.page.locator('form[action="/work/published"] button').first.click()
        draft = lead.path
        await lead.page.locator("#said_by").select_option("young_person")
        await lead.press("Save who and picture")
        await lead.press("Ask a group about the words")
        assert await lead.page.locator('button[value="publish"]').count() == 0, "nobody has agreed yet"

        facilitator = await colleague("facilitator", size=PHONE)
        await facilitator.open(f"/work/words-to-agree/{draft.rpartition('/')[2]}")
        assert await facilitator.heading() == "Is this what you said?"
        await facilitator.page.locator("label[for=answer-agreed]").click()
        await facilitator.page.locator("#heads").fill("12")
        await facilitator.press("This is what we say")

        await lead.open(draft)
        await lead.press("Publish")
        assert address.startswith("/work/actions/")
        anybody = await visit("ur", PHONE, scripts=False)
        await anybody.open("/you-said?lang=ur")
        assert await anybody.page.get_by_text("They chose pizza. We bought it.").count() == 1
        assert await anybody.page.locator("html").get_attribute("dir") == "rtl"

    async def test_a_parent_looks_at_what_happened_with_the_reference_alone(self, visit: Visit, server: Server) -> None:
        parent = await visit("ur", PHONE, scripts=False)
        await parent.open(server.letter)
        await parent.press("Start")
        while parent.path.rpartition("/")[2] != "check":
            await parent.answer({}, words="ہمیں بہت انتظار کرنا پڑا۔")
        await parent.press("Send my answers")
        reference = await parent.page.locator(".reference strong").inner_text()
        await parent.context.clear_cookies()

        later = await visit("ur", PHONE, scripts=False)
        await later.open("/what-happened?lang=ur")
        assert await later.heading() == say("ur", "What happened to what I said?")
        await later.page.locator("#reference").fill(reference.lower().replace("-", " "))
        await later.press("Continue")
        assert await later.heading() == say("ur", "What happened to what you said")
        assert await later.page.locator(".what-next li.done").count() >= 1
        assert await later.page.get_by_text("ہمیں بہت انتظار کرنا پڑا۔").count() == 0, "it shows nobody's words"
