"""The one secret of an installation: a file beside the data that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET = "secret.key"  # noqa: S105 - its name
"""The file, in the folder of all that is stored."""


def read_secret(data: Path) -> bytes:
    """32 random bytes, made on first use."""
    path = data / SECRET
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        secret = secrets.token_bytes(32)
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret
