"""The drafts of the impact assessment and of the record of processing: true to what is set up, and without secrets."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from pathlib import Path

import docx
import msgspec
import pytest

from surveys.document import Question
from tests.pages import CheckingClient
from tests.privacy.asked import EMAIL, answer, governance, invited_to, wish
from voice.commands import main
from voice.data_protection import assessment, facts, papers
from voice.data_protection.facts import Facts, rounded
from voice.data_protection.risks import risks
from voice.data_protection.sensitive import special_in
from voice.people.roles import Role
from voice.people.tables import Member
from voice.programs.tables import Webhook
from voice.settings import OpenId, Settings

SECRETS = ("hunter2", "mailuser", "0123-notify-key", "client-secret-7", "hook-secret-7", "path-token-7", "Cardamom")


def everything_set_up(settings: Settings) -> Settings:
    return msgspec.structs.replace(
        settings,
        smtp_url="smtps://mailuser:hunter2@mail.council.example:465",
        notify_key="0123-notify-key",
        notify_text_template="text",
        openid=OpenId("https://id.council.example/tenant", "voice", "client-secret-7"),
        base_url="https://voice.council.example",
        second_factor="required",
    )


def gathered(client: CheckingClient, settings: Settings) -> Facts:
    found: Facts = client.run(lambda: facts.gather(client.parts.store, settings, today=client.parts.today))
    return found


def words_of(content: bytes) -> str:
    """All that stands in a Word file."""
    made = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in made.paragraphs] + cells)


@pytest.fixture
def used(client: CheckingClient) -> CheckingClient:
    """Somebody was invited in confidence and answered, somebody wants to hear from us, and a program listens."""
    answer(client, invited_to(client, "confidential", 7, 8)[0], "Cardamom went well")
    wish(client, EMAIL)

    async def unit() -> None:
        member = await Member.select(Member.id).first()
        assert member is not None
        await Webhook.insert(
            Webhook(
                id=uuid.uuid4(),
                url="https://hooks.council.example/path-token-7",
                secret="hook-secret-7",
                made_on=dt.date(2026, 11, 1),
                made_by=member["id"],
            )
        )

    client.unit(unit)
    client.client.cookies.clear()
    return client


class TestWhatTheySay:
    def test_it_is_what_is_set_up_and_held(self, used: CheckingClient, settings: Settings) -> None:
        found = gathered(used, everything_set_up(settings))
        hosts = {each.kind: each.host for each in found.processors}
        assert hosts == {
            "smtp": "mail.council.example",
            "notify": "GOV.UK Notify",
            "openid": "id.council.example",
            "webhook": "hooks.council.example",
        }
        (asked,) = (each for each in found.surveys if "confidential" in each.modes)
        assert asked.is_open
        told = words_of(papers.file_of("impact-assessment.docx", found))
        for step in range(1, 8):
            assert f"Step {step}: " in told
        assert "Made on 18 November 2026" in told
        for said in (asked.title, "confidential", "A second factor is required"):
            assert said in told
        assert "is not HTTPS" not in told
        names = [row[0] for row in csv.reader(io.StringIO(papers.file_of("processing.csv", found).decode("utf-8-sig")))]
        assert "Inviting people, and not asking them too often" in names
        assert "Annual reviews" not in names, "nothing is said of what is not in use"

    def test_without_anything_outside_it_says_so(self, client: CheckingClient, settings: Settings) -> None:
        found = gathered(client, settings)
        told = words_of(papers.file_of("impact-assessment.docx", found))
        assert "No service outside is set up" in told
        assert "No transfer by the product itself: no service outside is set up." in told
        assert "A second factor is offered and not required" in told
        assert "No backup was made here yet." in told

    def test_neither_secrets_nor_people_nor_small_counts_stand_in_any(
        self, used: CheckingClient, settings: Settings
    ) -> None:
        found = gathered(used, everything_set_up(settings))
        written = "".join(
            words_of(papers.file_of(name, found))
            if name.endswith("docx")
            else papers.file_of(name, found).decode("utf-8-sig")
            for name in papers.FILES
        )
        for secret in (*SECRETS, EMAIL, "person7", "governance@"):
            assert secret not in written, secret
        assert "fewer than 10" in written
        assert [rounded(many) for many in (0, 1, 9, 10, 14, 1234)] == [
            "none",
            "fewer than 10",
            "fewer than 10",
            "about 10",
            "about 10",
            "about 1,200",
        ]

    def test_what_only_people_know_is_left_open(self, used: CheckingClient, settings: Settings) -> None:
        found = gathered(used, settings)
        told = words_of(papers.file_of("impact-assessment.docx", found))
        assert told.count(assessment.MARK) >= 10
        open_column = [row[-2] for row in csv.reader(io.StringIO(papers.file_of("processing.csv", found).decode()))]
        assert all("lawful basis" in cell for cell in open_column[1:3])

    def test_a_weaker_setting_makes_a_risk_more_likely(self, client: CheckingClient, settings: Settings) -> None:
        def outsider(setting: Settings) -> str:
            return next(each.overall for each in risks(gathered(client, setting)) if "outside gets into" in each.what)

        assert outsider(everything_set_up(settings)) == "low"
        assert outsider(settings) == "high"


class TestSpecialCategories:
    def test_they_are_seen_in_the_names_of_concepts(self) -> None:
        def asked(concept: str, kind: str = "single_choice") -> tuple[str, ...]:
            return special_in([Question(concept, kind, "", {}, {})])  # type: ignore[arg-type]

        assert asked("child_ethnicity") == ("racial or ethnic origin",)
        assert asked("mental_health") == ("health",)
        assert asked("plan_route") == ("special educational needs, which tell of health",)
        assert asked("mood", "feelings") == ("health (how somebody feels)",)
        assert asked("felt_listened_to") == asked("transport") == asked("explained_well") == ()


class TestThePage:
    def test_governance_reads_it_and_takes_it_away_and_that_is_recorded(self, used: CheckingClient) -> None:
        governance(used)
        page = used.get("/govern/records")
        assert "Step 5: Identify and assess risks" in page.text
        assert "Keeping people safe" not in used.get("/govern/records?paper=processing").text
        file = used.client.get("/govern/records/file?name=processing.csv")
        assert file.headers["content-disposition"] == 'attachment; filename="processing.csv"'
        used.get("/govern/records/file?name=../secret.key", status=404)
        newest = used.get("/govern/audit").tree.css("tbody tr")
        assert any("Took it away Papers about data" in " ".join(row.text(separator=" ").split()) for row in newest)

    def test_nobody_else_does(self, client: CheckingClient) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        client.get("/govern/records", status=403)
        client.get("/govern/records/file?name=processing.csv", status=403)


class TestTheVerb:
    def test_it_writes_all_of_them(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("VOICE_DATABASE_URL", settings.database_url)
        out = tmp_path / "papers"
        assert main(["records", "--out", str(out), "--data", str(settings.data)]) == 0
        assert {path.name for path in out.iterdir()} == set(papers.FILES)
        (tmp_path / "file").write_text("")
        assert main(["records", "--out", str(tmp_path / "file"), "--data", str(settings.data)]) == 2
        assert "cannot be written" in capsys.readouterr().err
