"""What people deploy with says what the code does: the same commands, settings, addresses and times."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.voice_command import ROOT, environment, free_port, voice
from voice.commands import VERBS
from voice.running.server import KEEP_ALIVE_SECONDS, LEAVING_SECONDS
from voice.settings import read_settings

DEPLOY = ROOT / "deploy"
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.suffix in (".service", ".timer", ".socket"))
SETTINGS = set(re.findall(r'"(VOICE_[A-Z_]+)"', (ROOT / "voice" / "settings.py").read_text()))
HARDENED = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "CapabilityBoundingSet": "",
    "User": "voice",
}


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text())
    return read


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return read


class TestSettings:
    def test_each_that_is_named_is_one(self) -> None:
        named: dict[str, str] = {}
        for path in DEPLOY.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                named |= dict.fromkeys(re.findall(r"\bVOICE_[A-Z_]+\b", path.read_text()), path.name)
        others = {"VOICE_HOST_NAME", "VOICE_SERVER"}  # of the proxy
        assert set(named) - SETTINGS - others == set()
        assert {"VOICE_BASE_URL", "VOICE_DATABASE_URL", "VOICE_TRUSTED_PROXY", "VOICE_METRICS_TOKEN"} <= set(named)

    def test_each_is_explained(self) -> None:
        told = (ROOT / "README.md").read_text()
        assert [name for name in sorted(SETTINGS) if name not in told] == []

    def test_the_example_can_be_meant(self) -> None:
        lines = (DEPLOY / "systemd" / "voice.env.example").read_text().splitlines()
        settings = read_settings(dict(line.split("=", 1) for line in lines if line and not line.startswith("#")))
        assert settings.secure
        assert settings.trusted_proxy == "127.0.0.1"

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("VOICE_PROCESSES", "many"),
            ("VOICE_PROCESSES", "-1"),
            ("VOICE_DATABASE_CONNECTIONS", "0"),
            ("VOICE_LOG", "loud"),
            ("VOICE_METRICS_TOKEN", "short"),
        ],
    )
    def test_one_that_cannot_be_meant_is_refused_in_a_line(self, tmp_path: Path, name: str, written: str) -> None:
        told = voice("run", "--data", str(tmp_path), **{name: written})
        assert told.returncode == 2
        assert told.stderr.startswith(f"voice run: {name} must ")

    def test_several_processes_on_sqlite_are_refused(self, tmp_path: Path) -> None:
        told = voice("run", "--processes", "2", "--data", str(tmp_path), "--port", str(free_port()))
        assert (told.returncode, told.stderr.count("\n")) == (2, 1)
        assert "several processes need PostgreSQL" in told.stderr


class TestContainer:
    def test_it_runs_without_rights_a_command_that_there_is(self) -> None:
        told = dict(instructions())
        assert int(told["USER"].split(":")[0]) > 0
        assert [word for kind, word in instructions() if kind in ("USER", "ENTRYPOINT", "CMD")][-1] == '["run"]'
        assert told["ENTRYPOINT"] == '["/opt/golden-thread/.venv/bin/python", "-m", "voice"]'
        assert not {"ADD", "ARG"} & {kind for kind, _ in instructions()}, "nothing is fetched beside the locks"

    def test_everything_it_copies_is_there_and_secrets_are_not(self) -> None:
        left_out = (ROOT / ".dockerignore").read_text().split()
        assert {".git", "data", ".venv", "deploy/secrets"} <= set(left_out)

    def test_whoever_looks_after_it_is_told_when_it_is_not_ready(self) -> None:
        told = subprocess.run(
            [sys.executable, str(DEPLOY / "is_ready.py")], env=environment(VOICE_PORT=str(free_port())), check=False
        )
        assert told.returncode == 1


class TestCompose:
    def test_nothing_but_the_proxy_is_open_to_others(self) -> None:
        services = compose()["services"]
        assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
        assert services["database"]["networks"] == ["inside"]
        assert compose()["networks"]["inside"]["internal"] is True

    def test_the_product_may_do_nothing_but_serve(self) -> None:
        product = compose()["services"]["voice"]
        assert product["read_only"] is True
        assert product["cap_drop"] == ["ALL"]
        assert product["security_opt"] == ["no-new-privileges:true"]

    def test_it_believes_the_proxy_and_nobody_else(self) -> None:
        network = compose()["networks"]["front"]["ipam"]["config"][0]["subnet"]
        assert compose()["services"]["voice"]["environment"]["VOICE_TRUSTED_PROXY"] == network

    def test_an_answer_under_way_may_end(self) -> None:
        grace = int(compose()["services"]["voice"]["stop_grace_period"].removesuffix("s"))
        assert grace > LEAVING_SECONDS + KEEP_ALIVE_SECONDS

    def test_the_database_has_room_for_all_connections_while_new_processes_take_over(self) -> None:
        services = compose()["services"]
        command = " ".join(services["database"]["command"])
        room = int(re.findall(r"max_connections=(\d+)", command)[0])
        settings = read_settings(services["voice"]["environment"])
        assert 2 * settings.processes * (settings.database_connections + 1) < room

    def test_the_database_writes_nothing_down_that_somebody_said(self) -> None:
        command = compose()["services"]["database"]["command"]
        assert {"log_statement=none", "log_min_messages=fatal", "log_error_verbosity=terse"} <= set(command)

    def test_the_product_is_not_the_owner_of_the_database_server(self) -> None:
        database = compose()["services"]["database"]
        assert database["environment"]["POSTGRES_USER"] == "postgres"
        assert database["environment"]["POSTGRES_PASSWORD_FILE"] != "/run/secrets/database-password"
        assert "./database/role.sh:/docker-entrypoint-initdb.d/role.sh:ro" in database["volumes"]
        made = (DEPLOY / "database" / "role.sh").read_text()
        assert "CREATE ROLE voice LOGIN PASSWORD :'password' NOSUPERUSER" in made

    def test_no_secret_stands_in_it(self) -> None:
        assert compose()["secrets"]["database-password"]["file"] == "secrets/database-password"
        assert "POSTGRES_PASSWORD" not in compose()["services"]["database"]["environment"]


class TestUnits:
    @pytest.mark.parametrize("path", [each for each in UNITS if each.suffix == ".service"], ids=lambda path: path.name)
    def test_a_service_is_hardened_and_runs_a_verb(self, path: Path) -> None:
        service = unit(path)["Service"]
        assert {name: service.get(name) for name in HARDENED} == HARDENED
        verb = re.search(r"-m voice ([a-z]+)", service["ExecStart"])
        assert verb is not None
        assert verb[1] in VERBS

    def test_it_is_started_anew_by_the_signal_that_the_supervisor_hears(self) -> None:
        service = unit(DEPLOY / "systemd" / "golden-thread.service")["Service"]
        assert service["Type"] == "notify"
        assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
        assert "VOICE_PROCESSES=1" in service["Environment"], "a process alone does not take over from itself"
        assert int(service["TimeoutStopSec"]) > LEAVING_SECONDS + KEEP_ALIVE_SECONDS

    @pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
    def test_systemd_can_read_them(self, tmp_path: Path) -> None:
        for path in UNITS:
            # The programs need not be there where the units are only read.
            (tmp_path / path.name).write_text(
                re.sub(r"/opt/golden-thread/\.venv/bin/python", "/bin/true", path.read_text())
            )
        told = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS)],
            capture_output=True,
            text=True,
            check=False,
        )
        ours = [line for line in told.stderr.splitlines() if "golden-thread" in line and "not found" not in line]
        assert ours == []


class TestProxies:
    @pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
    def test_it_tells_truly_who_asks_and_writes_no_addresses_down(self, name: str) -> None:
        text = (DEPLOY / "proxy" / name).read_text()
        assert re.search(r"X-Forwarded-For (\$remote_addr|\{remote_host\})", text)
        assert "proxy_add_x_forwarded_for" not in text, "it would pass on what the browser made up"
        if name == "nginx.conf":
            assert text.count("access_log off;") == text.count("server_name")
        else:
            assert not re.search(r"^\s*log\b", text, re.MULTILINE)

    @pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
    def test_it_lets_go_of_connections_before_the_server_does(self, name: str) -> None:
        text = (DEPLOY / "proxy" / name).read_text()
        found = re.search(r"keepalive(?:_timeout)? (\d+)s", text)
        assert found is not None
        assert int(found[1]) < KEEP_ALIVE_SECONDS

    @pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
    def test_figures_stay_inside(self, name: str) -> None:
        text = (DEPLOY / "proxy" / name).read_text()
        assert "/metrics" in text
        assert "/health/" in text

    @pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
    def test_programs_are_not_led_from_http_to_https(self, name: str) -> None:
        """They would go on sending their token in the open, and nobody would notice."""
        before, _, _ = (DEPLOY / "proxy" / name).read_text().partition("443" if name == "nginx.conf" else "https://{$")
        assert re.search(r"/api/[^\n]*\n?[^\n]*403", before)

    def test_nginx_takes_no_weak_way_of_encrypting(self) -> None:
        text = (DEPLOY / "proxy" / "nginx.conf").read_text()
        assert re.findall(r"ssl_protocols ([^;]+);", text) == ["TLSv1.2 TLSv1.3"]
        (ciphers,) = re.findall(r"ssl_ciphers ([^;]+);", text)
        assert all(re.fullmatch(r"ECDHE-(ECDSA|RSA)-.*(GCM|POLY1305).*", each) for each in ciphers.split(":"))

    @pytest.mark.skipif(not shutil.which("nginx"), reason="this machine has no nginx")
    def test_nginx_can_read_it(self, tmp_path: Path) -> None:
        inside = (DEPLOY / "proxy" / "nginx.conf").read_text()
        inside = re.sub(r"listen 443 ssl;|http2 on;|ssl_\w+ [^;]+;", "", inside).replace(
            "/var/log/nginx", str(tmp_path)
        )
        (tmp_path / "nginx.conf").write_text(f"events {{}}\nhttp {{\n{inside}\n}}\n")
        subprocess.run(["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], check=True)
