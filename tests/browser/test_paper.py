"""Ctrl+P on every page: A4 landscape, no controls, two figures side by side, the day of the data at the foot."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import WITHIN, navigation, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_walk import SKIP, TEXTS
from tests.documents.find_office import HELP, complete
from tests.documents.pages import Sheet, lost, pictures, sheets

pytestmark = pytest.mark.full
A4 = (842, 595)
CONTROLS = ("怎么算", "存为图片", "复制图片", "复制表格", "回到最新", "导入导出", "全部街镇", "分享", "投屏")
WINDOWS = ((390, 844), (1366, 768), (2560, 1440))
FOOT = 0.93
"""Of a sheet's height: below it stand its number and the day of the data."""
DRAWN = 200
"""Grey below which something is printed: borders of boxes are paler."""
ABOUT_NO_PROJECT = ("verify",)


def printed(page: Page, target: Path) -> list[Sheet]:
    page.pdf(path=str(target), prefer_css_page_size=True, print_background=True)
    return sheets(target)


@pytest.fixture(scope="module")
def paths(browser: Browser, shared_server: RunningApp) -> list[str]:
    return navigation(browser, shared_server.url)


def half_empty(target: Path, folder: Path) -> list[int]:
    """Numbers of the sheets, the last one aside, on whose lower half nothing is printed but the foot."""
    found = []
    for number, picture in enumerate(pictures(target, folder)[:-1], 1):
        drawn = np.asarray(picture) < DRAWN
        body = drawn[: int(picture.height * FOOT)]
        rows = np.flatnonzero(body.any(axis=1))
        if not rows.size or rows[-1] < body.shape[0] / 2:
            found.append(number)
    return found


def said(page: Page) -> list[str]:
    """The texts that stand on the page as it is printed."""
    page.emulate_media(media="print")
    found = page.evaluate(TEXTS, list(SKIP))
    page.emulate_media(media="screen")
    return [each["text"] for each in found if not each["where"].endswith(")")]


@pytest.mark.skipif(not complete(), reason=HELP)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_every_page_prints_clean(
    page: Page, paths: list[str], shared_server: RunningApp, tmp_path: Path, window: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": window[0], "height": window[1]})
    wrong = []
    for path in paths:
        visit(page, shared_server.url, path)
        target = tmp_path / f"{path or 'overview'}.pdf"
        texts = said(page)
        made = printed(page, target)
        assert made, path
        whole = "".join(sheet.text for sheet in made)
        wrong += [f"{path}: “{text}” is not on paper" for text in lost(texts, whole)]
        wrong += [f"{path}: sheet {number} is half empty" for number in half_empty(target, tmp_path)]
        for number, sheet in enumerate(made, 1):
            assert (round(sheet.width), round(sheet.height)) == A4, path
            wrong += [f"{path}: “{each}” on sheet {number}" for each in CONTROLS if each in sheet.text]
            assert f"{number}/{len(made)}" in sheet.text, (path, number)
            if path not in ABOUT_NO_PROJECT:
                assert "数据截至2024年12月31日" in sheet.text, (path, number)
            # Nothing reaches over the margins, 12 mm left and right.
            over = [word.text for word in sheet.words if word.left < 30 or word.right > A4[0] - 30]
            wrong += [f"{path}: “{word}” reaches over the margin of sheet {number}" for word in over]
    assert not wrong, "\n".join(wrong)


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
