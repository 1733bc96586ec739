"""Traps 5, 6, 8, 10, 21 to 23, 25 and 26: what the document says and does not say, against its own tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.project import BudgetGroup, Claim, Facts
from tests.core.checks.found import D, absent, found, saying, shown, silent
from tests.core.lingang import FACTS, PLACES, renovation, spend

# 5


def test_goals_are_not_achieved_while_it_is_being_built() -> None:
    finding = found(FACTS, "5")
    assert (finding.status, str(finding.message)) == (
        "E",
        "报告称目标全面完成，又写明工程在建、尚未竣工、满意度低于目标：两种说法不能同时成立。",
    )
    assert dict(finding.figures) == {
        "目标全面完成": "报告 二（五）",
        "工程在建": "报告 一（一）3、5",
        "尚未竣工": "报告 四（一）",
        "满意度低于目标": "报告 四（一）",
        "累计支付占概算": "53.33%",
    }


def test_one_state_is_enough_to_deny_it() -> None:
    facts = saying(construction_state="1", finished="1")
    assert "又写明满意度低于目标：" in str(found(facts, "5").message)


def test_goals_of_a_finished_project_may_be_achieved() -> None:
    facts = replace(
        saying(construction_state="1", finished=None, satisfaction_below_target="0"), spend=(), budget_groups=()
    )
    finding = found(facts, "5")
    assert (finding.status, [name for name, _ in finding.figures]) == ("P", ["目标全面完成"])


@pytest.mark.parametrize(
    "facts",
    [
        silent(),
        saying(goals_achieved="0"),
        saying(construction_state="?", finished=None, satisfaction_below_target=None),
    ],
)
def test_goals_that_are_not_claimed_or_have_nothing_beside_them(facts: Facts) -> None:
    assert absent(facts, "5")


# 6


def arrived(bond: str | None, budget: str | None, facts: Facts = FACTS) -> Facts:
    given = [None if amount is None else D(amount) for amount in (bond, budget)]
    return replace(facts, funding=tuple(replace(f, arrived=a) for f, a in zip(facts.funding, given, strict=True)))


def test_the_rate_of_use_hangs_on_its_denominator() -> None:
    finding = found(FACTS, "6")
    assert finding.status == "W"
    assert shown(finding) == {
        "到位资金（按使用率推算）": "8,000.00万元 ÷ 8,000.00万元 = 100.00%",
        "专项债计划资金": "8,000.00万元 ÷ 12,000.00万元 = 66.67%",
        "概算": "8,000.00万元 ÷ 15,000.00万元 = 53.33%",
    }
    assert "以专项债计划资金为分母是66.67%、以概算为分母是53.33%。" in str(finding.message)


def test_a_rate_that_no_denominator_gives() -> None:
    finding = found(arrived("10000", "0"), "6")
    assert (finding.status, str(finding.message)) == (
        "E",
        "报告的使用率100.00%用哪种分母都得不出：以到位资金为分母是80.00%、"
        "以专项债计划资金为分母是66.67%、以概算为分母是53.33%。",
    )


def test_a_rate_that_every_denominator_gives() -> None:
    facts = replace(
        FACTS,
        funding=(replace(FACTS.funding[0], planned=D(8000), arrived=D(8000)),),
        budget_groups=(BudgetGroup("a", D(8000), PLACES, "表"),),
    )
    assert found(facts, "6").status == "P"
    assert found(replace(facts, funding=()), "6").status == "P"


@pytest.mark.parametrize(
    "facts",
    [silent(), saying(utilisation="0"), saying(utilisation="?"), replace(FACTS, funding=(), budget_groups=())],
)
def test_a_rate_needs_a_claim_and_a_plan(facts: Facts) -> None:
    assert absent(facts, "6")


# 8


def test_the_approval_says_that_the_budget_pays_all() -> None:
    finding = found(FACTS, "8")
    assert (finding.status, str(finding.message)) == (
        "E",
        "批复（澄港开委投〔2022〕41号）写明资金由开发区财政全部承担，报告的资金来源却是专项债80.00%、财政预算资金20.00%；"
        "总投资匡算、批复计划总投资、概算金额是3个阶段的数，却同为15,000.00万元。",
    )
    assert dict(finding.figures)["批复的财政资金占比"] == "100.00%"
    assert dict(finding.figures)["报告的财政资金占比"] == "20.00%"


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (saying(approval_funding="0.2"), "W", "与报告的资金来源相符（专项债80.00%、财政预算资金20.00%）；总投资匡算"),
        (saying(approval_funding="0.2", approval_stage="16000"), "P", "总投资匡算、批复计划总投资、概算金额各有其数。"),
        (saying(approval_stage="16000"), "E", "写明资金由开发区财政全部承担"),
        (saying(approval_funding="0.20005", approval_stage=None, plan_stage=None), "P", "财政预算资金20.00%）。"),
        (saying(approval_funding="0.20006", approval_stage=None, plan_stage=None), "E", "却是"),
        (saying(approval_funding=None), "W", "却同为15,000.00万元。"),
        (saying(approval_funding="?", plan_stage=None), "W", "总投资匡算、概算金额是2个阶段的数"),
    ],
)
def test_approval_and_sources(facts: Facts, status: str, words: str) -> None:
    finding = found(facts, "8")
    assert finding.status == status
    assert words in str(finding.message)


def test_an_approval_with_nothing_beside_it() -> None:
    assert absent(silent(), "8")
    assert absent(saying(approval_funding=None, approval_stage=None, plan_stage=None), "8")
    assert absent(replace(saying(approval_stage=None, plan_stage=None), funding=()), "8")


# 10


def test_what_arrived_is_paid_and_the_rest_must_come() -> None:
    finding = found(FACTS, "10")
    assert (finding.status, str(finding.message)) == (
        "W",
        "到位资金（按使用率推算）8,000.00万元已全部支付，在手为零；概算中还有7,000.00万元须待到位。",
    )


@pytest.mark.parametrize(
    ("facts", "status", "left", "to_come"),
    [
        (arrived("8000", "0"), "W", "0.00", "7,000.00"),
        (arrived("8000", "0.005"), "W", "0.01", "7,000.00"),  # half up: 6,999.995
        (arrived("8000", "0.006"), "P", "0.01", "6,999.99"),
        (arrived("10000", "0"), "P", "2,000.00", "5,000.00"),
        (arrived("7000", "0"), "E", "-1,000.00", "8,000.00"),
        (arrived("12000", "3000"), "P", "7,000.00", "0.00"),
        (saying(utilisation="0.8"), "P", "2,000.00", "5,000.00"),
        (replace(FACTS, funding=()), "W", "0.00", "7,000.00"),
    ],
)
def test_money_in_hand(facts: Facts, status: str, left: str, to_come: str) -> None:
    finding = found(facts, "10")
    figures = shown(finding)
    assert (finding.status, figures["在手"], figures["尚待到位"]) == (status, f"{left}万元", f"{to_come}万元")


def test_the_arrived_must_be_known() -> None:
    assert absent(silent(), "10")
    assert absent(arrived("8000", None, silent()), "10")
    assert absent(replace(FACTS, spend=()), "10")
    assert absent(replace(FACTS, spend=tuple(replace(line, paid=D(0)) for line in FACTS.spend)), "10")
    assert absent(replace(FACTS, budget_groups=()), "10")
    assert found(arrived("8000", "0", silent()), "10").source.endswith("概算金额列")


# 21


def test_problems_without_figures_stand_for_seven_points() -> None:
    finding = found(FACTS, "21")
    assert (finding.status, str(finding.message)) == (
        "W",
        "2个问题中2个没有数字，所扣7.00分无从对应；关于满意度没有给出数值、目标值、样本量、调查方法。",
    )
    assert dict(finding.figures)["扣分"] == "7.00"
    assert finding.source == "报告 四（一）；报告 二（五）"
    assert found(saying(satisfaction_below_target=None), "21").source == "报告 四（一）；报告 二（五）"
    assert found(saying(problem_count=None, reported_score=None), "21").source == "报告 四（一）"


SURVEY = {f"satisfaction_{name}": "?" for name in ("value", "target", "sample", "method")}


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        (saying(problem_quantified="1", **SURVEY), "W", "2个问题中1个没有数字，所扣7.00分无从对应。"),
        (saying(reported_score=None, **SURVEY), "W", "2个问题中2个没有数字。"),
        (saying(problem_quantified="2"), "W", "关于满意度没有给出数值"),
        (saying(problem_quantified=None, satisfaction_below_target=None), "W", "2个问题中2个没有数字"),
        (saying(problem_quantified="2", **SURVEY), "P", "所列问题都有数字。"),
        (saying(problem_count=None, satisfaction_value="0.7"), "W", "没有给出目标值、样本量、调查方法。"),
    ],
)
def test_problems_and_satisfaction(facts: Facts, status: str, words: str) -> None:
    finding = found(facts, "21")
    assert finding.status == status
    assert words in str(finding.message)


def test_a_document_without_problems_has_none_to_look_at() -> None:
    assert absent(silent(), "21")
    assert absent(saying(problem_count="0", satisfaction_below_target=None), "21")


# 22


def test_the_goal_of_the_stage() -> None:
    finding = found(FACTS, "22")
    assert (finding.status, dict(finding.figures)) == ("W", {"可衡量的数量指标": "0"})
    assert str(found(saying(stage_goal="3"), "22").message) == "阶段性目标有3个可衡量的数量指标。"
    assert [found(saying(stage_goal=number), "22").status for number in ("1", "3")] == ["P", "P"]
    assert found(saying(stage_goal="?"), "22").status == "W"
    assert absent(saying(stage_goal=None), "22")


# 23


def test_what_is_not_said_of_the_bond() -> None:
    finding = found(FACTS, "23")
    assert (finding.status, str(finding.message)) == (
        "W",
        "专项债计划12,000.00万元，但没有债券利率、发行日期、期限、项目收益与偿债来源。",
    )
    some = saying(bond_interest="0.0289", bond_issued="?")
    assert str(found(some, "23").message) == "专项债计划12,000.00万元，但没有期限、项目收益与偿债来源。"
    every = saying(some, bond_maturity="10", bond_revenue="?")
    assert found(every, "23").status == "P"
    assert absent(replace(FACTS, funding=FACTS.funding[1:]), "23")


# 25


def test_residue_of_text_and_cells() -> None:
    finding = found(FACTS, "25")
    assert (finding.status, dict(finding.figures)) == (
        "W",
        {
            "误替换的字词": "5",
            "书签标记": "2",
            "编号层级错乱": "1",
            "单元格首尾空格": "2",
            "千分位逗号": "9",
            "单元格内带单位": "16",
            "全角括号": "4",
        },
    )
    assert finding.source == (
        "报告 一（一）1；报告 一（一）5、二（五）；报告 五（一）；资金明细表 第1行～4行；受益明细表 第1行～4行"
    )


def test_clean_cells() -> None:
    line = renovation("甲", 1, 2, 3, "4", "1")
    bare = replace(line, communities_raw="1", buildings_raw="2", households_raw="3", area_raw="4")
    facts = replace(silent(), spend=(spend("甲", "1", "1"),), renovation=(bare,))
    finding = found(facts, "25")
    assert (finding.status, dict(finding.figures)) == ("P", {"单元格": "11"})
    halves = replace(bare, communities_raw="（1", households_raw="3）", buildings_raw="2")
    assert dict(found(replace(facts, renovation=(halves,)), "25").figures) == {"全角括号": "2"}
    assert absent(replace(facts, spend=(), renovation=()), "25")
    only = replace(facts, spend=(), renovation=(), claims=(Claim("residue_words", D(1), "", "报告"),))
    assert found(only, "25").source == "报告"


# 26


def test_nobody_signed() -> None:
    finding = found(FACTS, "26")
    assert (finding.status, str(finding.message)) == ("W", "报告没有评价人、评价日期、签名盖章、版本。")
    assert finding.source == "绩效评价报告"
    assert str(found(saying(evaluator="?"), "26").message) == "报告没有评价日期、签名盖章、版本。"
    signed = saying(evaluator="?", evaluated_on="?", signatures="?", version="1")
    assert found(signed, "26").status == "P"
    assert absent(saying(reported_score=None), "26")
    blank = (Claim("reported_score", D(93), "", ""), Claim("evaluator", None, " ", ""))
    assert "评价人" in str(found(replace(FACTS, claims=blank), "26").message)
