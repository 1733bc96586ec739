"""Two streets, or two days, side by side; values from FACTS, differences worked by hand."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.figures.compared import difference, of_days, of_places
from core.figures.table import TableRow
from core.model.measure import Measures
from core.progress import measures
from tests.core.lingang import FACTS
from tests.core.quarters import march

D = Decimal
AMOUNTS = st.decimals(-(10**9), 10**9, places=6)


def said(row: TableRow) -> list[str]:
    return [str(row.name), *(str(cell.text) for cell in row.cells)]


def test_two_streets_with_what_they_differ_in() -> None:
    found = of_places(FACTS, Measures(measures(FACTS)), "璜土镇", "利港街道").table
    assert [str(each.name) for each in found.columns] == ["璜土镇", "利港街道", "相差"]
    assert [said(each) for each in found.rows] == [
        ["累计支付（万元）", "2,164.00", "1,309.00", "−855.00"],
        ["占全项目概算", "14.43%", "8.73%", "−5.70个百分点"],
        ["户均支付（元/户）", "4,787.61", "1,911.51", "−2,876.10"],
        ["计划受益（户）", "4,520", "6,848", "+2,328"],
    ]


def test_then_now_and_the_change_street_by_street_and_of_the_whole() -> None:
    now = march(FACTS)
    found = of_days(now, Measures(measures(FACTS)), Measures(measures(now)), FACTS.as_of).table
    names = [str(each.name) for each in found.columns[:3]]
    assert names == ["累计支付，2024年12月", "累计支付，2025年3月", "累计支付，变化"]
    assert [str(each.short) for each in found.columns[:3]] == ["2024年12月", "2025年3月", "变化"]
    assert {str(each.under) for each in found.columns[:3]} == {"累计支付"}
    assert said(found.rows[0])[:4] == ["璜土镇", "2,164.00", "2,500.00", "+336.00"]
    assert found.total is not None
    assert said(found.total)[:4] == ["合计", "8,000.00", "9,500.00", "+1,500.00"]
    # Physical progress was not reported in December: 60 % now, no change that anybody could name.
    assert said(found.rows[0])[4:7] == ["—", "60.00%", "—"]


@given(AMOUNTS, AMOUNTS)
def test_the_other_way_round_the_difference_has_the_other_sign(first: D, second: D) -> None:
    found, back = difference(first, second), difference(second, first)
    assert found is not None
    assert back is not None
    assert found == -back
    assert first + found == second


@given(st.none() | AMOUNTS, st.none() | AMOUNTS)
def test_what_is_not_known_differs_by_nothing_known(first: D | None, second: D | None) -> None:
    assert (difference(first, second) is None) == (first is None or second is None)
