"""The minutes of a round: what the draft tells, and that each save is a version of its own."""

from __future__ import annotations

import pytest

from core.model.context import Context
from core.scoring.workflow import NotAllowed
from core.service import minutes, panel
from tests.core.service.people import (
    LI,
    PANEL,
    PROJECT,
    QIAN,
    WANG,
    ZHAO,
    answer_all_flags,
    edit,
    has_submitted,
    save,
)

pytestmark = pytest.mark.usefixtures("store_path")


def test_the_minutes_say_who_moved_what_and_why() -> None:
    has_submitted(WANG, {})
    sheet = has_submitted(LI, {"C12": "2"}, "晚了一个月")
    panel.my_sheet(QIAN, PROJECT, "r1")
    panel.take_over(ZHAO, PROJECT, "r1")
    save(WANG, PANEL, edit("C12", 1, "4.5", reason="会议议定:按阶段完成率"))
    panel.return_sheet(ZHAO, PROJECT, sheet.id, "请补C12的依据")
    panel.submit(LI, PROJECT, sheet.id)
    text = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    for line in (
        "2023年度申港、夏港区域老小区改造项目绩效评价初评会议纪要",
        "数据截至2024年12月31日;汇总规则:平均分。",
        "王工:已提交",
        "钱工:未提交",
        "98.50分,等级优。",
        "C12 阶段改造完成率:扣1.50分。会议议定:按阶段完成率",
    ):
        assert line in text.splitlines()
    assert "赵工按平均分汇总评价人的评分,写入32项" in text
    assert "王工在评审组评分表把C12 阶段改造完成率由5.00分改为4.50分,原因:会议议定:按阶段完成率" in text
    assert "赵工退回了李工的评分表,理由:请补C12的依据" in text
    panel.recuse(ZHAO, PROJECT, panel.my_sheet(QIAN, PROJECT, "r1").id, None, "出差")
    answer_all_flags(WANG)
    lock = panel.lock(WANG, PROJECT, "r1")
    locked = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    assert "钱工:回避" in locked
    assert "王工于" in locked
    assert lock.frozen.partition('"digest":"')[2][:64] in locked
    assert "条提示:见纸质档案第3卷" in locked
    english = minutes.draft_minutes(Context(ZHAO.actor, "en"), PROJECT, "r1")
    assert english != locked
    assert minutes.minutes(ZHAO, PROJECT, "r1") is None
    first = minutes.save_minutes(ZHAO, PROJECT, "r1", locked)
    assert minutes.save_minutes(ZHAO, PROJECT, "r1", locked) == first
    second = minutes.save_minutes(LI, PROJECT, "r1", "改过的纪要")
    assert (second.revision, second.actor_name) == (2, "李工")
    assert minutes.minutes(ZHAO, PROJECT, "r1") == second


def test_minutes_of_a_round_in_which_nothing_happened() -> None:
    text = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    assert text.count("无。") == 2
    for words, content in (("是空的", " "), ("最多50000字", "长" * 50_001)):
        with pytest.raises(NotAllowed, match=words):
            minutes.save_minutes(ZHAO, PROJECT, "r1", content)
    panel.my_sheet(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="您的评分表还没有提交"):
        minutes.draft_minutes(WANG, PROJECT, "r1")


def test_an_unfinished_panel_has_minutes_without_a_grade() -> None:
    sheet = panel.my_sheet(WANG, PROJECT, "r1")
    save(WANG, sheet.id, edit("A11", 0, "1"))
    panel.submit(WANG, PROJECT, sheet.id)
    panel.take_over(WANG, PROJECT, "r1")
    text = minutes.draft_minutes(WANG, PROJECT, "r1")
    assert "已评1/32项,合计1.00分,未定等级。" in text
    assert "A11 立项依据充分性:扣1.00分。未写原因" in text
