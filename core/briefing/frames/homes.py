"""Frames of those who benefit: 受益情况, 单位投资."""

from __future__ import annotations

from decimal import Decimal

from core.briefing.frames.frame import Bars, Frame, Rule
from core.briefing.frames.maker import Maker
from core.charts.beneficiaries import unit_cost_finding
from core.errors import Message
from core.model.measure import Measure
from core.text import word
from core.text.numbers import count, decimal

_IMPORT = Message("还没有受益数据;请先导入受益明细表。")
_KINDS = (
    (word("小区(个)"), "communities"), (word("楼栋(栋)"), "buildings"), (word("户数(户)"), "households"),
    (word("面积(万㎡)"), "area"),
)  # fmt: skip
_COSTS = (
    (word("元/户"), "household"), (word("元/㎡"), "m2"), (word("万元/栋"), "building"),
    (word("万元/小区"), "community"),
)  # fmt: skip


def beneficiaries(make: Maker) -> Frame:
    """受益情况: the planned scope by street."""
    called, basis = word("受益情况"), Message("计划改造范围,不是完成数")
    if make.matter.homes_headline is None:
        return make.nothing("beneficiaries", called, Message("还没有受益数据"), word("户"), basis, _IMPORT)
    m = make.figures
    rows = [
        (
            make.place(place, word("合计")),
            *(
                decimal(m.one(name, place).number, 2) if name == "area" else count(m.one(name, place).number)
                for _, name in _KINDS
            ),
        )
        for place in (*make.facts.places, None)
    ]
    note = make.left_out(2)
    return make.frame(
        "beneficiaries",
        called,
        make.matter.homes_headline,
        word("户,个,栋,万㎡"),
        basis,
        charts=[
            Bars(make.say(word("计划受益户数(户)")), make.by_place(m.each("households"), 2), note=note),
            Bars(make.say(word("计划受益面积(万㎡)")), make.by_place(m.each("area"), 2), note=note),
        ],
        tables=[make.table((word("街镇"), *(words for words, _ in _KINDS)), rows, last=True)],
    )


def unit_costs(make: Maker) -> Frame:
    """单位投资: what has been paid a household and a square metre."""
    called, basis = word("单位投资"), Message("累计支付÷计划受益数;虚线为全项目")
    m = make.figures
    groups = [m.each("paid_unit_cost", key) for _, key in _COSTS]
    if make.matter.homes_headline is None or not any(x.number is not None for group in groups for x in group):
        to_do = Message("缺少资金或受益数据,无法计算单位投资;补充后显示。")
        return make.nothing("unit_costs", called, Message("单位投资暂无法计算"), word("元"), basis, to_do)
    charts = []
    note = make.left_out(2)
    for (_, key), group in list(zip(_COSTS, groups, strict=True))[:2]:
        whole = m.one("paid_unit_cost", None, key)
        said = make.say(Message("全项目{value}", {"value": decimal(whole.number, 2)}))
        rule = None if whole.number is None else Rule(whole.number, said)
        title = Message("已支付({unit})", {"unit": whole.unit})
        charts.append(Bars(make.say(title), make.by_place(group, 2), rule=rule, note=note))
    plan = [
        make.figure(
            Message("计划({unit})", {"unit": words}),
            decimal(m.one("planned_unit_cost", None, key).number, 2),
            Message("已支付{paid}", {"paid": decimal(m.one("paid_unit_cost", None, key).number, 2)}),
        )
        for words, key in _COSTS
    ]
    return make.frame(
        "unit_costs",
        called,
        _finding(groups),
        word("元/户,元/㎡"),
        basis,
        figures=plan,
        charts=charts,
        sentences=[make.matter.homes_caution],
    )


def _finding(groups: list[tuple[Measure, ...]]) -> Message:
    """Who has been paid most by every unit; else who most and least a household."""
    homes = sorted((m for m in groups[0] if m.number is not None), key=lambda m: m.number or Decimal(0))
    if len({max(ms, key=lambda m: m.number or Decimal(-1)).place for ms in groups if ms}) == 1 or len(homes) < 2:
        return unit_cost_finding(groups)
    low, high = homes[0], homes[-1]
    return Message(
        "户均支付{high}最高,为{most}元;{low}最低,为{least}元",
        {
            "high": high.place or "",
            "most": decimal(high.number, 2),
            "low": low.place or "",
            "least": decimal(low.number, 2),
        },
    )
