"""The fitted model of answers as a file: what a forecast needs of it, and nothing that names anybody."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.fatigue.ledger import DAY, WINDOW_DAYS
from analysis.fatigue.response_model import ResponseModel

_ARRAYS = ("propensity", "places", "often", "effects", "levels", "covariance")
_NUMBERS = ("between", "freedom", "spread")


def packed(model: ResponseModel) -> bytes:
    """Of the history, the asks of the last days that count, and each family's last ask."""
    family = model.history["family_code"].to_numpy(dtype=np.int64)
    asked = model.history["asked"].to_numpy(dtype=np.int64)
    last = np.append(family[1:] != family[:-1], True)  # the history is ordered by family and time
    kept = last | (asked >= asked.max() - WINDOW_DAYS * DAY)
    told = {name: getattr(model, name) for name in _NUMBERS} | {
        "surveys": model.surveys,
        "cannot_say": list(model.cannot_say),
    }
    file = io.BytesIO()
    np.savez_compressed(
        file,
        family=family[kept],
        asked=asked[kept],
        known=np.array(sorted(model.known, key=model.known.__getitem__), dtype=np.str_),
        told=np.array(json.dumps(told)),
        **{name: getattr(model, name).astype(np.float32 if name == "propensity" else float) for name in _ARRAYS},
    )
    return file.getvalue()


def read_model(path: Path) -> ResponseModel:
    """Raises ``OSError`` or ``ValueError`` when there is none that can be read."""
    with np.load(path, allow_pickle=False) as file:
        told = json.loads(str(file["told"]))
        return ResponseModel(
            history=pd.DataFrame({"family_code": file["family"], "asked": file["asked"]}),
            known={str(key): place for place, key in enumerate(file["known"])},
            surveys={str(name): int(place) for name, place in told["surveys"].items()},
            cannot_say=tuple(told["cannot_say"]),
            **{name: file[name].astype(float) for name in _ARRAYS},
            **{name: told[name] for name in _NUMBERS},
        )
