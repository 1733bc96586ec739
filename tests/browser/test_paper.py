"""Ctrl+P on every page: A4 landscape, no controls, two figures side by side, the day of the data at the foot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import WITHIN, navigation, visit
from tests.browser.running_app import RunningApp
from tests.documents.find_office import HELP, complete
from tests.documents.pages import Sheet, sheets

pytestmark = pytest.mark.full
A4 = (842, 595)
CONTROLS = (
    "怎么算", "存为图片", "复制图片", "复制表格", "回到最新", "导入导出", "新建、导入、导出", "全部街镇",
    "分享", "投屏",
)  # fmt: skip
MOST_SHEETS = {"": 1, "budget": 2, "beneficiaries": 1, "scorecard": 3}
"""How many sheets a page takes at most, from whatever window it is printed."""
ABOUT_NO_PROJECT = ("verify",)


def printed(page: Page, target: Path) -> list[Sheet]:
    page.pdf(path=str(target), prefer_css_page_size=True, print_background=True)
    return sheets(target)


@pytest.fixture(scope="module")
def paths(browser: Browser, shared_server: RunningApp) -> list[str]:
    return navigation(browser, shared_server.url)


@pytest.mark.skipif(not complete(), reason=HELP)
def test_every_page_prints_clean(page: Page, paths: list[str], shared_server: RunningApp, tmp_path: Path) -> None:
    for path in paths:
        visit(page, shared_server.url, path)
        made = printed(page, tmp_path / f"{path or 'overview'}.pdf")
        assert made, path
        for number, sheet in enumerate(made, 1):
            assert (round(sheet.width), round(sheet.height)) == A4, path
            assert [each for each in CONTROLS if each in sheet.text] == [], (path, number)
            assert f"{number}/{len(made)}" in sheet.text, (path, number)
            if path not in ABOUT_NO_PROJECT:
                assert "数据截至2024年12月31日" in sheet.text, (path, number)
            # Nothing reaches over the margins, 12 mm left and right.
            assert all(word.left >= 30 and word.right <= A4[0] - 30 for word in sheet.words), (path, number)


@pytest.mark.skipif(not complete(), reason=HELP)
@pytest.mark.parametrize("window", [(390, 844), (2560, 1440)])
def test_the_sheets_do_not_hang_on_the_window(
    browser: Browser, shared_server: RunningApp, tmp_path: Path, window: tuple[int, int]
) -> None:
    width, height = window
    finger = width < 640
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=finger, is_mobile=finger, locale="zh-CN"
    )
    page = context.new_page()
    for path, most in MOST_SHEETS.items():
        visit(page, shared_server.url, path)
        made = printed(page, tmp_path / f"{path or 'overview'}.pdf")
        assert len(made) <= most, path
        for number, sheet in enumerate(made, 1):
            assert (round(sheet.width), round(sheet.height)) == A4, path
            assert all(word.left >= 30 and word.right <= A4[0] - 30 for word in sheet.words), (path, number)
            # The foot stands on each sheet; above it more than a line or two.
            assert len(sheet.words) > 10, (path, number)
    context.close()


@pytest.mark.skipif(not complete(), reason=HELP)
def test_table_and_figure_stand_beside_what_is_to_be_decided_and_the_sum_of_a_score_table_comes_once(
    page: Page, shared_server: RunningApp, tmp_path: Path
) -> None:
    visit(page, shared_server.url)
    (overview,) = printed(page, tmp_path / "overview.pdf")
    assert "今天要定" in overview.text
    left, right = (
        min(word.left for word in overview.words if said in word.text) for said in ("璜土镇户均", "今天要定")
    )
    assert right > left + 300
    visit(page, shared_server.url, "scorecard")
    expect(page.get_by_text("一级指标", exact=True).first).to_be_visible(timeout=WITHIN)
    score = printed(page, tmp_path / "scorecard.pdf")
    tables = [sheet for sheet in score if "一级指标" in sheet.text]
    assert len(tables) >= 2, "the heading of the table comes again on each sheet"
    whole = "".join(sheet.text for sheet in tables)
    assert len(re.findall(r"93\.007\.00", whole)) == 1
