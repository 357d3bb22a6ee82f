"""Whoever holds the link reads and takes along what was sent under it: nobody else, and not from a device of many."""

from __future__ import annotations

import base64
import uuid

from surveys import stored_files
from surveys.stored_files import KnownFile
from surveys.tables import Answer, Submission
from tests.pages import CheckingClient, draft_of
from tests.web.views import families
from voice.storage.files import FileFolder


class TestAnswers:
    def test_they_are_a_page_and_a_file_for_who_holds_the_link(self, client: CheckingClient, link: str) -> None:
        first = client.begin(link)
        mine = draft_of(first)
        client.get(f"{mine}/copy", status=404)
        receipt = client.submit(client.answer_all(first, words="Cardamom <b>went</b> well"))
        assert receipt.tree.css(f'a[href="{mine}/copy"]')
        page = client.get(f"{mine}/copy")
        assert "Cardamom <b>went</b> well" in page.text
        assert "How did you come to have a plan?" in page.text or len(page.tree.css("dl.answers dt")) > 8
        taken = client.client.get(f"{mine}/copy.json")
        assert taken.headers["content-type"] == "application/json"
        assert "attachment" in taken.headers["content-disposition"]
        [sent] = taken.json()["sent"]
        assert sent["reference"] == receipt.one(".reference strong").text()
        assert len(sent["answers"]) == len(page.tree.css("dl.answers dt"))
        words = [each["answer"] for each in sent["answers"] if each.get("own_words")]
        assert words[0] == ["Cardamom <b>went</b> well"]
        polish = client.get(f"{mine}/copy?lang=pl")
        assert polish.language == "pl"
        assert "Cardamom <b>went</b> well" in polish.text
        client.get(f"{link}/{'A' * 22}/copy", status=404)

    def test_a_file_comes_along(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        mine, file = receipt.path.removesuffix("/receipt"), uuid.uuid4()
        folder = FileFolder(client.settings.data)
        arrived = folder.place_to_arrive()
        arrived.write_bytes(b"a drawing")
        folder.keep(arrived, file)

        async def draw() -> None:
            await stored_files.know([KnownFile(file, "image/png", 9)])
            await Answer.update({Answer.file: file}).where(Answer.concept == "went_well")

        client.unit(draw)
        page = client.get(f"{mine}/copy")
        assert client.client.get(page.one("dl.answers a").attributes["href"] or "").content == b"a drawing"
        [sent] = client.client.get(f"{mine}/copy.json").json()["sent"]
        [drawn] = [each["file"] for each in sent["answers"] if "file" in each]
        assert base64.b64decode(drawn["content"]) == b"a drawing"
        for concept in ("plan_route", "no_such"):
            assert client.client.get(f"{mine}/copy/{concept}").status_code == 404

    def test_a_device_of_many_shows_nothing(self, client: CheckingClient, link: str) -> None:
        receipt = client.submit(client.answer_all(client.begin(link)))
        mine = receipt.path.removesuffix("/receipt")
        for mode in ("shared_device", "class", "telephone"):
            client.unit(lambda mode=mode: Submission.update({Submission.mode: mode}, force=True))
            client.get(f"{mine}/copy", status=404)
            assert client.client.get(f"{mine}/copy.json").status_code == 404
            assert "/copy" not in client.get(f"{mine}/receipt").html


class TestMyViews:
    def test_each_takes_along_what_they_may_read(self, client: CheckingClient) -> None:
        space = families.begin(client)
        families.say(client, space, "like", "Cardamom")
        theirs, _ = families.invite(client, space, "invited", "my teacher")
        families.say(client, theirs, "support", "Nutmeg")

        def taken(address: str) -> set[tuple[str, str]]:
            answer = client.client.get(f"{address}/copy.json")
            assert answer.status_code == 200
            return {(each["text"], each["who"]) for each in answer.json()["views"]}

        assert taken(space) == {("Cardamom", "young_person"), ("Nutmeg", "invited")}
        assert taken(theirs) == {("Nutmeg", "invited")}
        assert client.client.get(f"/my-views/{'A' * 22}/copy.json").status_code == 404
