"""Answers on their way out, in an order that says nothing about when they came.

``one_a_row`` is the plain list of all answers. ``tables`` makes tables of one person or one answer a row with codes,
words, and why a cell is empty; ``formats`` writes them, and ``dictionary`` says what the columns mean.
"""

from __future__ import annotations

from surveys.exporting.one_a_row import COLUMNS, answers

__all__ = ["COLUMNS", "answers"]
