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


class TestTheList:
    def test_it_names_what_is_locked_and_is_signed(self, sbom: ModuleType, tmp_path: Path) -> None:
        key = sbom.key_at(tmp_path / "key.pem")
        assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
        written = sbom.write(tmp_path / "out", key)
        listed = json.loads(written.read_text())
        assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
        named = {(each["name"].lower(), each["version"]) for each in listed["components"]}
        locked = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
        assert {(name.lower(), version) for name, version in locked} <= named
        assert any(each["purl"].startswith("pkg:npm/govuk-frontend@") for each in listed["components"])
        assert not any(each["name"] == "oidc-provider" for each in listed["components"]), "only tests use it"
        assert all(each.get("hashes") or each.get("externalReferences") for each in listed["components"])

        signature = (tmp_path / "out" / f"{written.name}.sig").read_bytes()
        key.public_key().verify(signature, written.read_bytes())
        with pytest.raises(InvalidSignature):
            key.public_key().verify(signature, written.read_bytes().replace(b"litestar", b"lightstar"))
        again = sbom.write(tmp_path / "again", sbom.key_at(tmp_path / "key.pem"))
        assert again.read_bytes() == written.read_bytes(), "the same locks make the same list"

    @pytest.mark.skipif(not shutil.which("openssl"), reason="this machine has no openssl")
    def test_openssl_says_so_too(self, sbom: ModuleType, tmp_path: Path) -> None:
        written = sbom.write(tmp_path, sbom.key_at(tmp_path / "key.pem"))
        check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "golden-thread.pub.pem", "-rawin"]
        done = subprocess.run(
            [*check, "-in", written.name, "-sigfile", f"{written.name}.sig"], cwd=tmp_path, capture_output=True
        )
        assert done.returncode == 0, done.stderr
