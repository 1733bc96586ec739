"""资金查验 from a file to 数据疑点: a ledger comes in, is held against the figures, and stays through a correction."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.service.base import batches
from core.service.base.project import facts
from core.service.evidence import data_checks, payments
from core.service.manage import importing, portfolio
from core.service.manage.portfolio import PortfolioAsked
from core.service.scoring import scorecards
from tests.core.lingang import CHECKED
from tests.core.service.people import LI, PROJECT, WANG, WORKING

D = Decimal
DAY = date(2024, 12, 31)
HEADING = [
    "付款日期",
    "街镇",
    "收款单位",
    "付款金额（万元）",
    "资金来源",
    "凭证号",
    "合同编号",
    "合同价（万元）",
    "用途",
]
PAID = {"璜土镇": "2164", "夏港街道": "2627", "申港街道": "1900", "利港街道": "1309"}
VERIFIED = {str(number) for number in range(27, 34)}
pytestmark = pytest.mark.usefixtures("store_path")


def of_contract(number: int) -> list[str]:
    return [f"记-{number}", f"HT-{number}", "9000", "屋面维修"]


def content(*more: list[str], paid: dict[str, str] | None = None) -> bytes:
    rows = [
        [f"2024-0{number}-05", place, f"{place}建设公司", f"{D(amount) - D('0.5')}", "专项债", *of_contract(number)]
        for number, (place, amount) in enumerate((paid or PAID).items(), start=1)
    ]
    halves = [[*row[:3], "0.5", *row[4:5], f"{row[5]}b", *row[6:]] for row in rows]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEADING, *rows, *halves, *more])
    return stream.getvalue().encode()


def take(*more: list[str], paid: dict[str, str] | None = None, name: str = "台账.csv", day: date = DAY) -> str:
    return importing.commit(WANG, PROJECT, name, content(*more, paid=paid), day)


def verified() -> dict[str, str]:
    return {each.id: each.status for each in data_checks.checks(WANG, PROJECT) if each.id in VERIFIED}


def test_without_a_ledger_the_sample_has_its_checks_and_no_list() -> None:
    assert {each.id: each.status for each in data_checks.checks(WANG, PROJECT)} == CHECKED
    assert payments.payments_to_look_at(WANG, PROJECT, None, 1) is None


def test_a_ledger_that_adds_up_changes_no_figure() -> None:
    before = facts(WANG, PROJECT)
    take()
    now = facts(WANG, PROJECT)
    assert (now.spend, now.renovation, now.funding) == (before.spend, before.renovation, before.funding)
    assert now.project == before.project  # its figures still come from the report
    assert verified() == dict.fromkeys(sorted(VERIFIED), "P")
    view = payments.payments_to_look_at(WANG, PROJECT, None, 1)
    assert view is not None
    assert str(view.headline) == "付款台账8笔，截至2024年12月31日合计8,000.00万元"
    assert (view.reason, view.lines, view.found) == (None, (), 0)


def test_doubts_are_listed_by_reason_and_answered() -> None:
    twin = ["2024-03-05", "璜土镇", "丙公司", "30", "专项债", "记-9", "HT-9", "50", "食堂"]
    late = ["2025-01-05", "璜土镇", "丁公司", "2.5", "财政预算资金", "记-10", "", "", "绿化"]
    take(twin, [*twin[:5], "记-11", *twin[6:]], late)
    assert verified() == {"27": "E", "28": "W", "29": "Q", "30": "W", "31": "Q", "32": "Q", "33": "Q"}
    first = payments.payments_to_look_at(WANG, PROJECT, None, 1)
    assert first is not None
    assert first.reasons == {"later": 1, "twice": 2, "round": 2, "no_contract": 1, "over_contract": 2, "outside": 2}
    assert first.reason == "later"
    assert first.lines == (
        ("2025年1月5日", "璜土镇", "丁公司", "2.50", "财政预算资金", "记-10", "—", "—", "绿化", "付款台账 第12行"),
    )
    in_yuan = payments.payments_to_look_at(replace(WANG, unit="yuan"), PROJECT, "over_contract", 1)
    assert in_yuan is not None
    assert (in_yuan.headings[3], in_yuan.headings[7]) == ("金额（元）", "合同价（元）")
    assert {(line[3], line[7]) for line in in_yuan.lines} == {("300,000", "500,000")}
    twice = payments.payments_to_look_at(WANG, PROJECT, "twice", 7)
    assert twice is not None
    assert [(line[2], line[5]) for line in twice.lines] == [("丙公司", "记-9"), ("丙公司", "记-11")]
    assert (twice.found, twice.pages, twice.page) == (2, 1, 1)
    data_checks.answer(WANG, PROJECT, "29", "已核实：分两期支付")
    assert data_checks.answers(WANG, PROJECT)["29"].text == "已核实：分两期支付"
    unknown = payments.payments_to_look_at(WANG, PROJECT, "nonsense", 1)
    assert unknown == first


def test_many_doubts_come_a_page_at_a_time() -> None:
    """56 payments of 1万元 after the day, in two streets."""
    late = [(month, day) for month in ("02", "03") for day in range(1, 29)]
    place = {"02": "璜土镇", "03": "利港街道"}
    take(
        *(
            [f"2025-{month}-{day:02}", place[month], f"第{day}公司", "1", "专项债", "", "HT-1", "", ""]
            for month, day in late
        )
    )
    pages = [payments.payments_to_look_at(WANG, PROJECT, "later", page) for page in (1, 2)]
    assert [(len(view.lines), view.pages, view.found) for view in pages if view] == [(50, 2, 56), (6, 2, 56)]


def test_a_correction_keeps_the_ledger_and_a_later_snapshot_has_none() -> None:
    take()
    batches.correct(LI, PROJECT, "璜土镇", "paid", "2163", "多录了一万元")
    assert verified()["27"] == "E"
    view = payments.payments_to_look_at(WANG, PROJECT, None, 1)
    assert view is not None
    importing.commit(WANG, PROJECT, "季报.csv", "街镇,形象进度\n璜土镇,40%\n".encode(), date(2025, 3, 31))
    assert verified() == {}
    assert payments.payments_to_look_at(WANG, PROJECT, None, 1) is None


def test_a_ledger_withdrawn_is_gone_and_another_of_the_day_takes_its_place() -> None:
    take(paid={**PAID, "璜土镇": "2100"})
    assert verified()["27"] == "E"
    second = take(name="台账二.csv")
    assert verified()["27"] == "P"
    batches.withdraw(WANG, PROJECT, second, "导错了")
    assert verified()["27"] == "E"


def test_the_list_of_projects_counts_what_the_page_shows() -> None:
    take(paid={**PAID, "璜土镇": "2100"})
    counted = Counter(each.status for each in data_checks.checks(WANG, PROJECT))
    assert counted["E"] == 5  # the sample's four, and the ledger's sums
    view = portfolio.portfolio(WANG, PortfolioAsked())
    (line,) = [each for each in view.lines if each.project == PROJECT]
    assert f"不一致{counted['E']} · 待核实{counted['Q']}" in line.cells


def suggested(code: str) -> str:
    return str(scorecards.scorecard(WANG, PROJECT, WORKING).suggestions[code].sentence)


def test_the_ledger_stands_as_evidence_beside_the_item_it_proves() -> None:
    before = {code: suggested(code) for code in ("B12", "B13", "B14")}
    twin = ["2024-03-05", "璜土镇", "丙公司", "30", "专项债", "记-9", "HT-9", "500", "绿化"]
    take(twin, [*twin[:5], "记-11", *twin[6:]])
    shown = "资金查验：付款台账10笔，7项核对中一致4项、提示1项、不一致1项、待核实1项"
    assert {code: suggested(code) for code in before} == {**before, "B13": f"{before['B13']}；{shown}"}


def test_the_preview_says_what_the_ledger_brings() -> None:
    """8 payments of 8,000 in place of none; then of 7,936 in place of those, whatever is later."""
    first = importing.preview(WANG, PROJECT, "台账.csv", content(), DAY).changes
    assert [(each.what, each.before, each.after) for each in first if "付款台账" in each.what] == [
        ("付款台账笔数", "—", "8"), ("付款台账合计（万元）", "—", "8,000.00"),
    ]  # fmt: skip
    take(["2025-01-05", "璜土镇", "丁公司", "10", "专项债", "", "", "", ""])
    again = importing.preview(WANG, PROJECT, "台账二.csv", content(paid={**PAID, "璜土镇": "2100"}), DAY).changes
    assert [(each.what, each.before, each.after) for each in again] == [
        ("付款台账笔数", "9", "8"), ("付款台账合计（万元）", "8,010.00", "7,936.00"),
    ]  # fmt: skip
