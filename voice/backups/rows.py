"""The rows of a part of a backup."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

import msgspec

from voice.backups.format import Part, TableKept, read_whole
from voice.backups.problems import BackupProblem
from voice.backups.sealing import DAMAGED
from voice.backups.values import Row

LARGEST = 256 * 1024 * 1024
"""Bytes of rows in a part; one that unpacks to more was not written by us."""


def rows_in(part: Part, table: TableKept) -> list[Row]:
    """As they are written. Raises :class:`BackupProblem`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(read_whole(part))) as packed:
            lines = packed.read(LARGEST + 1)
        if len(lines) > LARGEST:
            raise BackupProblem(DAMAGED)
        found = msgspec.json.Decoder(list[Any]).decode_lines(lines)
    except (OSError, EOFError, zlib.error, msgspec.MsgspecError) as problem:
        raise BackupProblem(DAMAGED) from problem
    if any(len(row) != len(table.columns) for row in found):
        raise BackupProblem(DAMAGED)
    return list(found)
