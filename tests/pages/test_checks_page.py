"""核对 from app.py: contradictions first, by status with counts, narrowed by a chip, and empty."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.evidence import data_checks
from tests.core.lingang import CHECKED, checked
from tests.pages.opening import opened

pytestmark = pytest.mark.usefixtures("store_path")


def page(**query: str) -> AppTest:
    return opened("evidence/checks", **query)


def headings(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown if element.value.startswith("### ")]


def test_contradictions_lead() -> None:
    at = page()
    assert not at.exception
    names = {"不一致": "E", "待核实": "Q", "提示": "W", "一致": "P"}
    assert headings(at) == [f"### {name}{checked(status)}项" for name, status in names.items()]
    assert len(at.table) == len(CHECKED)
    first = at.table[0].value
    assert first.iloc[-1].tolist() == ["累计支付占概算", "53\\.33%"]


def test_a_chip_narrows_to_one_status() -> None:
    at = page()
    at.segmented_control(key="check_status").set_value("Q").run()
    assert headings(at) == ["### 待核实3项"]
    assert len(at.table) == 3


def test_nothing_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_checks, "run", lambda *_: ())
    at = page()
    assert [info.value.replace("\\", "") for info in at.info] == [
        "还没有可核对的数据。请先导入资金明细表和受益明细表。"
    ]


def test_in_english() -> None:
    at = page(lang="en")
    assert not at.exception
    assert len(at.table) == len(CHECKED)
