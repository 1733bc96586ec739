"""The minutes of a round: what the draft tells, and that each save is a version of its own."""

from __future__ import annotations

import pytest

from core.errors import NotAllowed
from core.model.context import Context
from core.service.scoring import assignments, item_records, minutes, opening, steps, taking_over
from tests.core.briefing.bound import OWN, four
from tests.core.service.people import (
    LI,
    PANEL,
    PROJECT,
    QIAN,
    WANG,
    ZHAO,
    agreed,
    answer_all_flags,
    edit,
    has_submitted,
    save,
)

pytestmark = pytest.mark.usefixtures("store_path")


def test_the_minutes_say_who_moved_what_and_why() -> None:
    has_submitted(WANG, {})
    sheet = has_submitted(LI, {"C12": "2"}, "晚了一个月")
    opening.my_sheet(QIAN, PROJECT, "r1")
    taking_over.take_over(ZHAO, PROJECT, "r1")
    save(WANG, PANEL, edit("C12", 1, "4.5", reason="会议议定：按阶段完成率"))
    steps.return_sheet(ZHAO, PROJECT, sheet.id, "请补C12的依据")
    steps.submit(LI, PROJECT, sheet.id)
    text = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    for line in (
        "2023年度申港、夏港区域老小区改造项目绩效评价初评会议纪要",
        "数据截至2024年12月31日；汇总规则：平均分。",
        "王工：已提交，100.00分",
        "钱工：未提交",
        "98.50分，等级优。",
        # 100 and 98; item by item C12 has 5 of 6.
        "逐项取平均分、四舍五入后相加为99.00分；各评分表得分（不适用和回避的按折算）的平均分为99.00分。",
        "C12 阶段改造完成率：扣1.50分。会议议定：按阶段完成率",
    ):
        assert line in text.splitlines()
    assert "赵工按平均分汇总评价人的评分，写入32项" in text
    assert "王工在评审组评分表把C12 阶段改造完成率由5.00分改为4.50分，原因：会议议定：按阶段完成率" in text
    assert "赵工退回了李工的评分表，理由：请补C12的依据" in text
    steps.recuse(ZHAO, PROJECT, opening.my_sheet(QIAN, PROJECT, "r1").id, None, "出差")
    answer_all_flags(WANG)
    lock = steps.lock(WANG, PROJECT, "r1")
    locked = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    assert "钱工：回避" in locked
    assert "赵工申请回避整张钱工的评分表，理由：出差" in locked
    assert "王工于" in locked
    assert lock.frozen.partition('"digest":"')[2][:64] in locked
    assert "条提示：见纸质档案第3卷" in locked
    english = minutes.draft_minutes(Context(ZHAO.actor, "en"), PROJECT, "r1")
    assert english != locked
    assert minutes.minutes(ZHAO, PROJECT, "r1") is None
    first = minutes.save_minutes(ZHAO, PROJECT, "r1", locked)
    assert minutes.save_minutes(ZHAO, PROJECT, "r1", locked) == first
    second = minutes.save_minutes(LI, PROJECT, "r1", "改过的纪要")
    assert (second.revision, second.actor_name) == (2, "李工")
    assert minutes.minutes(ZHAO, PROJECT, "r1") == second


def test_the_minutes_say_who_stayed_out_of_which_item_and_who_scored_it() -> None:
    """李工 stays out of C32, 赵工 has only four items of which C32 is none: 王工 alone has scored it; see `four`."""
    four()
    steps.recuse(QIAN, PROJECT, opening.my_sheet(QIAN, PROJECT, "r1").id, None, "亲属任职")
    lines = minutes.draft_minutes(WANG, PROJECT, "r1").splitlines()
    people = lines[lines.index("一、评价人") + 1 : lines.index("二、评审组结果") - 1]
    assert people == [
        "王工：已提交，98.49分",
        "李工：已提交，折算得分97.70分（原始得分85.00/87.00分）；回避C32",
        "赵工：已提交，折算得分95.83分（原始得分11.50/12.00分）；分工：决策 › 项目立项、C12（4项）",
        "钱工：回避",
        "回避情况：",
        "整张评分表：钱工（亲属任职）回避",
        "C32 支付进度匹配率（工期代理）：李工（参与过该项）回避，由其余1人评分",
    ]


def test_a_recusal_that_was_taken_back_is_none_and_one_may_leave_an_item_to_nobody() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    steps.recuse(WANG, PROJECT, sheet.id, "A11", "误会")
    steps.recuse(WANG, PROJECT, sheet.id, "A11", "已核实", active=False)
    steps.recuse(WANG, PROJECT, sheet.id, "C12", "设计人")
    text = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    assert "C12 阶段改造完成率：王工回避，已提交的评价人中无人评分" in text.splitlines()
    assert "A11 立项依据充分性：" not in text


def test_a_sheet_that_was_submitted_with_open_items_says_how_many() -> None:
    """王工 scores A11 (2) with 1 and C12 (6) full, and nothing else: 7 of 8. 李工 does 2 of 4 items of 分工: 4 of 4."""
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, sheet.id, edit("A11", 0, "1", reason="缺一项"), edit("C12", 0, "6"))
    agreed(steps.submit, WANG, PROJECT, sheet.id)
    other = opening.my_sheet(LI, PROJECT, "r1")
    assignments.assign(ZHAO, PROJECT, "r1", LI.actor.id, OWN)
    save(LI, other.id, edit("A11", 0, "2"), edit("A12", 0, "2"))
    agreed(steps.submit, LI, PROJECT, other.id)
    lines = minutes.draft_minutes(ZHAO, PROJECT, "r1").splitlines()
    assert "王工：已提交，已评2/32项，所评各项得7.00分（满分8.00分）" in lines
    said = "李工：已提交，已评2/4项，所评各项得4.00分（满分4.00分）；分工：决策 › 项目立项、C12（4项）"
    assert said in lines


def test_the_minutes_say_which_unit_spoke_of_which_items_and_who_put_it_down() -> None:
    item_records.comment(LI, PROJECT, "r1", "C12", "台账已补", "申港街道")
    item_records.comment(LI, PROJECT, "r1", "D41", "样本已补", "夏港街道")
    item_records.comment(ZHAO, PROJECT, "r1", "D42", "投诉已办结", "申港街道")
    item_records.reply(WANG, PROJECT, "r1", "C12", "部分采纳", "缺两个月")
    lines = minutes.draft_minutes(ZHAO, PROJECT, "r1").splitlines()
    told = lines[lines.index("五、征求意见") + 1 :]
    assert told[:2] == ["申港街道：意见2条（C12、D42），由李工、赵工登记", "夏港街道：意见1条（D41），由李工登记"]
    assert [line.split(" ", 2)[2] for line in told[2:]] == [
        "李工登记申港街道对C12的意见：台账已补",
        "李工登记夏港街道对D41的意见：样本已补",
        "赵工登记申港街道对D42的意见：投诉已办结",
        "王工答复C12的意见：部分采纳。缺两个月",
    ]
    before = lines[lines.index("四、评价人的提交、退回与回避") + 1 : lines.index("五、征求意见")]
    assert before == ["无。", ""]


def test_minutes_of_a_round_in_which_nothing_happened() -> None:
    text = minutes.draft_minutes(ZHAO, PROJECT, "r1")
    assert text.count("无。") == 3
    for words, content in (("是空的", " "), ("最多50000字", "长" * 50_001)):
        with pytest.raises(NotAllowed, match=words):
            minutes.save_minutes(ZHAO, PROJECT, "r1", content)
    opening.my_sheet(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="您的评分表还没有提交"):
        minutes.draft_minutes(WANG, PROJECT, "r1")


def test_an_unfinished_panel_has_minutes_without_a_grade() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, sheet.id, edit("A11", 0, "1", reason="缺一项"))
    agreed(steps.submit, WANG, PROJECT, sheet.id)
    taking_over.take_over(WANG, PROJECT, "r1")
    save(WANG, PANEL, edit("A11", 1, "1"))
    text = minutes.draft_minutes(WANG, PROJECT, "r1")
    assert "已评1/32项，合计1.00分，未定等级。" in text
    assert "A11 立项依据充分性：扣1.00分。未写原因" in text
