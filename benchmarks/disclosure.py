"""Disclosure control: a large table through ``voice disclose``, an attack on 500, and how near it comes to the fewest.

The fewest cells are found by another way than the product's: one integer programme that holds, for every cell, two
tables that are possible and lie apart in it by the threshold if the cell is hidden.
"""

from __future__ import annotations

import csv
import os
import subprocess
import time
from pathlib import Path

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import block_diag, csr_matrix, eye, hstack, kron, vstack

from analysis.disclosure.suppress import suppress
from analysis.disclosure.table import Table, table_of
from analysis.disclosure.telling import small, telling_zeros
from benchmarks.figures import Figure, Reference, at_least, at_most
from benchmarks.serving import VOICE
from tests.analysis.disclosure.tables import Rows, invented, with_totals, worked_out

SHAPE = (90, 14, 12)
ATTACKED = 500
COMPARED = ((4,), (7,), (2, 3), (3, 3), (3, 4), (4, 4), (2, 2, 2), (2, 2, 3))
EACH = 5
PATIENCE = 60.0


def figures(folder: Path, *, attacked: int = ATTACKED, each: int = EACH) -> list[Figure]:
    found = [_large(folder, mean) for mean in (1, 4, 20)]
    fallen = sum(_falls(seed) for seed in range(attacked))
    found.append(Figure(f"tables that fell, of {attacked:,} attacked", fallen, "", goal=at_most(0)))
    ours, fewest, plain, compared = _against_the_fewest(each)
    found.append(Figure("tables compared with the fewest", compared, "", goal=at_least(1)))
    found.append(Figure("hidden, of the fewest", ours / fewest, "times", goal=at_most(1.3)))
    found.append(Figure("hidden, of the fewest if zeros told nothing", ours / plain, "times", goal=at_most(1.3)))
    return found


def large_table(mean: float) -> Rows:
    """Settings by years by needs with all totals: most cells small, some settings large."""
    chance = np.random.default_rng(2026)
    return with_totals(chance.poisson(chance.gamma(0.7, mean / 0.7, SHAPE)))


def _large(folder: Path, mean: int) -> Figure:
    rows, file = large_table(mean), folder / f"table-{mean}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["setting", "year", "need", "children"])
        writer.writerows([*key, count] for key, count in rows)
    used = os.times()
    subprocess.run(
        [*VOICE, "disclose", str(file), "--count", "children", "--out", str(folder / "out.csv")],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    after = os.times()
    seconds = after.children_user + after.children_system - used.children_user - used.children_system
    reference = Reference("s for one linear programme over it", _one_programme(rows))
    return Figure(
        f"{'x'.join(map(str, SHAPE))} cells of {mean} people", seconds, "s", goal=at_most(10), reference=reference
    )


def _one_programme(rows: Rows) -> float:
    """How long an attack on a single cell of the table takes: an audit by solver alone makes thousands."""
    table = table_of([key for key, _ in rows], [count for _, count in rows])
    wanted = np.zeros(table.cells)
    wanted[0] = -1.0
    bounds = np.column_stack([np.zeros(table.cells), np.where(table.counts < 10, 1e6, table.counts)])
    bounds[:, 0] = np.where(table.counts < 10, 0.0, table.counts)
    began = time.process_time()
    linprog(wanted, A_eq=table.additive, b_eq=np.zeros(table.additive.shape[0]), bounds=bounds, method="highs")
    return time.process_time() - began


def _falls(seed: int) -> bool:
    table = invented(seed)
    read = table_of(table.keys, table.counts)
    why = suppress(read, table.threshold).hidden
    small_ones = any(0 < count < table.threshold and not one for count, one in zip(table.counts, why, strict=True))
    return small_ones or bool(worked_out(table, [one is None for one in why]))


def _against_the_fewest(each: int) -> tuple[int, int, int, int]:
    """Cells hidden by us and by the fewest, with and without regard to zeros that tell, and the tables compared."""
    found = [0, 0, 0, 0]
    for shape in COMPARED:
        for seed in range(each):
            chance = np.random.default_rng((*shape, seed))
            inner = chance.gamma(1.0, chance.choice([8, 20, 40]), shape).astype(int)
            inner[chance.random(shape) < 0.1] = 0
            rows = with_totals(inner)
            table = table_of([key for key, _ in rows], [count for _, count in rows])
            telling, plain = fewest_hidden(table, 10, telling=True), fewest_hidden(table, 10, telling=False)
            if telling is not None and plain is not None:
                why = suppress(table, 10).hidden
                ours = sum(one is not None for one in why)
                found = [a + b for a, b in zip(found, (ours, telling, plain, 1), strict=True)]
    return found[0], found[1], found[2], found[3]


def fewest_hidden(table: Table, threshold: int, *, telling: bool) -> int | None:
    """The fewest cells that can be hidden, ``None`` when that takes too long; for tables with all of their totals.

    Unknown are, for each cell, whether it is hidden, and for each two ways in which all cells move.
    """
    many, lines = table.cells, table.additive
    counts, most = table.counts.astype(float), float(table.counts.sum() + threshold)
    ways = 2 * many
    moves = ways * many
    add_up = hstack([csr_matrix((ways * lines.shape[0], many)), block_diag([lines] * ways)])
    over_all = kron(np.ones((ways, 1)), eye(many))
    not_more = hstack([-most * over_all, eye(moves)])
    not_less = hstack([kron(np.ones((ways, 1)), csr_matrix(np.diag(counts))), eye(moves)])
    apart = csr_matrix(
        (
            [*([1.0] * many), *([-1.0] * many), *([-float(threshold)] * many)],
            (
                [*range(many)] * 3,
                [
                    *(many + cell * many + cell for cell in range(many)),
                    *(many + (many + cell) * many + cell for cell in range(many)),
                    *range(many),
                ],
            ),
        ),
        shape=(many, many + moves),
    )
    conditions = [
        LinearConstraint(add_up.tocsr(), 0, 0),
        LinearConstraint(not_more.tocsr(), -np.inf, 0),
        LinearConstraint(not_less.tocsr(), 0, np.inf),
        LinearConstraint(apart, 0, np.inf),
    ]
    if telling and (groups := telling_zeros(table)):
        one_of = [csr_matrix((np.ones(len(z)), (np.zeros(len(z)), z)), shape=(1, many + moves)) for z in groups]
        conditions.append(LinearConstraint(vstack(one_of).tocsr(), 1, np.inf))
    least = np.concatenate([np.zeros(many), np.full(moves, -np.inf)])
    least[small(table, threshold)] = 1.0
    solved = milp(
        np.concatenate([np.ones(many), np.zeros(moves)]),
        integrality=np.concatenate([np.ones(many), np.zeros(moves)]),
        bounds=(least, np.concatenate([np.ones(many), np.full(moves, np.inf)])),
        constraints=conditions,
        options={"time_limit": PATIENCE},
    )
    return round(solved.fun) if solved.status == 0 else None
