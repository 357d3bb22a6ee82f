"""Why a backup cannot be made, read or restored: one clear sentence each."""

from __future__ import annotations


class BackupProblem(Exception):
    """The sentence is for whoever runs the product. Nothing was changed."""
