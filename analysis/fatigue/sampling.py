"""What a sample instead of everyone would tell, and whom it would spare.

Cochran, W. (1977), Sampling Techniques, 3rd ed., ch. 3 and 4: a simple random sample, with the correction for a
population that is not endless. That those who answer are like those who do not is not in the number: no sample size
mends it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Sample:
    """Asking `asked` of `population` families gives some `answers`; a share is then known to plus or minus
    `half_width`.

    `half_width` is half the 95 % interval of a share of a half, the widest there is; None where no answer is expected.
    `spared` families are not asked.
    """

    population: int
    asked: int
    answers: float
    half_width: float | None
    spared: int
    cannot_say: tuple[str, ...] = ("those_who_do_not_answer", "small_groups")


def precision_of_sample(population: int, asked: int, rate: float, *, share: float = 0.5) -> Sample:
    """Raises ValueError unless 0 <= asked <= population and `rate`, the share that answers, is from 0 to 1."""
    if not 0 <= asked <= population or not 0 <= rate <= 1:
        raise ValueError("a sample is part of a population, and so are those who answer")
    answers = asked * rate
    half_width = None
    if answers >= 1:
        correction = (population - answers) / (population - 1) if population > 1 else 0.0
        half_width = _Z_95 * math.sqrt(share * (1 - share) / answers * correction)
    return Sample(population, asked, answers, half_width, population - asked)


def sample_for_precision(population: int, half_width: float, rate: float) -> Sample | None:
    """The smallest sample that tells a share to plus or minus `half_width`; None where asking everyone would not."""
    if not 0 < half_width < 1 or not 0 < rate <= 1 or population < 1:
        raise ValueError("a precision and a rate lie between 0 and 1, of at least one family")
    endless = _Z_95**2 * 0.25 / half_width**2
    answers = endless / (1 + (endless - 1) / population)
    asked = math.ceil(answers / rate - 1e-9)
    return precision_of_sample(population, asked, rate) if asked <= population else None
