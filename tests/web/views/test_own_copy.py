"""A private space as a file to take along."""

from __future__ import annotations

import base64

from tests.pages import CheckingClient, Page
from tests.surveys.with_files import picture as a_picture
from tests.web.views.families import begin, say
from voice.web.limits import PER_MINUTE

WORDS = "First line\nsecond\u2028third “quoted” \\n"


def draw(client: CheckingClient, space: str) -> Page:
    page = client.get(f"{space}/add/important?how=drawing")
    client.client.put(page.one(".capture").attributes["data-file-address"] or "", content=a_picture("PNG"))
    return client.submit(page, {"go": "continue"})


class TestTakingItAlong:
    def test_it_is_all_there_word_for_word_with_its_files(self, client: CheckingClient) -> None:
        space = begin(client)
        assert client.client.get(f"{space}/copy.json").json() == {"views": []}
        say(client, space, "like", WORDS)
        draw(client, space)
        answer = client.client.get(f"{space}/copy.json")
        words, drawing = answer.json()["views"]
        assert (words["text"], words["section"], words["month"]) == (WORDS, "like", "2026-11")
        assert base64.b64decode(drawing["file"]["content"]).startswith(b"\x89PNG")
        assert answer.headers["content-disposition"].endswith('"my-views.json"')
        assert '\n    {\n      "section": "like",' in answer.text, "people can read it too"

    def test_it_comes_view_by_view_and_is_never_held_whole(self, client: CheckingClient) -> None:
        space = begin(client)
        draw(client, space)
        say(client, space, "like", WORDS)
        assert "content-length" not in client.client.get(f"{space}/copy.json").headers

    def test_a_file_that_is_lost_takes_nothing_else_with_it(self, client: CheckingClient) -> None:
        space = begin(client)
        draw(client, space)
        say(client, space, "like", "Cats")
        (sealed,) = client.settings.data.glob("files/views/*/*")
        sealed.unlink()
        drawing, words = client.client.get(f"{space}/copy.json").json()["views"]
        assert "file" not in drawing
        assert words["text"] == "Cats"

    def test_nobody_asks_for_it_without_end(self, client: CheckingClient) -> None:
        address = f"{begin(client)}/copy.json"
        answers = [client.client.get(address).status_code for _ in range(PER_MINUTE["taking_away"] + 1)]
        assert answers[-2:] == [200, 429]
