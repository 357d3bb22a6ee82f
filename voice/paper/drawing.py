"""Numbers as bars and lines: what ``templates/paper/chart.typ`` is told, and charts as pictures of dots for Word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typst

from voice.languages import Language
from voice.paper.documents import Drawn
from voice.paper.letters import shown
from voice.paper.setting import BUILT, faces_of
from voice.settings import ROOT

WIDTH = 170
"""Millimetres from one side of the page's words to the other."""

DOTS_PER_INCH = 200


def chart_data(chart: Drawn, language: Language) -> dict[str, Any]:
    return {
        "shape": chart.shape,
        "rtl": language.direction == "rtl",
        "categories": [shown(each) for each in chart.categories],
        "series": [shown(each) for each in chart.series],
        "marks": [
            [{"said": shown(it.said), "part": it.part, "low": it.low, "high": it.high} for it in series]
            for series in chart.marks
        ],
        "alternative": shown(chart.alternative),
    }


def charts_as_pictures(charts: Sequence[Drawn], language: Language) -> list[bytes]:
    """Each chart as a PNG. They are drawn together, since reading the fonts takes longest."""
    if not charts:
        return []
    made = typst.compile(
        str(ROOT / "templates" / "paper" / "charts.typ"),
        root=str(ROOT),
        font_paths=[str(BUILT / "fonts-print")],
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"charts": json.dumps(_together(charts, language), ensure_ascii=False)},
    )
    return [made] if isinstance(made, bytes) else list(made)


def _together(charts: Sequence[Drawn], language: Language) -> dict[str, Any]:
    return {
        "language": language.code,
        "direction": language.direction,
        "faces": faces_of(language.code, language.direction),
        "width": WIDTH,
        "charts": [chart_data(each, language) for each in charts],
    }
