"""The report's tables give FACTS 1, and each kind of bad file its own sentence. Expected values are typed by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from core.ingest.files.document import read_document
from core.ingest.project_tables.facts import Background, FactsReading, Understood, read_facts
from core.ingest.report_text.claims import Stated
from core.model.project import Arrival, BudgetGroup, Claim, Community, Delivery, Facts, Milestone
from tests.core.ingest.report_file import HOMES, SPEND, Cell, docx, paragraph, report, table
from tests.core.lingang import FACTS, PLACES

D = Decimal
TABLES = (
    "total_estimate", "total_invested", "total_paid", "total_communities", "total_buildings", "total_households",
    "total_area", "estimate_stage",
)  # fmt: skip
"""Claims that the tables make; the text makes the others."""
SAID = tuple(claim for claim in FACTS.claims if claim.id not in TABLES)
PROJECT = FACTS.project
STATED = Stated(
    PROJECT.name,
    PROJECT.approval,
    PROJECT.approved_on,
    PROJECT.title_places,
    FACTS.funding,
    FACTS.baselines,
    date(2024, 12, 31),
)
NOTHING = Stated(None, None, None, (), (), (), None)
NEW = replace(NOTHING, approved_on=date(2022, 10, 18), as_of=date(2024, 12, 31))
"""As little as a new project needs."""


def reading(
    name: str,
    content: bytes,
    *,
    as_of: date | None = None,
    previous: Facts | None = None,
    mapping: Mapping[str, str] | None = None,
    stated: Stated = NEW,
    claims: Sequence[Claim] = (),
) -> FactsReading:
    return read_facts(
        read_document(name, content),
        Background(
            project="lingang-2023",
            batch="b",
            as_of=as_of,
            today=date(2025, 6, 30),
            previous=previous,
            mapping=mapping or {},
            stated=stated,
            claims=claims,
        ),
    )


def as_csv(rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def facts(found: FactsReading) -> Facts:
    assert [str(problem.sentence()) for problem in found.problems] == []
    assert found.facts is not None
    return found.facts


def said(found: FactsReading) -> list[str]:
    assert found.facts is None
    assert found.communities == ()
    return [str(problem.sentence()) for problem in found.problems]


def asked(found: FactsReading) -> list[str]:
    facts(found)
    return [str(question.sentence()) for question in found.questions]


MONEY = [
    ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"],
    ["甲镇", 100, 30, 20],
    ["乙镇", 200, 40, 40],
    ["合计", 300, 70, 60],
]
HOUSES = [
    ["街镇", "小区数", "栋数", "户数", "面积（万㎡）"],
    ["甲镇", "2-1", 10, 400, 3.5],
    ["乙镇", 3, 20, 500, 4],
    ["合计", 5, 30, 900, 7.5],
]
BASE = facts(reading("a.xlsx", as_xlsx({"资金": MONEY, "受益": HOUSES})))
"""Two places, typed above."""


def changed(rows: Sequence[Sequence[Any]], row: int, column: int, value: object) -> list[list[Any]]:
    copy = [list(line) for line in rows]
    copy[row][column] = value
    return copy


# The report


@pytest.mark.parametrize("unit", ["单位：万元", ""])
def test_the_report_gives_facts_1_with_the_estimate_as_one_group(unit: str) -> None:
    found = facts(reading("绩效评价报告.docx", report(unit=unit), stated=STATED, claims=SAID))
    assert [replace(line, source="") for line in found.spend] == [
        replace(line, source="", estimate_raw="15,000.00" if line.place == "璜土镇" else "") for line in FACTS.spend
    ]
    assert [replace(line, source="") for line in found.renovation] == [
        replace(line, source="") for line in FACTS.renovation
    ]
    assert found.budget_groups == (BudgetGroup("estimate", D(15000), PLACES, "报告 一（一）5 资金明细表 概算金额列"),)
    same = ("project", "as_of", "places", "funding", "baselines", "deliveries", "arrivals", "milestones")
    assert [getattr(found, name) for name in same] == [getattr(FACTS, name) for name in same]
    values = {claim.id: claim.value for claim in found.claims}
    assert values == {claim.id: claim.value for claim in FACTS.claims}
    texts = {claim.id: claim.text for claim in found.claims if claim.id in TABLES}
    assert texts == {
        "total_estimate": "15,000.00",
        "total_invested": "8,000.00",
        "total_paid": "8,000.00",
        "total_communities": "（总）28-28个",
        "total_buildings": "780栋",
        "total_households": "26310户",
        "total_area": "330.67万平方米",
        "estimate_stage": "概算金额",
    }
    assert [line.source for line in found.spend][:2] == [
        "报告 一（一）5 资金明细表 第1行",
        "报告 一（一）5 资金明细表 第2行",
    ]
    assert found.renovation[3].source == "报告 一（一）6 受益明细表 第4行"


def test_each_figure_is_told_with_its_cell() -> None:
    found = reading("r.docx", report(), stated=STATED)
    assert found.questions == ()
    assert (
        Understood("r.docx", "表1", "E2", "累计支付", "2,164.00 ", "累计支付 · 璜土镇", "2,164.00 万元")
        in found.understood
    )
    assert (
        Understood("r.docx", "表2", "C3", "受益小区数量", "（总）9-9个", "小区数 · 夏港街道", "9-9") in found.understood
    )
    whole = Understood(
        "r.docx", "表1", "C2", "概算金额", "15,000.00", "概算 · 璜土镇、夏港街道、申港街道、利港街道", "15,000.00 万元"
    )
    assert [each for each in found.understood if each.meaning.startswith("概算")] == [whole]
    assert found.headings[:3] == (("序号", "serial"), ("街道名称", "place"), ("概算金额", "estimate"))


def test_without_a_unit_anywhere_it_asks() -> None:
    assert asked(reading("r.docx", report(unit=""), stated=STATED)) == [
        "《r.docx》工作表“表1”C1（概算金额）：“概算金额、已投资金额、累计支付”没有注明单位，按万元读取。"
    ]


# What may be written in many ways


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("累计支付（万元）", "２０.００"), ("累计支付/元", "200,000.00"), ("累计支付", "20万元"),
        ("累计支付(亿元)", "0.002"),
        ("累计支付金额 (元)", "２００，０００"), ("已支付", "¥20 万元"), ("累计支付单位:元", 200000),
        ("累计支付(元)", "20万元"),
    ],
)  # fmt: skip
def test_amounts_in_any_unit(heading: str, cell: object) -> None:
    rows = [["街镇", "已投资（万元）", heading], ["甲镇", 30, cell]]
    assert facts(reading("a.csv", as_csv(rows))).spend[0].paid == 20


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("面积", "3.5万平方米"),
        ("面积(㎡)", "35,000"),
        ("受益面积", "35000平方米"),
        ("面积(万m²)", "3.5"),
        ("面积", "３．５万㎡"),
    ],
)
def test_areas_in_any_unit(heading: str, cell: str) -> None:
    rows = [["街镇", "小区数", "栋数", "户数", heading], ["甲镇", "2个", "10幢", "400户", cell]]
    assert facts(reading("a.csv", as_csv(rows))).renovation[0].area == D("3.5")


@pytest.mark.parametrize(
    "line",
    ["单位:元、㎡", "金额单位：元；面积单位：平方米", "编制单位:某局  (金额单位:元,面积:m2)", "单位：元 面积：㎡"],
)
def test_units_in_a_line_over_the_table(line: str) -> None:
    rows = [
        [line],
        ["街镇", "已投资", "累计支付", "小区数", "栋数", "户数", "面积"],
        ["甲镇", 300000, 200000, 2, 10, 400, 35000],
    ]
    found = facts(reading("a.csv", as_csv(rows)))
    assert (found.spend[0].paid, found.renovation[0].area) == (20, D("3.5"))


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [("（总）5-6个", 5, 6), ("5", 5, None), ("5个", 5, None), ("５－６", 5, 6), ("5—6个", 5, 6), ("5-6个(总)", 5, 6)],
)
def test_the_second_number_stays_apart(cell: str, first: int, second: int | None) -> None:
    rows = changed(HOUSES[:3], 1, 1, cell)
    line = facts(reading("a.csv", as_csv(rows))).renovation[0]
    assert (line.communities, line.communities_second, line.communities_raw) == (first, second, cell)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_without_merges_reads_the_estimate_once_for_the_blanks_below(encoding: str) -> None:
    rows = [list(row) for row in (MONEY[0], ["甲镇", 300, 30, 20], ["乙镇", "", 40, 40], MONEY[3])]
    found = reading("a.csv", as_csv(rows, encoding))
    assert facts(found).budget_groups == (
        BudgetGroup("estimate", D(300), ("甲镇", "乙镇"), "资金明细表 概算（万元）列"),
    )
    assert asked(found) == [
        "《a.csv》B2（概算（万元））：批复数只写了一次，按一笔批复覆盖甲镇、乙镇读取。如为分别批复，请逐行填写。"
    ]


def test_a_place_without_an_approved_amount_has_no_group() -> None:
    found = facts(reading("a.csv", as_csv([MONEY[0], MONEY[1], ["乙镇", "—", 40, 40]])))
    assert [line.budget_group for line in found.spend] == ["estimate", ""]
    assert [group.places for group in found.budget_groups] == [("甲镇",)]


def test_columns_in_any_order_subtotals_two_heading_rows_and_a_title() -> None:
    rows = [
        ["某项目资金和受益明细表", "", "", "", "", "", ""],
        ["单位:元、㎡", "", "", "", "", "", ""],
        ["资金", "", "街道（镇）名称", "受益情况", "", "", "小区数"],
        ["累计支付", "已投资额", "", "户数", "栋数", "面积", ""],
        [200000, 300000, "甲 镇", 400, 10, 35000, 2],
        [200000, 300000, "小计", 400, 10, 35000, 2],
        [400000, 400000, "乙镇", 500, 20, 40000, 3],
        [400000, 400000, "西片小计", 500, 20, 40000, 3],
        [600000, 700000, "合 计", 900, 30, 75000, 5],
        ["注:数据来源于各街镇", "", "", "", "", "", ""],
    ]
    merged = {"表": ["A1:G1", "A2:G2", "A3:B3", "C3:C4", "D3:F3", "G3:G4", "A10:G10"]}
    content = as_xlsx({"表": [[cell or None for cell in row] for row in rows]}, merged)
    found = facts(reading("a.xlsx", content))
    assert [(line.place, line.invested, line.paid) for line in found.spend] == [("甲镇", 30, 20), ("乙镇", 40, 40)]
    assert [(line.households, line.area) for line in found.renovation] == [(400, D("3.5")), (500, 4)]


def test_a_heading_means_what_the_user_says() -> None:
    rows = [["责任单位", "已投资", "付款", "累计支付"], ["甲镇", "30万元", "20万元", "99万元"]]
    assert said(reading("a.csv", as_csv(rows)))
    found = reading("a.csv", as_csv(rows), mapping={"责任单位": "place", "付款": "paid", "累计支付": ""})
    assert facts(found).spend[0].paid == 20
    assert found.headings == (("责任单位", "place"), ("已投资", "invested"), ("付款", "paid"), ("累计支付", ""))


# What the file does not state


def test_what_is_not_stated_is_carried_over() -> None:
    found = facts(
        reading("a.xlsx", as_xlsx({"资金": MONEY}), previous=replace(BASE, funding=FACTS.funding), stated=NOTHING,
                as_of=date(2025, 3, 31))
    )  # fmt: skip
    assert found.renovation == BASE.renovation
    assert found.funding == FACTS.funding
    assert found.project.approved_on == BASE.project.approved_on
    assert (found.batch, found.as_of) == ("b", date(2025, 3, 31))
    ids = [claim.id for claim in found.claims]
    assert sorted(ids) == sorted(claim.id for claim in BASE.claims)


def test_a_total_of_an_older_table_stays_while_it_is_the_sum() -> None:
    found = facts(reading("a.csv", as_csv(changed(MONEY[:3], 1, 3, 25)), previous=BASE))
    assert found.claim("total_paid") is None
    assert found.claim("total_invested") == BASE.claim("total_invested")
    assert found.claim("total_households") == BASE.claim("total_households")


def test_without_a_column_of_estimates_the_groups_stay() -> None:
    rows = [[row[0], row[2], row[3]] for row in MONEY]
    found = facts(reading("a.csv", as_csv(rows), previous=BASE))
    assert found.budget_groups == BASE.budget_groups
    assert [line.budget_group for line in found.spend] == ["estimate-1", "estimate-2"]


# Optional tables


WORK = [
    ["街镇", "形象进度", "开工小区数", "完工小区数", "验收小区数", "满意度", "有效问卷数"],
    ["甲镇", "40%", 2, 1, "/", "", "—"],
    ["乙镇", 0.555, "", "", "", "92.5", "120份"],
]


def test_work_done_is_read_and_what_is_not_reported_stays_open() -> None:
    found = facts(reading("a.xlsx", as_xlsx({"进度": WORK}), previous=BASE))
    assert [replace(each, raw="") for each in found.deliveries] == [
        Delivery("甲镇", "进度 第2行", D("0.4"), 2, 1, None, None, None, raw=""),
        Delivery("乙镇", "进度 第3行", D("0.555"), None, None, None, D("0.925"), 120, raw=""),
    ]
    assert found.deliveries[0].raw.startswith('{"形象进度": "40%", "开工小区数": "2"')
    assert found.spend == BASE.spend


def test_more_finished_than_there_are_is_asked() -> None:
    (question,) = asked(reading("a.xlsx", as_xlsx({"进度": changed(WORK, 1, 3, 4)}), previous=BASE))
    assert question == "《a.xlsx》工作表“进度”D2（完工小区数）：读到4，而“甲镇”只有2个小区。请核对。"


OUTCOME = [
    ["街镇", "已完工户数（户）", "应验收", "已验收项数", "验收合格数", "阶段目标小区数", "合同金额(元)", "变更增减额"],
    ["甲镇", "1,200户", "9", "8项", "7", "2", "1500000", "-2.5万元"],
    ["乙镇", "/", "", "0", "0", "—", "300000.5", "10000"],
]


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_homes_finished_inspections_and_contracts_are_read(form: str) -> None:
    text = [[str(cell) for cell in row] for row in OUTCOME]
    content = {
        "docx": lambda: docx(paragraph("单位:元"), table(text)),
        "xlsx": lambda: as_xlsx({"进度": [["单位:元"], *OUTCOME]}),
        "csv": lambda: as_csv([["单位:元"], *OUTCOME]),
    }[form]()
    found = facts(reading(f"a.{form}", content, previous=BASE)).deliveries
    assert [replace(each, source="", raw="") for each in found] == [
        Delivery("甲镇", "", None, None, None, None, None, None, 1200, 8, 7, 2, D(150), D("-2.5"), ""),
        Delivery("乙镇", "", None, None, None, None, None, None, None, 0, 0, None, D("30.00005"), D(1), ""),
    ]


def test_more_homes_finished_or_passed_than_there_are_is_asked() -> None:
    rows = [["街镇", "完工户数", "验收小区数", "合格数"], ["甲镇", 401, 1, 2]]
    assert asked(reading("a.xlsx", as_xlsx({"进度": rows}), previous=BASE)) == [
        "《a.xlsx》工作表“进度”B2（完工户数）：读到401，而“甲镇”只有400户。请核对。",
        "《a.xlsx》工作表“进度”D2（合格数）：读到合格2，而“甲镇”已验收的只有1。请核对。",
    ]


def test_arrivals_and_milestones() -> None:
    sheets = {
        "到位": [
            ["资金来源", "到位日期", "到位金额（万元）"],
            ["专项债", date(2024, 3, 5), 50],
            ["区财政预算", "2024年6月1日", 10],
        ],
        "节点": [
            ["里程碑", "计划日期", "实际日期", "街镇"],
            ["开工", "2023-06-01", "2023/6/15", ""],
            ["竣工", "2025.12.31", "/", "甲镇"],
        ],
    }
    found = facts(reading("a.xlsx", as_xlsx(sheets), previous=BASE))
    assert found.arrivals == (
        Arrival("bond", date(2024, 3, 5), D(50), "到位 第2行"),
        Arrival("budget", date(2024, 6, 1), D(10), "到位 第3行"),
    )
    assert found.milestones == (
        Milestone("开工", date(2023, 6, 1), date(2023, 6, 15), "节点 第2行"),
        Milestone("竣工", date(2025, 12, 31), None, "节点 第3行", "甲镇"),
    )


@pytest.mark.parametrize("heading", ["责任单位", "责任人", "责任单位（人）", "责任部门"])
def test_who_answers_for_a_milestone_is_read_and_stays_where_a_file_says_nothing_of_it(heading: str) -> None:
    rows = [["里程碑", "计划日期", heading], ["开工", "2023-06-01", "城建公司"], ["竣工", "2025-12-31", ""]]
    first = facts(reading("a.xlsx", as_xlsx({"节点": rows}), previous=BASE))
    assert [(each.name, each.owner) for each in first.milestones] == [("开工", "城建公司"), ("竣工", "")]
    later = [["里程碑", "计划日期"], ["开工", "2023-07-01"], ["验收", "2026-01-31"]]
    again = facts(reading("b.xlsx", as_xlsx({"节点": later}), previous=first))
    assert [(each.name, each.planned, each.owner) for each in again.milestones] == [
        ("开工", date(2023, 7, 1), "城建公司"), ("验收", date(2026, 1, 31), ""),
    ]  # fmt: skip


DETAIL = [
    ["街镇", "小区", "栋数", "户数", "面积(㎡)", "已投资（万元）", "累计支付(元)"],
    ["甲镇", "一村", 4, 150, 15000, 10, 100000],
    ["", "二村", 6, 250, 20000, 20, 100000],
    ["小计", "", 10, 400, 35000, 30, 200000],
    ["乙镇", "一村", "/", "", "—", "", ""],
    ["乙镇", "三村", "", "", "", "", ""],
    ["乙镇", "四村", "", "", "", "", ""],
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_communities_under_their_place(form: str) -> None:
    rows = [[cell if cell != "" else None for cell in row] for row in DETAIL]
    content = as_csv(DETAIL) if form == "csv" else as_xlsx({"明细": rows}, {"明细": ["A2:A3"]})
    found = reading(f"a.{form}", content, previous=BASE)
    facts(found)
    at = "小区明细" if form == "csv" else "明细"
    assert [replace(each, raw="") for each in found.communities] == [
        Community("甲镇", "一村", f"{at} 第2行", 4, 150, D("1.5"), D(10), D(10), None, raw=""),
        Community("甲镇", "二村", f"{at} 第3行", 6, 250, D(2), D(20), D(10), None, raw=""),
        *(Community("乙镇", name, f"{at} 第{row}行", raw="") for name, row in (("一村", 5), ("三村", 6), ("四村", 7))),
    ]
    assert found.communities[1].raw == (
        '{"B:小区": "二村", "C:栋数": "6", "D:户数": "250", "E:面积(㎡)": "20000", '
        '"F:已投资（万元）": "20", "G:累计支付(元)": "100000"}'
    )


def test_communities_add_up_to_their_place() -> None:
    rows = [row for row in changed(DETAIL, 2, 2, 7) if row[0] != "小计"]
    assert said(reading("a.csv", as_csv([*rows, ["甲镇", "五村", 0, 0, 0, 0, 0]]), previous=BASE)) == [
        "《a.csv》：“甲镇”应有2个小区，明细有3个。",
        "《a.csv》：“甲镇”各小区的栋数相加是11，该街镇的栋数是10，两者不一致。",
    ]


def test_an_amount_split_by_place_becomes_one_group_each() -> None:
    merged = [MONEY[0], ["甲镇", 300, 30, 20], ["乙镇", None, 40, 40]]
    one = facts(reading("a.xlsx", as_xlsx({"资金": merged}, {"资金": ["B2:B3"]}), previous=BASE))
    assert [group.places for group in one.budget_groups] == [("甲镇", "乙镇")]
    parts = [["街镇", "分街镇批复数(元)"], ["甲镇", "1,000,000"], ["乙镇", "2,000,000"], ["合计", "3,000,000"]]
    found = facts(reading("a.xlsx", as_xlsx({"分解": parts}), previous=one))
    assert found.budget_groups == (
        BudgetGroup("estimate-1", D(100), ("甲镇",), "分解 分街镇批复数(元)列"),
        BudgetGroup("estimate-2", D(200), ("乙镇",), "分解 分街镇批复数(元)列"),
    )
    assert [(line.budget_group, line.estimate_raw) for line in found.spend] == [
        ("estimate-1", "1,000,000"),
        ("estimate-2", "2,000,000"),
    ]
    wrong = changed(parts[:3], 2, 1, "1999900")
    assert said(reading("a.xlsx", as_xlsx({"分解": wrong}), previous=one)) == [
        "《a.xlsx》工作表“分解”B2:B3（分街镇批复数(元)）：分街镇批复数相加是299.99万元，批复总数是300.00万元，两者不一致。"
    ]
    assert said(reading("a.xlsx", as_xlsx({"分解": parts[:2]}), previous=one)) == [
        "《a.xlsx》工作表“分解”B2（分街镇批复数(元)）：分街镇批复数缺少乙镇。请补齐，或全部留空。"
    ]


# Bad files


HEAD = "《a.csv》"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (changed(MONEY, 3, 3, "60.01"), ["D4（累计支付（万元））：各行相加是60.00，这里是60.01，两者不一致。"]),
        (changed(MONEY, 1, 2, -30), ["C2（已投资（万元））：金额不能为负，读到“-30”。"]),
        (changed(MONEY, 1, 2, "(30.00)"), ["C2（已投资（万元））：金额不能为负，读到“(30.00)”。"]),
        (
            changed(MONEY, 1, 3, "20户"),
            ["D2（累计支付（万元））：应为金额（如8,000.00；单位可写元、万元、亿元），读到“20户”。"],
        ),
        (changed(HOUSES, 1, 2, "10户"), ["C2（栋数）：应为栋数（不小于0的整数），读到“10户”。"]),
        (changed(HOUSES, 1, 3, "400.5"), ["D2（户数）：应为户数（不小于0的整数），读到“400.5”。"]),
        (
            changed(MONEY, 1, 2, "待定"),
            ["C2（已投资（万元））：应为金额（如8,000.00；单位可写元、万元、亿元），读到“待定”。"],
        ),
        (
            changed(MONEY, 1, 2, "1,23"),
            ["C2（已投资（万元））：应为金额（如8,000.00；单位可写元、万元、亿元），读到“1,23”。"],
        ),
        (
            changed(MONEY, 1, 2, "#REF!"),
            ["C2（已投资（万元））：单元格里是公式错误“#REF!”，请在Excel中改正后重新上传。"],
        ),
        (
            changed(MONEY, 1, 2, "1e9"),
            ["C2（已投资（万元））：应为金额（如8,000.00；单位可写元、万元、亿元），读到“1e9”。"],
        ),
        (changed(MONEY, 1, 2, "9" * 14), ["C2（已投资（万元））：数值过大，读到“99999999999999”。"]),
        (
            changed(MONEY, 1, 2, "0.1234567"),
            ["C2（已投资（万元））：最多精确到百分之一元（万元的六位小数），读到“0.1234567”。"],
        ),
        (changed(MONEY, 1, 3, ""), ["D2（累计支付（万元））：没有填写。没有发生请填0；金额和数量不能留空。"]),
        (changed(MONEY[:3], 2, 0, "甲镇"), ["A3（街镇）：街镇“甲镇”与第2行重复。"]),
        (changed(MONEY[:3], 2, 0, ""), ["A3（街镇）：没有填写街镇。"]),
        (changed(MONEY[:3], 2, 0, "镇" * 101), ["A3（街镇）：名称最多100个字，读到101个。"]),
        (MONEY[:1], ["A1：这张表没有数据行。"]),
        (
            [[*row, row[3]] for row in MONEY],
            ["E1（累计支付（万元））：和“累计支付（万元）”都是累计支付。请把其中一列指定为不读取。"],
        ),
        ([*MONEY, [], *MONEY], ["A6：“资金明细表”出现了不止一次，前一张在“a.csv”第1行。请只保留一张。"]),
        (
            [["甲", "乙"], ["1", "2"]],
            [
                "：没有找到可以识别的表头。表头应有“街镇”，以及概算、已投资、累计支付、小区数、户数等列；列名不同时，请指定各列的含义。"
            ],
        ),
    ],
)
def test_each_problem_has_its_sentence(rows: list[list[Any]], expected: list[str]) -> None:
    assert said(reading("a.csv", as_csv(rows))) == [HEAD + sentence for sentence in expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["资金来源", "到位日期", "到位金额（万元）"], ["", "2024-01-05", "1"], ["专项债", "", "—"]],
            [
                "A2（资金来源）：没有填写。",
                "B3（到位日期）：没有填写。",
                "C3（到位金额（万元））：没有填写。",
            ],
        ),
        ([["资金来源", "到位金额（万元）"], ["专项债", "1"]], ["A1：表头缺少“到位日期”这一列。"]),
        (
            [["里程碑", "计划日期"], ["开工", "2024-02-30"], ["开工", "2024-02-01"], ["", "2024-03-01"]],
            [
                "B2（计划日期）：应为日期（如2024-12-31），读到“2024-02-30”。",
                "A3（里程碑）：里程碑“开工”重复。",
                "A4（里程碑）：没有填写里程碑的名称。",
            ],
        ),
        ([["小区", "户数"], ["一村", "1"]], ["A1：表头缺少“街镇”这一列。"]),
        (
            [["街镇", "小区", "户数"], ["", "一村", "1"], ["甲镇", "", "2"], ["甲镇", "二村", "3"], ["", "二 村", "3"]],
            [
                "A2（街镇）：没有填写街镇。",
                "B3（小区）：没有填写小区名称。",
                "B5（小区）：小区“二村”与小区明细 第4行重复。",
            ],
        ),
        (
            [["街镇", "形象进度", "满意度"], ["甲镇", "140%", "TRUE"]],
            [
                "B2（形象进度）：应为0到100%之间的比例（如40%），读到“140%”。",
                "C2（满意度）：应为0到100%之间的比例（如40%），读到“TRUE”。",
            ],
        ),
        (changed(HOUSES[:3], 1, 4, "-1"), ["E2（面积（万㎡））：面积不能为负，读到“-1”。"]),
    ],
)
def test_each_problem_of_an_optional_table_has_its_sentence(rows: list[list[Any]], expected: list[str]) -> None:
    assert said(reading("a.csv", as_csv(rows), previous=BASE)) == [HEAD + sentence for sentence in expected]


def test_a_mapping_to_no_field_is_told() -> None:
    found = reading("a.csv", as_csv(MONEY), mapping={"备注": "nonsense"})
    assert said(found) == ["《a.csv》“备注”列：“nonsense”不是可以指定的列。"]


def test_all_problems_come_at_once() -> None:
    money = changed(changed(MONEY[:3], 1, 2, "待定"), 2, 3, -1)
    houses = changed(HOUSES[:3], 1, 0, "丙镇")
    assert len(said(reading("a.xlsx", as_xlsx({"资金": money, "受益": houses})))) == 4


def test_a_street_that_the_project_does_not_have() -> None:
    assert said(reading("a.csv", as_csv(changed(MONEY[:3], 2, 0, "丙镇")), previous=BASE)) == [
        "《a.csv》A3（街镇）：项目中没有街镇“丙镇”，已有：甲镇、乙镇。请检查名称。",
        "《a.csv》A1（街镇）：上一期有乙镇，这张表里没有。没有变化的街镇也请列出。",
    ]


def test_money_and_homes_are_of_the_same_places() -> None:
    sheets = {"资金": MONEY[:2], "受益": HOUSES[:3]}
    assert said(reading("a.xlsx", as_xlsx(sheets))) == ["《a.xlsx》工作表“受益”A3（街镇）：“资金”中没有“乙镇”这一行。"]


def test_amounts_are_never_filled_down() -> None:
    rows = [MONEY[0], ["甲镇", 100, 30, 60], ["乙镇", 200, 40, None]]
    assert said(reading("a.xlsx", as_xlsx({"资金": rows}, {"资金": ["D2:D3"]}))) == [
        "《a.xlsx》工作表“资金”D2:D3（累计支付（万元））：这个数合并了2行（甲镇、乙镇），无法分到每个街镇。请取消合并，分别填写。"
    ]


def test_formulas_that_were_never_calculated() -> None:
    assert said(reading("a.xlsx", as_xlsx({"资金": changed(MONEY, 1, 2, "=1+1")}))) == [
        "《a.xlsx》工作表“资金”C2（已投资（万元））：公式还没有计算结果。请在Excel或WPS中打开文件，保存后重新上传。"
    ]


def test_a_workbook_that_rests_on_another() -> None:
    import zipfile

    stream = io.BytesIO(as_xlsx({"资金": MONEY}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<a/>")
    assert said(reading("a.xlsx", stream.getvalue())) == [
        "《a.xlsx》：文件链接了别的工作簿，数字可能不是最新的，未读取。请在Excel的“数据—编辑链接”中断开链接，再另存。"
    ]


def test_the_day_of_the_data() -> None:
    content = as_csv(MONEY)
    assert said(reading("a.csv", content, as_of=date(2025, 7, 1))) == [
        "《a.csv》：数据截止日2025年7月1日晚于今天（2025年6月30日）。请核对日期。"
    ]
    assert said(reading("a.csv", content, stated=replace(NEW, as_of=None))) == [
        "《a.csv》：没有读到数据截止日。请填写截止日，或在文件中写明“截至2024年12月31日”。"
    ]
    assert facts(reading("a.csv", content, as_of=date(2025, 6, 30))).as_of == date(2025, 6, 30)


def test_a_new_project_is_taken_without_its_approval_which_stays_unknown() -> None:
    found = facts(reading("a.csv", as_csv(MONEY), stated=replace(NOTHING, as_of=date(2024, 12, 31))))
    assert (found.project.approval, found.project.approved_on) == ("", None)


def test_a_table_twice_in_a_report() -> None:
    found = reading("r.docx", docx(table(SPEND), paragraph("再一次"), table(SPEND), table(HOMES)))
    assert said(found) == ["《r.docx》工作表“表2”A1：“资金明细表”出现了不止一次，前一张在“表1”第1行。请只保留一张。"]


def test_a_document_without_a_table() -> None:
    assert said(reading("r.docx", docx(paragraph("只有文字")))) == ["《r.docx》：文件里没有表格。"]


def test_the_same_heading_on_the_next_page_is_no_second_table() -> None:
    found = facts(reading("r.docx", report(spend=[*SPEND[:3], SPEND[0], *SPEND[3:]]), stated=STATED))
    assert [line.place for line in found.spend] == list(PLACES)


# Questions


def test_a_figure_in_another_unit_is_asked() -> None:
    rows = changed(MONEY[:3], 1, 3, 200000)
    assert asked(reading("a.csv", as_csv(rows), previous=BASE)) == [
        "《a.csv》D2（累计支付（万元））：读到200,000.00，上一期“甲镇”是20.00，相差千倍以上。请核对单位。"
    ]
    rows = [[*MONEY[0][:2], "已投资（万元）", "累计支付"], ["甲镇", 100, 30, 200000], ["乙镇", 200, 40, 400000]]
    assert asked(reading("a.csv", as_csv(rows))) == [
        "《a.csv》D2（累计支付）：读到200,000.00，同一行的已投资是30.00，相差千倍以上。请核对单位。",
        "《a.csv》D3（累计支付）：读到400,000.00，同一行的已投资是40.00，相差千倍以上。请核对单位。",
        "《a.csv》D1（累计支付）：“累计支付”没有注明单位，按万元读取。",
    ]
    three = [*changed(MONEY[:3], 1, 2, 400000), ["丙镇", 1, 50, 50]]
    assert asked(reading("a.csv", as_csv(three))) == [
        "《a.csv》C2（已投资（万元））：读到400,000.00，其他街镇在40.00左右，相差千倍以上。请核对单位。"
    ]


def test_a_zero_asks_nothing() -> None:
    assert asked(reading("a.csv", as_csv(changed(MONEY[:3], 1, 3, 0)), previous=BASE)) == []


def test_a_merged_cell_over_the_estimate_of_some_places_only() -> None:
    rows = [
        SPEND[0],
        *SPEND[1:3],
        [*SPEND[3][:2], "1,000.00", *SPEND[3][3:]],
        [*SPEND[4][:2], Cell("/"), *SPEND[4][3:]],
    ]
    found = facts(reading("r.docx", report(spend=rows), stated=STATED))
    assert [(group.id, group.amount, group.places) for group in found.budget_groups] == [
        ("estimate-1", D(15000), ("璜土镇", "夏港街道")),
        ("estimate-2", D(1000), ("申港街道",)),
    ]
    assert [line.budget_group for line in found.spend] == ["estimate-1", "estimate-1", "estimate-2", ""]


def test_lines_over_a_table_state_the_day_and_the_approval_of_a_new_project() -> None:
    from core.ingest.report_text.claims import find_stated

    lines = ["批复文号：江政投〔2022〕41号,2022年10月18日", "截至2024年12月31日"]
    rows = [["某镇老旧小区改造项目资金明细表"], lines[:1], [lines[1], None, "单位:万元"], *MONEY]
    content = as_xlsx({"表": rows}, {"表": ["A1:D1"]})
    stated = find_stated(read_document("a.xlsx", content).paragraphs, ())
    found = facts(reading("a.xlsx", content, stated=stated))
    assert (found.project.approval, found.project.approved_on) == ("江政投〔2022〕41号", date(2022, 10, 18))
    assert found.as_of == date(2024, 12, 31)


def test_the_file_to_fill_in_reads_back_the_same_figures() -> None:
    from core.briefing.data_sheet import data_xlsx

    found = facts(reading("a.xlsx", data_xlsx(FACTS), previous=FACTS, stated=NOTHING, as_of=FACTS.as_of))
    assert [(line.place, line.invested, line.paid) for line in found.spend] == [
        (line.place, line.invested, line.paid) for line in FACTS.spend
    ]
    assert [(group.amount, group.places) for group in found.budget_groups] == [(D(15000), PLACES)]
    same = ("place", "communities", "communities_second", "buildings", "households", "area")
    assert [[getattr(line, name) for name in same] for line in found.renovation] == [
        [getattr(line, name) for name in same] for line in FACTS.renovation
    ]
    assert {claim.id: claim.value for claim in found.claims} == {claim.id: claim.value for claim in FACTS.claims}


def test_a_csv_with_full_width_commas_is_told_so() -> None:
    text = "街镇，概算（万元），已投资（万元），累计支付（万元）\n甲镇，4000，2164，2164\n乙街道，4500，2627，2627\n"
    told = [str(problem.sentence()) for problem in reading("a.csv", text.encode(), previous=BASE).problems]
    assert ["全角逗号" in each for each in told] == [True]
