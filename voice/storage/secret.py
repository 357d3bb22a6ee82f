"""The one secret of an installation: a file beside the data that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from voice.storage.files import to_disk
from voice.storage.store import StoreUnavailable

SECRET = "secret.key"  # noqa: S105 - its name
"""The file, in the folder of all that is stored."""

LENGTH = 32


def read_secret(data: Path) -> bytes:
    """The bytes of the secret, made on first use.

    Raises :class:`StoreUnavailable` where it cannot be read or made, and where it is not whole: everybody can guess an
    empty secret, and another would open nothing of what is sealed.
    """
    path = data / SECRET
    try:
        if not path.exists():
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(path)
        secret = path.read_bytes()
    except OSError as problem:
        raise StoreUnavailable(f"{path} cannot be used: {problem.strerror or problem}") from problem
    if len(secret) != LENGTH:
        raise StoreUnavailable(
            f"{path} is damaged ({len(secret)} bytes in place of {LENGTH}). Take secret.key from a backup. "
            "Where nothing was stored yet, move it away"
        )
    return secret


def _make(path: Path) -> None:
    """The file has its name only once all of it is on disk. Of several processes, the first to name its own wins."""
    new = path.with_name(f"{SECRET}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)  # unlike a renaming, it never goes over what is there
        except FileExistsError:
            return
    finally:
        new.unlink(missing_ok=True)
        to_disk(path.parent)
