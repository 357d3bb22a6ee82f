"""What people are told about what we keep of them is what is so, and a child says yes or no before anything begins."""

from __future__ import annotations

import msgspec

from surveys import contact_wishes, drafts
from surveys.answers import GivenAnswer
from surveys.document import SurveyDocument
from surveys.tables import Draft
from surveys.templates import TEMPLATES
from tests.pages import CheckingClient, Page
from tests.privacy.asked import invited_to
from tests.privacy.traces import everything_kept
from voice.people.partnership import PartnershipInfo
from voice.privacy.notice import reader_of
from voice.settings import OpenId, Settings

READERS = ("children", "young", "adults")


def young(*, without_asking: bool = False, **changed: object) -> SurveyDocument:
    """A survey for young people; ``without_asking`` leaves out the question whether they want to take part."""
    document = TEMPLATES["my-life-young-person"](lambda said: {"en": said}, ("en",))
    questions = tuple(each for each in document.questions if not (without_asking and each.kind == "consent"))
    return msgspec.structs.replace(document, questions=questions, **changed)


class TestWhoReads:
    def test_the_age_that_somebody_gave_comes_before_the_survey(self) -> None:
        document = young()
        (age,) = (each for each in document.questions if each.kind == "age_band")
        assert reader_of(document, {}) == "young"
        bands = {"5_to_10": "children", "11_to_15": "young", "19_to_25": "adults", "rather_not_say": "young"}
        for band, reader in bands.items():
            assert reader_of(document, {age.concept: GivenAnswer(language="en", code=band)}) == reader
        small = msgspec.structs.replace(age, options=age.options[:2])
        assert reader_of(msgspec.structs.replace(document, questions=(small,)), {}) == "children"

    def test_each_can_be_chosen_and_none_leaves_anything_on_the_device(self, client: CheckingClient) -> None:
        address = client.open_survey(young(), "my-life").replace("/s/", "/privacy/")
        for about in ("/privacy", address):
            for reader in READERS:
                page = client.get(f"{about}?for={reader}&lang=en")
                assert page.one(".notice-readers [aria-current]").attributes["href"] == f"?for={reader}&lang=en"
                assert "set-cookie" not in page.response.headers
                assert "Nobody reads" in page.text
        assert client.get(address).one(".notice-readers [aria-current]").text().strip() == "I am 11 to 17"
        client.get("/privacy/nothing", status=404)

    def test_each_can_be_read_in_another_language(self, client: CheckingClient) -> None:
        page = client.get("/privacy?for=young&lang=en")
        polish = client.get(str(page.url.join(page.one("a.language[hreflang=pl]").attributes["href"] or "")))
        assert polish.language == "pl"
        assert polish.one(".notice-readers [aria-current]").attributes["href"] == "?for=young&lang=pl"


class TestItIsTrue:
    def test_identity_and_time_are_those_of_the_survey(self, client: CheckingClient) -> None:
        address = client.open_survey(young(kept_months=7), "my-life")
        for reader in READERS:
            told = client.get(f"/privacy/my-life?for={reader}").text
            assert "We keep your answers for 7 months after the survey ends." in told
            assert "own link" not in told
        assert 'href="/privacy/my-life?lang=en"' in client.get(address).html
        client.open_survey(young(slug="endless", kept_months=0), "endless")
        assert "We have not said yet how long" in client.get("/privacy/endless?for=children").text
        invited_to(client, "confidential", 7)
        assert "we keep who you are" in client.get("/privacy/short-breaks?for=adults").text
        assert "we know it was you" in client.get("/privacy/short-breaks?for=children").text

    def test_days_and_months_are_those_of_the_code(self, client: CheckingClient) -> None:
        told = client.get("/privacy").text
        assert f"You have {drafts.DAYS_KEPT} days to finish." in told
        assert f"We keep for {contact_wishes.MONTHS_KEPT} months how to reach you." in told

    def test_services_are_named_where_they_are_used_and_nowhere_else(self, client: CheckingClient) -> None:
        told = client.get("/privacy").text
        assert not [each for each in ("GOV.UK Notify", "mail service", "Our staff sign in") if each in told]
        assert "A person writes down what you say in a recording." in told
        parts, kept = client.parts, client.parts.settings
        parts.settings = msgspec.structs.replace(
            kept,
            smtp_url="smtp://mail.invalid",
            notify_key="key",
            notify_text_template="text",
            openid=OpenId("https://id.invalid", "voice", "secret"),
            speech="pocketsphinx",
        )
        told = client.get("/privacy").text
        assert "A mail service sends our e-mails." in told
        assert "GOV.UK Notify sends our text messages." in told
        assert "Our staff sign in with a service outside." in told
        assert "Our own machine writes down" in told
        assert "Our staff sign in" not in client.get("/privacy?for=young").text
        parts.settings = msgspec.structs.replace(parts.settings, notify_email_template="mail")
        assert "GOV.UK Notify sends our e-mails." in client.get("/privacy").text
        parts.settings = kept

    def test_it_says_whom_to_ask(self, client: CheckingClient) -> None:
        parts = client.parts
        parts.partnership = PartnershipInfo("Solihull", "0121 496 0000", "ask@example.org")
        page = client.get("/privacy")
        assert page.tree.css('main a[href="tel:01214960000"]')
        assert page.tree.css('main a[href="mailto:ask@example.org"]')


class TestAssent:
    def buttons(self, page: Page) -> list[str]:
        return [" ".join(each.text().split()) for each in page.tree.css("#start-form .buttons button")]

    def test_adults_are_not_asked_and_nobody_is_asked_twice(self, client: CheckingClient, link: str) -> None:
        assert self.buttons(client.get(link)) == ["Start"]
        asks_itself = client.open_survey(young(), "my-life")
        page = client.get(asks_itself)
        assert self.buttons(page) == ["Start"]
        assert "You choose. You can say no, and you can stop." in page.text
        assert client.begin(asks_itself).h1 == "Do you want to take part?"

    def test_only_the_button_that_says_yes_begins(self, client: CheckingClient) -> None:
        address = client.open_survey(young(without_asking=True), "my-life")
        page = client.get(address)
        assert self.buttons(page) == ["Yes, I want to take part", "No, thank you"]
        assert "go" not in page.form(), "nothing is chosen before"
        for pressed in ({}, {"go": "continue"}, {"go": "Yes"}, {"go": "no"}):
            asked = client.submit(page, pressed)
            assert asked.path in (address, f"{address}/no-thank-you")
            assert client.unit(Draft.count) == 0
        assert "/q/" in client.submit(page, {"go": "yes"}).path
        assert client.unit(Draft.count) == 1

    def test_no_leaves_nothing_anywhere(self, client: CheckingClient, settings: Settings) -> None:
        address = client.open_survey(young(without_asking=True), "my-life")
        page = client.get(address)
        client.client.cookies.clear()
        key = page.form()["key"]

        def stored() -> dict[str, bytes]:
            kept = client.run(lambda: everything_kept(settings))
            return {where: content for where, content in kept if "rows" in where or "sqlite" in where}

        before = stored()
        assert before
        gone = client.submit(page, {"go": "no"})
        assert gone.h1 == "That is fine"
        assert key not in f"{gone.url} {gone.html}"
        assert not client.client.cookies
        assert stored() == before

    def test_on_a_device_for_many_the_next_person_can_begin(self, client: CheckingClient) -> None:
        address = client.open_survey(young(without_asking=True), "my-life")
        gone = client.submit(client.get(f"{address}?shared=yes"), {"go": "no"})
        assert gone.one(".next-person a").attributes["href"] == f"{address}?shared=yes"
