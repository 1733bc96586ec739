"""Two whole rounds of one project from the form to the lock: five people with accounts, each in their own browser.

Six items of 100 points, brought by the unit's own 自评表 (98.00), which is a round of its own. All is worked by hand:

初评, mean. 李工 scores 2 to 4, 5 and 6 and stays out of 6; 赵工 scores 1, 5 and 6; 王工 scores all.
    item (full marks)   1 (10)   2 (15)   3 (20)   4 (15)   5 (25)   6 (15)
    王工                 9.00    14.00    18.50    13.00    21.00    12.50    88.00
    李工                          15.00    17.25    12.75    22.50             67.50 of 75:  90.00 of a hundred
    赵工                 8.25                                22.00    11.25    41.50 of 50:  83.00 of a hundred
    mean                8.625    14.50   17.875   12.875  21.83..   11.875
    half up              8.63    14.50    17.88    12.88    21.83    11.88    87.60, 良
李工 gave 15.00 for item 3 before the sheet was returned. 周主任 opens 陈主任's lock and puts 12.00 for item 6:
87.60 - 11.88 + 12.00 = 87.72. Less the unit's own 10, 15, 20, 14, 24 and 15 that is
                        -1.37    -0.50    -2.12    -1.12    -2.17    -3.00   -10.28 = 87.72 - 98.00

复评, median. 王工 stays out of the whole sheet; 赵工 scores 2 to 6.
    李工                 9.50    13.00    18.00    14.50    23.00    13.00    91.00
    赵工                          14.25    17.50    15.00    22.25    12.00    81.00 of 90:  90.00 of a hundred
    median               9.50   13.625    17.75    14.75   22.625    12.50
    half up              9.50    13.63    17.75    14.75    22.63    12.50    90.76, 优
    less the unit's     -0.50    -1.37    -2.25    +0.75    -1.37    -2.50    -7.24 = 90.76 - 98.00
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser import office_files
from tests.browser.members import LONG, Member, build_with_people
from tests.browser.pages import settle, stands_at
from tests.browser.running_app import RunningApp
from tests.browser.test_new_project import give
from tests.browser.test_panel import CONTEXTS, SECOND

EXPERTS = ("王工", "李工", "赵工")
SELF_ASSESSMENT: tuple[office_files.Row, ...] = (
    ("项目支出绩效自评表",),
    ("（2023年度）",),
    ("项目名称", None, "河东区2023年老旧小区改造"),
    ("主管部门", None, "河东区住建局", None, None, "实施单位", None, "河东区房管所"),
    ("项目资金\n（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    (None, None, "年度资金总额：", 800, 800, 800, 10, "100.00%", "10"),
    (None, None, "  其中：本年财政拨款", 800, 800, 800, "—", None, "—"),
    ("绩效\n指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"),
    (None, "产出指标（50分）", "数量指标", "改造小区数", "12个", "12个", 15, 15, None),
    (None, None, "质量指标", "验收合格率", "100%", "100%", 20, 20, None),
    (None, None, "时效指标", "按期完工率", "100%", "95%", 15, 14, "两个小区延期"),
    (None, "效益指标（25分）", "社会效益指标", "居住条件改善", "明显", "明显", 25, 24, "个别楼道未粉刷"),
    (None, "满意度指标（15分）", "满意度指标", "居民满意度", "≥90%", "95%", 15, 15, None),
    ("总分", None, None, None, None, None, 100, 98, None),
)


RESULT = {"r1": ("87.72", "良"), "r3": ("90.76", "优")}
WORKBOOK = {
    # the experts, their mean, their spread, what the panel adopted, 自评, 分差
    "r1": {
        "1": "9.00 未分配 8.25 8.63 0.75 8.63 10.00 -1.37",
        "2": "14.00 15.00 未分配 14.50 1.00 14.50 15.00 -0.50",
        "3": "18.50 17.25 未分配 17.88 1.25 17.88 20.00 -2.12",
        "4": "13.00 12.75 未分配 12.88 0.25 12.88 14.00 -1.12",
        "5": "21.00 22.50 22.00 21.83 1.50 21.83 24.00 -2.17",
        "6": "12.50 回避 11.25 11.88 1.25 12.00 15.00 -3.00",
        "合计": "88.00 67.50 41.50 87.60 87.72",
        "折算得分": "— 90.00 83.00 — —",
    },
    "r3": {
        "1": "9.50 未分配 9.50 0.00 9.50 10.00 -0.50",
        "2": "13.00 14.25 13.63 1.25 13.63 15.00 -1.37",
        "3": "18.00 17.50 17.75 0.50 17.75 20.00 -2.25",
        "4": "14.50 15.00 14.75 0.50 14.75 14.00 0.75",
        "5": "23.00 22.25 22.63 0.75 22.63 24.00 -1.37",
        "6": "13.00 12.00 12.50 1.00 12.50 15.00 -2.50",
        "合计": "91.00 81.00 90.76 90.76",
        "折算得分": "— 90.00 — —",
    },
}
MINUTES = {
    "r1": (
        "王工：已提交，88.00分",
        "李工：已提交，折算得分90.00分（原始得分67.50/75.00分）；回避6；分工：产出指标、5、6（5项）",
        "赵工：已提交，折算得分83.00分（原始得分41.50/50.00分）；分工：1、5、6（3项）",
        # 王工 and 赵工 have scored it.
        "6 居民满意度：李工（亲属住在其中一个小区）回避，由其余2人评分",
        "87.72分，等级良。",
        "5 居住条件改善：扣3.17分。王工：楼道照明未改；李工：绿化偏少；赵工：晾晒设施不足",
        "评审组改动1项（6 +0.12）。",
        "评审得分与“自评 · 自评表”有6项不同，评审减自评：6 −3.00、5 −2.17、3 −2.12、1 −1.37、4 −1.12等。",
        "周主任解锁了本轮，理由：第6项漏计回访",
        "李工在李工的评分表回避6 居民满意度，理由：亲属住在其中一个小区",
        "陈主任退回了李工的评分表，理由：第3项返工只有三处，请核对",
    ),
    "r3": (
        "王工：回避",
        "整张评分表：王工（现任项目顾问）回避",
        "李工：已提交，91.00分",
        "赵工：已提交，折算得分90.00分（原始得分81.00/90.00分）；分工：产出指标、5、6（5项）",
        "90.76分，等级优。",
        "评审得分与“自评 · 自评表”有6项不同，评审减自评：6 −2.50、3 −2.25、2 −1.37、5 −1.37、4 +0.75等。",
        "王工申请回避整张王工的评分表，理由：现任项目顾问",
    ),
}
RECORD = {
    "r1": (
        "赵工在赵工的评分表把5 居住条件改善由未评改为5.00分，原因：旧稿",
        "赵工在赵工的评分表把5 居住条件改善由5.00分改为未评",
        "赵工在赵工的评分表把5 居住条件改善由未评改为22.00分，原因：晾晒设施不足",
        "李工在李工的评分表把3 验收合格率由15.00分改为17.25分，原因：五处返工",
        "陈主任锁定了本轮",
        "周主任解锁了本轮，理由：第6项漏计回访",
        "周主任在评审组评分表把6 居民满意度由11.88分改为12.00分，原因：王工：停车投诉较多；赵工：物业评价低",
        "周主任锁定了本轮",
    ),
    "r3": (
        "王工申请回避整张王工的评分表，理由：现任项目顾问",
        "陈主任在评审组评分表把1 预算执行率由未评改为9.50分，原因：李工：调整一次（依据：中位数（李工9.50））",
        "陈主任锁定了本轮",
    ),
}


@pytest.fixture
def panel_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningApp]:
    """A server in mode `accounts` without any project, and the five people with their passwords."""
    store = tmp_path / "house" / "store.duckdb"
    monkeypatch.setenv("RENEWAL_STORE", str(store))
    build_with_people(store)
    app = RunningApp(store, tmp_path / "log.txt", environment={"RENEWAL_MODE": "accounts"})
    app.start()
    yield app
    app.stop()


def bring_self_assessment(chief: Member) -> str:
    """From nothing to a project with a round of 自评; its id."""
    chief.open("importing")
    give(chief.page, "自评表.xlsx", office_files.sheet(SELF_ASSESSMENT))
    chief.page.get_by_role("button", name="新建项目，去导入评分表").click()
    chief.says("带来的文件：自评表.xlsx")
    chief.says("共6项，有得分6项，得分合计98.00。")
    chief.press("确认导入")
    expect(chief.page.locator("tr.item")).to_have_count(6, timeout=30 * SECOND)
    expect(chief.page.locator(".total")).to_have_text("98.00", timeout=LONG)
    return stands_at(chief.page)["project"]


def told(anybody: Member, name: str) -> None:
    """The minutes and the record of a round say what was worked by hand."""
    anybody.open(f"history?round={name}")
    anybody.part("会议纪要")
    draft = anybody.page.get_by_role("textbox", name="会议纪要")
    expect(draft).to_be_visible(timeout=LONG)
    written = draft.input_value()
    lines = [re.sub(r"^[-\d]+ [\d:]+ ", "", line) for line in written.splitlines()]
    assert [line for line in MINUTES[name] if line not in lines] == [], written
    anybody.part("全程记录")
    events = anybody.page.locator('[data-testid="stMain"] li')
    expect(events.first).to_be_visible(timeout=LONG)
    record = [re.sub(r"^[-\d]+ [\d:]+ ", "", text.strip()) for text in events.all_inner_texts()]
    assert [text for text in RECORD[name] if text not in record] == [], record


def _says(cell: object) -> bool:
    return cell not in (None, "")


def _text(cell: object) -> str:
    return f"{Decimal(str(cell)):.2f}" if isinstance(cell, int | float) else str(cell)


def in_workbook(anybody: Member, name: str) -> None:
    """The workbook of a round has the points as they were given, what was made of them, and 自评 beside."""
    anybody.open(f"frames?round={name}")
    anybody.page.locator(".st-key-document_kind").get_by_role("combobox").focus()
    anybody.page.keyboard.type("工作簿（XLSX）")
    anybody.page.keyboard.press("Enter")
    with anybody.page.expect_download(timeout=60 * SECOND) as taken:
        anybody.press("制作工作簿（XLSX）")
    book = load_workbook(io.BytesIO(taken.value.path().read_bytes()), data_only=True)
    rows = {str(row[0]): row[3:] for row in book["专家打分"].iter_rows(min_row=4, values_only=True)}
    shown = {first: " ".join(map(_text, filter(_says, rows[first]))) for first in WORKBOOK[name]}
    assert shown == WORKBOOK[name]
    cover = {row[0]: row[1] for row in book["封面"].iter_rows(values_only=True)}
    assert (cover["得分"], cover["评价等级"]) == RESULT[name]


@pytest.mark.full
@pytest.mark.timeout(600)
def test_two_rounds_from_the_form_to_the_lock(panel_house: RunningApp, new_context: CONTEXTS) -> None:
    chen = Member(new_context, panel_house, "chen")
    bring_self_assessment(chen)

    # 初评 on one form, which knows the unit's scheme and begins with the mean
    chen.open("panel")
    expect(chen.page.get_by_label("名称")).to_have_value("初评", timeout=LONG)
    for name in EXPERTS:
        chen.page.get_by_role("button", name=name, exact=True).click()
        settle(chen.page)
    chen.press("开始这一轮")
    chen.says("等待王工、李工、赵工提交。")
    chen.assign("李工", ("产出指标", "居住条件改善", "居民满意度"), "产出指标、5、6（5项）")
    chen.assign("赵工", ("预算执行率", "居住条件改善", "居民满意度"), "1、5、6（3项）")

    wang, li, zhao = (Member(new_context, panel_house, login) for login in ("wang", "li", "zhao"))
    wang.open_sheet("已评0/6项")
    wang.give_points(
        {
            "1": ("9", "年中调整过预算"),
            "2": ("14", "一个小区未完工"),
            "3": ("18.5", "两处返工"),
            "4": ("13", "三个小区延期"),
            "5": ("21", "楼道照明未改"),
            "6": ("12.5", "停车投诉较多"),
        }
    )
    wang.adds_up_to("88.00")
    wang.submit()

    # 李工 stays out of 6, submits, gets the sheet back, mends 3
    li.stay_out("6 居民满意度", "亲属住在其中一个小区", "回避1项")
    li.open_sheet("已评0/4项")
    li.give_points(
        {"2": ("15", ""), "3": ("15", "五处返工"), "4": ("12.75", "合同工期已过"), "5": ("22.5", "绿化偏少")}
    )
    li.adds_up_to("87.00")
    li.submit()
    expect(chen.row("李工").get_by_role("button", name="退回")).to_be_visible(timeout=LONG)
    chen.because(chen.row("李工"), "退回", "第3项返工只有三处，请核对")
    li.says("第3项返工只有三处，请核对")
    li.open_sheet("折算得分")
    li.give_points({"3": ("17.25", "三处返工")})
    li.adds_up_to("90.00")
    li.submit()

    # 赵工 pastes the wrong block, takes it back as one step, and pastes the right one
    zhao.open_sheet("已评0/3项")
    zhao.paste("编号\t得分\t原因\n1\t5\t旧稿\n5\t5\t旧稿\n6\t5\t旧稿\n")
    zhao.adds_up_to("30.00")
    zhao.page.keyboard.press("ControlOrMeta+z")
    expect(zhao.page.locator(".total-name")).to_have_text("已评0/3项", timeout=LONG)
    zhao.saved()
    zhao.paste("编号\t得分\t原因\n6\t11.25\t物业评价低\n1\t8.25\t执行偏慢\n5\t22\t晾晒设施不足\n")
    zhao.adds_up_to("83.00")
    zhao.submit()

    chen.board()
    chen.take_over()
    chen.panel_has("87.60")
    chen.answer_flags()
    chen.lock()
    chen.refused(chen.page.locator("body"), "解锁", "第6项有误", "本轮由您锁定，须由另一人解锁。")
    zhou = Member(new_context, panel_house, "zhou")
    zhou.open("panel")  # the login has led there already: now it stands still
    zhou.because(zhou.page.locator("body"), "解锁", "第6项漏计回访")
    zhou.board()
    zhou.jump("6")
    zhou.type_points("12")
    zhou.page.keyboard.press("Enter")
    expect(zhou.page.locator(".board .saving")).to_have_text(re.compile("^已保存"), timeout=LONG)
    zhou.panel_has("87.72")
    zhou.lock()

    # 复评 on the same form, with the same people
    chen.open("panel")
    chen.page.get_by_text("轮次设置", exact=True).click()
    chen.page.get_by_role("radio", name="新建轮次").click()
    chen.says("已按上一轮“初评”填好，可以修改。")
    settle(chen.page)
    chen.choose("类别", "复评")
    chen.choose("汇总规则", "中位数")
    chen.page.get_by_label("名称").fill("复评")
    chen.page.get_by_label("名称").press("Enter")
    settle(chen.page)
    chen.press("开始这一轮")
    stands_at(chen.page, round="r3")
    chen.says("等待王工、李工、赵工提交。")
    chen.assign("赵工", ("产出指标", "居住条件改善", "居民满意度"), "产出指标、5、6（5项）")
    wang.stay_out("整张评分表", "现任项目顾问", "回避整表")
    li.open_sheet("已评0/6项")
    li.give_points(
        {
            "1": ("9.5", "调整一次"),
            "2": ("13", "两个小区未完工"),
            "3": ("18", "两处返工未复验"),
            "4": ("14.5", "一个小区延期"),
            "5": ("23", "照明已补，绿化偏少"),
            "6": ("13", "停车仍有投诉"),
        }
    )
    li.adds_up_to("91.00")
    li.submit()
    zhao.open_sheet("已评0/5项")
    zhao.paste("编号\t得分\t原因\n2\t14.25\t尾项未完\n3\t17.5\t返工\n4\t15\t\n5\t22.25\t晾晒不足\n6\t12\t物业评价低\n")
    zhao.adds_up_to("90.00")
    zhao.submit()
    chen.board()
    chen.take_over()
    chen.panel_has("90.76")
    chen.answer_flags()
    chen.lock()

    for name in MINUTES:
        told(zhou, name)
        in_workbook(zhou, name)
    zhou.open("history")
    zhou.part("防篡改校验")
    zhou.press("校验记录是否被改动")
    zhou.says("没有发现改动。")
    assert [problem for person in (chen, zhou, wang, li, zhao) for problem in person.heard.problems] == []
