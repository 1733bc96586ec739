"""总览 answers at first sight: in a window of 1366 × 768, without scrolling, without a click but where one is named."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation

from tests.browser.pages import WITHIN, from_menu, settle, stands_at, visit
from tests.browser.running_app import RunningApp

WINDOW = {"width": 1366, "height": 768}


def opened(tab: Page, server: RunningApp, **query: str) -> Page:
    tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    visit(tab, server.url, **query)
    return tab


def in_sight(part: Locator) -> None:
    """It is seen whole, without scrolling."""
    expect(part).to_be_visible(timeout=WITHIN)
    box = part.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= WINDOW["height"], part


def row(tab: Page, name: str) -> Locator:
    return tab.locator(".row-table tr").filter(has=tab.get_by_role("rowheader", name=name))


def cells(tab: Page, name: str) -> list[str]:
    return [each.strip() for each in row(tab, name).locator("td").all_inner_texts()]


def test_what_each_street_was_paid_and_its_share(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    assert cells(tab, "璜土镇")[:3] == ["2,164.00", "14.43%", "80.79%～122.32%"]
    assert cells(tab, "利港街道") == ["1,309.00", "8.73%", "28.21%～48.87%", "1,911.51", "6,848", "执行率低"]
    for name in ("璜土镇", "夏港街道", "申港街道", "利港街道", "合计"):
        in_sight(row(tab, name))


def test_which_street_lags(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    in_sight(
        tab.locator(".st-key-head_streets").get_by_text("璜土镇户均支付最高，利港街道最低，相差2.5倍；请街镇说明原因")
    )


def test_whether_it_is_done_in_2025(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    in_sight(tab.get_by_text("支付进度滞后工期8.0个百分点；按此前速度约2026年5月付完，比计划晚约5个月"))
    card = tab.locator(".st-key-card_finish")
    in_sight(card)
    expect(card).to_contain_text("2026年5月")
    expect(card).to_contain_text("计划2025年12月，晚约5个月")


def test_who_pays_what_is_left(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    part = tab.locator(".st-key-decision_unpaid")
    in_sight(part)
    expect(part).to_contain_text("未付7,000万元：专项债4,000、财政预算资金3,000")
    expect(part).to_contain_text("今后每月须付583万元，为此前的1.39倍")


def test_how_many_households_are_finished(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    card = tab.locator(".st-key-card_households")
    in_sight(card)
    expect(card).to_contain_text("26,310户")
    expect(card).to_contain_text("完工数未填报")


def test_what_is_to_be_decided_and_where(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    listed = tab.locator('.st-key-to_decide [class*="st-key-decision_"]')
    expect(listed).to_have_count(6)
    for each in listed.all():
        in_sight(each)
    tab.locator(".st-key-decision_contradictions").get_by_role("link").click()
    tab.wait_for_url("**/checks?**", timeout=WITHIN)
    settle(tab)


def test_one_street_alone_by_a_click_and_all_again(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    row(tab, "利港街道").locator("td").nth(1).click()
    stands_at(tab, place="利港街道")
    expect(tab.locator(".st-key-card_paid")).to_contain_text("1,309万元", timeout=WITHIN)
    expect(tab.locator(".st-key-headline")).to_contain_text("利港街道已支付1,309万元")
    expect(tab.locator(".st-key-card_finish")).to_contain_text("全项目")
    tab.get_by_role("button", name="利港街道", exact=True).click()
    expect(tab.locator(".st-key-card_paid")).to_contain_text("8,000万元", timeout=WITHIN)


def test_one_street_alone_by_the_keyboard(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    button = tab.get_by_role("button", name="夏港街道", exact=True)
    button.focus()
    tab.keyboard.press("Enter")
    stands_at(tab, place="夏港街道")
    expect(button).to_have_attribute("aria-pressed", "true", timeout=WITHIN)
    expect(button).to_be_focused()


def test_nothing_is_cut_on_a_telephone(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    visit(tab, shared_server.url)
    expect(row(tab, "璜土镇").locator("td").first).to_contain_text("2,164.00", timeout=WITHIN)
    wide = tab.get_by_test_id("stMain").evaluate("box => box.scrollWidth - box.clientWidth")
    assert wide <= 1
    out = tab.locator(".row-table").evaluate("box => box.scrollWidth - box.clientWidth")
    assert out <= 1


def test_the_table_leaves_as_a_file(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    with tab.expect_download(timeout=WITHIN) as started:
        from_menu(tab.locator(".st-key-head_streets"), "下载表格")
    text = started.value.path().read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "街镇,累计支付（万元）,占概算,测算区间（测算值·非批复数）,户均支付（元/户）,计划受益（户）,预警"
    assert lines[1].startswith('璜土镇,"2,164.00",14.43%,80.79%～122.32%')


def test_a_picture_for_a_chat_is_two_clicks_away(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    with tab.expect_download(timeout=WITHIN) as started:
        from_menu(tab.locator(".st-key-panel_pace"), "图片（3:4，发群用）")
    with Image.open(started.value.path()) as picture:
        assert (picture.format, picture.size) == ("PNG", (1800, 2400))
    assert started.value.suggested_filename.endswith("_累计支付与计划工期_20241231.png")


def test_one_slide_is_two_clicks_away(tab: Page, shared_server: RunningApp, tmp_path: Path) -> None:
    opened(tab, shared_server)
    with tab.expect_download(timeout=WITHIN) as started:
        from_menu(tab.locator(".st-key-head_streets"), "这一页幻灯片")
    path = tmp_path / "one.pptx"
    started.value.save_as(path)
    (slide,) = Presentation(str(path)).slides
    assert slide.shapes.title.text_frame.text == "璜土镇户均支付最高，利港街道最低，相差2.5倍；请街镇说明原因"


def test_the_menu_of_a_figure_by_the_keyboard(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    more = tab.get_by_role("button", name="更多：累计支付与计划工期")
    more.focus()
    tab.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    entry = tab.locator(".st-key-panel_pace").get_by_role("menuitem")
    expect(entry.first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(entry.nth(1)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")


def test_how_computed_is_in_sight_and_says_of_what(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    for name in ("累计支付", "预计付完", "各街镇", "累计支付与计划工期"):
        in_sight(tab.get_by_role("button", name=f"怎么算：{name}", exact=True))


def names(tab: Page) -> Locator:
    return tab.locator(".row-table tr > th[scope=row]")


def test_the_rows_are_put_in_order_by_a_heading_and_the_address_keeps_it(tab: Page, shared_server: RunningApp) -> None:
    opened(tab, shared_server)
    as_given = names(tab).all_inner_texts()
    heading = tab.locator(".row-table thead").get_by_role("button", name="计划受益")
    heading.click()
    expect(tab.locator(".row-table [aria-sort=descending]")).to_contain_text("计划受益", timeout=WITHIN)
    by_homes = ["夏港街道", "利港街道", "申港街道", "璜土镇", "合计"]
    expect(names(tab)).to_have_text(by_homes, timeout=WITHIN)
    stands_at(tab, by="streets.5.down")
    tab.reload()
    expect(tab.locator(".row-table [aria-sort=descending]")).to_contain_text("计划受益", timeout=WITHIN)
    expect(names(tab)).to_have_text(by_homes, timeout=WITHIN)
    heading.press("Enter")
    expect(tab.locator(".row-table [aria-sort=ascending]")).to_contain_text("计划受益", timeout=WITHIN)
    expect(names(tab)).to_have_text([*by_homes[3::-1], "合计"], timeout=WITHIN)
    heading.press("Enter")
    expect(tab.locator(".row-table [aria-sort]")).to_have_count(0, timeout=WITHIN)
    expect(names(tab)).to_have_text(as_given, timeout=WITHIN)
