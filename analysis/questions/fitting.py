"""The weights of `lists/question_weights.csv`, fitted to `examples/questions.csv`."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from analysis.embeddings import Meanings
from analysis.example_texts import examples_of
from analysis.questions.bank import rank_features
from analysis.questions.concepts import alike, meant
from analysis.questions.same_question import cosines_of_pairs, features, turns, vectors_of

Weight = tuple[str, str, float]
"""Model, feature and weight, for likenesses that are not scaled."""

RIVALS = 15
"""Questions of our bank that a twin has to beat: so many that share most with what is asked, and as many others: those
with the nearest meaning or, without meanings, some from all of the bank."""


ROUNDS = 3
"""After the first, a twin is weighed against the rivals that come nearest to it."""


def fitted(meanings: Meanings | None) -> Iterator[Weight]:
    """The weights of each model in turn; without `meanings` only of the models that do without.

    Both kinds of pair weigh the same, however many there are of them. Pairs that the rules tell apart teach nothing
    about the rest, and stay out of the model of what asks the same.
    """
    rows = examples_of("questions")
    pairs = [(row["a"], row["b"]) for row in rows]
    relations = np.array([row["relation"] for row in rows])
    for kind, known in (("meanings", meanings), ("words", None)):
        if kind == "meanings" and known is None:
            continue
        cosines = cosines_of_pairs(pairs, known)
        found = [features(a, b, cosine) for (a, b), cosine in zip(pairs, cosines, strict=True)]
        table = np.array([list(each.values()) for each in found])
        straight = np.array([not turns(a, b) for a, b in pairs])
        for model, wanted, used in (
            ("same", relations == "same", straight),
            ("topic", relations != "unrelated", np.ones(len(rows), dtype=bool)),
        ):
            yield from _regression(f"{model}_{kind}", list(found[0]), table[used], wanted[used])
        yield from _ranking(f"rank_{kind}", pairs, relations == "same", known)


def _regression(model: str, names: Sequence[str], table: npt.NDArray[np.float64], wanted: object) -> Iterator[Weight]:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    regression = LogisticRegression(C=3.0, class_weight="balanced", max_iter=5000).fit(table, wanted)
    yield model, "constant", float(regression.intercept_[0])
    for name, weight in zip(names, regression.coef_[0], strict=True):
        yield model, name, float(weight)


def _ranking(
    model: str, pairs: Sequence[tuple[str, str]], same: npt.NDArray[np.bool_], meanings: Meanings | None
) -> Iterator[Weight]:
    """Learned from pairs of pairs (Joachims, T. (2002), "Optimizing search engines using clickthrough data"): what a
    twin has more of than its rivals."""
    from sklearn.linear_model import LogisticRegression

    twins = np.flatnonzero(same).tolist()
    asked = [
        (pairs[twin][0], pairs[other][1])
        for twin, others in zip(twins, _rivals(pairs, twins, meanings), strict=True)
        for other in (twin, *others)
    ]
    found = [
        rank_features(a, b, cosine) for (a, b), cosine in zip(asked, cosines_of_pairs(asked, meanings), strict=True)
    ]
    table = np.array([list(each.values()) for each in found]).reshape(len(twins), 2 * RIVALS + 1, -1)
    more = table[:, :1] - table[:, 1:]
    hardest = more
    for _ in range(ROUNDS):
        rows = hardest.reshape(-1, more.shape[2])
        regression = LogisticRegression(C=1.0, fit_intercept=False, max_iter=5000).fit(
            np.concatenate([rows, -rows]), np.repeat([True, False], len(rows))
        )
        order = np.argsort(more @ regression.coef_[0], axis=1)[:, :RIVALS, None]
        hardest = np.take_along_axis(more, order, axis=1)
    for name, weight in zip(found[0], regression.coef_[0], strict=True):
        yield model, name, float(weight)


def _rivals(pairs: Sequence[tuple[str, str]], twins: Sequence[int], meanings: Meanings | None) -> Iterator[list[int]]:
    asked = vectors_of([pairs[twin][0] for twin in twins], meanings) if meanings else []
    bank = vectors_of([b for _, b in pairs], meanings) if meanings else []
    near = np.sum([ours @ theirs.T for ours, theirs in zip(asked, bank, strict=True)], axis=0) if meanings else None
    for row, twin in enumerate(twins):
        others = [other for other in range(len(pairs)) if other != twin]
        others.sort(key=lambda other: -alike(meant(pairs[twin][0]), meant(pairs[other][1])))
        rest = others[RIVALS:]
        if near is not None:
            rest.sort(key=lambda other: -near[row, other])
            yield others[:RIVALS] + rest[:RIVALS]
        else:
            yield others[:RIVALS] + rest[:: len(rest) // RIVALS][:RIVALS]
