"""评分表汇编, read back with another library than the one that writes it, and who may have it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.briefing.excel import Book, Page, worksheet_names
from core.errors import NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.base.file import File
from core.service.briefing import bound_sheets
from core.service.manage import scorecard_files
from core.service.scoring import opening, setting_up, steps
from core.store import logs
from tests.core.briefing.bound import four
from tests.core.service.people import LI, NOBODY, PROJECT, QIAN, WANG, ZHAO, has_submitted

pytestmark = pytest.mark.usefixtures("store_path")

HEADING = 3
LEADER = Context(Actor("user:lead", "周局", everywhere(Role.LEADER)))
EXPERT = Context(Actor("user:expert", "孙工", everywhere(Role.EVALUATOR)))


def bound(ctx: Context = WANG) -> Any:
    return load_workbook(io.BytesIO(bound_sheets.bound_sheets(ctx, PROJECT, "r1").content), data_only=True)


def rows(sheet: Any, first: int = HEADING + 1) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def line(sheet: Any, label: str) -> list[Any]:
    return next(row for row in rows(sheet) if row[0] == label)


def test_everybody_signs_one_table_with_what_their_own_comes_to() -> None:
    four()
    sheet = bound()["签字表"]
    assert [cell.value for cell in sheet[HEADING]] == [
        "序号", "评价人", "分工", "状态", "已评（项）", "适用分值", "合计得分", "折算得分", "回避", "签字", "日期",
    ]  # fmt: skip
    assert rows(sheet)[:5] == [
        [1, "王工", "全部指标", "已提交", "32/32", 100, 98.49, "—", "", "", ""],
        [2, "李工", "全部指标", "已提交", "31/31", 87, 85, 97.7, "C32", "", ""],
        [3, "赵工", "决策 › 项目立项、C12（4项）", "已提交", "4/4", 12, 11.5, 95.83, "", "", ""],
        [4, "钱工", "全部指标", "草稿", "—", "—", "—", "—", "", "", ""],
        ["", "评审组（主评人签字）", "全部指标", "草稿", "32/32", 100, 98.33, "—", "", "", ""],
    ]
    assert rows(sheet)[5][0] == "评价等级：优"
    assert sheet["A2"].value == "初评 · 汇总规则：平均分 · 单位：分"


def test_each_expert_has_a_sheet_of_their_own_beside_the_panel_s() -> None:
    four()
    book = bound()
    assert book.sheetnames == ["签字表", "评审组评分表", "王工", "李工", "赵工", "专家打分"]
    for name, total, scaled, of in (("王工", 98.49, "—", 100), ("李工", 85, 97.7, 87), ("赵工", 11.5, 95.83, 12)):
        sheet = book[name]
        assert line(sheet, "合计")[5] == total
        assert line(sheet, "折算得分")[4:6] == [of, scaled]
        head, signed = rows(sheet)[-2:]
        assert [head[n] for n in (0, 2, 5, 7, 8, 9)] == ["轮次", "评价人", "合计得分", "折算得分", "签字", "日期"]
        assert [signed[n] for n in (0, 2, 5, 7, 8, 9)] == ["初评", name, total, scaled, "", ""]
    assert line(book["评审组评分表"], "合计")[5] == 98.33
    assert {row[2]: row[9] for row in rows(book["李工"])}["C32"] == "回避"
    assert {row[2]: row[9] for row in rows(book["赵工"])}["C32"] == "未分配"


def test_every_page_prints_on_a4_sideways_one_page_wide_with_its_heading_repeated() -> None:
    four()
    content = bound_sheets.bound_sheets(WANG, PROJECT, "r1").content
    for sheet in load_workbook(io.BytesIO(content)):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.print_title_rows == f"${HEADING}:${HEADING}"
        assert sheet.oddHeader.right.text == "草稿"


def test_the_comparison_follows_the_experts_own_tables() -> None:
    four()
    content = bound_sheets.bound_sheets(WANG, PROJECT, "r1").content
    sheet = load_workbook(io.BytesIO(content))["专家打分"]
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == "C12")
    own = load_workbook(io.BytesIO(content))["李工"]
    there = next(row[0].row for row in own.iter_rows(min_col=3) if row[0].value == "C12")
    assert sheet.cell(at, 5).value == f"=IF('李工'!F{there}=\"\",\"—\",'李工'!F{there})"
    values = load_workbook(io.BytesIO(content), data_only=True)["专家打分"]
    assert [cell.value for cell in values[at]][2:9] == [6, 4.99, 4, 6, 5, 2, 5]
    words = {row[0]: row[3:6] for row in rows(values)}
    assert (words["C32"], words["D41"]) == ([6, "回避", "未分配"], [6.5, "不适用", "未分配"])


def test_without_a_panel_s_sheet_it_says_so() -> None:
    four(panel=False)
    book = bound()
    said = [row[0] for row in rows(book["签字表"])]
    assert "本轮还没有评审组评分表。" in said
    assert not [row for row in rows(book["签字表"]) if row[1] and row[1].startswith("评审组")]


def test_an_expert_s_table_comes_in_again_as_it_went_out() -> None:
    sheets = four()
    for name in ("王工", "李工"):
        file = scorecard_files.export_scorecard(WANG, PROJECT, sheets[name])
        found = scorecard_files.preview_scorecard(WANG, File(file.name, file.content), PROJECT, "r1")
        assert found.problems == ()
        assert found.file is not None
        points = {row.indicator.code: row.points for row in found.file.rows}
        assert points["C12"] == {"王工": Decimal("4.99"), "李工": Decimal(4)}[name]
        assert len(points) == 32


def test_people_of_one_name_have_a_sheet_each() -> None:
    has_submitted(WANG, {"C12": "1"})
    has_submitted(Context(Actor("browser-other", "王工")), {"C12": "3"})
    book = bound(LI)
    assert book.sheetnames == ["签字表", "初评工作表", "王工", "王工（2）", "专家打分"]
    assert [line(book[name], "合计")[5] for name in ("王工", "王工（2）")] == [99, 97]


def test_it_is_for_whoever_may_see_all_of_it() -> None:
    with pytest.raises(NotAllowed, match="本轮还没有已提交的评分表；有人提交后再汇编。"):
        bound(LEADER)
    four()
    assert "王工" in bound(LEADER).sheetnames
    with pytest.raises(NotAllowed, match="您的评分表还没有提交；提交后才能看到本轮其他评分表。"):
        bound(QIAN)
    with pytest.raises(NotAllowed, match="您是本轮的评价人，评分表还没有提交"):
        bound(EXPERT)
    with pytest.raises(NotAllowed, match="请先填写您的姓名"):
        bound(NOBODY)
    with pytest.raises(UnknownName):
        bound_sheets.bound_sheets(WANG, PROJECT, "r9")


def test_before_the_lock_it_is_not_for_experts_of_a_round_that_shows_nothing_until_then() -> None:
    four()
    setting_up.change_round(
        WANG,
        PROJECT,
        "r1",
        name="初评",
        kind="initial",
        rule="mean",
        deadline=None,
        least_scorers=2,
        shown="after_lock",
        self_shown="after_submit",
    )
    alone = Context(Actor(LI.actor.id, "李工", everywhere(Role.EVALUATOR)))
    with pytest.raises(NotAllowed, match="本轮锁定后才公开得分"):
        bound(alone)
    assert "李工" in bound(WANG).sheetnames


def test_whoever_could_still_score_goes_on_record() -> None:
    has_submitted(WANG, {})
    bound(ZHAO)
    state = logs.round_state(open_store.of(ZHAO), PROJECT, "r1")
    assert state.has_seen(ZHAO.actor)


def test_a_recused_expert_is_in_the_table_of_signatures_without_a_sheet() -> None:
    has_submitted(WANG, {})
    steps.recuse(QIAN, PROJECT, opening.my_sheet(QIAN, PROJECT, "r1").id, None, "亲属")
    found = {row[1]: row for row in rows(bound()["签字表"])}
    assert found["钱工"][3:8] == ["回避", "—", "—", "—", "—"]


def test_it_is_named_after_project_round_and_day() -> None:
    has_submitted(WANG, {})
    name = bound_sheets.bound_sheets(WANG, PROJECT, "r1").name
    assert re.fullmatch(r"2023年度申港、夏港区域老小区改造项目_初评_评分表汇编_20\d{6}\.xlsx", name)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_names_are_names_of_worksheets(names: list[str]) -> None:
    found = worksheet_names(names, ["签字表"])
    assert len({each.casefold() for each in (*found, "签字表")}) == len(names) + 1
    book = Book()
    for each in found:
        Page(book, each, (10,))
    assert load_workbook(io.BytesIO(book.content() if found else _blank())).sheetnames


def _blank() -> bytes:
    book = Book()
    Page(book, "甲", (10,))
    return book.content()


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["王工", "王工", "王工"], ["王工", "王工（2）", "王工（3）"]),
        (["a/b:c", "'甲'", "", "History", "签字表"], ["a_b_c", "甲", "_", "History（2）", "签字表（2）"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "（2）"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_names_of_worksheets(names: list[str], found: list[str]) -> None:
    assert worksheet_names(names, ["签字表"]) == found
