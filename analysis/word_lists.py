"""The lists of words that the rules read, kept as CSV files so that a person who is no programmer can mend
them.
"""

import csv
from importlib.resources import files


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of `lists/<name>.csv`, a cell under each column's name."""
    text = (files("analysis") / "lists" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def examples(name: str) -> list[dict[str, str]]:
    """The rows of `examples/<name>.csv`: texts of our own with what a person said of them."""
    text = (files("analysis") / "examples" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
