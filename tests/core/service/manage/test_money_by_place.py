"""Money of any kind by street: kept, put right, compared and checked. Figures by hand from case 10's cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.checks import run
from core.errors import InputError, UnknownName
from core.model.project import Facts, SourceMoney
from core.service.base import batches, open_store
from core.service.base.changes import FigureChange, changes
from core.service.base.project import facts, measures
from core.service.progress import funds, money_and_households
from core.store import snapshots
from tests.core.checks.found import shown
from tests.core.service.people import PROJECT as LINGANG
from tests.core.service.people import WANG

D = Decimal
CENTRAL, PROVINCE = "中央财政补助", "省财政补助"
FIRST, SECOND = "璜土镇", "夏港街道"
pytestmark = pytest.mark.usefixtures("store_path")


def row(
    place: str | None, source: str, planned: str | None, paid: str | None, arrived: str | None = None
) -> SourceMoney:
    amounts = [None if text is None else D(text) for text in (planned, arrived, paid)]
    return SourceMoney(place, source, source, "资金表 第5行", *amounts)


ROWS = (
    row(FIRST, CENTRAL, "7538", "900"),
    row(FIRST, PROVINCE, "500", None),
    row(SECOND, CENTRAL, "6483", "684.12", "6500"),
    row(SECOND, PROVINCE, "417", None),
    row(None, "居民自筹", None, "120"),
    row(SECOND, "", None, None, "6900"),
)


def with_money(rows: tuple[SourceMoney, ...] = ROWS) -> Facts:
    before = facts(WANG, LINGANG)
    new = replace(before, batch=f"{LINGANG}@2025-03-31", as_of=date(2025, 3, 31), source_money=rows)
    snapshots.add(open_store.store(), new, WANG.actor)
    return new


def value(name: str, basis: str, place: str | None = None) -> Decimal | date | None:
    return next(x.value for x in measures(WANG, LINGANG) if (x.id, x.basis, x.place) == (name, basis, place))


def test_a_snapshot_keeps_what_each_street_has_of_each_source() -> None:
    new = with_money()
    assert facts(WANG, LINGANG).source_money == ROWS
    assert facts(WANG, LINGANG) == new
    assert value("funding_planned", CENTRAL) == D(14021)
    assert value("funding_paid", "居民自筹") == D(120)
    assert value("funding_arrived", "funding", SECOND) == D(6900)  # stated: the province's part is not
    assert value("funding_planned", "bond") == D(12000)


def test_a_withdrawn_import_takes_its_money_by_street_with_it() -> None:
    new = with_money()
    batches.withdraw(WANG, LINGANG, new.batch, "传错了")
    assert facts(WANG, LINGANG).source_money == ()


class TestPutRight:
    def test_any_kind_of_money_in_all_and_by_street(self) -> None:
        with_money()
        batches.correct(WANG, LINGANG, "", "funding_paid:居民自筹", "125.5", "漏录")
        batches.correct(WANG, LINGANG, SECOND, "funding_paid:中央财政补助", "700", "漏录")
        batches.correct(WANG, LINGANG, FIRST, "funding_arrived:省财政补助", "450", "补报")
        assert value("funding_paid", "居民自筹") == D("125.5")
        assert value("funding_paid", CENTRAL) == D(1600)
        assert value("funding_arrived", PROVINCE, FIRST) == D(450)

    def test_a_source_that_is_known_may_begin_to_be_reported_by_street(self) -> None:
        batches.correct(WANG, LINGANG, FIRST, "funding_paid:bond", "2164", "补报")
        assert value("funding_paid", "bond", FIRST) == D(2164)
        with pytest.raises(UnknownName):
            batches.correct(WANG, LINGANG, FIRST, "funding_paid:彩票", "1", "补报")

    def test_the_sum_of_the_streets_is_put_right_at_the_streets(self) -> None:
        with_money()
        with pytest.raises(InputError, match="由各街镇的数相加得出（14,021"):
            batches.correct(WANG, LINGANG, "", "funding_planned:中央财政补助", "15000", "错")

    def test_the_figures_that_may_be_named(self) -> None:
        with_money()
        whole = {each.id: each.value for each in batches.figures(WANG, LINGANG, "")}
        assert whole["bond_planned"] == "12,000.00"
        assert whole["funding_paid:居民自筹"] == "120.00"
        of_place = {each.id: (each.name, each.value) for each in batches.figures(WANG, LINGANG, FIRST)}
        assert of_place["funding_planned:省财政补助"] == ("省财政补助计划", "500.00")
        assert of_place["funding_paid:bond"] == ("专项债已支付", "—")
        assert "bond_planned" not in of_place
        assert batches.figure_of("funding_paid:居民自筹").name == "居民自筹已支付"


def test_what_changes_by_street_and_source_is_told() -> None:
    before = facts(WANG, LINGANG)
    after = replace(before, source_money=ROWS)
    told = changes(before, after)
    assert FigureChange("中央财政补助计划", FIRST, "—", "7,538.00") in told
    assert FigureChange("居民自筹已支付", None, "—", "120.00") in told
    assert changes(after, after) == ()
    assert FigureChange("中央财政补助已支付", FIRST, "900.00", "901.00") in changes(
        after, replace(after, source_money=(replace(ROWS[0], paid=D(901)), *ROWS[1:]))
    )


class TestSums:
    """Check 1: the streets add up to the source, the sources to the street."""

    def test_what_is_paid_by_source_is_what_the_street_paid(self) -> None:
        of_bond = tuple(row(line.place, "bond", None, str(line.paid)) for line in facts(WANG, LINGANG).spend)
        (found,) = [each for each in run(replace(facts(WANG, LINGANG), source_money=of_bond)) if each.id == "1"]
        assert found.status == "P"
        figures = shown(found)
        assert figures["专项债已支付"] == "8,000.00万元"
        assert figures["璜土镇 各来源资金已支付"] == "2,164.00万元"

    def test_a_difference_is_told(self) -> None:
        of_bond = [row(line.place, "bond", None, str(line.paid)) for line in facts(WANG, LINGANG).spend]
        of_bond[1] = replace(of_bond[1], paid=D(2600))
        (found,) = [each for each in run(replace(facts(WANG, LINGANG), source_money=tuple(of_bond))) if each.id == "1"]
        assert found.status == "E"
        figures = shown(found)
        assert figures["专项债已支付"] == "7,973.00万元 ≠ 8,000.00万元"
        assert figures["夏港街道 各来源资金已支付"] == "2,600.00万元 ≠ 2,627.00万元"


class TestPage:
    def test_the_table_of_streets_and_sources(self) -> None:
        with_money()
        view = funds.funds(WANG, LINGANG)
        assert view.by_source is not None
        assert (FIRST, CENTRAL, "7,538.00", "—", "900.00") in view.by_source.rows
        assert (SECOND, PROVINCE, "417.00", "—", "—") in view.by_source.rows
        assert (FIRST, "合计", "8,038.00", "—", "900.00") not in view.by_source.rows  # the province's part is open
        assert (FIRST, "合计", "8,038.00", "—", "—") in view.by_source.rows
        (chosen,) = {each[0] for each in funds.funds(WANG, LINGANG, place=SECOND).by_source.rows}  # type: ignore[union-attr]
        assert chosen == SECOND

    def test_there_is_none_where_no_street_reports(self) -> None:
        assert funds.funds(WANG, LINGANG).by_source is None

    @pytest.mark.parametrize("count", [1, 2, 9])
    def test_one_two_or_nine_sources(self, count: int) -> None:
        names = [f"第{number}类补助" for number in range(1, count + 1)]
        with_money(tuple(row(FIRST, name, str(number), "0.5") for number, name in enumerate(names, start=1)))
        view = money_and_households.budget(WANG, LINGANG)
        (panel,) = [each for each in view.panels if each.id == "funding"]
        assert [line[0] for line in panel.rows] == ["专项债", "财政预算资金", *names]
        assert len(panel.figure.chart.rows) == min(count + 2, 5)  # type: ignore[union-attr]
        shown = funds.funds(WANG, LINGANG)
        assert shown.sources is not None
        assert [line[0] for line in shown.sources.table.rows] == ["专项债", "财政预算资金", *names]
        of_first = [line[1] for line in shown.by_source.rows if line[0] == FIRST]  # type: ignore[union-attr]
        assert of_first == (names if count == 1 else [*names, "合计"])
        assert ("利港街道", "合计", "—", "—", "—") in shown.by_source.rows  # type: ignore[union-attr]
