"""The tables of 资金使用: 资金明细表 with its merged estimate, sources in words, denominators in rows (FACTS 1, 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from core.figures.fund_tables import arrived_note, basis_table, fund_table, source_table
from core.figures.measured_table import MeasuredTable
from core.figures.table import TableCell
from core.model.measure import Measures
from core.model.project import BudgetGroup, Facts, Funding
from core.progress import measures
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import march

D = Decimal


def of(found: MeasuredTable | None) -> MeasuredTable:
    assert found is not None
    return found


def funds(facts: Facts = FACTS, key: str | None = None) -> MeasuredTable:
    return of(fund_table(facts, Measures(measures(facts)), key))


def sources(facts: Facts = FACTS) -> MeasuredTable:
    return of(source_table(facts, Measures(measures(facts))))


def cells(found: MeasuredTable) -> dict[str, tuple[str, ...]]:
    return {str(row.name): tuple(str(cell.text) for cell in row.cells) for row in found.table.every}


def heads(found: MeasuredTable) -> list[str]:
    return [str(each.name) for each in found.table.columns]


def estimates(groups: Sequence[tuple[str, int, Sequence[str]]]) -> list[TableCell]:
    made = tuple(BudgetGroup(name, D(amount), tuple(places), f"表 {name}") for name, amount, places in groups)
    return [row.cells[0] for row in funds(replace(FACTS, budget_groups=made)).table.rows]


class TestFundTable:
    def test_the_first_table_of_the_report(self) -> None:
        found = funds()
        assert heads(found) == ["概算", "已投资", "累计支付", "占概算", "测算区间"]
        assert cells(found) == {
            "璜土镇": ("15,000.00", "2,164.00", "2,164.00", "14.43%", "80.79%～122.32%"),
            "夏港街道": ("", "2,627.00", "2,627.00", "17.51%", "51.53%～54.85%"),
            "申港街道": ("", "1,900.00", "1,900.00", "12.67%", "39.41%～54.40%"),
            "利港街道": ("", "1,309.00", "1,309.00", "8.73%", "28.21%～48.87%"),
            "合计": ("15,000.00", "8,000.00", "8,000.00", "53.33%", "53.33%"),
        }
        assert str(found.table.finding) == "资金明细表：概算未分解，各街镇只有占概算的比例是确定的"

    def test_the_estimate_is_one_cell_over_all_streets(self) -> None:
        rows = funds().table.rows
        assert [row.cells[0].rows for row in rows] == [4, 0, 0, 0]
        assert str(rows[0].cells[0].note) == "一笔概算，未分解到街镇"

    def test_each_cell_says_where_it_stands(self) -> None:
        row = funds().table.rows[2]
        assert [str(cell.source) for cell in row.cells[1:3]] == [
            "来源：资金明细表 第3行 已投资金额", "来源：资金明细表 第3行 累计支付",
        ]  # fmt: skip
        assert "概算金额列" in str(funds().table.rows[0].cells[0].source)

    def test_an_estimate_that_was_divided_stands_in_each_row(self) -> None:
        found = estimates([(place, 3000 + n, [place]) for n, place in enumerate(PLACES)])
        assert [(str(cell.text), cell.rows) for cell in found] == [
            ("3,000.00", 1), ("3,001.00", 1), ("3,002.00", 1), ("3,003.00", 1),
        ]  # fmt: skip

    def test_an_amount_of_two_streets_is_printed_once_even_where_they_do_not_follow_each_other(self) -> None:
        found = estimates([("甲", 9000, [PLACES[0], PLACES[2]]), ("乙", 4000, [PLACES[1]])])
        assert [str(cell.text) for cell in found] == ["9,000.00", "4,000.00", "—", "—"]
        assert str(found[2].note) == f"已列在{PLACES[0]}"
        assert str(found[3].note) == ""

    def test_one_key_alone_is_hatched_from_zero(self) -> None:
        """By ㎡ 璜土镇 has 122.32 %, the end of the scale."""
        found = funds(key="m2")
        assert heads(found)[-1] == "测算执行率"
        assert [str(row.cells[-1].text) for row in found.table.rows] == ["122.32%", "51.53%", "54.40%", "28.21%"]
        assert found.table.rows[0].cells[-1].span == (0, 1)
        assert {m.basis for m in found.measures if m.id == "allocated_rate"} == {"m2"}

    def test_without_an_estimate_the_money_stands_alone_and_without_money_there_is_no_table(self) -> None:
        assert heads(funds(replace(FACTS, budget_groups=()))) == ["已投资", "累计支付"]
        nothing = replace(FACTS, spend=())
        assert fund_table(nothing, Measures(measures(nothing))) is None


class TestSourceTable:
    def test_plan_and_payment_of_each_source(self) -> None:
        found = sources()
        assert heads(found) == ["计划", "已支付", "未付", "已付占计划"]
        assert cells(found) == {
            "专项债": ("12,000.00", "8,000.00", "4,000.00", "66.67%"),
            "财政预算资金": ("3,000.00", "0.00", "3,000.00", "0.00%"),
        }
        assert str(found.table.finding) == "财政预算资金一笔未付"
        paid = [row.cells[1] for row in found.table.rows]
        assert [(cell.track, cell.bar) for cell in paid] == [(1, pytest.approx(D(2) / 3)), (D("0.25"), 0)]

    def test_what_has_arrived_stands_beside_the_plan(self) -> None:
        """By 31 March 10,000 of 12,000 and 500 of 3,000: 83.33 and 16.67 %; 10,500 of 15,000 are 70 %."""
        found = sources(march(FACTS))
        assert heads(found) == ["计划", "到位", "到位率", "已支付", "未付", "已付占计划"]
        assert [each[1:3] for each in cells(found).values()] == [("10,000.00", "83.33%"), ("500.00", "16.67%")]
        note = arrived_note(Measures(measures(march(FACTS))))
        assert str(note) == "资金到位10,500.00万元，占计划70.00%"
        assert arrived_note(Measures(measures(FACTS))) is None

    @pytest.mark.parametrize(
        ("bond", "budget", "words"),
        [
            (D(7000), D(1000), "专项债未付最多，尚有5,000万元"),
            (D(12000), D(3000), "各来源资金均已付清"),
            (D(0), D(0), "专项债、财政预算资金一笔未付"),
            (None, None, "各来源资金的计划与已支付"),
        ],
    )
    def test_what_is_left_is_said_in_words(self, bond: Decimal | None, budget: Decimal | None, words: str) -> None:
        first, second = FACTS.funding
        facts = replace(FACTS, funding=(replace(first, paid=bond), replace(second, paid=budget)))
        assert str(sources(facts).table.finding) == words

    def test_another_kind_of_money_has_its_row_and_what_is_not_reported_is_a_dash(self) -> None:
        more = Funding("居民自筹", "居民自筹", D(300), None, None, D("0.02"), "报告 一")
        found = sources(replace(FACTS, funding=(*FACTS.funding, more)))
        assert cells(found)["居民自筹"] == ("300.00", "—", "—", "—")
        assert found.table.rows[2].cells[1].bar is None

    def test_without_sources_there_is_no_table(self) -> None:
        nothing = replace(FACTS, funding=())
        assert source_table(nothing, Measures(measures(nothing))) is None


class TestBasisTable:
    def test_four_denominators_the_highest_rate_first(self) -> None:
        found = of(basis_table(FACTS, Measures(measures(FACTS))))
        assert cells(found) == {
            "占到位资金": ("8,000.00", "100.00%"),
            "占专项债计划": ("12,000.00", "66.67%"),
            "占概算": ("15,000.00", "53.33%"),
            "占财政预算计划": ("3,000.00", "0.00%"),
        }
        assert str(found.table.finding) == "口径不同，支付比例为0.00%～100.00%"
        assert [str(row.assumed) for row in found.table.rows] == ["由报告推算", "", "", ""]

    def test_what_is_not_known_is_left_out(self) -> None:
        bare = replace(FACTS, funding=(), claims=())
        found = of(basis_table(bare, Measures(measures(bare))))
        assert cells(found) == {"占概算": ("15,000.00", "53.33%")}
        assert str(found.table.finding) == "支付比例为53.33%"

    def test_the_plan_of_each_source_is_a_denominator(self) -> None:
        """8,000 were paid of the two sources, 250 of the third's 1,000."""
        third = replace(FACTS.funding[1], source="中央补助", name="中央补助", planned=D(1000), paid=D(250))
        facts = replace(FACTS, funding=(*FACTS.funding, third))
        found = cells(of(basis_table(facts, Measures(measures(facts)))))
        assert found["占中央补助计划"] == ("1,000.00", "25.00%")
        assert len(found) == 5
