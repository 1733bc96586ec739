"""The evaluation workbook, read back with another library than the one that writes it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from core.briefing.workbook import workbook_xlsx
from core.checks import STATUS_NAMES
from core.errors import NotAllowed
from core.model.context import Context
from core.model.paper import PaperChoice
from core.model.project import Community, Facts
from core.progress import measures
from core.service.base import open_store, project
from core.service.base.file import File
from core.service.briefing import evaluation
from core.service.briefing.content import evaluation_of
from core.service.evidence import data_checks
from core.service.manage import scorecard_files
from core.service.scoring import item_records, opening, scorecards, steps
from core.store import read, snapshots
from tests.core.any_facts import any_facts
from tests.core.briefing.judged import REASON, bare, judged
from tests.core.detail import DETAIL, FILE, june
from tests.core.ingest.filled import workbook
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, ZHAO, agreed, edit, save, score_all

pytestmark = pytest.mark.usefixtures("store_path")

SHEETS = ["封面", "评分表", "二级指标得分", "扣分明细", "佐证清单", "专家打分", "数据疑点", "计算底稿"]
HEADING = 3
"""The row of a table's heading; title and subject stand above it."""


def made(ctx: Context = NOBODY, name: str = PROJECT, round_id: str | None = None) -> bytes:
    return evaluation.workbook(ctx, name, PaperChoice(round_id)).content


def values(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content), data_only=True)


def formulas(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def rows(sheet: Any, first: int = HEADING + 1) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def everything(content: bytes) -> str:
    return "\n".join(str(cell.value) for sheet in values(content) for row in sheet for cell in row if cell.value)


def test_the_sheets_print_on_one_page_s_width_with_their_heading_repeated() -> None:
    content = made()
    book = formulas(content)
    assert book.sheetnames == SHEETS
    assert all(sheet.print_options.horizontalCentered for sheet in book)
    for sheet in book.worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page is what the format means where it says nothing. What can be read on one page stands on one, the
        # signatures with their table.
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == (0 if sheet.title in ("数据疑点", "计算底稿") else None)
        assert sheet.print_title_rows == f"${HEADING}:${HEADING}"
        assert re.fullmatch(r"还原稿·非原表 · 草稿 · 查验码：[A-Z2-7-]{14}", sheet.oddHeader.right.text)
    cover = {row[0]: row[1] for row in rows(values(content)["封面"], 2)}
    assert (cover["得分"], cover["评价等级"], cover["数据截至"]) == ("93.00", "优", "2024年12月31日")
    assert cover["报告得分"] == "报告得分93分（原评分表未附）"
    assert cover["主评人"] == "【待填写】"


def test_the_score_table_is_the_one_that_leaves_alone() -> None:
    content = made()
    alone = formulas(scorecard_files.export_scorecard(NOBODY, PROJECT).content)["评分表"]
    inside = formulas(content)["评分表"]
    assert [[c.value for c in row] for row in inside] == [[c.value for c in row] for row in alone]
    assert inside.merged_cells.ranges == alone.merged_cells.ranges
    sums = next(row for row in rows(values(content)["评分表"]) if row[0] == "合计")
    assert sums[4:8] == [100, 93, 7, 0.93]


SECOND = [
    ("决策", "项目立项", 3, 6, 6, 0, 1), ("决策", "绩效目标", 2, 4, 4, 0, 1), ("决策", "资金投入", 2, 5, 5, 0, 1),
    ("过程", "资金管理", 4, 13, 13, 0, 1), ("过程", "债券管理", 2, 5, 5, 0, 1),
    ("过程", "组织实施", 3, 7, 6.5, 0.5, 6.5 / 7), ("产出", "产出数量", 3, 14, 12.5, 1.5, 12.5 / 14),
    ("产出", "产出质量", 2, 8, 8, 0, 1), ("产出", "产出时效", 2, 8, 7, 1, 0.875), ("产出", "产出成本", 2, 5, 5, 0, 1),
    ("效益", "社会效益", 2, 8, 7, 1, 0.875), ("效益", "生态效益", 1, 3, 3, 0, 1), ("效益", "可持续影响", 2, 5, 5, 0, 1),
    ("效益", "满意度", 2, 9, 6, 3, 6 / 9),
]  # fmt: skip
"""The groups of level 2 of the shipped sheet: items, full marks, points, what was lost (C12 1.5, C32 1, D11 1, D41 2,
D42 1, B32 0.5), rate."""


def test_every_check_is_there_with_result_figures_source_and_answer() -> None:
    data_checks.answer(WANG, PROJECT, "11", "资金按批复下达到四个街镇")
    found = {row[0]: row[1:] for row in rows(values(made())["数据疑点"]) if row[2]}
    every = data_checks.checks(NOBODY, PROJECT)
    assert set(found) == {each.id for each in every}
    for each in every:
        assert found[each.id][:3] == [STATUS_NAMES[each.status], str(each.title), str(each.message)]
        assert all(str(value) in found[each.id][3] for _, value in each.figures)
    assert found["11"][5] == "资金按批复下达到四个街镇"
    assert {row[5] for code, row in found.items() if code != "11"} == {"—"}


def test_groups_of_level_2_have_full_marks_points_and_rate() -> None:
    book = values(made())
    found = [tuple(row) for row in rows(book["二级指标得分"]) if row[1]]
    assert [row[:6] for row in found] == [row[:6] for row in SECOND]
    assert [row[6] for row in found] == [pytest.approx(row[6], abs=1e-12) for row in SECOND]
    sums = next(row for row in rows(book["二级指标得分"]) if row[0] == "合计")
    assert sums[2:6] == [32, 100, 93, 7]


def test_a_group_of_level_2_with_open_items_has_no_rate_and_one_without_points_has_none() -> None:
    """A11 (2) 不适用, A12 1 of 2, A13 (2) open: of 4 full marks 1 point so far; of 绩效目标 nothing."""
    opening.open_round(WANG, PROJECT, "复评", "final", "mean")
    save(WANG, "r2/working", edit("A11", 0, None, "not_applicable"), edit("A12", 0, "1"))
    found = {row[1]: row[2:] for row in rows(values(made(round_id="r2"))["二级指标得分"])}
    assert found["项目立项"] == [3, 4, 1, 1, "—"]
    assert found["绩效目标"] == [2, 4, "—", "—", "—"]


def test_every_measure_is_there_with_what_it_was_made_of() -> None:
    book = values(made())
    found = [row for row in rows(book["计算底稿"]) if isinstance(row[0], int)]
    measures = project.measures(NOBODY, PROJECT)
    assert len(found) > len(measures) > 100
    for row, m in zip(found, measures, strict=False):
        assert row[1:4] == [m.id, m.name, m.place or "全项目"]
        if m.value is None:
            assert row[4] == "—"
        elif isinstance(m.value, date):
            assert row[4] == datetime(m.value.year, m.value.month, m.value.day)
        else:
            scale = 100 if m.unit == "pp" else 1
            assert row[4] == pytest.approx(float(m.value) * scale, rel=1e-14)
        for cell, operand in ((row[7], m.numerator), (row[8], m.denominator)):
            assert cell == "—" if operand is None else cell == pytest.approx(float(operand), rel=1e-14)
        assert row[10] == m.source
        assert row[11] == datetime(2024, 12, 31)


def test_the_figures_of_the_workings_are_the_facts() -> None:
    book = values(made())
    known = {
        (row[1].value, row[3].value, row[9].value, row[12].value): row
        for row in book["计算底稿"].iter_rows(min_row=HEADING + 1)
        if isinstance(row[0].value, int)
    }
    rate = known["paid_rate", "全项目", "概算", "—"]
    assert (rate[7].value, rate[8].value, rate[4].number_format, rate[5].value) == (8000, 15000, "#,##0.00%", "%")
    assert rate[4].value == pytest.approx(8 / 15)
    elapsed = {key[3]: row for key, row in known.items() if key[0] == "time_elapsed"}
    days = {condition: (row[7].value, row[8].value) for condition, row in elapsed.items()}
    assert days == {
        "计划工期2023.06—2025.12": (580, 945),
        "计划工期2023.01—2026.12": (731, 1461),
        "计划工期2023.01—2025.12": (731, 1096),
        "计划工期2023.06—2026.12": (580, 1310),
    }
    gap = known["pace_gap", "全项目", "概算", "计划工期2023.06—2025.12"]
    assert (round(gap[4].value, 2), gap[5].value) == (-8.04, "个百分点")
    forecast = known["finish_forecast", "全项目", "—", "计划工期2023.06—2025.12"]
    assert forecast[4].value == datetime(2026, 5, 19)


def test_every_formula_carries_the_value_that_it_gives() -> None:
    judged()
    content = made(LI)
    live, stored = formulas(content), values(content)
    counted = 0
    for sheet in live:
        for row in sheet:
            for cell in row:
                if cell.data_type != "f":
                    continue
                counted += 1
                value = stored[sheet.title][cell.coordinate].value
                assert value is not None or '""' in cell.value
                found = re.fullmatch(r"=(?:IF\(.*,\"—\",)?SUM\(([A-Z]+)(\d+):\1(\d+)\)\)?", cell.value)
                if found:
                    numbers = range(int(found[2]), int(found[3]) + 1)
                    cells = [stored[sheet.title][f"{found[1]}{n}"].value for n in numbers]
                    assert value == pytest.approx(sum(each for each in cells if isinstance(each, int | float)))
    assert counted > 70


def test_deductions_come_with_their_reasons_the_largest_first() -> None:
    found = rows(values(made())["扣分明细"])
    items = [row for row in found if re.fullmatch(r"[A-D]\d\d", str(row[0]))]
    assert [(row[0], row[6]) for row in items] == [
        ("D41", 2), ("C12", 1.5), ("C32", 1), ("D11", 1), ("D42", 1), ("B32", 0.5),
    ]  # fmt: skip
    card = scorecards.scorecard(NOBODY, PROJECT)
    reasons = {item.indicator.code: item.event.reason for item in card.items if item.event}
    assert all(row[7] == reasons[row[0]] for row in items)
    sums = next(row for row in found if row[0] == "合计")
    assert sums[6] == 7


def test_experts_stand_side_by_side_with_what_was_made_of_them() -> None:
    judged()
    book = values(made(LI))
    sheet = book["专家打分"]
    heading = [cell.value for cell in sheet[HEADING]]
    assert heading == [
        "编号", "三级指标", "分值", "专家A（评价人·已锁定）", "专家B（评价人·已锁定）", "汇总（平均分）", "分差",
        "采用（评审组评分表）",
    ]  # fmt: skip
    by_code = {row[0]: row[2:] for row in rows(sheet)}
    assert by_code["C12"] == [6, 6, 4, 5, 2, 5]
    assert by_code["合计"] == [100, 100, 98, 99, "", 99]
    filed = rows(book["佐证清单"])[0]
    assert (filed[0], filed[2], filed[3], filed[4], filed[5]) == ("C12", "工作资料", "=进度台账.pdf", 10, "专家B")
    lost = next(row for row in rows(book["扣分明细"]) if row[0] == "C12")
    assert lost[4:8] == [6, 5, 1, REASON]
    assert re.fullmatch(r"查验码：[A-Z2-7-]{14}", book["封面"].oddHeader.right.text)


def test_self_assessment_stands_behind_what_was_adopted_with_the_gap_to_it() -> None:
    judged()  # C12 (6): 王工 6, 李工 4, adopted 5
    opening.open_round(WANG, PROJECT, "自评", "self", "chief")
    own = opening.my_sheet(ZHAO, PROJECT, "r2")
    score_all(ZHAO, own, {"D11": "1"})  # of 5
    steps.submit(ZHAO, PROJECT, own.id)
    content = made(LI, round_id="r1")
    sheet = values(content)["专家打分"]
    heading = [cell.value for cell in sheet[HEADING]]
    assert heading[-2:] == ["自评 · 赵工的评分表", "分差（评审减自评）"]
    by_code = {row[0]: row[2:] for row in rows(sheet)}
    # before it all is as without the unit
    assert by_code["C12"] == [6, 6, 4, 5, 2, 5, 6, -1]
    assert by_code["D11"][-3:] == [5, 4, 1]
    assert by_code["合计"][:6] == [100, 100, 98, 99, "", 99]
    live = formulas(content)["专家打分"]
    at = next(row[0].row for row in live.iter_rows() if row[0].value == "C12")
    assert live.cell(at, 10).value == f'=IF(AND(ISNUMBER(H{at}),ISNUMBER(I{at})),H{at}-I{at},"—")'


def test_who_has_not_submitted_does_not_appear_to_others() -> None:
    mine = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, mine.id, edit("C12", 0, "1.25", reason="只有我知道"))
    text = everything(made(LI))
    assert "王工" not in text
    assert "只有我知道" not in text
    assert "本轮还没有已提交的评价人评分表。" in text
    with pytest.raises(NotAllowed, match="还没有提交"):
        evaluation.workbook(WANG, PROJECT)


def test_who_stays_out_of_an_item_has_no_points_there() -> None:
    mine = opening.my_sheet(WANG, PROJECT, "r1")
    steps.recuse(WANG, PROJECT, mine.id, "C12", "参与过该项")
    save(WANG, mine.id, edit("A11", 0, "2"))
    agreed(steps.submit, WANG, PROJECT, mine.id)
    by_code = {row[0]: row[3] for row in rows(values(made(LI))["专家打分"])}
    assert (by_code["C12"], by_code["A11"], by_code["A12"], by_code["合计"]) == ("回避", 2, "—", 2)


def test_what_is_missing_is_asked_for() -> None:
    wanted = item_records.missing_inputs(NOBODY, PROJECT, "r1/working")
    found = [row for row in rows(values(made())["佐证清单"]) if row[2] == "待补"]
    assert [(row[0], row[3]) for row in found] == [(each.code, each.input) for each in wanted]
    assert len(found) > 10


def test_a_blank_round_and_a_project_without_money_and_none_at_all() -> None:
    opening.open_round(WANG, PROJECT, "复评", "final", "mean")
    book = values(made())
    assert {row[0]: row[1] for row in rows(book["封面"], 2)}["评价等级"] == "—"
    assert "已评的指标没有扣分。" in everything(made())
    name = scorecard_files.import_scorecard(WANG, File("临港.xlsx", workbook())).project
    text = everything(made(name=name))
    assert "82.25" in text
    found = replace(evaluation_of(NOBODY, PROJECT), score=None)
    assert values(workbook_xlsx(found)).sheetnames == ["封面", "数据疑点", "计算底稿"]


def test_every_community_is_there_where_the_data_have_them() -> None:
    """利港街道第2村, 105 buildings, 3,848 households, 700 of money, 30 %; no area. In English 7 million."""
    store = open_store.store()
    snapshots.add(store, june(read.facts(store, PROJECT)), WANG.actor, communities=DETAIL, file=FILE)
    content = made()
    assert formulas(content).sheetnames == [*SHEETS[:-1], "小区明细", SHEETS[-1]]
    sheet = values(content)["小区明细"]
    head = [cell.value for cell in sheet[HEADING]][:9]
    assert head == [
        "序号", "小区名称", "街镇", "楼栋（栋）", "户数（户）", "面积（万㎡）", "已投资（万元）", "累计支付（万元）",
        "形象进度",
    ]  # fmt: skip
    found = [list(row) for row in rows(sheet) if isinstance(row[0], int)]
    assert len(found) == len(DETAIL) == 7
    second = next(row for row in found if row[1] == "利港街道第2村")
    assert second[2:9] == ["利港街道", 105, 3848, "—", 700, 700, 0.3]
    assert second[-1] == "台账 第8行"
    english = evaluation_of(replace(NOBODY, language="en"), PROJECT)
    sheet = values(workbook_xlsx(english))["Community details"]
    assert [row[6:9] for row in rows(sheet) if row[1] == "利港街道第2村"] == [[7, 7, 0.3]]


def test_a_community_says_what_its_list_says_where_that_is_less_than_a_value() -> None:
    row = Community(
        "璜土镇", "一村", "台账 第2行", households=5000, physical=Decimal("0.4"), begun_on=date(2023, 6, 1),
        said='{"households": "约5000", "physical": "约40%", "done_on": "主体施工"}',
    )  # fmt: skip
    found = replace(evaluation_of(NOBODY, PROJECT), communities=(row,), communities_told=("begun_on", "done_on"))
    sheet = values(workbook_xlsx(found))["小区明细"]
    cells = next(list(each) for each in rows(sheet) if each[1] == "一村")
    assert cells[3:11] == ["—", "约5,000", "—", "—", "—", "约40.00%", datetime(2023, 6, 1), "主体施工"]


def test_names_are_text_and_nothing_points_outside() -> None:
    found = evaluation_of(NOBODY, PROJECT)
    facts = replace(found.facts, project=replace(found.facts.project, name="=1+1\x0b\ufffe", approval="@SUM(1)"))
    content = workbook_xlsx(replace(found, facts=facts))
    book = formulas(content)
    assert book["封面"]["A1"].data_type == "s"
    assert book["封面"]["A1"].value == "=1+1绩效评价工作簿"
    assert book["封面"]["B3"].value == "@SUM(1)"
    assert all(sheet["A1"].data_type == "s" and sheet["A1"].value.startswith("=1+1") for sheet in book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert all('TargetMode="External"' not in each for each in relations)


def test_figures_are_numbers_to_the_cent() -> None:
    found = {
        (row[1], row[3]): row[4] for row in rows(values(made())["计算底稿"]) if row[1] == "paid" and row[3] != "全项目"
    }
    assert {place: Decimal(str(value)) for (_, place), value in found.items()} == {
        "璜土镇": 2164, "夏港街道": 2627, "申港街道": 1900, "利港街道": 1309,
    }  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_facts())
def test_no_project_is_too_odd(facts: Facts) -> None:
    book = values(workbook_xlsx(bare(facts)))
    found = [row for row in rows(book["计算底稿"]) if isinstance(row[0], int)]
    assert [row[1] for row in found] == [m.id for m in measures(facts)]
    assert all(row[4] is not None for row in found)
