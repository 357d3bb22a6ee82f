"""A scale of drawn faces with words under each; read and shown like any other choice."""

from __future__ import annotations

from surveys.question_types.single_choice import filled, read, summary, values, variables

__all__ = ["filled", "read", "summary", "values", "variables"]
