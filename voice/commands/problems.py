"""How a verb says that it cannot do its work: one clear sentence, and a non-zero exit."""

from __future__ import annotations


class CommandProblem(Exception):
    """The sentence goes to standard error as it is; the exit status is 2."""
