"""A backup under a passphrase, written and read piece by piece.

The key is worked out of the passphrase with scrypt. Each piece of 64 KB is sealed on its own with ChaCha20-Poly1305;
its nonce is its number and whether it is the last (the STREAM construction, https://eprint.iacr.org/2015/189), so that
pieces can neither be moved nor left out, and an end that is missing shows. The first lines are authenticated with
every piece; a check of the key tells a wrong passphrase from a file that is damaged.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from typing import BinaryIO

from voice.backups.problems import BackupProblem

MAGIC = b"golden-thread sealed backup 1\n"
PIECE = 65_536
TAG = 16
SALT = 16
CHECK = 16

HARD, BLOCKS, LANES = 2**16, 8, 1
"""scrypt: 64 MB and about a fifth of a second for each guess."""

_AT_MOST = 256 * 1024 * 1024

WRONG_PASSPHRASE = "The passphrase is not the one that this backup was sealed with."  # noqa: S105
CUT_OFF = "The file ends too early: it was cut off while it was written or copied. Use another copy of it."
DAMAGED = "The file is damaged: what stands in it is not what was written. Use another copy of it."


def _keys(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    both = hashlib.scrypt(passphrase.encode("utf-8"), salt=salt, n=HARD, r=BLOCKS, p=LANES, maxmem=_AT_MOST, dklen=64)
    return both[:32], both[32:]


def _check(key: bytes, salt: bytes) -> bytes:
    return hmac.digest(key, MAGIC + salt, "sha256")[:CHECK]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class SealedWriter(io.RawIOBase):
    """What is written goes sealed into ``file``. Only :meth:`finish` writes the end; without it nothing can be read."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        salt = secrets.token_bytes(SALT)
        key, for_check = _keys(passphrase, salt)
        self._head = MAGIC + salt + _check(for_check, salt)
        self._seal = ChaCha20Poly1305(key)
        self._file = file
        self._gathered = bytearray()
        self._number = 0
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]
        self._gathered += given
        while len(self._gathered) > PIECE:
            self._put(bytes(self._gathered[:PIECE]), last=False)
            del self._gathered[:PIECE]
        return len(given)

    def finish(self) -> None:
        """Writes the last piece."""
        self._put(bytes(self._gathered), last=True)
        self._gathered.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._seal.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what :class:`SealedWriter` wrote. Raises :class:`BackupProblem` for all that is not as it was written."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._head = file.read(len(MAGIC) + SALT + CHECK)
        if len(self._head) < len(MAGIC) + SALT + CHECK:
            raise BackupProblem(CUT_OFF)
        salt, check = self._head[len(MAGIC) : -CHECK], self._head[-CHECK:]
        key, for_check = _keys(passphrase, salt)
        if not hmac.compare_digest(_check(for_check, salt), check):
            raise BackupProblem(WRONG_PASSPHRASE)
        self._seal = ChaCha20Poly1305(key)
        self._file = file
        self._ahead = file.read(PIECE + TAG)
        self._number = 0
        self._open = b""
        self._at_end = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        while not self._open and not self._at_end:
            self._next()
        taken = min(len(into), len(self._open))
        into[:taken] = self._open[:taken]
        self._open = self._open[taken:]
        return taken

    def _next(self) -> None:
        from cryptography.exceptions import InvalidTag

        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        last = not self._ahead
        try:
            self._open = self._seal.decrypt(_nonce(self._number, last=last), piece, self._head)
        except InvalidTag:
            raise BackupProblem(self._why(piece, last=last)) from None
        self._number += 1
        self._at_end = last

    def _why(self, piece: bytes, *, last: bool) -> str:
        """A piece that would open were it not the last, or that is shorter than any, was cut."""
        from cryptography.exceptions import InvalidTag

        if last:
            try:
                self._seal.decrypt(_nonce(self._number, last=False), piece, self._head)
            except InvalidTag:
                return CUT_OFF if len(piece) < PIECE + TAG else DAMAGED
            return CUT_OFF
        return DAMAGED


def is_sealed(beginning: bytes) -> bool:
    return beginning.startswith(MAGIC)
