"""受益明细表: figures as FACTS has them, shares of the whole, what is said of them, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from core.figures.benefit import benefit_table, concentration, headline, per_household
from core.figures.delivery import physical_and_paid, work_table
from core.figures.table import RowTable
from core.model.measure import Measures
from core.model.project import BudgetGroup, Delivery, Facts
from core.progress import measures
from tests.core.any_facts import any_facts
from tests.core.lingang import FACTS
from tests.core.quarters import march


def of(facts: Facts) -> Measures:
    return Measures(measures(facts))


def table(facts: Facts = FACTS, *, shares: bool = False, chosen: str | None = None) -> RowTable:
    return benefit_table(facts, of(facts), shares=shares, chosen=chosen).table


def cells(found: RowTable) -> dict[str, tuple[str, ...]]:
    return {str(row.name): tuple(f"{cell.flag}{cell.text}" for cell in row.cells) for row in (*found.rows, found.total)}


def heads(found: RowTable) -> list[str]:
    return [f"{each.name} {each.unit}".strip() for each in found.columns]


def test_the_table_of_the_sample() -> None:
    found = table()
    assert heads(found) == [
        "小区（个）", "楼栋（栋）", "户数（户）", "面积（万平方米）", "户均支付 全项目平均=1", "已支付 元/户",
        "计划投资 元/户，街镇为测算值·非批复数", "已支付 元/平方米", "户均面积 平方米/户，同类54～109",
    ]  # fmt: skip
    assert cells(found) == {
        "璜土镇": ("5", "128", "4,520", "39.00", "1.57", "4,787.61", "3,914.02～5,926.04", "55.49", "86.28"),
        "夏港街道": ("9", "254", "8,400", "112.38", "1.03", "3,127.38", "5,701.25～6,068.85", "23.38", "偏高133.79"),
        "申港街道": ("9", "193", "6,542", "77.00", "0.96", "2,904.31", "5,339.21～7,369.96", "24.68", "偏高117.70"),
        "利港街道": ("5", "205", "6,848", "102.29", "0.63", "1,911.51", "3,911.47～6,775.88", "12.80", "偏高149.37"),
        "合计": ("28", "780", "26,310", "330.67", "1.00", "3,040.67", "5,701.25", "24.19", "125.68"),
    }
    assert str(found.finding) == "受益明细表：夏港街道户数最多"
    assert str(table(chosen="利港街道").finding) == "受益明细表：利港街道户数在4个街镇中居第2"


def test_the_dots_stand_around_one_and_the_bars_begin_at_nothing() -> None:
    rows = {row.key: row.cells for row in table().rows}
    base, at = rows["利港街道"][4].dot or (0, 0)
    assert (base, round(at, 3)) == (Decimal("0.5"), Decimal("0.314"))  # 0.6286 of an axis that ends at 2
    assert rows["夏港街道"][2].bar == 1
    assert round(rows["璜土镇"][2].bar or 0, 3) == Decimal("0.538")  # 4,520 of 8,400


def test_shares_of_the_whole() -> None:
    found = table(shares=True)
    assert heads(found) == ["小区占比", "楼栋占比", "户数占比", "面积占比", "支付占比"]
    assert cells(found) == {
        "璜土镇": ("17.86%", "16.41%", "17.18%", "11.79%", "27.05%"),
        "夏港街道": ("32.14%", "32.56%", "31.93%", "33.99%", "32.84%"),
        "申港街道": ("32.14%", "24.74%", "24.87%", "23.29%", "23.75%"),
        "利港街道": ("17.86%", "26.28%", "26.03%", "30.93%", "16.36%"),
        "合计": ("100.00%",) * 5,
    }
    assert str(found.finding) == "受益明细表：璜土镇占户数17.2%，占支付27.1%"
    assert str(table(shares=True, chosen="利港街道").finding) == "受益明细表：利港街道占户数26.0%，占支付16.4%"
    assert round(found.rows[0].cells[4].bar or 0, 4) == Decimal("0.2705")  # the track is the whole project


def test_what_is_said_first() -> None:
    m = of(FACTS)
    assert str(headline(m)) == "计划受益26,310户；户均支付璜土镇为全项目的1.57倍，利港街道为0.63倍"
    assert str(headline(m, "利港街道")) == (
        "利港街道计划受益6,848户、5个小区、205栋；户均支付1,912元，为全项目平均的0.63倍"
    )
    assert str(per_household(m)) == "每户计划投资5,701.25元（概算÷户数），已支付3,040.67元，占53.3%。"


def test_how_concentrated_the_money_is() -> None:
    said, behind = concentration(of(FACTS)) or ("", ())
    assert str(said) == "按户数排列，支付集中度0.159；按面积排列0.238（0为完全均匀）。璜土镇占户数17.2%，占支付27.1%。"
    assert [x.id for x in behind] == ["gini_households", "gini_area", "share_households", "share_paid"]
    other, _ = concentration(of(FACTS), "利港街道") or ("", ())
    assert str(other).endswith("利港街道占户数26.0%，占支付16.4%。")


def test_without_money_only_the_scope_stands_there() -> None:
    poor = replace(FACTS, spend=(), budget_groups=())
    m = of(poor)
    assert heads(table(poor)) == [
        "小区（个）",
        "楼栋（栋）",
        "户数（户）",
        "面积（万平方米）",
        "户均面积 平方米/户，同类54～109",
    ]
    assert str(headline(m)) == "计划受益26,310户"
    assert str(headline(m, "璜土镇")) == "璜土镇计划受益4,520户、5个小区、128栋"
    assert (concentration(m), per_household(m)) == (None, None)
    assert str(table(poor, shares=True).finding) == "受益明细表：各街镇占全项目的比例"


def test_what_one_street_does_not_report_is_a_dash_and_no_sum_is_made_up() -> None:
    silent = replace(FACTS, renovation=(replace(FACTS.renovation[0], households=None), *FACTS.renovation[1:]))
    shown = cells(table(silent))
    assert (shown["璜土镇"][2], shown["合计"][2]) == ("—", "—")
    # 26,310 without the 4,520 of 璜土镇.
    assert str(headline(of(silent))) == "计划受益28个小区、780栋；4个街镇中3个填报了户数，合计21,790户；其余未填报"
    assert str(headline(of(silent), "璜土镇")) == "璜土镇计划受益5个小区、128栋"
    assert cells(table(silent, shares=True))["合计"][0] == "100.00%"


def test_the_most_households_of_those_that_report_is_not_called_the_most_of_all() -> None:
    """利港街道 has the most that are known while 夏港街道 with its 8,400 is silent: 6,848."""
    silent = replace(FACTS.renovation[1], households=None)
    found = table(replace(FACTS, renovation=(FACTS.renovation[0], silent, *FACTS.renovation[2:])))
    assert str(found.finding) == "受益明细表：已填报的街镇中，利港街道户数最多"


def test_a_street_below_the_range_is_marked_too() -> None:
    small = (replace(FACTS.renovation[0], area=Decimal(20)), *FACTS.renovation[1:])  # 200,000 ÷ 4,520 = 44.25
    assert cells(table(replace(FACTS, renovation=small)))["璜土镇"][-1] == "偏低44.25"


def test_an_estimate_of_its_own_makes_what_is_planned_exact() -> None:
    own = tuple(BudgetGroup(place, Decimal(4000), (place,), place) for place in FACTS.places)
    found = table(replace(FACTS, budget_groups=own))
    assert heads(found)[6] == "计划投资 元/户"
    assert cells(found)["璜土镇"][6] == "8,849.56"  # 4,000 × 10,000 ÷ 4,520
    assert not found.columns[6].assumed


def test_one_street_alone_is_compared_with_nothing() -> None:
    one = replace(FACTS, places=FACTS.places[:1], spend=FACTS.spend[:1], renovation=FACTS.renovation[:1])
    assert str(headline(of(one))) == "计划受益4,520户"
    assert str(table(one).finding) == "受益明细表"


@pytest.mark.parametrize("shares", [False, True])
@given(facts=any_facts())
def test_any_facts_can_be_laid_out(facts: Facts, *, shares: bool) -> None:
    m = of(facts)
    found = benefit_table(facts, m, shares=shares)
    assert all(len(row.cells) == len(found.table.columns) for row in (*found.table.rows, found.table.total))
    assert "None" not in str(headline(m))
    for place in facts.places:
        assert "None" not in str(headline(m, place))
    concentration(m)


def test_what_streets_report_of_their_work_is_one_table() -> None:
    march_facts = march(FACTS)
    found = work_table(march_facts, of(march_facts))
    assert found is not None
    assert heads(found.table) == [
        "已开工小区 个/计划", "已完工小区 个/计划", "已验收小区 个/计划", "形象进度 合计为测算值·非批复数",
        "满意度 有效问卷380份",
    ]  # fmt: skip
    shown = cells(found.table)
    assert shown["夏港街道"] == ("9/9", "4/9", "2/9", "50.00%", "80.00%")
    assert shown["合计"] == ("25/28", "9/28", "4/28", "41.42%", "80.32%")
    assert round(found.table.rows[1].cells[1].bar or 0, 3) == Decimal("0.444")
    assert found.table.total is not None
    assert all(cell.bar is None for cell in found.table.total.cells)
    assert str(found.table.finding) == "建设进展：28个计划小区中已完工9个"
    alone = work_table(march_facts, of(march_facts), "申港街道")
    assert alone is not None
    assert str(alone.table.finding) == "建设进展：申港街道9个计划小区中已完工2个"
    assert str(physical_and_paid(of(march_facts))) == "形象进度41.42%，支付占概算63.33%，相差21.91个百分点。"


def test_what_nobody_reports_is_no_table_and_what_some_report_has_dashes() -> None:
    assert work_table(FACTS, of(FACTS)) is None
    assert physical_and_paid(of(FACTS)) is None
    some = replace(
        FACTS, deliveries=(Delivery(FACTS.places[0], "台账", homes_finished=1200, inspected=20, qualified=19),)
    )
    found = work_table(some, of(some))
    assert found is not None
    assert heads(found.table) == ["已完工 户/计划", "验收合格 合格/已验收"]
    assert cells(found.table)["璜土镇"] == ("1,200/4,520", "19/20")
    assert cells(found.table)["夏港街道"] == ("—", "—")
    assert str(found.table.finding) == "建设进展"
