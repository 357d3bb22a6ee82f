"""Linear models for many themes at once, with what each would have said of a text it was not shown.

Ridge regression (Hoerl, A.E. and Kennard, R.W. (1970)) on a sum of linear kernels. The predictions that leave out one
text at a time follow from one matrix (Allen, D.M. (1974), PRESS), so that thresholds and confidence rest on honest
predictions at no cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped]

Dense = npt.NDArray[np.float64]
Block = Any  # a sparse matrix, which has no types, or an array
"""Features of the same texts, a row a text; several blocks stand side by side."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """Weights for each block, and ``left_out``: the score of each text of the fit by the model of all others.

    A score is 0 for what is as likely as in the texts of the fit; the scale of each theme is the standard deviation
    of its labels, so that rare themes and common ones can be compared.
    """

    weights: tuple[Dense, ...]
    constant: Dense
    left_out: Dense

    def scores(self, blocks: Sequence[Block]) -> Dense:
        """A row a text, a column a theme."""
        total = np.tile(self.constant, (blocks[0].shape[0], 1))
        for block, weights in zip(blocks, self.weights, strict=True):
            total += np.asarray(block @ weights)
        return total


@dataclass(frozen=True, slots=True)
class DualRidge:
    """The same for any kernel: ``weights`` has a row a text of the fit, a column a theme."""

    weights: Dense
    left_out: Dense

    def scores(self, kernel: Dense) -> Dense:
        """``kernel`` has a row a text, a column a text of the fit."""
        scores: Dense = kernel @ self.weights + self.weights.sum(axis=0)
        return scores


def fit_dual(kernel: Dense, labels: npt.NDArray[np.bool_], penalty: float) -> DualRidge:
    """``kernel`` has a row and a column for each row of ``labels``, which has a column a theme."""
    count = len(labels)
    share = np.clip(labels.mean(axis=0), 1 / count, max(1 - 1 / count, 1 / count))
    targets = (labels - share) / np.sqrt(np.maximum(share * (1 - share), 1 / count))
    inverse = np.linalg.inv(kernel + 1 + penalty * np.eye(count))
    weights = inverse @ targets
    return DualRidge(weights, targets - weights / np.diag(inverse)[:, None])


def fit_ridge(blocks: Sequence[Block], labels: npt.NDArray[np.bool_], penalty: float) -> Ridge:
    """The blocks, scaled by whoever calls, have a row for each row of ``labels``."""
    kernel = np.zeros((len(labels), len(labels)))
    for block in blocks:
        kernel += product(block, block)
    dual = fit_dual(kernel, labels, penalty)
    weights = tuple(np.asarray(block.T @ dual.weights) for block in blocks)
    return Ridge(weights, dual.weights.sum(axis=0), dual.left_out)


def product(one: Block, other: Block) -> Dense:
    """The products of the rows of two blocks."""
    of_rows = one @ other.T
    return of_rows.toarray() if sp.issparse(of_rows) else np.asarray(of_rows)
