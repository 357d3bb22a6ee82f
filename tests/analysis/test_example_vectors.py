from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analysis import example_vectors
from analysis.embeddings import SIZE, Meanings, Vectors, load_model
from analysis.example_texts import examples_of
from analysis.example_vectors import WithExamples, keep_vectors
from analysis.sentences import sentences_of
from analysis.tokens import normalised


class Refusing:
    """A model that must not be asked."""

    def vectors(self, texts: object, progress: object = None) -> Vectors:
        raise AssertionError(f"not among the vectors of the examples, run `make vectors`: {texts}")


def said() -> Iterator[str]:
    for name in ("comments", "services", "answers", "urgent"):
        for row in examples_of(name):
            text = normalised(row["text"]).strip()
            yield text
            if name in ("comments", "services"):
                yield from (sentence.text for sentence in sentences_of(text))


class TestVectorsOfTheExamples:
    def test_all_that_is_learned_from_is_among_them(self) -> None:
        vectors = WithExamples(Refusing()).vectors(list(said()))
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_they_are_those_of_the_model(self) -> None:
        model = load_model()
        assert model is not None
        texts = [text for text in said() if text][:40:4]
        alike = (WithExamples(Refusing()).vectors(texts) * model.vectors(texts)).sum(axis=1)
        assert alike.min() > 0.999

    def test_other_texts_are_asked_of_the_model(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        known, new = next(said()), "A text that nobody wrote as an example."
        asked = list[str]()

        class Telling:
            def vectors(self, texts: list[str], progress: object = None) -> Vectors:
                asked.extend(texts)
                return np.full((len(texts), SIZE), SIZE**-0.5, dtype=np.float32)

        found = WithExamples(Telling()).vectors([new, known])  # type: ignore[arg-type]
        assert asked == [new]
        assert found[0].tolist() == pytest.approx([SIZE**-0.5] * SIZE)

        def learner(model: Meanings) -> object:
            return model.vectors([new, known, new])

        assert keep_vectors([learner], Telling(), tmp_path / "kept.npz") == 2  # type: ignore[arg-type]
        monkeypatch.setattr(example_vectors, "files", lambda _: _Folder(tmp_path))
        again = WithExamples(Refusing()).vectors([new, known])
        assert np.allclose(again, SIZE**-0.5, atol=1e-3)


class _Folder:
    """Stands where the package's files are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __truediv__(self, name: str) -> object:
        return self if name == "examples" else self._folder / "kept.npz"
