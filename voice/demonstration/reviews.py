"""Annual reviews of the invented partnership: two school years, in which more children took part than before."""

from __future__ import annotations

import datetime as dt
import random

from voice.capture.reviews.participation import WAYS, child_hash, school_year
from voice.capture.reviews.register import Register, ReviewRow, take_in
from voice.storage import Store

CHILDREN = 320
SETTINGS = ("Millbrook Primary", "Vale Academy", "Alder Special School", "Riverside College")
YEARS = {0: range(1, 7), 1: range(7, 12), 2: range(3, 12), 3: range(12, 14)}
"""By setting, the year groups it has."""

WEIGHTS = {True: (30, 24, 14, 8, 16), False: (18, 12, 16, 8, 40)}
"""Of the ways to take part, this school year and the one before."""

NOTED = 0.9
"""The share of past reviews of which somebody has noted how the child took part."""


async def load_reviews(store: Store, secret: bytes, *, today: dt.date) -> None:
    """References are ``MV-001`` and so on, so that somebody who looks around can note how a child takes part."""
    chance = random.Random(20)  # noqa: S311 - the same invented reviews every time, nothing secret
    rows: list[ReviewRow] = []
    for number in range(1, CHILDREN + 1):
        child = child_hash(secret, f"MV-{number:03}")
        assert child is not None
        at = chance.choices(range(len(SETTINGS)), (5, 6, 3, 4))[0]
        group = chance.choice(YEARS[at])
        day = today - dt.timedelta(days=chance.randrange(-120, 245))
        for review_date, year in ((day, group), (day - dt.timedelta(days=365), group - 1)):
            is_now = school_year(review_date) == school_year(today)
            noted = review_date <= today and chance.random() < NOTED
            way = chance.choices(WAYS, WEIGHTS[is_now])[0] if noted else ""
            code = f"year_{year}" if year else "reception"
            rows.append(ReviewRow(len(rows) + 1, child, review_date, code, SETTINGS[at], way))
    await take_in(store, Register(tuple(rows), (), (), (), 0))
