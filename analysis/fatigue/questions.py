"""What the answers themselves show of tiredness: where people stop, what they leave out, and how they answer.

None of it proves that anybody was tired. Each measure says what it cannot tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fatigue.results import Share, Spread, Stopping, share_of
from analysis.fatigue.spread import spread_of

FEWEST_ITEMS = 4
"""With fewer items on one scale the same answer to all of them is common among people who read each."""

SECONDS_A_WORD = 0.3
"""Faster than anybody reads: Zhang, C. and Conrad, F. (2014), Speeding in web surveys, Survey Research Methods 8(2),
127-135, who take 300 milliseconds a word."""

READ_AS_TEXT = "text"


@dataclass(frozen=True, slots=True)
class NonResponse:
    """Of those who were shown a question: who left it empty, and, apart from them, who would rather not say."""

    question: str
    left_empty: Share
    rather_not_say: Share
    cannot_say: tuple[str, ...] = ("read_or_not",)


@dataclass(frozen=True, slots=True)
class StraightLining:
    """Of those who answered at least four items of a scale, who gave the same answer to all they answered."""

    scale: str
    share: Share
    cannot_say: tuple[str, ...] = ("the_same_may_be_meant",)


@dataclass(frozen=True, slots=True)
class Speeding:
    """Of answers given by reading text, who took less time than reading takes. Others, by sound, pictures, on paper or
    with help, are `not_looked_at`: their time says nothing."""

    share: Share
    not_looked_at: int
    cannot_say: tuple[str, ...] = ("knew_the_questions",)


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words written, by the how-manieth ask in 90 days it was; `slope` is the change within a person with each ask.

    The slope is of the logarithm of words + 1: -0.1 means that texts become a tenth shorter. `n` texts of people with
    several; None where nobody wrote at asks of different places.
    """

    by_ask: tuple[tuple[int, Spread], ...]
    n: int
    slope: float | None
    low: float | None
    high: float | None
    cannot_say: tuple[str, ...] = ("shorter_may_be_clearer",)


def stopping_by_question(questions: Sequence[tuple[str, int, int]]) -> tuple[Stopping, ...]:
    """The hazard of stopping at each question: its name, how many people got to it, and how many of them stopped there.

    In the order in which they are asked. Who was not led to a question did not get to it, so routing is counted.
    Measured as in Peytchev, A. (2009), Survey breakoff, Public Opinion Quarterly 73(1), 74-97.
    """
    still, found = 1.0, list[Stopping]()
    for position, (question, reached, stopped) in enumerate(questions):
        share = share_of(stopped, reached)
        still *= 1 - (share.value or 0.0)
        found.append(Stopping(question, position, share, still))
    return tuple(found)


def item_non_response(answers: pd.DataFrame) -> tuple[NonResponse, ...]:
    """For each question in order of position, of a row for each person and question: columns `person`, `question`,
    `position`, `shown`, `answered` and `rather_not_say`.

    After AAPOR (2023), Standard Definitions, on item nonresponse; questions after the one at which a person stopped
    count as stopping and are no rows to be handed in. A refusal is an answer about the question and is kept apart.
    """
    shown = answers.loc[answers["shown"].to_numpy(dtype=bool)]
    found = list[NonResponse]()
    for (_, question), rows in shown.groupby(["position", "question"], sort=True):
        refused = rows["rather_not_say"].to_numpy(dtype=bool)
        empty = ~rows["answered"].to_numpy(dtype=bool) & ~refused
        found.append(
            NonResponse(str(question), share_of(int(empty.sum()), len(rows)), share_of(int(refused.sum()), len(rows)))
        )
    return tuple(found)


def straight_lining(answers: pd.DataFrame) -> tuple[StraightLining, ...]:
    """For each scale; a row for each item answered, columns `person`, `scale`, `value`.

    Simple nondifferentiation of Kim, Y. and others (2019), Straightlining, Social Science Computer Review 37(2),
    214-233. Scales of fewer than four items are not looked at.
    """
    items = answers.groupby(["scale", "person"], sort=True)["value"].agg(["size", "nunique"])
    enough = items.loc[items["size"] >= FEWEST_ITEMS]
    same = (enough["nunique"] == 1).groupby(level="scale", sort=True).agg(["sum", "size"])
    return tuple(
        StraightLining(str(scale), share_of(int(part), int(n)))
        for scale, part, n in zip(same.index, same["sum"], same["size"], strict=True)
    )


def speeding(answers: pd.DataFrame) -> Speeding:
    """A row for each person and survey: `mode` (`text` or another), `words` that were shown, `seconds` that it took.

    Without seconds, or without words, an answer is not looked at.
    """
    seconds, words = (answers[column].to_numpy(dtype=float) for column in ("seconds", "words"))
    read = (answers["mode"] == READ_AS_TEXT).to_numpy() & (seconds > 0) & (words > 0)
    fast = read & (seconds < words * SECONDS_A_WORD)
    return Speeding(share_of(int(fast.sum()), int(read.sum())), int((~read).sum()))


def free_text_length(answers: pd.DataFrame) -> FreeText:
    """A row for each text: `person`, `family`, `ask` (its place among the asks in 90 days), `words`; an empty text
    has 0.

    The slope compares people with themselves (least squares after each person's mean is taken away), with an interval
    that allows for texts that share a family (Liang and Zeger 1986).
    """
    ask, words = (answers[column].to_numpy(dtype=float) for column in ("ask", "words"))
    families = answers["family"]
    by_ask = tuple(
        (int(place), spread_of(words[ask == place], int(families[ask == place].nunique()))) for place in np.unique(ask)
    )
    person = pd.factorize(pd.MultiIndex.from_frame(answers[["family", "person"]]))[0]
    away = _from_mean(ask, person)
    length = _from_mean(np.log1p(words), person)
    told = np.isin(person, np.unique(person[np.abs(away) > 1e-12]))
    known = float((away**2).sum())
    several = int(families[told].nunique())
    if several < 2:
        return FreeText(by_ask, int(told.sum()), None, None, None)
    slope = float((away * length).sum() / known)
    influence = np.bincount(pd.factorize(families)[0], weights=away * (length - slope * away)) / known
    error = float(np.sqrt(several / (several - 1) * (influence**2).sum()))
    return FreeText(by_ask, int(told.sum()), slope, slope - 1.96 * error, slope + 1.96 * error)


def already_known(asked: pd.DataFrame) -> Share:
    """Of the questions asked, those whose answer the partnership had already: a row for each, column `known`.

    Known is what `voice/evidence` finds among voices and registers for this person or, for a question about services,
    for the whole area; a changed answer cannot be told from one asked for nothing.
    """
    return share_of(int(asked["known"].sum()), len(asked))


def _from_mean(values: np.ndarray, person: np.ndarray) -> np.ndarray:
    count = np.bincount(person)
    return np.asarray(values - (np.bincount(person, weights=values) / count)[person])
