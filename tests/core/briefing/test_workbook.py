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
from core.briefing.workbook.sheet import letters
from core.model.context import Context
from core.model.project import Facts
from core.progress import measures
from core.scoring.workflow import NotAllowed
from core.service import briefing_report, manage, panel, project, scoring
from core.service.manage import File
from tests.core.any_facts import any_facts
from tests.core.briefing.judged import REASON, bare, judged
from tests.core.ingest.filled import workbook
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, edit, save

pytestmark = pytest.mark.usefixtures("store_path")

SHEETS = ["封面", "评分表", "扣分明细", "佐证清单", "专家打分", "计算底稿"]
HEADING = 3
"""The row of a table's heading; title and subject stand above it."""


def made(ctx: Context = NOBODY, name: str = PROJECT, round_id: str | None = None) -> bytes:
    return briefing_report.workbook(ctx, name, round_id).content


def values(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content), data_only=True)


def formulas(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def rows(sheet: Any, first: int = HEADING + 1) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def everything(content: bytes) -> str:
    return "\n".join(str(cell.value) for sheet in values(content) for row in sheet for cell in row if cell.value)


def test_the_sheets_print_on_one_page_s_width_with_their_heading_repeated() -> None:
    book = formulas(made())
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page is what the format means where it says nothing. What can be read on one page stands on one, the
        # signatures with their table.
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == (0 if sheet.title == "计算底稿" else None)
        assert sheet.print_title_rows == f"${HEADING}:${HEADING}"
        assert re.fullmatch(r"还原稿·非原表 · 草稿 · 查验码 [A-Z2-7-]{14}", sheet.oddHeader.right.text)
    cover = {row[0]: row[1] for row in rows(book["封面"], 2)}
    assert (cover["得分"], cover["评价等级"], cover["数据截至"]) == ("93.00", "优", "2024年12月31日")
    assert cover["报告得分"] == "报告得分93分(原评分表未附)"
    assert cover["主评人"] == "【待填写】"


def test_the_score_table_is_the_one_that_leaves_alone() -> None:
    content = made()
    alone = formulas(manage.export_scorecard(NOBODY, PROJECT).content)["评分表"]
    inside = formulas(content)["评分表"]
    assert [[c.value for c in row] for row in inside] == [[c.value for c in row] for row in alone]
    assert inside.merged_cells.ranges == alone.merged_cells.ranges
    sums = next(row for row in rows(values(content)["评分表"]) if row[0] == "合计")
    assert sums[4:8] == [100, 93, 7, 0.93]


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
    book = formulas(made())
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
    gap = known["pace_gap", "全项目", "—", "计划工期2023.06—2025.12"]
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
                assert value is not None
                found = re.fullmatch(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)", cell.value)
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
    card = scoring.scorecard(NOBODY, PROJECT)
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
        "编号", "三级指标", "分值", "王工(评价人·已锁定)", "李工(评价人·已锁定)", "汇总(平均分)", "分差",
        "采用(评审组评分表)",
    ]  # fmt: skip
    by_code = {row[0]: row[2:] for row in rows(sheet)}
    assert by_code["C12"] == [6, 6, 4, 5, 2, 5]
    assert by_code["合计"] == [100, 100, 98, 99, "", 99]
    filed = rows(book["佐证清单"])[0]
    assert (filed[0], filed[2], filed[3], filed[4], filed[5]) == ("C12", "工作资料", "=进度台账.pdf", 10, "李工")
    lost = next(row for row in rows(book["扣分明细"]) if row[0] == "C12")
    assert lost[4:8] == [6, 5, 1, f"李工:{REASON}"]
    assert re.fullmatch(r"查验码 [A-Z2-7-]{14}", book["封面"].oddHeader.right.text)


def test_who_has_not_submitted_does_not_appear_to_others() -> None:
    mine = panel.my_sheet(WANG, PROJECT, "r1")
    save(WANG, mine.id, edit("C12", 0, "1.25", reason="只有我知道"))
    text = everything(made(LI))
    assert "王工" not in text
    assert "只有我知道" not in text
    assert "本轮还没有已提交的评价人评分表。" in text
    with pytest.raises(NotAllowed, match="还没有提交"):
        briefing_report.workbook(WANG, PROJECT)


def test_who_stays_out_of_an_item_has_no_points_there() -> None:
    mine = panel.my_sheet(WANG, PROJECT, "r1")
    panel.recuse(WANG, PROJECT, mine.id, "C12", "参与过该项")
    save(WANG, mine.id, edit("A11", 0, "2"))
    panel.submit(WANG, PROJECT, mine.id)
    by_code = {row[0]: row[3] for row in rows(values(made(LI))["专家打分"])}
    assert (by_code["C12"], by_code["A11"], by_code["A12"], by_code["合计"]) == ("回避", 2, "—", 2)


def test_what_is_missing_is_asked_for() -> None:
    wanted = panel.missing_inputs(NOBODY, PROJECT, "r1/working")
    found = [row for row in rows(values(made())["佐证清单"]) if row[2] == "待补"]
    assert [(row[0], row[3]) for row in found] == [(each.code, each.input) for each in wanted]
    assert len(found) > 10


def test_a_blank_round_and_a_project_without_money_and_none_at_all() -> None:
    panel.open_round(WANG, PROJECT, "复评", "final", "mean")
    book = values(made())
    assert {row[0]: row[1] for row in rows(book["封面"], 2)}["评价等级"] == "—"
    assert "已评的指标没有扣分。" in everything(made())
    name = manage.import_scorecard(WANG, File("临港.xlsx", workbook())).project
    text = everything(made(name=name))
    assert "82.25" in text
    found = replace(briefing_report.evaluation(NOBODY, PROJECT), result=None)
    assert values(workbook_xlsx(found)).sheetnames == ["封面", "计算底稿"]


def test_names_are_text_and_nothing_points_outside() -> None:
    found = briefing_report.evaluation(NOBODY, PROJECT)
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


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 51, 52, 701, 702)] == ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]


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
