"""CSV files of a million rows as a frame of text: what `csv_files` reads row by row, read a column at a time."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from voice.commands.csv_files import open_csv
from voice.commands.problems import CommandProblem


def read_frame(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The cells of these columns, or of all, as text, empty where there is none.

    Column names are read whatever their capitals. Blank rows are left out. Raises CommandProblem, with a sentence, for
    what is no CSV file, lacks a column or has it twice, and has no rows.
    """
    table = open_csv(path)
    names = [name.strip().casefold() for name in table.header]
    for column in columns or ():
        if names.count(column) != 1:
            table.place(column)
            raise CommandProblem(f"{path} has several columns called “{column}”.")
    if len(set(names)) < len(names):
        names = [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, start=1)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # a row that is too long would lose its end
            frame = pd.read_csv(
                path,
                sep=table.delimiter,
                encoding=table.encoding,
                dtype="str",
                keep_default_na=False,
                header=0,
                names=names,
                index_col=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError) as problem:
        said = " ".join(str(problem).removeprefix("Error tokenizing data. C error: ").split())
        raise CommandProblem(f"{path} cannot be read as CSV: {said.rstrip('.')}.") from problem
    if frame.empty:
        raise CommandProblem(f"{path} has headers but no rows below them.")
    return frame[list(columns)] if columns else frame
