"""A list of projects: one row a project, told from a table by street and from a list of communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.ingest.files.document import read_document
from core.ingest.project_tables.project_list import ListedProject, ProjectList, facts_of, find_list, project_of
from core.model.project import Facts
from tests.core.ingest.project_tables.test_facts import BASE, HOUSES, MONEY, as_csv, as_xlsx, reading, said

BONDS = [
    ["2024年度专项债券项目资金绩效评价情况表"],
    ["序号", "主管部门", "项目名称", "发行金额(亿元)", "评价得分", "评价结果"],
    [1, "示例局", "污水处理工程", 0.4, 87, "良"],
    [2, "示例局", "老旧小区改造项目", "1.36", 91.5, "优"],
    ["合计", "", "", 1.76, "", ""],
]


def listed(rows: Sequence[Sequence[object]]) -> ProjectList:
    found = find_list(read_document("清单.csv", as_csv(rows)))
    assert found is not None
    return found


def empty(each: ListedProject) -> Facts:
    project = project_of(each, "p", date(2024, 1, 1), None, "清单")
    return Facts(project, "b", date(2024, 12, 31), (), (), (), (), (), (), ())


def made(each: ListedProject, previous: Facts | None = None) -> Facts:
    found = facts_of(each, empty(each), previous)
    assert not isinstance(found, Message), str(found)
    return found


def problems(found: ProjectList) -> list[str]:
    return [str(each.message) for each in found.problems]


def test_a_list_of_bonds() -> None:
    found = listed(BONDS)
    assert problems(found) == []
    assert [(each.name, dict(each.figures)) for each in found.projects] == [
        ("污水处理工程", {"bond": Decimal(4000), "score": 87}),
        ("老旧小区改造项目", {"bond": Decimal(13600), "score": Decimal("91.5")}),
    ]
    facts = made(found.projects[1])
    assert (facts.places, facts.spend, facts.renovation) == ((), (), ())
    assert [(plan.source, plan.planned, plan.paid) for plan in facts.funding] == [("bond", 13600, None)]
    score = facts.claim("reported_score")
    assert score is not None
    assert (score.value, score.text) == (Decimal("91.5"), "91.5")


def test_a_programme_with_places_and_homes() -> None:
    found = listed(
        [
            ["项目编号", "项目名称", "街道", "批复文号", "批复日期", "概算（万元）", "累计支付（万元）", "户数"],
            ["A-1", "一期改造", "甲街道", "发改〔2023〕1号", "2023-03-01", 300, 100, 500],
            ["A-2", "二期改造", "乙街道", "发改〔2023〕2号", "2023-04-01", 200, "—", 400],
        ]
    )
    one, two = (made(each) for each in found.projects)
    assert [each.code for each in found.projects] == ["A-1", "A-2"]
    assert (one.places, one.budget_groups[0].amount, one.budget_groups[0].places) == (("甲街道",), 300, ("甲街道",))
    assert [(line.place, line.invested, line.paid, line.budget_group) for line in one.spend] == [
        ("甲街道", None, 100, "estimate")
    ]
    assert [(line.place, line.communities, line.households) for line in one.renovation] == [("甲街道", None, 500)]
    assert two.spend == ()
    assert (two.project.approval, found.projects[1].approved_on) == ("发改〔2023〕2号", date(2023, 4, 1))


def test_a_row_over_what_was_known_of_its_project() -> None:
    each = listed(
        [["项目名称", "累计支付（万元）"], ["一期改造", 150], ["二期改造", 20]],
    ).projects[0]
    first = made(
        listed([["项目名称", "概算（万元）", "累计支付（万元）"], ["一期改造", 300, 100], ["x", 1, 1]]).projects[0]
    )
    assert first.places == ("一期改造",)
    later = made(each, first)
    assert [(line.place, line.paid, line.budget_group) for line in later.spend] == [("一期改造", 150, "estimate")]
    assert later.budget_groups == first.budget_groups
    refused = facts_of(each, empty(each), BASE)
    assert isinstance(refused, Message)
    assert str(refused).startswith("项目“一期改造”已有2个街镇的数，清单里只有一个总数")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*BONDS[:4], ["合计", "", "", 2, "", ""]], "各行相加是17,600，这里是20,000，两者不一致。"),
        ([*BONDS[:4], [3, "示例局", "污水处理工程", 1, 90, "优"]], "项目“污水处理工程”与项目清单 第3行重复。"),
        ([*BONDS[:2], [1, "局", "甲", "x", 87, ""], [2, "局", "乙", 1, 1, ""]], "应为金额"),
        ([*BONDS[:2], [1, "局", "甲", 1, "优秀", ""], [2, "局", "乙", 1, 1, ""]], "应为得分，读到“优秀”。"),
        ([*BONDS[:4], [3, "示例局", "", 1, 90, "优"]], "没有填写项目名称。"),
    ],
)
def test_each_problem_has_its_sentence(rows: list[list[Any]], told: str) -> None:
    assert [each.startswith(told) for each in problems(listed(rows))] == [True]


def test_other_tables_are_no_lists_of_projects() -> None:
    single = [["项目名称", "概算（万元）"], ["一期", 100]]
    ledger = [["项目名称", "街道", "小区名称", "户数"], ["一期", "甲", "一村", 1], ["二期", "甲", "二村", 1]]
    for rows in (MONEY, HOUSES, single, ledger):
        assert find_list(read_document("a.csv", as_csv(rows))) is None


def test_as_one_project_it_is_refused_with_their_names() -> None:
    (told,) = said(reading("a.csv", as_csv(BONDS)))
    assert "有多个项目（2个：污水处理工程、老旧小区改造项目），不能导入到一个项目里" in told


def test_a_table_by_street_that_names_projects_is_asked_about() -> None:
    rows = [["街镇", "项目名称", "概算（万元）"], ["甲镇", "一期", 100], ["乙镇", "二期", 200]]
    found = reading("a.csv", as_csv(rows))
    assert sum("有2个项目（一期、二期）：按一个项目的各街镇读取" in str(each.message) for each in found.questions) == 1
    same = reading("a.csv", as_csv([[*row[:1], "一期", row[2]] if at else row for at, row in enumerate(rows)]))
    assert not any("项目名称" in str(each.message) for each in same.questions)


@given(st.data())
def test_a_list_in_any_layout_reads_as_what_it_says(data: st.DataObject) -> None:
    """Columns in any order and of any subset, over one sheet or two, with a row of sums or none."""
    headings = {
        "bond": "专项债额度(万元)", "estimate": "概算（万元）", "paid": "累计支付（万元）", "households": "户数",
        "score": "评价得分",
    }  # fmt: skip
    kept = data.draw(st.lists(st.sampled_from(sorted(headings)), min_size=1, unique=True))
    order = data.draw(st.permutations(["name", *kept]))
    names = [f"第{n}期改造项目" for n in range(1, data.draw(st.integers(2, 6)) + 1)]
    values: Mapping[str, Mapping[str, int]] = {
        name: {each: data.draw(st.integers(0, 100)) for each in kept} for name in names
    }

    def table(some: Sequence[str]) -> list[list[object]]:
        rows: list[list[object]] = [[headings.get(each, "项目名称") for each in order]]
        rows += [[name if each == "name" else values[name][each] for each in order] for name in some]
        if data.draw(st.booleans()):
            sums = {each: sum(values[name][each] for name in some) for each in kept if each != "score"}
            rows.append(["合计" if each == "name" else sums.get(each, "") for each in order])
        return rows

    at = data.draw(st.integers(1, len(names)))
    sheets = {"一": table(names[:at])} | ({"二": table(names[at:])} if names[at:] else {})
    found = find_list(read_document("清单.xlsx", as_xlsx(sheets)))
    assert found is not None
    assert problems(found) == []
    assert {each.name: dict(each.figures) for each in found.projects} == values
