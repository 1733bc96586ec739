"""A list of projects comes in as a whole or not at all; those that are there are found by code or name, and asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors import NameNeeded
from core.model.context import Actor, Context
from core.service.base import batches, open_store
from core.service.base import project as service
from core.service.manage import many_projects
from core.store import read
from tests.core.ingest.project_tables.test_facts import as_csv

WANG = Context(Actor("browser-of-wang", "王工"))
DAY = date(2025, 3, 31)
LIST = [
    ["项目编号", "项目名称", "批复日期", "概算（万元）", "累计支付（万元）"],
    ["A-1", "一期改造项目", "2023-03-01", 300, 100],
    ["A-2", "二期改造项目", "2023-04-01", 200, 50],
]


@pytest.fixture(autouse=True)
def store(store_path: Path) -> Iterator[None]:
    yield
    open_store.close()


def names() -> dict[str, str]:
    return dict(read.project_names(open_store.store()))


def said(seen: many_projects.Several) -> list[str]:
    return [str(each.message) for each in (*seen.problems, *seen.questions)]


def test_every_project_of_a_list_comes_in_with_a_snapshot_of_its_own() -> None:
    before = names()
    seen = many_projects.preview(WANG, "清单.csv", as_csv(LIST), DAY)
    assert seen.problems == ()
    assert [(each.name, each.id, each.new) for each in seen.found] == [
        ("一期改造项目", "A-1", True), ("二期改造项目", "A-2", True),
    ]  # fmt: skip
    assert said(seen)[0] == "清单里有2个项目：一期改造项目、二期改造项目。每个项目各导入为一期，一起写入或都不写入。"
    assert names() == before
    taken = many_projects.several(WANG, "清单.csv", as_csv(LIST), DAY)
    assert taken.batches == {"A-1": "A-1@2025-03-31", "A-2": "A-2@2025-03-31"}
    assert names() == {**before, "A-1": "一期改造项目", "A-2": "二期改造项目"}
    paid = {m.place: m.value for m in service.measures(WANG, "A-2") if m.id == "paid"}
    assert paid == {None: 50, "二期改造项目": 50}
    assert [each.file for each in batches.snapshots(WANG, "A-1")] == ["清单.csv"]
    again = many_projects.several(WANG, "清单.csv", as_csv(LIST), DAY)
    assert (again.batches, again.problems) == ({}, ())
    assert sum("已由这份文件导入，不重复导入" in each for each in said(again)) == 2


def test_a_project_that_is_there_is_found_by_code_or_name_and_asked() -> None:
    many_projects.several(WANG, "清单.csv", as_csv(LIST), DAY)
    later = [
        LIST[0],
        ["", "二期 改造项目", "", 200, 80],
        ["a-1", "一期工程", "", 300, 150],
        ["", "三期改造项目", "2024-01-01", 9, 1],
    ]
    june = date(2025, 6, 30)
    seen = many_projects.preview(WANG, "六月.csv", as_csv(later), june)
    assert [(each.id, each.new) for each in seen.found] == [("A-2", False), ("A-1", False), ("project-1", True)]
    assert "“二期 改造项目”按已有的项目“二期改造项目”（A-2）读取，导入为它的新一期。请核对。" in said(seen)
    assert "“一期工程”按已有的项目“一期改造项目”（A-1）读取，导入为它的新一期。请核对。" in said(seen)
    changed = {each.what: (each.before, each.after) for each in seen.found[0].changes if each.place}
    assert changed["累计支付"] == ("50.00", "80.00")
    told = many_projects.several(
        WANG, "六月.csv", as_csv(later), june, {"三期改造项目": "", "一期工程": "A-9"}, date(2024, 2, 1)
    )
    assert sorted(told.batches) == ["A-2", "A-9"]
    assert names()["A-9"] == "一期工程"


def test_one_problem_and_nothing_is_written() -> None:
    before = names()
    wrong = [*LIST, ["A-3", "三期改造项目", "", "多", 1]]
    seen = many_projects.several(WANG, "清单.csv", as_csv(wrong), DAY)
    assert [each.startswith("应为金额") for each in said(seen)[:1]] == [True]
    assert (seen.batches, names()) == ({}, before)
    right = [*LIST, ["A-3", "三期改造项目", "", 9, 1]]
    given = many_projects.several(WANG, "清单.csv", as_csv(right), DAY, approved_on=date(2024, 1, 1))
    assert sorted(given.batches) == ["A-1", "A-2", "A-3"]


@pytest.mark.parametrize(
    ("rows", "day", "which", "told"),
    [
        (LIST, None, {}, "没有读到数据截止日"),
        (LIST, DAY, {"四期": "x"}, "清单里没有名为四期的项目。"),
        (LIST, DAY, {"一期改造项目": "A-2"}, "“二期改造项目”和清单里的另一行是同一个项目“A-2”。"),
        (LIST, DAY, {"一期改造项目": "一 期"}, "项目编号“一 期”不能用。"),
        ([["街镇", "概算（万元）"], ["甲镇", 1]], DAY, {}, "没有找到项目清单。"),
        (LIST, DAY, {"一期改造项目": "lingang-2023"}, "项目“一期改造项目”已有4个街镇的数，清单里只有一个总数"),
    ],
)
def test_what_cannot_be_taken_has_its_sentence(
    rows: list[list[object]], day: date | None, which: dict[str, str], told: str
) -> None:
    seen = many_projects.preview(WANG, "清单.csv", as_csv(rows), day, which)
    assert any(str(each.message).startswith(told) for each in seen.problems), said(seen)


def test_held_until_another_person_releases_them_and_in_somebody_s_name() -> None:
    many_projects.several(WANG, "清单.csv", as_csv(LIST), DAY, hold=True)
    assert "A-1" not in names()
    assert [each.state for each in batches.snapshots(WANG, "A-1")] == ["held"]
    with pytest.raises(NameNeeded):
        many_projects.several(Context(Actor("x", "")), "清单.csv", as_csv(LIST), DAY)
