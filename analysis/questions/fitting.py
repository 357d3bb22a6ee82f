"""The weights of `lists/question_weights.csv`, fitted to `examples/questions.csv`."""

from collections.abc import Iterator

import numpy as np

from analysis.embeddings import Meanings
from analysis.questions.same_question import _cosines_of_pairs, features
from analysis.word_lists import examples


def fitted(meanings: Meanings) -> Iterator[tuple[str, str, float]]:
    """Model, feature and weight, of each model in turn, for likenesses that are not scaled.

    Both kinds of pair weigh the same, however many there are of them.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    rows = list(examples("questions"))
    pairs = [(row["a"], row["b"]) for row in rows]
    relations = np.array([row["relation"] for row in rows])
    for kind, cosines in (("meanings", _cosines_of_pairs(pairs, meanings)), ("words", [None] * len(pairs))):
        found = [features(a, b, cosine) for (a, b), cosine in zip(pairs, cosines, strict=True)]
        table = np.array([list(each.values()) for each in found])
        for model, wanted in (("same", relations == "same"), ("topic", relations != "unrelated")):
            regression = LogisticRegression(C=3.0, class_weight="balanced", max_iter=5000).fit(table, wanted)
            yield f"{model}_{kind}", "constant", float(regression.intercept_[0])
            for name, weight in zip(found[0], regression.coef_[0], strict=True):
                yield f"{model}_{kind}", name, float(weight)
