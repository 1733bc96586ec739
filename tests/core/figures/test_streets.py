"""The street table of 总览: every figure as FACTS has it, columns without figures left out, escaped as HTML."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.figures.streets import finding, headline_of, street_table
from core.figures.table import RowTable
from core.model.measure import Measures
from core.model.project import Delivery, Facts
from core.model.reference import Reference
from core.progress import measures
from core.progress.alarms import alarms
from core.progress.trend import trend
from core.render import html
from tests.browser.stores import with_gaps
from tests.core.lingang import FACTS
from tests.core.quarters import march


def table(facts: Facts = FACTS, **more: object) -> RowTable:
    m = Measures(measures(facts))
    return street_table(facts, m, more.get("over"), more.get("alarms", ()), more.get("chosen")).table  # type: ignore[arg-type]


def cells(found: RowTable) -> dict[str, tuple[str, ...]]:
    return {str(row.name): tuple(str(cell.text) for cell in row.cells) for row in (*found.rows, found.total)}


def heads(found: RowTable) -> list[str]:
    return [str(each.name) for each in found.columns]


def test_the_table_of_the_sample() -> None:
    found = table()
    assert heads(found) == ["累计支付", "占概算", "测算区间", "户均支付", "计划受益"]
    assert cells(found) == {
        "璜土镇": ("2,164.00", "14.43%", "80.79%～122.32%", "4,787.61", "4,520"),
        "夏港街道": ("2,627.00", "17.51%", "51.53%～54.85%", "3,127.38", "8,400"),
        "申港街道": ("1,900.00", "12.67%", "39.41%～54.40%", "2,904.31", "6,542"),
        "利港街道": ("1,309.00", "8.73%", "28.21%～48.87%", "1,911.51", "6,848"),
        "合计": ("8,000.00", "53.33%", "", "3,040.67", "26,310"),
    }
    assert str(found.finding) == "璜土镇户均支付最高，利港街道最低，相差2.5倍；请街镇说明原因"


def test_ranges_are_marked_as_calculated_and_share_one_scale() -> None:
    found = table()
    column = found.columns[2]
    assert (column.assumed, str(column.unit)) == (True, "测算值·非批复数")
    ends = [row.cells[2].span for row in found.rows]
    assert ends[0] is not None
    assert ends[0][1] == 1  # the highest of all, 122.32 %, is the end of the scale
    assert found.rule is not None
    assert round(found.rule, 3) == Decimal("0.436")  # 53.33 of 122.32


def test_an_estimate_of_its_own_gives_each_street_a_rate_that_is_exact() -> None:
    group = FACTS.budget_groups[0]
    own = tuple(replace(group, id=p, places=(p,), amount=Decimal(4000)) for p in FACTS.places)
    found = table(replace(FACTS, budget_groups=own))
    assert heads(found)[2] == "执行率"
    assert str(found.rows[0].cells[2].text) == "54.10%"  # 2,164 of 4,000
    assert found.rows[0].cells[2].span is None


def test_a_chosen_street_is_said_by_its_rank() -> None:
    m = Measures(measures(FACTS))
    assert str(finding(FACTS, m, "利港街道")) == "利港街道户均支付1,912元，在4个街镇中居第4"
    assert str(headline_of(m, "利港街道")) == (
        "利港街道已支付1,309万元，占全项目概算8.7%；户均1,912元，为全项目平均的0.63倍"
    )


def test_the_highest_of_those_that_report_is_not_called_the_highest_of_all() -> None:
    """夏港街道 reports no households, 申港街道 no payment: 4,787.61 and 1,911.51 元/户 are left, 2.5 times."""
    facts = with_gaps(FACTS)
    said = str(finding(facts, Measures(measures(facts))))
    assert said == "已填报的街镇中，璜土镇户均支付最高，利港街道最低，相差2.5倍；请街镇说明原因"


def test_money_alone_and_homes_alone_leave_the_others_columns_out() -> None:
    assert heads(table(replace(FACTS, renovation=()))) == ["累计支付", "占概算"]
    assert heads(table(replace(FACTS, spend=(), budget_groups=()))) == ["计划受益"]


def test_what_a_street_reports_of_its_work_and_what_has_changed_stand_in_columns_of_their_own() -> None:
    found = table(march(FACTS), over=trend((FACTS, march(FACTS))))
    assert heads(found)[-3:] == ["形象进度", "已完工", "较上期"]
    shown = cells(found)
    assert shown["璜土镇"][-3:] == ("60.00%", "3", "+336.00")
    assert shown["合计"][-2:] == ("9", "+1,500.00")
    reported = Delivery(FACTS.places[0], "台账", homes_finished=1200)
    alone = table(replace(FACTS, deliveries=(reported,)))
    assert (heads(alone)[-1], str(alone.columns[-1].unit)) == ("已完工", "户")
    assert [cells(alone)[name][-1] for name in ("璜土镇", "夏港街道", "合计")] == ["1,200", "—", "—"]


def test_alarms_stand_in_a_word_and_one_street_alone_is_no_comparison() -> None:
    crossed = alarms(Measures(measures(FACTS)), Reference().limits)
    found = table(alarms=crossed)
    assert [str(row.cells[-1].text) for row in found.rows] == ["执行率高", "执行率低", "执行率低", "执行率低"]
    assert all(row.cells[-1].warned for row in found.rows)
    one = replace(FACTS, places=FACTS.places[:1], spend=FACTS.spend[:1], renovation=FACTS.renovation[:1])
    assert str(finding(one, Measures(measures(one)))) == "各街镇的支付与受益"


def test_no_name_gets_into_the_page_as_markup() -> None:
    evil = '<img src=x onerror="alert(1)">'
    spend = (replace(FACTS.spend[0], place=evil), *FACTS.spend[1:])
    made = html.table(table(replace(FACTS, places=(evil, *FACTS.places[1:]), spend=spend)), str, evil)
    assert "<img" not in made
    assert "&lt;img src=x" in made
    assert 'aria-pressed="true"' in made
