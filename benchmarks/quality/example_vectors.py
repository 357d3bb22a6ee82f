"""Work out the vectors that come with our examples anew: ``python -m benchmarks.quality.example_vectors``."""

import numpy as np

from analysis.embeddings import load_model
from analysis.theming.examples import example_sentences, in_bytes
from voice.settings import ROOT


def main() -> None:
    model = load_model()
    if model is None:
        raise SystemExit("The model is not installed: make install.")
    np.save(ROOT / "analysis" / "examples" / "vectors.npy", in_bytes(model.vectors(example_sentences())))


if __name__ == "__main__":
    main()
