"""A column that somebody has explained: by its address, for the next file of that form, until it is forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from core.service.base.project import facts
from core.service.manage import importing, remembered_columns
from core.service.manage.importing import FactsReading
from tests.core.ingest.project_tables.test_facts import as_csv
from tests.core.service.people import LI, WANG
from tests.core.service.people import PROJECT as LINGANG

pytestmark = pytest.mark.usefixtures("store_path")
MARCH, JUNE = date(2025, 3, 31), date(2025, 6, 30)
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")


def file(paid: int = 10, *, heading: str = "开工数") -> bytes:
    """A form with two columns of one heading, and one that no word explains."""
    rows: list[list[object]] = [["街镇", "概算（万元）", "已投资（万元）", "去向（万元）", "开工数", heading]]
    rows += [[place, 3750, 100 + paid, paid + at, 1, 2] for at, place in enumerate(PLACES)]
    return as_csv(rows)


def read(content: bytes, said: dict[str, str] | None = None, day: date = MARCH) -> FactsReading:
    return importing.preview(WANG, LINGANG, "季报.csv", content, day, said or {}).reading


@pytest.mark.parametrize("first", [{"F": ""}, {"F1": ""}, {"E": "started", "F": ""}])
def test_of_two_columns_of_one_heading_one_is_left_out(first: dict[str, str]) -> None:
    twice = read(file(), {"D": "paid"})
    assert ["和“开工数”都是开工小区数" in str(problem.message) for problem in twice.problems] == [True]
    found = read(file(), {"D1": "paid", **first})
    assert found.problems == ()
    assert found.facts is not None
    assert [line.paid for line in found.facts.spend] == [10, 11, 12, 13]
    assert [line.started for line in found.facts.deliveries] == [1, 1, 1, 1]


def test_what_was_said_goes_on_for_that_form_until_it_is_forgotten() -> None:
    importing.commit(WANG, LINGANG, "一季度.csv", file(), MARCH, {"D1": "paid", "F1": ""})
    importing.commit(LI, LINGANG, "二季度.csv", file(20), JUNE)
    assert [line.paid for line in facts(WANG, LINGANG).spend] == [20, 21, 22, 23]
    # A form with another column is another form: there D is not known to be 累计支付.
    other = read(file(30, heading="完工数"), day=date(2025, 9, 30))
    assert ("去向（万元）", "") in other.headings
    ((column, left_out),) = remembered_columns.layouts(WANG, LINGANG)
    assert (column.place, column.heading, column.field, column.said_by) == (
        "D",
        "去向（万元）",
        "paid",
        WANG.actor.name,
    )
    assert (left_out.place, left_out.field) == ("F", "")
    remembered_columns.forget(LI, LINGANG, column.layout)
    assert remembered_columns.layouts(WANG, LINGANG) == ()
    assert ("去向（万元）", "") in read(file(30)).headings
    assert [line.paid for line in facts(WANG, LINGANG).spend] == [20, 21, 22, 23]


def test_a_heading_is_remembered_wherever_it_stands() -> None:
    importing.commit(WANG, LINGANG, "一季度.csv", file(heading="备注"), MARCH, {"去向（万元）": "paid"})
    moved = as_csv(
        [
            ["去向（万元）", "街镇", "概算（万元）", "已投资（万元）"],
            *([20 + at, place, 3750, 200] for at, place in enumerate(PLACES)),
        ]
    )
    found = read(moved, day=JUNE).facts
    assert found is not None
    assert [line.paid for line in found.spend] == [20, 21, 22, 23]


def test_a_column_that_is_not_there_is_named() -> None:
    found = read(file(), {"D": "paid", "F": "", "Z": "area", "户数|计划": "households"})
    assert [str(problem.message) for problem in found.problems] == [
        "文件里没有“Z”这一列。请核对列的字母或表头。", "文件里没有“户数|计划”这一列。请核对列的字母或表头。",
    ]  # fmt: skip
