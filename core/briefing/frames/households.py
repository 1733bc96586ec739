"""Frames of those who benefit: 受益情况, 单位投资, 改造前后."""

from __future__ import annotations

from decimal import Decimal

from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.briefing.frames.names import FRAME_NAMES
from core.errors import Message
from core.figures import households as figures_of
from core.figures.comparison import before_and_after
from core.figures.figure import Pairs
from core.figures.households import part_of, unit_cost_finding
from core.model.measure import Measure
from core.text import word
from core.text.numbers import decimal

_IMPORT = Message("还没有受益数据；请先导入受益明细表。")
_COSTS = (
    (word("元/户"), "household"), (word("元/㎡"), "m2"), (word("万元/栋"), "building"),
    (word("万元/小区"), "community"),
)  # fmt: skip


def beneficiaries(make: FrameBuilder) -> Frame:
    """受益情况: the planned scope by street."""
    called, basis = FRAME_NAMES["beneficiaries"], Message("计划改造范围，不是完成数")
    if make.content.homes_headline is None:
        return make.nothing("beneficiaries", called, Message("还没有受益数据"), word("户"), basis, _IMPORT)
    shown = figures_of.scope(make.facts, make.figures)
    return make.frame(
        "beneficiaries",
        called,
        make.content.homes_headline,
        word("户，个，栋，万㎡"),
        basis,
        charts=[
            make.chart(part_of(shown, 2, word("计划受益户数（户）")), charts=2),
            make.chart(part_of(shown, 3, word("计划受益面积（万㎡）")), charts=2),
        ],
        tables=[make.table(shown.headings, [(make.name(place), *rest) for place, *rest in shown.rows], last=True)],
    )


def unit_costs(make: FrameBuilder) -> Frame:
    """单位投资: what has been paid a household and a square metre."""
    called, basis = FRAME_NAMES["unit_costs"], Message("累计支付÷计划受益数；虚线为全项目")
    m = make.figures
    groups = [m.each("paid_unit_cost", key) for _, key in _COSTS]
    if make.content.homes_headline is None or not any(x.number is not None for group in groups for x in group):
        to_do = Message("缺少资金或受益数据，无法计算单位投资；补充后显示。")
        return make.nothing("unit_costs", called, Message("单位投资暂无法计算"), word("元"), basis, to_do)
    shown = figures_of.unit_costs(make.facts, m)
    charts = [
        make.chart(part_of(shown, at, Message("已支付（{unit}）", {"unit": unit})), charts=2)
        for at, (unit, _) in enumerate(_COSTS[:2])
    ]
    plan = [
        make.figure(
            Message("计划（{unit}）", {"unit": words}),
            decimal(m.one("planned_unit_cost", None, key).number, 2),
            Message("已支付{paid}", {"paid": decimal(m.one("paid_unit_cost", None, key).number, 2)}),
        )
        for words, key in _COSTS
    ]
    return make.frame(
        "unit_costs",
        called,
        _finding(groups),
        word("元/户，元/㎡"),
        basis,
        figures=plan,
        charts=charts,
        sentences=[make.content.homes_caution],
    )


def compared(make: FrameBuilder) -> Frame | None:
    """改造前后: figures before and after. None: none is reported."""
    found = before_and_after(make.facts, None)
    if found is None:
        return None
    marks = found.chart
    assert isinstance(marks, Pairs)
    return make.frame(
        "compared",
        FRAME_NAMES["compared"],
        found.finding,
        "",
        found.basis,
        charts=[make.chart(marks)] if marks.rows else [],
        tables=[make.table(found.headings, found.rows)],
        source=found.source,
        split=0.42,
    )


def _finding(groups: list[tuple[Measure, ...]]) -> Message:
    """Name the street paid most by every unit; else those paid most and least a household."""
    homes = sorted((m for m in groups[0] if m.number is not None), key=lambda m: m.number or Decimal(0))
    if len({max(ms, key=lambda m: m.number or Decimal(-1)).place for ms in groups if ms}) == 1 or len(homes) < 2:
        return unit_cost_finding(groups)
    low, high = homes[0], homes[-1]
    return Message(
        "户均支付{high}最高，为{most}元；{low}最低，为{least}元",
        {
            "high": high.place or "",
            "most": decimal(high.number, 2),
            "low": low.place or "",
            "least": decimal(low.number, 2),
        },
    )
