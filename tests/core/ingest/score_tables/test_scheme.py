"""The shipped schemes, and what a grade scheme must hold."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from core.ingest.score_tables.scheme import grade_problems, results_warning
from core.ingest.shipped.seed import load_seed
from core.model.scorecard import Grade

D = Decimal
DATA = Path(__file__).resolve().parents[4] / "data"


def test_the_shipped_schemes_weigh_as_their_sources_say() -> None:
    sums: dict[object, dict[object, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in load_seed(DATA / "seed").tables["indicator"]:
        sums[row["scheme"]][row["l1"]] += row["weight"]  # type: ignore[operator]
    assert {name: dict(parts) for name, parts in sums.items()} == {
        "old-community-32": {"决策": 15, "过程": 25, "产出": 35, "效益": 25},
        "general-2020": {"决策": 15, "过程": 20, "产出": 35, "效益": 30},
        "special-bond-building": {"决策": 15, "管理": 25, "产出": 45, "效益": 15},
        "self-review": {"预算执行": 10, "产出": 50, "效益": 30, "满意度": 10},
    }
    assert all(results_warning([(str(n), w) for n, w in parts.items()]) is None for parts in sums.values())


def test_the_shipped_schemes_use_every_kind_of_rule() -> None:
    kinds = {row["kind"] for row in load_seed(DATA / "seed").tables["indicator"]}
    assert len(kinds) == 8


@pytest.mark.parametrize(
    ("grades", "found"),
    [
        ([("优", 90), ("良", 80), ("差", 0)], []),
        ([("优", 80), ("良", 80), ("差", 0)], [(1, "等级应从高到低，下限须低于上一行。")]),
        ([("优", 90), ("良", 80)], [(1, "最低一级的下限应为0。")]),
        ([("优", 90), ("优", 0)], [(1, "等级“优”重复。")]),
        ([("优", 101), ("差", 0)], [(0, "下限不能高于100。")]),
    ],
)
def test_every_total_has_one_grade(grades: list[tuple[str, int]], found: list[tuple[int, str]]) -> None:
    said = grade_problems([Grade(name, D(floor)) for name, floor in grades])
    assert [(position, str(message)) for position, message in said] == found
