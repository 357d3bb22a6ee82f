"""What is in the store, held against what was acknowledged."""

from __future__ import annotations

import csv
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from surveys.submissions import reference


class Sent(msgspec.Struct, frozen=True):
    """A sending that the server acknowledged: its receipt, and by concept the code or the words given."""

    reference: str
    answers: Mapping[str, str]


class Stored(msgspec.Struct, frozen=True):
    """An exported file: by receipt the answers, and the answers that stand in it more than once."""

    by_reference: Mapping[str, Mapping[str, str]]
    repeated: tuple[str, ...]


def read_export(path: Path) -> Stored:
    """Reads what ``voice export answers`` wrote."""
    by_reference: dict[str, dict[str, str]] = {}
    repeated = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answers = by_reference.setdefault(reference(uuid.UUID(row["submission"])), {})
            if row["concept"] in answers:
                repeated.append(f"{row['submission']} {row['concept']}")
            answers[row["concept"]] = row["code"] or row["text"]
    return Stored(by_reference, tuple(repeated))


def wrong_with(stored: Stored, acknowledged: Iterable[Sent], once: Iterable[str] = ()) -> list[str]:
    """What is not as it must be: every acknowledged sending there whole, and nothing twice.

    ``once`` are concepts whose words nobody else gave: no two submissions may hold the same.
    """
    wrong = [f"{each} is stored twice" for each in stored.repeated]
    for sent in acknowledged:
        found = stored.by_reference.get(sent.reference)
        if found is None:
            wrong.append(f"{sent.reference} was acknowledged and is not stored")
        elif dict(found) != dict(sent.answers):
            wrong.append(f"{sent.reference} is stored as {dict(found)}, but {dict(sent.answers)} was given")
    for concept in once:
        words = Counter(answers[concept] for answers in stored.by_reference.values() if concept in answers)
        wrong += [f"{said!r} is stored {times} times" for said, times in words.items() if times > 1]
    return wrong
