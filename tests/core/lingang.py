"""The project of FACTS 1 as a value, typed by hand: what measures and checks are tested with. Not from the seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.model.project import Baseline, BudgetGroup, Claim, Facts, Funding, Project, RenovationLine, SpendLine
from core.model.reference import HomeArea, Reference, UnitCost

D = Decimal
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")

PROJECT = Project(
    id="lingang-2023",
    name="2023年度申港、夏港区域老小区改造项目",
    title_places=("申港街道", "夏港街道"),
    approval="澄港开委投〔2022〕41号",
    approved_on=date(2022, 10, 18),
    source="绩效评价报告",
)


def spend(
    place: str,
    paid: str,
    serial: str,
    *,
    group: str = "estimate",
    source: str = "",
    raw: str | None = None,
    estimate_raw: str = "",
) -> SpendLine:
    return SpendLine(
        place=place,
        invested=D(paid),
        paid=D(paid),
        budget_group=group,
        source=source or f"资金明细表 第{serial}行",
        serial_raw=serial,
        place_raw=place,
        estimate_raw=estimate_raw,
        invested_raw=paid if raw is None else raw,
        paid_raw=paid if raw is None else raw,
    )


def renovation(
    place: str, communities: int, buildings: int, households: int, area: str, serial: str, *, source: str = ""
) -> RenovationLine:
    return RenovationLine(
        place=place,
        communities=communities,
        communities_second=communities,
        buildings=buildings,
        households=households,
        area=D(area),
        source=source or f"受益明细表 第{serial}行",
        serial_raw=serial,
        place_raw=place,
        communities_raw=f"（总）{communities}-{communities}个",
        buildings_raw=f"{buildings}栋",
        households_raw=f"{households}户",
        area_raw=f"{area}万平方米",
    )


def claim(name: str, value: str, text: str = "") -> Claim:
    return Claim(name, D(value), text or value, f"合计行 {name}")


FACTS = Facts(
    project=PROJECT,
    batch="seed",
    as_of=date(2024, 12, 31),
    places=PLACES,
    budget_groups=(BudgetGroup("estimate", D(15000), PLACES, "资金明细表 概算金额列"),),
    funding=(
        Funding("bond", "专项债", D(12000), D(8000), None, D("0.8"), "报告 一（一）4、5"),
        Funding("budget", "财政预算资金", D(3000), D(0), None, D("0.2"), "报告 一（一）4、5"),
    ),
    spend=(
        spend("璜土镇", "2164.00", "1", source="资金明细表 第1行", raw="2,164.00 ", estimate_raw="15,000.00"),
        spend("夏港街道", "2627.00", "2", source="资金明细表 第2行", raw="2,627.00"),
        spend("申港街道", "1900.00", "3", source="资金明细表 第3行", raw="1,900.00"),
        spend("利港街道", "1309.00", "2", source="资金明细表 第4行", raw="1,309.00"),
    ),
    renovation=(
        renovation("璜土镇", 5, 128, 4520, "39", "1", source="受益明细表 第1行"),
        renovation("夏港街道", 9, 254, 8400, "112.38", "2", source="受益明细表 第2行"),
        renovation("申港街道", 9, 193, 6542, "77", "3", source="受益明细表 第3行"),
        renovation("利港街道", 5, 205, 6848, "102.29", "2", source="受益明细表 第4行"),
    ),
    baselines=(
        Baseline("2306-2512", date(2023, 6, 1), date(2025, 12, 31), True, "报告 一（二）2"),
        Baseline("2301-2612", date(2023, 1, 1), date(2026, 12, 31), False, "报告 一（一）2"),
        Baseline("2301-2512", date(2023, 1, 1), date(2025, 12, 31), False, "报告 标题"),
        Baseline("2306-2612", date(2023, 6, 1), date(2026, 12, 31), False, "报告 一（二）2"),
    ),
    claims=(
        claim("total_estimate", "15000"),
        claim("total_invested", "8000"),
        claim("total_paid", "8000"),
        claim("total_communities", "28"),
        claim("total_buildings", "780"),
        claim("total_households", "26310"),
        claim("total_area", "330.67"),
        claim("share_bond", "0.8"),
        claim("share_budget", "0.2"),
        claim("utilisation", "1", "100%"),
        Claim("reported_score", D(93), "93分，“优秀”", "报告 二（五）"),
        Claim("goals_achieved", D(1), "年初目标全面完成", "报告 二（五）"),
        Claim("construction_state", D(0), "在建", "报告 一（一）3、5"),
        Claim("finished", D(0), "尚未竣工", "报告 四（一）"),
        Claim("satisfaction_below_target", D(1), "满意度低于目标", "报告 四（一）"),
        Claim("stage_goal", D(0), "开工月、在建和计划完成时间", "报告 一（二）2"),
        Claim("problem_count", D(2), "工程未竣工、满意度低", "报告 四（一）"),
        Claim("problem_quantified", D(0), "没有数字", "报告 四（一）"),
        Claim("approval_funding", D(1), "资金由开发区财政全部承担", "报告 一（一）2(3)"),
        Claim("approval_stage", D(15000), "总投资匡算", "报告 一（一）2(3)"),
        Claim("plan_stage", D(15000), "批复计划总投资", "报告 一（一）4"),
        Claim("estimate_stage", D(15000), "概算金额", "报告 一（一）5 资金明细表"),
        Claim("title_period", D(2023), "2023年度", "报告 标题"),
        Claim("scope_period", D(2026), "2023—2026年度", "报告 一（一）2"),
        Claim("planned_finish", D(2025), "2025年底", "报告 一（二）2"),
        Claim("start_precision", D(0), "2023年6月", "报告 一（二）2"),
        Claim("policy_deadline", D(2025), "“十四五”期末", "报告 一（一）1"),
        Claim("residue_words", D(5), "“市”被整体换成“市（区）”", "报告 一（一）1"),
        Claim("residue_bookmarks", D(2), "书签标记", "报告 一（一）5、二（五）"),
        Claim("residue_numbering", D(1), "小标题下又从“一、”起编号", "报告 五（一）"),
    ),
)

REFERENCE = Reference(
    home_area=HomeArea(D(54), D(109), "同类项目"),
    unit_costs=(
        UnitCost("池州市三县一区", D("76.75"), "绩效评价报告"),
        UnitCost("萧县", D("73.31"), "绩效自评"),
        UnitCost("无锡市区基础类标准", D(400), "经费标准"),
    ),
)
"""What FACTS 3 (16, 18) compares it with."""

NOTHING = Facts(PROJECT, "b", date(2024, 12, 31), (), (), (), (), (), (), ())
"""A project of which nothing is known."""

CHECKED: dict[str, str] = {str(number): status for number, status in enumerate("PPWWEWWEWWEEWQWWWQWQWWWWWW", start=1)}
"""What each check says of it: FACTS 3, trap by trap. The one copy: other tests count in it."""


def checked(status: str) -> int:
    """How many checks end so."""
    return list(CHECKED.values()).count(status)


CHECKED_TITLE = (
    f"{len(CHECKED)}项核对：不一致{checked('E')}，待核实{checked('Q')}，提示{checked('W')}，一致{checked('P')}"
)
"""As the slide and the frame count them."""
