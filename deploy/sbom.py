"""What is in a release: a CycloneDX list of all packages with their hashes, and a signature of it.

Usage: ``python deploy/sbom.py FOLDER KEY.pem``. The Python packages come from ``requirements.lock``, and what the front
end is built from out of ``package-lock.json``. KEY is an Ed25519 key; it is made where there is none, for its owner
alone to read. Anybody checks the list with::

    openssl pkeyutl -verify -pubin -inkey golden-thread.pub.pem -rawin -in golden-thread.cdx.json \\
        -sigfile golden-thread.cdx.json.sig
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ROOT = Path(__file__).resolve().parent.parent
LIST = "golden-thread.cdx.json"


def packages() -> dict[str, Any]:
    """The list as CycloneDX 1.6. Reproducible: it holds no moment and no number of its own."""
    made = subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml"),
            *("--output-reproducible", "--of", "JSON", "--sv", "1.6", "requirements.lock"),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    found: dict[str, Any] = json.loads(made.stdout)
    found["components"] = [*found["components"], *_front_end()]
    return found


def _front_end() -> list[dict[str, Any]]:
    """What the styles, symbols and fonts are made of; tools that only tests use are left out."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    used = [
        (path.rpartition("node_modules/")[2], entry)
        for path, entry in lock["packages"].items()
        if path and not entry.get("dev")
    ]
    return [
        {
            "type": "library",
            "bom-ref": f"npm-{name}@{entry['version']}",
            "name": name,
            "version": entry["version"],
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}",
            "hashes": [{"alg": "SHA-512", "content": _hex(entry["integrity"])}],
        }
        for name, entry in sorted(used, key=lambda each: each[0])
    ]


def _hex(integrity: str) -> str:
    """The hash of npm's ``sha512-…`` in the digits that CycloneDX wants."""
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


def key_at(path: Path) -> Ed25519PrivateKey:
    """The key in this file, made first where there is none."""
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{path} holds another kind of key: an Ed25519 key is needed.")
    return key


def write(folder: Path, key: Ed25519PrivateKey) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(packages(), indent=1, sort_keys=True, ensure_ascii=False).encode()
    (folder / LIST).write_bytes(content)
    (folder / f"{LIST}.sig").write_bytes(key.sign(content))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "golden-thread.pub.pem").write_bytes(public)
    return folder / LIST


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), key_at(Path(sys.argv[2]))))
