"""Charts that PowerPoint draws itself, from a workbook inside of the file: it has the shown numbers and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from voice.languages import LANGUAGES
from voice.packs.as_document import alternative_of
from voice.packs.document import Chart, Hidden, Number, Pack, Point, Series, Share
from voice.packs.showing import is_share
from voice.packs.slide_marks import FACE, INK, colour, describe
from voice.paper.documents import plain

if TYPE_CHECKING:
    from pptx.slide import Slide

FILLS = (colour("0B5551"), colour("B8860B"), colour("0A4A7A"))
LABEL_SIZE = Pt(14)
ROOM = 12
"""Points of 100 that a number inside of its bar takes."""

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def add_chart(slide: Slide, chart: Chart, pack: Pack, at: tuple[Emu, Emu, Emu, Emu]) -> None:
    shares = is_share(chart)
    make: Any = CategoryChartData
    data = make(number_format="0%" if shares else "General")
    data.categories = [_category(chart, number, pack) for number in range(len(chart.categories))]
    for series in chart.series:
        data.add_series(plain(series.name), [_value(point) for point in series.points])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if chart.kind == "bar" else XL_CHART_TYPE.LINE_MARKERS
    frame: Any = slide.shapes.add_chart(kind, *at, data)
    describe(frame, alternative_of(chart, pack))
    _dress(frame.chart, chart, is_rtl=LANGUAGES[pack.language].direction == "rtl", shares=shares)


def _category(chart: Chart, number: int, pack: Pack) -> str:
    """A category by its name, and that its number is hidden: an empty place would look like none."""
    name = plain(chart.categories[number])
    hidden = [isinstance(series.points[number].value, Hidden) for series in chart.series]
    return f"{name}: {pack.words.hidden}" if all(hidden) else name


def _value(point: Point) -> float | None:
    match point.value:
        case Share(percent):
            return percent / 100
        case Number(value):
            return value
        case Hidden():
            return None


def _dress(made: Any, chart: Chart, *, is_rtl: bool, shares: bool) -> None:
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.font.size, made.font.name = LABEL_SIZE, FACE
    made.font.color.rgb = INK
    values, categories = made.value_axis, made.category_axis
    values.minimum_scale = 0
    if shares:
        values.maximum_scale = 1
    values.has_major_gridlines = False
    values.visible = False
    categories.format.line.color.rgb = INK
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "bar":
        categories.reverse_order = True  # the first stands at the top
        values.reverse_order = is_rtl
        made.plots[0].gap_width = 60
    else:
        categories.reverse_order = is_rtl
    _label(made.plots[0], chart, shares=shares)
    for number, (drawn, series) in enumerate(zip(made.plots[0].series, chart.series, strict=True)):
        fill = FILLS[number % len(FILLS)]
        if chart.kind == "bar":
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = fill
        else:
            drawn.smooth = False
            drawn.format.line.color.rgb = fill
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = fill
        _add_intervals(drawn, series, chart.kind, shares=shares)


def _label(plot: Any, chart: Chart, *, shares: bool) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "0%" if shares else "#,##0.##", False
    labels.font.size, labels.font.bold = LABEL_SIZE, True
    if chart.kind == "line":
        labels.position = XL_LABEL_POSITION.RIGHT
    elif _have_room_inside(chart):  # at the end of a bar its interval is drawn
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
        labels.font.color.rgb = colour("FFFFFF")
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _have_room_inside(chart: Chart) -> bool:
    """Whether every bar is long enough for its number, and has an interval at its end."""
    points = [point for series in chart.series for point in series.points]
    shown = [point.value.percent for point in points if isinstance(point.value, Share)]
    return bool(shown) and min(shown) >= ROOM and any(point.low is not None for point in points)


def _add_intervals(drawn: Any, series: Series, kind: str, *, shares: bool) -> None:
    """How sure each number is, as the error bars of a chart; nothing where nothing is shown."""
    if all(point.low is None for point in series.points):
        return
    unit = 100 if shares else 1
    plus, minus = [], []
    for point in series.points:
        value = _value(point)
        known = value is not None and point.low is not None and point.high is not None
        plus.append(round((point.high or 0) / unit - value, 4) if known and value is not None else None)
        minus.append(round(value - (point.low or 0) / unit, 4) if known and value is not None else None)
    direction = '<c:errDir val="y"/>' if kind == "line" else ""
    bars = parse_xml(
        f"<c:errBars {NAMESPACES}>{direction}<c:errBarType val='both'/><c:errValType val='cust'/><c:noEndCap val='0'/>"
        f"<c:plus>{_numbers(plus)}</c:plus><c:minus>{_numbers(minus)}</c:minus>"
        "<c:spPr><a:ln w='15875'><a:solidFill><a:srgbClr val='1F2430'/></a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _numbers(values: list[float | None]) -> str:
    points = "".join(
        f"<c:pt idx='{at}'><c:v>{value}</c:v></c:pt>" for at, value in enumerate(values) if value is not None
    )
    return f"<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val='{len(values)}'/>{points}</c:numLit>"
