from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.embeddings import SIZE, Model, Recent, Remembered, Vectors, WrongModel, load_model

TEXTS = ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]


@pytest.fixture(scope="module")
def model() -> Model:
    found = load_model()
    assert found is not None
    return found


class TestModel:
    def test_it_gives_the_similarities_that_the_authors_publish(self, model: Model) -> None:
        vectors = model.vectors(TEXTS)
        assert (vectors @ vectors[0]).tolist() == pytest.approx([1, 0.6946, 0.9429, 0.2569], abs=1e-4)

    def test_a_text_has_the_same_vector_alone_and_among_others(self, model: Model) -> None:
        long = " ".join(TEXTS * 100)
        together = model.vectors([*TEXTS, long, "", "🙂"])
        alone = np.concatenate([model.vectors([text]) for text in [*TEXTS, long, "", "🙂"]])
        assert np.abs(together - alone).max() < 1e-5
        assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(7), abs=1e-5)

    def test_another_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "model.safetensors").write_bytes(b"something else")
        with pytest.raises(WrongModel):
            Model(tmp_path)

    def test_it_tells_how_far_it_is(self, model: Model) -> None:
        heard = list[int]()
        model.vectors(["a"] * 600, heard.append)
        assert heard == [512, 600]


class Counting:
    """A model that counts what it is asked, with vectors that are easily told apart."""

    def __init__(self) -> None:
        self.asked = list[str]()

    def vectors(self, texts: object, progress: object = None) -> Vectors:
        assert isinstance(texts, list)
        self.asked += texts
        found = np.zeros((len(texts), SIZE), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row, ord(text[0]) % SIZE] = 1
        return found


class TestRecent:
    def test_it_asks_once_for_the_texts_of_one_piece_and_forgets_those_before(self) -> None:
        counting = Counting()
        recent = Recent(counting, most=3)
        first = recent.vectors(["a", "b", "a"])
        assert np.array_equal(recent.vectors(["b", "a"]), first[[1, 0]])
        assert len(counting.asked) == 2
        recent.vectors(["c", "d"])
        recent.vectors(["a"])
        assert len(counting.asked) == 5


class TestRemembered:
    def test_no_text_is_worked_out_twice_also_by_another_process(self, tmp_path: Path) -> None:
        first, second = Counting(), Counting()
        before = Remembered(first, tmp_path / "vectors").vectors(["a", "b", "a"])
        after = Remembered(second, tmp_path / "vectors").vectors(["b", "c", "a"])
        assert (first.asked, second.asked) == (["a", "b"], ["c"])
        assert (before[0] == after[2]).all()
        assert (before[1] == after[0]).all()

    def test_a_record_cut_short_is_left_out_and_written_over(self, tmp_path: Path) -> None:
        file = tmp_path / "vectors"
        Remembered(Counting(), file).vectors(["a", "b"])
        file.write_bytes(file.read_bytes()[:-5])
        again = Counting()
        Remembered(again, file).vectors(["a", "b"])
        assert again.asked == ["b"]
        none = Counting()
        Remembered(none, file).vectors(["a", "b"])
        assert none.asked == []

    def test_the_file_holds_no_words(self, tmp_path: Path) -> None:
        Remembered(Counting(), tmp_path / "vectors").vectors(["My name is Ania"])
        assert b"Ania" not in (tmp_path / "vectors").read_bytes()
