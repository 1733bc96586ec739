"""Traps 1-4, 7, 9, 11 and 20 of FACTS 3: on the project they were found in, and where they do not hold."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from core.checks import COMPARING, PLAIN, STATUS_NAMES, run
from core.checks.payments import VERIFYING
from core.model.project import BudgetGroup, Claim, Facts
from core.model.reference import Reference
from core.text import render
from tests.core.any_facts import any_facts
from tests.core.checks.found import absent, found, shown
from tests.core.lingang import CHECKED, FACTS, NOTHING, PLACES, REFERENCE, spend

D = Decimal
HT, XG, SG, LG = PLACES


def paid(*amounts: str) -> Facts:
    lines = zip(FACTS.spend, amounts, strict=True)
    return replace(FACTS, spend=tuple(replace(line, paid=D(amount)) for line, amount in lines))


def test_the_project() -> None:
    findings = run(FACTS, REFERENCE)
    assert [(finding.id, finding.status) for finding in findings] == list(CHECKED.items())
    for finding in findings:
        assert finding.status in STATUS_NAMES
        assert finding.source
        assert finding.figures
        assert render(finding.message, "zh_CN") == str(finding.message)
        assert len(str(finding.title)) > 1
        assert str(finding.title) != "None"


def test_of_nothing_nothing_is_found() -> None:
    assert run(NOTHING, REFERENCE) == ()


def of_modules() -> dict[str, str]:
    """The functions of core.checks that give a finding, and the numbers that they give it (in their first word too)."""
    found = {}
    for file in sorted((Path(__file__).parents[3] / "core" / "checks").glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "Finding | None":
                calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
                numbers = {ast.literal_eval(each.args[0]) for each in calls if ast.unparse(each.func) == "Finding"}
                numbers.add((ast.get_docstring(node) or "").partition(":")[0])
                found[f"{file.stem}.{node.name}"] = "/".join(sorted(numbers))
    return found


def test_every_check_is_run_under_a_number_of_its_own() -> None:
    checks = of_modules()
    running = {f"{each.__module__.rpartition('.')[2]}.{each.__name__}" for each in (*PLAIN, *COMPARING, *VERIFYING)}
    assert set(checks) == running, "PLAIN, COMPARING and VERIFYING list the checks that are run"
    assert sorted(checks.values(), key=lambda number: (len(number), number)) == [
        str(number) for number in range(1, len(checks) + 1)
    ], "a check gives all of its findings one number, its docstring begins with it, and a new check takes the next one"


def test_without_anything_to_compare_with_the_other_checks_still_run() -> None:
    assert CHECKED.keys() - {finding.id for finding in run(FACTS)} == {"16", "18"}


@settings(max_examples=60, deadline=None)
@given(any_facts())
def test_on_any_project(facts: Facts) -> None:
    numbers = [int(finding.id) for finding in run(facts, REFERENCE)]
    assert numbers == sorted(set(numbers))
    for finding in run(facts, REFERENCE):
        assert finding.status in STATUS_NAMES
        assert finding.figures
        assert "None" not in str(finding.message)


# 1


def test_columns_add_up() -> None:
    finding = found(FACTS, "1")
    assert str(finding.message) == "7列各行之和都等于表中合计。"
    assert dict(finding.figures)["面积"] == "330.67"


@pytest.mark.parametrize(
    ("printed", "status"),
    [("8000.005", "P"), ("7999.995", "P"), ("8000.0050001", "E"), ("7999.99", "E")],
)
def test_the_tolerance_of_a_sum(printed: str, status: str) -> None:
    claims = tuple(replace(c, value=D(printed)) if c.id == "total_paid" else c for c in FACTS.claims)
    assert found(replace(FACTS, claims=claims), "1").status == status


def test_a_wrong_sum_is_named() -> None:
    claims = tuple(replace(c, value=D(26301)) if c.id == "total_households" else c for c in FACTS.claims)
    finding = found(replace(FACTS, claims=claims), "1")
    assert finding.status == "E"
    assert "“户”（26,310 ≠ 26,301）" in str(finding.message)


def test_only_printed_totals_are_compared() -> None:
    without = (Claim("total_paid", None, "", ""), Claim("total_area", D("330.67"), "", "受益明细表"))
    finding = found(replace(FACTS, claims=without), "1")
    assert (finding.figures, finding.source) == ((("面积", "330.67"),), "受益明细表")
    assert absent(replace(FACTS, claims=()), "1")


def test_the_tolerance_is_a_threshold_of_the_reference() -> None:
    claims = tuple(replace(c, value=D(8001)) if c.id == "total_paid" else c for c in FACTS.claims)
    loose = Reference(tolerance=D(1))
    assert next(f for f in run(replace(FACTS, claims=claims), loose) if f.id == "1").status == "P"


# 2


def funding(bond: tuple[str, str], budget: tuple[str, str]) -> Facts:
    amounts = zip(FACTS.funding, (bond, budget), strict=True)
    return replace(
        FACTS, funding=tuple(replace(f, planned=D(planned), planned_share=D(share)) for f, (planned, share) in amounts)
    )


@pytest.mark.parametrize(
    ("bond", "budget", "status", "words"),
    [
        (("12000", "0.8"), ("3000", "0.2"), "P", "各来源占比与金额相符"),
        (("12000.005", "0.8"), ("3000", "0.2"), "P", "相符"),
        (("12000.006", "0.8"), ("3000", "0.2"), "E", "两数不符"),
        (("12000", "0.8"), ("2000", "0.2"), "E", "资金来源合计14,000.00万元，概算15,000.00万元"),
        (("12000", "0.8"), ("3000", "0.25"), "E", "财政预算资金的占比"),
        (("12000", "0.75"), ("3000", "0.25"), "E", "专项债的占比"),
        (("5000", "0.3333"), ("10000", "0.6667"), "P", "相符"),
    ],
)
def test_sources_and_estimate(bond: tuple[str, str], budget: tuple[str, str], status: str, words: str) -> None:
    finding = found(funding(bond, budget), "2")
    assert finding.status == status
    assert words in str(finding.message)


def test_sources_need_a_plan_and_an_estimate() -> None:
    assert absent(replace(FACTS, funding=()), "2")
    assert absent(replace(FACTS, budget_groups=()), "2")


# 3


def serials(money: str, homes: str) -> Facts:
    return replace(
        FACTS,
        spend=tuple(replace(line, serial_raw=s) for line, s in zip(FACTS.spend, money.split(","), strict=True)),
        renovation=tuple(
            replace(line, serial_raw=s) for line, s in zip(FACTS.renovation, homes.split(","), strict=True)
        ),
    )


def test_doubled_serials_would_double_money() -> None:
    finding = found(FACTS, "3")
    assert str(finding.message) == (
        "序号为1,2,3,2，有重号或缺号；若按序号连接两表，累计支付8,000.00万元会变成11,936.00万元。"
        "本系统按街镇名称连接，保留原序号。"
    )
    assert finding.source == "资金明细表 第1行～4行；受益明细表 第1行～4行"


@pytest.mark.parametrize(
    ("money", "homes", "status", "joined"),
    [
        ("1,2,3,4", "1,2,3,4", "P", None),
        (" 1 ,2.,03,4、", "1,2,3,4", "P", None),
        ("1,2,3,4", "1,2,3,2", "W", "9,318.00万元"),  # 8000 - 1309 + 2627
        ("1,2,3,5", "1,2,3,5", "W", None),
        ("1,2,3,", "1,2,3,4", "W", "6,691.00万元"),
        ("1,2,3,4X", "1,2,3,4", "W", "6,691.00万元"),
        ("一,二,三,四", "一,二,三,四", "W", None),
    ],
)
def test_serials(money: str, homes: str, status: str, joined: str | None) -> None:
    finding = found(serials(money, homes), "3")
    assert finding.status == status
    assert shown(finding).get("按序号连接后") == joined


# No wrong number, B9
def test_a_table_without_serials_is_not_numbered_wrongly() -> None:
    assert absent(serials(",,,", ",,,"), "3")
    one = found(serials(",,,", "1,2,3,2"), "3")
    assert dict(one.figures) == {"受益明细表序号": "1,2,3,2"}
    assert str(one.message).startswith("序号为1,2,3,2，")
    assert "1,—,3" in str(found(serials("1,,3,4", "1,2,3,4"), "3").message)


def test_serials_of_one_table_alone() -> None:
    assert found(replace(FACTS, renovation=()), "3").status == "W"
    assert dict(found(replace(FACTS, spend=()), "3").figures) == {"受益明细表序号": "1,2,3,2"}


# 4


def test_the_merged_estimate() -> None:
    finding = found(FACTS, "4")
    assert str(finding.message) == (
        "概算15,000.00万元是4个街镇共用的合并单元格，未分解到街镇：逐行读取会变成60,000.00万元，"
        "只读首行则璜土镇得14.4%、其余街镇没有。"
    )


def test_an_estimate_split_by_place() -> None:
    groups = tuple(BudgetGroup(place, D(3750), (place,), f"{place}行") for place in PLACES)
    finding = found(replace(FACTS, budget_groups=groups), "4")
    assert (finding.status, str(finding.message)) == ("P", "概算已分解到4个街镇。")


def test_a_row_that_no_merged_cell_covers() -> None:
    groups = (BudgetGroup("a", D(15000), (HT, XG), "概算列"),)
    finding = found(replace(FACTS, budget_groups=groups), "4")
    assert finding.status == "Q"
    assert str(finding.message).startswith("申港街道、利港街道的概算单元格为空")


def test_the_merged_estimate_needs_an_amount_and_rows() -> None:
    assert absent(replace(FACTS, budget_groups=()), "4")
    assert absent(replace(FACTS, spend=()), "4")


# 7


def used(bond: str, budget: str) -> Facts:
    return replace(
        FACTS, funding=tuple(replace(f, paid=D(p)) for f, p in zip(FACTS.funding, (bond, budget), strict=True))
    )


@pytest.mark.parametrize(
    ("bond", "budget", "status", "words"),
    [
        ("8000", "0", "W", "累计支付8,000.00万元中没有财政预算资金；其计划3,000.00万元尚未支付"),
        ("7000", "0", "E", "各资金来源已支付合计7,000.00万元"),
        ("7999.995", "0", "W", "没有财政预算资金"),
        ("6400", "1600", "P", "由各资金来源共同支付"),
        ("4800", "3200", "P", "不超过20个百分点"),  # 60:40 against 80:20: just 20
        ("4799", "3201", "W", "相差超过20个百分点"),
    ],
)
def test_sources_of_payments(bond: str, budget: str, status: str, words: str) -> None:
    finding = found(used(bond, budget), "7")
    assert finding.status == status
    assert words in str(finding.message)


def test_a_plan_of_less_than_one_and_payments_of_less_than_one_are_compared_too() -> None:
    small = replace(funding(("0.4", "0.8"), ("0.1", "0.2")), spend=(spend(HT, "0.5", "1"),))
    assert found(small, "7").status == "E"


def test_the_mix_is_shown() -> None:
    values = [str(value) for _, value in found(FACTS, "7").figures]
    assert values == [
        "8,000.00万元",
        "8,000.00万元 / 12,000.00万元",
        "100.00% / 80.00%",
        "0.00万元 / 3,000.00万元",
        "0.00% / 20.00%",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: replace(facts, funding=()),
        lambda facts: replace(facts, spend=()),
        lambda _: paid("0", "0", "0", "0"),
        lambda _: funding(("0", "0"), ("0", "0")),
    ],
)
def test_sources_of_payments_need_a_plan_and_payments(change: Callable[[Facts], Facts]) -> None:
    assert absent(change(FACTS), "7")


# 9


def test_invested_equals_paid_in_every_row() -> None:
    finding = found(FACTS, "9")
    assert shown(finding) == {"已投资": "8,000.00万元", "累计支付": "8,000.00万元"}
    assert "4行的已投资都等于累计支付（合计8,000.00万元）" in str(finding.message)


def test_invested_that_differs_is_a_figure_of_its_own() -> None:
    finding = found(paid("2164", "2627", "1900", "1000"), "9")
    assert (finding.status, str(finding.message)) == (
        "P",
        "已投资合计8,000.00万元，累计支付合计7,691.00万元，是两列不同的数。",
    )
    nothing = tuple(replace(line, invested=D(0), paid=D(0)) for line in FACTS.spend)
    assert absent(replace(FACTS, spend=nothing), "9")


# 11


def titled(*places: str) -> Facts:
    return replace(FACTS, project=replace(FACTS.project, title_places=places))


def test_money_outside_the_title() -> None:
    finding = found(FACTS, "11")
    assert str(finding.message) == (
        "项目名称列出2个区域，资金用于4个街镇：3,473.00万元（43.41%）在名称所列区域以外（璜土镇、利港街道）。"
    )
    assert shown(finding) == {
        "璜土镇": "2,164.00万元",
        "利港街道": "1,309.00万元",
        "名称所列区域以外合计": "3,473.00万元",
        "占累计支付": "43.41%",
    }


@pytest.mark.parametrize(
    ("places", "status"),
    [
        (("璜土", "夏港", "申港", "利港"), "P"),
        (PLACES, "P"),
        (("申港", "夏港"), "E"),
        (("镇",), "E"),
    ],
)
def test_titles_name_places_with_or_without_their_kind(places: tuple[str, ...], status: str) -> None:
    assert found(titled(*places), "11").status == status


def test_a_title_without_places_says_nothing() -> None:
    assert absent(titled(), "11")
    assert absent(replace(FACTS, spend=()), "11")


def test_places_outside_the_title_before_any_payment() -> None:
    assert "0.00万元（—）" in str(found(paid("0", "0", "0", "0"), "11").message)
    village = replace(FACTS, spend=(spend("新桥", "1", "1"),))
    assert found(village, "11").status == "E"


# 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("93分，“优秀”", "等级写作“优秀”，规范用词是“优”"),
        ("良好", "等级写作“良好”，规范用词是“良”"),
        ("93分，优", "无法复算，请单位补充。"),
    ],
)
def test_the_reported_score_is_a_claim(text: str, words: str) -> None:
    finding = found(replace(FACTS, claims=(Claim("reported_score", D(93), text, "报告 二（五）"),)), "20")
    assert (finding.status, finding.source) == ("Q", "报告 二（五）")
    assert str(finding.message).startswith("报告得分93.00分，但未附逐项评分表")
    assert words in str(finding.message)


def test_without_a_reported_score_there_is_nothing_to_ask() -> None:
    assert absent(replace(FACTS, claims=()), "20")
    assert absent(replace(FACTS, claims=(Claim("reported_score", None, "", ""),)), "20")
