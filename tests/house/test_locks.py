"""What is installed is what was locked: pinned, hashed, and from wherever the machine gets its packages."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-model.lock", "requirements-node.lock")


@dataclass(frozen=True)
class Pin:
    requirement: Requirement
    hashes: int

    @property
    def version(self) -> str:
        (only,) = self.requirement.specifier
        assert only.operator == "==", f"{self.requirement} is not pinned"
        return only.version


def pins(lock: str) -> list[Pin]:
    """The entries of a lock file; one package has several where platforms differ."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return [Pin(Requirement(entry.split(" --hash=")[0].strip()), entry.count("--hash=sha256:")) for entry in entries]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted_by(lock: str) -> list[str]:
    described = project()
    groups = described["dependency-groups"]
    return {
        "requirements.lock": [*described["project"]["dependencies"], *groups["build"]],
        "requirements-dev.lock": [*described["project"]["dependencies"], *groups["build"], *groups["dev"]],
    }[lock]


class TestPythonLocks:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_it_pins_and_hashes_every_package(self, lock: str) -> None:
        locked = pins(lock)
        assert locked
        assert [str(pin.requirement) for pin in locked if not pin.hashes or not pin.version] == []

    @pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
    def test_it_has_a_fitting_version_of_everything_the_project_asks_for(self, lock: str) -> None:
        locked: dict[str, list[Pin]] = {}
        for pin in pins(lock):
            locked.setdefault(canonicalize_name(pin.requirement.name), []).append(pin)
        wrong = [
            wanted
            for wanted in wanted_by(lock)
            for requirement in [Requirement(wanted)]
            for found in [locked.get(canonicalize_name(requirement.name), [])]
            if not found or not all(requirement.specifier.contains(pin.version) for pin in found)
        ]
        assert wrong == [], f"{lock} is behind pyproject.toml: run 'make lock'"

    def test_it_tests_with_the_very_versions_that_run(self) -> None:
        developed = {(pin.requirement.name, pin.version) for pin in pins("requirements-dev.lock")}
        assert {(pin.requirement.name, pin.version) for pin in pins("requirements.lock")} <= developed


class TestPackagesForThePages:
    def test_it_pins_each_to_one_version(self) -> None:
        described = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
        asked = {**described["dependencies"], **described["devDependencies"]}
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        assert asked == {name: locked[f"node_modules/{name}"]["version"] for name in asked}

    def test_it_checks_the_content_of_each(self) -> None:
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        assert [name for name, entry in locked.items() if name and "integrity" not in entry] == []


class TestWherePackagesComeFrom:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_it_names_no_index_and_no_folder(self, lock: str) -> None:
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert re.findall(r"\S*(?:://|file:|--index-url|--find-links)\S*", text) == []

    def test_it_names_no_registry(self) -> None:
        assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
