"""A score table leaves the page as Excel, comes in again as a new sheet, and a bad one is refused with its cells."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.pages import settle
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import CONTEXTS, SECOND, Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.full
def test_a_score_table_goes_out_and_comes_in(server: RunningApp, new_context: CONTEXTS) -> None:
    wang = Person(new_context, server.url, "王工")
    page = wang.page
    wang.open("scorecard")
    expect(page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    wang.says("记录为：王工")  # the page has been made again for them: nothing takes the download away
    settle(page)
    wang.press("新建、导入、导出")
    settle(page)
    with page.expect_download() as download:
        wang.press("下载评分表（Excel）")
    path = download.value.path()
    named = r"2023年度申港、夏港区域老小区改造项目_初评_初评工作表_20\d{6}\.xlsx"
    assert re.fullmatch(named, download.value.suggested_filename)
    content = path.read_bytes()

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    row, column = next((c.row, c.column) for cells in sheet.iter_rows() for c in cells if c.value == "得分")
    sheet.cell(row + 1, column, "两分")
    broken = io.BytesIO()
    book.save(broken)
    uploader = page.locator('input[type="file"]')
    uploader.set_input_files({"name": "坏表.xlsx", "mimeType": XLSX, "buffer": broken.getvalue()})
    wang.says("读到“两”")
    expect(page.get_by_role("button", name="确认导入", exact=True)).to_have_count(0)
    settle(page)
    opener = page.get_by_role("button", name="新建、导入、导出")
    if opener.get_attribute("aria-expanded") != "true":
        opener.click()

    uploader.set_input_files({"name": "复评表.xlsx", "mimeType": XLSX, "buffer": content})
    wang.says("有得分32项，得分合计93.00。")
    wang.press("确认导入")
    wang.says("已导入为新的评分表。")
    expect(page.get_by_role("combobox", name="评分表").first).to_have_value("初评 · 复评表", timeout=20 * SECOND)
    expect(page.locator(".summary .total, .total").first).to_contain_text("93.00", timeout=20 * SECOND)
