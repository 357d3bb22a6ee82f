"""Comments that people have coded, to learn from: labels are ids of themes, or their names as people write them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.code_frame import CodeFrame
from analysis.tokens import folded
from voice.commands.csv_files import open_csv
from voice.commands.problems import CommandProblem

_BETWEEN_LABELS = (";", "|")


@dataclass(frozen=True, slots=True)
class Labelled:
    """``comments`` has the columns that were asked for; ``labels`` has the theme ids of each, none where no theme fits.

    ``unknown`` counts labels that the frame does not have. A row with no other label is left out, not taken for one
    that no theme fits: ``left_out`` counts those.
    """

    comments: pd.DataFrame
    labels: tuple[tuple[str, ...], ...]
    unknown: Counter[str]
    left_out: int


def read_labelled(
    path: Path, code_frame: CodeFrame, *, labels: str, text: str, question: str | None = None, lang: str | None = None
) -> Labelled:
    """The rows of CODED that have a text; raises CommandProblem when a column is not there or no row is of use.

    ``question`` and ``lang`` are read where the file has them.
    """
    file = open_csv(path)
    columns = [text, *(column for column in (question, lang) if column and column in file.header)]
    places = {column: file.place(column) for column in dict.fromkeys(columns)}
    label_place = file.place(labels)
    ids = _ids_by_label(code_frame)
    rows, found, left_out = list[list[str]](), list[tuple[str, ...]](), 0
    unknown: Counter[str] = Counter()
    for row in file.rows():
        if not row[places[text]].strip():
            continue
        given = _labels_in(row[label_place])
        known = tuple(dict.fromkeys(ids[_key(label)] for label in given if _key(label) in ids))
        unknown.update(label for label in given if _key(label) not in ids)
        if given and not known:
            left_out += 1
            continue
        rows.append([row[place] for place in places.values()])
        found.append(known)
    if not any(found):
        raise CommandProblem(f"No row of {path} has a theme of the code frame in its column “{labels}”.")
    return Labelled(pd.DataFrame(rows, columns=list(places), dtype="str"), tuple(found), unknown, left_out)


def _labels_in(cell: str) -> list[str]:
    """Labels are joined by `;`, or by `|` where there is no `;`."""
    between = next((mark for mark in _BETWEEN_LABELS if mark in cell), ";")
    return [label for part in cell.split(between) if (label := part.strip())]


def _ids_by_label(code_frame: CodeFrame) -> dict[str, str]:
    """Ids come before names, and a name that two themes share means neither."""
    names = Counter(_key(theme.theme) for theme in code_frame.themes)
    ids = {_key(theme.theme): theme.theme_id for theme in code_frame.themes if names[_key(theme.theme)] == 1}
    folded_ids = Counter(_key(theme_id) for theme_id in code_frame.theme_ids)
    return ids | {_key(theme_id): theme_id for theme_id in code_frame.theme_ids if folded_ids[_key(theme_id)] == 1}


def _key(label: str) -> str:
    return " ".join(folded(label).replace("_", " ").split())
