"""The weights of `lists/question_weights.csv`, fitted to `examples/questions.csv`."""

from collections.abc import Iterator

import numpy as np

from analysis.embeddings import Meanings
from analysis.example_texts import examples_of
from analysis.questions.same_question import cosines_of_pairs, features, turns


def fitted(meanings: Meanings | None) -> Iterator[tuple[str, str, float]]:
    """Model, feature and weight, of each model in turn, for likenesses that are not scaled.

    Without `meanings` only the models that do without. Both kinds of pair weigh the same, however many there are of
    them. Pairs that the rules tell apart teach nothing about the rest, and stay out of the model of what asks the same.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

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
            regression = LogisticRegression(C=3.0, class_weight="balanced", max_iter=5000).fit(
                table[used], wanted[used]
            )
            yield f"{model}_{kind}", "constant", float(regression.intercept_[0])
            for name, weight in zip(found[0], regression.coef_[0], strict=True):
                yield f"{model}_{kind}", name, float(weight)
