"""A real sign-in service that runs beside a test, and a browser that goes there and back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}") or "node"
"""The machine's own, or the one that came along because it has none."""
SCRIPT = Path(__file__).with_suffix(".mjs")
CLIENT = "golden thread"
SECRET = "p+ss: 100%/our own"
BASE = "http://localhost"
BACK = "/sign-in/sso/back"


class SignInServiceBeside:
    """The service at ``issuer``. It tells the truth until :meth:`lie` says otherwise."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._browser = httpx.Client(trust_env=False, verify=False)

    def close(self) -> None:
        self._browser.close()

    def lie(self, **lies: Any) -> None:
        """What the next answers say: see the script."""
        self._control("/test/lie", lies or None)

    def take_new_keys(self) -> None:
        self._control("/test/new-keys", None)

    def lets_in(self, address: str, **person: Any) -> str:
        """What somebody's browser is sent back to, who signs in there after it was sent to ``address``."""
        self._browser.cookies.clear()
        for _ in range(6):
            address = str(self._browser.get(address, headers={"x-person": json.dumps(person)}).headers["location"])
            if address.startswith(BASE):
                return address
            address = address if address.startswith("http") else self.issuer + address
        raise AssertionError(f"it went round in circles: {address}")

    def _control(self, path: str, what: Any) -> None:
        self._browser.post(self.issuer + path, content=json.dumps(what)).raise_for_status()


@contextlib.contextmanager
def sign_in_service(base: str = BASE) -> Iterator[SignInServiceBeside]:
    clients = [
        {
            "client_id": client,
            "client_secret": SECRET,
            "redirect_uris": [base + BACK],
            "token_endpoint_auth_method": method,
        }
        for client, method in ((CLIENT, "client_secret_post"), (f"{CLIENT}: basic", "client_secret_basic"))
    ]
    process = subprocess.Popen(
        [NODE, str(SCRIPT), json.dumps(clients)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("{"))
        with contextlib.closing(SignInServiceBeside(json.loads(line)["issuer"])) as beside:
            yield beside
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def asked(address: str) -> dict[str, str]:
    """What stands behind the question mark of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
