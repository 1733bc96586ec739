"""Projects that are hard to draw: one street, twenty, long names, names that look like markup, odd amounts, gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.model.project import BudgetGroup, Facts
from tests.core.lingang import FACTS, renovation, spend

D = Decimal


def project(
    places: tuple[str, ...], paid: Callable[[int], int], *, estimate: str = "15000", name: str = "", source: str = ""
) -> Facts:
    return replace(
        FACTS,
        places=places,
        project=replace(FACTS.project, name=name or FACTS.project.name, source=source or FACTS.project.source),
        budget_groups=(BudgetGroup("estimate", D(estimate), places, "资金明细表 概算金额列"),),
        spend=tuple(spend(place, str(paid(i)), str(i + 1)) for i, place in enumerate(places)),
        renovation=tuple(
            renovation(place, 3 + i, 100 + i, 1000 + 333 * i, str(20 + 7 * i), str(i + 1))
            for i, place in enumerate(places)
        ),
    )


def named(count: int, name: str) -> tuple[str, ...]:
    return tuple(name.format(i) for i in range(count))


UGLY: dict[str, Facts] = {
    "one street": project(("唯一街道",), lambda i: 8000),
    "twelve streets": project(named(12, "街道{}"), lambda i: 100 + 77 * i),
    "40 characters": project(
        named(12, "特别特别长的街道办事处名称" * 2 + "还要再长一些的名称第{}街道"),
        lambda i: 100 + 77 * i,
        name="极长的项目名称" * 16,
        source="极长的报告名称" * 20,
    ),
    "words without a break": project(
        named(20, "Averyveryverylongplacenamewithoutanyspace{}"), lambda i: 100 + 77 * i, name="Averylongname" * 10
    ),
    "markup": project(named(5, "#街$道*{}_@<b>\\x`"), lambda i: 100 + 77 * i, name="#let x = $1$ *a* _b_ @c <d> \\e"),
    "zero": project(named(4, "零{}"), lambda i: 0),
    "negative": project(named(3, "负{}"), lambda i: 300 * i - 500),
    "over 100 %": project(named(3, "超{}"), lambda i: 9000 + i),
    "huge": project(named(2, "巨{}"), lambda i: 99_999_999_999, estimate="999999999999.99"),
    "nothing": replace(FACTS, spend=(), renovation=(), budget_groups=(), funding=(), baselines=(), claims=()),
    "no money": replace(FACTS, spend=(), funding=()),
    "no homes": replace(FACTS, renovation=()),
    "no planned time": replace(FACTS, baselines=()),
}
