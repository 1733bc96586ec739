"""变化趋势 and 建设进展 on 资金使用 and 受益情况, with one snapshot and with two, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from core.model.context import SYSTEM, Actor
from core.model.project import Facts, Milestone
from core.service.base import open_store
from core.store import read, snapshots
from tests.core.quarters import MARCH, march
from tests.pages.opening import opened
from tests.pages.test_progress_pages import app, charts, words

PROJECT = "lingang-2023"


def add(facts: Facts) -> None:
    snapshots.add(open_store.store(), facts, SYSTEM)


@pytest.fixture
def quarter(store_path: Path) -> Facts:
    facts = march(read.facts(open_store.store(), PROJECT))
    add(facts)
    return facts


@pytest.mark.usefixtures("store_path")
def test_one_snapshot_says_what_is_missing() -> None:
    at = app("budget")
    assert "只有一期数据，暂无变化趋势；导入下一期后显示。" in words(at)
    assert "how_curve" not in {button.key for button in at.button}


@pytest.mark.usefixtures("quarter")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("page", "figures"),
    [
        ("budget", {"how_needed", "how_curve", "how_stretches", "how_milestones"}),
        ("beneficiaries", {"how_benefit", "how_work"}),
        ("overview", {"how_pace", "how_streets"}),
    ],
)
def test_two_snapshots_show_in_both_languages(page: str, figures: set[str], lang: str) -> None:
    at = app(page, lang=lang)
    assert [error.value for error in at.error] == []
    assert not at.exception
    assert figures <= {button.key for button in at.button}


@pytest.mark.usefixtures("quarter")
def test_the_trend_is_told_and_the_change_stands_in_a_table() -> None:
    at = app("budget")
    assert "自2024年12月31日以来支付1,500万元，月均500万元" in words(at)
    changes = next(table.value for table in at.table if "街镇" in table.value.columns)
    assert [value.replace("\\", "") for value in changes.iloc[1].tolist()[:4]] == [
        "璜土镇", "2,164.00", "2,500.00", "336.00",
    ]  # fmt: skip


@pytest.mark.usefixtures("quarter")
def test_what_is_told_and_the_table_follow_the_unit() -> None:
    at = app("budget", unit="yi")
    assert "自2024年12月31日以来支付0.15亿元，月均0.05亿元" in words(at)
    changes = next(table.value for table in at.table if "街镇" in table.value.columns)
    assert "累计支付（亿元） · 2025年3月31日" in changes.columns
    assert [cell.replace("\\", "") for cell in changes.iloc[1].tolist()[1:4]] == ["0.2164", "0.2500", "0.0336"]
    assert not any("万元" in str(cell) for cell in (*changes.columns, *changes.to_numpy().flat))


@pytest.mark.usefixtures("quarter")
def test_how_opens_under_a_table() -> None:
    at = app("budget")
    tables = len(at.table)
    at.session_state["how_earned"] = True
    at.run()
    assert len(at.table) == tables + 1


@pytest.mark.usefixtures("quarter")
def test_the_homes_page_shows_what_is_finished() -> None:
    at = app("beneficiaries")
    assert "建设进展：28个计划小区中已完工9个" in words(at)


def test_a_name_with_signs_is_text(quarter: Facts) -> None:
    odd = Milestone("**<b>开工</b>** $x$", MARCH, None, "表")
    add(replace(quarter, batch="again", as_of=MARCH.replace(month=6, day=30), milestones=(odd,)))
    at = app("budget")
    assert not at.exception
    assert any("&lt;b&gt;" in chart for chart in charts(at))
    assert not any("<b>开工</b>" in chart for chart in charts(at))


@pytest.mark.usefixtures("store_path")
def test_an_event_is_put_down_corrected_and_taken_back_on_the_page() -> None:
    at = opened("progress/budget", Actor("browser-wang", "王工"))
    _fill(at, "2025-07-32", "台风停工")
    assert len(at.error) == 1
    assert "台风停工" not in words(at)
    # What was refused stays in the form, to be mended.
    assert _typed(at) == ["2025-07-32", "台风停工"]
    _fill(at, "2025-07-01", "台风停工")
    assert not at.error
    assert "**2025年7月1日** 台风停工" in words(at)
    assert _typed(at) == ["", ""]
    _press(at, "撤去")
    assert not at.exception
    assert "台风停工" not in words(at)


def _fields(at: AppTest) -> list[TextInput]:
    return [next(each for each in at.text_input if each.label == label) for label in ("日期", "大事")]


def _typed(at: AppTest) -> list[str | None]:
    return [each.value for each in _fields(at)]


def _fill(at: AppTest, day: str, name: str) -> None:
    for field, value in zip(_fields(at), (day, name), strict=True):
        field.set_value(value)
    _press(at, "登记")


def _press(at: AppTest, label: str) -> None:
    next(each for each in at.button if each.label == label).click().run()
