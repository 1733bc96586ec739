"""Goals: those of the report, those that somebody puts down, and what each can be held against."""

from __future__ import annotations

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.service.evidence import goals
from tests.core.service.people import LI, NOBODY, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


def told() -> list[tuple[str, str, bool]]:
    return [(each.goal.text, str(each.look), each.measurable) for each in goals.goals(WANG, PROJECT)]


def test_the_shipped_goals_have_no_quantity_and_one_day_that_a_measure_answers() -> None:
    """FACTS 2: paid in full about May 2026. FACTS 3, 22: a status sentence without quantities."""
    shown = goals.goals(WANG, PROJECT)
    assert [each.goal.kind for each in shown] == ["overall"] * 4 + ["stage"] * 2
    assert {each.goal.source for each in shown} == {"报告 一（二）1", "报告 一（二）2"}
    assert all("数量0个" in str(each.look) for each in shown)
    assert [each.measurable for each in shown] == [False, False, False, False, False, True]
    assert told()[1][1] == "数量0个、没有日期、居民满意度未填报"
    assert told()[5][1] == "数量0个、日期：2025年12月、按此前速度付完：约2026年5月、已完工小区未填报"


def test_a_goal_is_put_down_once_and_can_be_taken_back() -> None:
    goals.add(WANG, PROJECT, "stage", " 2024年底前改造12个小区，支付率\n60% ", "文件3号")
    goals.add(LI, PROJECT, "stage", "2024年底前改造12个小区，支付率 60%")
    new = [each for each in goals.goals(WANG, PROJECT) if each.goal.actor_name == "王工"]
    assert [(each.goal.text, each.goal.source) for each in new] == [
        ("2024年底前改造12个小区，支付率 60%", "文件3号")
    ]  # fmt: skip
    assert str(new[0].look) == "数量2个、日期：2024年12月、累计支付：8,000.00万元"
    goals.take_back(LI, PROJECT, new[0].goal.id)
    assert len(told()) == 6
    with pytest.raises(UnknownName, match="没有这个目标"):
        goals.take_back(LI, PROJECT, new[0].goal.id)


def test_without_any_the_report_s_stage_goal_stands() -> None:
    for each in goals.goals(WANG, PROJECT):
        goals.take_back(WANG, PROJECT, each.goal.id)
    (left,) = goals.goals(WANG, PROJECT)
    assert (left.goal.id, left.goal.kind, left.goal.text) == ("", "stage", "开工月、在建和计划完成时间")


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [(" \n", "stage", "请填写目标"), ("长" * 501, "stage", "最多500字"), ("短", "other", "请选择总目标或阶段目标")],
)
def test_what_cannot_be_put_down(text: str, kind: str, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        goals.add(WANG, PROJECT, kind, text)  # type: ignore[arg-type]


def test_a_name_and_a_project_are_needed() -> None:
    with pytest.raises(NameNeeded):
        goals.add(NOBODY, PROJECT, "stage", "完工")
    with pytest.raises(UnknownName):
        goals.add(WANG, "nowhere", "stage", "完工")
