"""简报: a frame is the same picture whoever asks for it, documents come on a click, and a frame can stand alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import WITHIN, Listener, stands_at, visit
from tests.browser.running_app import RunningApp

OFFICE = {"全部图框（PDF）": b"%PDF", "幻灯片（PPTX）": b"PK", "评价报告（DOCX）": b"PK", "工作簿（XLSX）": b"PK"}
"""Documents, and how their files begin."""
VISITORS = (
    (900, "zh-CN", "2024-12-31T23:59:00", "Asia/Shanghai"),
    (2560, "en-US", "2031-02-28T08:00:00", "America/New_York"),
)
"""A window, a browser's language, its clock and its zone."""


def choose(page: Page, document: str) -> None:
    """In the menu, by keyboard."""
    page.locator(".st-key-document_kind").get_by_role("combobox").focus()
    page.keyboard.type(document)
    page.keyboard.press("Enter")


def taken(page: Page, button: str) -> bytes:
    with page.expect_download(timeout=WITHIN) as started:
        page.get_by_role("button", name=button).click()
    return Path(started.value.path()).read_bytes()


@pytest.mark.full
def test_a_picture_is_the_same_from_every_window_browser_and_day(
    new_context: Callable[..., BrowserContext], shared_server: RunningApp
) -> None:
    pictures = []
    for width, language, clock, zone in VISITORS:
        context = new_context(viewport={"width": width, "height": 900}, locale=language, timezone_id=zone)
        page = context.new_page()
        page.clock.set_system_time(clock)
        visit(page, shared_server.url, "frames", frame="streets")
        pictures.append(Image.open(io.BytesIO(taken(page, "下载本图（PNG）"))).convert("RGB"))
    one, other = pictures
    assert one.size == other.size == (3200, 1800)
    assert ImageChops.difference(one, other).getbbox() is None
    # It is a picture of something: paper, and not only paper.
    assert len(one.getcolors(1 << 24) or ()) > 50


def test_the_frame_on_the_page_is_whole_and_says_itself(tab: Page, shared_server: RunningApp) -> None:
    heard = Listener().listen(tab)
    visit(tab, shared_server.url, "frames", frame="budget")
    picture = tab.get_by_role("img", name="概算15,000.00万元")
    expect(picture).to_be_visible(timeout=WITHIN)
    ratio, drawn = picture.evaluate("image => [image.clientWidth / image.clientHeight, image.naturalWidth]")
    assert abs(ratio - 16 / 9) < 0.02
    assert drawn > 0
    assert heard.problems == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1600, 900)])
def test_the_frame_is_seen_to_its_foot_without_scrolling(
    tab: Page, shared_server: RunningApp, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    visit(tab, shared_server.url, "frames")
    picture, around = tab.locator(".st-key-frame img"), tab.locator(".st-key-frame")
    expect(picture).to_be_visible(timeout=WITHIN)
    inner, outer = picture.bounding_box(), around.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["y"] + outer["height"] <= height
    assert inner["width"] > width / 2
    middle = inner["x"] + inner["width"] / 2
    assert abs(middle - outer["x"] - outer["width"] / 2) < 2


def test_the_keyboard_chooses_a_frame(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "frames")
    tab.locator(".st-key-frame_choice").get_by_role("combobox", name="图框").focus()
    tab.keyboard.type("资金使用")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("img", name="概算15,000.00万元")).to_be_visible(timeout=WITHIN)
    stands_at(tab, frame="budget")


def test_a_brief_is_made_and_taken_along(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "frames")
    choose(tab, "一页简报（PDF）")
    assert taken(tab, "制作一页简报（PDF）").startswith(b"%PDF")
    assert taken(tab, "再次下载").startswith(b"%PDF")


@pytest.mark.parametrize(("frame", "says"), [("pace", "比按工期均匀支付少"), ("overview", "支付进度滞后工期")])
def test_a_frame_that_stands_alone_has_no_controls(tab: Page, shared_server: RunningApp, frame: str, says: str) -> None:
    visit(tab, shared_server.url, "frames", frame=frame, embed="true")
    expect(tab.get_by_role("img", name=says)).to_be_visible(timeout=WITHIN)
    # What is left is Streamlit's own button over the picture, seen under the pointer only.
    expect(tab.locator("button:not([data-testid='stElementToolbar'] button)")).to_have_count(0)
    expect(tab.get_by_test_id("stTopNav")).to_have_count(0)


@pytest.mark.full
def test_every_document_comes_out(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "frames")
    for name, head in (
        ("全部图框（PDF）", b"%PDF"),
        ("幻灯片（PPTX）", b"PK"),
        ("评价报告（DOCX）", b"PK"),
        ("工作簿（XLSX）", b"PK"),
    ):
        choose(tab, name)
        assert taken(tab, f"制作{name}").startswith(head)
