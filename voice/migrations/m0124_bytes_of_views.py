"""How many bytes a file of a private space has, so that no space takes the disk of all the others.

Files from before count as nothing: no database can look at the disk.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return ('ALTER TABLE "view_file" ADD COLUMN "bytes" INTEGER NOT NULL DEFAULT 0',)
