"""The vectors of the product's own examples, worked out once and brought with it.

The small models learn from some thousand example texts whenever a program starts. Working out their meaning would
take a minute each time. `make vectors` keeps the vector of whatever the models ask for while they learn, under a hash
of the text and in one byte a number (0.9999 alike). A text that is not among them is worked out as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from analysis.embeddings import SIZE, Meanings, Vectors

FILE = "vectors.npz"
_STEPS = 400  # no value of a vector of this model is above 0.3
_KEY = 16


class WithExamples:
    """A model that need not work out the texts of the examples."""

    def __init__(self, model: Meanings) -> None:
        self._model = model
        self._places, self._kept = _kept()

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """A row for each text, in order."""
        places = [self._places.get(_key(text)) for text in texts] if self._places else [None] * len(texts)
        known = [row for row, place in enumerate(places) if place is not None]
        new = [row for row, place in enumerate(places) if place is None]
        found = np.empty((len(texts), SIZE), dtype=np.float32)
        if known:
            found[known] = self._kept[[place for place in places if place is not None]]
        if new:
            tell = (lambda done: progress(len(known) + done)) if progress else None
            found[new] = self._model.vectors([texts[row] for row in new], tell)
        elif progress:
            progress(len(texts))
        return found


class Recorder:
    """A model that keeps the vectors of all that it was asked for."""

    def __init__(self, model: Meanings) -> None:
        self._model = model
        self.known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, self._model.vectors(new, progress), strict=True))
        return np.array([self.known[text] for text in texts], dtype=np.float32).reshape(len(texts), SIZE)


def keep_vectors(learn: Sequence[Callable[[Meanings], object]], model: Meanings, file: Path) -> int:
    """Write the vectors of all that `learn` asks a model for, in the order of their hashes; returns how many."""
    recorder = Recorder(model)
    for each in learn:
        each(recorder)
    texts = sorted(recorder.known, key=_key)
    vectors = np.clip(np.round(recorder.vectors(texts) * _STEPS), -127, 127).astype(np.int8)
    keys = np.frombuffer(b"".join(map(_key, texts)), dtype=np.uint8).reshape(-1, _KEY)
    with file.open("wb") as opened:
        np.savez(opened, keys=keys, vectors=vectors)
    return len(texts)


def _kept() -> tuple[dict[bytes, int], Vectors]:
    place = files("analysis") / "examples" / FILE
    if not place.is_file():
        return {}, np.zeros((0, SIZE), dtype=np.float32)
    with place.open("rb") as opened:
        kept = np.load(opened, allow_pickle=False)
        keys, vectors = kept["keys"], kept["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {key.tobytes(): place for place, key in enumerate(keys)}, vectors


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY]
