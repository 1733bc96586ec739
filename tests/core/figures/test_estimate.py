"""概算的支付构成: what is paid of the one estimate, and what is left of it (FACTS 1)."""

from __future__ import annotations

from dataclasses import replace

from core.figures.money import estimate
from core.model.measure import Measures
from core.model.project import Facts
from core.progress import measures
from tests.core.lingang import FACTS


def rows(facts: Facts) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in estimate(facts, Measures(measures(facts))).rows]


def test_what_is_left_is_unpaid() -> None:
    assert rows(FACTS)[-2:] == [("未支付", "7,000.00", "46.67%"), ("合计", "15,000.00", "100.00%")]


def test_where_a_street_reports_nothing_the_rest_may_be_its_own_and_the_rows_add_up() -> None:
    spend = tuple(replace(line, paid=None) if line.place == "申港街道" else line for line in FACTS.spend)
    found = replace(FACTS, spend=spend)
    # 15,000 - 2,164 - 2,627 - 1,309 = 8,900
    assert rows(found) == [
        ("璜土镇", "2,164.00", "14.43%"), ("夏港街道", "2,627.00", "17.51%"), ("申港街道", "—", "—"),
        ("利港街道", "1,309.00", "8.73%"), ("未支付或未填报", "8,900.00", "59.33%"), ("合计", "15,000.00", "100.00%"),
    ]  # fmt: skip
    figure = estimate(found, Measures(measures(found)))
    assert str(figure.finding) == "概算15,000万元，未支付或未填报8,900万元"
    assert figure.measures[-1].formula is not None
    assert str(figure.measures[-1].formula) == "概算15,000.00万元 - 已填报的累计支付6,100.00万元"
