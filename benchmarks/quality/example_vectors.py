"""Work out anew the vectors that come with the product's examples: ``make vectors``."""

from __future__ import annotations

from analysis.embeddings import load_model
from analysis.example_vectors import FILE, keep_vectors
from analysis.feeling_model import FeelingModel
from analysis.theming.judge import experience
from analysis.urgent import Urgency
from voice.settings import ROOT

LEARNERS = (FeelingModel, experience, Urgency)
"""What learns from the examples as soon as it is made with a model of meaning."""


def main() -> None:
    model = load_model()
    if model is None:
        raise SystemExit("The model is not installed: make install.")
    many = keep_vectors(LEARNERS, model, ROOT / "analysis" / "examples" / FILE)
    print(f"{many:,} vectors kept.")


if __name__ == "__main__":
    main()
