"""A long ledger of payments read column by column says what it says row by row, whatever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.project_tables import folded_payments
from core.ingest.project_tables.facts import FactsReading
from core.model.project import Facts
from tests.core.ingest.project_tables.test_columns import FIRST, folded, of
from tests.core.lingang import FACTS

D = Decimal
HEADING = [
    "付款日期", "街镇", "收款单位", "付款金额(元)", "资金来源", "凭证号", "合同编号", "合同金额(元)", "摘要",
]  # fmt: skip
WIDTH = len(HEADING)


def plain(number: int) -> list[str]:
    """100.25元, of one contract."""
    return [
        "2024-03-05", "璜土镇", "甲建设公司", "100.25", "专项债券", f"记-{number}", "HT-1", "90000", "屋面维修进度款",
    ]  # fmt: skip


def ledger(count: int) -> list[list[str]]:
    return [HEADING, *(plain(number) for number in range(1, count + 1))]


def total(label: str, amount: str, at: int = 2) -> list[str]:
    row = [""] * WIDTH
    row[at], row[3] = label, amount
    return row


DAY = ["2024-03-05", "2024年5月1日", "45000", "2024.5", "2024年4月中旬", "", "/"], ["2024-02-30", "年底", "本月合计"]
PLACE = ["璜土镇", "夏港 街道", "", "区本级", "利港街道"], ["合计", "镇" * 101]
PAYEE = ["甲公司", "乙设计院", '"丙"\\(公司)', "丁　公司", "", "某某总公司"], ["名" * 101, "合计"]
AMOUNT = (
    [
        "100", "0.5", "-20", "-1,200.50", "1,234.00", "(50.00)", "", "—", "2万元", "123456789.12", "９９", "'-3", "0",
        "-0.00", "+7",
    ],
    ["x", "1.234", "12345678901234567", "#REF!", "5吨", "--5"],
)  # fmt: skip
SOURCE = ["专项债券", "1.中央补助资金", "", "居民 自筹", '省"补"'], ["源" * 101]
VOUCHER = ["记-9", "付字 12 号", "", "007"], ["号" * 101]
PRICE = ["90000", "1,000,000.00", "", "/", "5万元", "2亿元"], ["-1", "若干"]
PURPOSE = ["屋面", "设计费", "付合同款共计", '外墙 "出新"\\', "用" * 150, "两 词 " * 80, ""], ["小计"]
COLUMNS = DAY, PLACE, PAYEE, AMOUNT, SOURCE, VOUCHER, ["HT-1", "", "A B"], PRICE, PURPOSE
FEW = [total("", ""), ["注:以上为测算"], ["", "", "", "100.25", *[""] * 5], total("本月合计", "")]
WRONG = [
    HEADING,
    total("本月合计", "7"),
    total("合计", "0"),
    total("平均", "100.25"),
    total("小计", "x"),
    ["2024", "x"],
]


def odd(*, wrong: bool) -> st.SearchStrategy[Sequence[str]]:
    """A row that is not plain; with `wrong` most often one that no ledger may have."""
    cells = [
        st.sampled_from(each) if isinstance(each, list) else st.sampled_from(each[0] + each[1] if wrong else each[0])
        for each in COLUMNS
    ]
    return st.tuples(*cells) | st.sampled_from(FEW + WRONG if wrong else FEW)


@st.composite
def ledgers(draw: st.DrawFn, rows: st.SearchStrategy[Sequence[str]]) -> list[Sequence[str]]:
    """Plain rows, and here and there another; a column may be missing."""
    found: list[Sequence[str]] = list(ledger(2 * FIRST))
    for row in draw(st.lists(rows, max_size=5)):
        found.insert(draw(st.integers(1, len(found))), row)
    without = draw(st.none() | st.sampled_from([0, 1, 2, 4, 6, 7, 8]))
    return found if without is None else [[*row[:without], *row[without + 1 :]] for row in found]


def same_both_ways(rows: list[Sequence[str]], previous: Facts | None) -> FactsReading:
    document = folded(rows)
    found = of(document, previous)
    assert found == of(document.unfolded(), previous)
    return found


@given(ledgers(odd(wrong=False)) | ledgers(odd(wrong=True)), st.sampled_from([None, FACTS]))
@settings(max_examples=120, deadline=None)
def test_both_ways_say_the_same(rows: list[Sequence[str]], previous: Facts | None) -> None:
    same_both_ways(rows, previous)


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=5),
    st.sampled_from(["本月合计", "小计", "本年累计"]),
    st.sampled_from(["first", "last", "none"]),
    st.sampled_from([0, 0, 0, 1]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_both_ways_compare_the_same_sums(months: list[int], label: str, whole: str, off: int, with_gap: bool) -> None:
    """A sum under each month, of the month or of all so far, one of all first or last; some are off."""
    rows: list[Sequence[str]] = list(ledger(FIRST))
    done = FIRST
    for month in months:
        rows += [plain(done + number) for number in range(1, month + 1)]
        done += month
        of_all = label == "本年累计" or month == months[0]
        rows.append(total(label, f"{D('100.25') * (done if of_all else month)}"))
    rows[-1] = total(label, f"{D(rows[-1][3]) + off}")
    if with_gap:
        rows[FIRST + 1] = [*rows[FIRST + 1][:3], "", *rows[FIRST + 1][4:]]
    if whole != "none":
        rows.insert(1 if whole == "first" else len(rows), total("合计", f"{D('100.25') * done}"))
    same_both_ways(rows, FACTS)


def read_as_columns(rows: list[Sequence[str]]) -> FactsReading:
    with patch.object(folded_payments, "payments", wraps=folded_payments.payments) as read:
        found = same_both_ways(rows, FACTS)
    assert read.call_count == 1
    assert found.problems == ()
    return found


def test_a_long_ledger_is_read_as_columns() -> None:
    """Sums of months and of all, unknown places, days without a day and rows without an amount do not stop that."""
    rows: list[Sequence[str]] = list(ledger(200))
    rows[100] = ["2024.5", "区本级", '"丙" 公司', "-20", "1.中央补助资金", "", "", "", "设计 费"]
    rows[150] = ["2024-03-05", "夏港街道", "丁公司", "", "", "记-x", "", "", ""]
    # 198 of the 200 rows are 100.25 each, one is -20 and one has no amount: 19,849.50 - 20 = 19,829.50.
    rows.append(total("合计", "19829.5"))
    found = read_as_columns(rows)
    assert found.payments is not None
    lines = found.payments.to_pylist()
    assert len(lines) == 199
    assert lines[99] == {
        "place": None,
        "paid_on": date(2024, 5, 31),
        "payee": '"丙" 公司',
        "amount": D("-0.002"),
        "funding": "中央补助资金",
        "voucher": "",
        "contract_no": "",
        "contract": None,
        "purpose": "设计 费",
        "source": "付款台账 第101行",
        "raw": '{"A:付款日期": "2024.5", "B:街镇": "区本级", "C:收款单位": "\\"丙\\" 公司", "D:付款金额(元)": "-20", '
        '"E:资金来源": "1.中央补助资金", "I:摘要": "设计 费"}',
    }
    assert [str(each.sentence()) for each in found.questions] == [
        "《a.csv》A101（付款日期）：1格没有写到日（2024.5），按该月（旬、年）的最后一天读取，原文保留。请核对。",
        "《a.csv》D151（付款金额(元)）：有1行没有付款金额，没有作为付款读取。",
        "《a.csv》B101（街镇）：项目中没有街镇“区本级”，这1笔按未注明街镇读取，只计入全项目。",
    ]


def test_a_total_over_the_payments_or_one_of_an_amount_alone_are_met_in_columns() -> None:
    # 120 rows of 100.25: 12,030.
    first = read_as_columns([HEADING, total("合计", "12030"), *ledger(120)[1:]])
    alone = read_as_columns([*ledger(120), ["", "", "", "12030", *[""] * 5]])
    assert [len(each.payments or ()) for each in (first, alone)] == [120, 120]
    assert [str(each.sentence()) for each in alone.questions] == [
        "《a.csv》D122（付款金额(元)）：这一行只有金额，正好是其余各行之和，按合计行读取，不另计入。请核对。"
    ]


@pytest.mark.parametrize(
    ("row", "column", "cell", "said"),
    [
        (190, 5, "号" * 101, "《a.csv》F191（凭证号）：名称最多100个字，读到101个。"),
        (190, 7, "-1", "《a.csv》H191（合同金额(元)）：金额不能为负，读到“-1”。"),
        (200, 3, "20051", "《a.csv》D201（付款金额(元)）：各行相加是1.994975，这里是2.0051，两者不一致。"),
    ],
)  # fmt: skip
def test_what_is_wrong_far_down_is_told_with_its_cell(row: int, column: int, cell: str, said: str) -> None:
    # 199 rows of 100.25元 are 19,949.75元: 1.994975万元.
    rows: list[list[str]] = [*ledger(199), total("合计", "19949.75")]
    rows[row][column] = cell
    found = same_both_ways(list(rows), FACTS)
    assert [str(problem.sentence()) for problem in found.problems] == [said]
