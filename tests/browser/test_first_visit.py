"""What a visit costs: figures stand before charts are begun, a page is made once, the style sheet stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import WITHIN, go, settle, visit
from tests.browser.running_app import RunningApp

CHARTS_THEN = """
new MutationObserver((_, watching) => {
  if (document.querySelectorAll('[data-testid="stMetricValue"]').length < 4) return;
  window.chartsThen = document.querySelectorAll(".js-plotly-plot").length;
  watching.disconnect();
}).observe(document, {subtree: true, childList: true});
"""
TABLE_THEN = """() => {
  window.chartsThen = null;
  const look = () => {
    const tables = [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".score-grid tbody"));
    if (!tables.some((one) => one?.getBoundingClientRect().height)) return requestAnimationFrame(look);
    window.chartsThen = document.querySelectorAll(".st-key-figures .js-plotly-plot .main-svg").length;
  };
  look();
}"""
LONG_SHEET = """() => [...document.querySelectorAll("style")]
  .filter((one) => one.textContent.includes(".st-key-first_sight"))"""


def test_figures_stand_before_the_charts_of_a_visit_are_begun(
    new_context: Callable[..., BrowserContext], shared_server: RunningApp
) -> None:
    context = new_context()
    context.add_init_script(CHARTS_THEN)
    tab = context.new_page()
    visit(tab, shared_server.url)
    expect(tab.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=WITHIN)
    assert tab.evaluate("() => window.chartsThen") == 0


def test_a_score_table_that_is_come_to_stands_before_the_charts_below_it_are_begun(
    server: RunningApp, tab_of_wang: Page
) -> None:
    """Each time, not on the first page of a visit only; once they are drawn they stay while the page is worked on."""
    visit(tab_of_wang, server.url)
    for _ in range(2):
        tab_of_wang.evaluate(TABLE_THEN)
        go(tab_of_wang, "绩效评分")
        expect(tab_of_wang.locator(".st-key-figures .js-plotly-plot .main-svg").nth(1)).to_be_attached(timeout=WITHIN)
        assert tab_of_wang.evaluate("() => window.chartsThen") == 0
        go(tab_of_wang, "总览")
        settle(tab_of_wang)


def runs(log: Path, page: str) -> int:
    """How often the script of a page has run."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    return sum(line["what"] == "page" and line.get("page") == page for line in lines)


def test_a_page_of_the_menu_is_made_once_and_the_style_sheet_stays(
    server: RunningApp, tab_of_wang: Page, tmp_path: Path
) -> None:
    """Who sits there is said again on each page; what was known already makes none a second time."""
    visit(tab_of_wang, server.url)
    go(tab_of_wang, "绩效评分")
    go(tab_of_wang, "总览")
    settle(tab_of_wang)
    before = runs(tmp_path / "server.log", "scorecard")
    tab_of_wang.evaluate(f"() => ({LONG_SHEET})().forEach((one) => (one.kept = true))")
    go(tab_of_wang, "绩效评分")
    expect(tab_of_wang.locator(".who-is-there")).to_be_attached(timeout=WITHIN)
    go(tab_of_wang, "总览")
    assert runs(tmp_path / "server.log", "scorecard") == before + 1
    assert tab_of_wang.evaluate(f"() => ({LONG_SHEET})().map((one) => one.kept === true)") == [True]


def test_a_page_that_nobody_with_a_name_opens_is_made_once_it_is_known_and_then_stands(
    server: RunningApp, tab: Page, tmp_path: Path
) -> None:
    """At first it is not known who sits there, then that nobody has given a name; after that it is left alone."""
    visit(tab, server.url, "scorecard")
    expect(tab.locator("strong.total").first).to_be_visible(timeout=WITHIN)
    before = runs(tmp_path / "server.log", "scorecard")
    tab.reload(wait_until="domcontentloaded")
    settle(tab)
    expect(tab.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=WITHIN)
    most = before + 1 + 1 + 1  # without knowing, with it, with its charts
    assert runs(tmp_path / "server.log", "scorecard") <= most
