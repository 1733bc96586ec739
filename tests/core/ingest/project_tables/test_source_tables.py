"""Files with money by source and place, read back: case 10's table by hand, and random tables in several layouts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.ingest.project_tables.facts import FactsReading
from core.model.measure import Measures
from core.model.project import Facts, Funding
from core.progress import measures
from tests.core.ingest.project_tables.test_facts import NEW, as_xlsx, facts, reading, said

D = Decimal
FLOWS = {"planned": "资金安排", "arrived": "到位资金", "paid": "累计支付"}
CHIZHOU: list[list[Any]] = [
    ["序号", "街镇", "计划总投资(万元)", "资金安排(万元)", None, None, None, "拨付资金（万元）"],
    [None, None, None, "小计", "中央财政补助", "省财政补助", "社会筹集", "小计", "中央财政补助", "社会筹集"],
    [1, "甲镇", 6000, 8141.47, 7538, 500, 103.47, 1003.47, 900, 103.47],
    [2, "乙镇", 5558, 7000, 6483, 417, 100, 784.12, 684.12, 100],
    [3, "丙镇", 6000, 7000, 6200, 700, 100, 700, 600, 100],
    ["合计", None, 17558, 22141.47, 20221, 1617, 303.47, 2487.59, 2184.12, 303.47],
]
MERGED = ("A1:A2", "B1:B2", "C1:C2", "D1:G1", "H1:J1")


def asked(found: FactsReading) -> str:
    return "\n".join(str(each.sentence()) for each in found.questions)


def of(found: FactsReading) -> Measures:
    return Measures(measures(facts(found)))


class TestLevelsUnderGroups:
    FOUND = staticmethod(lambda: reading("表.xlsx", as_xlsx({"表": CHIZHOU}, {"表": MERGED})))

    def test_every_source_and_place(self) -> None:
        m = of(self.FOUND())
        assert m.one("paid").value == D("2487.59")
        assert m.one("estimate").value == D(17558)
        planned = {x.basis: x.value for x in m.all if x.id == "funding_planned" and x.place is None and x.value}
        assert planned == {
            "中央财政补助": D(20221), "省财政补助": D(1617), "社会筹集": D("303.47"), "funding": D("22141.47"),
        }  # fmt: skip
        assert m.one("funding_paid", None, "funding").value == D("2487.59")
        assert m.one("funding_paid", None, "省财政补助").value is None
        assert m.one("funding_planned", "乙镇", "省财政补助").value == D(417)

    def test_granted_money_is_asked_about(self) -> None:
        text = asked(self.FOUND())
        assert "“拨付”也可能是已到位（拨到街镇）的数" in text
        assert "拨付资金（万元）|中央财政补助、拨付资金（万元）|社会筹集”按已支付读取" in text

    def test_the_plans_of_the_project_are_the_sums_of_the_places(self) -> None:
        found = facts(self.FOUND())
        assert [(each.source, each.planned, each.paid) for each in found.funding] == [
            ("中央财政补助", D(20221), D("2184.12")), ("省财政补助", D(1617), None),
            ("社会筹集", D("303.47"), D("303.47")),
        ]  # fmt: skip

    def test_a_total_that_is_not_the_sum_is_refused(self) -> None:
        rows = [*CHIZHOU[:-1], [*CHIZHOU[-1][:4], 20222, *CHIZHOU[-1][5:]]]
        told = said(reading("表.xlsx", as_xlsx({"表": rows}, {"表": MERGED})))
        assert any("各行相加是20,221.00" in line for line in told)

    def test_blank_cells_are_no_zero_and_a_printed_total_is_compared_nevertheless(self) -> None:
        rows = [list(row) for row in CHIZHOU]
        rows[3][5], rows[5][5] = None, 1200
        found = of(reading("表.xlsx", as_xlsx({"表": rows}, {"表": MERGED})))
        assert found.one("funding_planned", None, "省财政补助").value == D(1200)
        assert [x.place for x in found.each("funding_planned", "省财政补助")] == ["甲镇", "丙镇"]
        rows[5][5] = 1617
        told = said(reading("表.xlsx", as_xlsx({"表": rows}, {"表": MERGED})))
        assert any("各行相加是1,200.00" in line for line in told)

    def test_without_a_column_of_all_what_was_paid_is_the_sum_and_told(self) -> None:
        rows = [row[:7] + row[8:] for row in CHIZHOU]
        rows[0] = [*rows[0][:7], "累计支付（万元）"]
        found = reading("表.xlsx", as_xlsx({"表": rows}, {"表": ("A1:A2", "B1:B2", "C1:C2", "D1:G1", "H1:I1")}))
        assert of(found).one("paid", "甲镇").value == D("1003.47")
        assert "各街镇的累计支付由各资金来源已支付相加得出" in asked(found)

    def test_an_amount_merged_over_places_is_nobodys(self) -> None:
        told = said(reading("表.xlsx", as_xlsx({"表": CHIZHOU}, {"表": (*MERGED, "F3:F4")})))
        assert any("这个数合并了2行（甲镇、乙镇）" in line for line in told)


def test_plain_names_beside_other_columns_are_read_as_plans_and_asked_about() -> None:
    rows = [
        ["街镇", "概算（万元）", "累计支付（万元）", "中央补助(万元)", "一般债(万元)"],
        ["甲镇", 9, 5, 6, 3],
        ["乙镇", 8, 4, 8, 0],
    ]
    found = reading("表.xlsx", as_xlsx({"表": rows}))
    assert "“中央补助(万元)、一般债(万元)”只写了资金来源，按计划数读取" in asked(found)
    assert of(found).one("funding_planned", None, "一般债").value == D(3)
    assert of(found).one("funding_planned", None, "funding").value == D(17)


def test_what_has_arrived_at_the_places_without_a_source() -> None:
    rows = [
        ["街道", "资金下达(万元)", "实际使用资金（万元）"],
        ["甲街道", 4200, 2300],
        ["乙街道", 3900, 2100],
        ["合计", 8100, 4400],
    ]
    m = of(reading("表.xlsx", as_xlsx({"表": rows})))
    assert (m.one("funding_arrived", None, "funding").value, m.one("paid").value) == (D(8100), D(4400))


def test_what_the_text_says_of_a_source_stays_beside_the_sum_of_the_places() -> None:
    stated = replace(NEW, funding=(Funding("中央财政补助", "中央财政补助", D(20000), None, None, D(1), "报告 一"),))
    found = facts(reading("表.xlsx", as_xlsx({"表": CHIZHOU}, {"表": MERGED}), stated=stated))
    assert found.funding[0].planned == D(20000)
    assert Measures(measures(found)).one("funding_planned", None, "中央财政补助").value == D(20221)


def test_a_later_file_without_sources_keeps_them_and_one_with_them_replaces_them() -> None:
    first = facts(reading("表.xlsx", as_xlsx({"表": CHIZHOU}, {"表": MERGED})))
    plain = [["街镇", "累计支付（万元）"], ["甲镇", 1100], ["乙镇", 800], ["丙镇", 700]]
    kept = reading("表.xlsx", as_xlsx({"表": plain}), previous=first)
    assert facts(kept).source_money == first.source_money
    assert "各来源资金" in str(kept.kept)
    rows = [["街镇", "中央财政补助资金计划（万元）"], ["甲镇", 1], ["乙镇", 2], ["丙镇", 3]]
    new = facts(reading("表.xlsx", as_xlsx({"表": rows}), previous=first))
    assert [(each.place, each.source, each.planned) for each in new.source_money] == [
        ("甲镇", "中央财政补助", D(1)), ("乙镇", "中央财政补助", D(2)), ("丙镇", "中央财政补助", D(3)),
    ]  # fmt: skip
    assert {each.source: each.planned for each in new.funding}["中央财政补助"] == D(6)


SOURCES = (
    "中央补助",
    "省级补助",
    "市县财政",
    "专项债",
    "一般债券",
    "社会资本",
    "居民自筹",
    "管线单位出资",
    "区级配套资金",
)
KEPT_AS = {"专项债": "bond"}
AMOUNTS = st.decimals("0.01", "99999", places=2)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Any]], list[str], dict[tuple[str, str, str], Decimal], bool]:
    """Rows, merged cells, and each amount by place, flow and source: grouped by flow or plain, with sums or none.

    True: with a column of all sources for each flow.
    """
    places = [f"{letter}镇" for letter in "甲乙丙丁"[: draw(st.integers(2, 4))]]
    names = draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=9, unique=True))
    flows = draw(st.lists(st.sampled_from(list(FLOWS)), min_size=1, max_size=3, unique=True))
    unit, factor = draw(st.sampled_from((("万元", D(1)), ("元", D(10000)))))
    grouped, subtotal = draw(st.booleans()), draw(st.booleans())
    total = draw(st.sampled_from(("", "first", "last")))
    amounts = {(p, f, n): draw(AMOUNTS) for p in places for f in flows for n in names}
    columns: list[tuple[str, str]] = []
    for flow in flows:
        part = [(flow, name) for name in names]
        columns += [*([(flow, "")] if subtotal and grouped else []), *part]
    top: list[Any] = ["街镇", "户数"]
    under: list[Any] = [None, None]
    merged = ["A1:A2", "B1:B2"]
    last = ""
    for flow, name in columns:
        top.append(f"{FLOWS[flow]}({unit})" if grouped and flow != last else None)
        under.append(name or "小计")
        last = flow
    if grouped:
        for flow in flows:
            at = [number for number, (each, _) in enumerate(columns, start=3) if each == flow]
            if len(at) > 1:
                merged.append(f"{_letter(at[0])}1:{_letter(at[-1])}1")
        heading = [top, under]
    else:
        words = {"planned": "计划", "arrived": "到位", "paid": "已支付"}
        heading, merged = [["街镇", "户数", *(f"{name}{words[flow]}({unit})" for flow, name in columns)]], []

    def line(label: str, homes: int, of: list[str]) -> list[Any]:
        sums = [
            sum((amounts[place, flow, each] for place in of for each in (names if not name else [name])), D(0))
            for flow, name in columns
        ]
        return [label, homes, *(f"{value * factor:f}" for value in sums)]

    rows = [line(place, 100, [place]) for place in places]
    whole = [line("合计", 100 * len(places), places)]
    rows = [*(whole if total == "first" else []), *rows, *(whole if total == "last" else [])]
    return [*heading, *rows], merged, amounts, grouped and subtotal


@st.composite
def in_rows(
    draw: st.DrawFn, amounts: dict[tuple[str, str, str], Decimal], *, subtotal: bool
) -> tuple[list[list[Any]], tuple[str, ...]]:
    """The same amounts with a row for each place and source, and the cells of places that are merged."""
    places, flows, names = (list(dict.fromkeys(key[at] for key in amounts)) for at in range(3))
    unit, factor = draw(st.sampled_from((("万元", D(1)), ("元", D(10000)))))
    label = draw(st.sampled_from(("again", "once", "merged")))
    total = draw(st.sampled_from(("", "by source", "in one")))
    heading = [
        "街镇",
        "资金来源",
        *(f"{ {'planned': '计划', 'arrived': '到位', 'paid': '支付'}[flow] }({unit})" for flow in flows),
    ]

    def line(place: Any, name: str, of: list[str], each: list[str]) -> list[Any]:
        sums = (sum((amounts[at, flow, source] for at in of for source in each), D(0)) for flow in flows)
        return [place, name, *(f"{value * factor:f}" for value in sums)]

    rows: list[list[Any]] = []
    merged: list[str] = []
    for place in places:
        block = [line(place, name, [place], [name]) for name in names]
        if subtotal:
            block.insert(draw(st.sampled_from((0, len(block)))), line(place, "小计", [place], names))
        for row in block[1:] if label != "again" else []:
            row[0] = None
        if label == "merged" and len(block) > 1:
            merged.append(f"A{len(rows) + 2}:A{len(rows) + 1 + len(block)}")
        rows += block
    if total == "by source":
        rows += [line("合计", name, places, [name]) for name in names]
    elif total:
        rows.append(line(*draw(st.sampled_from((("合计", None), ("合计", "合计")))), places, names))
    return [heading, *rows], tuple(merged)


def _letter(column: int) -> str:
    return ("" if column <= 26 else chr(64 + (column - 1) // 26)) + chr(65 + (column - 1) % 26)


def _money(found: Facts) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """The money by place and source, and the plans, without where they stand."""
    return (
        {(each.place, each.source, each.name, each.planned, each.arrived, each.paid) for each in found.source_money},
        {(each.source, each.name, each.planned, each.arrived, each.paid, each.planned_share) for each in found.funding},
    )


@given(tables(), st.data())
def test_whatever_sources_a_table_has_come_back_by_place(
    made: tuple[list[list[Any]], list[str], dict[tuple[str, str, str], Decimal], bool], data: st.DataObject
) -> None:
    rows, merged, amounts, subtotal = made
    found = facts(reading("表.xlsx", as_xlsx({"表": rows}, {"表": merged})))
    read = {
        (row.place, flow, row.source): getattr(row, flow)
        for row in found.source_money
        for flow in FLOWS
        if row.source and getattr(row, flow) is not None
    }
    assert read == {(place, flow, KEPT_AS.get(name, name)): value for (place, flow, name), value in amounts.items()}
    long, cells = data.draw(in_rows(amounts, subtotal=subtotal))
    again = facts(reading("表.xlsx", as_xlsx({"表": long}, {"表": cells})))
    assert _money(again) == _money(found)
    assert [(line.place, line.paid) for line in again.spend] == [(line.place, line.paid) for line in found.spend]


LONG: list[list[Any]] = [
    ["序号", "街镇", "资金来源", "计划（万元）", "到位（万元）", "支付(万元)"],
    [1, "甲镇", "中央补助", 100, 80, 60],
    [2, None, "专项债资金", 200, 150, 120],
    [3, None, "爱心基金会", 10, 10, 0],
    [None, None, "小计", 310, 240, 180],
    [4, "乙镇", "中央补助", 50, 50, 40],
    [5, None, "专项债资金", 70, 60, 30],
    [None, None, "小计", 120, 110, 70],
    [None, "合计", None, 430, 350, 250],
]


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    """The long table with one cell changed, counted as the sheet does."""
    rows = [list(each) for each in LONG]
    rows[row - 1][column - 1] = value
    return rows


class TestOneRowASource:
    """甲镇: 100 + 200 + 10 = 310, 80 + 150 + 10 = 240, 60 + 120 + 0 = 180; 乙镇: 120, 110, 70; 合计 430, 350, 250."""

    def test_each_place_and_source(self) -> None:
        found = reading("表.xlsx", as_xlsx({"表": LONG}))
        rows = {
            (each.place, each.source): (each.planned, each.arrived, each.paid) for each in facts(found).source_money
        }
        assert rows == {
            ("甲镇", "中央补助"): (D(100), D(80), D(60)), ("甲镇", "bond"): (D(200), D(150), D(120)),
            ("甲镇", "爱心基金会"): (D(10), D(10), D(0)), ("甲镇", ""): (D(310), D(240), D(180)),
            ("乙镇", "中央补助"): (D(50), D(50), D(40)), ("乙镇", "bond"): (D(70), D(60), D(30)),
            ("乙镇", ""): (D(120), D(110), D(70)),
        }  # fmt: skip
        m = of(found)
        assert m.one("funding_planned", None, "bond").value == D(270)
        assert m.one("paid").value == D(250)
        assert [each.planned for each in facts(found).funding] == [D(150), D(270), D(10)]

    def test_a_cell_is_told_where_it_stands(self) -> None:
        told = {each.cell: each.meaning for each in reading("表.xlsx", as_xlsx({"表": LONG})).understood}
        assert told["E3"] == "专项债到位 · 甲镇"
        problem = reading("表.xlsx", as_xlsx({"表": changed(7, 6, "待定")})).problems[0]
        assert (getattr(problem, "cell", ""), problem.row) == ("F7", 7)

    def test_the_same_source_twice_is_a_problem(self) -> None:
        told = said(reading("表.xlsx", as_xlsx({"表": changed(4, 3, "中央补助资金")})))
        assert any("“甲镇”的资金来源“中央补助资金”与第2行重复。" in line for line in told)

    def test_sums_that_do_not_add_up_are_refused(self) -> None:
        told = said(reading("表.xlsx", as_xlsx({"表": changed(5, 4, 311)})))
        assert any("各行相加是310.00，这里是311.00" in line for line in told)
        told = said(reading("表.xlsx", as_xlsx({"表": changed(9, 6, 251)})))
        assert any("各行相加是250.00，这里是251.00" in line for line in told)

    def test_a_row_without_a_source_and_an_amount_of_several_are_problems(self) -> None:
        told = said(reading("表.xlsx", as_xlsx({"表": changed(4, 3, None)})))
        assert any("没有填写资金来源。" in line for line in told)
        told = said(reading("表.xlsx", as_xlsx({"表": changed(4, 6, None)}, {"表": ("F3:F4",)})))
        assert any("这个数合并了2行（专项债资金、爱心基金会），无法分到每个资金来源" in line for line in told)

    def test_a_part_of_a_source_is_not_counted_twice(self) -> None:
        rows = [*LONG[:3], [None, None, "其中:新增专项债", 150, 150, 100], *LONG[3:]]
        found = reading("表.xlsx", as_xlsx({"表": rows}))
        assert "“其中:新增专项债”是已列出各行中的一部分，不另计入" in asked(found)
        assert of(found).one("funding_planned", "甲镇", "bond").value == D(200)

    def test_a_whole_that_is_called_by_a_name_is_asked_about(self) -> None:
        """某市: 中央补助 100 + 50 + 25 = 175, 专项债 200 + 70 + 30 = 300: both the sums of the three places."""
        rows = [
            ["街镇", "资金来源", "计划（万元）"], ["甲镇", "中央补助", 100.25], ["甲镇", "专项债", 200],
            ["乙镇", "中央补助", 50], ["乙镇", "专项债", 70.5], ["丙镇", "中央补助", 25], ["丙镇", "专项债", 30],
            ["江城", "中央补助", 175.25], ["江城", "专项债", 300.5],
        ]  # fmt: skip
        found = reading("表.xlsx", as_xlsx({"表": rows}))
        assert "“江城”的各数正好是另外3行之和，按合计行读取" in asked(found)
        assert facts(found).places == ("甲镇", "乙镇", "丙镇")

    def test_amounts_of_which_nothing_says_what_they_are(self) -> None:
        rows = [["街镇", "资金来源", "金额（万元）"], ["甲镇", "中央补助", 1], ["甲镇", "省补助", 2]]
        found = reading("表.xlsx", as_xlsx({"表": rows}))
        assert "“金额（万元）”没有写明是计划、到位还是支付，按计划数读取" in asked(found)

    def test_of_the_whole_project(self) -> None:
        """中央补助 is planned: it is a plan. 社会资本 has only arrived: it stands without one. 80 + 20 = 100."""
        rows = [
            ["资金来源", "计划（万元）", "到位（万元）", "支付(万元)"],
            ["中央补助", 300, 80, 60],
            ["社会资本", None, 20, None],
            ["合计", 300, 100, 60],
        ]
        found = facts(reading("表.xlsx", as_xlsx({"表": rows})))
        assert [(each.source, each.planned, each.arrived, each.paid) for each in found.funding] == [
            ("中央补助", D(300), D(80), D(60))
        ]
        rest = [(each.place, each.source, each.arrived, each.paid) for each in found.source_money if each.source]
        assert rest == [(None, "社会资本", D(20), None)]

    def test_a_remark_on_sources_makes_a_table_of_spending_no_other(self) -> None:
        rows = [
            ["街镇", "资金来源", "概算（万元）", "累计支付（万元）"],
            ["甲镇", "专项债和财政配套", 9, 5],
            ["乙镇", "财政", 8, 4],
        ]
        found = facts(reading("表.xlsx", as_xlsx({"表": rows})))
        assert [(line.place, line.paid) for line in found.spend] == [("甲镇", D(5)), ("乙镇", D(4))]
        assert found.source_money == ()
