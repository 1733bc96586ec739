"""Labels of a chart of lines: those that would lie on each other are moved apart, the others stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import over_time, portfolio
from core.figures.figure import ChartLine, FigureLook, Label, LineChart
from core.render.plotly import draw
from core.render.plotly.canvas import note
from core.render.plotly.labels import apart, spread
from tests.core.lingang import FACTS
from tests.core.render.test_plotly_over_time import QUARTER, seen

D = Decimal
LAST = date(2025, 3, 31)


def test_two_that_touch_are_moved_about_their_mean_and_a_third_stays() -> None:
    """Of 100 and 104, 20 high each, the mean is 102: 92 and 112. 200 is clear of both."""
    assert spread([100, 104, 200], [20, 20, 20]) == [92, 112, 200]


def test_one_that_is_pushed_pushes_the_next() -> None:
    """10, 12 and 25, 10 high: less their offsets 10, 2, 5 with the mean 17 ÷ 3, so 5.67, 15.67 and 25.67."""
    assert [round(each, 2) for each in spread([10, 12, 25], [10, 10, 10])] == [5.67, 15.67, 25.67]


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from((14, 17, 20))), min_size=1, max_size=8))
def test_none_lies_on_another_and_the_order_stays(labels: list[tuple[int, int]]) -> None:
    labels.sort()
    heights = [high for _, high in labels]
    places = spread([middle for middle, _ in labels], heights)
    for n in range(1, len(labels)):
        assert places[n] - places[n - 1] >= (heights[n - 1] + heights[n]) / 2 - 0.001


def test_only_labels_that_share_a_stretch_of_the_width_are_moved() -> None:
    """Each takes four letters of 12 pixels: 48. The second begins at 40, the third at 100."""
    notes = [note("已经支付", at, 50, size=12) for at in (0, 40, 100)]
    moved = apart(notes, float, float)
    assert [each["yshift"] for each in moved] == [-7.8, 7.8, 0]  # 12 × 1.3 ÷ 2


def test_labels_of_several_lines_are_as_wide_as_the_longest_and_as_high_as_all() -> None:
    """Two lines of 12 × 1.3 against one: their middles stand 1.5 lines apart, 23.4. 100 is right of 48."""
    notes = [note("已经支付<br>付清", 0, 50, size=12), note("付清", 40, 50, size=12), note("付清", 100, 50, size=12)]
    assert [each["yshift"] for each in apart(notes, float, float)] == [-11.7, 11.7, 0]


def test_the_name_of_a_project_stands_whole_beside_its_point() -> None:
    names = ("2023年度申港、夏港区域老旧小区综合改造提升及配套设施完善工程项目（二期）", "云栖街道改造")
    dots = [portfolio.dot(0.61, 0.53, 1, names[0]), portfolio.dot(0.62, 0.54, 1, names[1])]
    figure = portfolio.pace(dots, [], "", projects=2, slow=2, sources=("季报",), days=(LAST, LAST))
    for look in (FigureLook("zh_CN"), FigureLook("zh_CN", narrow=True)):
        said = [each["text"] for each in draw(figure, look).to_dict()["layout"]["annotations"]]
        assert set(names) <= {each.replace("<br>", "") for each in said}


def overlapping(figure: Any, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pairs of the labels that begin with these words and lie on each other, on a plot as high as it is drawn."""
    layout = figure.layout
    low, high = layout.yaxis.range
    plot = layout.height - layout.margin.t - layout.margin.b
    found = []
    for each in layout.annotations:
        text = each.text.replace("<b>", "")
        if text.startswith(words):
            tall = each.font.size * 1.3
            up = {"bottom": tall / 2, "middle": 0, "top": -tall / 2}[each.yanchor]
            found.append((text, (float(each.y) - low) / (high - low) * plot + each.yshift + up, tall))
    return [
        (one[0], other[0])
        for n, one in enumerate(found)
        for other in found[n + 1 :]
        if abs(one[1] - other[1]) < (one[2] + other[2]) / 2 - 0.2
    ]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("earned", ["9480", "9500", "9530"])
def test_paid_and_earned_close_together_can_both_be_read(earned: str, narrow: bool) -> None:
    figure = over_time.curve(QUARTER, seen(FACTS, QUARTER))
    labels = (
        Label(LAST, D(9500), "已支付9,500.00", strong=True, below=True),
        Label(LAST, D(earned), "已完成工作量", below=True),
    )
    line = ChartLine(((date(2024, 12, 31), D(8000)), (LAST, D(9500))), "#12436D", heavy=True)
    marks = LineChart("", (line,), labels, date(2023, 6, 1), LAST, D(15000))
    drawn = draw(replace(figure, marks=marks), FigureLook("zh_CN", narrow=narrow))
    assert overlapping(drawn, ("已支付", "已完成工作量")) == []
