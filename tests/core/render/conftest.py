"""The shipped project by hand, from the two tables of FACTS 1."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.figures.figure import FigureLook
from core.model.measure import Measures
from core.model.project import Baseline, BudgetGroup, Claim, Facts, Funding, Project, RenovationLine, SpendLine
from core.progress import measures

ROWS = (
    ("璜土镇", "2164", 5, 128, 4520, "39"),
    ("夏港街道", "2627", 9, 254, 8400, "112.38"),
    ("申港街道", "1900", 9, 193, 6542, "77"),
    ("利港街道", "1309", 5, 205, 6848, "102.29"),
)
PLACES = tuple(row[0] for row in ROWS)
AS_OF = date(2024, 12, 31)
NAME = "2023年度申港、夏港区域老小区改造项目"
SOURCE = "2023年度申港、夏港区域老小区改造项目绩效评价报告"


def baseline(name: str, start: date, end: date, default: bool = False) -> Baseline:
    return Baseline(name, start, end, default, "报告 一（二）2")


@pytest.fixture(scope="session")
def facts() -> Facts:
    spend = tuple(
        SpendLine(place, Decimal(paid), Decimal(paid), "g", f"资金明细表第{i}行", "", place, "", paid, paid)
        for i, (place, paid, *_) in enumerate(ROWS, 1)
    )
    renovation = tuple(
        RenovationLine(p, c, c, b, h, Decimal(area), f"受益明细表第{i}行", "", p, "", "", "", area)
        for i, (p, _, c, b, h, area) in enumerate(ROWS, 1)
    )
    return Facts(
        Project("lingang-2023", NAME, PLACES[1:3], "41号", date(2022, 10, 18), SOURCE),
        "b1",
        AS_OF,
        PLACES,
        (BudgetGroup("g", Decimal(15000), PLACES, "资金明细表 概算金额"),),
        (
            Funding("bond", "专项债", Decimal(12000), Decimal(8000), None, Decimal("0.8"), "报告 一（一）4"),
            Funding("budget", "财政预算资金", Decimal(3000), Decimal(0), None, Decimal("0.2"), "报告 一（一）4"),
        ),
        spend,
        renovation,
        (
            baseline("2306-2512", date(2023, 6, 1), date(2025, 12, 31), True),
            baseline("2301-2612", date(2023, 1, 1), date(2026, 12, 31)),
        ),
        (
            Claim("reported_score", Decimal(93), "93分", "报告 二（五）"),
            Claim("utilisation", Decimal(1), "100%", "报告 一（一）5"),
        ),
    )


@pytest.fixture(scope="session")
def figures(facts: Facts) -> Measures:
    return Measures(measures(facts))


@pytest.fixture
def look() -> FigureLook:
    return FigureLook("zh_CN")
