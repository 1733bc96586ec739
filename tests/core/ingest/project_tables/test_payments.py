"""Ledgers of payments (付款台账, 序时账) as offices write them: every line is read, or there is a sentence about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.project_tables.facts import FactsReading
from core.model.fields import FIELDS
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx, asked, facts, reading
from tests.core.lingang import FACTS, PLACES

D = Decimal
DAY = date(2024, 12, 31)
HEADING = [
    "付款日期", "街镇", "收款单位", "付款金额(元)", "资金来源", "凭证号", "合同编号", "合同金额(元)", "摘要",
]  # fmt: skip
ROWS: list[list[Any]] = [
    ["2023-07-05", "璜土镇", "甲建设公司", "1,200,000.00", "专项债券", "记-001", "HT-01", "5,000,000.00",
     "屋面维修进度款"],
    ["2023-08-09", "夏港街道", "乙监理公司", "300000.50", "财政预算资金", "记-002", "HT-02", "400000", "监理费"],
]  # fmt: skip


def ledger(found: FactsReading) -> list[dict[str, Any]]:
    """The payments that were read, amounts in 万元."""
    facts(found)
    return [] if found.payments is None else found.payments.to_pylist()


def read(rows: list[list[Any]], name: str = "台账.csv") -> FactsReading:
    return reading(name, as_csv(rows), as_of=DAY, previous=FACTS)


def test_every_column_of_a_line_is_read() -> None:
    found = read([HEADING, *ROWS])
    assert ledger(found) == [
        {
            "place": "璜土镇",
            "paid_on": date(2023, 7, 5),
            "payee": "甲建设公司",
            "amount": D(120),
            "funding": "bond",
            "voucher": "记-001",
            "contract_no": "HT-01",
            "contract": D(500),
            "purpose": "屋面维修进度款",
            "source": "付款台账 第2行",
            "raw": '{"A:付款日期": "2023-07-05", "B:街镇": "璜土镇", "C:收款单位": "甲建设公司", '
            '"D:付款金额(元)": "1,200,000.00", "E:资金来源": "专项债券", "F:凭证号": "记-001", '
            '"G:合同编号": "HT-01", "H:合同金额(元)": "5,000,000.00", "I:摘要": "屋面维修进度款"}',
        },
        ledger(found)[1],
    ]
    second = ledger(found)[1]
    assert [second[name] for name in ("place", "amount", "funding", "contract", "purpose")] == [
        "夏港街道", D("30.00005"), "budget", D(40), "监理费",
    ]  # fmt: skip
    assert facts(found).spend == FACTS.spend
    assert asked(found) == []


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (["日期", "凭证号", "摘要", "金额(元)"], {"voucher": "记-1", "purpose": "付设计费"}),
        (["支付日期", "收款人", "用途", "支付金额(元)"], {"payee": "记-1", "purpose": "付设计费"}),
        (["拨付日期", "收款单位", "用途", "拨付金额(元)"], {"payee": "记-1", "purpose": "付设计费"}),
        (["记账日期", "凭证字号", "摘要", "借方金额(元)"], {"voucher": "记-1", "purpose": "付设计费"}),
    ],
)
def test_headings_of_everyday_ledgers(heading: list[str], names: dict[str, str]) -> None:
    (line,) = ledger(read([heading, ["2024-01-02", "记-1", "付设计费", "20000"]]))
    assert {name: line[name] for name in names} == names
    assert (line["paid_on"], line["amount"], line["place"]) == (date(2024, 1, 2), D(2), None)


def test_a_table_of_streets_with_such_words_stays_one() -> None:
    rows = [
        ["街镇", "累计支付（万元）", "金额", "日期"],
        ["璜土镇", 2164, 1, "2024-01-01"],
        ["夏港街道", 2627, 2, "2024-01-01"],
    ]
    rows += [["申港街道", 1900, 3, ""], ["利港街道", 1309, 4, ""]]
    found = read(rows)
    assert (found.payments, [line.paid for line in facts(found).spend]) == (None, [2164, 2627, 1900, 1309])
    assert str(found.unread[0].message) == "有2列没有读取：金额、日期。"
    assert not any(name in str(each.message) for each in found.unread for name in ("付款日期", "付款金额"))


def test_arrivals_with_a_voucher_stay_arrivals() -> None:
    found = read([["资金来源", "到账日期", "到账金额（万元）", "凭证号"], ["专项债", "2024-01-02", 8000, "记-9"]])
    assert (found.payments, [each.amount for each in facts(found).arrivals]) == (None, [D(8000)])


def test_sums_are_compared_and_never_read_as_payments() -> None:
    """Of a month, of the year so far, of all; a purpose that speaks of a sum is a payment all the same."""
    rows = [
        ["日期", "收款单位", "凭证号", "摘要", "金额(元)"],
        ["2024-01-02", "甲公司", "记-1", "屋面工程款共计", "100"],
        ["2024-01-05", "乙公司", "记-2", "外墙", "250"],
        ["2024-01-31", "", "", "本月合计", "350"],
        ["2024-02-03", "甲公司", "记-1", "道路", "50"],
        ["2024-02-29", "", "", "本月合计", "50"],
        ["2024-02-29", "", "", "本年累计", "400"],
    ]
    assert [each["amount"] * 10000 for each in ledger(read(rows))] == [100, 250, 50]
    rows[-1][-1] = "401"
    assert [str(each.sentence()) for each in read(rows).problems] == [
        "《台账.csv》E7（金额(元)）：各行相加是0.04，这里是0.0401，两者不一致。"
    ]


def test_a_last_line_of_an_amount_alone_is_the_sum_or_a_problem() -> None:
    rows = [["日期", "收款单位", "金额(元)"], ["2024-01-02", "甲公司", "100"], ["2024-01-05", "乙公司", "250"]]
    found = read([*rows, ["", "", "350"]])
    assert len(ledger(found)) == 2
    assert asked(found) == [
        "《台账.csv》C4（金额(元)）：这一行只有金额，正好是其余各行之和，按合计行读取，不另计入。请核对。"
    ]
    assert [str(each.message) for each in read([*rows, ["", "", "351"]]).problems] == [
        "这一行只有金额，没有日期、收款单位和凭证号，不知道是哪一笔。请补填，或者删去这一行。"
    ]


def test_what_a_line_does_not_state_stays_open_and_is_told() -> None:
    """Unknown streets, lines without an amount, money taken back."""
    rows = [
        ["付款日期", "街镇", "收款单位", "付款金额(元)"],
        ["", "璜土镇", "甲公司", "100"],
        ["2024-01-05", "区本级", "乙公司", "250"],
        ["2024-01-06", "区本级", "丙公司", "(50.00)"],
        ["2024-01-07", "夏港", "丁公司", ""],
        ["2024-01-08", "", "戊公司", "-20"],
    ]
    found = read(rows)
    lines = [(each["place"], each["paid_on"] and each["paid_on"].day, each["amount"] * 10000) for each in ledger(found)]
    assert lines == [
        ("璜土镇", None, 100), (None, 5, 250), (None, 6, -50), (None, 8, -20),
    ]  # fmt: skip
    assert "《台账.csv》B3（街镇）：项目中没有街镇“区本级”，这2笔按未注明街镇读取，只计入全项目。" in asked(found)
    assert "《台账.csv》D5（付款金额(元)）：有1行没有付款金额，没有作为付款读取。" in asked(found)


def test_a_sheet_a_street() -> None:
    heading = ["日期", "收款单位", "金额（万元）"]
    book = as_xlsx(
        {"璜土镇": [heading, [date(2024, 1, 2), "甲公司", 10]], "利港街道": [heading, [date(2024, 3, 2), "甲公司", 30]]}
    )
    found = reading("台账.xlsx", book, as_of=DAY, previous=FACTS)
    assert [(each["place"], each["amount"], each["source"]) for each in ledger(found)] == [
        ("璜土镇", 10, "璜土镇 第2行"), ("利港街道", 30, "利港街道 第2行"),
    ]  # fmt: skip
    assert len([text for text in asked(found) if "按工作表的名称" in text]) == 2


def test_yuan_without_a_unit_is_never_read_as_ten_thousand_times_as_much() -> None:
    """80,000,000 元 are the 8,000 万元 that were reported; as 万元 no household could have got them."""
    rows = [["日期", "收款单位", "金额"], ["2024-01-02", "甲公司", "50000000"], ["2024-01-05", "乙公司", "30000000"]]
    found = read(rows)
    assert [str(each.message) for each in found.problems] == [
        "付款合计按万元读是80,000,000.00万元，是累计支付8,000.00万元的千倍以上。请在表头注明单位。"
    ]
    assert len(ledger(read([["日期", "收款单位", "金额"], ["2024-01-02", "甲公司", "5000"]]))) == 1


# -- any ledger, any layout ------------------------------------------------------------------

TEXTS = {
    "payee": ("甲建设有限公司", "乙监理公司", "丙设计院", "丁（代建）公司"),
    "voucher": ("记-001", "付字12号", "2024010001"),
    "contract_no": ("", "HT-01", "澄旧改〔2023〕7号"),
    "purpose": ("", "屋面维修", "设计费，第二笔", "付合同款共计"),
}
SOURCES = {"": "", "专项债券": "bond", "财政预算资金": "budget", "中央补助资金": "中央补助资金", "居民自筹": "居民自筹"}
CENTS = st.integers(-(10**9), 10**11).filter(bool)


@dataclass(frozen=True)
class Paid:
    """A payment by hand: amounts in 分."""

    place: str
    paid_on: date | None
    source: str
    amount: int
    contract: int | None
    texts: tuple[str, ...]


PAID = st.builds(
    Paid,
    st.sampled_from(("", *PLACES)),
    st.none() | st.integers(0, 900).map(lambda days: date(2023, 1, 1) + timedelta(days)),
    st.sampled_from(tuple(SOURCES)),
    CENTS,
    st.none() | st.integers(1, 10**11),
    st.tuples(*(st.sampled_from(texts) for texts in TEXTS.values())),
)


def spelled(cents: int | None, unit: str, *, commas: bool) -> str:
    if cents is None:
        return ""
    amount = D(cents) / (100 if unit == "元" else 10**6)
    return f"{amount:,f}" if commas else f"{amount:f}"


def in_wan(cents: int | None) -> Decimal | None:
    return None if cents is None else D(cents) / 10**6


@given(st.lists(PAID, min_size=1, max_size=12), st.data())
@settings(max_examples=60)
def test_a_ledger_reads_back_whatever_its_layout(lines: list[Paid], data: st.DataObject) -> None:
    """Columns in any order, 元 or 万元, a sum first, last or none, a title, .csv or .xlsx."""
    unit = data.draw(st.sampled_from(("元", "万元")))
    commas, total = data.draw(st.booleans()), data.draw(st.sampled_from(("first", "last", "none")))
    names = {
        name: data.draw(st.sampled_from(FIELDS[name].spellings)) for name in ("paid_on", "payee", "payment", "voucher")
    }
    names |= {
        name: data.draw(st.sampled_from(FIELDS[name].spellings)) for name in ("contract_no", "purpose", "funding")
    }
    headings = {
        **names,
        "place": "所属街道",
        "payment": f"{names['payment']}({unit})",
        "contract": f"合同金额（{unit}）",
    }
    order = data.draw(st.permutations(tuple(headings)))

    def cells(line: Paid) -> dict[str, str]:
        return {
            "place": line.place,
            "paid_on": line.paid_on.isoformat() if line.paid_on else "",
            "payment": spelled(line.amount, unit, commas=commas),
            "contract": spelled(line.contract, unit, commas=commas),
            "funding": line.source,
            **dict(zip(TEXTS, line.texts, strict=True)),
        }

    rows = [[cells(line)[name] for name in order] for line in lines]
    whole = {"payment": spelled(sum(line.amount for line in lines), unit, commas=commas)}
    if total != "none":
        label = next(name for name in order if name in ("place", "paid_on", "payee", "purpose"))
        row = [{**whole, label: "合 计"}.get(name, "") for name in order]
        rows.insert(0 if total == "first" else len(rows), row)
    table = [["付款台账"], [headings[name] for name in order], *rows]
    form = data.draw(st.sampled_from(("csv", "xlsx")))
    content = as_csv(table) if form == "csv" else as_xlsx({"付款台账": table})
    found = ledger(reading(f"台账.{form}", content, as_of=DAY, previous=FACTS))
    names_of = ("place", "paid_on", "funding", "amount", "contract", *TEXTS)
    assert [tuple(each[name] for name in names_of) for each in found] == [
        (
            line.place or None,
            line.paid_on,
            SOURCES[line.source],
            *map(in_wan, (line.amount, line.contract)),
            *line.texts,
        )
        for line in lines
    ]
