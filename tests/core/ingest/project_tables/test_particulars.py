"""What a person says of a project: read, checked, laid over what is known; what is not said stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.ingest.project_tables import particulars
from core.ingest.project_tables.particulars import checked, differences, laid_over, of_facts, read_plan
from core.model.particulars import UNSAID, Particulars
from core.model.project import Arrival, Facts, Project
from tests.core.lingang import FACTS as LINGANG

D = Decimal
TODAY = date(2025, 6, 30)
BLANK = Facts(Project("p", "某项目", (), "", None, "某表"), "p@x", TODAY, (), (), (), (), (), (), ())
NAMES = ("专项债", "财政预算资金", "中央补助", "居民自筹", "管线单位出资")
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@given(st.lists(st.tuples(st.sampled_from(NAMES), AMOUNTS), unique_by=lambda each: each[0]), st.data())
def test_a_plan_reads_back_however_its_lines_are_typed(plan: list[tuple[str, Decimal]], data: st.DataObject) -> None:
    lines = []
    for name, amount in plan:
        mark = data.draw(st.sampled_from((" ", "：", ":", "=", "\t", "  ")))
        unit = data.draw(st.sampled_from(("", "万元", " 万元", "万")))
        printed = data.draw(st.sampled_from((f"{amount:f}", f"{amount:,f}")))
        lines.append(f"{name}{mark}{printed}{unit}")
        lines += data.draw(st.sampled_from(([], [""], ["  "])))
    assert read_plan("\n".join(lines)) == tuple(plan)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("专项债", "第1行：应为“来源 金额（万元）”"),
        ("专项债 一亿", "读到“专项债 一亿”"),
        ("专项债：一亿", "读到“一亿”"),
        ("专项债 100\n\n专项债券 200", "第3行：资金来源“专项债券”写了两次"),
        ("专项债 -5", "不能为负"),
    ],
)
def test_a_line_that_is_no_source_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_plan(text)
    assert said in str(refused.value.problems[0].sentence())


def test_every_wrong_line_is_named_at_once() -> None:
    with pytest.raises(InputError) as refused:
        read_plan("甲\n专项债 1\n乙")
    assert [problem.row for problem in refused.value.problems] == [1, 3]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Particulars(start=date(2024, 1, 1)), "计划工期的开始日和结束日请一并填写"),
        (Particulars(start=date(2024, 1, 2), end=date(2024, 1, 1)), "结束日2024年1月1日应晚于开始日2024年1月2日"),
        (Particulars(start=date(2024, 1, 1), end=date(2024, 1, 1)), "应晚于"),
        (Particulars(approved_on=date(2024, 1, 1)), "请同时填写批复文号"),
        (Particulars(approval="某〔2025〕1号", approved_on=date(2025, 7, 1)), "晚于今天（2025年6月30日）"),
        (Particulars(name="长" * 101), "最多100字，现有101字"),
    ],
)
def test_what_cannot_be_is_a_sentence(said: Particulars, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        checked(said, BLANK, TODAY)
    assert sentence in str(refused.value.problems[0].sentence())


def test_a_day_goes_with_an_approval_that_is_known() -> None:
    known = replace(BLANK, project=replace(BLANK.project, approval="某〔2024〕1号"))
    said = Particulars(approved_on=date(2024, 3, 1))
    assert laid_over(checked(said, known, TODAY), known).project.approved_on == date(2024, 3, 1)


def test_nothing_said_changes_nothing() -> None:
    assert laid_over(UNSAID, LINGANG) == LINGANG
    assert laid_over(of_facts(LINGANG), LINGANG).funding == LINGANG.funding


def test_a_new_planned_time_counts_and_the_others_stay_to_be_chosen() -> None:
    before = [baseline.id for baseline in LINGANG.baselines]
    found = laid_over(Particulars(start=date(2024, 2, 1), end=date(2027, 12, 31)), LINGANG)
    assert [baseline.id for baseline in found.baselines] == ["2402-2712", *before]
    assert found.default_baseline.id == "2402-2712"
    assert sum(baseline.default for baseline in found.baselines) == 1


def test_a_planned_time_that_is_there_is_made_the_one_that_counts() -> None:
    other = next(baseline for baseline in LINGANG.baselines if not baseline.default)
    found = laid_over(Particulars(start=other.start, end=other.end), LINGANG)
    assert found.default_baseline.id == other.id
    assert sorted(b.id for b in found.baselines) == sorted(b.id for b in LINGANG.baselines)


def test_a_new_plan_keeps_what_is_known_of_each_source() -> None:
    bond = next(plan for plan in LINGANG.funding if plan.source == "bond")
    found = laid_over(Particulars(funding=(("专项债券", D(9000)), ("市级补助", D(1000)))), LINGANG)
    assert [(plan.name, plan.planned, plan.planned_share) for plan in found.funding] == [
        (bond.name, D(9000), D("0.9")),
        ("市级补助", D(1000), D("0.1")),
    ]
    assert (found.funding[0].paid, found.funding[1].paid, found.funding[1].arrived) == (bond.paid, None, None)


def test_a_source_that_was_used_cannot_be_left_out() -> None:
    arrived = replace(
        laid_over(Particulars(funding=(("中央补助", D(1)), ("居民自筹", D(2)))), BLANK),
        arrivals=(Arrival("中央补助", date(2025, 1, 1), D(1), "到位表"),),
    )
    with pytest.raises(InputError) as refused:
        checked(Particulars(funding=(("居民自筹", D(2)),)), arrived, TODAY)
    assert "“中央补助”已有到位或支付的数，不能从资金计划中去掉" in str(refused.value.problems[0].sentence())
    assert checked(Particulars(funding=(("中央补助", D(2)),)), arrived, TODAY).funding == (("中央补助", D(2)),)


def test_differences_say_what_was_and_what_is() -> None:
    old = Particulars(name="甲", funding=(("专项债", D(100)),))
    new = replace(old, start=date(2024, 1, 1), end=date(2025, 12, 31), funding=(("专项债", D(100)), ("市级", D(50))))
    assert [(str(what), before, after) for what, before, after in differences(old, new)] == [
        ("计划工期", "—", "2024-01-01—2025-12-31"),
        ("资金计划", "专项债100.00", "专项债100.00、市级50.00"),
    ]
    assert particulars.differences(new, new) == ()
