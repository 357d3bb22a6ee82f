"""What those who did not answer could change: between the bounds that all of them or none were in favour.

The bounds need no assumption: Cochran, W.G., Mosteller, F. and Tukey, J.W. (1953), "Statistical problems of the Kinsey
report", Journal of the American Statistical Association 48, 673-716; Manski, C.F. (1989), "Anatomy of the selection
problem", Journal of Human Resources 24(3), 343-360.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Silent:
    """Of ``asked`` people ``answered`` share spoke.

    Had all the others said no, or all yes, the share in favour would be ``low`` or ``high``.
    """

    answered: float
    low: float
    high: float


def silent(good: int, answered: int, asked: int) -> Silent:
    """Raises ValueError unless 0 <= good <= answered <= asked and answered > 0."""
    if not (0 <= good <= answered <= asked and answered):
        raise ValueError("those in favour are some of those who answered, and these some of those asked")
    return Silent(answered / asked, good / asked, (good + asked - answered) / asked)


def needed(good: int, answered: int, asked: int, share: float) -> float | None:
    """The share of those who did not answer that would have to be in favour for all who were asked to reach ``share``.

    None where even all or none of them would not do, and when everybody answered.
    """
    quiet = asked - answered
    if quiet <= 0:
        return None
    found = (share * asked - good) / quiet
    return found if 0 <= found <= 1 else None
