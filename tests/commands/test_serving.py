"""`voice run` and `voice demo`, as somebody who starts them for the first time."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.commands.voice_command import ROOT, free_port, one_line, serving, voice
from voice.demonstration.disagreeing import THIS_TERM
from voice.demonstration.partnership import PEOPLE_A_TERM
from voice.demonstration.population import FAMILIES
from voice.demonstration.young_people import HOW_MANY
from voice.people.roles import Role
from voice.settings import Settings
from voice.web.limits import PER_MINUTE

HOMES = {
    Role.FACILITATOR: "/work/sessions",
    Role.OFFICER: "/work/surveys",
    Role.ANALYST: "/work/quotes",
    Role.LEAD: "/lead",
    Role.ADMINISTRATOR: "/manage/people",
}


def fetch(link: str) -> httpx.Response:
    with httpx.Client(follow_redirects=True, timeout=30, trust_env=False) as browser:
        for _ in range(5):
            try:
                return browser.get(link)
            except httpx.ConnectError:
                continue
        return browser.get(link)


class TestRun:
    def test_it_prints_a_link_for_a_parent_and_one_for_each_role(self, tmp_path: Path, database: str) -> None:
        port = free_port()
        with serving("run", "--port", str(port), "--data", str(tmp_path), database_url=database) as links:
            assert set(links) == {"parent", *Role}
            assert all(link.startswith(f"http://127.0.0.1:{port}/") for link in links.values())
            start = fetch(links["parent"])
            assert start.status_code == 200
            assert "How was getting your child’s plan?" in start.text
            for role, home in HOMES.items():
                page = fetch(links[role.value])
                assert (page.status_code, page.url.path) == (200, home)
            assert fetch(links["lead"]).status_code == 410, "each link works once"
            assert fetch(f"http://127.0.0.1:{port}/outbox").status_code == 404

    def test_it_keeps_the_link_of_the_letter_when_it_is_started_again(self, tmp_path: Path, database: str) -> None:
        found = []
        for _ in range(2):
            port = str(free_port())
            with serving("run", "--port", port, "--data", str(tmp_path), database_url=database) as links:
                found.append(links["parent"].partition("/s/")[2])
        assert found[0] == found[1] != ""

    def test_it_prints_no_sign_in_link_once_a_real_person_is_an_administrator(self, tmp_path: Path) -> None:
        assert (
            voice("user", "add", "jo@council.gov.uk", "--role", "administrator", "--data", str(tmp_path)).returncode
            == 0
        )
        with serving("run", "--port", str(free_port()), "--data", str(tmp_path)) as links:
            assert set(links) == {"parent"}
        refused = one_line(voice("user", "add", "jo@council.gov.uk", "--role", "lead", "--data", str(tmp_path)))
        assert "jo@council.gov.uk is the last administrator" in refused


class TestDemo:
    def test_it_loads_an_invented_partnership_once(self, tmp_path: Path, demonstration: Path) -> None:
        data = shutil.copytree(demonstration, tmp_path / "data")  # started once before: see the fixture
        with serving("demo", "--port", str(free_port()), "--data", str(data)) as links:
            assert set(links) == {"parent", *Role}
            lead = LexborHTMLParser(fetch(links["lead"]).text)
            assert lead.css_first(".invented")
            assert len(lead.css("nav .tabs li")) == 4
            assert (
                f"{PEOPLE_A_TERM[-1] + HOW_MANY + FAMILIES + THIS_TERM} people answered this term."
                in lead.css_first("main").text()
            )
            assert lead.css(".matter")

    def test_it_never_mixes_with_what_real_people_said(self, settings: Settings, tmp_path: Path) -> None:
        table = tmp_path / "comments.csv"
        table.write_text("Did you feel listened to?\nYes\n")  # nothing that the machine would first have to read
        where = ("--data", str(settings.data))
        assert voice("import", str(table), *where, database_url=settings.database_url).returncode == 0
        line = one_line(voice("demo", "--port", str(free_port()), *where, database_url=settings.database_url))
        assert "in use" in line
        assert "--data" in line


class TestWhatAStartBrings:
    def test_it_leaves_out_what_only_leads_and_the_first_demo_need(self) -> None:
        code = "import sys, voice.commands.demo, voice.app; print(*sys.modules)"
        told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert not {"pandas", "numpy", "wordcloud", "PIL", "httpx", "openpyxl"} & set(told.stdout.split())


class TestBehindAProxy:
    @pytest.mark.parametrize(("trusted", "last"), [("127.0.0.0/8", 422), ("", 429)])
    def test_it_believes_only_a_proxy_that_the_settings_name(self, tmp_path: Path, trusted: str, last: int) -> None:
        port = str(free_port())
        with (
            serving("run", "--port", port, "--data", str(tmp_path), VOICE_TRUSTED_PROXY=trusted),
            httpx.Client(timeout=30, trust_env=False) as browser,
        ):
            for family in range(PER_MINUTE["continue"] + 1):
                answer = browser.post(
                    f"http://127.0.0.1:{port}/continue",
                    data={"code": "ABCD EFGH"},
                    headers={"X-Forwarded-For": f"192.0.2.{family + 1}"},
                )
            assert answer.status_code == last


class TestSettingsThatCannotBeMeant:
    @pytest.mark.parametrize("verb", ["migrate", "doctor", "run"])
    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("VOICE_DATABASE_URL", "nonsense"),
            ("VOICE_DATABASE_URL", "mysql://x/y"),
            ("VOICE_TRUSTED_PROXY", "the proxy"),
        ],
    )
    def test_it_says_so_in_one_line(self, tmp_path: Path, verb: str, name: str, written: str) -> None:
        line = one_line(voice(verb, "--data", str(tmp_path), **{name: written}))
        assert line.startswith(f"voice {verb}: {name} must be ")

    def test_it_says_so_of_an_address_that_cannot_be_read(self, tmp_path: Path) -> None:
        line = one_line(voice("migrate", "--data", str(tmp_path), VOICE_DATABASE_URL="postgresql://h:port/x"))
        assert "PostgreSQL cannot be reached" in line


class TestPortsThatCannotBeUsed:
    def test_it_says_that_the_port_is_in_use(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            line = one_line(voice("run", "--port", port, "--data", str(tmp_path)))
        assert f"127.0.0.1:{port} cannot be used" in line
        assert "--port" in line

    @pytest.mark.parametrize("port", ["70000", "-1"])
    def test_it_says_that_there_is_no_such_port(self, tmp_path: Path, port: str) -> None:
        assert f"127.0.0.1:{port} cannot be used" in one_line(voice("run", f"--port={port}", "--data", str(tmp_path)))

    def test_it_says_that_a_port_is_a_number(self, tmp_path: Path) -> None:
        assert "VOICE_PORT must be a number" in one_line(voice("run", "--data", str(tmp_path), VOICE_PORT="eighty"))
        told = voice("run", "--port", "eighty", "--data", str(tmp_path))
        assert told.returncode != 0
        assert "invalid int value: 'eighty'" in told.stderr


class TestAFolderThatCannotBeUsed:
    def test_it_says_so_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert str(tmp_path / "file") in one_line(voice("run", "--data", str(tmp_path / "file")))

    def test_it_says_so_of_a_database_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "golden-thread.sqlite").write_text("this is no database " * 100)
        assert "voice doctor" in one_line(voice("migrate", "--data", str(tmp_path)))

    def test_it_says_so_of_a_server_that_is_not_there(self, tmp_path: Path) -> None:
        nowhere = f"postgres://nobody@127.0.0.1:{free_port()}/none"
        assert "PostgreSQL cannot be reached" in one_line(
            voice("migrate", "--data", str(tmp_path), database_url=nowhere)
        )
