"""A file for two items from upload to withdrawal, as a panel has it: ticked off, opened, struck out, on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import who
from tests.browser.pages import WITHIN, Listener, settle, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_guard import answer
from tests.core.small_files import PROGRAM, pdf, picture

CONTEXTS = Callable[..., BrowserContext]
pytestmark = pytest.mark.full


def opened_part(page: Page, server: RunningApp, path: str, part: str) -> None:
    visit(page, server.url, path)
    page.get_by_role("radio", name=part).click()
    expect(page.get_by_role("radio", name=part)).to_be_checked(timeout=WITHIN)
    settle(page)


def upload(page: Page, items: tuple[str, ...], *files: tuple[str, bytes]) -> None:
    """Fill in the form and send it. While the list above it is still being drawn it moves, out of what can be seen."""
    expect(page.get_by_text("还没有佐证文件。")).to_be_visible(timeout=WITHIN)  # the last of the part
    settle(page)
    page.get_by_role("button", name="上传佐证").click()
    chosen = page.get_by_test_id("stMultiSelect").locator("input")
    for item in items:
        chosen.click()
        page.get_by_role("option", name=item).click()
    page.keyboard.press("Escape")
    field = page.get_by_test_id("stFileUploader").locator("input")
    sent = [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    field.set_input_files(sent)  # type: ignore[arg-type]
    for name, _ in files:
        expect(page.get_by_test_id("stFileUploader").get_by_text(name)).to_be_visible(timeout=WITHIN)
    page.get_by_role("button", name="上传", exact=True).click()


def received(page: Page, code: str) -> Locator:
    """The cell of the list that says what has come for an item."""
    row = page.get_by_test_id("stTable").locator("tr").filter(has=page.get_by_role("cell", name=code, exact=True))
    return row.first.locator("td").last


def test_a_file_for_two_items_is_ticked_off_opened_withdrawn_and_found_again(
    fresh_server: RunningApp, new_context: CONTEXTS
) -> None:
    context = new_context()
    context.add_init_script(who("王工"))
    page = context.new_page()
    heard = Listener().listen(page)
    opened_part(page, fresh_server, "panel", "资料与佐证")
    expect(received(page, "A11")).to_have_text("—", timeout=WITHIN)
    upload(
        page, ("A11 立项依据充分性", "A12 立项程序规范性"), ("立项批复.pdf", pdf("Approval")), ("现场.png", picture())
    )
    box = page.locator('[class*="st-key-file_"]').filter(has_text="立项批复.pdf")
    expect(box).to_contain_text("A11 A12", timeout=WITHIN)
    settle(page)
    for code, files in (("A11", "✓ 立项批复.pdf、现场.png"), ("A12", "✓ 立项批复.pdf、现场.png"), ("A13", "—")):
        expect(received(page, code)).to_have_text(files)

    # In the browser's own viewer, in a sandbox; a picture small, and large in a tab of its own.
    with context.expect_page() as viewed:
        box.get_by_role("link", name="查看").click()
    viewer = viewed.value
    viewer.wait_for_load_state()
    assert viewer.evaluate("document.contentType") == "application/pdf"
    token = viewer.url.removeprefix(fresh_server.url)
    status, headers, body = answer(fresh_server, token)
    assert (status, headers["content-type"], body[:5]) == (200, "application/pdf", "%PDF-")
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"
    assert answer(fresh_server, "/opened/" + "0" * 64)[0] == 404
    small = page.locator('[class*="st-key-file_"] img')
    expect(small).to_have_count(1)
    shown = small.bounding_box()
    assert shown is not None
    assert shown["width"] == 72
    # What Streamlit keeps for the page is shut off as well.
    media = answer(fresh_server, small.get_attribute("src").removeprefix(fresh_server.url))  # type: ignore[union-attr]
    assert media[1]["content-security-policy"].startswith("sandbox")

    with page.expect_download() as taken:
        box.get_by_role("button", name="下载").click()
    assert taken.value.path().read_bytes() == pdf("Approval")

    box.get_by_role("button", name="撤回").click()
    page.get_by_role("button", name="撤回佐证").click()
    expect(page.get_by_text("请写明撤回的理由。")).to_be_visible(timeout=WITHIN)
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_text("请写明撤回的理由。")).to_have_count(0, timeout=WITHIN)
    expect(page.get_by_role("button", name="撤回佐证")).to_have_count(0)  # a click beside it has closed it
    box.get_by_role("button", name="撤回").click()
    page.get_by_label("撤回理由").fill("盖章不全")
    page.get_by_role("button", name="撤回佐证").click()
    expect(box.locator("del")).to_contain_text("立项批复.pdf", timeout=WITHIN)
    for code in ("A11", "A12"):
        expect(received(page, code)).to_have_text("✓ 现场.png", timeout=WITHIN)

    opened_part(page, fresh_server, "history", "全程记录")
    expect(page.locator("li", has_text="撤回A11 立项依据充分性的佐证《立项批复.pdf》，理由：盖章不全")).to_be_visible()
    expect(page.locator("li del", has_text="存入佐证《立项批复.pdf》")).to_have_count(2)
    expect(page.locator("li del", has_text="现场.png")).to_have_count(0)
    assert heard.problems == []


def test_a_program_that_is_called_a_pdf_is_refused_with_a_sentence(
    fresh_server: RunningApp, new_context: CONTEXTS
) -> None:
    context = new_context()
    context.add_init_script(who("王工"))
    page = context.new_page()
    opened_part(page, fresh_server, "panel", "资料与佐证")
    upload(page, ("A11 立项依据充分性",), ("批复.pdf", PROGRAM))
    expect(page.get_by_text("《批复.pdf》内容是可执行程序，未存入。")).to_be_visible(timeout=WITHIN)
    expect(page.get_by_text("还没有佐证文件。")).to_be_visible()
