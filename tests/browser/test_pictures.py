"""存为图片 and 复制图片: what leaves the browser is a sharp picture of the figure, with its caption."""

from __future__ import annotations

import struct
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, Listener, from_menu, go, stands_at, visit
from tests.browser.running_app import RunningApp

READ_CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const picture = await createImageBitmap(await item.getType('image/png'));
  return [item.types, picture.width, picture.height];
}"""

READ_CELLS = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = await (await item.getType('text/html')).text();
  return [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('td')].map(cell => cell.textContent);
}"""


def size_of(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def save(page: Page, panel: str, target: Path) -> str:
    box = page.locator(f".st-key-panel_{panel}")
    with page.expect_download(timeout=WITHIN) as started:
        from_menu(box, "存为图片")
    started.value.save_as(target)
    expect(box.get_by_role("status")).to_have_text("已存为图片（3200×1800）")
    return started.value.suggested_filename


def test_saving_gives_3200_by_1800_under_a_speaking_name(tab: Page, shared_server: RunningApp, tmp_path: Path) -> None:
    heard = Listener().listen(tab)
    visit(tab, shared_server.url)
    name = save(tab, "pace", tmp_path / "a.png")
    assert name == "2023年度申港、夏港区域老小区改造项目_累计支付与计划工期_20241231.png"
    assert size_of(tmp_path / "a.png") == (3200, 1800)
    assert (tmp_path / "a.png").stat().st_size > 50_000
    assert heard.problems == []


def fits(tab: Page) -> bool:
    """Whether all is seen without scrolling, once the chart has its size."""
    box = tab.get_by_test_id("stMain").element_handle()
    tab.wait_for_function("box => box.scrollHeight <= box.clientHeight", arg=box, timeout=WITHIN)
    return True


def test_the_overview_follows_a_window_that_is_made_smaller(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 1600, "height": 900})
    visit(tab, shared_server.url)
    assert fits(tab)
    tab.set_viewport_size({"width": 1366, "height": 768})
    assert fits(tab)


def test_the_overview_fits_its_window_and_a_picture_of_it_does_not_depend_on_that(
    tab: Page, shared_server: RunningApp, tmp_path: Path
) -> None:
    for width, height in ((1600, 900), (1366, 768), (1920, 1080), (2560, 1440)):
        tab.set_viewport_size({"width": width, "height": height})
        visit(tab, shared_server.url)
        assert fits(tab), (width, height)
        if width in (1600, 1920):
            save(tab, "pace", tmp_path / f"{width}.png")
    assert (tmp_path / "1600.png").read_bytes() == (tmp_path / "1920.png").read_bytes()


def test_two_pictures_at_once_are_two_different_ones(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "budget")
    names: list[str] = []
    tab.on("download", lambda download: names.append(download.suggested_filename))
    with tab.expect_event("download", lambda _: len(names) == 2, timeout=WITHIN):
        for panel in ("needed", "estimate"):
            from_menu(tab.locator(f".st-key-panel_{panel}"), "存为图片")
    for panel in ("needed", "estimate"):
        status = tab.locator(f".st-key-panel_{panel}").get_by_role("status")
        expect(status).to_have_text("已存为图片（3200×1800）", timeout=WITHIN)
    assert [name.split("_")[1] for name in names] == ["此前与今后的月均支付", "概算的支付构成"]


def test_a_picture_is_copied_as_png_and_the_table_behind_it_as_cells_and_as_text(
    tab: Page, shared_server: RunningApp
) -> None:
    visit(tab, shared_server.url, "budget")
    box = tab.locator(".st-key-panel_estimate")
    from_menu(box, "复制图片")
    expect(box.get_by_role("status")).to_have_text("已复制，可粘贴到文稿", timeout=WITHIN)
    assert tab.evaluate(READ_CLIPBOARD) == [["image/png"], 3200, 1800]
    from_menu(box, "复制表格")
    expect(box.get_by_role("status")).to_have_text("表格已复制，可粘贴到Excel或文稿", timeout=WITHIN)
    lines = tab.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert lines[:2] == ["街镇\t累计支付（万元）\t占概算", "璜土镇\t2,164.00\t14.43%"]
    assert tab.evaluate(READ_CELLS)[:6] == ["街镇", "累计支付（万元）", "占概算", "璜土镇", "2,164.00", "14.43%"]


def test_where_copying_is_not_possible_a_sentence_says_what_is(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "budget")
    tab.evaluate("() => { Object.defineProperty(window, 'isSecureContext', {value: false}); }")
    box = tab.locator(".st-key-panel_estimate")
    from_menu(box, "复制图片")
    expect(box.get_by_role("status")).to_have_text("从其他电脑打开时不能复制图片，请用“存为图片”。")


def test_a_click_on_a_street_sets_the_place_everywhere(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "budget")
    tab.locator(".st-key-chart_estimate .barlayer .point path").nth(1).click(force=True)
    expect(tab.locator(".st-key-clear_place")).to_contain_text("夏港街道", timeout=WITHIN)
    go(tab, "受益情况")
    expect(tab.locator(".st-key-clear_place")).to_contain_text("夏港街道", timeout=WITHIN)
    stands_at(tab, place="夏港街道")


# Where the panel and its figure lie, how high the figure's title is, and how many of the words leave it.
MEASURE = """panel => {
  const [box, figure] = [panel, panel.querySelector('.main-svg')].map(part => part.getBoundingClientRect());
  const words = [...panel.querySelectorAll('.js-plotly-plot text')].map(word => word.getBoundingClientRect());
  const out = words.filter(word => word.left < figure.left - 1 || word.right > figure.right + 1).length;
  return [figure.left - box.left, box.right - figure.right, words.at(-1).height, out];
}"""


def test_a_figures_letters_grow_with_the_window_and_the_mouse_still_finds_its_bars(
    tab: Page, shared_server: RunningApp
) -> None:
    heights = []
    for width, height in ((1600, 900), (1920, 1080), (2560, 1440)):
        tab.set_viewport_size({"width": width, "height": height})
        visit(tab, shared_server.url, "budget")
        left, right, letters, out = tab.locator(".st-key-panel_estimate").evaluate(MEASURE)
        assert left > 0
        assert abs(left - right) < 2, f"{width}: not in the middle of its panel"
        assert out == 0, f"{width}: words leave the figure"
        heights.append(letters)
        tab.locator(".st-key-chart_estimate .barlayer .point path").nth(3).hover(force=True)
        hint = tab.locator(".st-key-chart_estimate .hovertext")
        expect(hint).to_contain_text("利港街道", timeout=WITHIN)
    assert heights[1] > 1.2 * heights[0]
    assert heights[2] > 1.2 * heights[1]


def test_a_telephone_gets_figures_with_shorter_lines(tab: Page, shared_server: RunningApp) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    visit(tab, shared_server.url, "budget")
    foot = tab.locator(".st-key-chart_estimate .annotation-text tspan.line")
    # In a wider window the note stands in one line with what it is a note to.
    expect(foot.filter(has_text="分项之和与合计可能略有差异")).to_have_count(1, timeout=WITHIN)
    expect(foot.filter(has_text="概算未分解到街镇").filter(has_text="分项之和")).to_have_count(0)
