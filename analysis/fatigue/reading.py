"""Asks from a partner's file as it comes: what cannot be used is left out, what is doubtful is kept, both are counted.

Made for a million rows: everything is done a column at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fatigue.ledger import COLUMNS, KINDS, OUTCOMES

LONGEST_KEY = 128
LONGEST_ASK = 24 * 60  # minutes
_FIRST_YEAR, _LAST_YEAR = 1990, 2100

_ADDRESS = r"[^\s@]@[^\s@]"
_DIGEST = r"[0-9A-Fa-f]{16,128}"
_DATE = r"\d{4}-?\d{2}-?\d{2}(?:[T ].*)?"
_ZONE = r"[T ].*(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_ZONE_OF_ENGLAND = "Europe/London"

LEFT_OUT = (
    "family_missing",
    "family_wrong_form",
    "time_unreadable",
    "kind_unknown",
    "outcome_unknown",
    "same_send_by_two_partners",
    "same_send_twice",
)
"""Why a row is not among the asks. The first that holds is counted."""

IN_DOUBT = (
    "time_without_zone",
    "time_twice_that_night",
    "time_never_was",
    "person_missing",
    "outcome_missing",
    "minutes_missing",
    "minutes_unusable",
    "bounced",
    "asked_after_answer",
)
"""What is kept and said. Times without a zone are read as England's; of the hour that the clocks go through twice the
first is taken, and what falls in the hour they leap over is moved to its end. Minutes below 0, above a day or no number
are unknown. A reminder after the answer was still sent: it is an ask like others."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """`rows` rows with one problem of `LEFT_OUT` or `IN_DOUBT`, first in row `first`; the header is row 1."""

    code: str
    rows: int
    first: int


@dataclass(frozen=True, slots=True)
class AsksRead:
    """`asks` has the columns of a ledger, as the package describes them; `rows` counts those of the file."""

    asks: pd.DataFrame
    rows: int
    left_out: tuple[Noticed, ...]
    in_doubt: tuple[Noticed, ...]


class ClearText(ValueError):
    """E-mail addresses stand where keyed hashes should: nothing of the file may be used."""

    def __init__(self, column: str, rows: int, first: int) -> None:
        super().__init__(column)
        self.column, self.rows, self.first = column, rows, first


def read_asks(raw: pd.DataFrame) -> AsksRead:
    """Asks from text: the columns of `ledger.COLUMNS`, cells as they stand in the file, NaN for none.

    Other columns are kept as they are. The same send by two partners is counted once: one family, person, survey, kind
    and minute. What came of it is then the furthest that any of them knows, and the minutes are the most.
    Raises ClearText, and KeyError when a column is not there.
    """
    text = raw.reset_index(drop=True)
    cells = {column: text[column].fillna("").astype("str").str.strip() for column in COLUMNS}
    for column in ("family", "person", "survey"):
        _refuse_addresses(cells[column], column)
    cells["family"], wrong_form = _keys(cells["family"])
    kind = _word(cells["kind"], KINDS)
    outcome = _word(cells["outcome"].where(cells["outcome"] != "", "none"), OUTCOMES)
    times = _times(cells["asked_at"])
    minutes, unusable = _minutes(cells["minutes"])

    why = _first_reason(
        {
            "family_missing": cells["family"] == "",
            "family_wrong_form": wrong_form,
            "time_unreadable": times["asked_at"].isna(),
            "kind_unknown": kind.isna(),
            "outcome_unknown": outcome.isna(),
        }
    )
    names = {column: cells[column].astype("category") for column in ("family", "person", "survey", "partner")}
    asks = text.assign(**names, kind=kind, asked_at=times["asked_at"], outcome=outcome, minutes=minutes)
    same = _same_sends(asks[why == ""])
    why.loc[same.index] = same
    asks = _furthest(asks, same)[why == ""]
    doubts = {
        "time_without_zone": times["without_zone"],
        "time_twice_that_night": times["twice"],
        "time_never_was": times["never"],
        "person_missing": cells["person"] == "",
        "outcome_missing": cells["outcome"] == "",
        "minutes_missing": cells["minutes"] == "",
        "minutes_unusable": unusable,
    }
    found = {code: mask[asks.index].to_numpy() for code, mask in doubts.items()}
    found["bounced"] = (asks["outcome"] == "bounced").to_numpy()
    found["asked_after_answer"] = _after_answer(asks)
    return AsksRead(
        asks,
        len(text),
        _noticed({code: (why == code).to_numpy() for code in LEFT_OUT}, why.index.to_numpy()),
        _noticed({code: found[code] for code in IN_DOUBT}, asks.index.to_numpy()),
    )


def _refuse_addresses(cells: pd.Series, column: str) -> None:
    suspects = cells[cells.str.contains("@", regex=False)]
    found = suspects.index[suspects.str.contains(_ADDRESS, regex=True)]
    if len(found):
        raise ClearText(column, len(found), int(found[0]) + 2)


def _keys(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Keys, and which have the wrong form: too long, with control characters, or, where most keys are digests of one
    length, any other. Digests are the same in capitals."""
    length = cells.str.len()
    wrong = (length > LONGEST_KEY) | cells.str.contains(r"[\x00-\x1f\x7f]", regex=True)
    digests = cells.str.fullmatch(_DIGEST)
    lengths = np.bincount(length[digests].to_numpy(dtype=np.int64), minlength=1)
    usual = int(lengths.argmax())
    if lengths[usual] * 2 > (cells != "").sum():
        wrong |= (~digests | (length != usual)) & (cells != "")
        cells = cells.str.lower()
    return cells, wrong


def _word(cells: pd.Series, known: Sequence[str]) -> pd.Series:
    """The word as we write it, NaN for one we do not know; `Opted out` and `opted-out` are `opted_out`."""
    codes, written = pd.factorize(cells)
    meant = pd.Series(written, dtype="str").str.lower().str.replace(r"[\s-]+", "_", regex=True)
    places = np.array([known.index(word) if word in known else -1 for word in meant], dtype=np.int64)
    return pd.Series(pd.Categorical.from_codes(places[codes], categories=pd.Index(known)), index=cells.index)


def _times(cells: pd.Series) -> pd.DataFrame:
    """`asked_at` in UTC, NaT where it cannot be read, and what was doubtful about it."""
    codes, written = pd.factorize(cells.str.upper())
    texts = pd.Series(written, dtype="str")
    dated = texts.where(texts.str.fullmatch(_DATE))
    zoned = dated.str.contains(_ZONE, regex=True, na=False).to_numpy(dtype=bool)
    with_zone = pd.to_datetime(dated[zoned], format="ISO8601", utc=True, errors="coerce").dt.as_unit("s")
    naive = pd.to_datetime(dated[~zoned], format="ISO8601", errors="coerce").dt.as_unit("s")
    here = naive.dt.tz_localize(
        _ZONE_OF_ENGLAND, ambiguous=np.ones(len(naive), dtype=bool), nonexistent="shift_forward"
    )
    twice = naive.dt.tz_localize(_ZONE_OF_ENGLAND, ambiguous="NaT", nonexistent="shift_forward").isna() & naive.notna()
    never = (here.dt.tz_localize(None) != naive) & naive.notna()
    read = pd.DataFrame(
        {
            "asked_at": pd.concat([with_zone, here.dt.tz_convert("UTC")]).reindex(texts.index),
            "without_zone": ~zoned,
            "twice": twice.reindex(texts.index, fill_value=False),
            "never": never.reindex(texts.index, fill_value=False),
        }
    )
    year = read["asked_at"].dt.year
    read.loc[~year.between(_FIRST_YEAR, _LAST_YEAR), "asked_at"] = pd.NaT
    return read.iloc[codes].set_axis(cells.index)


def _minutes(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Minutes, NaN where they are not known, and where something stood that is no number of minutes."""
    codes, written = pd.factorize(cells.str.replace(",", ".", regex=False))
    numbers = pd.to_numeric(pd.Series(written, dtype="str"), errors="coerce").to_numpy(dtype=float)
    usable = (numbers >= 0) & (numbers <= LONGEST_ASK)
    minutes = pd.Series(np.where(usable, numbers, np.nan)[codes], index=cells.index)
    return minutes, (cells != "") & minutes.isna()


def _first_reason(reasons: dict[str, pd.Series]) -> pd.Series:
    """For each row the first reason that holds, empty where none does."""
    codes = np.zeros(len(next(iter(reasons.values()))), dtype=np.int64)
    for place, mask in enumerate(reasons.values(), start=1):
        codes[(codes == 0) & mask.to_numpy(dtype=bool)] = place
    return pd.Series(np.array(["", *reasons], dtype=object)[codes])


def _same_sends(asks: pd.DataFrame) -> pd.Series:
    """The rows that tell of a send which a row before them tells of already, with the reason's code."""
    send = _sends(asks)
    again = send.duplicated()
    by_another = again & ~send.assign(partner=pd.factorize(asks["partner"])[0]).duplicated()
    code = np.where(by_another[again], "same_send_by_two_partners", "same_send_twice")
    return pd.Series(code, index=asks.index[again], dtype=object)


def _sends(asks: pd.DataFrame) -> pd.DataFrame:
    columns = {column: pd.factorize(asks[column])[0] for column in ("family", "person", "survey", "kind")}
    minute = asks["asked_at"].astype("int64").to_numpy() // 60
    return pd.DataFrame({**columns, "minute": minute}, index=asks.index)


def _furthest(asks: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """The asks where the row of a send that is kept knows what the others do; few rows are told of twice."""
    if same.empty:
        return asks
    usable = asks[asks["asked_at"].notna() & asks["kind"].notna() & asks["outcome"].notna()]
    send = _sends(usable)
    several = send[send.duplicated(keep=False)]
    rank = pd.Series(
        usable.loc[several.index, "outcome"]
        .map({"bounced": 0, "none": 1, "opened": 2, "partial": 3, "opted_out": 4, "completed": 5})
        .astype(int),
        index=several.index,
    )
    group = several.groupby(list(several.columns), sort=False).ngroup()
    best = rank.groupby(group).transform("idxmax")
    most = usable.loc[several.index, "minutes"].groupby(group).transform("max")
    outcome, minutes = asks["outcome"].copy(), asks["minutes"].copy()
    outcome.loc[several.index] = usable.loc[best.to_numpy(), "outcome"].to_numpy()
    minutes.loc[several.index] = most
    return asks.assign(outcome=outcome, minutes=minutes)


def _after_answer(asks: pd.DataFrame) -> np.ndarray:
    """Reminders sent to who had answered that survey since they were last invited to it."""
    keys = [pd.factorize(asks[column])[0] for column in ("family", "person", "survey")]
    asked = asks["asked_at"].astype("int64").to_numpy()
    reminder = (asks["kind"] == "reminder").to_numpy()
    order = np.lexsort((reminder, asked, *keys[::-1]))
    changes = np.zeros(len(asks), dtype=bool)
    for key in keys:
        changes[1:] |= np.diff(key[order]) != 0
    # Counted from each invitation on, and anew for each person and survey: has it been completed before this row?
    begins = (changes | ~reminder[order]).cumsum()
    done = (asks["outcome"] == "completed").to_numpy()[order].astype(np.int64)
    sofar = done.cumsum() - done
    at_start = pd.Series(sofar).groupby(begins).transform("first").to_numpy()
    result = np.zeros(len(asks), dtype=bool)
    result[order] = reminder[order] & (sofar > at_start)
    return result


def _noticed(masks: dict[str, np.ndarray], rows: np.ndarray) -> tuple[Noticed, ...]:
    return tuple(
        Noticed(code, int(mask.sum()), int(rows[mask.argmax()]) + 2) for code, mask in masks.items() if mask.any()
    )
