"""The list of what is in a release names every package with its hashes, and nobody can change it unseen."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.exceptions import InvalidSignature

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "deploy" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(sbom: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbom")
    found: Path = sbom.write(folder, sbom.key_at(folder / "key.pem"))
    return found


class TestTheList:
    def test_it_names_what_is_locked(self, written: Path) -> None:
        listed = json.loads(written.read_text())
        assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
        named = {(each["name"].lower(), each["version"]) for each in listed["components"]}
        locked = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
        assert {(name.lower(), version) for name, version in locked} <= named
        assert any(each["purl"].startswith("pkg:npm/govuk-frontend@") for each in listed["components"])
        assert not any(each["name"] == "oidc-provider" for each in listed["components"]), "only tests use it"
        assert all(each.get("hashes") or each.get("externalReferences") for each in listed["components"])

    def test_it_is_signed(self, sbom: ModuleType, written: Path) -> None:
        assert (written.parent / "key.pem").stat().st_mode & 0o077 == 0
        key = sbom.key_at(written.parent / "key.pem").public_key()
        signature = written.with_name(f"{written.name}.sig").read_bytes()
        key.verify(signature, written.read_bytes())
        with pytest.raises(InvalidSignature):
            key.verify(signature, written.read_bytes().replace(b"litestar", b"lightstar"))

    @pytest.mark.skipif(not shutil.which("openssl"), reason="this machine has no openssl")
    def test_openssl_says_so_too(self, written: Path) -> None:
        check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "golden-thread.pub.pem", "-rawin"]
        done = subprocess.run(
            [*check, "-in", written.name, "-sigfile", f"{written.name}.sig"], cwd=written.parent, capture_output=True
        )
        assert done.returncode == 0, done.stderr
