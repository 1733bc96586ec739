"""From an empty store to filled pages by files as offices have them: no command line, no file edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.service.base import open_store
from tests.browser import office_files
from tests.browser.conftest import who
from tests.browser.pages import WITHIN, Listener, go, settle, stands_at, visit
from tests.browser.running_app import RunningApp

LAPTOP = {"width": 1366, "height": 768}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[RunningApp]:
    """A server on a store without any project."""
    store = tmp_path / "empty" / "store.duckdb"
    store.parent.mkdir()
    open_store.build_at(store, empty=True)
    open_store.close()
    app = RunningApp(store, tmp_path / "server.log")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def clerk(new_context: Callable[..., BrowserContext]) -> Page:
    """王工 at a laptop, who has given that name before."""
    context = new_context(viewport=LAPTOP)
    context.add_init_script(who("王工"))
    return context.new_page()


def shown(page: Page) -> str:
    """What the page says."""
    settle(page)
    return page.locator('[data-testid="stMain"]').inner_text()


def give(page: Page, name: str, content: bytes, kind: str = WORKBOOK) -> None:
    """Choose a file."""
    page.locator('input[type="file"]').first.set_input_files({"name": name, "mimeType": kind, "buffer": content})
    expect(page.get_by_text(name).first).to_be_visible()
    settle(page)


def day(page: Page, text: str) -> None:
    """Say of which day the data are."""
    field = page.get_by_label("数据截至（文件中写明时可不填）")
    field.fill(text)
    field.press("Enter")


def confirm(page: Page) -> None:
    """Say that what is asked has been looked at, where anything is, and import."""
    button = page.get_by_role("button", name="确认导入")
    expect(button).to_be_visible()
    settle(page)
    seen = page.get_by_text("处已核对，照此导入")
    if seen.count():
        seen.first.click()
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("已导入：").first).to_be_visible()


COUNTED = """addEventListener("pointerdown", () =>
  sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks"))), true)"""


def begin_another(page: Page) -> None:
    """The next file begins a project of its own."""
    go(page, "数据导入")
    page.get_by_role("radio", name="导入文件").click()  # the part that was open last is open again
    page.get_by_label("导入到").click()
    page.get_by_role("option", name="新项目").click()
    settle(page)


def test_a_clerk_gets_from_nothing_to_filled_pages(empty_server: RunningApp, clerk: Page) -> None:
    heard = Listener().listen(clerk)
    visit(clerk, empty_server.url)
    clerk.get_by_role("link", name="导入文件").click()
    expect(clerk.get_by_text("数据截至").first).to_be_visible()

    give(clerk, "改造计划.xlsx", office_files.sheet(office_files.PLAN))
    expect(clerk.get_by_text("没有读到数据截止日")).to_be_visible()
    day(clerk, "2024-12-31")
    confirm(clerk)
    panel = shown(clerk)
    assert "已由" not in panel
    assert "街镇3个：东城区、西湖县、北山市" in panel
    assert "计划受益户数6,000户" in panel
    clerk.get_by_role("button", name="打开总览").click()
    expect(clerk.get_by_text("计划受益6,000户、60个小区、214栋")).to_be_visible()
    assert "缺计划工期，暂不能算进度快慢。" in shown(clerk)
    go(clerk, "受益情况")
    assert "6,000户" in shown(clerk)

    begin_another(clerk)
    give(clerk, "评价报告.docx", office_files.report(), REPORT)
    confirm(clerk)
    clerk.get_by_role("button", name="打开总览").click()
    expect(clerk.get_by_text("已支付4,000.00万元，概算未填报")).to_be_visible()
    clerk.locator(".st-key-fill_in_card_finish button").click()
    expect(clerk.get_by_label("计划工期开始日")).to_be_visible()
    clerk.get_by_label("计划工期开始日").fill("2023-01-01")
    clerk.get_by_label("计划工期结束日").fill("2024-12-31")
    clerk.get_by_role("button", name="保存", exact=True).click()
    expect(clerk.get_by_text("缺计划工期")).to_have_count(0)
    go(clerk, "总览")
    assert "工期已过49.9%" in shown(clerk)  # 365 of 731 days

    begin_another(clerk)
    give(clerk, "小区台账.xlsx", office_files.sheet(office_files.LEDGER))
    confirm(clerk)
    assert "小区明细4行" in shown(clerk)
    go(clerk, "小区明细")
    ledger = shown(clerk)
    assert "劳动局宿舍" in ledger
    assert "330" in ledger
    assert heard.problems == []


def test_a_self_assessment_becomes_a_sheet(empty_server: RunningApp, clerk: Page) -> None:
    visit(clerk, empty_server.url, "importing")
    give(clerk, "自评表.xlsx", office_files.sheet(office_files.SELF_ASSESSMENT))
    clerk.get_by_role("button", name="新建项目，去导入评分表").click()
    expect(clerk.get_by_text("还没有评分表").first).to_be_visible()
    expect(clerk.get_by_text("带来的文件：自评表.xlsx")).to_be_visible()  # it is not chosen a second time
    button = clerk.get_by_role("button", name="确认导入")
    expect(button).to_be_visible()
    settle(clerk)
    seen = clerk.get_by_text("处已核对，照此导入")
    if seen.count():
        seen.first.click()
    expect(button).to_be_enabled()
    button.click()
    expect(clerk.get_by_text("97.00").first).to_be_visible()


def test_the_wrong_file_first_is_no_dead_end(empty_server: RunningApp, clerk: Page) -> None:
    visit(clerk, empty_server.url, "importing")
    give(clerk, "选错的.xlsx", office_files.sheet(office_files.PLAN))
    day(clerk, "2024-12-31")
    confirm(clerk)
    clerk.get_by_role("button", name="撤回").first.click()
    clerk.get_by_label("原因").fill("选错了文件")
    clerk.locator('[data-testid="stFormSubmitButton"] button').first.click()
    expect(clerk.get_by_role("button", name="打开总览")).to_have_count(0)
    assert "没有编号为" not in shown(clerk)
    go(clerk, "总览")
    assert "还没有项目" in shown(clerk)


@pytest.mark.full
def test_from_an_empty_store_to_a_running_round_in_twelve_clicks(empty_server: RunningApp, clerk: Page) -> None:
    clerk.add_init_script(COUNTED)
    heard = Listener().listen(clerk)
    visit(clerk, empty_server.url)
    clerk.get_by_role("link", name="导入文件").click()
    with clerk.expect_file_chooser() as asked:
        clerk.get_by_test_id("stFileUploaderDropzone").locator("button").click()
    plan = office_files.sheet(office_files.PLAN)
    asked.value.set_files({"name": "改造计划.xlsx", "mimeType": WORKBOOK, "buffer": plan})  # type: ignore[arg-type]
    field = clerk.get_by_label("数据截至（文件中写明时可不填）")
    field.click()
    clerk.keyboard.type("2024-12-31")
    clerk.keyboard.press("Enter")
    confirm(clerk)
    go(clerk, "绩效评分")
    clerk.get_by_role("link", name="选指标体系，建评分表").click()
    clerk.get_by_role("button", name="开始这一轮").click()
    stands_at(clerk, round="r1")
    clerk.get_by_role("button", name="开始我的评分表").click()
    expect(clerk.get_by_text("下一步：填写您的评分表")).to_be_visible(timeout=WITHIN)
    clerk.get_by_role("link", name="打开评分表").first.click()
    expect(clerk.locator("tr.item")).to_have_count(32, timeout=WITHIN)
    clicks = int(clerk.evaluate("sessionStorage.getItem('clicks')"))
    print(f"clicks: {clicks}")
    assert clicks <= 12
    assert heard.problems == []
