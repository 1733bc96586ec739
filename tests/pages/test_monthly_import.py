"""A monthly series on 数据导入: asked, its snapshots by day with their sums, taken over together."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Context
from core.service.base import batches, open_store
from core.service.base.project import facts
from core.service.progress import trend
from core.store import read
from tests.core.ingest.project_tables.test_facts import as_xlsx
from tests.pages.opening import key
from tests.pages.test_importing import LINGANG, WANG, app, choose, new_id, of_new, press, words

MONTHS = {
    f"{month}月": [
        ["街镇", "概算（万元）", "已投资（万元）", "累计支付（万元）"],
        ["甲镇", 4000, 2300, first],
        ["乙街道", 4500, 2800, second],
    ]
    for month, first, second in ((1, 1900, 2400), (2, 2000, 2500), (3, 2164, 2627))
}
"""A sheet a month: 4,300, 4,500 and 4,791 paid."""

pytestmark = pytest.mark.usefixtures("store_path")


def asked(at: AppTest) -> Any:
    """The answers to whether it is a series."""
    return next(box for box in at.radio if (box.key or "").startswith("import_monthly_"))


def begin() -> AppTest:
    at = app("upload")
    at.selectbox(key=key("import_project")).set_value("").run()
    return choose(at, "月报.xlsx", as_xlsx(MONTHS))


def test_without_a_yes_the_file_is_read_as_before() -> None:
    at = begin()
    assert asked(at).options == ["否，只导入一期", "是，按月各存一期"]
    assert asked(at).value is False
    assert "是否按月各存一期数据？" in words(at)
    assert "出现了不止一次" in words(at)
    assert "确认导入" not in [button.label for button in at.button]


def test_the_snapshots_are_shown_by_day_and_come_in_together() -> None:
    at = begin()
    asked(at).set_value(True).run()
    assert not at.exception
    assert "出现了不止一次" not in words(at)
    shown = next(table.value for table in at.table if "截止日" in table.value)
    days = [str(day).replace("\\", "") for day in shown["截止日"]]
    assert days == ["2025年1月31日", "2025年2月28日", "2025年3月31日"]
    paid = next(name for name in shown if name.startswith("累计支付"))
    assert [str(value).replace("\\", "") for value in shown[paid]] == ["4,300.00", "4,500.00", "4,791.00"]
    new_id(at).input("hexi")
    of_new(at, "name").input("河西项目")
    of_new(at, "start").input("2024-03-01")
    of_new(at, "end").input("2026-06-30").run()
    press(at, "确认导入")
    assert not at.exception
    assert "已导入：月报.xlsx" in words(at)
    assert "同一文件另有2期一起导入" in words(at)
    found = read.series(open_store.store(), "hexi")
    assert [f"{each.as_of:%Y-%m-%d}" for each in found] == ["2025-01-31", "2025-02-28", "2025-03-31"]
    assert {each.project.name for each in found} == {"河西项目"}
    over = trend.found(Context(WANG), "hexi")
    assert over is not None
    assert [point.paid.value for point in over.points] == [4300, 4500, 4791]


def test_the_months_of_a_project_that_is_there_may_wait() -> None:
    rows = [
        ["街镇", "累计支付（万元）", ""],
        ["", "2025年2月", "2025年3月"],
        *([line.place, line.paid + 10, line.paid + 20] for line in facts(Context(WANG), LINGANG).spend),
    ]  # fmt: skip
    at = choose(app("upload"), "月报.xlsx", as_xlsx({"表": rows}))
    asked(at).set_value(True).run()
    at.checkbox(key="import_hold").check().run()
    assert not at.error
    assert "文件中没有" in words(at)
    # 8,000 by source, and 10 or 20 more in each of the four places.
    assert "2025年2月28日这一期：各街镇累计支付合计8,040.00万元" in words(at)
    assert "2025年3月31日这一期：各街镇累计支付合计8,080.00万元" in words(at)
    labels = [block.label for block in at.expander]
    assert "没有作为数据读取的内容" not in labels
    assert "表头对应（全部识别）" in labels  # the column of February is one snapshot's, that of March the other's
    at.checkbox(key="import_months_seen").check().run()
    press(at, "确认导入")
    assert not at.exception
    states = {each.batch: each.state for each in batches.snapshots(Context(WANG), LINGANG)}
    assert [states[f"{LINGANG}@2025-{day}"] for day in ("02-28", "03-31")] == ["held", "held"]
