"""A monthly series comes in as a snapshot a month, all at once or not at all; and the trend shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import NameNeeded, StoreError
from core.model.particulars import Particulars
from core.service.base import batches, open_store
from core.service.manage import importing, monthly
from core.service.progress import trend
from core.store import read, snapshots
from core.store.snapshots import NewSnapshot
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx
from tests.core.service.people import NOBODY, WANG

D = Decimal
DAY = date(2025, 3, 20)
JANUARY, FEBRUARY = date(2025, 1, 31), date(2025, 2, 28)
COLUMNS = [
    ["项目名称：河西片区改造项目。批复文号：示例发改投〔2022〕41号，2022年10月18日批复。"],
    ["街镇", "概算（万元）", "户数", "已投资（万元）", "累计支付（万元）", "", "", ""],
    ["", "", "", "", "1月", "2月", "3月", "4月"],
    ["甲镇", 4000, 500, 2200, 1900, 2000, 2164, 2300],
    ["乙街道", 4500, 600, 2700, 2400, 2500, 2627, 2700],
]
"""Three months up to the day and a planned one."""


@pytest.fixture(autouse=True)
def store(store_path: Path) -> Iterator[None]:
    yield
    open_store.close()


def sheet(day: str, first: object, second: object) -> list[list[object]]:
    return [
        [day],
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"],
        ["甲镇", 4000, 3000, first],
        ["乙街道", 4500, 3100, second],
    ]


def said(seen: monthly.Months) -> list[str]:
    return [str(each.message) for each in (*seen.problems, *seen.questions)]


def paid(project: str) -> list[tuple[date, Decimal]]:
    """Day and sum of each snapshot that counts, from the store."""
    found = read.series(open_store.store(), project)
    return [(facts.as_of, sum((line.paid or D(0) for line in facts.spend), D(0))) for facts in found]


def write(rows: list[list[object]] = COLUMNS, day: date | None = DAY, project: str = "hexi") -> monthly.Months:
    return monthly.take_over(WANG, project, "月报.csv", as_csv(rows), day)


def test_before_the_day_is_known_it_is_asked_for_and_no_month_is_taken_for_another_column() -> None:
    seen = importing.preview(WANG, "hexi", "月报.csv", as_csv(COLUMNS))
    assert [str(each.message) for each in seen.reading.problems] == [
        "累计支付有4个月的列。请先填写截止日：之后可以按月各存一期，或者只读截止日所在的月份。",
        "没有读到数据截止日。请填写截止日，或在文件中写明“截至2024年12月31日”。",
    ]
    assert [each.suggestions for each in seen.reading.columns] == [()] * len(seen.reading.columns)


def test_each_month_becomes_a_snapshot_with_its_day() -> None:
    seen = monthly.preview(WANG, "hexi", "月报.csv", as_csv(COLUMNS), DAY)
    assert seen.problems == ()
    assert said(seen) == [
        "累计支付有3个月的列（2025年1月、2025年2月、2025年3月；未写年份的按2025年）。是否按月各存一期数据？",
        "2025年4月晚于截止日2025年3月20日，是计划数，没有读取。",
        "概算、户数没有分月，各期都按同一个数存入。",
        "已投资没有分月，只存入最后一期（2025年3月20日）。",
        "表中没有小区数、栋数、面积这一列，按未填报处理，显示为“—”。如果有这一列，请核对表头。",
    ]
    # 1900 + 2400, 2000 + 2500, 2164 + 2627
    totals = [{each.id: each.value for each in month.sums} for month in seen.months]
    assert [(month.day, of["paid"]) for month, of in zip(seen.months, totals, strict=True)] == [
        (JANUARY, 4300), (FEBRUARY, 4500), (DAY, 4791),
    ]  # fmt: skip
    assert [of["households"] for of in totals] == [1100, 1100, 1100]
    assert [of.get("invested") for of in totals] == [None, None, 4900]
    assert "hexi" not in read.project_names(open_store.store())
    taken = write()
    assert taken.batches == {
        JANUARY: "hexi@2025-01-31", FEBRUARY: "hexi@2025-02-28", DAY: "hexi@2025-03-20",
    }  # fmt: skip
    assert paid("hexi") == [(JANUARY, 4300), (FEBRUARY, 4500), (DAY, 4791)]
    assert [(each.batch, each.file) for each in batches.snapshots(WANG, "hexi")] == [
        ("hexi@2025-03-20", "月报.csv"), ("hexi@2025-02-28", "月报.csv"), ("hexi@2025-01-31", "月报.csv"),
    ]  # fmt: skip


def test_the_trend_shows_every_month() -> None:
    write()
    found = trend.found(WANG, "hexi")
    assert found is not None
    assert [(point.as_of, point.paid.value) for point in found.points] == [
        (JANUARY, 4300), (FEBRUARY, 4500), (DAY, 4791),
    ]  # fmt: skip


def test_without_the_answer_the_month_of_the_day_is_read_as_before() -> None:
    importing.commit(WANG, "hexi", "月报.csv", as_csv(COLUMNS), DAY)
    assert paid("hexi") == [(DAY, 4791)]
    seen = monthly.preview(WANG, "hexi", "月报.csv", as_csv(COLUMNS), DAY)
    assert (seen.already is not None, seen.months) == (True, ())


def test_a_month_is_withdrawn_alone() -> None:
    write()
    batches.withdraw(WANG, "hexi", "hexi@2025-02-28", "录入错误")
    assert paid("hexi") == [(JANUARY, 4300), (DAY, 4791)]


def test_with_one_problem_nothing_is_written() -> None:
    rows = [list(row) for row in COLUMNS]
    rows[3][5], rows[4][4] = "待定", "很多"  # 甲镇 in February, 乙街道 in January
    taken = write(rows)
    assert len(taken.problems) == 2
    assert taken.batches == {}
    assert "hexi" not in read.project_names(open_store.store())


def test_a_month_that_is_there_is_not_written_again_and_another_figure_is_asked() -> None:
    write()
    later = [list(row) for row in COLUMNS]
    # A month on: April is known now, and 乙街道 had paid 2510 in February, not 2500.
    later[3][7], later[4][5], later[4][7] = 2310, 2510, 2710
    seen = monthly.take_over(WANG, "hexi", "四月.csv", as_csv(later), date(2025, 4, 30))
    assert [(month.day, month.there, month.same) for month in seen.months] == [
        (JANUARY, "hexi@2025-01-31", True), (FEBRUARY, "hexi@2025-02-28", False), (date(2025, 3, 31), "", False),
        (date(2025, 4, 30), "", False),
    ]  # fmt: skip
    told = "2025年2月28日已有一期数据（批次hexi@2025-02-28），本文件有1处不同，存为这一天的新一批。请核对。"
    assert told in said(seen)
    assert seen.batches == {
        FEBRUARY: "hexi@2025-02-28-2", date(2025, 3, 31): "hexi@2025-03-31", date(2025, 4, 30): "hexi@2025-04-30",
    }  # fmt: skip
    # 2000 + 2510; 2164 + 2627 again at the month's end; 2310 + 2710
    assert paid("hexi") == [
        (JANUARY, 4300), (FEBRUARY, 4510), (DAY, 4791), (date(2025, 3, 31), 4791), (date(2025, 4, 30), 5020),
    ]  # fmt: skip


def test_a_month_without_figures_is_no_snapshot_and_a_group_says_the_year() -> None:
    rows = [
        ["街镇", "概算（万元）", "2024年累计支付（万元）", "", "2025年累计支付（万元）", "", ""],
        ["", "", "11月", "12月", "1月", "2月", "3月"],
        ["甲镇", 4000, 1700, 1800, 1900, 2000, ""],
        ["乙街道", 4500, 2200, 2300, 2400, 2500, ""],
    ]
    taken = write(rows)
    assert said(taken)[:2] == [
        "累计支付有4个月的列（2024年11月、2024年12月、2025年1月、2025年2月）。是否按月各存一期数据？",
        "概算没有分月，各期都按同一个数存入。",
    ]
    assert "3月的列没有填数，不存为一期。" in said(taken)
    # 1700 + 2200, 1800 + 2300, 1900 + 2400, 2000 + 2500
    assert paid("hexi") == [
        (date(2024, 11, 30), 3900), (date(2024, 12, 31), 4100), (JANUARY, 4300), (FEBRUARY, 4500),
    ]  # fmt: skip


def test_a_payment_that_falls_from_month_to_month_is_asked_about() -> None:
    rows = [list(row) for row in COLUMNS]
    rows[3][5] = 150  # the month's own amount, not what was paid by then
    seen = monthly.preview(WANG, "hexi", "月报.csv", as_csv(rows), DAY)
    assert any("累计数不会减少，请核对是不是本期数" in each for each in said(seen))


def test_a_sheet_a_month_becomes_a_snapshot_each() -> None:
    book = as_xlsx({
        "1月": [["项目名称：河西片区改造项目"], *sheet("", 1900, 2400)],
        "2月": sheet("数据截至2025年2月25日", 2000, 2500),
        "户数": [["街镇", "户数", "完工户数"], ["甲镇", 500, 100], ["乙街道", 600, 200]],
        "3月": sheet("数据截至2025年3月31日", 2164, 2627),
    })  # fmt: skip
    one = importing.preview(WANG, "hexi", "月报.xlsx", book)
    assert any("出现了不止一次" in str(each.message) for each in one.reading.problems)
    seen = monthly.take_over(WANG, "hexi", "月报.xlsx", book)
    assert said(seen)[:1] == [
        "工作表1月、2月、3月各是一个月的同一张表（3个月：2025年1月、2025年2月、2025年3月；未写年份的按2025年）。"
        "是否按月各存一期数据？"
    ]
    assert paid("hexi") == [(JANUARY, 4300), (date(2025, 2, 25), 4500), (date(2025, 3, 31), 4791)]
    found = read.series(open_store.store(), "hexi")
    assert {facts.project.name for facts in found} == {"河西片区改造项目"}
    # 完工户数 stands on no month's sheet: it is of the last.
    assert [len(facts.deliveries) for facts in found] == [0, 0, 2]


def test_a_sheet_whose_name_and_line_differ_is_a_problem() -> None:
    book = as_xlsx(
        {"1月": sheet("数据截至2025年2月28日", 1900, 2400), "2月": sheet("数据截至2025年2月28日", 2000, 2500)}
    )
    taken = monthly.take_over(WANG, "hexi", "月报.xlsx", book)
    assert [str(each.message) for each in taken.problems] == [
        "工作表“1月”里写的截止日是2025年2月28日，和工作表名不是同一个月。请改正其中一处。"
    ]
    assert taken.batches == {}


def test_a_file_of_one_month_is_no_series() -> None:
    rows = [["街镇", "概算（万元）", "累计支付（万元）"], ["甲镇", 100, 20], ["乙镇", 200, 40]]
    taken = write(rows)
    assert said(taken)[0] == "这份文件不是按月分列，也不是每月一个工作表，不能按月各存一期。"
    assert taken.batches == {}


def test_what_a_person_says_of_a_new_project_is_in_each_snapshot() -> None:
    said_of = Particulars(name="河西项目", start=date(2024, 1, 1), end=date(2025, 12, 31))
    monthly.take_over(WANG, "hexi", "月报.csv", as_csv(COLUMNS), DAY, said=said_of)
    found = read.series(open_store.store(), "hexi")
    assert [(facts.project.name, facts.baselines[0].end) for facts in found] == [("河西项目", date(2025, 12, 31))] * 3


def test_when_one_of_them_cannot_be_written_none_is() -> None:
    write()
    facts = read.facts(open_store.store(), "hexi")
    new = [NewSnapshot(replace(facts, batch="hexi@new", as_of=date(2025, 4, 30))), NewSnapshot(facts)]  # taken already
    with pytest.raises(StoreError):
        snapshots.add_each(
            open_store.store(), new, WANG.actor, file=("a", "b"), look=lambda _: None,
        )  # fmt: skip
    assert [day for day, _ in paid("hexi")] == [JANUARY, FEBRUARY, DAY]


def test_one_field_with_years_and_one_without_are_one_series() -> None:
    rows = [
        ["街镇", "概算（万元）", "已投资（万元）", "", "累计支付（万元）", ""],
        ["", "", "2025年1月", "2025年2月", "1月", "2月"],
        ["甲镇", 4000, 2000, 2100, 1900, 2000],
    ]
    taken = write(rows)
    found = read.series(open_store.store(), "hexi")
    assert [*taken.batches] == [JANUARY, FEBRUARY]
    assert [(line.invested, line.paid) for facts in found for line in facts.spend] == [(2000, 1900), (2100, 2000)]


def test_a_field_with_one_month_is_in_that_month_only() -> None:
    rows = [
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）", ""],
        ["", "", "1月", "1月", "2月"],
        ["甲镇", 4000, 2000, 1900, 2000],
    ]
    assert write(rows).problems == ()
    found = read.series(open_store.store(), "hexi")
    # In February nothing newer is said of what was invested: it goes on, as with any file that does not speak of it.
    assert [(line.invested, line.paid) for facts in found for line in facts.spend] == [(2000, 1900), (2000, 2000)]


def test_held_months_wait_together() -> None:
    taken = monthly.take_over(WANG, "hexi", "月报.csv", as_csv(COLUMNS), DAY, hold=True)
    states = {each.batch: each.state for each in batches.snapshots(WANG, "hexi")}
    assert states == dict.fromkeys(taken.batches.values(), "held")


def test_nobody_imports_without_a_name() -> None:
    with pytest.raises(NameNeeded):
        monthly.take_over(NOBODY, "hexi", "月报.csv", as_csv(COLUMNS), DAY)
