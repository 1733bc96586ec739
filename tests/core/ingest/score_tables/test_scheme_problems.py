"""A scheme that was typed: every problem at once, with the item that it is about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.ingest.score_tables.scheme import scheme_problems
from core.model.scorecard import Indicator

D = Decimal

ITEM = Indicator("A1", "决策", "立项", "依据充分", D(60), "checklist", {"points": 3}, "", "", "", "")
OTHER = replace(ITEM, code="A2", l3="程序规范", weight=D(40))
MINUS = replace(ITEM, code="扣-1", l3="弄虚作假", weight=D(0), least=D(-5), kind="judgement", params={})


def found(*items: Indicator) -> list[tuple[int | None, str]]:
    return [(at, str(problem)) for at, problem in scheme_problems(items)]


def test_a_sound_scheme_has_none() -> None:
    assert found(ITEM, OTHER, MINUS) == []


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (replace(OTHER, code=""), "缺少编号，每项指标须有自己的编号。"),
        (replace(OTHER, code="A 2"), "编号最多20字，不含空格，读到“A 2”。"),
        (replace(OTHER, code="A1"), "编号“A1”与“依据充分”重复。"),
        (replace(OTHER, l3=" "), "缺少三级指标，不能为空。"),
        (replace(OTHER, l1="策" * 101), "最多100字，现有101字。"),
        (replace(OTHER, rule="准" * 2001), "最多2000字，现有2001字。"),
        (replace(OTHER, params={"points": 31}), "要点最多30个，读到31个。"),
        (replace(OTHER, params={}), "计分规则“要点勾选”缺少要点个数（points）。"),
    ],
)
def test_what_an_item_lacks_is_said_of_it(item: Indicator, sentence: str) -> None:
    assert found(ITEM, item) == [(1, sentence)]


def test_all_problems_at_once() -> None:
    items = (replace(ITEM, weight=D(0)), replace(OTHER, code=""), replace(MINUS, least=D(0)))
    assert found(*items) == [
        (0, "分值应大于0。"),
        (1, "缺少编号，每项指标须有自己的编号。"),
        (2, "最多扣的分应大于0。"),
        (None, "分值合计应为100，现为40.00。"),
    ]
