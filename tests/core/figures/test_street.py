"""One street beside the others: figures of FACTS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from core.figures import street
from core.model.measure import Measures
from core.model.project import Facts
from core.service.base import open_store
from core.service.briefing.content import content_of
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def known() -> Iterator[tuple[Facts, Measures]]:
    found = content_of(WANG, PROJECT)
    yield found.facts, found.figures
    open_store.close()


def test_where_the_estimate_is_not_split_payment_stands_by_each_key(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    found = street.rates(facts, m, "璜土镇")
    assert all(each.assumed for each in found)
    # 2,164 ÷ (15,000 × 4,520/26,310), … ; the project: 8,000 ÷ 15,000.
    assert [row[1:] for row in street.rate_table(found)] == [
        ("83.97%", "53.33%", "+30.64"), ("122.32%", "53.33%", "+68.99"),
        ("87.91%", "53.33%", "+34.58"), ("80.79%", "53.33%", "+27.46"),
    ]  # fmt: skip
    assert str(street.finding(facts, m, "璜土镇")) == "璜土镇测算执行率80.8%～122.3%，看按什么分摊"
    assert not street.is_last(facts, m, "璜土镇")


def test_a_rate_of_the_project_that_is_not_known_takes_no_column(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    without = Measures(replace(x, value=None) if x.id == "paid_rate" else x for x in m.all)
    found = street.rates(facts, without, "璜土镇")
    assert street.rate_headings(found, "璜土镇") == ("指标", "璜土镇")
    assert street.rate_table(found)[0][1:] == ("83.97%",)


def test_a_street_without_payment_says_whom_it_is_for(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    unpaid = Measures(
        replace(x, value=None) if x.id in ("paid", "allocated_rate") and x.place == "璜土镇" else x for x in m.all
    )
    assert street.rates(facts, unpaid, "璜土镇") == ()
    assert str(street.finding(facts, unpaid, "璜土镇")) == "璜土镇计划受益4,520户"


def test_each_of_the_others_is_a_series_and_the_street_the_last(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    dots = street.rate_dots(street.rates(facts, m, "申港街道"), "申港街道", marked=False)
    assert dots.series == ("璜土镇", "夏港街道", "利港街道", "申港街道")
    assert [row.amounts[-1].colour for row in dots.rows] == [row.amounts[-1].colour for row in dots.rows[:1]] * 4


def test_rates_that_print_alike_are_apart_by_nothing() -> None:
    alike = street.Rate("支付率", Decimal("0.533331"), (), Decimal("0.533333"))
    assert street.rate_table([alike]) == [("支付率", "53.33%", "53.33%", "0.00")]
