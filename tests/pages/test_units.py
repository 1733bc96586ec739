"""金额单位: one choice turns every amount of a page, stays over pages and stands in the address."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened

pytestmark = pytest.mark.usefixtures("store_path")
OTHER = {"yuan": r"[万亿]元", "wan": r"亿元", "yi": r"万元"}
"""What must not be read on a page of that unit."""


def everything(at: AppTest) -> str:
    """All that a page says: words, cards, tables, charts."""
    said = [element.value for element in (*at.markdown, *at.caption)]
    said += [f"{metric.label} {metric.value}" for metric in at.metric]
    said += [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in at.get("plotly_chart")]
    said += [each.proto.json for each in at.get("bidi_component")]
    text = "\n".join(said).replace("\\", "")
    return re.sub(r"u[0-9a-f]{4}", lambda found: chr(int(found[0][1:], 16)), text)


@pytest.mark.parametrize("page", ["progress/overview", "progress/budget", "evidence/checks", "manage/portfolio"])
@pytest.mark.parametrize("unit", ["yuan", "wan", "yi"])
def test_no_amount_is_left_in_another_unit(page: str, unit: str) -> None:
    at = opened(page, unit=unit)
    assert [error.value for error in at.error] == []
    assert (
        re.findall(rf".{{0,20}}\d{OTHER[unit]}.{{0,10}}|（{OTHER[unit]}[^）]*）|：{OTHER[unit]}", everything(at)) == []
    )


def test_the_choice_turns_the_first_sight() -> None:
    at = opened("progress/overview", unit="yi")
    assert {metric.label: metric.value for metric in at.metric}["累计支付"] == "0.8亿元"
    said = everything(at)
    assert "未付0.7亿元：专项债0.4、财政预算资金0.3" in said
    assert "今后每月须付0.0583亿元" in said
    assert "0.2164" in said
    at.selectbox(key="choose_unit").select("yuan").run()
    assert at.query_params["unit"] in ("yuan", ["yuan"])
    assert {metric.label: metric.value for metric in at.metric}["累计支付"] == "80,000,000元"
    at.selectbox(key="choose_unit").select("wan").run()
    assert "unit" not in at.query_params
    assert {metric.label: metric.value for metric in at.metric}["累计支付"] == "8,000万元"


def test_it_stays_on_the_next_page() -> None:
    at = opened("progress/overview", unit="yi")
    at.switch_page("pages/progress/budget.py").run()
    assert at.query_params["unit"] in ("yi", ["yi"])
    assert at.selectbox(key="choose_unit").value == "yi"


def test_english_says_millions_and_keeps_the_choice() -> None:
    at = opened("progress/overview", lang="en")
    assert "CNY 80.0 million" in [metric.value for metric in at.metric]
    assert at.selectbox(key="choose_unit").value == "million"
    assert "CNY 10k" not in everything(at)
    assert "CNY million" in everything(at)
    at = opened("progress/overview", lang="en", unit="yuan")
    assert "CNY 80,000,000" in [metric.value for metric in at.metric]


def test_what_is_no_unit_is_said_and_is_wan() -> None:
    at = opened("progress/overview", unit="dollar")
    assert any("unit=dollar" in warning.value.replace("\\", "") for warning in at.warning)
    assert "8,000万元" in [metric.value for metric in at.metric]
