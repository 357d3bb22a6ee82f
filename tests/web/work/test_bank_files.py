"""Officers put pictures, recordings and films to questions, and whoever is asked sees and hears them."""

from __future__ import annotations

import io

import av
import msgspec
import pypdf
import pytest
from PIL import Image

from surveys.bank import reading
from surveys.bank.concepts import Concept, question_of
from surveys.publishing import open_round, publish
from surveys.templates import post_ehcp
from tests.conftest import NOON
from tests.pages import CheckingClient, Page
from tests.surveys.with_files import film, sound
from voice.capture.arriving import remove_unused
from voice.languages import LANGUAGES, words
from voice.people.roles import Role
from voice.storage.files import FileFolder

FELT = "/work/bank/felt_listened_to"
NO_FILM = "We cannot show this as a film. Please save it as MP4 or WebM, or choose another one."


@pytest.fixture
def officer(client: CheckingClient) -> CheckingClient:
    client.sign_in(Role.OFFICER)
    return client


def a_picture(colour: str = "gold") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(drawn, "PNG")
    return drawn.getvalue()


def put(
    client: CheckingClient, place: str, content: bytes | None, *, status: int = 200, name: str = "mine.png"
) -> Page:
    page = client.get(f"{FELT}/files")
    form = page.form('form[enctype="multipart/form-data"]') | {"place": place}
    files = {"file": (name, content, "image/png")} if content is not None else None
    return client.post(f"{FELT}/files", form, status=status, files=files)


def in_bank(client: CheckingClient) -> Concept:
    found: Concept | None = client.run(lambda: client.parts.store.read(lambda: reading.concept("felt_listened_to")))
    assert found is not None
    return found


def asked_page(client: CheckingClient) -> Page:
    """The question as whoever is asked sees it."""
    document = post_ehcp.document(words, tuple(LANGUAGES))
    question = question_of(in_bank(client), "easy_read", tuple(LANGUAGES))
    asked = msgspec.structs.replace(document, questions=(question,))

    async def unit() -> None:
        version = await publish(asked, today=NOON.date())
        await open_round(
            version, term="2026-autumn", identity_mode="anonymous", link="with-files", opens_on=None, closes_on=None
        )

    client.unit(unit)
    client.parts.rounds.forget()
    client.client.cookies.clear()
    return client.begin("/s/with-files")


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
        page = asked_page(officer)
        source = page.one(".asked img").attributes["src"] or ""
        assert source == f"/asked/{concept.picture}"
        assert officer.client.get(source).status_code == 200

    def test_it_is_printed_on_the_form(self, officer: CheckingClient) -> None:
        put(officer, "picture", a_picture())
        put(officer, "option:mostly", a_picture("navy"))
        asked_page(officer)
        officer.sign_in(Role.OFFICER)
        form = officer.client.get("/work/paper/with-files/form?lang=en")
        printed = [each for page in pypdf.PdfReader(io.BytesIO(form.content)).pages for each in page.images]
        assert len(printed) == 2

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


class TestAFilmInSignLanguage:
    def test_it_goes_in_and_comes_out_whole_or_in_pieces(self, officer: CheckingClient) -> None:
        page = put(officer, "bsl", film(1, with_sound=False, codec="libx264"))
        source = f"/asked/{in_bank(officer).bsl}"
        assert page.one(".given-files video").attributes["src"] == source
        whole = officer.client.get(source)
        assert whole.headers["content-type"] == "video/mp4"
        with av.open(io.BytesIO(whole.content)) as played:
            assert sum(1 for _ in played.decode(video=0)) == 10
        piece = officer.client.get(source, headers={"Range": "bytes=100-199"})
        assert (piece.status_code, piece.content) == (206, whole.content[100:200])
        [change, *_] = officer.run(lambda: officer.parts.store.read(lambda: reading.history("felt_listened_to")))
        assert (change.what, change.before, f"/asked/{change.after}") == ("bsl", "", source)
        assert officer.get(FELT).tree.css(f"#history ~ .history a[href='{source}']")

    def test_it_is_watched_by_whoever_is_asked_when_they_want_to(self, officer: CheckingClient) -> None:
        put(officer, "bsl", film(1, with_sound=False, codec="libvpx", container="webm"))
        source = f"/asked/{in_bank(officer).bsl}"
        page = asked_page(officer)
        folded = page.one("details:has(video)")
        assert "open" not in folded.attributes
        assert folded.css_first("summary").text() == "Watch this in British Sign Language"
        player = page.one("details video").attributes
        assert (player["src"], player["preload"]) == (source, "none")
        assert "controls" in player
        assert "autoplay" not in player
        assert officer.client.get(source).headers["content-type"] == "video/webm"

    def test_it_shows_no_player_without_a_film(self, officer: CheckingClient) -> None:
        assert not asked_page(officer).tree.css("video")

    def test_it_can_be_taken_away_again(self, officer: CheckingClient) -> None:
        page = put(officer, "bsl", film(1, with_sound=False, codec="libx264"))
        officer.submit(page, {"remove": "bsl"}, form="main form:not([enctype])")
        assert in_bank(officer).bsl == ""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"Dear council, this is a letter. " * 50, NO_FILM),
            (sound(1), NO_FILM),
            (sound(1, codec="aac", container="mp4"), NO_FILM),
            (
                film(200, with_sound=False, codec="libx264"),
                "This film is too long for us. It can have up to 3 minutes. Please make a shorter one.",
            ),
        ],
        ids=["letter", "sound", "sound-in-mp4", "too-long"],
    )
    def test_it_says_kindly_what_it_does_not_take(self, officer: CheckingClient, content: bytes, said: str) -> None:
        page = put(officer, "bsl", content, status=422, name="film.mp4")
        assert page.problem == said
        assert in_bank(officer).bsl == ""
        assert list(officer.settings.data.glob("files/questions/*/*")) == []


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
