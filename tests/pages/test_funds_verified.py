"""资金查验 on 数据疑点 from app.py: the line where there is no ledger, the list by reason where there is one."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.service.manage import importing
from tests.core.lingang import CHECKED
from tests.core.service.people import PROJECT, WANG
from tests.pages.opening import opened, rows

pytestmark = pytest.mark.usefixtures("store_path")
LEDGER = """付款日期,收款单位,付款金额（万元）,凭证号
2025-01-05,甲公司,7990,记-1
2024-05-06,乙公司,10,记-2
2024-05-06,乙公司,10,记-3
"""
NONE = "未导入付款台账，资金查验未做。付款台账可在“数据导入”页导入。"


def captions(at: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in at.caption]


def test_without_a_ledger_one_line_says_so() -> None:
    at = opened("evidence/checks")
    assert not at.exception
    assert NONE in captions(at)
    assert len(rows(at)) == len(CHECKED)


def test_payments_are_listed_by_reason() -> None:
    importing.commit(WANG, PROJECT, "台账.csv", LEDGER.encode(), date(2024, 12, 31))
    at = opened("evidence/checks")
    assert not at.exception
    assert NONE not in captions(at)
    assert [each.label.replace("\\", "") for each in at.expander] == ["付款台账3笔，截至2024年12月31日合计20.00万元"]
    payees = [table.value.iloc[:, 2].tolist() for table in at.table if table.value.shape[1] == 10]
    assert payees == [["甲公司"]]
    at.segmented_control(key="payment_reason").set_value("twice").run()
    assert not at.exception
    payees = [table.value.iloc[:, 2].tolist() for table in at.table if table.value.shape[1] == 10]
    assert payees == [["乙公司", "乙公司"]]
