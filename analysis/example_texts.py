"""The examples that the small models learn from, written for the product and brought with it: no workspace's words or
labels are in them.
"""

import csv
from importlib.resources import files
from io import StringIO


def examples_of(name: str) -> list[dict[str, str]]:
    """The rows of `examples/<name>.csv`, a cell under each column's name."""
    text = (files("analysis") / "examples" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))
