"""Officers put pictures and recordings to questions, and whoever is asked sees and hears them."""

from __future__ import annotations

import io

import msgspec
import pytest
from PIL import Image

from surveys.bank import reading
from surveys.bank.concepts import Concept, question_of
from surveys.publishing import open_round, publish
from surveys.templates import post_ehcp
from tests.conftest import NOON
from tests.pages import CheckingClient, Page
from tests.surveys.with_files import sound
from voice.capture.arriving import remove_unused
from voice.languages import LANGUAGES, words
from voice.people.roles import Role
from voice.storage.files import FileFolder

FELT = "/work/bank/felt_listened_to"


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def a_picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), "gold").save(drawn, "PNG")
    return drawn.getvalue()


def put(client: CheckingClient, place: str, content: bytes | None, *, status: int = 200) -> Page:
    page = client.get(f"{FELT}/files")
    form = page.form('form[enctype="multipart/form-data"]') | {"place": place}
    files = {"file": ("mine.png", content, "image/png")} if content is not None else None
    return client.post(f"{FELT}/files", form, status=status, files=files)


def in_bank(client: CheckingClient) -> Concept:
    found: Concept | None = client.run(lambda: client.parts.store.read(lambda: reading.concept("felt_listened_to")))
    assert found is not None
    return found


class TestAPicture:
    def test_it_is_kept_and_shown_with_the_question(self, officer: CheckingClient) -> None:
        put(officer, "picture", a_picture())
        concept = in_bank(officer)
        source = officer.get(FELT).one("h1 img").attributes["src"]
        assert source == f"/asked/{concept.picture}"
        answer = officer.client.get(source)
        assert answer.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (30, 20)
        [change, *_] = officer.run(lambda: officer.parts.store.read(lambda: reading.history("felt_listened_to")))
        assert (change.what, change.before, change.after) == ("picture", "", concept.picture)

    def test_it_is_seen_by_whoever_is_asked(self, officer: CheckingClient) -> None:
        put(officer, "picture", a_picture())
        concept = in_bank(officer)
        document = post_ehcp.document(words, tuple(LANGUAGES))
        asked = msgspec.structs.replace(document, questions=(question_of(concept, "easy_read", tuple(LANGUAGES)),))

        async def unit() -> None:
            version = await publish(asked, today=NOON.date())
            await open_round(
                version,
                term="2026-autumn",
                identity_mode="anonymous",
                link="with-picture",
                opens_on=None,
                closes_on=None,
            )

        officer.unit(unit)
        officer.parts.rounds.forget()
        officer.client.cookies.clear()
        page = officer.begin("/s/with-picture")
        source = page.one(".asked img").attributes["src"] or ""
        assert source == f"/asked/{concept.picture}"
        assert officer.client.get(source).status_code == 200

    def test_it_is_put_to_one_answer(self, officer: CheckingClient) -> None:
        page = put(officer, "option:mostly", a_picture())
        assert "Picture of the answer “Mostly”" in page.text
        pictures = {option.code: bool(option.picture) for option in in_bank(officer).options}
        assert pictures == {"yes": False, "mostly": True, "a_little": False, "no": False}

    def test_it_can_be_taken_away_again(self, officer: CheckingClient) -> None:
        page = put(officer, "picture", a_picture())
        before = in_bank(officer).picture
        officer.submit(page, {"remove": "picture"}, form="main form:not([enctype])")
        assert in_bank(officer).picture == ""
        assert not officer.get(FELT).tree.css("h1 img[src^='/asked']")
        assert officer.client.get(f"/asked/{before}").status_code == 200, "what was published may still name it"

    def test_it_is_not_tidied_away_with_what_no_answer_names(self, officer: CheckingClient) -> None:
        put(officer, "picture", a_picture())
        folder = FileFolder(officer.settings.data)
        assert officer.run(lambda: remove_unused(officer.parts.store, folder, now=2**34)) == 0
        assert officer.client.get(f"/asked/{in_bank(officer).picture}").status_code == 200


class TestARecording:
    def test_it_is_heard_in_its_language_and_stays_when_the_words_change(self, officer: CheckingClient) -> None:
        put(officer, "audio:easy_read:ur", sound(1))
        wording = in_bank(officer).wording("easy_read", "ur")
        assert wording is not None
        assert wording.audio
        assert officer.client.get(f"/asked/{wording.audio}").headers["content-type"].startswith("audio/")
        page = officer.get(FELT)
        assert page.one(".wording audio").attributes["src"] == f"/asked/{wording.audio}"
        changed = officer.submit(officer.get(f"{FELT}/words/easy_read/ur"), meaning="no", title="آپ کی بات سنی گئی؟")
        assert changed.path == FELT
        after = in_bank(officer)
        question = question_of(after, "easy_read", ("en", "ur"))
        assert question.audio == {"ur": wording.audio}
        assert after.title("ur") == "آپ کی بات سنی گئی؟"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("place", "content"),
        [
            ("picture", None),
            ("picture", b""),
            ("picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("audio:easy_read:en", a_picture()),
            ("audio:easy_read:tlh", a_picture()),
            ("option:maybe", a_picture()),
            ("", a_picture()),
        ],
    )
    def test_it_says_what_to_do_and_keeps_nothing(
        self, officer: CheckingClient, place: str, content: bytes | None
    ) -> None:
        before = in_bank(officer)
        page = put(officer, place, content, status=422)
        assert page.problem_field.attributes["id"] == "file"
        assert in_bank(officer) == before
        assert list(officer.settings.data.glob("files/questions/*/*")) == []

    def test_it_shows_no_file_that_is_not_a_questions(self, officer: CheckingClient) -> None:
        for token in ("x", "00000000-0000-4000-8000-000000000001"):
            officer.get(f"/asked/{token}", status=404)
