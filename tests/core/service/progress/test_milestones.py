"""Milestones entered and changed on a page: who answers, planned, actual; each change with its reason, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InputError, NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.base import batches
from core.service.base.changes import FigureChange
from core.service.base.project import facts
from core.service.progress import milestones, trend

PROJECT = "lingang-2023"
SEED = "lingang-2023@2024-12-31"
WANG, LI = Context(Actor("browser-wang", "王工")), Context(Actor("browser-li1", "李工"))
MAY, JUNE, DECEMBER = date(2023, 5, 1), date(2023, 6, 10), date(2025, 12, 31)

pytestmark = pytest.mark.usefixtures("store_path")


def known() -> list[tuple[str, str | None, str, date | None, date | None]]:
    return [(each.name, each.place, each.owner, each.planned, each.actual) for each in facts(WANG, PROJECT).milestones]


def test_one_is_entered_then_said_more_of_and_each_is_a_batch_of_the_same_day() -> None:
    assert milestones.add(WANG, PROJECT, " 开工\n", None, "", MAY, None) == f"{SEED}-2"
    assert known() == [("开工", None, "", MAY, None)]
    # What was not said yet needs no reason.
    assert milestones.edit(LI, PROJECT, "开工", None, "临港城建 张工", MAY, JUNE) == f"{SEED}-3"
    assert known() == [("开工", None, "临港城建 张工", MAY, JUNE)]
    now = facts(WANG, PROJECT)
    assert (now.batch, now.as_of) == (f"{SEED}-3", date(2024, 12, 31))
    told = batches.corrections(WANG, PROJECT)[f"{SEED}-3"]
    assert (batches.corrected_name(told), told.place, told.reason) == ("开工", "", "补填")
    assert (told.old, told.new) == ("责任单位（人）—；实际日期—", "责任单位（人）临港城建 张工；实际日期2023-06-10")
    assert batches.compared(WANG, PROJECT, f"{SEED}-3") == (
        FigureChange("开工", None, "2023-05-01 / —", "2023-05-01 / 2023-06-10 / 临港城建 张工"),
    )


def test_what_is_known_becomes_another_only_with_a_reason() -> None:
    milestones.add(WANG, PROJECT, "竣工", "申港街道", "甲公司", DECEMBER, None)
    with pytest.raises(NotAllowed, match="责任单位（人）已有内容，更改须写明原因"):
        milestones.edit(WANG, PROJECT, "竣工", "申港街道", "乙公司", DECEMBER, None)
    milestones.edit(WANG, PROJECT, "竣工", "申港街道", "乙公司", DECEMBER, None, "合同变更")
    assert known() == [("竣工", "申港街道", "乙公司", DECEMBER, None)]
    with pytest.raises(InputError, match="与现有的相同"):
        milestones.edit(WANG, PROJECT, "竣工", "申港街道", "乙公司", DECEMBER, None, "又一次")


def test_one_is_taken_out_and_comes_back_with_its_batch() -> None:
    milestones.add(WANG, PROJECT, "开工", None, "", MAY, None)
    milestones.add(WANG, PROJECT, "开工", "申港街道", "", JUNE, None)
    with pytest.raises(NotAllowed, match="请填写原因"):
        milestones.take_out(WANG, PROJECT, "开工", None, " ")
    batch = milestones.take_out(WANG, PROJECT, "开工", None, "录错")
    assert [(each[0], each[1]) for each in known()] == [("开工", "申港街道")]
    batches.withdraw(WANG, PROJECT, batch, "没有录错")
    assert [(each[0], each[1]) for each in known()] == [("开工", None), ("开工", "申港街道")]


def test_what_cannot_be_is_refused_in_a_sentence() -> None:
    milestones.add(WANG, PROJECT, "开工", None, "", MAY, None)
    tomorrow = date.today() + timedelta(days=2)
    refused = (
        ("", None, MAY, None, "请填写里程碑的名称"),
        ("开工", None, MAY, None, "已有里程碑“开工”"),
        ("竣工", None, None, None, "请填写计划日期或实际日期"),
        ("竣工", None, date(205, 5, 1), None, "日期须在1990年到2100年之间"),
        ("竣工", None, MAY, tomorrow, "晚于今天"),
    )
    for name, place, planned, actual, why in refused:
        with pytest.raises(NotAllowed, match=why):
            milestones.add(WANG, PROJECT, name, place, "", planned, actual)
    with pytest.raises(NotAllowed, match="最多120字"):
        milestones.edit(WANG, PROJECT, "开工", None, "长" * 121, MAY, None)
    with pytest.raises(UnknownName, match="没有街镇“火星街道”"):
        milestones.add(WANG, PROJECT, "竣工", "火星街道", "", MAY, None)
    with pytest.raises(UnknownName, match="没有里程碑“竣工”"):
        milestones.edit(WANG, PROJECT, "竣工", None, "甲", MAY, None)
    assert known() == [("开工", None, "", MAY, None)]


def test_it_needs_a_person_who_may_enter_data() -> None:
    with pytest.raises(NameNeeded):
        milestones.add(Context(Actor("anonymous")), PROJECT, "开工", None, "", MAY, None)
    for role in (Role.LEADER, Role.EVALUATOR):
        with pytest.raises(NotAllowed):
            milestones.add(Context(Actor("x", "某", everywhere(role))), PROJECT, "开工", None, "", MAY, None)


def test_the_chart_and_its_table_name_who_answers() -> None:
    milestones.add(WANG, PROJECT, "开工", None, "", MAY, JUNE)
    (plain,) = (each for each in trend.over_time(WANG, PROJECT).panels if each.id == "milestones")
    assert "责任单位（人）" not in plain.headings
    milestones.edit(WANG, PROJECT, "开工", None, "临港城建", MAY, JUNE)
    (panel,) = (each for each in trend.over_time(WANG, PROJECT).panels if each.id == "milestones")
    # 10 June is 40 days after 1 May.
    assert panel.rows == (("开工", "全项目", "临港城建", "2023年5月1日", "2023年6月10日", "40"),)
