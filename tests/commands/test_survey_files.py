"""``voice survey import`` and ``voice survey export``, as scripts use them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from surveys import document as documents
from surveys.building import drafting
from surveys.exchange.xlsform_reading import read_xlsform
from tests.commands.voice_command import one_line, voice
from tests.surveys.every_kind import both, document, three_people
from tests.surveys.exchange.forms import rows, xlsform
from voice.commands.with_store import with_store
from voice.settings import Settings
from voice.storage import Store

pytestmark = pytest.mark.usefixtures("migrated")

FORM = xlsform(
    rows("type | name | label\ntext | why | Why?\ngeopoint | place | Where?"), (), {"form_title": "Our clubs"}
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "clubs.xlsx"
    path.write_bytes(FORM)
    return path


def survey(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return voice("survey", *arguments, "--data", str(settings.data), database_url=settings.database_url)


class TestImport:
    def test_it_writes_the_survey_and_lists_what_stays_behind(self, form: Path, tmp_path: Path) -> None:
        out = tmp_path / "survey.json"
        told = voice("survey", "import", str(form), "--out", str(out))
        assert told.stdout == (
            f"1 question in {out}\n"
            "  survey, row 3, type: We do not ask this kind of question. We left it out. (geopoint)\n"
        )
        read = documents.from_json(out.read_text(encoding="utf-8"))
        assert [question.concept for question in read.questions] == ["why"]

    def test_it_makes_a_draft(self, settings: Settings, form: Path) -> None:
        assert survey(settings, "import", str(form)).stdout.startswith("1 question as the draft our-clubs\n")
        assert survey(settings, "import", str(form)).stdout.startswith("1 question as the draft our-clubs-2\n")

        async def kept(store: Store) -> list[str]:
            return sorted(draft.document.slug for draft in await store.read(drafting.drafts))

        assert with_store(settings, kept) == ["our-clubs", "our-clubs-2"]

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("form.xlsx", b"not a workbook", "We cannot open this file."),
            ("form.lss", b"<document/>", "This is not a survey file of LimeSurvey."),
            ("form.csv", b"type,name\n", "Choose an XLSForm (.xlsx) or a LimeSurvey file (.lss)."),
            ("form.xlsx", xlsform([]), "We found no question in this file that we can ask."),
        ],
    )
    def test_it_says_what_is_wrong_with_a_file(self, tmp_path: Path, name: str, content: bytes, said: str) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        line = one_line(voice("survey", "import", str(path), "--out", str(tmp_path / "out.json")))
        assert line.startswith(f"voice survey: {path}: ")
        assert said in line
        assert not (tmp_path / "out.json").exists()

    def test_it_says_which_file_it_cannot_read_or_write(self, form: Path, tmp_path: Path) -> None:
        nowhere = str(tmp_path / "nowhere" / "out.json")
        assert "cannot be read" in one_line(voice("survey", "import", nowhere, "--out", str(tmp_path / "o")))
        assert "cannot be written" in one_line(voice("survey", "import", str(form), "--out", nowhere))


class TestExport:
    @pytest.fixture
    def published(self, settings: Settings) -> Settings:
        async def work(store: Store) -> None:
            await store.write(three_people)

        with_store(settings, work)
        return settings

    def test_it_writes_a_form(self, published: Settings, tmp_path: Path) -> None:
        out = tmp_path / "out.xlsx"
        told = survey(published, "export", "every-kind", "--out", str(out))
        assert told.stdout.startswith(f"every-kind in {out}\n  survey, row ")
        assert read_xlsform(out.read_bytes(), both).document == document()

    def test_it_says_which_survey_or_version_is_not_there(self, published: Settings, tmp_path: Path) -> None:
        out = str(tmp_path / "out.xlsx")
        line = one_line(survey(published, "export", "none-such", "--out", out))
        assert line == "voice survey: there is no survey 'none-such'; there are every-kind."
        line = one_line(survey(published, "export", "every-kind", "--version", "9", "--out", out))
        assert line == "voice survey: every-kind has no version 9; the newest is 1."
