"""Each rule of a picture, broken once: the problem names the frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.briefing.frames import draw
from core.briefing.frames.frame import Frame, FrameFigure
from core.briefing.frames.lint import lint, passed
from core.errors import InputError
from core.figures.figure import BarRow, Bars, ChartAmount, LineChart
from core.render.typst import Drawn

D = Decimal
COLOURS = {"甲街道": "#12436D", "乙街道": "#28A197"}


def amount(value: str, place: str, **changed: object) -> ChartAmount:
    made = ChartAmount(D(value), "万元", COLOURS[place], place)
    return replace(made, **changed)  # type: ignore[arg-type]


def bars(*amounts: ChartAmount, **changed: object) -> Bars:
    made = Bars("累计支付", tuple(BarRow(each.place or "", (each,)) for each in amounts))
    return replace(made, **changed)  # type: ignore[arg-type]


GOOD = Frame(
    id="budget",
    name="资金使用",
    language="zh_CN",
    project="某项目",
    title="甲街道支付最多",
    unit="单位：万元",
    as_of="截至2024年12月31日",
    source="数据来源：绩效评价报告",
    basis="口径：累计支付",
    charts=(bars(amount("20", "甲街道"), amount("10", "乙街道")),),
    colours=COLOURS,
)
DRAWN = Drawn({"budget": (40, 17)}, {})


def test_a_good_frame_passes() -> None:
    assert lint([GOOD], DRAWN) == ()
    assert lint([GOOD], draw.drawn([GOOD], "pdf").said) == ()


def charts(*amounts: ChartAmount, **changed: object) -> Frame:
    return replace(GOOD, charts=(bars(*amounts, **changed),))


HIGH, LOW = amount("20", "甲街道"), amount("10", "乙街道")
BROKEN: dict[str, tuple[Frame, str]] = {
    "no finding": (replace(GOOD, title=" "), "缺少标题（结论）"),
    "no unit": (replace(GOOD, unit=""), "缺少单位"),
    "a label without a unit": (replace(GOOD, unit="单位："), "缺少单位"),
    "no day": (replace(GOOD, as_of=""), "缺少数据截止日"),
    "no source": (replace(GOOD, source="数据来源："), "缺少数据来源"),
    "no basis": (replace(GOOD, basis=""), "缺少口径"),
    "five figures": (replace(GOOD, figures=(FrameFigure("户", "1", ""),) * 5), "5个大数，最多4个"),
    "three charts": (replace(GOOD, charts=GOOD.charts * 3), "3张图，最多2张"),
    "colour": (charts(replace(HIGH, colour="#28A197"), LOW), "甲街道的颜色与全套图不一致"),
    "axis": (charts(HIGH, LOW, start=D(5)), "“累计支付”的轴不从0开始"),
    "axis of lines": (
        replace(GOOD, charts=(LineChart("曲线", (), (), date(2024, 1, 1), date(2025, 1, 1), D(9), start=D(1)),)),
        "“曲线”的轴不从0开始",
    ),
    "order": (charts(LOW, HIGH), "“累计支付”的条没有按大小排列"),
    "stripes without their band": (charts(replace(HIGH, assumed=True), LOW), "缺少“测算值·非批复数”标识"),
    "a draft without its band": (replace(GOOD, due=("草稿",)), "缺少“草稿”标识"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_breach_names_the_frame(rule: str) -> None:
    frame, problem = BROKEN[rule]
    assert [str(each.sentence()) for each in lint([frame], DRAWN)] == [f"图框“资金使用”：{problem}"]


@pytest.mark.parametrize(
    ("drawn", "problem"),
    [
        (Drawn({"budget": (40, 16.5)}, {}), "文字最小16.5像素，应不小于17像素"),
        (Drawn({}, {}), "没有画出文字"),
        (Drawn({"budget": (17,)}, {"budget": ("太长的名称", "太长的名称")}), "放不下：太长的名称"),
    ],
)
def test_what_is_drawn_is_looked_at(drawn: Drawn, problem: str) -> None:
    assert [str(each.sentence()) for each in lint([GOOD], drawn)] == [f"图框“资金使用”：{problem}"]


def test_text_that_finds_no_room_is_seen_by_drawing() -> None:
    crowded = replace(GOOD, charts=(), sentences=("这句话很长。" * 800,))
    assert any("放不下" in str(each.sentence()) for each in lint([crowded], draw.drawn([crowded], "svg").said))


def test_bands_that_are_due_and_there_pass() -> None:
    banded = replace(charts(replace(HIGH, assumed=True), LOW), due=("草稿",), bands=("草稿", "测算值·非批复数"))
    assert lint([banded], DRAWN) == ()


def test_an_order_that_means_something_else_is_kept() -> None:
    assert lint([charts(LOW, HIGH, ordered=False)], DRAWN) == ()


def test_all_problems_of_all_frames_stop_the_export() -> None:
    two = [replace(GOOD, unit=""), replace(GOOD, id="pace", name="进度与预测", basis="")]
    with pytest.raises(InputError, match="图框未导出：有2处不符合要求。") as failed:
        passed(two, Drawn({"budget": (17,), "pace": (17,)}, {}))
    said = [str(each.sentence()) for each in failed.value.problems]
    assert said == ["图框“资金使用”：缺少单位", "图框“进度与预测”：缺少口径"]
